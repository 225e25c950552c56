/* tag_store.c: rows of tag and contact_tag */
/* SPDX-License-Identifier: MIT */
#include "storage/tag_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum statement {
	TAG_LIST,
	TAG_LIST_COUNTED,
	TAG_FIND,
	TAG_INSERT,
	TAG_ENSURE,
	TAGS_OF_CONTACT,
	TAG_GIVE,
	TAG_TAKE,
	TAG_PAGE,
	TAG_COUNT,
	TAG_GET,
	TAG_NAME,
	TAG_RENAME,
	TAG_DELETE,
	FIRST_MESSAGES,
	FIRST_MESSAGE
};

#define COUNTED                                                                \
	"SELECT id, name, (SELECT COUNT(*) FROM contact_tag "                  \
	"WHERE contact_tag.tag_id = tag.id) FROM tag "
/* What contacts have is grouped by its bytes first, which is three times as
 * fast; then names are compared as those of tags are. */
#define AS_NAME "first_message COLLATE utf8mb4_uca1400_as_ci"
#define MESSAGES(tags, contacts)                                               \
	"SELECT MAX(id), name, SUM(contacts) FROM ("                           \
	"SELECT id, name, 0 AS contacts FROM tag "                             \
	"WHERE kind = 'first_message' " tags " UNION ALL "                     \
	"SELECT 0, MIN(" AS_NAME "), COUNT(*) FROM contact "                   \
	"IGNORE INDEX (trashed_at) WHERE trashed_at IS NULL "                  \
	"AND LENGTH(first_message) > 0 " contacts                              \
	" GROUP BY CAST(first_message AS BINARY)"                              \
	") AS both_kinds GROUP BY name ORDER BY name LIMIT ?"

static const char *const SQL[] = {
    [TAG_LIST] = "SELECT id, name, 0 FROM tag WHERE kind = ? ORDER BY name",
    [TAG_LIST_COUNTED] = "SELECT id, name, (SELECT COUNT(*) FROM contact_tag "
			 "WHERE contact_tag.tag_id = tag.id) "
			 "FROM tag WHERE kind = ? ORDER BY name",
    [TAG_FIND] = "SELECT id FROM tag WHERE kind = ? AND name = ?",
    [TAG_INSERT] = "INSERT INTO tag (kind, name, created_at) VALUES (?, ?, ?)",
    [TAG_ENSURE] = "INSERT INTO tag (kind, name, created_at) VALUES (?, ?, ?) "
		   "ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
    [TAGS_OF_CONTACT] = "SELECT tag.id, tag.name FROM contact_tag "
			"JOIN tag ON tag.id = contact_tag.tag_id "
			"WHERE contact_tag.contact_id = ? AND tag.kind = 'tag' "
			"ORDER BY tag.name",
    [TAG_GIVE] =
	"INSERT IGNORE INTO contact_tag (contact_id, tag_id) VALUES (?, ?)",
    [TAG_TAKE] = "DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?",
    [TAG_PAGE] = COUNTED "WHERE kind = 'tag' AND name > ? AND name LIKE ? "
			 "ORDER BY name LIMIT ?",
    [TAG_COUNT] = "SELECT COUNT(*) FROM tag WHERE kind = 'tag'",
    [TAG_GET] = COUNTED "WHERE kind = 'tag' AND name = ?",
    [TAG_NAME] = "SELECT kind, name FROM tag WHERE id = ?",
    [TAG_RENAME] = "UPDATE tag SET name = ? WHERE id = ?",
    [TAG_DELETE] = "DELETE FROM tag WHERE id = ?",
    [FIRST_MESSAGES] = MESSAGES("", ""),
    [FIRST_MESSAGE] = MESSAGES(
	"AND name = ?", "AND first_message COLLATE utf8mb4_uca1400_as_ci = ?"),
};

/* Runs a query of id, name, number of contacts. */
static enum status list(struct db_query *q, struct arena *a, struct tag **rows,
    size_t *count, struct err *e)
{
	size_t room = 0;

	*rows = NULL;
	*count = 0;
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		*rows = arena_grow(a, *rows, *count, &room, sizeof(**rows));
		struct tag *t = &(*rows)[(*count)++];

		t->id.n = db_get_u64(q);
		t->name = db_get_text(q, a);
		t->contacts = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status tag_store_list(struct db *db, struct arena *a, const char *kind,
    bool counted, struct tag **rows, size_t *count, struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[counted ? TAG_LIST_COUNTED : TAG_LIST]);

	db_put_text(q, kind);
	return list(q, a, rows, count, e);
}

enum status tag_store_page(struct db *db, struct arena *a, const char *part,
    const char *after, size_t limit, struct tag **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAG_PAGE]);

	db_put_text(q, after);
	db_put_text(q, arena_printf(a, "%%%s%%", db_like(a, part)));
	db_put_u64(q, limit);
	return list(q, a, rows, count, e);
}

enum status tag_store_count(struct db *db, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAG_COUNT]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

enum status tag_store_get(struct db *db, struct arena *a, const char *name,
    struct tag *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAG_GET]);
	struct tag *rows;
	size_t n;

	db_put_text(q, name);
	enum status st = list(q, a, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	if (!n)
		return ERR(e, STATUS_NOT_FOUND, "no such tag");
	*out = rows[0];
	return STATUS_OK;
}

enum status tag_store_name(struct db *db, struct arena *a, struct tag_id id,
    const char **kind, const char **name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAG_NAME]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		*kind = db_get_text(q, a);
		*name = db_get_text(q, a);
	}
	db_done(q);
	return st;
}

enum status tag_store_rename(
    struct db *db, struct tag_id id, const char *name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAG_RENAME]);

	db_put_text(q, name);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status tag_store_delete(struct db *db, struct tag_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAG_DELETE]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status tag_store_first_messages(struct db *db, struct arena *a,
    const char *name, size_t limit, struct tag **rows, size_t *count,
    struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[*name ? FIRST_MESSAGE : FIRST_MESSAGES]);

	for (int i = 0; *name && i < 2; i++)
		db_put_text(q, name);
	db_put_u64(q, limit);
	return list(q, a, rows, count, e);
}

enum status tag_store_find(struct db *db, const char *kind, const char *name,
    struct tag_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAG_FIND]);

	db_put_text(q, kind);
	db_put_text(q, name);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}

static enum status insert(struct db *db, enum statement which, const char *kind,
    const char *name, struct tag_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	db_put_text(q, kind);
	db_put_text(q, name);
	db_put_time(q, clock_now());
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}

enum status tag_store_ensure(struct db *db, const char *kind, const char *name,
    struct tag_id *out, struct err *e)
{
	enum status st = tag_store_find(db, kind, name, out, e);

	/* Another may have made it since this transaction's view of the
	 * table: the unique key knows. */
	if (st == STATUS_NOT_FOUND)
		st = insert(db, TAG_ENSURE, kind, name, out, e);
	return st;
}

enum status tag_store_insert(struct db *db, const char *kind, const char *name,
    struct tag_id *out, struct err *e)
{
	return insert(db, TAG_INSERT, kind, name, out, e);
}

/* The tags of a contact: ids (and names, when asked) in the arena. */
static enum status of_contact(struct db *db, struct arena *a,
    struct contact_id id, uint64_t **ids, const char ***names, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAGS_OF_CONTACT]);
	size_t room = 0;

	*ids = NULL;
	*names = NULL;
	*count = 0;
	db_put_u64(q, id.n);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		size_t room_of_names = room;

		*names = arena_grow(
		    a, *names, *count, &room_of_names, sizeof(**names));
		*ids = arena_grow(a, *ids, *count, &room, sizeof(**ids));
		(*ids)[*count] = db_get_u64(q);
		(*names)[(*count)++] = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status tag_store_of_contact(struct db *db, struct arena *a,
    struct contact_id id, const char ***names, size_t *count, struct err *e)
{
	uint64_t *ids;

	return of_contact(db, a, id, &ids, names, count, e);
}

static enum status link_tag(struct db *db, enum statement which,
    struct contact_id id, uint64_t tag, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	db_put_u64(q, id.n);
	db_put_u64(q, tag);
	return db_exec(q, NULL, e);
}

static bool among(const uint64_t *ids, size_t count, uint64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The ids of the names, in the order of the names: whoever makes several tags
 * at once makes them in the same order, and so does not wait in a circle. */
static enum status ensure_all(struct db *db, struct arena *a,
    const char *const *names, size_t count, uint64_t *ids, struct err *e)
{
	const char **sorted = arena_alloc(a, count * sizeof(*sorted));
	enum status st = STATUS_OK;

	for (size_t i = 0; i < count; i++)
		sorted[i] = names[i];
	qsort(sorted, count, sizeof(*sorted), by_bytes);
	for (size_t i = 0; i < count && st == STATUS_OK; i++) {
		struct tag_id id = {0};

		st = tag_store_ensure(db, "tag", sorted[i], &id, e);
		ids[i] = id.n;
	}
	return st;
}

enum status tag_store_set(struct db *db, struct contact_id id,
    const char *const *names, size_t count, struct err *e)
{
	struct arena a;
	uint64_t *had = NULL;
	const char **had_names;
	size_t had_count = 0;

	arena_init(&a);
	uint64_t *ids = arena_alloc(&a, count * sizeof(*ids));
	enum status st = ensure_all(db, &a, names, count, ids, e);

	if (st == STATUS_OK)
		st = of_contact(db, &a, id, &had, &had_names, &had_count, e);
	for (size_t i = 0; st == STATUS_OK && i < had_count; i++)
		if (!among(ids, count, had[i]))
			st = link_tag(db, TAG_TAKE, id, had[i], e);
	for (size_t i = 0; st == STATUS_OK && i < count; i++)
		if (!among(had, had_count, ids[i]))
			st = link_tag(db, TAG_GIVE, id, ids[i], e);
	arena_release(&a);
	return st;
}
