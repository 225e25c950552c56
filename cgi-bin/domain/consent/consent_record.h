/* consent_record.h: a member or a program records a consent */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONSENT_CONSENT_RECORD_H
#define DOMAIN_CONSENT_CONSENT_RECORD_H

#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact.h"

#define CONSENT_WORDS_MAX 4000 /* signs */

/* What a form or an API request says: text as it was typed, "" for nothing. */
struct consent_draft {
	const char *purpose;
	const char *status; /* given or withdrawn */
	const char *basis;  /* "": of what is given, consent */
	const char *words;
	const char *evidence_at;
	/* Who records it knows that the person had withdrawn it. */
	bool confirmed;
};

/* Checks a draft and makes an entry of it; messages have the names of these
 * members. Pure. now: ms. True when there was nothing to say. */
bool consent_draft_check(struct arena *a, const struct consent_draft *d,
    int64_t now, struct consent_entry *entry, struct contact_result *out);

/*
 * Adds the entry and, for WhatsApp marketing, sets whatsapp_opted. INVALID:
 * messages, one at "confirmed" where a withdrawal would be overturned without
 * saying so; CONFLICT: out->in_trash. *entry is what was added.
 */
enum status consent_record(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id,
    const struct consent_draft *d, struct contact_result *out,
    struct consent_entry *entry, struct err *e);

#endif
