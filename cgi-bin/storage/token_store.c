/* token_store.c: rows of api_token */
/* SPDX-License-Identifier: MIT */
#include "storage/token_store.h"

#include "storage/member_store.h"

#define TOKEN_COLUMNS                                                          \
	"t.id, t.name, t.scopes + 0, t.created_at, t.expires_at,"              \
	" t.last_used_at, COALESCE(t.expires_at <= UTC_TIMESTAMP(3), FALSE),"  \
	" t.revoked, m.id, m.email, m.name, m.role, m.disabled"
#define TOKEN_TABLES " FROM api_token t JOIN member m ON m.id = t.member_id"

enum sql {
	INSERT,
	GET,
	LOCK,
	LIST,
	REVOKE,
	TOUCH
};
static const char *const SQL[] = {
    [INSERT] = "INSERT INTO api_token (member_id, name, scopes, token_hash,"
	       " expires_at, created_at) VALUES (?, ?, ?, ?, ?,"
	       " UTC_TIMESTAMP(3))",
    [GET] = "SELECT " TOKEN_COLUMNS TOKEN_TABLES
	    " WHERE t.token_hash = ? AND NOT t.revoked AND NOT m.disabled",
    [LOCK] = "SELECT " TOKEN_COLUMNS TOKEN_TABLES " WHERE t.id = ? FOR UPDATE",
    [LIST] = "SELECT " TOKEN_COLUMNS TOKEN_TABLES
	     " WHERE ? IN (0, t.member_id) ORDER BY t.revoked OR m.disabled"
	     " OR COALESCE(t.expires_at <= UTC_TIMESTAMP(3), FALSE),"
	     " t.id DESC LIMIT 1000",
    [REVOKE] = "UPDATE api_token SET revoked = TRUE WHERE id = ?",
    [TOUCH] = "UPDATE api_token SET last_used_at = UTC_TIMESTAMP(3)"
	      " WHERE id = ? AND (last_used_at IS NULL"
	      " OR last_used_at < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE)",
};

static void row_read(struct db_query *q, struct arena *a, struct api_token *t)
{
	*t = (struct api_token){0};
	t->id.n = db_get_u64(q);
	t->name = db_get_text(q, a);
	t->scopes = (unsigned)db_get_u64(q);
	t->created_at = db_get_time(q);
	t->expires_at = db_get_time(q);
	t->last_used_at = db_get_time(q);
	t->expired = db_get_bool(q);
	t->revoked = db_get_bool(q);
	t->member.id.n = db_get_u64(q);
	t->member.email = db_get_text(q, a);
	t->member.name = db_get_text(q, a);
	t->member.role = role_of(db_get_text(q, a));
	t->member.disabled = db_get_bool(q);
}

enum status token_store_insert(struct db *db, const struct new_token *t,
    struct token_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);
	enum status st;

	db_put_u64(q, t->member.n);
	db_put_text(q, t->name);
	db_put_u64(q, t->scopes);
	db_put_blob(q, t->hash, 32);
	db_put_time(q, t->expires_at);
	st = db_run(q, e);
	if (st == STATUS_OK)
		out->n = db_last_id(q);
	db_done(q);
	return st;
}

enum status token_store_get(struct db *db, struct arena *a,
    const unsigned char token_hash[32], struct api_token *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);
	enum status st;

	db_put_blob(q, token_hash, 32);
	st = db_one(q, e);
	if (st == STATUS_OK)
		row_read(q, a, out);
	db_done(q);
	return st;
}

enum status token_store_lock(struct db *db, struct arena *a, struct token_id id,
    struct api_token *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LOCK]);
	enum status st;

	db_put_u64(q, id.n);
	st = db_one(q, e);
	if (st == STATUS_OK)
		row_read(q, a, out);
	db_done(q);
	return st;
}

enum status token_store_list(struct db *db, struct arena *a,
    struct member_id member, struct api_token **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);
	size_t space = 0;
	enum status st;

	*rows = NULL;
	*count = 0;
	db_put_u64(q, member.n);
	st = db_run(q, e);
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (*count == space) {
			struct api_token *more = arena_alloc(a,
			    (space = space ? space * 2 : 16) * sizeof(*more));

			for (size_t i = 0; i < *count; i++)
				more[i] = (*rows)[i];
			*rows = more;
		}
		row_read(q, a, &(*rows)[(*count)++]);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status token_store_revoke(struct db *db, struct token_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REVOKE]);
	uint64_t changed = 0;
	enum status st;

	db_put_u64(q, id.n);
	st = db_exec(q, &changed, e);
	if (st == STATUS_OK && changed == 0)
		return ERR(e, STATUS_NOT_FOUND, "no token %llu",
		    (unsigned long long)id.n);
	return st;
}

enum status token_store_touch(struct db *db, struct token_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TOUCH]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}
