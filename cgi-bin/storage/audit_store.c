/* audit_store.c: rows of audit, which are only ever added */
/* SPDX-License-Identifier: MIT */
#include "storage/audit_store.h"

#include "base/str.h"

enum sql {
	ADD,
	LIST
};
static const char *const SQL[] = {
    [ADD] = "INSERT INTO audit"
	    " (at, member_id, token_id, address, action, subject, details)"
	    " VALUES (UTC_TIMESTAMP(3), ?, ?, ?, ?, LEFT(?, 128), ?)",
    [LIST] = "SELECT audit.id, audit.at, member.name, audit.token_id,"
	     " audit.address, audit.action, audit.subject, audit.details"
	     " FROM audit LEFT JOIN member ON member.id = audit.member_id"
	     " WHERE audit.id < ? ORDER BY audit.id DESC LIMIT ?",
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

enum status audit_list(struct db *db, struct arena *a, uint64_t before,
    size_t limit, struct audit **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);
	enum status st;

	*rows = arena_alloc(a, limit * sizeof(**rows));
	*count = 0;
	db_put_u64(q, before ? before : INT64_MAX);
	db_put_u64(q, limit);
	st = db_run(q, e);
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct audit *r = &(*rows)[(*count)++];

		r->id = db_get_u64(q);
		r->at = db_get_time(q);
		r->member = db_get_text(q, a);
		r->token_id = db_get_u64(q);
		r->address = db_get_text(q, a);
		r->action = db_get_text(q, a);
		r->subject = db_get_text(q, a);
		r->details = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
