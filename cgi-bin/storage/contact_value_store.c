/* contact_value_store.c: values that contacts have, to choose from */
/* SPDX-License-Identifier: MIT */
#include "storage/contact_value_store.h"

#define VALUES(column)                                                         \
	"SELECT DISTINCT " column " FROM (SELECT " column " FROM contact "     \
	"IGNORE INDEX (trashed_at) WHERE trashed_at IS NULL "                  \
	"ORDER BY id DESC LIMIT 2000) AS newest WHERE " column " <> '' "       \
	"ORDER BY " column " LIMIT ?"

static const char *const SQL[FIELD_COUNT] = {
    [FIELD_FIRST_NAME] = VALUES("first_name"),
    [FIELD_LAST_NAME] = VALUES("last_name"),
    [FIELD_TITLE] = VALUES("title"),
    [FIELD_ACCOUNT] = VALUES("account"),
    [FIELD_ADDRESS] = VALUES("address"),
    [FIELD_AREA] = VALUES("area"),
    [FIELD_CITY] = VALUES("city"),
    [FIELD_COUNTRY] = VALUES("country"),
    [FIELD_SOURCE] = VALUES("source"),
    [FIELD_FIRST_MESSAGE] = VALUES("first_message"),
};

enum status contact_value_store_list(struct db *db, struct arena *a,
    enum contact_field field, size_t limit, const char ***values, size_t *count,
    struct err *e)
{
	*values = arena_alloc(a, limit * sizeof(**values));
	*count = 0;
	if (!SQL[field])
		return STATUS_OK;
	struct db_query *q = db_query(db, SQL[field]);

	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		(*values)[(*count)++] = db_get_text(q, a);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
