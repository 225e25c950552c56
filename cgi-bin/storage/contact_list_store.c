/* contact_list_store.c: many rows of contact: pages, totals, streams */
/* SPDX-License-Identifier: MIT */
#include "storage/contact_list_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "storage/contact_by_name.h"
#include "storage/contact_sql.h"
#include "storage/contact_store.h"

#define TOTAL_MS 10000

static void build_list(struct contact_sql *b, const char *columns,
    const struct contact_query *query, bool descending)
{
	contact_sql_add(b, columns);
	contact_sql_source(b, query);
	contact_sql_cursor(b, query, descending);
	contact_sql_order(b, query, descending);
}

static void build_page(
    struct contact_sql *b, const struct contact_query *query, bool descending)
{
	b->page = true;
	build_list(b, "SELECT " CONTACT_COLUMNS, query, descending);
	contact_sql_add(b, " LIMIT ?");
	contact_sql_number(b, query->limit + 1);
}

/* The same when many rows may have to be looked at or sorted: looks only at
 * what is asked for, then reads the rows of the page. */
static void build_searched_page(
    struct contact_sql *b, const struct contact_query *query, bool descending)
{
	bool by_import = contact_sql_by_import(query);

	contact_sql_add(b, "SELECT " CONTACT_COLUMNS " FROM (");
	if (by_import) {
		contact_sql_import_ids(b, query, descending, query->limit + 1);
	} else {
		build_list(b, "SELECT contact.id AS id", query, descending);
		contact_sql_add(b, " LIMIT ?");
		contact_sql_number(b, query->limit + 1);
	}
	contact_sql_add(
	    b, ") AS page STRAIGHT_JOIN contact ON contact.id = page.id");
	b->id = "contact.id";
	b->scans = true; /* the page comes in no order */
	contact_sql_order(b, query, descending);
	if (by_import) {
		contact_sql_add(b, " LIMIT ?");
		contact_sql_number(b, query->limit + 1);
	}
}

static void flip(struct contact *rows, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct contact one = rows[i];

		rows[i] = rows[count - 1 - i];
		rows[count - 1 - i] = one;
	}
}

/* The rows of a statement of a page, with one that only tells that there are
 * more. */
static enum status read_page(struct db *db, struct arena *a,
    const struct contact_query *query, struct contact_page *out, struct err *e)
{
	bool back = query->cursor.kind == CURSOR_BEFORE ||
		    query->cursor.kind == CURSOR_END;
	struct contact_sql b;

	contact_sql_init(&b, a);
	if (query->condition_count || query->sort != SORT_CREATED)
		build_searched_page(&b, query, query->descending != back);
	else
		build_page(&b, query, query->descending != back);
	struct db_query *q = contact_sql_query(&b, db);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && out->count <= query->limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		contact_row_read(q, a, &out->rows[out->count++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* Of a list that is read name after name the ids are found first. */
static enum status read_page_by_name(struct db *db, struct arena *a,
    const struct contact_query *query, bool descending,
    struct contact_page *out, struct err *e)
{
	struct contact_condition those = {.subject = SUBJECT_IDS};
	struct contact_query of_ids = *query;
	uint64_t *ids;
	enum status st = contact_by_name_ids(
	    db, a, query, descending, &ids, &those.id_count, e);

	if (st != STATUS_OK || !those.id_count)
		return st;
	those.ids = ids;
	of_ids.conditions = &those;
	of_ids.condition_count = 1;
	return read_page(db, a, &of_ids, out, e);
}

enum status contact_list_store_page(struct db *db, struct arena *a,
    const struct contact_query *query, struct contact_page *out, struct err *e)
{
	bool back = query->cursor.kind == CURSOR_BEFORE ||
		    query->cursor.kind == CURSOR_END;

	out->rows = arena_alloc(a, (query->limit + 1) * sizeof(*out->rows));
	out->count = 0;
	enum status st = contact_by_name(query)
			     ? read_page_by_name(db, a, query,
				   query->descending != back, out, e)
			     : read_page(db, a, query, out, e);

	if (st != STATUS_OK)
		return st;
	bool more = out->count > query->limit;

	if (more)
		out->count--;
	if (back)
		flip(out->rows, out->count);
	out->has_next = back ? query->cursor.kind == CURSOR_BEFORE : more;
	out->has_previous = back ? more : query->cursor.kind != CURSOR_NONE;
	return contact_list_store_tags(db, a, out->rows, out->count, e);
}

bool contact_list_store_scans(const struct contact_query *query)
{
	return contact_sql_scans(query);
}

/* The total stands in each row, after the contact. */
static void build_counted_page(
    struct contact_sql *b, const struct contact_query *query, uint64_t bound)
{
	contact_sql_add(b, "SELECT " CONTACT_COLUMNS ", page.total FROM "
			   "(SELECT id, COUNT(*) OVER () AS total FROM (");
	build_list(b, "SELECT contact.id AS id", query, query->descending);
	contact_sql_add(b, " LIMIT ?) AS found ORDER BY id");
	contact_sql_number(b, bound + 1);
	contact_sql_add(b, query->descending ? " DESC" : "");
	contact_sql_add(b, " LIMIT ?) AS page STRAIGHT_JOIN contact "
			   "ON contact.id = page.id");
	contact_sql_number(b, query->limit + 1);
	b->id = "contact.id";
	contact_sql_order(b, query, query->descending);
}

enum status contact_list_store_first_page(struct db *db, struct arena *a,
    const struct contact_query *query, uint64_t bound, struct contact_page *out,
    uint64_t *total, struct err *e)
{
	struct contact_query first = *query;
	struct contact_sql b;

	first.cursor.kind = CURSOR_NONE;
	contact_sql_init(&b, a);
	build_counted_page(&b, &first, bound);
	struct db_query *q = contact_sql_query(&b, db);

	memset(out, 0, sizeof(*out));
	out->rows = arena_alloc(a, (query->limit + 1) * sizeof(*out->rows));
	*total = 0;
	enum status st = db_run(q, e);

	while (st == STATUS_OK && out->count <= query->limit &&
	       (st = db_next(q, e)) == STATUS_OK) {
		contact_row_read(q, a, &out->rows[out->count++]);
		*total = db_get_u64(q);
	}
	db_done(q);
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	out->has_next = out->count > query->limit;
	out->count -= out->has_next;
	return contact_list_store_tags(db, a, out->rows, out->count, e);
}

enum status contact_list_store_stream(struct db *db, struct arena *a,
    const struct contact_query *query, struct db_query **out, struct err *e)
{
	struct contact_sql b;

	contact_sql_init(&b, a);
	build_list(&b, "SELECT " CONTACT_COLUMNS, query, query->descending);
	*out = contact_sql_query(&b, db);
	db_stream(*out);
	return db_run(*out, e);
}

/* --- totals --- */

static enum status one_number(struct db_query *q, uint64_t *out, struct err *e)
{
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*out = db_get_u64(q);
	db_done(q);
	return st;
}

static void build_import_total(
    struct contact_sql *b, const struct contact_query *query, uint64_t bound)
{
	struct contact_query all = *query;

	all.cursor.kind = CURSOR_NONE;
	contact_sql_add(b, "SELECT COUNT(*) FROM (SELECT id FROM (");
	contact_sql_import_ids(b, &all, false, bound ? bound + 1 : 0);
	contact_sql_add(b, ") AS sides");
	if (bound) {
		contact_sql_add(b, " LIMIT ?");
		contact_sql_number(b, bound + 1);
	}
	contact_sql_add(b, ") AS counted");
}

static enum status total_of(struct db *db, const char *limit,
    const struct contact_query *query, uint64_t bound, uint64_t *total,
    struct err *e)
{
	struct contact_sql b;
	struct arena a;

	arena_init(&a);
	contact_sql_init(&b, &a);
	contact_sql_add(&b, limit);
	if (contact_sql_by_import(query)) {
		build_import_total(&b, query, bound);
	} else {
		contact_sql_add(&b, bound ? "SELECT COUNT(*) FROM (SELECT 1"
					  : "SELECT COUNT(*)");
		struct contact_query all = *query;

		all.sort = SORT_CREATED; /* what an index of a tag has */
		b.counts = true;
		contact_sql_source(&b, &all);
		if (bound) {
			contact_sql_add(&b, " LIMIT ?) AS bounded");
			contact_sql_number(&b, bound + 1);
		}
	}
	b.rare |= *limit != '\0';
	enum status st = one_number(contact_sql_query(&b, db), total, e);

	arena_release(&a);
	return st;
}

enum status contact_list_store_total(struct db *db,
    const struct contact_query *query, uint64_t bound, uint64_t *total,
    struct err *e)
{
	return total_of(db, "", query, bound, total, e);
}

enum status contact_list_store_total_soon(struct db *db,
    const struct contact_query *query, uint64_t bound, uint64_t *total,
    struct err *e)
{
	return total_of(db, "SET STATEMENT max_statement_time = 0.2 FOR ",
	    query, bound, total, e);
}

static enum status read_marks(
    struct db *db, struct contact_marks *out, struct err *e)
{
	struct db_query *q = db_query(db, "SELECT " CONTACT_MARKS);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->contact = db_get_u64(q);
		out->audit = db_get_u64(q);
	}
	db_done(q);
	return st;
}

enum status contact_list_store_total_lately(struct db *db,
    struct contact_marks marks, uint64_t bound, uint64_t *total, struct err *e)
{
	static struct {
		struct contact_marks marks;
		uint64_t total;
		int64_t at; /* clock_monotonic(); 0: never */
	} known;
	const struct contact_query all = {0};
	enum status st = STATUS_OK;

	if (!marks.contact && !marks.audit)
		st = read_marks(db, &marks, e);
	*total = known.total;
	if (st != STATUS_OK ||
	    (known.at && known.marks.contact == marks.contact &&
		known.marks.audit == marks.audit &&
		clock_monotonic() - known.at < TOTAL_MS))
		return st;
	st = contact_list_store_total(db, &all, bound, total, e);
	if (st != STATUS_OK)
		return st;
	known.marks = marks;
	known.total = *total;
	known.at = clock_monotonic();
	return st;
}

/* --- segments and campaigns --- */

#define SEGMENTS_SQL(places)                                                   \
	"SELECT segment_contact.contact_id, segment.name "                     \
	"FROM segment_contact JOIN segment "                                   \
	"ON segment.id = segment_contact.segment_id "                          \
	"WHERE segment_contact.contact_id IN (" places ") "                    \
	"ORDER BY segment_contact.contact_id, segment.name"
#define CAMPAIGNS_SQL(places)                                                  \
	"SELECT contact_campaign.contact_id, campaign.name "                   \
	"FROM contact_campaign JOIN campaign "                                 \
	"ON campaign.id = contact_campaign.campaign_id "                       \
	"WHERE contact_campaign.contact_id IN (" places ") "                   \
	"ORDER BY contact_campaign.contact_id, campaign.name"
#define TAGS_SQL(places)                                                       \
	"SELECT id, name FROM tag WHERE id IN (" places ") AND kind = 'tag' "  \
	"ORDER BY name"
#define PAIRS_SQL "SELECT contact_id, tag_id FROM contact_tag WHERE contact_id "
#define PLACES_8 "?, ?, ?, ?, ?, ?, ?, ?"
#define PLACES_64                                                              \
	PLACES_8 ", " PLACES_8 ", " PLACES_8 ", " PLACES_8 ", " PLACES_8       \
		 ", " PLACES_8 ", " PLACES_8 ", " PLACES_8
#define PLACES_512                                                             \
	PLACES_64 ", " PLACES_64 ", " PLACES_64 ", " PLACES_64 ", " PLACES_64  \
		  ", " PLACES_64 ", " PLACES_64 ", " PLACES_64
#define FEW 64u
#define MANY 512u

static const char segments_sql[] = SEGMENTS_SQL(PLACES_64);
static const char campaigns_sql[] = CAMPAIGNS_SQL(PLACES_64);

static void name_append(
    struct arena *a, const char ***names, size_t *count, const char *name)
{
	/* Room is a power of two, so the count tells when it is full. */
	if ((*count & (*count - 1)) == 0) {
		const char **old = *names;

		*names = arena_raw(a, (*count ? *count * 2 : 1) * sizeof(*old));
		if (*count)
			memcpy(*names, old, *count * sizeof(*old));
	}
	(*names)[(*count)++] = name;
}

static size_t row_of(const struct contact *rows, size_t count, uint64_t id)
{
	size_t i = 0;

	while (i < count && rows[i].id.n != id)
		i++;
	return i;
}

/* Names of one contact, as they are read. */
struct names {
	const char **items;
	size_t count;
};

/* The names of at most FEW contacts; out is all nought. */
static enum status fill_names(struct db *db, struct arena *a, const char *sql,
    const struct contact *rows, size_t count, struct names *out, struct err *e)
{
	struct db_query *q = db_query(db, sql);

	for (size_t i = 0; i < FEW; i++)
		db_put_u64(q, rows[i < count ? i : count - 1].id.n);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		size_t i = row_of(rows, count, db_get_u64(q));

		if (i < count)
			name_append(
			    a, &out[i].items, &out[i].count, db_get_text(q, a));
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status read_names(struct db *db, struct arena *a, const char *sql,
    const struct contact *rows, size_t count, struct names **out, struct err *e)
{
	enum status st = STATUS_OK;

	*out = arena_alloc(a, (count + 1) * sizeof(**out));
	for (size_t i = 0, n; i < count && st == STATUS_OK; i += n) {
		n = count - i < FEW ? count - i : FEW;
		st = fill_names(db, a, sql, rows + i, n, *out + i, e);
	}
	return st;
}

enum status contact_list_store_segments(struct db *db, struct arena *a,
    const struct contact *rows, size_t count, struct contact_segments **out,
    struct err *e)
{
	struct names *segments, *campaigns;
	enum status st =
	    read_names(db, a, segments_sql, rows, count, &segments, e);

	if (st == STATUS_OK)
		st = read_names(
		    db, a, campaigns_sql, rows, count, &campaigns, e);
	*out = arena_alloc(a, (count + 1) * sizeof(**out));
	for (size_t i = 0; i < count && st == STATUS_OK; i++)
		(*out)[i] = (struct contact_segments){segments[i].items,
		    segments[i].count, campaigns[i].items, campaigns[i].count};
	return st;
}

enum status contact_list_store_campaigns(struct db *db, struct arena *a,
    struct contact *rows, size_t count, struct err *e)
{
	struct names *campaigns;
	enum status st =
	    read_names(db, a, campaigns_sql, rows, count, &campaigns, e);

	for (size_t i = 0; i < count && st == STATUS_OK; i++) {
		rows[i].campaigns = campaigns[i].items;
		rows[i].campaign_count = campaigns[i].count;
	}
	return st;
}

/* --- tags --- */

/*
 * The pairs of contact and tag, then the names of those tags: cheaper than a
 * join, which looks a name up for each pair and sorts all of it.
 */
static const char *const pairs_sql[] = {PAIRS_SQL "IN (" PLACES_64
						  ") ORDER BY contact_id",
    PAIRS_SQL "IN (" PLACES_512 ") ORDER BY contact_id"};
static const char pairs_between_sql[] =
    PAIRS_SQL "BETWEEN ? AND ? ORDER BY contact_id";
static const char *const tags_sql[] = {
    TAGS_SQL(PLACES_64), TAGS_SQL(PLACES_512)};

struct pair {
	uint64_t contact;
	uint64_t tag;
};
struct pairs {
	struct pair *items; /* by contact */
	size_t count;
	size_t room;
};
struct known_tag {
	uint64_t id;
	size_t rank; /* in by_name */
};

static int by_contact_id(const void *a, const void *b)
{
	uint64_t x = (*(struct contact *const *)a)->id.n;
	uint64_t y = (*(struct contact *const *)b)->id.n;

	return x < y ? -1 : x > y;
}

static struct contact **sort_rows(
    struct arena *a, struct contact *rows, size_t count)
{
	struct contact **sorted = arena_alloc(a, count * sizeof(*sorted));

	for (size_t i = 0; i < count; i++)
		sorted[i] = &rows[i];
	qsort(sorted, count, sizeof(*sorted), by_contact_id);
	return sorted;
}

/* At most MANY contacts: a range of ids where they are close together. */
static struct db_query *pairs_query(
    struct db *db, struct contact **sorted, size_t count)
{
	uint64_t first = sorted[0]->id.n, last = sorted[count - 1]->id.n;
	size_t places = count > FEW ? MANY : FEW;

	if (last - first < 4 * count) {
		struct db_query *q = db_query(db, pairs_between_sql);

		db_put_u64(q, first);
		db_put_u64(q, last);
		return q;
	}
	struct db_query *q = db_query(db, pairs_sql[count > FEW]);

	for (size_t i = 0; i < places; i++)
		db_put_u64(q, sorted[i < count ? i : count - 1]->id.n);
	return q;
}

static void add_pair(
    struct arena *a, struct pairs *p, uint64_t contact, uint64_t tag)
{
	if (p->count == p->room) {
		struct pair *old = p->items;

		p->room = p->room ? p->room * 2 : 256;
		p->items = arena_raw(a, p->room * sizeof(*old));
		if (old)
			memcpy(p->items, old, p->count * sizeof(*old));
	}
	p->items[p->count].contact = contact;
	p->items[p->count++].tag = tag;
}

static enum status read_pairs(struct db *db, struct arena *a,
    struct contact **sorted, size_t count, struct pairs *out, struct err *e)
{
	struct db_query *q = pairs_query(db, sorted, count);
	enum status st = db_run(q, e);

	memset(out, 0, sizeof(*out));
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		uint64_t contact = db_get_u64(q);

		add_pair(a, out, contact, db_get_u64(q));
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static int by_tag_id(const void *a, const void *b)
{
	uint64_t x = ((const struct known_tag *)a)->id;
	uint64_t y = ((const struct known_tag *)b)->id;

	return x < y ? -1 : x > y;
}

static void index_tags(struct arena *a, struct known_tags *k)
{
	k->by_id = arena_alloc(a, (k->count + 1) * sizeof(*k->by_id));
	for (size_t i = 0; i < k->count; i++) {
		k->by_id[i].id = k->by_name[i].id.n;
		k->by_id[i].rank = i;
	}
	qsort(k->by_id, k->count, sizeof(*k->by_id), by_tag_id);
}

enum status contact_list_store_know_tags(
    struct db *db, struct arena *a, struct known_tags *out, struct err *e)
{
	enum status st =
	    tag_store_list(db, a, "tag", false, &out->by_name, &out->count, e);

	if (st == STATUS_OK)
		index_tags(a, out);
	return st;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* The tags of the pairs, each once, by id. */
static uint64_t *distinct_tags(
    struct arena *a, const struct pairs *pairs, size_t *count)
{
	uint64_t *ids = arena_raw(a, (pairs->count + 1) * sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < pairs->count; i++)
		ids[i] = pairs->items[i].tag;
	qsort(ids, pairs->count, sizeof(*ids), by_number);
	for (size_t i = 0; i < pairs->count; i++)
		if (!n || ids[n - 1] != ids[i])
			ids[n++] = ids[i];
	*count = n;
	return ids;
}

/* Only the tags of the pairs. */
static enum status know_some(struct db *db, struct arena *a,
    const struct pairs *pairs, struct known_tags *out, struct err *e)
{
	size_t count;
	uint64_t *ids = distinct_tags(a, pairs, &count);

	out->count = 0;
	if (!count)
		return STATUS_OK;
	if (count > MANY)
		return contact_list_store_know_tags(db, a, out, e);
	struct db_query *q = db_query(db, tags_sql[count > FEW]);

	for (size_t i = 0; i < (count > FEW ? MANY : FEW); i++)
		db_put_u64(q, ids[i < count ? i : count - 1]);
	out->by_name = arena_alloc(a, count * sizeof(*out->by_name));
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct tag *t = &out->by_name[out->count++];

		t->id.n = db_get_u64(q);
		t->name = db_get_text(q, a);
	}
	db_done(q);
	index_tags(a, out);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static int by_rank(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

/* The tags of one contact, whose pairs stand together. */
static void give_tags(struct arena *a, const struct known_tags *known,
    struct contact *c, const struct pair *pairs, size_t count)
{
	size_t *ranks = arena_raw(a, count * sizeof(*ranks));
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		struct known_tag key = {.id = pairs[i].tag};
		const struct known_tag *tag = bsearch(
		    &key, known->by_id, known->count, sizeof(key), by_tag_id);

		if (tag)
			ranks[n++] = tag->rank;
	}
	qsort(ranks, n, sizeof(*ranks), by_rank);
	c->tags = arena_raw(a, n * sizeof(*c->tags));
	c->tag_count = n;
	for (size_t i = 0; i < n; i++)
		c->tags[i] = known->by_name[ranks[i]].name;
}

static void give_all(struct arena *a, const struct known_tags *known,
    struct contact **sorted, size_t count, const struct pairs *pairs)
{
	size_t at = 0;

	for (size_t i = 0; i < count && known->count; i++) {
		size_t from;

		while (at < pairs->count &&
		       pairs->items[at].contact < sorted[i]->id.n)
			at++;
		for (from = at; at < pairs->count &&
				pairs->items[at].contact == sorted[i]->id.n;)
			at++;
		if (at > from)
			give_tags(a, known, sorted[i], &pairs->items[from],
			    at - from);
	}
}

enum status contact_list_store_chunk_tags(struct db *db, struct arena *a,
    const struct known_tags *known, struct contact *rows, size_t count,
    struct err *e)
{
	struct pairs pairs;

	if (!count || !known->count)
		return STATUS_OK;
	struct contact **sorted = sort_rows(a, rows, count);
	enum status st = read_pairs(db, a, sorted, count, &pairs, e);

	if (st == STATUS_OK)
		give_all(a, known, sorted, count, &pairs);
	return st;
}

enum status contact_list_store_tags(struct db *db, struct arena *a,
    struct contact *rows, size_t count, struct err *e)
{
	struct contact **sorted = sort_rows(a, rows, count);
	struct known_tags known = {.count = 0};
	enum status st = STATUS_OK;

	for (size_t i = 0, n; i < count && st == STATUS_OK; i += n) {
		struct pairs pairs;

		n = count - i < MANY ? count - i : MANY;
		st = read_pairs(db, a, sorted + i, n, &pairs, e);
		if (st == STATUS_OK)
			st = know_some(db, a, &pairs, &known, e);
		if (st == STATUS_OK)
			give_all(a, &known, sorted + i, n, &pairs);
	}
	return st;
}
