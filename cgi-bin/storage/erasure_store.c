/* erasure_store.c: erasures, and the files that they go through */
/* SPDX-License-Identifier: MIT */
#include "storage/erasure_store.h"

#include "base/clock.h"
#include "base/str.h"
#include "storage/import_store.h"

#define COLUMNS                                                                \
	"SELECT x.id, x.state = 'done', x.step, x.contact_id, x.remaining,"    \
	" x.next_import, x.upto_import, x.counts, COALESCE(m.name, ''),"       \
	" x.created_at, x.finished_at FROM erasure x"                          \
	" LEFT JOIN member m ON m.id = x.member_id"

enum sql {
	INSERT,
	GET,
	LOCK_ID,
	LOCK_NEXT,
	PUT,
	LIST,
	NEXT_IMPORT,
	LOCK_IMPORT,
	PUT_PIECE,
	WIPE_PROBLEMS,
	WIPE_FIXES,
	MARK_IMPORT,
	WIPE_HASHES,
	RENAME_FILE,
	COLUMNS_GET,
	COLUMNS_PUT,
	WIPE_NOTICES
};
static const char *const SQL[] = {
    [INSERT] =
	"INSERT INTO erasure (state, contact_id, remaining, upto_import,"
	" counts, member_id, token_id, created_at) VALUES ('running', ?, ?,"
	" (SELECT COALESCE(MAX(id), 0) FROM import), ?, ?, ?, ?)",
    [GET] = COLUMNS " WHERE x.id = ?",
    [LOCK_ID] = "SELECT id FROM erasure WHERE id = ? AND state = 'running'"
		" FOR UPDATE SKIP LOCKED",
    [LOCK_NEXT] = "SELECT id FROM erasure WHERE state = 'running' AND id > ?"
		  " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
    [PUT] = "UPDATE erasure SET state = ?, step = ?, remaining = ?,"
	    " next_import = ?, counts = ?, finished_at = ? WHERE id = ?",
    [LIST] = COLUMNS " WHERE x.id < ? ORDER BY x.id DESC LIMIT ?",
    [NEXT_IMPORT] = "SELECT id FROM import WHERE id > ? AND id <= ?"
		    " ORDER BY id LIMIT 1",
    [LOCK_IMPORT] = "SELECT state FROM import WHERE id = ? FOR UPDATE",
    [PUT_PIECE] =
	"UPDATE import_file SET bytes = ? WHERE import_id = ? AND seq = ?",
    [WIPE_PROBLEMS] =
	"UPDATE import_problem SET message = ?, value = NULL, contact_id ="
	" NULL WHERE import_id = ? AND row_no = ? AND (? = 0 OR column_no = ?)",
    [WIPE_FIXES] = "DELETE FROM import_fix WHERE import_id = ? AND row_no = ?"
		   " AND kind = 'cell'",
    [MARK_IMPORT] =
	"UPDATE import SET erased_cells = erased_cells + ? WHERE id = ?",
    [WIPE_HASHES] =
	"UPDATE import_batch SET key_hashes = '' WHERE import_id = ?",
    [RENAME_FILE] = "UPDATE import SET file_name = ? WHERE id = ?",
    [COLUMNS_GET] = "SELECT columns_found, mapping FROM import WHERE id = ?",
    [COLUMNS_PUT] =
	"UPDATE import SET columns_found = ?, mapping = ? WHERE id = ?",
    [WIPE_NOTICES] = "UPDATE session SET flash = '' WHERE INSTR(flash, ?) > 0",
};

/* --- rows of erasure --- */

enum status erasure_insert(
    struct db *db, struct erasure *x, const struct actor *actor, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);

	db_put_id(q, x->contact);
	db_put_text(q, x->remaining);
	db_put_text(q, x->counts);
	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_time(q, clock_now());
	enum status st = db_run(q, e);

	if (st == STATUS_OK)
		x->id = db_last_id(q);
	db_done(q);
	return st;
}

static void read_row(struct db_query *q, struct arena *a, struct erasure *out)
{
	out->id = db_get_u64(q);
	out->done = db_get_bool(q);
	out->step = (unsigned)db_get_u64(q);
	out->contact = db_get_u64(q);
	out->remaining = db_get_text(q, a);
	out->next_import = db_get_u64(q);
	out->upto_import = db_get_u64(q);
	out->counts = db_get_text(q, a);
	out->member_name = db_get_text(q, a);
	out->created_at = db_get_time(q);
	out->finished_at = db_get_time(q);
}

enum status erasure_get(struct db *db, struct arena *a, uint64_t id,
    struct erasure *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);

	db_put_u64(q, id);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		read_row(q, a, out);
	db_done(q);
	return st;
}

enum status erasure_lock(struct db *db, struct arena *a, uint64_t id,
    uint64_t after, struct erasure *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[id ? LOCK_ID : LOCK_NEXT]);

	db_put_u64(q, id ? id : after);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		id = db_get_u64(q);
	db_done(q);
	return st == STATUS_OK ? erasure_get(db, a, id, out, e) : st;
}

enum status erasure_put(struct db *db, const struct erasure *x, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PUT]);

	db_put_text(q, x->done ? "done" : "running");
	db_put_u64(q, x->step);
	db_put_text(q, x->done ? NULL : x->remaining);
	db_put_u64(q, x->next_import);
	db_put_text(q, x->counts);
	db_put_time(q, x->done ? clock_now() : 0);
	db_put_u64(q, x->id);
	return db_exec(q, NULL, e);
}

enum status erasure_list(struct db *db, struct arena *a, uint64_t below,
    size_t limit, struct erasure **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	db_put_u64(q, below ? below : INT64_MAX);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		read_row(q, a, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* --- imports --- */

enum status erasure_next_import(struct db *db, uint64_t after, uint64_t upto,
    struct import_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[NEXT_IMPORT]);

	db_put_u64(q, after);
	db_put_u64(q, upto);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}

enum status erasure_lock_import(
    struct db *db, struct import_id id, enum import_state *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LOCK_IMPORT]);
	struct arena a;

	arena_init(&a);
	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*out = import_state_of(db_get_text(q, &a));
	db_done(q);
	arena_release(&a);
	return st;
}

enum status erasure_put_piece(struct db *db, struct import_id id, unsigned seq,
    const void *bytes, size_t n, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PUT_PIECE]);

	db_put_blob(q, bytes, n);
	db_put_u64(q, id.n);
	db_put_u64(q, seq);
	return db_exec(q, NULL, e);
}

enum status erasure_wipe_problems(struct db *db, struct import_id id,
    uint64_t row, unsigned column, const char *message, uint64_t *count,
    struct err *e)
{
	uint64_t changed = 0;
	struct db_query *q = db_query(db, SQL[WIPE_PROBLEMS]);

	db_put_text(q, message);
	db_put_u64(q, id.n);
	db_put_u64(q, row);
	db_put_u64(q, column);
	db_put_u64(q, column);
	enum status st = db_exec(q, &changed, e);

	*count += changed;
	return st;
}

enum status erasure_wipe_fixes(
    struct db *db, struct import_id id, uint64_t row, struct err *e)
{
	struct db_query *q = db_query(db, SQL[WIPE_FIXES]);

	db_put_u64(q, id.n);
	db_put_u64(q, row);
	return db_exec(q, NULL, e);
}

enum status erasure_mark_import(
    struct db *db, struct import_id id, uint64_t cells, struct err *e)
{
	struct db_query *q = db_query(db, SQL[MARK_IMPORT]);

	db_put_u64(q, cells);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status erasure_wipe_hashes(
    struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[WIPE_HASHES]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status erasure_rename_file(
    struct db *db, struct import_id id, const char *name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RENAME_FILE]);

	db_put_text(q, name);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status erasure_columns_get(struct db *db, struct arena *a,
    struct import_id id, const char **columns, const char **mapping,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[COLUMNS_GET]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		*columns = db_get_text(q, a);
		*mapping = db_get_text(q, a);
	}
	db_done(q);
	return st;
}

enum status erasure_columns_put(struct db *db, struct import_id id,
    const char *columns, const char *mapping, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COLUMNS_PUT]);

	db_put_text(q, columns);
	db_put_text(q, mapping);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status erasure_wipe_notices(struct db *db, const char *text, struct err *e)
{
	struct db_query *q = db_query(db, SQL[WIPE_NOTICES]);

	db_put_text(q, text);
	return db_exec(q, NULL, e);
}
