/* consent_entry.c: the words of the ledger of consents */
/* SPDX-License-Identifier: MIT */
#include "model/consent_entry.h"

#include <string.h>

const struct consent_word consent_purposes[CONSENT_PURPOSES] = {
    [PURPOSE_WHATSAPP_MARKETING] = {"whatsapp_marketing", "WhatsApp marketing"},
    [PURPOSE_PROFILING] = {"profiling", "Profiling"},
    [PURPOSE_EMAIL] = {"email", "E-mail messages"},
};

const struct consent_word consent_statuses[CONSENT_STATUSES] = {
    [CONSENT_UNKNOWN] = {"unknown", "Unknown"},
    [CONSENT_GIVEN] = {"given", "Given"},
    [CONSENT_WITHDRAWN] = {"withdrawn", "Withdrawn"},
};

const struct consent_word consent_bases[CONSENT_BASES] = {
    [BASIS_NONE] = {"", "Not said"},
    [BASIS_CONSENT] = {"consent", "Consent"},
    [BASIS_CONTRACT] = {"contract", "Contract"},
    [BASIS_LEGITIMATE_INTEREST] = {"legitimate_interest",
	"Legitimate interest"},
    [BASIS_LEGAL_OBLIGATION] = {"legal_obligation", "Legal obligation"},
    [BASIS_VITAL_INTEREST] = {"vital_interest", "Vital interest"},
    [BASIS_PUBLIC_TASK] = {"public_task", "Public task"},
};

const struct consent_word consent_origins[CONSENT_ORIGINS] = {
    [ORIGIN_IMPORT] = {"import", "Import"},
    [ORIGIN_WEBHOOK] = {"webhook", "Preference told by WhatsApp"},
    [ORIGIN_PAGE] = {"page", "Page"},
    [ORIGIN_API] = {"api", "API"},
    [ORIGIN_JOB] = {"job", "Job"},
    [ORIGIN_MESSAGE] = {"message", "WhatsApp message"},
    [ORIGIN_OPT_OUT_FILE] = {"opt_out_file", "Opt-out file"},
};

int consent_word_find(
    const struct consent_word *words, int count, const char *key)
{
	for (int i = 0; i < count; i++)
		if (strcmp(words[i].key, key) == 0)
			return i;
	return -1;
}
