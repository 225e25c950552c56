/* audit_store.c: rows of audit, which are only ever added */
/* SPDX-License-Identifier: MIT */
#include "storage/audit_store.h"

#include "base/str.h"

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

enum sql {
	ADD,
	LATELY
};
static const char *const SQL[] = {
    [ADD] = "INSERT INTO audit"
	    " (at, member_id, token_id, address, action, subject, details)"
	    " VALUES (UTC_TIMESTAMP(3), ?, ?, ?, ?, LEFT(?, 128), ?)",
    [LATELY] = "SELECT COUNT(*) >= " TEXT(
	AUDIT_LATELY_MAX) " OR COALESCE(MAX(subject = LEFT(?, 128) AND address = ?), 0)"
			  " FROM (SELECT subject, address FROM audit WHERE action = ?"
			  " AND at > UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE"
			  " ORDER BY at DESC LIMIT " TEXT(
			      AUDIT_LATELY_MAX) ") AS newest",
};

enum status audit_add(struct db *db, const struct actor *actor,
    const char *action, const char *subject, const char *details, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ADD]);

	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_text(q, str_or_empty(actor->address));
	db_put_text(q, action);
	db_put_text(q, subject);
	db_put_text(q, str_or_empty(details));
	return db_exec(q, NULL, e);
}

enum status audit_said_lately(struct db *db, const char *action,
    const char *subject, const char *address, bool *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LATELY]);

	db_put_text(q, subject);
	db_put_text(q, address);
	db_put_text(q, action);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*out = db_get_u64(q) != 0;
	db_done(q);
	return st;
}
