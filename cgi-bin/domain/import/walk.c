/* walk.c: the rows of a stored file, in step with what became of them */
/* SPDX-License-Identifier: MIT */
#include "domain/import/walk.h"

#include <string.h>

#include "domain/import/source.h"

#define PROBLEM_PAGE 500u
/* A row has hardly more findings than this; the rest is not told. */
#define ROW_PROBLEMS 256u

static void open_changes(struct walk *w, uint64_t batch)
{
	const char *bytes = "";
	size_t n = 0;
	enum status st = import_batch_changes(w->db, &w->batch_arena,
	    w->plan.row.head.id, batch, &bytes, &n, w->err);

	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		w->status = st;
	changes_open(&w->changes, &w->batch_arena, bytes, n);
}

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
		if (w->with_changes)
			open_changes(w, w->next_batch - 1);
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

/* Findings are read in pages, so what is kept of a row is a copy. */
static const struct problem *kept(struct arena *a, const struct problem *p)
{
	struct problem *copy = arena_memdup(a, p, sizeof(*p));

	copy->column_name = arena_strdup(a, p->column_name);
	copy->code = arena_strdup(a, p->code);
	copy->message = arena_strdup(a, p->message);
	copy->value = NULL;
	return copy;
}

static void comment_on(struct walk *w, struct walked *out)
{
	struct arena *a = &w->row_arena;
	const struct problem *p;
	const struct problem **all = NULL;

	str_reset(&w->comment);
	comment_fixes(w, out);
	while ((p = problem_of(w, out->record->row))) {
		if (!all)
			all = arena_raw(a, ROW_PROBLEMS * sizeof(*all));
		if (w->comment.len)
			str_addz(&w->comment, "; ");
		if (*p->column_name)
			str_printf(&w->comment, "%s: ", p->column_name);
		str_printf(&w->comment, "%s [%s]", p->message, p->code);
		if (out->problem_count < ROW_PROBLEMS)
			all[out->problem_count++] = kept(a, p);
		w->problem_at++;
	}
	out->problems = all;
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
	if (w->with_changes &&
	    (row.outcome == OUTCOME_CREATED || row.outcome == OUTCOME_UPDATED))
		changes_next(&w->changes, &row.changed);
	comment_on(w, &row);
	return w->status == STATUS_OK && w->on_row(w->arg, &row);
}

enum status walk_begin(struct walk *w, struct db *db, struct arena *a,
    struct import_id id, struct err *e)
{
	w->db = db;
	w->err = e;
	arena_init(&w->batch_arena);
	arena_init(&w->problem_arena);
	arena_init(&w->row_arena);
	str_init(&w->comment, 1u << 20);
	enum status st = plan_load(db, a, id, &w->plan, e);

	return st == STATUS_OK ? plan_load_fixes(db, a, &w->plan, e) : st;
}

void walk_end(struct walk *w)
{
	arena_release(&w->batch_arena);
	arena_release(&w->problem_arena);
	arena_release(&w->row_arena);
	str_release(&w->comment);
}

enum status walk_rows(struct walk *w, struct arena *a)
{
	struct source source;
	struct refusal refusal;

	w->header = w->plan.row.head.header;
	plan_source(w->db, &w->plan.row.head, &source);
	enum status st =
	    source_read(a, &source, on_record, w, &refusal, w->err);

	if (st == STATUS_INVALID)
		return ERR(w->err, STATUS_FAILED, "import %llu: %s",
		    (unsigned long long)w->plan.row.head.id.n, refusal.text);
	return st == STATUS_OK ? w->status : st;
}
