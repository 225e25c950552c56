/* bulk_store.h: the contacts of a bulk change, a batch at a time */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_BULK_STORE_H
#define STORAGE_BULK_STORE_H

#include "base/arena.h"
#include "model/contact_query.h"
#include "storage/contact_batch_store.h"
#include "storage/db.h"

/* A contact as it was looked up: who locks it and finds another version knows
 * that it may not match any more. */
struct bulk_ref {
	uint64_t id;
	uint64_t version;
};

/* The next contacts by id that the query asks for, above `after` and up to
 * `upto`, at most `limit`; not locked. Order and cursor of the query do not
 * count. */
enum status bulk_store_find(struct db *db, struct arena *a,
    const struct contact_query *query, uint64_t after, uint64_t upto,
    size_t limit, struct bulk_ref **out, size_t *count, struct err *e);
/* The highest id of a contact; 0 when there is none. */
enum status bulk_store_highest(struct db *db, uint64_t *id, struct err *e);

/* Those of the ids that are in the book, with all fields; without tags, and
 * not locked. */
enum status bulk_store_rows(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, struct contact_set *out, struct err *e);
/* Whether a segment holds what was put into it, and not what matches. */
enum status bulk_store_is_static(
    struct db *db, uint64_t segment, bool *yes, struct err *e);

/* All of these are called within the transaction of a batch. Ids are each
 * there once, in order. */

/* Locks contacts until the transaction ends. Those that are gone or in the
 * trash are left out. */
enum status bulk_store_lock(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, struct bulk_ref **out, size_t *count, struct err *e);
/* The same with all fields, but without tags. */
enum status bulk_store_lock_rows(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct contact_set *out, struct err *e);

/* What contacts are in: pairs of contact and tag, segment or campaign, by
 * contact. The pair's `tag` is the number of a name: names[tag], in the order
 * of names. */
struct bulk_names {
	struct tag_pair *pairs;
	size_t pair_count;
	const char **names;
	uint64_t *ids; /* of names */
	size_t name_count;
};
enum status bulk_store_tags(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, struct bulk_names *out, struct err *e);
enum status bulk_store_segments(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct bulk_names *out, struct err *e);

enum status bulk_store_campaigns(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct bulk_names *out, struct err *e);

/* One version more, and updated_at. */
enum status bulk_store_touch(
    struct db *db, const uint64_t *ids, size_t n, int64_t now, struct err *e);
enum status bulk_store_untag(
    struct db *db, const uint64_t *ids, size_t n, uint64_t tag, struct err *e);
enum status bulk_store_leave(struct db *db, const uint64_t *ids, size_t n,
    uint64_t segment, struct err *e);
enum status bulk_store_leave_campaign(struct db *db, const uint64_t *ids,
    size_t n, uint64_t campaign, struct err *e);

#endif
