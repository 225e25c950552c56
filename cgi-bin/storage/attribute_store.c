/* attribute_store.c: rows of attribute */
/* SPDX-License-Identifier: MIT */
#include "storage/attribute_store.h"

#include "base/clock.h"
#include "base/str.h"

enum statement {
	ATTRIBUTE_LIST,
	ATTRIBUTE_INSERT,
	ATTRIBUTE_GET,
	ATTRIBUTE_UPDATE,
	ATTRIBUTE_DELETE,
	ATTRIBUTE_MOVING,
	ATTRIBUTE_CONTACTS
};

static const char *const SQL[] = {
    [ATTRIBUTE_LIST] =
	"SELECT id, name, label, type FROM attribute ORDER BY name",
    [ATTRIBUTE_INSERT] = "INSERT INTO attribute (name, label, type, "
			 "created_at) VALUES (?, ?, ?, ?)",
    [ATTRIBUTE_GET] =
	"SELECT id, name, label, type FROM attribute WHERE name = ?",
    [ATTRIBUTE_UPDATE] =
	"UPDATE attribute SET name = ?, label = ?, type = ? WHERE id = ?",
    [ATTRIBUTE_DELETE] = "DELETE FROM attribute WHERE id = ?",
    [ATTRIBUTE_MOVING] = "SELECT id FROM catalog_job "
			 "WHERE kind = 'attribute' AND old_name = ? LIMIT 1",
    [ATTRIBUTE_CONTACTS] =
	"SELECT COUNT(*) FROM contact WHERE JSON_EXISTS(attributes, ?)",
};

static enum attribute_type type_of(const char *key)
{
	for (int i = 0; i < TYPE_COUNT; i++)
		if (str_equal(attribute_type_keys[i], key))
			return (enum attribute_type)i;
	return TYPE_TEXT;
}

static void read_row(struct db_query *q, struct arena *a, struct attribute *t)
{
	t->id.n = db_get_u64(q);
	t->name = db_get_text(q, a);
	t->label = db_get_text(q, a);
	t->type = type_of(db_get_text(q, a));
}

enum status attribute_store_list(
    struct db *db, struct arena *a, struct attribute_list *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_LIST]);
	size_t room = 0;

	out->items = NULL;
	out->count = 0;
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		out->items = arena_grow(
		    a, out->items, out->count, &room, sizeof(*out->items));
		read_row(q, a, &out->items[out->count++]);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status refuse_moving(struct db *db, const char *name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_MOVING]);

	db_put_text(q, name);
	enum status st = db_one(q, e);

	db_done(q);
	if (st == STATUS_OK)
		return ERR(e, STATUS_CONFLICT, "its values are being moved");
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status attribute_store_insert(struct db *db, const char *name,
    const char *label, const char *type_key, struct attribute_id *out,
    struct err *e)
{
	enum status st = refuse_moving(db, name, e);

	if (st != STATUS_OK)
		return st;
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_INSERT]);

	db_put_text(q, name);
	db_put_text(q, label);
	db_put_text(q, type_key);
	db_put_time(q, clock_now());
	st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}

enum status attribute_store_get(struct db *db, struct arena *a,
    const char *name, struct attribute *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_GET]);

	db_put_text(q, name);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		read_row(q, a, out);
	db_done(q);
	return st;
}

enum status attribute_store_update(
    struct db *db, const struct attribute *t, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_UPDATE]);

	db_put_text(q, t->name);
	db_put_text(q, t->label);
	db_put_text(q, attribute_type_keys[t->type]);
	db_put_u64(q, t->id.n);
	return db_exec(q, NULL, e);
}

enum status attribute_store_delete(
    struct db *db, struct attribute_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_DELETE]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status attribute_store_contacts(
    struct db *db, const char *path, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_CONTACTS]);

	db_put_text(q, path);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}
