/* attribute_store.c: rows of attribute */
/* SPDX-License-Identifier: MIT */
#include "storage/attribute_store.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"

enum statement {
	ATTRIBUTE_LIST,
	ATTRIBUTE_INSERT
};

static const char *const SQL[] = {
    [ATTRIBUTE_LIST] =
	"SELECT id, name, label, type FROM attribute ORDER BY name",
    [ATTRIBUTE_INSERT] = "INSERT INTO attribute (name, label, type, "
			 "created_at) VALUES (?, ?, ?, ?)",
};

static enum attribute_type type_of(const char *key)
{
	for (int i = 0; i < TYPE_COUNT; i++)
		if (str_equal(attribute_type_keys[i], key))
			return (enum attribute_type)i;
	return TYPE_TEXT;
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
		if (out->count == room) {
			struct attribute *old = out->items;

			room = room ? room * 2 : 32;
			out->items = arena_alloc(a, room * sizeof(*old));
			if (old)
				memcpy(
				    out->items, old, out->count * sizeof(*old));
		}
		struct attribute *t = &out->items[out->count++];

		t->id.n = db_get_u64(q);
		t->name = db_get_text(q, a);
		t->label = db_get_text(q, a);
		t->type = type_of(db_get_text(q, a));
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status attribute_store_insert(struct db *db, const char *name,
    const char *label, const char *type_key, struct attribute_id *out,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTRIBUTE_INSERT]);

	db_put_text(q, name);
	db_put_text(q, label);
	db_put_text(q, type_key);
	db_put_time(q, clock_now());
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}
