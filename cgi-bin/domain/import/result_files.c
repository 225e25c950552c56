/* result_files.c: the files that an import gives back */
/* SPDX-License-Identifier: MIT */
/*
 * A row goes out as the text that came in, so its cells cannot change; one
 * that was corrected as it is now.
 */
#include "domain/import/result_files.h"

#include <string.h>

#include "base/str.h"
#include "domain/import/rows.h"
#include "domain/import/walk.h"

#define LINE_CAP (RECORD_MAX + (1u << 20))

struct writer {
	struct walk walk;
	struct str line;
	file_sink sink;
	void *arg;
	const char *column; /* name of the last one */
	bool (*wanted)(enum outcome o);
	enum outcome only; /* or NO_OUTCOME */
	const char *code;  /* of one of its findings, or NULL */
};

static void put_cells(
    struct writer *w, const struct record *r, size_t from, size_t to)
{
	char delimiter = w->walk.plan.row.head.delimiter;

	for (size_t i = from; i < to; i++)
		csv_put(&w->line, delimiter, i == 0, r->cells[i]);
}

/* Without the empty ones at the end. */
static size_t filled_cells(const struct record *r)
{
	size_t n = r->count;

	while (n && !r->lengths[n - 1])
		n--;
	return n;
}

/* The row as it came or, where a cell was corrected, as it is now; filled up
 * to the header's columns, and one cell more. What stands beyond the columns
 * comes behind that cell, which so is in the column of its header. */
static bool write_line(
    struct writer *w, const struct walked *row, const char *last)
{
	size_t columns = w->walk.plan.column_count;
	char delimiter = w->walk.plan.row.head.delimiter;
	const struct record *r = row->record;
	size_t own = r->count < columns ? r->count : columns;

	str_reset(&w->line);
	if (r == row->uploaded && r->count <= columns)
		str_add(&w->line, r->raw, r->raw_len);
	else
		put_cells(w, r, 0, own);
	for (size_t i = own; i < columns; i++)
		str_addc(&w->line, delimiter);
	csv_put(&w->line, delimiter, false, last);
	put_cells(w, r, columns, filled_cells(r));
	str_addz(&w->line, "\r\n");
	return w->sink(w->arg, w->line.data, w->line.len);
}

static bool file_header(void *arg, const struct walked *row)
{
	struct writer *w = arg;

	return write_line(w, row, w->column);
}

static const char *remark(const struct walked *row)
{
	if (row->outcome == NO_OUTCOME)
		return "The import stopped before this row: nothing was done"
		       " with it. [not-imported]";
	return row->comment;
}

static bool has_code(const struct walked *row, const char *code)
{
	for (size_t i = 0; i < row->problem_count; i++)
		if (str_equal(row->problems[i]->code, code))
			return true;
	return false;
}

static bool file_row(void *arg, const struct walked *row)
{
	struct writer *w = arg;

	if (w->only != NO_OUTCOME && row->outcome != w->only)
		return true;
	if (w->wanted && !w->wanted(row->outcome))
		return true;
	if (w->code && !has_code(row, w->code))
		return true;
	return write_line(w, row, remark(row));
}

static enum status write_file(
    struct writer *w, struct db *db, struct import_id id, struct err *e)
{
	struct arena a;

	arena_init(&a);
	str_init(&w->line, LINE_CAP);
	enum status st = walk_begin(&w->walk, db, &a, id, e);

	if (st == STATUS_OK && w->sink(w->arg, "\xef\xbb\xbf", 3)) {
		w->walk.on_header = file_header;
		w->walk.on_row = file_row;
		w->walk.arg = w;
		st = walk_rows(&w->walk, &a);
	}
	walk_end(&w->walk);
	str_release(&w->line);
	arena_release(&a);
	return st;
}

static bool did_not_get_in(enum outcome o)
{
	return o == OUTCOME_REJECTED || o == OUTCOME_SKIPPED;
}

enum status result_errors(struct db *db, struct import_id id, file_sink sink,
    void *arg, struct err *e)
{
	struct writer w = {
	    .sink = sink,
	    .arg = arg,
	    .column = "Error",
	    .wanted = did_not_get_in,
	};

	return write_file(&w, db, id, e);
}

enum status result_processed(struct db *db, struct import_id id, file_sink sink,
    void *arg, struct err *e)
{
	struct writer w = {.sink = sink, .arg = arg, .column = "Comments"};

	return write_file(&w, db, id, e);
}

enum status result_outcome(struct db *db, struct import_id id,
    const char *outcome, file_sink sink, void *arg, struct err *e)
{
	struct writer w = {
	    .sink = sink,
	    .arg = arg,
	    .column = "Comments",
	    .only = outcome_of_word(outcome),
	};

	if (w.only == NO_OUTCOME)
		return ERR(e, STATUS_NOT_FOUND, "no outcome %.40s", outcome);
	return write_file(&w, db, id, e);
}

enum status result_code(struct db *db, struct import_id id, const char *code,
    file_sink sink, void *arg, struct err *e)
{
	struct writer w = {
	    .sink = sink, .arg = arg, .column = "Comments", .code = code};

	return write_file(&w, db, id, e);
}

struct original {
	file_sink sink;
	void *arg;
};

static bool pass_on(void *arg, const char *bytes, size_t n)
{
	const struct original *o = arg;

	return o->sink(o->arg, bytes, n);
}

enum status result_original(struct db *db, struct import_id id, file_sink sink,
    void *arg, struct err *e)
{
	struct original o = {sink, arg};
	struct import_row row = {0};
	struct arena a;

	arena_init(&a);
	enum status st = import_store_get(db, &a, id, &row, e);
	const struct source s = {.db = db, .id = id, .length = row.head.bytes};

	if (st == STATUS_OK)
		st = source_bytes(&s, pass_on, &o, e);
	arena_release(&a);
	return st;
}
