/* consent_entry.h: what a person agreed to, and where that is known from */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_CONSENT_ENTRY_H
#define MODEL_CONSENT_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "model/id.h"

/* A word of the API, of SQL and of addresses, and what a person reads. */
struct consent_word {
	const char *key;
	const char *label;
};

enum consent_purpose {
	PURPOSE_WHATSAPP_MARKETING,
	PURPOSE_PROFILING,
	PURPOSE_EMAIL
};
#define CONSENT_PURPOSES 3
extern const struct consent_word consent_purposes[CONSENT_PURPOSES];

enum consent_status {
	CONSENT_UNKNOWN, /* neither of the two is known (any more) */
	CONSENT_GIVEN,
	CONSENT_WITHDRAWN
};
#define CONSENT_STATUSES 3
extern const struct consent_word consent_statuses[CONSENT_STATUSES];

enum consent_basis { /* article 6 (1) GDPR */
	BASIS_NONE,  /* nobody said */
	BASIS_CONSENT,
	BASIS_CONTRACT,
	BASIS_LEGITIMATE_INTEREST,
	BASIS_LEGAL_OBLIGATION,
	BASIS_VITAL_INTEREST,
	BASIS_PUBLIC_TASK
};
#define CONSENT_BASES 7
extern const struct consent_word consent_bases[CONSENT_BASES];

enum consent_origin {
	ORIGIN_IMPORT,
	ORIGIN_WEBHOOK, /* a preference that WhatsApp told */
	ORIGIN_PAGE,	/* a member */
	ORIGIN_API,
	ORIGIN_JOB,	/* a bulk change, a merge, an undo */
	ORIGIN_MESSAGE, /* the person's own words, as STOP */
	ORIGIN_OPT_OUT_FILE
};
#define CONSENT_ORIGINS 7
extern const struct consent_word consent_origins[CONSENT_ORIGINS];

/* Which row of a table of words has the key; -1 for none. */
int consent_word_find(
    const struct consent_word *words, int count, const char *key);

/*
 * One entry of the ledger. Texts may be NULL for "" where one is added, and are
 * never NULL where one was read. Those of imports are rows of import_contact:
 * they have no id.
 */
struct consent_entry {
	uint64_t id; /* 0: of an import's row */
	struct contact_id contact;
	enum consent_purpose purpose;
	enum consent_status status;
	enum consent_basis basis;
	const char *words;   /* agreed to */
	int64_t evidence_at; /* ms: when it was said; 0: not known */
	int64_t at;	     /* ms: when it was recorded; 0 to add: now */
	enum consent_origin origin;
	struct member_id member;
	struct token_id token;
	struct import_id import;
	uint64_t import_row;
	struct job_id job;
	const char *message; /* id of WhatsApp */
	const char *detail;  /* for a person: how it came about */
	/* read only: */
	const char *member_name;
	const char *token_name;
	const char *import_file;
	const char *words_version; /* of an import's words */
	bool own_cell;	 /* the row's own cell said it; else the import's words
			  */
	bool confirmed;	 /* a member confirmed that an opt-out is overturned */
	bool undone;	 /* its import was undone: it no longer counts */
	bool outweighed; /* an import's words, after the person had withdrawn:
			  * it does not count either */
};

#endif
