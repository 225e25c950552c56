/* undo_store.h: what the undoing of a change reads and writes */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_UNDO_STORE_H
#define STORAGE_UNDO_STORE_H

#include "base/arena.h"
#include "model/contact.h"
#include "model/id.h"
#include "storage/contact_batch_store.h"
#include "storage/db.h"

/* The change that is undone: an import or (import 0) a job. */
struct undo_origin {
	struct import_id import;
	struct job_id job;
};

/* All but the counting are called within the transaction of a batch. What they
 * read they lock, so that it is what there is, however old the transaction's
 * view of the book. */

/* The next contacts that the origin made, changed or put into a segment, those
 * above `after` and not above `upto`: ids in order, at most `limit`. */
enum status undo_touched(struct db *db, struct arena *a,
    const struct undo_origin *o, uint64_t after, uint64_t upto, size_t limit,
    uint64_t **ids, size_t *n, struct err *e);
/* How many of an import's there are. made: it created them. changed: it gave
 * them other values, or put them into its segment. */
struct undo_numbers {
	uint64_t made;
	uint64_t changed;
};
enum status undo_count(struct db *db, struct import_id id,
    struct undo_numbers *out, struct err *e);
/* Imports that ended after this one began, are not undone, and changed some of
 * its contacts: the first UNDO_LATER_MAX of them. TOO_LARGE when that cannot
 * be told in a third of a second. */
#define UNDO_LATER_MAX 5
enum status undo_later(struct db *db, struct import_id id,
    uint64_t ids[UNDO_LATER_MAX], size_t *count, struct err *e);
/* Whether a contact has something of the origin's; NOT_FOUND: nothing. */
enum status undo_is_touched(struct db *db, const struct undo_origin *o,
    uint64_t contact, struct err *e);

/* Reads and locks contacts by ids that are in order. What is gone is left out;
 * after `room` bytes of the arena the rest is left out too, but never the
 * first one: *done is how many of the ids are dealt with. */
enum status undo_lock(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, size_t room, struct contact_set *out, size_t *done,
    struct err *e);

/* The places of contacts in tags, segments or campaigns, ordered by contact. */
enum undo_places {
	PLACES_TAGS,
	PLACES_SEGMENTS,
	PLACES_CAMPAIGNS
};
struct undo_place {
	uint64_t contact;
	uint64_t thing;	 /* id of the tag, segment, campaign */
	uint64_t import; /* by which it came into the segment; 0: by none */
};
struct undo_place_list {
	struct undo_place *items;
	size_t count;
	size_t space;
};
void undo_place_add(
    struct arena *a, struct undo_place_list *l, struct undo_place place);
enum status undo_places_read(struct db *db, struct arena *a,
    enum undo_places which, const uint64_t *ids, size_t n,
    struct undo_place_list *out, struct err *e);
enum status undo_places_take(struct db *db, struct arena *a,
    enum undo_places which, const struct undo_place *places, size_t n,
    struct err *e);
enum status undo_places_give(struct db *db, struct arena *a,
    enum undo_places which, const struct undo_place *places, size_t n,
    struct err *e);

/* Calls fn with each revision of the contacts, by contact and from the oldest
 * on; it keeps nothing of `before`, and false ends it. */
struct undo_revision {
	uint64_t contact;
	struct import_id import;
	struct job_id job;
	const char *before;
};
typedef bool (*undo_revision_fn)(void *arg, const struct undo_revision *r);
enum status undo_revisions(struct db *db, const uint64_t *ids, size_t n,
    undo_revision_fn fn, void *arg, struct err *e);

/* Writes trashed_at, merged_into and updated_at of contacts that all get the
 * same; their version grows by one where it counts. */
struct undo_state {
	int64_t trashed_at;
	uint64_t merged_into;
	bool counts; /* the version is not written otherwise */
};
enum status undo_write_state(struct db *db, const struct undo_state *state,
    const uint64_t *ids, size_t n, int64_t now, struct err *e);
/* created_at and last_active, which only merges change. */
enum status undo_write_moments(
    struct db *db, const struct contact *c, struct err *e);

/* The newest undo of an import, or with `done` the newest that has ended well
 * and was no undo of an undo; NOT_FOUND. */
enum status undo_last_of_import(struct db *db, struct import_id id, bool done,
    struct job_id *out, struct err *e);
/* A failed job waits for a worker again, at its checkpoint; NOT_FOUND when it
 * has not failed. */
enum status undo_requeue(struct db *db, struct job_id id, struct err *e);
/* So that only one undo of a job begins; NOT_FOUND. */
enum status undo_lock_job(struct db *db, struct job_id id, struct err *e);

/* All campaigns. */
struct undo_name {
	uint64_t id;
	const char *name;
};
enum status undo_campaigns(struct db *db, struct arena *a,
    struct undo_name **out, size_t *n, struct err *e);

#endif
