/* result_files.c: the files that an import gives back */
/* SPDX-License-Identifier: MIT */
/*
 * The stored file is read once more, in step with the outcome letters of its
 * batches and with the findings, which both are in the order of its rows. A
 * row goes out as the text that came in, so its cells cannot change.
 */
#include "domain/import/result_files.h"

#include <string.h>

#include "base/str.h"
#include "domain/import/intake.h"
#include "domain/import/source.h"
#include "storage/import_problem_store.h"

#define PROBLEM_PAGE 500u
#define LINE_CAP (RECORD_MAX + (1u << 20))
#define NO_OUTCOME ((enum outcome)0)

/* One row in step with what became of it. */
struct walked {
	const struct record *record; /* as corrected */
	const struct record *uploaded;
	enum outcome outcome; /* NO_OUTCOME: the import did not get here */
	const char *comment;
	bool has_code; /* a finding of the code that was asked for */
};

typedef bool (*walk_fn)(void *arg, const struct walked *w);

struct walk {
	struct db *db;
	struct import_plan plan;
	const char *code;  /* "" or the code that is looked for */
	walk_fn on_header; /* NULL: not wanted */
	walk_fn on_row;
	void *arg;
	bool header; /* still to come */

	struct arena batch_arena;
	const char *letters;
	size_t letter_count;
	size_t letter_at;
	uint64_t next_batch;

	struct arena problem_arena;
	struct problem_row *problems;
	size_t problem_count;
	size_t problem_at;
	bool last_page;

	struct arena row_arena; /* of the corrected record */
	struct str comment;
	enum status status;
	struct err *err;
};

static enum outcome next_outcome(struct walk *w)
{
	if (w->letter_at == w->letter_count) {
		arena_reset(&w->batch_arena);
		enum status st = import_batch_outcomes(w->db, &w->batch_arena,
		    w->plan.row.head.id, w->next_batch, &w->letters,
		    &w->letter_count, w->err);

		w->letter_at = 0;
		w->next_batch++;
		if (st != STATUS_OK) {
			w->letter_count = 0;
			if (st != STATUS_NOT_FOUND)
				w->status = st;
			return NO_OUTCOME;
		}
	}
	return (enum outcome)w->letters[w->letter_at++];
}

static void more_problems(struct walk *w)
{
	uint64_t row = 0;
	unsigned seq = 0;

	if (w->problem_count) {
		row = w->problems[w->problem_count - 1].problem.row;
		seq = w->problems[w->problem_count - 1].seq;
	}
	arena_reset(&w->problem_arena);
	w->status = import_problem_list(w->db, &w->problem_arena,
	    w->plan.row.head.id, row, seq, "", PROBLEM_PAGE, &w->problems,
	    &w->problem_count, w->err);
	w->problem_at = 0;
	w->last_page = w->problem_count < PROBLEM_PAGE;
}

/* The finding at hand if it is about this row, else NULL. */
static const struct problem *problem_of(struct walk *w, uint64_t row)
{
	if (w->problem_at == w->problem_count && !w->last_page)
		more_problems(w);
	if (w->status != STATUS_OK || w->problem_at == w->problem_count)
		return NULL;
	const struct problem *p = &w->problems[w->problem_at].problem;

	return p->row == row ? p : NULL;
}

/* What a cell was before it was corrected. */
static void comment_fixes(struct walk *w, const struct walked *row)
{
	const struct record *was = row->uploaded;
	const struct record *is = row->record;

	for (size_t i = 0; is != was && i < is->count; i++) {
		const char *old = i < was->count ? was->cells[i] : "";

		if (is->cells[i] == old || str_equal(is->cells[i], old))
			continue;
		if (w->comment.len)
			str_addz(&w->comment, "; ");
		if (i < w->plan.column_count)
			str_printf(
			    &w->comment, "%s: ", w->plan.columns[i].name);
		str_printf(&w->comment,
		    "\"%s\" in the uploaded file [corrected]",
		    problem_value(&w->row_arena, old));
	}
}

static void comment_on(struct walk *w, struct walked *out)
{
	const struct problem *p;

	str_reset(&w->comment);
	comment_fixes(w, out);
	while ((p = problem_of(w, out->record->row))) {
		if (w->comment.len)
			str_addz(&w->comment, "; ");
		if (*p->column_name)
			str_printf(&w->comment, "%s: ", p->column_name);
		str_printf(&w->comment, "%s [%s]", p->message, p->code);
		out->has_code |= str_equal(p->code, w->code);
		w->problem_at++;
	}
	out->comment = str_text(&w->comment);
}

static bool on_record(void *arg, const struct record *r)
{
	struct walk *w = arg;
	struct walked row = {.record = r, .uploaded = r, .comment = ""};
	struct record fixed;

	if (w->header) {
		w->header = false;
		return !w->on_header || w->on_header(w->arg, &row);
	}
	arena_reset(&w->row_arena);
	if (fixes_apply(w->plan.fixes, &w->row_arena, r, &fixed, NULL))
		row.record = &fixed;
	row.outcome = next_outcome(w);
	comment_on(w, &row);
	return w->status == STATUS_OK && w->on_row(w->arg, &row);
}

/* The import's plan and a walk at its beginning. */
static enum status walk_begin(struct walk *w, struct db *db, struct arena *a,
    struct import_id id, struct err *e)
{
	w->db = db;
	w->err = e;
	w->code = "";
	arena_init(&w->batch_arena);
	arena_init(&w->problem_arena);
	arena_init(&w->row_arena);
	str_init(&w->comment, 1u << 20);
	enum status st = intake_load(db, a, id, &w->plan, e);

	return st == STATUS_OK ? intake_load_fixes(db, a, &w->plan, e) : st;
}

static void walk_end(struct walk *w)
{
	arena_release(&w->batch_arena);
	arena_release(&w->problem_arena);
	arena_release(&w->row_arena);
	str_release(&w->comment);
}

static enum status walk(struct walk *w, struct arena *a)
{
	struct source source;
	struct refusal refusal;

	w->header = w->plan.row.head.header;
	intake_source(w->db, &w->plan.row.head, &source);
	enum status st =
	    source_read(a, &source, on_record, w, &refusal, w->err);

	if (st == STATUS_INVALID)
		return ERR(w->err, STATUS_FAILED, "import %llu: %s",
		    (unsigned long long)w->plan.row.head.id.n, refusal.text);
	return st == STATUS_OK ? w->status : st;
}

/* --- files --- */

struct writer {
	struct walk walk;
	struct str line;
	file_sink sink;
	void *arg;
	const char *column; /* name of the last one */
	bool (*wanted)(enum outcome o);
	enum outcome only; /* or NO_OUTCOME */
};

/* The row as it came or, where a cell was corrected, as it is now; filled up
 * to the header's columns, and one cell more. */
static bool write_line(
    struct writer *w, const struct walked *row, const char *last)
{
	char delimiter = w->walk.plan.row.head.delimiter;
	const struct record *r = row->record;

	str_reset(&w->line);
	if (r == row->uploaded)
		str_add(&w->line, r->raw, r->raw_len);
	else
		for (size_t i = 0; i < r->count; i++)
			csv_put(&w->line, delimiter, i == 0, r->cells[i]);
	for (size_t i = r->count; i < w->walk.plan.column_count; i++)
		str_addc(&w->line, delimiter);
	csv_put(&w->line, delimiter, false, last);
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

static bool file_row(void *arg, const struct walked *row)
{
	struct writer *w = arg;

	if (w->only != NO_OUTCOME && row->outcome != w->only)
		return true;
	if (w->wanted && !w->wanted(row->outcome))
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
		st = walk(&w->walk, &a);
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

static enum outcome outcome_of(const char *word)
{
	static const struct {
		const char *word;
		enum outcome outcome;
	} words[] = {
	    {"created", OUTCOME_CREATED},
	    {"updated", OUTCOME_UPDATED},
	    {"unchanged", OUTCOME_UNCHANGED},
	    {"skipped", OUTCOME_SKIPPED},
	    {"rejected", OUTCOME_REJECTED},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_equal(words[i].word, word))
			return words[i].outcome;
	return NO_OUTCOME;
}

enum status result_outcome(struct db *db, struct import_id id,
    const char *outcome, file_sink sink, void *arg, struct err *e)
{
	struct writer w = {
	    .sink = sink,
	    .arg = arg,
	    .column = "Comments",
	    .only = outcome_of(outcome),
	};

	if (w.only == NO_OUTCOME)
		return ERR(e, STATUS_NOT_FOUND, "no outcome %.40s", outcome);
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
	const struct source s = {.db = db, .id = id};

	return source_bytes(&s, pass_on, &o, e);
}

/* --- rows for a page --- */

struct collector {
	struct walk walk;
	struct arena *arena;
	enum outcome outcome;
	uint64_t after;
	struct result_row *rows;
	size_t count;
	size_t limit;
};

static const char **copy_cells(struct arena *a, const struct record *r)
{
	const char **cells = arena_alloc(a, (r->count + 1) * sizeof(*cells));

	for (size_t i = 0; i < r->count; i++)
		cells[i] = arena_strndup(a, r->cells[i], r->lengths[i]);
	return cells;
}

static bool collect(void *arg, const struct walked *row)
{
	struct collector *c = arg;
	const struct record *r = row->record;

	if (row->outcome == NO_OUTCOME)
		return false;
	if (r->row <= c->after || (*c->walk.code && !row->has_code) ||
	    (c->outcome != NO_OUTCOME && row->outcome != c->outcome))
		return true;
	c->rows[c->count++] = (struct result_row){
	    .row = r->row,
	    .outcome = row->outcome,
	    .cells = copy_cells(c->arena, r),
	    .count = r->count,
	    .comment = arena_strdup(c->arena, row->comment),
	};
	return c->count < c->limit;
}

enum status result_rows(struct db *db, struct arena *a, struct import_id id,
    enum outcome outcome, const char *code, uint64_t after, size_t limit,
    struct result_row **rows, size_t *count, struct err *e)
{
	struct collector c = {
	    .arena = a,
	    .outcome = outcome,
	    .after = after,
	    .rows = arena_alloc(a, (limit + 1) * sizeof(**rows)),
	    .limit = limit,
	};
	enum status st = walk_begin(&c.walk, db, a, id, e);

	if (st == STATUS_OK && limit) {
		c.walk.code = str_or_empty(code);
		c.walk.on_row = collect;
		c.walk.arg = &c;
		st = walk(&c.walk, a);
	}
	walk_end(&c.walk);
	*rows = c.rows;
	*count = c.count;
	return st;
}
