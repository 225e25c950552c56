/* suppression_source_store.h: which lists of opt-outs named which key */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_SUPPRESSION_SOURCE_STORE_H
#define STORAGE_SUPPRESSION_SOURCE_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "model/suppression.h"
#include "storage/db.h"

/* Called within a transaction that holds the list of suppressions
 * (SUPPRESSION_CHANGE). */

/* The keys of a batch, with their moments; listed: it was on the list
 * already. A key that the import has named before stays as it is. */
enum status suppression_source_put(struct db *db, struct arena *a,
    struct import_id import, const struct suppression *keys, size_t n,
    struct err *e);

/*
 * The next keys of an undone import, at most `limit`: those that only such
 * lists put there, and no other list that stands names, leave the list. back:
 * the undo is undone, and they come back. *seen: how many were looked at, 0
 * when none is left; *changed: how many went or came.
 */
enum status suppression_source_turn(struct db *db, struct arena *a,
    struct import_id import, bool back, size_t limit, uint64_t *seen,
    uint64_t *changed, struct err *e);

/* Whether there are keys of the import that suppression_source_turn() has not
 * come to. */
enum status suppression_source_left(struct db *db, struct import_id import,
    bool back, bool *left, struct err *e);

#endif
