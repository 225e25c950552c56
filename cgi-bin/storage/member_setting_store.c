/* member_setting_store.c: rows of member_setting */
/* SPDX-License-Identifier: MIT */
#include "storage/member_setting_store.h"

enum sql {
	GET,
	SET,
	TAKE_AWAY
};
static const char *const SQL[] = {
    [GET] = "SELECT value FROM member_setting"
	    " WHERE member_id = ? AND name = ?",
    [SET] = "INSERT INTO member_setting (member_id, name, value)"
	    " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)",
    [TAKE_AWAY] = "DELETE FROM member_setting WHERE member_id = ? AND name = ?",
};

enum status member_setting_get(struct db *db, struct arena *a,
    struct member_id member, const char *name, const char **out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);

	db_put_u64(q, member.n);
	db_put_text(q, name);
	enum status st = db_one(q, e);

	*out = st == STATUS_OK ? db_get_text(q, a) : "";
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status member_setting_set(struct db *db, struct member_id member,
    const char *name, const char *value, struct err *e)
{
	struct db_query *q = db_query(db, SQL[*value ? SET : TAKE_AWAY]);

	db_put_u64(q, member.n);
	db_put_text(q, name);
	if (*value)
		db_put_text(q, value);
	return db_exec(q, NULL, e);
}
