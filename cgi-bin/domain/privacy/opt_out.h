/* opt_out.h: one number or address is not to be contacted any more */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_OPT_OUT_H
#define PRIVACY_OPT_OUT_H

#include "domain/privacy/person.h"
#include "domain/privacy/suppression.h"

/* What somebody typed: "anna@example.org", "+39 333 1234567". */
struct opt_out_key {
	enum person_by by;		/* PERSON_BY_PHONE or _EMAIL */
	struct suppression_value value; /* as contacts have it */
	struct person_found found;	/* who has it */
	struct suppression listed;	/* how the list stands with it */
	const char *message;		/* INVALID: what is wrong with it */
};
/* Reads a number in any spelling (without country code of the book's country)
 * or an e-mail address, and looks for it in the book and on the list of
 * suppressions. INVALID with a message. */
enum status opt_out_find(struct db *db, struct arena *a, const char *text,
    struct opt_out_key *out, struct err *e);
/* The same of a text that is to be the one or the other. */
enum status opt_out_find_as(struct db *db, struct arena *a, enum person_by by,
    const char *text, struct opt_out_key *out, struct err *e);

/* Whether a text has the key in it, in any spelling. */
bool opt_out_names(
    struct arena *a, const struct opt_out_key *key, const char *text);

/* What came of opting out. */
struct opt_out_result {
	size_t contacts;  /* that are opted out now */
	size_t listed;	  /* keys that came on the list of suppressions */
	size_t unchanged; /* keys with which nothing was to be done */
};
/*
 * Does with one key what a row of a list of opt-outs does (optout_list.h), now
 * and in one transaction: *result grows. reason: for the ledger, or "".
 * INVALID as above.
 */
enum status opt_out_key(struct db *db, struct arena *a,
    const struct actor *actor, const struct opt_out_key *key,
    const char *reason, struct opt_out_result *result, struct err *e);

/* Takes a key off the list of suppressions, with the others of the person
 * where it was put there together with them. reason: for the audit log, not
 * empty. NOT_FOUND: it is not on the list. */
enum status opt_out_lift(struct db *db, struct arena *a,
    const struct actor *actor, const struct opt_out_key *key,
    const char *reason, uint64_t *lifted, struct err *e);

#endif
