/* contact_sql.c: the SQL of a contact query, put together */
/* SPDX-License-Identifier: MIT */
/*
 * The pieces stand in this file; what the user gave is bound. The same question
 * gives the same text, and texts are kept (some), so that they are prepared
 * once for a connection.
 *
 * A list that is sorted by id and asks for a tag or a segment is driven by that
 * table's index, which holds the ids in order: the page is read off its end.
 * Everything else is an index of contact read in order until the page is full.
 */
#include "storage/contact_sql.h"

#include <stdlib.h>
#include <string.h>

#define SQL_MAX (256u << 10)
#define KEPT_TEXTS 64

enum bind_kind {
	BIND_TEXT,
	BIND_NUMBER,
	BIND_TIME
};
struct contact_bind {
	enum bind_kind kind;
	const char *text;
	uint64_t number;
	int64_t moment;
};

/* --- pieces --- */

static struct contact_bind *bind(struct contact_sql *b, enum bind_kind kind)
{
	if (b->count == b->room) {
		struct contact_bind *old = b->binds;

		b->room = b->room ? b->room * 2 : 32;
		b->binds = arena_alloc(b->arena, b->room * sizeof(*old));
		if (old)
			memcpy(b->binds, old, b->count * sizeof(*old));
	}
	struct contact_bind *one = &b->binds[b->count++];

	one->kind = kind;
	return one;
}

void contact_sql_text(struct contact_sql *b, const char *z)
{
	bind(b, BIND_TEXT)->text = z;
}

void contact_sql_number(struct contact_sql *b, uint64_t n)
{
	bind(b, BIND_NUMBER)->number = n;
}

void contact_sql_time(struct contact_sql *b, int64_t ms)
{
	bind(b, BIND_TIME)->moment = ms;
}

void contact_sql_add(struct contact_sql *b, const char *piece)
{
	str_addz(&b->text, piece);
}

void contact_sql_and(struct contact_sql *b)
{
	contact_sql_add(b, b->where ? " AND " : " WHERE ");
	b->where = true;
}

/* Those of the book, or those in the trash. */
static void add_place(struct contact_sql *b, const struct contact_query *query)
{
	contact_sql_and(b);
	contact_sql_add(b, query->trash ? "contact.trashed_at IS NOT NULL"
					: "contact.trashed_at IS NULL");
}

/* Nearly all contacts are not in the trash, so that its index only helps to
 * count them, and for a page of all contacts by id: however many of the newest
 * are in the trash, the page is read off its end. */
static const char *index_hint(
    const struct contact_sql *b, const struct contact_query *query)
{
	if (query->trash || (b->counts && !query->condition_count))
		return "";
	if (b->page && query->sort == SORT_CREATED && !query->condition_count)
		return " FORCE INDEX (trashed_at)";
	return contact_sql_by_phone(b, query) ? " FORCE INDEX (phone)"
					      : " IGNORE INDEX (trashed_at)";
}

/* Has an index of its own with the ids in order. */
static bool can_drive(const struct contact_condition *c)
{
	return (c->subject == SUBJECT_TAG || c->subject == SUBJECT_SEGMENT) &&
	       !c->id_count && !c->negated;
}

/* FROM and WHERE. */
void contact_sql_source(
    struct contact_sql *b, const struct contact_query *query)
{
	size_t driver = SIZE_MAX;

	b->id = "contact.id";
	for (size_t i = 0; i < query->condition_count; i++)
		if (query->sort == SORT_CREATED && driver == SIZE_MAX &&
		    can_drive(&query->conditions[i]))
			driver = i;
	b->scans = query->condition_count > (driver != SIZE_MAX);
	/* What is in the trash has neither tags nor segments. */
	bool alone = driver != SIZE_MAX && b->counts &&
		     query->condition_count == 1 && !query->trash;

	if (driver == SIZE_MAX) {
		contact_sql_add(b, " FROM contact");
		contact_sql_add(b, index_hint(b, query));
	} else {
		const struct contact_condition *c = &query->conditions[driver];

		contact_sql_add(b, c->subject == SUBJECT_TAG
				       ? " FROM contact_tag AS driver"
				       : " FROM segment_contact AS driver");
		if (!alone)
			contact_sql_add(b, " STRAIGHT_JOIN contact "
					   "ON contact.id = driver.contact_id");
		contact_sql_add(b, c->subject == SUBJECT_TAG
				       ? " WHERE driver.tag_id = ?"
				       : " WHERE driver.segment_id = ?");
		b->where = true;
		b->id = "driver.contact_id";
		contact_sql_number(b, c->id);
	}
	if (!alone)
		add_place(b, query);
	for (size_t i = 0; i < query->condition_count; i++) {
		if (i == driver)
			continue;
		contact_sql_and(b);
		contact_sql_condition(b, &query->conditions[i]);
	}
}

bool contact_sql_scans(const struct contact_query *query)
{
	return query->sort == SORT_CREATED && query->condition_count &&
	       !contact_sql_by_import(query) &&
	       (query->condition_count > 1 ||
		   !can_drive(&query->conditions[0]));
}

/* --- the contacts of an import --- */

/* The condition that asks for an import; SIZE_MAX when there is none. */
static size_t import_condition(const struct contact_query *query)
{
	for (size_t i = 0; i < query->condition_count; i++)
		if (query->conditions[i].subject == SUBJECT_IMPORT &&
		    !query->conditions[i].negated)
			return i;
	return SIZE_MAX;
}

bool contact_sql_by_import(const struct contact_query *query)
{
	return query->sort == SORT_CREATED &&
	       import_condition(query) != SIZE_MAX;
}

/* One side of the union: made, or changed. */
static void add_side(struct contact_sql *b, const struct contact_query *query,
    bool changed, bool descending, uint64_t limit)
{
	size_t at = import_condition(query);

	contact_sql_add(
	    b, changed ? "(SELECT contact.id AS id FROM contact_revision "
			 "STRAIGHT_JOIN contact "
			 "ON contact.id = contact_revision.contact_id "
			 "WHERE contact_revision.import_id = ?"
		       : "(SELECT contact.id AS id FROM contact "
			 "WHERE contact.created_by_import = ?");
	contact_sql_number(b, query->conditions[at].id);
	b->where = true;
	b->id = changed ? "contact_revision.contact_id" : "contact.id";
	add_place(b, query);
	for (size_t i = 0; i < query->condition_count; i++) {
		if (i == at)
			continue;
		contact_sql_and(b);
		contact_sql_condition(b, &query->conditions[i]);
	}
	if (limit)
		contact_sql_cursor(b, query, descending);
	if (changed)
		contact_sql_add(b, " GROUP BY contact_revision.contact_id");
	if (limit) {
		contact_sql_order(b, query, descending);
		contact_sql_add(b, " LIMIT ?");
		contact_sql_number(b, limit);
	}
	contact_sql_add(b, ")");
}

void contact_sql_import_ids(struct contact_sql *b,
    const struct contact_query *query, bool descending, uint64_t limit)
{
	add_side(b, query, false, descending, limit);
	contact_sql_add(b, " UNION ");
	add_side(b, query, true, descending, limit);
}

/* --- the statement --- */

void contact_sql_init(struct contact_sql *b, struct arena *a)
{
	memset(b, 0, sizeof(*b));
	b->arena = a;
	str_init(&b->text, SQL_MAX);
}

/* One text for all texts of the same letters, as long as there is room;
 * otherwise NULL. */
static const char *kept_text(const char *sql)
{
	static char *texts[KEPT_TEXTS];

	for (size_t i = 0; i < KEPT_TEXTS; i++) {
		if (!texts[i])
			texts[i] = xstrdup(sql);
		if (strcmp(texts[i], sql) == 0)
			return texts[i];
	}
	return NULL;
}

/* The query of what was built, with its parameters; its text lives as long as
 * the arena or longer. */
struct db_query *contact_sql_query(struct contact_sql *b, struct db *db)
{
	const char *sql = str_text(&b->text);
	const char *kept = b->rare ? NULL : kept_text(sql);
	struct db_query *q =
	    kept ? db_query(db, kept)
		 : db_query_once(db, arena_strdup(b->arena, sql));

	for (size_t i = 0; i < b->count; i++) {
		const struct contact_bind *one = &b->binds[i];

		if (one->kind == BIND_TEXT)
			db_put_text(q, one->text);
		else if (one->kind == BIND_NUMBER)
			db_put_u64(q, one->number);
		else
			db_put_time(q, one->moment);
	}
	str_release(&b->text);
	return q;
}
