/* trashed.h: rows that are about a contact in the trash */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_TRASHED_H
#define IMPORT_TRASHED_H

#include "domain/import/book.h"
#include "domain/import/people.h"

/*
 * A contact in the trash keeps its number and ids, so nobody else can be made
 * with them. A row about it takes it out of the trash, or is left out, by the
 * book's setting trash.import.
 */

/* Reads which tags those of the people that are in the trash would get back;
 * ghosts have theirs already. */
enum status trashed_read_tags(struct db *db, struct people *p, struct err *e);

/* Why a row about a contact in the trash is left out, as a sentence in the
 * arena; NULL: it gets in, and the contact comes back. only_new: the import
 * changes no contacts. One that was merged into another contact never comes
 * back by itself: the same file would undo the merge each time. */
const char *trashed_refusal(struct arena *a, const struct target *t,
    const struct book *b, bool only_new);

/* The warning at a row that brought a contact back, in the arena. */
const char *trashed_warning(struct arena *a, const struct target *t);

#endif
