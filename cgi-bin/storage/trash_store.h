/* trash_store.h: what is in the trash, and what is to leave it */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_TRASH_STORE_H
#define STORAGE_TRASH_STORE_H

#include "base/arena.h"
#include "model/contact.h"
#include "model/contact_query.h"
#include "model/contact_revision.h"
#include "model/member.h"
#include "storage/db.h"

/* A place in the trash: the contact that came there at `at`. id 0: none. */
struct trash_place {
	int64_t at;
	uint64_t id;
};

struct trashed {
	struct contact contact;			 /* without tags */
	const struct contact_revision *revision; /* that brought it there; NULL
						  * when it is not known */
};

/* At most `limit` contacts of the trash that have the conditions of the query,
 * those that came last first, after a place. */
enum status trash_store_page(struct db *db, struct arena *a,
    const struct contact_query *query, struct trash_place after, size_t limit,
    struct trashed **rows, size_t *count, struct err *e);
/* How many came there at `upto` (ms) or before. */
enum status trash_store_count(
    struct db *db, int64_t upto, uint64_t *count, struct err *e);

/* Within a transaction: the ids of at most `limit` that came there at `upto`
 * or before, the oldest first, locked; leaving: which of them have opted out
 * or were merged, so that something of them stays. */
enum status trash_store_due(struct db *db, struct arena *a, int64_t upto,
    size_t limit, uint64_t **ids, bool **leaving, size_t *count, struct err *e);

/* Rows of trash_purge: all that came there until a moment is to go. */
enum status trash_purge_insert(
    struct db *db, const struct actor *actor, int64_t upto, struct err *e);
/* The oldest row, locked until the transaction ends; NOT_FOUND: none. */
enum status trash_purge_lock(
    struct db *db, uint64_t *id, int64_t *upto, struct err *e);
enum status trash_purge_advance(
    struct db *db, uint64_t id, uint64_t purged, struct err *e);
enum status trash_purge_delete(struct db *db, uint64_t id, struct err *e);

#endif
