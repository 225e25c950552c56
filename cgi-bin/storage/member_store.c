/* member_store.c: rows of member */
/* SPDX-License-Identifier: MIT */
#include "storage/member_store.h"

#include "base/str.h"

#define MEMBER_COLUMNS                                                         \
	"id, email, name, role, disabled, created_at, last_login_at"

enum sql {
	INSERT,
	GET,
	LOGIN,
	LIST,
	FIRST_ADMIN,
	SET_PASSWORD,
	SET_NAME,
	SET_ROLE,
	SET_DISABLED,
	LOGGED_IN,
	LOCK_ADMINS,
	COUNT
};
static const char *const SQL[] = {
    [INSERT] =
	"INSERT INTO member (email, name, password_hash, role, created_at)"
	" VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))",
    [GET] = "SELECT " MEMBER_COLUMNS " FROM member WHERE id = ?",
    [LOGIN] =
	"SELECT " MEMBER_COLUMNS ", password_hash FROM member WHERE email = ?",
    [LIST] = "SELECT " MEMBER_COLUMNS " FROM member ORDER BY name, id",
    [FIRST_ADMIN] = "SELECT " MEMBER_COLUMNS " FROM member"
		    " WHERE role = 'admin' AND NOT disabled"
		    " ORDER BY id LIMIT 1",
    [SET_PASSWORD] = "UPDATE member SET password_hash = ? WHERE id = ?",
    [SET_NAME] = "UPDATE member SET name = ? WHERE id = ?",
    [SET_ROLE] = "UPDATE member SET role = ? WHERE id = ?",
    [SET_DISABLED] = "UPDATE member SET disabled = ? WHERE id = ?",
    [LOGGED_IN] =
	"UPDATE member SET last_login_at = UTC_TIMESTAMP(3) WHERE id = ?",
    [LOCK_ADMINS] = "SELECT id FROM member"
		    " WHERE role = 'admin' AND NOT disabled FOR UPDATE",
    [COUNT] = "SELECT COUNT(*) FROM member",
};

static const char *const role_words[] = {
    [ROLE_NONE] = "",
    [ROLE_VIEWER] = "viewer",
    [ROLE_EDITOR] = "editor",
    [ROLE_ADMIN] = "admin",
};

const char *role_word(enum role role)
{
	return role_words[role];
}

enum role role_of(const char *word)
{
	for (enum role r = ROLE_VIEWER; r <= ROLE_ADMIN; r++)
		if (word && str_equal(word, role_words[r]))
			return r;
	return ROLE_NONE;
}

static void row_read(struct db_query *q, struct arena *a, struct member *m)
{
	m->id.n = db_get_u64(q);
	m->email = db_get_text(q, a);
	m->name = db_get_text(q, a);
	m->role = role_of(db_get_text(q, a));
	m->disabled = db_get_bool(q);
	m->created_at = db_get_time(q);
	m->last_login_at = db_get_time(q);
}

enum status member_store_insert(struct db *db, const char *email,
    const char *name, const char *password_hash, enum role role,
    struct member_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);
	enum status st;

	db_put_text(q, email);
	db_put_text(q, name);
	db_put_text(q, password_hash);
	db_put_text(q, role_word(role));
	st = db_run(q, e);
	if (st == STATUS_OK)
		out->n = db_last_id(q);
	db_done(q);
	return st;
}

enum status member_store_get(struct db *db, struct arena *a,
    struct member_id id, struct member *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);
	enum status st;

	db_put_u64(q, id.n);
	st = db_one(q, e);
	if (st == STATUS_OK)
		row_read(q, a, out);
	db_done(q);
	return st;
}

enum status member_store_login(struct db *db, struct arena *a,
    const char *email, struct member *out, const char **password_hash,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[LOGIN]);
	enum status st;

	db_put_text(q, email);
	st = db_one(q, e);
	if (st == STATUS_OK) {
		row_read(q, a, out);
		*password_hash = db_get_text(q, a);
	}
	db_done(q);
	return st;
}

enum status member_store_list(struct db *db, struct arena *a,
    struct member **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);
	size_t space = 0;
	enum status st = db_run(q, e);

	*rows = NULL;
	*count = 0;
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (*count == space) {
			struct member *more = arena_alloc(a,
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

enum status member_store_first_admin(
    struct db *db, struct arena *a, struct member *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FIRST_ADMIN]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		row_read(q, a, out);
	db_done(q);
	return st;
}

/* Runs an UPDATE whose last parameter is the id. */
static enum status update(
    struct db_query *q, struct member_id id, struct err *e)
{
	uint64_t changed = 0;
	enum status st;

	db_put_u64(q, id.n);
	st = db_exec(q, &changed, e);
	if (st == STATUS_OK && changed == 0)
		return ERR(e, STATUS_NOT_FOUND, "no member %llu",
		    (unsigned long long)id.n);
	return st;
}

enum status member_store_set_password(struct db *db, struct member_id id,
    const char *password_hash, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SET_PASSWORD]);

	db_put_text(q, password_hash);
	return update(q, id, e);
}

enum status member_store_set_name(
    struct db *db, struct member_id id, const char *name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SET_NAME]);

	db_put_text(q, name);
	return update(q, id, e);
}

enum status member_store_set_role(
    struct db *db, struct member_id id, enum role role, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SET_ROLE]);

	db_put_text(q, role_word(role));
	return update(q, id, e);
}

enum status member_store_set_disabled(
    struct db *db, struct member_id id, bool disabled, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SET_DISABLED]);

	db_put_bool(q, disabled);
	return update(q, id, e);
}

enum status member_store_logged_in(
    struct db *db, struct member_id id, struct err *e)
{
	return update(db_query(db, SQL[LOGGED_IN]), id, e);
}

enum status member_store_lock_admins(
    struct db *db, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LOCK_ADMINS]);
	enum status st = db_run(q, e);

	*count = 0;
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		++*count;
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status member_store_count(struct db *db, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COUNT]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}
