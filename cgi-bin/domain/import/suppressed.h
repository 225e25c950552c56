/* suppressed.h: rows about people who are not to come back by a file */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_SUPPRESSED_H
#define IMPORT_SUPPRESSED_H

#include "domain/import/batch.h"
#include "domain/import/keys.h"
#include "domain/privacy/suppression.h"

/*
 * A row is kept out by its phone number, its WhatsApp user id or its user id;
 * and by its e-mail address, unless it is about a contact of the book that has
 * this address: several people can share one. A row whose opt-in is newer than
 * the entry, and not newer than the upload, lifts it, when it gets in.
 */
struct suppressed {
	struct arena *arena;
	struct suppression *found; /* NULL: nothing of the batch is listed */
	uint32_t *first;    /* of each row, and after the last: in found */
	struct keys lifted; /* by rows of this batch */
	const struct keys *earlier; /* of a check: by batches before; or NULL */
	/* Of the row at hand: entries that it proves to be over. */
	struct suppression proven[SUPPRESSION_VALUES];
	size_t proven_count;
};

/* Looks up the keys of all rows. lock: nobody adds to the list until the end of
 * the transaction; without it, a list that cannot be used is taken as empty. */
enum status suppressed_read(struct suppressed *s, struct db *db,
    const struct batch *b, bool lock, struct err *e);
void suppressed_release(struct suppressed *s);

/* The entry that keeps row i out, or NULL. of_email: asks for its e-mail
 * address alone, else for its other keys. c: the contact that it is about;
 * NULL: a new one. Notes what the row proves. */
const struct suppression *suppressed_by(struct suppressed *s, size_t i,
    const struct checked_row *r, bool of_email, const struct contact *c,
    int64_t uploaded);
/* Forgets what the row before has proved. */
void suppressed_next_row(struct suppressed *s);
/* Adds what the row proved to out->lifts, when it got in. The same outcome. */
enum outcome suppressed_lift(
    struct suppressed *s, enum outcome outcome, struct matched *out);

/* After a batch of a check: what it would have lifted. */
void suppressed_keep(struct keys *earlier, const struct matched *m);
/* Takes it off the list, within the batch's transaction. */
enum status suppressed_write(struct db *db, struct arena *a,
    struct import_id id, const struct actor *actor, const struct matched *m,
    struct err *e);

#endif
