/* consent_ledger_store.h: rows of contact_consent and import_contact */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONSENT_LEDGER_STORE_H
#define STORAGE_CONSENT_LEDGER_STORE_H

#include "base/arena.h"
#include "model/consent_entry.h"
#include "storage/db.h"

/* Rows are added in the caller's transaction, with what they tell of. */

/* *id: that of the entry; may be NULL. */
enum status consent_ledger_store_add(struct db *db,
    const struct consent_entry *entry, uint64_t *id, struct err *e);
/* Many at once, by array binding. */
enum status consent_ledger_store_add_many(struct db *db, struct arena *a,
    const struct consent_entry *entries, size_t n, struct err *e);

/* What a row of a file says of consent: sql/0023. */
enum import_says {
	SAYS_WHATSAPP = 1,
	SAYS_EMAIL = 2,
	SAYS_OPTED_IN = 4,
	SAYS_OPTED_OUT = 8,
	SAYS_CONFIRMED = 16
};
struct import_contact {
	uint64_t row; /* as a spreadsheet counts */
	uint64_t contact;
	unsigned says;	      /* import_says, added up */
	const char *evidence; /* as clock_format() writes it; "": not known */
};
/* The rows of a batch. now: ms. */
enum status import_contact_put(struct db *db, struct arena *a,
    struct import_id import, const struct import_contact *rows, size_t n,
    int64_t now, struct err *e);

/* Of the contacts `ids`, those whose opt-out of WhatsApp was recorded after an
 * import (or else a job) had its hands on them, other than by a job or a file
 * of contacts; read with locks. */
enum status consent_ledger_store_later_no(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct import_id import, struct job_id job,
    uint64_t **out, size_t *count, struct err *e);

/*
 * The ledger of a contact and of those that were merged into it, newest first.
 * One step is a row of contact_consent, or one of import_contact, which is up
 * to three entries. The place of a step is (at, kind, key); those below a place
 * are read.
 */
struct ledger_place {
	int64_t at; /* ms */
	uint64_t kind;
	uint64_t key;
};
extern const struct ledger_place ledger_newest; /* below it is everything */

struct ledger_step {
	struct ledger_place place;
	struct consent_entry entry; /* what its entries have in common */
	unsigned says;		    /* of an import's row */
	/* Of an import's row: whether the person had withdrawn a purpose, by an
	 * entry of its own, when the row came. */
	bool had_withdrawn[CONSENT_PURPOSES];
	/* Of the import: who confirmed which words, for the opt-outs that it
	 * overturned. */
	const char *optin_words;
	struct member_id optin_member;
	const char *optin_name;
};
enum status consent_ledger_store_list(struct db *db, struct arena *a,
    struct contact_id contact, const struct ledger_place *below, size_t limit,
    struct ledger_step **steps, size_t *count, struct err *e);

/* The rows of an import in the order of the file, after row `after`, at most
 * `limit`; words, origin and members are left to the caller, who knows them of
 * the import. */
struct import_proof {
	struct ledger_step step; /* without a place */
	const char *phone;	 /* as now; "" for none */
	const char *email;
};
enum status import_contact_list(struct db *db, struct arena *a,
    struct import_id import, uint64_t after, size_t limit,
    struct import_proof **rows, size_t *count, struct err *e);

#endif
