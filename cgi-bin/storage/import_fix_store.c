/* import_fix_store.c: corrections of uploaded files */
/* SPDX-License-Identifier: MIT */
#include "storage/import_fix_store.h"

#include "base/str.h"

enum sql {
	LIST,
	TOTAL,
	NEXT,
	FIND,
	PUT,
	REPLACE,
	DELETE,
	CLEAR,
	ANY,
	COUNT,
	REMEMBER,
	FORGET,
	REMEMBERED
};
static const char *const SQL[] = {
    [LIST] = "SELECT f.number, f.kind, f.row_no, f.column_no, f.old_value,"
	     " f.new_value, f.remembered, f.cells IS NOT NULL,"
	     " COALESCE(f.cells, 0), COALESCE(f.member_id, 0),"
	     " COALESCE(m.name, ''), f.at FROM import_fix f"
	     " LEFT JOIN member m ON m.id = f.member_id"
	     " WHERE f.import_id = ? AND f.number > ?"
	     " ORDER BY f.number LIMIT ?",
    [TOTAL] = "SELECT COUNT(*), COALESCE(SUM(LENGTH(old_value)"
	      " + LENGTH(new_value)), 0) FROM import_fix WHERE import_id = ?",
    [NEXT] = "SELECT COALESCE(MAX(number), 0) + 1 FROM import_fix"
	     " WHERE import_id = ?",
    [FIND] = "SELECT number FROM import_fix WHERE import_id = ? AND place ="
	     " UNHEX(SHA2(?, 256))",
    [PUT] = "INSERT INTO import_fix (import_id, number, kind, row_no,"
	    " column_no, old_value, new_value, place, remembered, member_id,"
	    " token_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, UNHEX(SHA2(?, 256)),"
	    " ?, ?, ?, UTC_TIMESTAMP(3))",
    [REPLACE] = "UPDATE import_fix SET new_value = ?, remembered = ?,"
		" member_id = ?, token_id = ?, cells = NULL,"
		" at = UTC_TIMESTAMP(3) WHERE import_id = ? AND number = ?",
    [DELETE] = "DELETE FROM import_fix WHERE import_id = ? AND number = ?",
    [CLEAR] = "DELETE FROM import_fix WHERE import_id = ?",
    [ANY] = "SELECT COUNT(*) FROM correction_memory WHERE member_id = ?",
    [COUNT] = "UPDATE import_fix SET cells = ? WHERE import_id = ?"
	      " AND number = ?",
    [REMEMBER] = "INSERT INTO correction_memory (member_id, place, header,"
		 " old_value, new_value, used_at) VALUES (?,"
		 " UNHEX(SHA2(?, 256)), ?, ?, ?, UTC_TIMESTAMP(3))"
		 " ON DUPLICATE KEY UPDATE new_value = VALUES(new_value),"
		 " used_at = VALUES(used_at)",
    [FORGET] = "DELETE FROM correction_memory WHERE member_id = ?"
	       " AND place = UNHEX(SHA2(?, 256))",
    [REMEMBERED] = "SELECT header, old_value, new_value FROM"
		   " correction_memory WHERE member_id = ? AND header = ?"
		   " ORDER BY used_at DESC, place LIMIT ?",
};

static const char *const kinds[] = {
    [FIX_CELL] = "cell",
    [FIX_OUT] = "out",
    [FIX_VALUE] = "value",
};

static enum fix_kind kind_of(const char *word)
{
	if (str_equal(word, kinds[FIX_OUT]))
		return FIX_OUT;
	return str_equal(word, kinds[FIX_VALUE]) ? FIX_VALUE : FIX_CELL;
}

static void fix_read(struct db_query *q, struct arena *a, struct import_fix *x)
{
	x->number = (unsigned)db_get_u64(q);
	x->kind = kind_of(db_get_text(q, a));
	x->row = db_get_u64(q);
	x->column = (unsigned)db_get_u64(q);
	x->old_value = db_get_text(q, a);
	x->new_value = db_get_text(q, a);
	x->remembered = db_get_bool(q);
	x->counted = db_get_bool(q);
	x->cells = db_get_u64(q);
	x->member.n = db_get_u64(q);
	x->member_name = db_get_text(q, a);
	x->at = db_get_time(q);
}

enum status import_fix_list(struct db *db, struct arena *a, struct import_id id,
    unsigned after, size_t limit, struct import_fix **rows, size_t *count,
    struct err *e)
{
	uint64_t there, bytes;
	enum status st = import_fix_total(db, id, &there, &bytes, e);

	*count = 0;
	*rows = NULL;
	if (st != STATUS_OK || !there)
		return st;
	if (there > limit)
		there = limit;
	*rows = arena_alloc(a, (size_t)there * sizeof(**rows));
	struct db_query *q = db_query(db, SQL[LIST]);

	db_put_u64(q, id.n);
	db_put_u64(q, after);
	db_put_u64(q, there);
	st = db_run(q, e);
	while (st == STATUS_OK && *count < there) {
		st = db_next(q, e);
		if (st == STATUS_OK)
			fix_read(q, a, &(*rows)[(*count)++]);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_fix_total(struct db *db, struct import_id id,
    uint64_t *count, uint64_t *bytes, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TOTAL]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		*count = db_get_u64(q);
		*bytes = db_get_u64(q);
	}
	db_done(q);
	return st;
}

/* What is corrected, as a text: two corrections of it are one. */
static const char *place_of(struct arena *a, const struct import_fix *x)
{
	return arena_printf(a, "%s/%llu/%u/%s", kinds[x->kind],
	    (unsigned long long)x->row, x->column,
	    x->kind == FIX_VALUE ? x->old_value : "");
}

static enum status number_of(struct db *db, struct import_id id,
    const char *place, unsigned *number, struct err *e)
{
	struct db_query *q = db_query(db, SQL[place ? FIND : NEXT]);

	db_put_u64(q, id.n);
	if (place)
		db_put_text(q, place);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*number = (unsigned)db_get_u64(q);
	db_done(q);
	return st;
}

static enum status replace(struct db *db, struct import_id id,
    const struct import_fix *x, const struct actor *actor, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REPLACE]);

	db_put_text(q, x->new_value);
	db_put_bool(q, x->remembered);
	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_u64(q, id.n);
	db_put_u64(q, x->number);
	return db_exec(q, NULL, e);
}

enum status import_fix_put(struct db *db, struct arena *a, struct import_id id,
    struct import_fix *x, const struct actor *actor, struct err *e)
{
	const char *place = place_of(a, x);
	enum status st = number_of(db, id, place, &x->number, e);

	if (st == STATUS_OK)
		return replace(db, id, x, actor, e);
	if (st == STATUS_NOT_FOUND)
		st = number_of(db, id, NULL, &x->number, e);
	if (st != STATUS_OK)
		return st;
	struct db_query *q = db_query(db, SQL[PUT]);

	db_put_u64(q, id.n);
	db_put_u64(q, x->number);
	db_put_text(q, kinds[x->kind]);
	db_put_u64(q, x->row);
	db_put_u64(q, x->column);
	db_put_text(q, x->old_value);
	db_put_text(q, x->new_value);
	db_put_text(q, place);
	db_put_bool(q, x->remembered);
	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	return db_exec(q, NULL, e);
}

enum status import_fix_clear(struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CLEAR]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status import_fix_delete(
    struct db *db, struct import_id id, unsigned number, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DELETE]);
	uint64_t changed = 0;

	db_put_u64(q, id.n);
	db_put_u64(q, number);
	enum status st = db_exec(q, &changed, e);

	return st == STATUS_OK && !changed ? STATUS_NOT_FOUND : st;
}

enum status import_fix_set_cells(struct db *db, struct import_id id,
    const uint64_t *numbers, const uint64_t *cells, size_t count, struct err *e)
{
	const struct db_column columns[] = {
	    {.kind = DB_NUMBERS, .numbers = cells},
	    {.kind = DB_CONST_NUMBER, .numbers = &id.n},
	    {.kind = DB_NUMBERS, .numbers = numbers},
	};

	return db_bulk(db, SQL[COUNT], columns, 3, count, e);
}

static const char *correction_place(struct arena *a, const struct correction *c)
{
	return arena_printf(a, "%s\n%s", c->header, c->old_value);
}

enum status correction_put(struct db *db, struct arena *a,
    struct member_id member, const struct correction *c, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REMEMBER]);

	db_put_u64(q, member.n);
	db_put_text(q, correction_place(a, c));
	db_put_text(q, c->header);
	db_put_text(q, c->old_value);
	db_put_text(q, c->new_value);
	return db_exec(q, NULL, e);
}

enum status correction_delete(struct db *db, struct arena *a,
    struct member_id member, const struct correction *c, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FORGET]);

	db_put_u64(q, member.n);
	db_put_text(q, correction_place(a, c));
	return db_exec(q, NULL, e);
}

enum status correction_any(
    struct db *db, struct member_id member, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ANY]);

	db_put_u64(q, member.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

enum status correction_list(struct db *db, struct arena *a,
    struct member_id member, const char *header, size_t limit,
    struct correction **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REMEMBERED]);

	db_put_u64(q, member.n);
	db_put_text(q, header);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < limit) {
		st = db_next(q, e);
		if (st != STATUS_OK)
			break;
		struct correction *c = &(*rows)[(*count)++];

		c->header = db_get_text(q, a);
		c->old_value = db_get_text(q, a);
		c->new_value = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
