/* trashed.h: rows that are about a contact in the trash */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_TRASHED_H
#define IMPORT_TRASHED_H

#include "domain/import/book.h"
#include "domain/import/ghosts.h"
#include "domain/import/people.h"

/*
 * A contact in the trash keeps its number and ids, so nobody else can be made
 * with them. A row about it takes it out of the trash, or is left out, by the
 * book's setting trash.import.
 */

/* Reads which tags those of the people that are in the trash would get back;
 * ghosts have theirs already. */
enum status trashed_read_tags(struct db *db, struct people *p, struct err *e);

/* Reads who those became that were merged into another contact, so that a row
 * about one is about the other. ghosts: of a check, or NULL; lock: until the
 * transaction ends. */
enum status trashed_follow(struct db *db, struct people *p,
    const struct ghosts *ghosts, bool lock, struct err *e);

/* What a row says of a contact that is found by the key of one that was merged
 * into it: all but those keys, which the contact does not have. The row
 * itself, when there are none. In the arena. */
const struct checked_row *trashed_row(const struct people *p,
    const struct target *t, const struct checked_row *r);
/* The warning at such a row, in the arena. */
const char *trashed_merged(struct arena *a, const struct target *t);

/* Why a row about a contact in the trash is left out, as a sentence in the
 * arena; NULL: it gets in, and the contact comes back. only_new: the import
 * changes no contacts. One that was merged into another contact, which is not
 * in the book any more, does not come back by itself. */
const char *trashed_refusal(struct arena *a, const struct target *t,
    const struct book *b, bool only_new);

/* The warning at a row that brought a contact back, in the arena. */
const char *trashed_warning(struct arena *a, const struct target *t);

#endif
