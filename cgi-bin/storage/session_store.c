/* session_store.c: rows of session and login_failure */
/* SPDX-License-Identifier: MIT */
#include "storage/session_store.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "storage/contact_sql.h"
#include "storage/member_store.h"
#include "storage/setting_store.h"

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)
#define NOW "UTC_TIMESTAMP(3)"
#define FLASH_MAX 500

enum sql {
	INSERT,
	GET,
	TOUCH,
	SET_FLASH,
	DELETE,
	DELETE_MEMBER,
	SWEEP,
	SWEEP_FAILURES,
	FAILURE_ADD,
	FAILURES_ACCOUNT,
	FAILURES_ADDRESS,
	FAILURE_CLEAR
};
static const char *const SQL[] = {
    [INSERT] = "INSERT INTO session"
	       " (token_hash, member_id, csrf, created_at, seen_at)"
	       " VALUES (?, ?, ?, " NOW ", " NOW ")",
    [GET] =
	"SELECT m.id, m.email, m.name, m.role, m.created_at,"
	" m.last_login_at, s.csrf, s.flash, s.seen_at,"
	" (SELECT value FROM setting WHERE name = 'book.name'),"
	" EXISTS (SELECT 1 FROM import WHERE state IN ('queued', 'running'))"
	" OR EXISTS (SELECT 1 FROM job WHERE state IN ('queued', 'running')),"
	" " CONTACT_MARKS " FROM session s JOIN member m ON m.id = s.member_id"
	" WHERE s.token_hash = ? AND NOT m.disabled"
	" AND s.seen_at > " NOW " - INTERVAL " TEXT(
	    SESSION_IDLE_HOURS) " HOUR"
				" AND s.created_at > " NOW
				" - INTERVAL " TEXT(SESSION_DAYS) " DAY",
    [TOUCH] = "UPDATE session SET seen_at = " NOW " WHERE token_hash = ?",
    [SET_FLASH] = "UPDATE session SET flash = ? WHERE token_hash = ?",
    [DELETE] = "DELETE FROM session WHERE token_hash = ?",
    [DELETE_MEMBER] =
	"DELETE FROM session WHERE member_id = ? AND token_hash <> ?",
    [SWEEP] = "DELETE FROM session WHERE seen_at < " NOW " - INTERVAL " TEXT(
	SESSION_IDLE_HOURS) " HOUR OR created_at < " NOW
			    " - INTERVAL " TEXT(SESSION_DAYS) " DAY"
							      " LIMIT 1000",
    [SWEEP_FAILURES] = "DELETE FROM login_failure"
		       " WHERE at < " NOW " - INTERVAL 1 DAY LIMIT 1000",
    [FAILURE_ADD] = "INSERT INTO login_failure (account, address, at)"
		    " VALUES (?, ?, " NOW ")",
    [FAILURES_ACCOUNT] =
	"SELECT COUNT(*),"
	" COALESCE(TIMESTAMPDIFF(SECOND, MIN(at), " NOW "), 0)"
	" FROM login_failure"
	" WHERE account = ? AND at > " NOW " - INTERVAL ? MINUTE",
    [FAILURES_ADDRESS] =
	"SELECT COUNT(DISTINCT account),"
	" COALESCE(TIMESTAMPDIFF(SECOND, MIN(at), " NOW "), 0)"
	" FROM login_failure"
	" WHERE address = ? AND at > " NOW " - INTERVAL ? MINUTE",
    [FAILURE_CLEAR] = "DELETE FROM login_failure WHERE account = ?",
};

enum status session_store_insert(struct db *db,
    const unsigned char token_hash[32], struct member_id member,
    const char *csrf, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);

	db_put_blob(q, token_hash, 32);
	db_put_u64(q, member.n);
	db_put_text(q, csrf);
	return db_exec(q, NULL, e);
}

enum status session_store_get(struct db *db, struct arena *a,
    const unsigned char token_hash[32], struct session *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);
	enum status st;

	db_put_blob(q, token_hash, 32);
	st = db_one(q, e);
	if (st == STATUS_OK) {
		*out = (struct session){0};
		out->member.id.n = db_get_u64(q);
		out->member.email = db_get_text(q, a);
		out->member.name = db_get_text(q, a);
		out->member.role = role_of(db_get_text(q, a));
		out->member.created_at = db_get_time(q);
		out->member.last_login_at = db_get_time(q);
		out->csrf = db_get_text(q, a);
		out->flash = db_get_text(q, a);
		out->seen_at = db_get_time(q);
		out->book = db_get_text(q, a);
		out->work = db_get_u64(q) != 0;
		out->marks.contact = db_get_u64(q);
		out->marks.audit = db_get_u64(q);
		if (str_empty(out->book))
			out->book = setting_find("book.name")->value;
	}
	db_done(q);
	return st;
}

enum status session_store_touch(
    struct db *db, const unsigned char token_hash[32], struct err *e)
{
	struct db_query *q = db_query(db, SQL[TOUCH]);

	db_put_blob(q, token_hash, 32);
	return db_exec(q, NULL, e);
}

enum status session_store_set_flash(struct db *db,
    const unsigned char token_hash[32], const char *flash, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SET_FLASH]);
	const char *end = flash;
	const char *whole = flash + strlen(flash);

	for (int i = 0; i < FLASH_MAX && end < whole; i++)
		utf8_next(&end, whole);
	db_put_blob(q, flash, (size_t)(end - flash));
	db_put_blob(q, token_hash, 32);
	return db_exec(q, NULL, e);
}

enum status session_store_delete(
    struct db *db, const unsigned char token_hash[32], struct err *e)
{
	struct db_query *q = db_query(db, SQL[DELETE]);

	db_put_blob(q, token_hash, 32);
	return db_exec(q, NULL, e);
}

enum status session_store_delete_member(struct db *db, struct member_id member,
    const unsigned char *keep, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DELETE_MEMBER]);

	db_put_u64(q, member.n);
	db_put_blob(q, keep ? keep : (const void *)"", keep ? 32 : 0);
	return db_exec(q, NULL, e);
}

enum status session_store_sweep(struct db *db, struct err *e)
{
	enum status st = db_exec(db_query(db, SQL[SWEEP]), NULL, e);

	if (st == STATUS_OK)
		st = db_exec(db_query(db, SQL[SWEEP_FAILURES]), NULL, e);
	return st;
}

enum status login_failure_add(
    struct db *db, const char *account, const char *address, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FAILURE_ADD]);

	db_put_text(q, account);
	db_put_text(q, address);
	return db_exec(q, NULL, e);
}

static enum status count_failures(struct db *db, const char *sql,
    const char *who, unsigned minutes, uint64_t *count, uint64_t *oldest,
    struct err *e)
{
	struct db_query *q = db_query(db, sql);
	enum status st;

	db_put_text(q, who);
	db_put_u64(q, minutes);
	st = db_one(q, e);
	if (st == STATUS_OK) {
		*count = db_get_u64(q);
		*oldest = db_get_u64(q);
	}
	db_done(q);
	return st;
}

enum status login_failure_count(struct db *db, const char *account,
    const char *address, unsigned minutes, struct login_failures *out,
    struct err *e)
{
	enum status st = count_failures(db, SQL[FAILURES_ACCOUNT], account,
	    minutes, &out->by_account, &out->oldest_account, e);

	if (st == STATUS_OK)
		st = count_failures(db, SQL[FAILURES_ADDRESS], address, minutes,
		    &out->by_address, &out->oldest_address, e);
	return st;
}

enum status login_failure_clear(
    struct db *db, const char *account, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FAILURE_CLEAR]);

	db_put_text(q, account);
	return db_exec(q, NULL, e);
}
