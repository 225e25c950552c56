/* import_problem_store.c: findings about the rows of an import */
/* SPDX-License-Identifier: MIT */
#include "storage/import_problem_store.h"

#include <string.h>

#include "base/str.h"

#define COLUMNS "row_no, seq, column_no, column_name, code, level, message"

enum sql {
	LIST,
	LIST_CODE,
	COUNTS,
	OUTCOMES,
	PUT,
	PUT_COUNT,
	PUT_BATCH,
	VALUES_OF,
	ROWS_OF,
	HASHES,
	CHANGES,
	CHANGE_COUNTS,
	PUT_CHANGE_COUNT,
	FORGET_CHANGES,
	FORGET_PROBLEMS,
	FORGET_COUNTS,
	FORGET_BATCHES,
	EXAMPLES,
	COUNT_LIKE
};
static const char *const SQL[] = {
    [LIST] = "SELECT " COLUMNS " FROM import_problem WHERE import_id = ?"
	     " AND (row_no > ? OR (row_no = ? AND seq > ?))"
	     " ORDER BY row_no, seq LIMIT ?",
    [LIST_CODE] = "SELECT " COLUMNS " FROM import_problem WHERE import_id = ?"
		  " AND (row_no > ? OR (row_no = ? AND seq > ?)) AND code = ?"
		  " ORDER BY row_no, seq LIMIT ?",
    [COUNTS] = "SELECT code, level, problems FROM import_problem_count"
	       " WHERE import_id = ? ORDER BY problems DESC, code",
    [OUTCOMES] = "SELECT outcomes FROM import_batch"
		 " WHERE import_id = ? AND seq = ?",
    [HASHES] = "SELECT key_hashes FROM import_batch"
	       " WHERE import_id = ? AND seq = ?",
    [VALUES_OF] = "SELECT column_no, column_name, value, COUNT(*) AS n FROM"
		  " import_problem WHERE import_id = ? AND code = ? AND"
		  " level = 'reject' AND value IS NOT NULL GROUP BY column_no,"
		  " value ORDER BY n DESC, column_no, value LIMIT ?",
    [ROWS_OF] = "SELECT DISTINCT row_no FROM import_problem WHERE"
		" import_id = ? AND column_no = ? AND value = ?"
		" ORDER BY row_no LIMIT ?",
    [CHANGES] = "SELECT changes FROM import_batch"
		" WHERE import_id = ? AND seq = ?",
    [CHANGE_COUNTS] = "SELECT field, changed_rows FROM import_change_count"
		      " WHERE import_id = ? ORDER BY changed_rows DESC, field",
    [PUT_CHANGE_COUNT] =
	"INSERT INTO import_change_count (import_id, field, changed_rows)"
	" VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE"
	" changed_rows = changed_rows + VALUES(changed_rows)",
    [FORGET_CHANGES] = "DELETE FROM import_change_count WHERE import_id = ?",
    [EXAMPLES] = "SELECT message FROM import_problem WHERE import_id = ?"
		 " AND code = ? AND message LIKE ? GROUP BY message"
		 " ORDER BY MIN(row_no) LIMIT ?",
    [COUNT_LIKE] = "SELECT COUNT(*) FROM import_problem WHERE import_id = ?"
		   " AND code = ? AND message LIKE ?",
    [FORGET_PROBLEMS] =
	"DELETE FROM import_problem WHERE import_id = ? LIMIT 5000",
    [FORGET_COUNTS] = "DELETE FROM import_problem_count WHERE import_id = ?",
    [FORGET_BATCHES] = "DELETE FROM import_batch WHERE import_id = ?"
		       " LIMIT 200",
    [PUT] = "INSERT INTO import_problem (import_id, row_no, seq, column_no,"
	    " column_name, code, level, message, value, contact_id)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_COUNT] = "INSERT INTO import_problem_count (import_id, code, level,"
		  " problems) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
		  " problems = problems + VALUES(problems)",
    [PUT_BATCH] = "INSERT INTO import_batch (import_id, seq, outcomes,"
		  " key_hashes, changes) VALUES (?, ?, ?, ?, ?)",
};

static const char *const level_words[] = {
    [PROBLEM_WARNING] = "warning",
    [PROBLEM_REJECT] = "reject",
    [PROBLEM_SKIP] = "skip",
};

/* A text that fits into its column: cut at a character, for headers that are
 * pages long. */
static const char *clip(struct arena *a, const char *text, size_t bytes)
{
	size_t n = strlen(text);

	if (n <= bytes)
		return text;
	for (n = bytes; n && ((unsigned char)text[n] & 0xc0) == 0x80;)
		n--;
	return arena_strndup(a, text, n);
}

const char *problem_level_word(enum problem_level level)
{
	return level_words[level];
}

static enum problem_level level_of(const char *word)
{
	if (str_equal(word, "warning"))
		return PROBLEM_WARNING;
	return str_equal(word, "skip") ? PROBLEM_SKIP : PROBLEM_REJECT;
}

static void problem_read(
    struct db_query *q, struct arena *a, struct problem_row *r)
{
	r->problem.row = db_get_u64(q);
	r->seq = (unsigned)db_get_u64(q);
	r->problem.column = (unsigned)db_get_u64(q);
	r->problem.column_name = db_get_text(q, a);
	r->problem.code = db_get_text(q, a);
	r->problem.level = level_of(db_get_text(q, a));
	r->problem.message = db_get_text(q, a);
}

enum status import_problem_list(struct db *db, struct arena *a,
    struct import_id id, uint64_t after_row, unsigned after_seq,
    const char *code, size_t limit, struct problem_row **rows, size_t *count,
    struct err *e)
{
	bool one_code = !str_empty(code);
	struct db_query *q = db_query(db, SQL[one_code ? LIST_CODE : LIST]);

	db_put_u64(q, id.n);
	db_put_u64(q, after_row);
	db_put_u64(q, after_row);
	db_put_u64(q, after_seq);
	if (one_code)
		db_put_text(q, code);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, limit * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < limit) {
		st = db_next(q, e);
		if (st == STATUS_OK)
			problem_read(q, a, &(*rows)[(*count)++]);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

#define CODES_MAX 128

enum status import_problem_counts(struct db *db, struct arena *a,
    struct import_id id, struct problem_count **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[COUNTS]);

	db_put_u64(q, id.n);
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, CODES_MAX * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < CODES_MAX) {
		struct problem_count *c = &(*rows)[*count];

		st = db_next(q, e);
		if (st != STATUS_OK)
			break;
		c->code = db_get_text(q, a);
		c->level = level_of(db_get_text(q, a));
		c->problems = db_get_u64(q);
		(*count)++;
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status batch_blob(struct db *db, const char *sql, struct arena *a,
    struct import_id id, uint64_t seq, const char **bytes, size_t *n,
    struct err *e)
{
	struct db_query *q = db_query(db, sql);

	db_put_u64(q, id.n);
	db_put_u64(q, seq);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*bytes = db_get_blob(q, a, n);
	db_done(q);
	return st;
}

enum status import_batch_outcomes(struct db *db, struct arena *a,
    struct import_id id, uint64_t seq, const char **letters, size_t *n,
    struct err *e)
{
	return batch_blob(db, SQL[OUTCOMES], a, id, seq, letters, n, e);
}

enum status import_batch_hashes(struct db *db, struct arena *a,
    struct import_id id, uint64_t seq, const char **bytes, size_t *n,
    struct err *e)
{
	return batch_blob(db, SQL[HASHES], a, id, seq, bytes, n, e);
}

enum status import_batch_changes(struct db *db, struct arena *a,
    struct import_id id, uint64_t seq, const char **bytes, size_t *n,
    struct err *e)
{
	return batch_blob(db, SQL[CHANGES], a, id, seq, bytes, n, e);
}

enum status import_batch_put(struct db *db, struct import_id id, uint64_t seq,
    const struct import_batch_row *row, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PUT_BATCH]);

	db_put_u64(q, id.n);
	db_put_u64(q, seq);
	db_put_blob(q, row->letters, row->count);
	db_put_blob(q, row->hashes, row->hashes_length);
	db_put_blob(q, row->changes, row->changes_length);
	return db_exec(q, NULL, e);
}

enum status import_change_counts(struct db *db, struct arena *a,
    struct import_id id, struct change_count **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[CHANGE_COUNTS]);
	size_t space = 0;

	db_put_u64(q, id.n);
	enum status st = db_run(q, e);

	*rows = NULL;
	*count = 0;
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (*count == space) {
			struct change_count *old = *rows;

			space = space ? space * 2 : 32;
			*rows = arena_raw(a, space * sizeof(**rows));
			if (*count)
				memcpy(*rows, old, *count * sizeof(**rows));
		}
		(*rows)[*count].field = db_get_text(q, a);
		(*rows)[(*count)++].rows = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_change_add_counts(struct db *db, struct arena *a,
    struct import_id id, const char *const *fields, const uint64_t *rows,
    size_t count, struct err *e)
{
	const char **clipped = arena_raw(a, (count + 1) * sizeof(*clipped));

	for (size_t i = 0; i < count; i++)
		clipped[i] = clip(a, fields[i], 160);
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &id.n},
	    {.kind = DB_TEXTS, .texts = clipped},
	    {.kind = DB_NUMBERS, .numbers = rows},
	};

	return db_bulk(db, SQL[PUT_CHANGE_COUNT], columns, 3, count, e);
}

/* Columns of the bulk statement, as arrays. */
struct problem_columns {
	uint64_t *rows;
	uint64_t *seqs;
	uint64_t *columns;
	const char **names;
	const char **codes;
	const char **levels;
	const char **messages;
	const char **values;
};

static void fill_columns(struct problem_columns *c, struct arena *a,
    const struct problem *const *problems, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct problem *p = problems[i];
		bool same_row = i && problems[i - 1]->row == p->row;

		c->rows[i] = p->row;
		c->seqs[i] = same_row ? c->seqs[i - 1] + 1 : 1;
		c->columns[i] = p->column;
		c->names[i] = clip(a, p->column_name, 255);
		c->codes[i] = p->code;
		c->levels[i] = level_words[p->level];
		c->messages[i] = clip(a, p->message, 1000);
		c->values[i] = p->value;
	}
}

enum status import_problem_put(struct db *db, struct arena *a,
    struct import_id id, const struct problem *const *problems,
    const uint64_t *about, size_t n, struct err *e)
{
	struct problem_columns c = {
	    .rows = arena_raw(a, n * sizeof(*c.rows)),
	    .seqs = arena_raw(a, n * sizeof(*c.seqs)),
	    .columns = arena_raw(a, n * sizeof(*c.columns)),
	    .names = arena_raw(a, n * sizeof(*c.names)),
	    .codes = arena_raw(a, n * sizeof(*c.codes)),
	    .levels = arena_raw(a, n * sizeof(*c.levels)),
	    .messages = arena_raw(a, n * sizeof(*c.messages)),
	    .values = arena_raw(a, n * sizeof(*c.values)),
	};

	fill_columns(&c, a, problems, n);
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &id.n},
	    {.kind = DB_NUMBERS, .numbers = c.rows},
	    {.kind = DB_NUMBERS, .numbers = c.seqs},
	    {.kind = DB_NUMBERS, .numbers = c.columns},
	    {.kind = DB_TEXTS, .texts = c.names},
	    {.kind = DB_TEXTS, .texts = c.codes},
	    {.kind = DB_TEXTS, .texts = c.levels},
	    {.kind = DB_TEXTS, .texts = c.messages},
	    {.kind = DB_TEXTS, .texts = c.values},
	    {.kind = DB_NUMBERS, .numbers = about, .zero_is_null = true},
	};

	return db_bulk(db, SQL[PUT], columns, 10, n, e);
}

enum status import_problem_add_count(struct db *db, struct import_id id,
    const char *code, enum problem_level level, uint64_t n, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PUT_COUNT]);

	db_put_u64(q, id.n);
	db_put_text(q, code);
	db_put_text(q, level_words[level]);
	db_put_u64(q, n);
	return db_exec(q, NULL, e);
}

static enum status forget(struct db *db, const char *sql, struct import_id id,
    bool *more, struct err *e)
{
	uint64_t changed = 0;
	struct db_query *q = db_query(db, sql);

	db_put_u64(q, id.n);
	enum status st = db_exec(q, &changed, e);

	*more |= changed > 0;
	return st;
}

enum status import_problem_forget(
    struct db *db, struct import_id id, bool *more, struct err *e)
{
	*more = false;
	enum status st = forget(db, SQL[FORGET_PROBLEMS], id, more, e);

	if (st == STATUS_OK)
		st = forget(db, SQL[FORGET_COUNTS], id, more, e);
	if (st == STATUS_OK)
		st = forget(db, SQL[FORGET_CHANGES], id, more, e);
	if (st == STATUS_OK)
		st = forget(db, SQL[FORGET_BATCHES], id, more, e);
	return st;
}

static struct db_query *like_query(struct db *db, struct arena *a,
    const char *sql, struct import_id id, const char *code, const char *phrase)
{
	struct db_query *q = db_query(db, sql);

	db_put_u64(q, id.n);
	db_put_text(q, code);
	db_put_text(q, arena_printf(a, "%%%s%%", db_like(a, phrase)));
	return q;
}

enum status import_problem_examples(struct db *db, struct arena *a,
    struct import_id id, const char *code, const char *phrase, size_t limit,
    const char **examples, size_t *shown, uint64_t *count, struct err *e)
{
	struct db_query *q =
	    like_query(db, a, SQL[COUNT_LIKE], id, code, phrase);
	enum status st = db_one(q, e);

	*shown = 0;
	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	if (st != STATUS_OK || !*count)
		return st;
	q = like_query(db, a, SQL[EXAMPLES], id, code, phrase);
	db_put_u64(q, limit);
	st = db_run(q, e);
	while (st == STATUS_OK && *shown < limit) {
		st = db_next(q, e);
		if (st == STATUS_OK)
			examples[(*shown)++] = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_problem_values(struct db *db, struct arena *a,
    struct import_id id, const char *code, size_t limit,
    struct problem_value **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[VALUES_OF]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;

	db_put_u64(q, id.n);
	db_put_text(q, code);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && *count < limit) {
		st = db_next(q, e);
		if (st != STATUS_OK)
			break;
		struct problem_value *v = &(*rows)[(*count)++];

		v->column = (unsigned)db_get_u64(q);
		v->column_name = db_get_text(q, a);
		v->value = db_get_text(q, a);
		v->rows = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_problem_rows(struct db *db, struct import_id id,
    unsigned column, const char *value, size_t limit, uint64_t *rows,
    size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ROWS_OF]);

	db_put_u64(q, id.n);
	db_put_u64(q, column);
	db_put_text(q, value);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*count = 0;
	while (st == STATUS_OK && *count < limit) {
		st = db_next(q, e);
		if (st == STATUS_OK)
			rows[(*count)++] = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
