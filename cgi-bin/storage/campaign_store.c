/* campaign_store.c: rows of campaign */
/* SPDX-License-Identifier: MIT */
#include "storage/campaign_store.h"

enum statement {
	CAMPAIGN_FIND,
	CAMPAIGN_NAMES
};

static const char *const SQL[] = {
    [CAMPAIGN_FIND] = "SELECT id FROM campaign WHERE name = ?",
    [CAMPAIGN_NAMES] = "SELECT name FROM campaign ORDER BY name LIMIT ?",
};

enum status campaign_store_find(
    struct db *db, const char *name, struct campaign_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_FIND]);

	db_put_text(q, name);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}

enum status campaign_store_names(struct db *db, struct arena *a, size_t limit,
    const char ***names, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_NAMES]);

	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*names = arena_alloc(a, limit * sizeof(**names));
	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		(*names)[(*count)++] = db_get_text(q, a);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
