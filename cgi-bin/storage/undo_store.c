/* undo_store.c: what the undoing of a change reads and writes */
/* SPDX-License-Identifier: MIT */
/*
 * Contacts are found by three indexes (the origin's revisions, who created
 * them, by what they came into a segment), each in the order of ids, and the
 * lists are merged. Everything else goes in lists of LIST ids.
 */
#include "storage/undo_store.h"

#include <stdlib.h>
#include <string.h>

#include "storage/contact_store.h"

#define LIST 500u
#define GROUP_MIN 20 /* fewer go one by one */
#define Q5 "?,?,?,?,?"
#define Q50 Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5
#define Q500                                                                   \
	Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50    \
	    "," Q50

enum sql {
	BY_JOB,
	BY_IMPORT,
	MADE,
	MEMBERS,
	COUNT_MADE,
	COUNT_CHANGED,
	LATER,
	JOB_HAS,
	IMPORT_HAS,
	IMPORT_MADE,
	LOCK,
	TAGS,
	SEGMENTS,
	CAMPAIGNS,
	TAKE_TAG,
	TAKE_SEGMENT,
	TAKE_CAMPAIGN,
	TAKE_ONE_TAG,
	TAKE_ONE_SEGMENT,
	TAKE_ONE_CAMPAIGN,
	GIVE_TAG,
	GIVE_SEGMENT,
	GIVE_CAMPAIGN,
	REVISIONS,
	STATE,
	MOMENTS,
	CAMPAIGN_NAMES,
	LAST_JOB,
	LAST_UNDO,
	LOCK_JOB,
	REQUEUE
};

static const char *const SQL[] = {
    [BY_JOB] = "SELECT DISTINCT contact_id FROM contact_revision"
	       " WHERE job_id = ? AND contact_id > ? AND contact_id <= ?"
	       " ORDER BY contact_id LIMIT ?",
    [BY_IMPORT] = "SELECT DISTINCT contact_id FROM contact_revision"
		  " WHERE import_id = ? AND contact_id > ? AND contact_id <= ?"
		  " ORDER BY contact_id LIMIT ?",
    [MADE] = "SELECT id FROM contact WHERE created_by_import = ? AND id > ?"
	     " AND id <= ? ORDER BY id LIMIT ?",
    [MEMBERS] = "SELECT DISTINCT contact_id FROM segment_contact"
		" WHERE import_id = ? AND contact_id > ? AND contact_id <= ?"
		" ORDER BY contact_id LIMIT ?",
    [COUNT_MADE] = "SELECT COUNT(*) FROM contact WHERE created_by_import = ?"
		   " AND trashed_at IS NULL",
    [COUNT_CHANGED] =
	"SELECT COUNT(*) FROM (SELECT contact_id FROM contact_revision"
	" WHERE import_id = ? UNION SELECT contact_id FROM segment_contact"
	" WHERE import_id = ?) touched JOIN contact ON contact.id = contact_id"
	" WHERE COALESCE(created_by_import, 0) <> ?",
    [LATER] = "SET STATEMENT max_statement_time = 0.33 FOR"
	      " SELECT later.id FROM import this JOIN import later"
	      " ON later.id <> this.id AND later.finished_at > this.finished_at"
	      " WHERE this.id = ? AND later.updated > 0"
	      " AND later.state NOT IN ('undone', 'undoing') AND EXISTS"
	      " (SELECT 1 FROM contact_revision theirs"
	      " WHERE theirs.import_id = later.id AND (EXISTS"
	      " (SELECT 1 FROM contact_revision mine"
	      " WHERE mine.import_id = this.id"
	      " AND mine.contact_id = theirs.contact_id) OR EXISTS"
	      " (SELECT 1 FROM contact WHERE contact.id = theirs.contact_id"
	      " AND contact.created_by_import = this.id)))"
	      " ORDER BY later.id LIMIT ?",
    [JOB_HAS] = "SELECT 1 FROM contact_revision WHERE job_id = ? AND"
		" contact_id = ? LIMIT 1 LOCK IN SHARE MODE",
    [IMPORT_HAS] = "SELECT 1 FROM contact_revision WHERE import_id = ? AND"
		   " contact_id = ? LIMIT 1 LOCK IN SHARE MODE",
    [IMPORT_MADE] = "SELECT 1 FROM contact WHERE created_by_import = ? AND"
		    " id = ? LOCK IN SHARE MODE",
    [LOCK] =
	"SELECT " CONTACT_COLUMNS " FROM contact WHERE contact.id IN (" Q500 ")"
	" ORDER BY contact.id FOR UPDATE",
    [TAGS] = "SELECT contact_id, tag_id, 0 FROM contact_tag"
	     " WHERE contact_id IN (" Q500 ") ORDER BY contact_id, tag_id"
	     " LOCK IN SHARE MODE",
    [SEGMENTS] = "SELECT contact_id, segment_id, import_id"
		 " FROM segment_contact FORCE INDEX (contact_id)"
		 " WHERE contact_id IN (" Q500 ")"
		 " ORDER BY contact_id, segment_id LOCK IN SHARE MODE",
    [CAMPAIGNS] = "SELECT contact_id, campaign_id, 0"
		  " FROM contact_campaign FORCE INDEX (contact_id)"
		  " WHERE contact_id IN (" Q500 ")"
		  " ORDER BY contact_id, campaign_id LOCK IN SHARE MODE",
    [TAKE_TAG] = "DELETE FROM contact_tag WHERE tag_id = ?"
		 " AND contact_id IN (" Q500 ")",
    [TAKE_SEGMENT] = "DELETE FROM segment_contact WHERE segment_id = ?"
		     " AND contact_id IN (" Q500 ")",
    [TAKE_CAMPAIGN] = "DELETE FROM contact_campaign WHERE campaign_id = ?"
		      " AND contact_id IN (" Q500 ")",
    [TAKE_ONE_TAG] = "DELETE FROM contact_tag WHERE contact_id = ?"
		     " AND tag_id = ?",
    [TAKE_ONE_SEGMENT] = "DELETE FROM segment_contact WHERE contact_id = ?"
			 " AND segment_id = ?",
    [TAKE_ONE_CAMPAIGN] = "DELETE FROM contact_campaign WHERE contact_id = ?"
			  " AND campaign_id = ?",
    [GIVE_TAG] = "INSERT IGNORE INTO contact_tag (contact_id, tag_id)"
		 " VALUES (?, ?)",
    [GIVE_SEGMENT] = "INSERT IGNORE INTO segment_contact (contact_id,"
		     " segment_id, import_id) VALUES (?, ?, ?)",
    [GIVE_CAMPAIGN] = "INSERT IGNORE INTO contact_campaign (contact_id,"
		      " campaign_id) VALUES (?, ?)",
    [REVISIONS] = "SELECT contact_id, import_id, job_id, before_values"
		  " FROM contact_revision FORCE INDEX (contact_id)"
		  " WHERE contact_id IN (" Q500 ")"
		  " ORDER BY contact_id, id LOCK IN SHARE MODE",
    [STATE] = "UPDATE contact SET trashed_at = ?, merged_into = ?,"
	      " version = version + ?, updated_at = ? WHERE id IN (" Q500 ")",
    [MOMENTS] =
	"UPDATE contact SET created_at = ?, last_active ="
	" NULLIF(GREATEST(COALESCE(?, '1000-01-01'), COALESCE("
	"(SELECT MAX(at) FROM message WHERE message.contact_id = contact.id"
	" AND direction = 'in' AND type <> 'system'), '1000-01-01')),"
	" '1000-01-01') WHERE id = ?",
    [CAMPAIGN_NAMES] = "SELECT id, name FROM campaign",
    [LAST_JOB] = "SELECT id FROM job WHERE import_id = ? AND kind = 'undo'"
		 " ORDER BY id DESC LIMIT 1",
    [LAST_UNDO] = "SELECT id FROM job WHERE import_id = ? AND kind = 'undo'"
		  " AND undoes_job IS NULL AND state = 'done'"
		  " ORDER BY id DESC LIMIT 1",
    [REQUEUE] = "UPDATE job SET state = 'queued', message = '',"
		" cancel_asked = FALSE, finished_at = NULL, lease_until = NULL"
		" WHERE id = ? AND state = 'failed'",
    [LOCK_JOB] = "SELECT id FROM job WHERE id = ? FOR UPDATE",
};

static struct db_query *list_query(
    struct db *db, enum sql sql, const uint64_t *ids, size_t n)
{
	struct db_query *q = db_query(db, SQL[sql]);

	for (size_t i = 0; i < LIST; i++)
		db_put_u64(q, ids[i < n ? i : 0]);
	return q;
}

/* --- which contacts --- */

struct page {
	uint64_t after;
	uint64_t upto;
	size_t limit;
};

/* Ids in order; out has room for page->limit. */
static enum status ids_of(struct db *db, enum sql sql, uint64_t origin,
    const struct page *page, uint64_t *out, size_t *n, struct err *e)
{
	struct db_query *q = db_query(db, SQL[sql]);

	*n = 0;
	db_put_u64(q, origin);
	db_put_u64(q, page->after);
	db_put_u64(q, page->upto);
	db_put_u64(q, page->limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		out[(*n)++] = db_get_u64(q);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* The first `limit` of both, each once. */
static size_t merge_ids(uint64_t *out, size_t limit, const uint64_t *x,
    size_t x_count, const uint64_t *y, size_t y_count)
{
	size_t n = 0;

	for (size_t i = 0, k = 0; n < limit && (i < x_count || k < y_count);) {
		if (k == y_count || (i < x_count && x[i] < y[k]))
			out[n++] = x[i++];
		else if (i == x_count || y[k] < x[i])
			out[n++] = y[k++];
		else
			i++;
	}
	return n;
}

enum status undo_touched(struct db *db, struct arena *a,
    const struct undo_origin *o, uint64_t after, uint64_t upto, size_t limit,
    uint64_t **ids, size_t *n, struct err *e)
{
	static const enum sql lists[] = {BY_IMPORT, MADE, MEMBERS};
	const struct page page = {after, upto, limit};
	uint64_t *all = arena_raw(a, limit * sizeof(*all));
	enum status st = STATUS_OK;

	*n = 0;
	*ids = all;
	if (!o->import.n)
		return ids_of(db, BY_JOB, o->job.n, &page, all, n, e);
	for (size_t i = 0; st == STATUS_OK && i < 3; i++) {
		uint64_t *more = arena_raw(a, limit * sizeof(*more));
		uint64_t *both = arena_raw(a, limit * sizeof(*both));
		size_t count;

		st = ids_of(db, lists[i], o->import.n, &page, more, &count, e);
		*n = merge_ids(both, limit, *ids, *n, more, count);
		*ids = both;
	}
	return st;
}

static enum status count_one(
    struct db *db, enum sql sql, uint64_t id, uint64_t *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[sql]);
	int params = sql == COUNT_CHANGED ? 3 : 1;

	for (int i = 0; i < params; i++)
		db_put_u64(q, id);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*out = db_get_u64(q);
	db_done(q);
	return st;
}

enum status undo_count(
    struct db *db, struct import_id id, struct undo_numbers *out, struct err *e)
{
	enum status st = count_one(db, COUNT_MADE, id.n, &out->made, e);

	return st == STATUS_OK
		   ? count_one(db, COUNT_CHANGED, id.n, &out->changed, e)
		   : st;
}

enum status undo_later(struct db *db, struct import_id id,
    uint64_t ids[UNDO_LATER_MAX], size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LATER]);

	*count = 0;
	db_put_u64(q, id.n);
	db_put_u64(q, UNDO_LATER_MAX);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		ids[(*count)++] = db_get_u64(q);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status has(struct db *db, enum sql sql, uint64_t origin,
    uint64_t contact, struct err *e)
{
	struct db_query *q = db_query(db, SQL[sql]);

	db_put_u64(q, origin);
	db_put_u64(q, contact);
	enum status st = db_one(q, e);

	db_done(q);
	return st;
}

enum status undo_is_touched(
    struct db *db, const struct undo_origin *o, uint64_t contact, struct err *e)
{
	if (!o->import.n)
		return has(db, JOB_HAS, o->job.n, contact, e);
	enum status st = has(db, IMPORT_MADE, o->import.n, contact, e);

	return st == STATUS_NOT_FOUND
		   ? has(db, IMPORT_HAS, o->import.n, contact, e)
		   : st;
}

static enum status find_job(
    struct db *db, enum sql sql, uint64_t id, uint64_t *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[sql]);

	db_put_u64(q, id);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*out = db_get_u64(q);
	db_done(q);
	return st;
}

enum status undo_last_of_import(struct db *db, struct import_id id, bool done,
    struct job_id *out, struct err *e)
{
	return find_job(db, done ? LAST_UNDO : LAST_JOB, id.n, &out->n, e);
}

enum status undo_requeue(struct db *db, struct job_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REQUEUE]);
	uint64_t changed = 0;

	db_put_u64(q, id.n);
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && !changed)
		return ERR(e, STATUS_NOT_FOUND, "the job has not failed");
	return st;
}

enum status undo_lock_job(struct db *db, struct job_id id, struct err *e)
{
	return find_job(db, LOCK_JOB, id.n, &id.n, e);
}

/* --- the contacts --- */

static struct contact *set_add(struct arena *a, struct contact_set *s)
{
	if (s->count == s->space) {
		size_t space = s->space ? s->space * 2 : 64;
		struct contact **items = arena_raw(a, space * sizeof(*items));

		if (s->count)
			memcpy(items, s->items, s->count * sizeof(*items));
		s->items = items;
		s->space = space;
	}
	s->items[s->count] = arena_alloc(a, sizeof(struct contact));
	return s->items[s->count++];
}

/* Stops behind a contact with which the arena is fuller than `full`. */
static enum status lock_list(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, size_t full, struct contact_set *out,
    struct err *e)
{
	struct db_query *q = list_query(db, LOCK, ids, n);

	db_stream(q);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		contact_row_read(q, a, set_add(a, out));
		if (a->used > full)
			break;
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status undo_lock(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, size_t room, struct contact_set *out, size_t *done, struct err *e)
{
	size_t full = a->used + room;
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST) {
		st = lock_list(
		    db, a, ids + i, n - i < LIST ? n - i : LIST, full, out, e);
		if (a->used <= full)
			continue;
		uint64_t last = out->items[out->count - 1]->id.n;

		for (*done = i; *done < n && ids[*done] <= last;)
			(*done)++;
		return st;
	}
	*done = n;
	return st;
}

enum status undo_write_state(struct db *db, const struct undo_state *state,
    const uint64_t *ids, size_t n, int64_t now, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST) {
		struct db_query *q = db_query(db, SQL[STATE]);

		db_put_time(q, state->trashed_at);
		db_put_id(q, state->merged_into);
		db_put_bool(q, state->counts);
		db_put_time(q, now);
		for (size_t k = 0; k < LIST; k++)
			db_put_u64(q, ids[i + k < n ? i + k : i]);
		st = db_exec(q, NULL, e);
	}
	return st;
}

enum status undo_write_moments(
    struct db *db, const struct contact *c, struct err *e)
{
	struct db_query *q = db_query(db, SQL[MOMENTS]);

	db_put_time(q, c->created_at);
	db_put_time(q, c->last_active);
	db_put_u64(q, c->id.n);
	return db_exec(q, NULL, e);
}

/* --- their places --- */

void undo_place_add(
    struct arena *a, struct undo_place_list *l, struct undo_place place)
{
	if (l->count == l->space) {
		size_t space = l->space ? l->space * 2 : 256;
		struct undo_place *items = arena_raw(a, space * sizeof(*items));

		if (l->count)
			memcpy(items, l->items, l->count * sizeof(*items));
		l->items = items;
		l->space = space;
	}
	l->items[l->count++] = place;
}

enum status undo_places_read(struct db *db, struct arena *a,
    enum undo_places which, const uint64_t *ids, size_t n,
    struct undo_place_list *out, struct err *e)
{
	static const enum sql reads[] = {
	    [PLACES_TAGS] = TAGS,
	    [PLACES_SEGMENTS] = SEGMENTS,
	    [PLACES_CAMPAIGNS] = CAMPAIGNS,
	};
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST) {
		struct db_query *q = list_query(
		    db, reads[which], ids + i, n - i < LIST ? n - i : LIST);

		st = db_run(q, e);
		while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
			struct undo_place place = {.contact = db_get_u64(q)};

			place.thing = db_get_u64(q);
			place.import = db_get_u64(q);
			undo_place_add(a, out, place);
		}
		db_done(q);
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	return st;
}

static enum status write_places(struct db *db, struct arena *a, enum sql sql,
    size_t columns, const struct undo_place *places, size_t n, struct err *e)
{
	uint64_t *contacts = arena_raw(a, (n + 1) * sizeof(*contacts));
	uint64_t *things = arena_raw(a, (n + 1) * sizeof(*things));
	uint64_t *imports = arena_raw(a, (n + 1) * sizeof(*imports));

	for (size_t i = 0; i < n; i++) {
		contacts[i] = places[i].contact;
		things[i] = places[i].thing;
		imports[i] = places[i].import;
	}
	const struct db_column values[] = {
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_NUMBERS, .numbers = things},
	    {.kind = DB_NUMBERS, .numbers = imports, .zero_is_null = true},
	};

	return db_bulk(db, SQL[sql], values, columns, n, e);
}

static int by_thing(const void *a, const void *b)
{
	const struct undo_place *x = a, *y = b;

	if (x->thing != y->thing)
		return x->thing < y->thing ? -1 : 1;
	return x->contact < y->contact ? -1 : x->contact > y->contact;
}

/* The places are of one thing: many contacts in one statement. */
static enum status take_group(struct db *db, enum sql sql,
    const struct undo_place *places, size_t n, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST) {
		struct db_query *q = db_query(db, SQL[sql]);

		db_put_u64(q, places[0].thing);
		for (size_t k = 0; k < LIST; k++)
			db_put_u64(q, places[i + k < n ? i + k : i].contact);
		st = db_exec(q, NULL, e);
	}
	return st;
}

enum status undo_places_take(struct db *db, struct arena *a,
    enum undo_places which, const struct undo_place *places, size_t n,
    struct err *e)
{
	static const enum sql takes[][2] = {
	    [PLACES_TAGS] = {TAKE_TAG, TAKE_ONE_TAG},
	    [PLACES_SEGMENTS] = {TAKE_SEGMENT, TAKE_ONE_SEGMENT},
	    [PLACES_CAMPAIGNS] = {TAKE_CAMPAIGN, TAKE_ONE_CAMPAIGN},
	};
	struct undo_place *sorted = arena_raw(a, (n + 1) * sizeof(*sorted));
	enum status st = STATUS_OK;

	if (!n)
		return STATUS_OK;
	memcpy(sorted, places, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_thing);
	for (size_t i = 0, end; st == STATUS_OK && i < n; i = end) {
		for (end = i; end < n && sorted[end].thing == sorted[i].thing;)
			end++;
		if (end - i >= GROUP_MIN)
			st = take_group(
			    db, takes[which][0], sorted + i, end - i, e);
		else
			st = write_places(
			    db, a, takes[which][1], 2, sorted + i, end - i, e);
	}
	return st;
}

enum status undo_places_give(struct db *db, struct arena *a,
    enum undo_places which, const struct undo_place *places, size_t n,
    struct err *e)
{
	static const enum sql gives[] = {
	    [PLACES_TAGS] = GIVE_TAG,
	    [PLACES_SEGMENTS] = GIVE_SEGMENT,
	    [PLACES_CAMPAIGNS] = GIVE_CAMPAIGN,
	};

	return write_places(db, a, gives[which],
	    which == PLACES_SEGMENTS ? 3 : 2, places, n, e);
}

enum status undo_campaigns(struct db *db, struct arena *a,
    struct undo_name **out, size_t *n, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_NAMES]);
	enum status st = db_run(q, e);
	size_t space = 0;

	*out = NULL;
	*n = 0;
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (*n == space) {
			struct undo_name *old = *out;

			space = space ? space * 2 : 32;
			*out = arena_raw(a, space * sizeof(**out));
			if (old)
				memcpy(*out, old, *n * sizeof(*old));
		}
		(*out)[*n].id = db_get_u64(q);
		(*out)[(*n)++].name = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* --- their revisions --- */

static enum status revisions_list(struct db *db, const uint64_t *ids, size_t n,
    undo_revision_fn fn, void *arg, bool *more, struct err *e)
{
	struct db_query *q = list_query(db, REVISIONS, ids, n);

	db_stream(q);
	enum status st = db_run(q, e);

	while (*more && st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct undo_revision r = {.contact = db_get_u64(q)};
		size_t length;

		r.import.n = db_get_u64(q);
		r.job.n = db_get_u64(q);
		r.before = db_peek_text(q, &length);
		*more = fn(arg, &r);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status undo_revisions(struct db *db, const uint64_t *ids, size_t n,
    undo_revision_fn fn, void *arg, struct err *e)
{
	enum status st = STATUS_OK;
	bool more = true;

	for (size_t i = 0; more && st == STATUS_OK && i < n; i += LIST)
		st = revisions_list(db, ids + i, n - i < LIST ? n - i : LIST,
		    fn, arg, &more, e);
	return st;
}
