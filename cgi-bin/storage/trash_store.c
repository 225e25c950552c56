/* trash_store.c: what is in the trash, and what is to leave it */
/* SPDX-License-Identifier: MIT */
#include "storage/trash_store.h"

#include "base/clock.h"
#include "storage/contact_sql.h"
#include "storage/contact_store.h"

enum statement {
	COUNT_UNTIL,
	DUE,
	PURGE_INSERT,
	PURGE_LOCK,
	PURGE_ADVANCE,
	PURGE_DELETE
};

static const char *const SQL[] = {
    [COUNT_UNTIL] = "SELECT COUNT(*) FROM contact WHERE trashed_at <= ?",
    [DUE] = "SELECT id, whatsapp_opted = 'no' OR merged_into IS NOT NULL"
	    " FROM contact WHERE trashed_at <= ? "
	    "ORDER BY trashed_at, id LIMIT ? FOR UPDATE",
    [PURGE_INSERT] = "INSERT INTO trash_purge (upto, member_id, token_id, "
		     "created_at) VALUES (?, ?, ?, ?)",
    [PURGE_LOCK] =
	"SELECT id, upto FROM trash_purge ORDER BY id LIMIT 1 FOR UPDATE",
    [PURGE_ADVANCE] = "UPDATE trash_purge SET purged = purged + ? WHERE id = ?",
    [PURGE_DELETE] = "DELETE FROM trash_purge WHERE id = ?",
};

static void add_place(struct contact_sql *b, struct trash_place after)
{
	if (!after.id)
		return;
	contact_sql_add(b, " AND (contact.trashed_at < ? OR "
			   "(contact.trashed_at = ? AND contact.id < ?))");
	contact_sql_time(b, after.at);
	contact_sql_time(b, after.at);
	contact_sql_number(b, after.id);
}

static enum status read_page(struct db *db, struct arena *a,
    const struct contact_query *query, struct trash_place after, size_t limit,
    struct trashed *rows, size_t *count, struct err *e)
{
	struct contact_query in_trash = *query;
	struct contact_sql b;

	in_trash.trash = true;
	contact_sql_init(&b, a);
	contact_sql_add(&b, "SELECT " CONTACT_COLUMNS);
	contact_sql_source(&b, &in_trash);
	add_place(&b, after);
	contact_sql_add(&b, " ORDER BY contact.trashed_at DESC, "
			    "contact.id DESC LIMIT ?");
	contact_sql_number(&b, limit);
	struct db_query *q = contact_sql_query(&b, db);
	enum status st = db_run(q, e);

	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		contact_row_read(q, a, &rows[(*count)++].contact);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status trash_store_page(struct db *db, struct arena *a,
    const struct contact_query *query, struct trash_place after, size_t limit,
    struct trashed **rows, size_t *count, struct err *e)
{
	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	enum status st = read_page(db, a, query, after, limit, *rows, count, e);

	for (size_t i = 0; st == STATUS_OK && i < *count; i++) {
		struct contact_revision *r =
		    arena_alloc(a, sizeof(struct contact_revision));

		st = contact_revision_trashing(
		    db, a, (*rows)[i].contact.id, r, e);
		if (st == STATUS_OK)
			(*rows)[i].revision = r;
		else if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	return st;
}

enum status trash_store_count(
    struct db *db, int64_t upto, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COUNT_UNTIL]);

	db_put_time(q, upto);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

enum status trash_store_due(struct db *db, struct arena *a, int64_t upto,
    size_t limit, uint64_t **ids, bool **leaving, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DUE]);

	*ids = arena_raw(a, limit * sizeof(**ids));
	*leaving = arena_raw(a, limit * sizeof(**leaving));
	*count = 0;
	db_put_time(q, upto);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	for (; st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK;
	     (*count)++) {
		(*ids)[*count] = db_get_u64(q);
		(*leaving)[*count] = db_get_bool(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status trash_purge_insert(
    struct db *db, const struct actor *actor, int64_t upto, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PURGE_INSERT]);

	db_put_time(q, upto);
	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_time(q, clock_now());
	return db_exec(q, NULL, e);
}

enum status trash_purge_lock(
    struct db *db, uint64_t *id, int64_t *upto, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PURGE_LOCK]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		*id = db_get_u64(q);
		*upto = db_get_time(q);
	}
	db_done(q);
	return st;
}

enum status trash_purge_advance(
    struct db *db, uint64_t id, uint64_t purged, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PURGE_ADVANCE]);

	db_put_u64(q, purged);
	db_put_u64(q, id);
	return db_exec(q, NULL, e);
}

enum status trash_purge_delete(struct db *db, uint64_t id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PURGE_DELETE]);

	db_put_u64(q, id);
	return db_exec(q, NULL, e);
}
