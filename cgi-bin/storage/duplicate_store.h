/* duplicate_store.h: pairs of contacts that may be one person */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_DUPLICATE_STORE_H
#define STORAGE_DUPLICATE_STORE_H

#include "base/arena.h"
#include "model/duplicate.h"
#include "model/id.h"
#include "model/member.h"
#include "storage/db.h"

/* Takes the pairs of a contact away: it is not in the lists any more. */
enum status duplicate_store_forget(
    struct db *db, struct contact_id id, struct err *e);

/* At most `limit` pairs of contacts that are in the book, after the pair
 * `after` ({0}: from the first), with their reasons as they hold now: what is
 * compared by the database is compared anew, REASON_NUMBER is as it was found.
 * reason: only pairs that were found for it; 0: all. A pair without reasons is
 * left out. */
enum status duplicate_store_page(struct db *db, struct arena *a,
    struct duplicate_pair after, unsigned reason, size_t limit,
    struct duplicate_pair **rows, size_t *count, struct err *e);
/* How many there are, at most DUPLICATES_COUNTED + 1. */
#define DUPLICATES_COUNTED 1000u
enum status duplicate_store_count(
    struct db *db, uint64_t *count, struct err *e);

/* One pair; NOT_FOUND when it is not suggested. */
enum status duplicate_store_get(
    struct db *db, struct duplicate_pair *pair, struct err *e);

/* Remembers that two contacts are two people, in a transaction; it is no error
 * when that is known. */
enum status duplicate_store_dismiss(struct db *db,
    const struct duplicate_pair *pair, const struct actor *actor,
    struct err *e);
/* Forgets it again; the pair is suggested as it was. NOT_FOUND when it was not
 * dismissed. */
enum status duplicate_store_take_back(
    struct db *db, struct duplicate_pair *pair, struct err *e);
/* Dismissed pairs, the newest first, of contacts that are in the book. */
enum status duplicate_store_dismissed(struct db *db, struct arena *a,
    size_t limit, struct dismissed_pair **rows, size_t *count, struct err *e);

#endif
