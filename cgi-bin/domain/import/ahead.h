/* ahead.h: phone numbers that nobody has, looked up ahead of the writing */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_AHEAD_H
#define IMPORT_AHEAD_H

#include "domain/import/batch.h"
#include "storage/db.h"

/*
 * The thread that reads the file looks which numbers of a batch are in the
 * book, on its own connection, while the batches before are written. A number
 * that nobody had then need not be looked up and locked again, unless one of
 * those batches has it too. Should somebody else have taken it meanwhile, the
 * index of numbers refuses the row: the batch is rolled back and matched again
 * without what was looked up here.
 */

/* Of the thread that looks. */
struct ahead {
	unsigned rest; /* batches that are not looked at: the book has them */
};
/* Sets phone_free of the batch's rows. When the database does not answer, no
 * row has it. */
void ahead_look(struct ahead *ahead, struct db *db, struct batch *b);
/* Forgets what was looked up. */
void ahead_forget(struct batch *b);

/* Of the one that writes: the numbers of the batches that may have been
 * written after a look. AHEAD_BATCHES: at least as many as are under way. */
#define AHEAD_BATCHES 3u
struct ahead_recent {
	uint64_t *hashes[AHEAD_BATCHES]; /* sorted */
	size_t count[AHEAD_BATCHES];
	size_t next;
};
void ahead_recent_init(struct ahead_recent *r);
void ahead_recent_release(struct ahead_recent *r);
void ahead_recent_add(struct ahead_recent *r, const struct batch *b);
bool ahead_recent_has(const struct ahead_recent *r, const char *phone);

#endif
