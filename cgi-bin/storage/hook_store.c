/* hook_store.c: rows of hook, the outgoing webhooks */
/* SPDX-License-Identifier: MIT */
#include "storage/hook_store.h"

#include <string.h>

#include "base/clock.h"

#define ROOM 64 /* more than there may be */
#define COLUMNS                                                                \
	"SELECT id, url, description, events, during_imports, active, secret," \
	" off_reason, failing_since, delivered_at, created_at, updated_at"     \
	" FROM hook WHERE NOT deleted"

enum sql {
	LIST,
	GET,
	LOCK,
	INSERT,
	UPDATE,
	DELETE,
	TROUBLED,
	DUE,
	DELIVERED,
	FAILED,
	SWITCH_OFF,
	DELETED,
	REMOVE
};
static const char *const SQL[] = {
    [LIST] = COLUMNS " ORDER BY id LIMIT ?",
    [GET] = COLUMNS " AND id = ?",
    [LOCK] = COLUMNS " AND id = ? FOR UPDATE",
    [INSERT] = "INSERT INTO hook (url, description, events, during_imports,"
	       " active, secret, created_at, updated_at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [UPDATE] = "UPDATE hook SET url = ?, description = ?, events = ?,"
	       " during_imports = ?, active = ?, secret = ?, off_reason = ?,"
	       " failing_since = ?, updated_at = ? WHERE id = ?",
    [DELETE] = "UPDATE hook SET deleted = TRUE, active = FALSE, secret = ''"
	       " WHERE id = ? AND NOT deleted",
    [TROUBLED] =
	"SELECT COUNT(*) FROM hook WHERE off_reason <> '' AND NOT deleted",
    [DUE] = COLUMNS
    " AND active AND EXISTS (SELECT 1 FROM hook_delivery WHERE"
    " hook_delivery.hook_id = hook.id AND hook_delivery.state ="
    " 'waiting' AND hook_delivery.next_at <= ?) ORDER BY id LIMIT ?",
    [DELIVERED] = "UPDATE hook SET delivered_at = ?, failing_since = NULL"
		  " WHERE id = ?",
    [FAILED] = "UPDATE hook SET failing_since = ?"
	       " WHERE id = ? AND failing_since IS NULL",
    [SWITCH_OFF] = "UPDATE hook SET active = FALSE, off_reason = ?,"
		   " updated_at = ? WHERE id = ? AND active",
    [DELETED] = "SELECT id FROM hook WHERE deleted ORDER BY id LIMIT 1",
    [REMOVE] = "DELETE FROM hook WHERE id = ?",
};

static void row_read(struct db_query *q, struct arena *a, struct hook *h)
{
	h->id.n = db_get_u64(q);
	h->url = db_get_text(q, a);
	h->description = db_get_text(q, a);
	h->events = (unsigned)db_get_u64(q);
	h->during_imports = db_get_bool(q);
	h->active = db_get_bool(q);
	h->secret = db_get_text(q, a);
	h->off_reason = db_get_text(q, a);
	h->failing_since = db_get_time(q);
	h->delivered_at = db_get_time(q);
	h->created_at = db_get_time(q);
	h->updated_at = db_get_time(q);
}

static enum status read_rows(struct db_query *q, struct arena *a,
    struct hook **rows, size_t *count, struct err *e)
{
	enum status st;

	*rows = arena_alloc(a, ROOM * sizeof(**rows));
	*count = 0;
	db_put_u64(q, ROOM);
	st = db_run(q, e);
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		row_read(q, a, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status hook_store_list(struct db *db, struct arena *a, struct hook **rows,
    size_t *count, struct err *e)
{
	return read_rows(db_query(db, SQL[LIST]), a, rows, count, e);
}

enum status hook_store_get(struct db *db, struct arena *a, struct hook_id id,
    bool lock, struct hook *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[lock ? LOCK : GET]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		row_read(q, a, out);
	db_done(q);
	return st;
}

static void put_said(struct db_query *q, const struct hook *h)
{
	db_put_text(q, h->url);
	db_put_text(q, h->description);
	db_put_u64(q, h->events);
	db_put_bool(q, h->during_imports);
	db_put_bool(q, h->active);
	db_put_text(q, h->secret);
}

enum status hook_store_insert(struct db *db, struct hook *h, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);
	int64_t now = clock_now();

	put_said(q, h);
	db_put_time(q, now);
	db_put_time(q, now);
	enum status st = db_run(q, e);

	if (st == STATUS_OK)
		h->id.n = db_last_id(q);
	db_done(q);
	h->created_at = h->updated_at = now;
	return st;
}

enum status hook_store_update(
    struct db *db, const struct hook *h, struct err *e)
{
	struct db_query *q = db_query(db, SQL[UPDATE]);

	put_said(q, h);
	db_put_text(q, h->off_reason);
	db_put_time(q, h->failing_since);
	db_put_time(q, clock_now());
	db_put_u64(q, h->id.n);
	return db_exec(q, NULL, e);
}

/* NOT_FOUND when no row is changed. */
static enum status change_one(struct db_query *q, struct err *e)
{
	uint64_t changed = 0;
	enum status st = db_exec(q, &changed, e);

	return st == STATUS_OK && !changed ? STATUS_NOT_FOUND : st;
}

enum status hook_store_delete(struct db *db, struct hook_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DELETE]);

	db_put_u64(q, id.n);
	return change_one(q, e);
}

enum status hook_store_troubled(struct db *db, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TROUBLED]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

/* --- for who sends --- */

enum status hook_store_due(struct db *db, struct arena *a, int64_t now,
    struct hook **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DUE]);

	db_put_time(q, now);
	return read_rows(q, a, rows, count, e);
}

static enum status mark(
    struct db *db, enum sql sql, struct hook_id id, int64_t at, struct err *e)
{
	struct db_query *q = db_query(db, SQL[sql]);

	db_put_time(q, at);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status hook_store_delivered(
    struct db *db, struct hook_id id, int64_t at, struct err *e)
{
	return mark(db, DELIVERED, id, at, e);
}

enum status hook_store_failed(
    struct db *db, struct hook_id id, int64_t at, struct err *e)
{
	return mark(db, FAILED, id, at, e);
}

enum status hook_store_switch_off(
    struct db *db, struct hook_id id, const char *reason, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SWITCH_OFF]);

	db_put_text(q, reason);
	db_put_time(q, clock_now());
	db_put_u64(q, id.n);
	return change_one(q, e);
}

enum status hook_store_deleted(
    struct db *db, struct hook_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DELETED]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}

enum status hook_store_remove(struct db *db, struct hook_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REMOVE]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}
