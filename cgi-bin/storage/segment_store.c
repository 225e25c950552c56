/* segment_store.c: rows of segment and segment_contact */
/* SPDX-License-Identifier: MIT */
#include "storage/segment_store.h"

#include "base/clock.h"

enum statement {
	SEGMENT_LIST,
	SEGMENT_LIST_COUNTED,
	SEGMENT_FIND,
	SEGMENT_FIND_STATIC,
	SEGMENT_TAKE,
	SEGMENT_ENSURE,
	SEGMENT_INSERT,
	SEGMENTS_OF_CONTACT,
	SEGMENT_PAGE,
	SEGMENT_COUNT,
	SEGMENT_GET,
	SEGMENT_READ,
	SEGMENT_INSERT_DYNAMIC,
	SEGMENT_SET_FILTER,
	SEGMENTS_DYNAMIC,
	SEGMENT_RENAME,
	SEGMENT_DELETE,
	SEGMENT_NAME
};

#define ONE(contacts)                                                          \
	"SELECT segment.id, segment.name, " contacts ", "                      \
	"segment.kind = 'dynamic', segment.filter FROM segment "
#define COUNTED                                                                \
	ONE("(SELECT COUNT(*) FROM segment_contact "                           \
	    "WHERE segment_contact.segment_id = segment.id)")

static const char *const SQL[] = {
    [SEGMENT_LIST] = ONE("0") "ORDER BY name",
    [SEGMENT_LIST_COUNTED] = COUNTED "ORDER BY name",
    [SEGMENT_FIND] = "SELECT id FROM segment WHERE name = ?",
    [SEGMENT_FIND_STATIC] =
	"SELECT id FROM segment WHERE name = ? AND kind = 'static'",
    [SEGMENT_TAKE] =
	"DELETE FROM segment_contact WHERE segment_id = ? AND contact_id = ?",
    [SEGMENT_ENSURE] = "INSERT INTO segment (name, created_at) VALUES (?, ?) "
		       "ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
    [SEGMENT_INSERT] = "INSERT INTO segment (name, created_at) VALUES (?, ?)",
    [SEGMENTS_OF_CONTACT] =
	ONE("0") "JOIN segment_contact "
		 "ON segment_contact.segment_id = segment.id "
		 "WHERE segment_contact.contact_id = ? ORDER BY segment.name",
    [SEGMENT_PAGE] =
	COUNTED "WHERE name > ? AND name LIKE ? ORDER BY name LIMIT ?",
    [SEGMENT_COUNT] = "SELECT COUNT(*) FROM segment",
    [SEGMENT_GET] = COUNTED "WHERE name = ?",
    [SEGMENT_READ] = ONE("0") "WHERE name = ?",
    [SEGMENT_INSERT_DYNAMIC] =
	"INSERT INTO segment (name, created_at, kind, filter) "
	"VALUES (?, ?, 'dynamic', ?)",
    [SEGMENT_SET_FILTER] =
	"UPDATE segment SET filter = ? WHERE id = ? AND kind = 'dynamic'",
    [SEGMENTS_DYNAMIC] = ONE("0") "WHERE kind = 'dynamic' ORDER BY name",
    [SEGMENT_NAME] = "SELECT name FROM segment WHERE id = ?",
    [SEGMENT_RENAME] = "UPDATE segment SET name = ? WHERE id = ?",
    [SEGMENT_DELETE] = "DELETE FROM segment WHERE id = ?",
};

/* Runs a query of ONE(). */
static enum status list(struct db_query *q, struct arena *a,
    struct segment **rows, size_t *count, struct err *e)
{
	size_t room = 0;

	*rows = NULL;
	*count = 0;
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		*rows = arena_grow(a, *rows, *count, &room, sizeof(**rows));
		struct segment *s = &(*rows)[(*count)++];

		s->id.n = db_get_u64(q);
		s->name = db_get_text(q, a);
		s->contacts = db_get_u64(q);
		s->dynamic = db_get_bool(q);
		s->filter = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status segment_store_list(struct db *db, struct arena *a, bool counted,
    struct segment **rows, size_t *count, struct err *e)
{
	return list(
	    db_query(db, SQL[counted ? SEGMENT_LIST_COUNTED : SEGMENT_LIST]), a,
	    rows, count, e);
}

enum status segment_store_of_contact(struct db *db, struct arena *a,
    struct contact_id id, struct segment **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENTS_OF_CONTACT]);

	db_put_u64(q, id.n);
	return list(q, a, rows, count, e);
}

static enum status find(struct db *db, enum statement which, const char *name,
    struct segment_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	db_put_text(q, name);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}

enum status segment_store_find(
    struct db *db, const char *name, struct segment_id *out, struct err *e)
{
	return find(db, SEGMENT_FIND, name, out, e);
}

enum status segment_store_find_static(
    struct db *db, const char *name, struct segment_id *out, struct err *e)
{
	return find(db, SEGMENT_FIND_STATIC, name, out, e);
}

enum status segment_store_take(struct db *db, struct segment_id id,
    struct contact_id contact, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_TAKE]);

	db_put_u64(q, id.n);
	db_put_u64(q, contact.n);
	return db_exec(q, NULL, e);
}

static enum status insert(struct db *db, enum statement which, const char *name,
    struct segment_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	db_put_text(q, name);
	db_put_time(q, clock_now());
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}

enum status segment_store_ensure(
    struct db *db, const char *name, struct segment_id *out, struct err *e)
{
	struct segment s;
	struct arena a;

	arena_init(&a);
	enum status st = segment_store_read(db, &a, name, &s, e);

	if (st == STATUS_NOT_FOUND)
		st = insert(db, SEGMENT_ENSURE, name, out, e);
	else if (st == STATUS_OK && s.dynamic)
		st = ERR(
		    e, STATUS_INVALID, "the segment %s is a dynamic one", name);
	else if (st == STATUS_OK)
		*out = s.id;
	arena_release(&a);
	return st;
}

enum status segment_store_insert(
    struct db *db, const char *name, struct segment_id *out, struct err *e)
{
	return insert(db, SEGMENT_INSERT, name, out, e);
}

enum status segment_store_insert_dynamic(struct db *db, const char *name,
    const char *filter, struct segment_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_INSERT_DYNAMIC]);

	db_put_text(q, name);
	db_put_time(q, clock_now());
	db_put_text(q, filter);
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}

enum status segment_store_set_filter(
    struct db *db, struct segment_id id, const char *filter, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_SET_FILTER]);

	db_put_text(q, filter);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status segment_store_is_dynamic(
    struct db *db, const char *name, bool *dynamic, struct err *e)
{
	struct segment s;
	struct arena a;

	arena_init(&a);
	enum status st = segment_store_read(db, &a, name, &s, e);

	*dynamic = st == STATUS_OK && s.dynamic;
	arena_release(&a);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status segment_store_dynamic(struct db *db, struct arena *a,
    struct segment **rows, size_t *count, struct err *e)
{
	return list(db_query(db, SQL[SEGMENTS_DYNAMIC]), a, rows, count, e);
}

enum status segment_store_page(struct db *db, struct arena *a, const char *part,
    const char *after, size_t limit, struct segment **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_PAGE]);

	db_put_text(q, after);
	db_put_text(q, arena_printf(a, "%%%s%%", db_like(a, part)));
	db_put_u64(q, limit);
	return list(q, a, rows, count, e);
}

enum status segment_store_count(struct db *db, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_COUNT]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

static enum status one(struct db *db, enum statement which, struct arena *a,
    const char *name, struct segment *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);
	struct segment *rows;
	size_t n;

	db_put_text(q, name);
	enum status st = list(q, a, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	if (!n)
		return ERR(e, STATUS_NOT_FOUND, "no such segment");
	*out = rows[0];
	return STATUS_OK;
}

enum status segment_store_get(struct db *db, struct arena *a, const char *name,
    struct segment *out, struct err *e)
{
	return one(db, SEGMENT_GET, a, name, out, e);
}

enum status segment_store_read(struct db *db, struct arena *a, const char *name,
    struct segment *out, struct err *e)
{
	return one(db, SEGMENT_READ, a, name, out, e);
}

enum status segment_store_name(struct db *db, struct arena *a,
    struct segment_id id, const char **out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_NAME]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*out = db_get_text(q, a);
	db_done(q);
	return st;
}

enum status segment_store_rename(
    struct db *db, struct segment_id id, const char *name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_RENAME]);

	db_put_text(q, name);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status segment_store_delete(
    struct db *db, struct segment_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SEGMENT_DELETE]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}
