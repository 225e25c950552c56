/* person_rows.h: the rows of an import's kept file that are about a person */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_PERSON_ROWS_H
#define PRIVACY_PERSON_ROWS_H

#include "domain/import/plan.h"
#include "domain/privacy/person_keys.h"

#define PERSON_ROW_ALL 0u /* the column of a row that is the person's */

/* Gets a row that is about the person (PERSON_ROW_ALL), or one cell, by its
 * column from 1, that names the person in somebody else's row. header: the row
 * was taken for the names of the columns. False: no more are wanted. */
typedef bool (*person_row_fn)(
    void *arg, const struct record *r, unsigned column, bool header);

/*
 * Goes through the file in its order. The plan has its corrections
 * (plan_load_fixes()). A row is about the person when it has one of the keys,
 * read as the import reads it; when it is known to be, from the import; or when
 * it names the person and has no other number or e-mail address that can be
 * read. A row with the person's e-mail address and the number of somebody else
 * who is in the book is that other person's. Rows that an erasure overwrote are
 * passed over. A file that is not kept any more has no rows.
 */
enum status person_rows_find(struct db *db, struct arena *a,
    const struct import_plan *plan, const struct person_keys *keys,
    person_row_fn fn, void *arg, struct err *e);

#endif
