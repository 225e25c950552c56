/* consent_store.c: who confirmed which words for an import */
/* SPDX-License-Identifier: MIT */
#include "storage/consent_store.h"

enum sql {
	INSERT,
	GET
};
static const char *const SQL[] = {
    [INSERT] = "INSERT INTO consent (import_id, member_id, token_id,"
	       " words_version, words, gdpr, profiling, address, at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))",
    [GET] = "SELECT c.words_version, c.words, c.gdpr, c.profiling,"
	    " COALESCE(m.name, ''), c.at FROM consent c"
	    " LEFT JOIN member m ON m.id = c.member_id WHERE c.import_id = ?",
};

enum status consent_store_insert(struct db *db, struct import_id id,
    const struct consent *c, const struct actor *actor, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);

	db_put_u64(q, id.n);
	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_text(q, c->words_version);
	db_put_text(q, c->words);
	db_put_bool(q, c->gdpr);
	db_put_bool(q, c->profiling);
	db_put_text(q, actor->address);
	return db_exec(q, NULL, e);
}

enum status consent_store_get(struct db *db, struct arena *a,
    struct import_id id, struct consent *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->words_version = db_get_text(q, a);
		out->words = db_get_text(q, a);
		out->gdpr = db_get_bool(q);
		out->profiling = db_get_bool(q);
		out->member_name = db_get_text(q, a);
		out->at = db_get_time(q);
	}
	db_done(q);
	return st;
}
