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
	TAG_TAKE
};

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
};

enum status tag_store_list(struct db *db, struct arena *a, const char *kind,
    bool counted, struct tag **rows, size_t *count, struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[counted ? TAG_LIST_COUNTED : TAG_LIST]);
	size_t room = 0;

	*rows = NULL;
	*count = 0;
	db_put_text(q, kind);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (*count == room) {
			struct tag *old = *rows;

			room = room ? room * 2 : 64;
			*rows = arena_alloc(a, room * sizeof(**rows));
			if (old)
				memcpy(*rows, old, *count * sizeof(*old));
		}
		struct tag *t = &(*rows)[(*count)++];

		t->id.n = db_get_u64(q);
		t->name = db_get_text(q, a);
		t->contacts = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
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
		if (*count == room) {
			size_t n = *count;

			room = room ? room * 2 : 16;
			uint64_t *more = arena_alloc(a, room * sizeof(*more));
			const char **texts =
			    arena_alloc(a, room * sizeof(*texts));

			if (n) {
				memcpy(more, *ids, n * sizeof(*more));
				memcpy(texts, *names, n * sizeof(*texts));
			}
			*ids = more;
			*names = texts;
		}
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
