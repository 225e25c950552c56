/* contact_store.c: rows of contact and contact_revision, one at a time */
/* SPDX-License-Identifier: MIT */
#include "storage/contact_store.h"

#include "base/clock.h"

enum statement {
	COUNTER_TAKE
};

static const char *const SQL[] = {
    [COUNTER_TAKE] = "UPDATE counter SET next = LAST_INSERT_ID(next + ?) "
		     "WHERE name = 'contact'",
};

const char contact_columns[] = CONTACT_COLUMNS;

/* A DATETIME column in the form that model/contact_field.h gives it. */
static const char *get_moment(struct db_query *q, struct arena *a)
{
	char text[32];
	int64_t ms = db_get_time(q);

	if (!ms)
		return "";
	clock_format(ms, text);
	return arena_strdup(a, text);
}

void contact_row_read(struct db_query *q, struct arena *a, struct contact *c)
{
	c->id.n = db_get_u64(q);
	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = i == FIELD_WHATSAPP_OPTED_AT ? get_moment(q, a)
							   : db_get_text(q, a);
	c->attributes = db_get_text(q, a);
	c->last_active = db_get_time(q);
	c->created_at = db_get_time(q);
	c->updated_at = db_get_time(q);
	c->created_by_import = db_get_u64(q);
	c->version = db_get_u64(q);
	c->tags = NULL;
	c->tag_count = 0;
}

struct taking {
	uint64_t n;
	uint64_t next; /* after the taking */
};

static enum status take(struct db *db, void *arg, struct err *e)
{
	struct taking *t = arg;
	struct db_query *q = db_query(db, SQL[COUNTER_TAKE]);
	uint64_t changed = 0;

	db_put_u64(q, t->n);
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && changed != 1)
		return ERR(e, STATUS_FAILED, "no counter of contacts");
	t->next = db_last_id(q);
	return st;
}

enum status contact_store_reserve(
    struct db *db, uint64_t n, uint64_t *first, struct err *e)
{
	struct taking t = {.n = n};
	enum status st = db_transact(db, take, &t, e);

	*first = t.next - n;
	return st;
}
