/* optout.h: no file makes an opt-in of an opt-out by itself */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_OPTOUT_H
#define IMPORT_OPTOUT_H

#include <stdint.h>

#include "domain/import/batch.h"
#include "domain/import/keys.h"
#include "storage/import_optout_store.h"

/* What the row's time of consent proves against an opt-out. */
enum optout_proof {
	PROOF_NEWER,  /* it was given after the opt-out */
	PROOF_NONE,   /* the row has no time */
	PROOF_OLD,    /* it is not later than the opt-out */
	PROOF_FUTURE, /* it is later than the file itself */
};

/* since: when the contact opted out; where that is not known, before
 * `latest_since` (its last change). uploaded: when the file came. All in ms;
 * the texts as clock_format() writes them, or "". */
enum optout_proof optout_proof(const char *since, int64_t latest_since,
    const char *proof, int64_t uploaded);

/* The finding of a row whose opt-in was not taken over; static. */
const char *optout_message(enum optout_proof proof);

/* What the row is in the ledger of consents (import_says): c is the contact as
 * the row left it, confirmed that its opt-out was overturned because a member
 * said so. Nobody who is opted out after the row gave consent by it. */
unsigned char optout_says(
    const struct contact *c, const struct checked_row *r, bool confirmed);

/*
 * The opt-ins that a member confirmed for an import. After a check those very
 * rows and contacts that it found; without one (the API can start an import at
 * once) the first `people` contacts in the order of the file.
 */
struct optins {
	bool given;
	struct optin_confirmation c;
	struct keys taken; /* contacts whose opt-out was overturned so far */
	struct optout_row *rows; /* found by the check in this batch's rows */
	size_t row_count;
};

void optins_init(struct optins *o);
void optins_release(struct optins *o);
/* What was confirmed, and what of it was used by earlier batches. */
enum status optins_load(struct optins *o, struct db *db, struct arena *a,
    struct import_id id, struct err *e);
/* Before a batch is matched; in its arena. */
enum status optins_read(struct optins *o, struct db *db, struct import_id id,
    struct batch *b, struct err *e);
/* Whether the row may overturn the opt-out of t. fresh: contacts whose opt-out
 * this batch has overturned so far. of_file: t was made by an earlier row. */
bool optins_allow(const struct optins *o, uint64_t row, const struct target *t,
    bool of_file, const struct keys *fresh);
/* Adds what a row came to to `fresh`. */
void optins_take(
    const struct optins *o, struct keys *fresh, const struct optout_row *r);
/* After the batch was committed. */
void optins_keep(struct optins *o, const struct optout_row *done, size_t count);

#endif
