/* bulk_store.c: the contacts of a bulk change, a batch at a time */
/* SPDX-License-Identifier: MIT */
/*
 * Contacts are looked for without locks and then locked by their ids, so that
 * a batch locks no more rows than it has. Ids that follow one another are asked
 * for as a range, which the server reads much faster than a list; others in
 * lists of LIST places, of which a shorter one is filled up with its first id.
 */
#include "storage/bulk_store.h"

#include <stdlib.h>
#include <string.h>

#include "storage/contact_sql.h"
#include "storage/contact_store.h"

#define LIST 500u
#define CLOSE 3u      /* rows read for one that is wanted */
#define RUN_LEAST 32u /* ids of a range that is worth a statement */
#define Q5 "?,?,?,?,?"
#define Q50 Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5
#define Q500                                                                   \
	Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50    \
	    "," Q50

/* A statement with a range of ids, and after it the one with a list. */
enum sql {
	HIGHEST,
	IS_STATIC,
	TAG_NAMES,
	SEGMENT_NAMES,
	CAMPAIGN_NAMES,
	LOCK,
	LOCK_LIST,
	LOCK_ROWS,
	LOCK_ROWS_LIST,
	ROWS,
	ROWS_LIST,
	TAGS,
	TAGS_LIST,
	SEGMENTS,
	SEGMENTS_LIST,
	CAMPAIGNS,
	CAMPAIGNS_LIST,
	TOUCH,
	TOUCH_LIST,
	UNTAG,
	UNTAG_LIST,
	LEAVE,
	LEAVE_LIST,
	LEAVE_CAMPAIGN,
	LEAVE_CAMPAIGN_LIST
};

#define BOTH(sql, before, id, behind)                                          \
	[sql] = before id " BETWEEN ? AND ?" behind,                           \
	[sql##_LIST] = before id " IN (" Q500 ")" behind
static const char *const SQL[] = {
    [HIGHEST] = "SELECT COALESCE(MAX(id), 0) FROM contact",
    [IS_STATIC] = "SELECT kind = 'static' FROM segment WHERE id = ?",
    [TAG_NAMES] = "SELECT id, name FROM tag WHERE kind = 'tag' AND id IN"
		  " (" Q500 ")",
    [SEGMENT_NAMES] = "SELECT id, name FROM segment WHERE id IN (" Q500 ")",
    [CAMPAIGN_NAMES] = "SELECT id, name FROM campaign WHERE id IN (" Q500 ")",
    BOTH(CAMPAIGNS,
	"SELECT contact_id, campaign_id FROM contact_campaign WHERE ",
	"contact_id", " ORDER BY contact_id"),
    BOTH(LEAVE_CAMPAIGN,
	"DELETE FROM contact_campaign WHERE campaign_id = ? AND ", "contact_id",
	""),
    BOTH(LOCK, "SELECT id, version, trashed_at IS NULL FROM contact WHERE ",
	"id", " ORDER BY id FOR UPDATE"),
    BOTH(LOCK_ROWS, "SELECT " CONTACT_COLUMNS " FROM contact WHERE ",
	"contact.id", " ORDER BY contact.id FOR UPDATE"),
    BOTH(ROWS, "SELECT " CONTACT_COLUMNS " FROM contact WHERE ", "contact.id",
	" ORDER BY contact.id"),
    BOTH(TAGS, "SELECT contact_id, tag_id FROM contact_tag WHERE ",
	"contact_id", " ORDER BY contact_id"),
    BOTH(SEGMENTS, "SELECT contact_id, segment_id FROM segment_contact WHERE ",
	"contact_id", " ORDER BY contact_id"),
    BOTH(TOUCH,
	"UPDATE contact SET version = version + 1, updated_at = ? WHERE ", "id",
	""),
    BOTH(UNTAG, "DELETE FROM contact_tag WHERE tag_id = ? AND ", "contact_id",
	""),
    BOTH(LEAVE, "DELETE FROM segment_contact WHERE segment_id = ? AND ",
	"contact_id", ""),
};

/* --- looking --- */

static void build_find(struct contact_sql *b, const struct contact_query *query,
    uint64_t after, uint64_t upto, size_t limit)
{
	struct contact_query q = *query;

	q.sort = SORT_CREATED;
	q.descending = false;
	q.cursor = (struct contact_cursor){.kind = CURSOR_AFTER, .id = after};
	q.limit = limit;
	contact_sql_add(b, "SELECT contact.id, contact.version");
	if (contact_sql_by_import(&q)) {
		contact_sql_add(b, " FROM (");
		contact_sql_import_ids(b, &q, false, limit);
		contact_sql_add(b, ") AS batch STRAIGHT_JOIN contact"
				   " ON contact.id = batch.id"
				   " WHERE contact.id <= ?");
		b->id = "contact.id";
	} else {
		contact_sql_source(b, &q);
		contact_sql_cursor(b, &q, false);
		contact_sql_add(b, " AND contact.id <= ?");
	}
	contact_sql_number(b, upto);
	contact_sql_order(b, &q, false);
	contact_sql_add(b, " LIMIT ?");
	contact_sql_number(b, limit);
}

enum status bulk_store_find(struct db *db, struct arena *a,
    const struct contact_query *query, uint64_t after, uint64_t upto,
    size_t limit, struct bulk_ref **out, size_t *count, struct err *e)
{
	struct contact_sql b;

	contact_sql_init(&b, a);
	build_find(&b, query, after, upto, limit);
	struct db_query *q = contact_sql_query(&b, db);
	enum status st = db_run(q, e);

	*out = arena_raw(a, limit * sizeof(**out));
	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK) {
		struct bulk_ref *r = &(*out)[(*count)++];

		r->id = db_get_u64(q);
		r->version = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status bulk_store_highest(struct db *db, uint64_t *id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[HIGHEST]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*id = db_get_u64(q);
	db_done(q);
	return st;
}

/* --- locking --- */

static void put_list(struct db_query *q, const uint64_t *ids, size_t n)
{
	for (size_t i = 0; i < LIST; i++)
		db_put_u64(q, ids[i < n ? i : 0]);
}

static size_t part(size_t n, size_t from)
{
	return n - from < LIST ? n - from : LIST;
}

/* How many ids from here on follow one another. */
static size_t run_of(const uint64_t *ids, size_t n)
{
	size_t k = 1;

	while (k < n && ids[k] == ids[0] + k)
		k++;
	return k;
}

/* The next piece of n > 0 ids: a run of its own, or a list. */
struct piece {
	size_t n;
	bool range;
};

static struct piece piece_of(const uint64_t *ids, size_t n)
{
	size_t run = run_of(ids, n), end = run;

	if (run >= RUN_LEAST || run == n)
		return (struct piece){run, true};
	/* Up to the next run that is worth it. */
	while (end < n && end < LIST &&
	       (run = run_of(ids + end, n - end)) < RUN_LEAST)
		end += run;
	return (struct piece){end < LIST ? end : part(n, 0), false};
}

static struct db_query *piece_query(
    struct db *db, enum sql sql, const struct piece *p)
{
	return db_query(db, SQL[p->range ? sql : sql + 1]);
}

static void put_piece(
    struct db_query *q, const uint64_t *ids, const struct piece *p)
{
	if (!p->range) {
		put_list(q, ids, p->n);
		return;
	}
	db_put_u64(q, ids[0]);
	db_put_u64(q, ids[p->n - 1]);
}

static enum status lock_piece(struct db *db, const uint64_t *ids,
    const struct piece *p, struct bulk_ref *out, size_t *count, struct err *e)
{
	struct db_query *q = piece_query(db, LOCK, p);

	put_piece(q, ids, p);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct bulk_ref *r = &out[*count];

		r->id = db_get_u64(q);
		r->version = db_get_u64(q);
		*count += db_get_bool(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status bulk_store_lock(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, struct bulk_ref **out, size_t *count, struct err *e)
{
	enum status st = STATUS_OK;

	*out = arena_raw(a, (n + 1) * sizeof(**out));
	*count = 0;
	for (size_t i = 0; st == STATUS_OK && i < n;) {
		struct piece p = piece_of(ids + i, n - i);

		st = lock_piece(db, ids + i, &p, *out, count, e);
		i += p.n;
	}
	return st;
}

static enum status read_rows(struct db *db, struct arena *a, enum sql sql,
    const uint64_t *ids, size_t n, struct contact_set *out, struct err *e)
{
	struct contact *rows = arena_raw(a, (n + 1) * sizeof(*rows));
	enum status st = STATUS_OK;

	out->items = arena_raw(a, (n + 1) * sizeof(*out->items));
	out->count = out->space = 0;
	for (size_t i = 0, next; st == STATUS_OK && i < n; i = next) {
		struct piece p = piece_of(ids + i, n - i);
		struct db_query *q = piece_query(db, sql, &p);

		next = i + p.n;
		put_piece(q, ids + i, &p);
		st = db_run(q, e);
		while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
			struct contact *c = &rows[out->count];

			contact_row_read(q, a, c);
			if (!c->trashed_at)
				out->items[out->count++] = c;
		}
		db_done(q);
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	return st;
}

enum status bulk_store_lock_rows(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct contact_set *out, struct err *e)
{
	return read_rows(db, a, LOCK_ROWS, ids, n, out, e);
}

enum status bulk_store_rows(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, struct contact_set *out, struct err *e)
{
	return read_rows(db, a, ROWS, ids, n, out, e);
}

/* --- tags and segments --- */

enum status bulk_store_is_static(
    struct db *db, uint64_t segment, bool *yes, struct err *e)
{
	struct db_query *q = db_query(db, SQL[IS_STATIC]);

	db_put_u64(q, segment);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*yes = db_get_bool(q);
	db_done(q);
	return st;
}

struct pairs {
	struct tag_pair *items;
	size_t count;
	size_t space;
};

static void pair_add(struct arena *a, struct pairs *p, uint64_t c, uint64_t t)
{
	if (p->count == p->space) {
		struct tag_pair *old = p->items;

		p->space = p->space ? p->space * 2 : 1024;
		p->items = arena_raw(a, p->space * sizeof(*old));
		if (p->count)
			memcpy(p->items, old, p->count * sizeof(*old));
	}
	p->items[p->count++] = (struct tag_pair){c, t};
}

/* All of a piece's pairs. */
static enum status read_piece(struct db *db, struct arena *a, enum sql sql,
    const uint64_t *ids, const struct piece *p, struct pairs *out,
    struct err *e)
{
	struct db_query *q = piece_query(db, sql, p);

	put_piece(q, ids, p);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		uint64_t contact = db_get_u64(q);

		pair_add(a, out, contact, db_get_u64(q));
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* Leaves only the pairs of the ids; both are in order. */
static void only_of(struct pairs *pairs, const uint64_t *ids, size_t n)
{
	size_t kept = 0, at = 0;

	for (size_t i = 0; i < pairs->count; i++) {
		while (at < n && ids[at] < pairs->items[i].contact)
			at++;
		if (at < n && ids[at] == pairs->items[i].contact)
			pairs->items[kept++] = pairs->items[i];
	}
	pairs->count = kept;
}

/* Nothing is locked here, so ids that lie close together are read as one
 * range, with those between. */
static enum status read_pairs(struct db *db, struct arena *a, enum sql sql,
    const uint64_t *ids, size_t n, struct pairs *out, struct err *e)
{
	const struct piece whole = {n, true};
	enum status st = STATUS_OK;

	if (!n)
		return STATUS_OK;
	if (ids[n - 1] - ids[0] < CLOSE * n) {
		st = read_piece(db, a, sql, ids, &whole, out, e);
		only_of(out, ids, n);
		return st;
	}
	for (size_t i = 0; st == STATUS_OK && i < n;) {
		struct piece p = piece_of(ids + i, n - i);

		st = read_piece(db, a, sql, ids + i, &p, out, e);
		i += p.n;
	}
	return st;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* The tags or segments of the pairs, each once. */
static uint64_t *distinct(
    struct arena *a, const struct pairs *pairs, size_t *count)
{
	uint64_t *ids = arena_raw(a, (pairs->count + 1) * sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < pairs->count; i++)
		ids[i] = pairs->items[i].tag;
	if (pairs->count)
		qsort(ids, pairs->count, sizeof(*ids), by_number);
	for (size_t i = 0; i < pairs->count; i++)
		if (!n || ids[n - 1] != ids[i])
			ids[n++] = ids[i];
	*count = n;
	return ids;
}

struct named {
	const char *name;
	uint64_t id;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(
	    ((const struct named *)a)->name, ((const struct named *)b)->name);
}

static enum status read_names(struct db *db, struct arena *a, enum sql sql,
    const uint64_t *ids, size_t n, struct bulk_names *out, struct err *e)
{
	struct named *found = arena_raw(a, (n + 1) * sizeof(*found));
	enum status st = STATUS_OK;
	size_t count = 0;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST) {
		struct db_query *q = db_query(db, SQL[sql]);

		put_list(q, ids + i, part(n, i));
		st = db_run(q, e);
		while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
			found[count].id = db_get_u64(q);
			found[count++].name = db_get_text(q, a);
		}
		db_done(q);
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	qsort(found, count, sizeof(*found), by_name);
	out->names = arena_raw(a, (count + 1) * sizeof(*out->names));
	out->ids = arena_raw(a, (count + 1) * sizeof(*out->ids));
	out->name_count = count;
	for (size_t i = 0; i < count; i++) {
		out->names[i] = found[i].name;
		out->ids[i] = found[i].id;
	}
	return st;
}

static int by_pair(const void *a, const void *b)
{
	const struct tag_pair *x = a, *y = b;

	if (x->contact != y->contact)
		return x->contact < y->contact ? -1 : 1;
	return x->tag < y->tag ? -1 : x->tag > y->tag;
}

struct place {
	uint64_t id;
	uint64_t at; /* in names */
};

static int by_place(const void *a, const void *b)
{
	return by_number(
	    &((const struct place *)a)->id, &((const struct place *)b)->id);
}

/* Ids become numbers of names; those without a name (a tag that is gone) are
 * left out. */
static void number_pairs(
    struct arena *a, const struct pairs *pairs, struct bulk_names *out)
{
	size_t n = out->name_count;
	struct place *places = arena_raw(a, (n + 1) * sizeof(*places));

	for (size_t i = 0; i < n; i++)
		places[i] = (struct place){out->ids[i], i};
	qsort(places, n, sizeof(*places), by_place);
	out->pairs = arena_raw(a, (pairs->count + 1) * sizeof(*out->pairs));
	out->pair_count = 0;
	for (size_t i = 0; i < pairs->count; i++) {
		const struct place key = {pairs->items[i].tag, 0};
		const struct place *p =
		    bsearch(&key, places, n, sizeof(key), by_place);

		if (p)
			out->pairs[out->pair_count++] =
			    (struct tag_pair){pairs->items[i].contact, p->at};
	}
	qsort(out->pairs, out->pair_count, sizeof(*out->pairs), by_pair);
}

static enum status load_names(struct db *db, struct arena *a, enum sql pairs_of,
    enum sql names_of, const uint64_t *ids, size_t n, struct bulk_names *out,
    struct err *e)
{
	struct pairs pairs = {0};
	size_t count;
	enum status st = read_pairs(db, a, pairs_of, ids, n, &pairs, e);

	if (st != STATUS_OK)
		return st;
	const uint64_t *which = distinct(a, &pairs, &count);

	st = read_names(db, a, names_of, which, count, out, e);
	if (st == STATUS_OK)
		number_pairs(a, &pairs, out);
	return st;
}

enum status bulk_store_tags(struct db *db, struct arena *a, const uint64_t *ids,
    size_t n, struct bulk_names *out, struct err *e)
{
	return load_names(db, a, TAGS, TAG_NAMES, ids, n, out, e);
}

enum status bulk_store_segments(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct bulk_names *out, struct err *e)
{
	return load_names(db, a, SEGMENTS, SEGMENT_NAMES, ids, n, out, e);
}

enum status bulk_store_campaigns(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct bulk_names *out, struct err *e)
{
	return load_names(db, a, CAMPAIGNS, CAMPAIGN_NAMES, ids, n, out, e);
}

/* --- writing --- */

enum status bulk_store_touch(
    struct db *db, const uint64_t *ids, size_t n, int64_t now, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n;) {
		struct piece p = piece_of(ids + i, n - i);
		struct db_query *q = piece_query(db, TOUCH, &p);

		db_put_time(q, now);
		put_piece(q, ids + i, &p);
		st = db_exec(q, NULL, e);
		i += p.n;
	}
	return st;
}

static enum status take(struct db *db, enum sql sql, const uint64_t *ids,
    size_t n, uint64_t from, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n;) {
		struct piece p = piece_of(ids + i, n - i);
		struct db_query *q = piece_query(db, sql, &p);

		db_put_u64(q, from);
		put_piece(q, ids + i, &p);
		st = db_exec(q, NULL, e);
		i += p.n;
	}
	return st;
}

enum status bulk_store_untag(
    struct db *db, const uint64_t *ids, size_t n, uint64_t tag, struct err *e)
{
	return take(db, UNTAG, ids, n, tag, e);
}

enum status bulk_store_leave(struct db *db, const uint64_t *ids, size_t n,
    uint64_t segment, struct err *e)
{
	return take(db, LEAVE, ids, n, segment, e);
}

enum status bulk_store_leave_campaign(struct db *db, const uint64_t *ids,
    size_t n, uint64_t campaign, struct err *e)
{
	return take(db, LEAVE_CAMPAIGN, ids, n, campaign, e);
}
