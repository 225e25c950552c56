/* about.h: which contacts the rows in error were about */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_ABOUT_H
#define IMPORT_ABOUT_H

#include "domain/import/batch.h"
#include "storage/db.h"

/*
 * For each of m->problems the contact of the book that its row is about, in the
 * batch's arena: where the row was rejected, and its phone number, or else its
 * e-mail address, belongs to exactly one. 0 otherwise. To be called in the
 * batch's transaction after its contacts are written. Asks the book only when
 * there are such rows.
 */
enum status about_problems(struct db *db, struct batch *b,
    const struct matched *m, uint64_t **about, struct err *e);

#endif
