/* rows.c: rows of a file with what became of them, for pages and the API */
/* SPDX-License-Identifier: MIT */
#include "domain/import/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/import/match.h"
#include "domain/import/walk.h"
#include "storage/contact_store.h"

/* Revisions of a contact that are searched for that of a row. */
#define REVISIONS_MAX 500u

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
#define WORDS (sizeof(words) / sizeof(*words))

enum outcome outcome_of_word(const char *word)
{
	for (size_t i = 0; i < WORDS; i++)
		if (str_equal(words[i].word, word))
			return words[i].outcome;
	return NO_OUTCOME;
}

const char *outcome_word(enum outcome o)
{
	for (size_t i = 0; i < WORDS; i++)
		if (words[i].outcome == o)
			return words[i].word;
	return "";
}

/* --- copies of rows --- */

static void copy_cells(
    struct arena *a, const struct walked *w, struct file_row *out)
{
	const struct record *is = w->record;
	const struct record *was = w->uploaded;

	out->count = is->count;
	out->cells = arena_alloc(a, (is->count + 1) * sizeof(char *));
	out->uploaded = arena_alloc(a, (is->count + 1) * sizeof(char *));
	for (size_t i = 0; i < is->count; i++) {
		out->cells[i] = arena_strndup(a, is->cells[i], is->lengths[i]);
		out->uploaded[i] =
		    i >= was->count ? ""
		    : was->cells[i] == is->cells[i]
			? out->cells[i]
			: arena_strndup(a, was->cells[i], was->lengths[i]);
	}
}

static void copy_problems(struct arena *a, const struct problem *const *from,
    size_t count, struct file_row *out)
{
	out->problems = arena_alloc(a, (count + 1) * sizeof(*out->problems));
	out->problem_count = count;
	for (size_t i = 0; i < count; i++) {
		out->problems[i] = *from[i];
		out->problems[i].column_name =
		    arena_strdup(a, from[i]->column_name);
		out->problems[i].code = arena_strdup(a, from[i]->code);
		out->problems[i].message = arena_strdup(a, from[i]->message);
	}
}

static void copy_row(
    struct arena *a, const struct walked *w, struct file_row *out)
{
	const struct changed_row *c = &w->changed;

	*out = (struct file_row){
	    .row = w->record->row,
	    .outcome = w->outcome,
	    .comment = arena_strdup(a, w->comment),
	    .contact = c->contact < NO_CONTACT ? c->contact : 0,
	    .contact_key = c->contact,
	    .field_count = c->field_count,
	};
	copy_cells(a, w, out);
	copy_problems(a, w->problems, w->problem_count, out);
	out->fields = arena_alloc(a, (c->field_count + 1) * sizeof(char *));
	for (size_t i = 0; i < c->field_count; i++)
		out->fields[i] = arena_strdup(a, c->fields[i]);
}

/* --- listing --- */

struct listing {
	struct walk walk;
	struct arena *arena;
	const struct row_filter *filter;
	struct file_row *rows;
	size_t count;
	size_t limit;
};

static bool has_code(const struct walked *w, const char *code)
{
	for (size_t i = 0; i < w->problem_count; i++)
		if (str_equal(w->problems[i]->code, code))
			return true;
	return false;
}

static bool has_field(const struct walked *w, const char *field)
{
	for (size_t i = 0; i < w->changed.field_count; i++)
		if (str_equal(w->changed.fields[i], field))
			return true;
	return false;
}

static bool is_wanted(const struct row_filter *f, const struct walked *w)
{
	uint64_t row = w->record->row;

	if (row <= f->after || (f->row && row != f->row))
		return false;
	if (f->outcome != NO_OUTCOME && w->outcome != f->outcome)
		return false;
	if (!str_empty(f->code) && !has_code(w, f->code))
		return false;
	return str_empty(f->field) || has_field(w, f->field);
}

static bool list_row(void *arg, const struct walked *w)
{
	struct listing *l = arg;

	if (w->outcome == NO_OUTCOME)
		return false;
	if (is_wanted(l->filter, w))
		copy_row(l->arena, w, &l->rows[l->count++]);
	return l->count < l->limit &&
	       (!l->filter->row || w->record->row < l->filter->row);
}

enum status rows_list(struct db *db, struct arena *a, struct import_id id,
    const struct row_filter *filter, size_t limit, struct file_row **rows,
    size_t *count, struct err *e)
{
	struct listing l = {
	    .walk = {.on_row = list_row, .with_changes = true},
	    .arena = a,
	    .filter = filter,
	    .rows = arena_alloc(a, (limit + 1) * sizeof(**rows)),
	    .limit = limit,
	};
	enum status st = walk_begin(&l.walk, db, a, id, e);

	l.walk.arg = &l;
	if (st == STATUS_OK && limit)
		st = walk_rows(&l.walk, a);
	walk_end(&l.walk);
	*rows = l.rows;
	*count = l.count;
	return st;
}

/* --- what rows change, by the revisions of an import --- */

static enum status told_by_revision(struct db *db, struct arena *a,
    struct import_id id, struct file_row *row, struct err *e)
{
	struct contact_was now = {.segments = NULL};
	struct history h;
	enum status st = contact_store_get(
	    db, a, (struct contact_id){row->contact}, false, &now.contact, e);

	if (st == STATUS_OK)
		st = contact_history_load(db, a, &now, 0, REVISIONS_MAX, &h, e);
	if (st != STATUS_OK) /* gone for good since */
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	for (size_t i = 0; i < h.count; i++) {
		const struct contact_revision *r = h.entries[i].revision;

		if (r->import.n != id.n || r->import_row != row->row)
			continue;
		row->changes = h.entries[i].lines;
		row->change_count = h.entries[i].line_count;
	}
	return STATUS_OK;
}

/* --- what rows would change, by matching them again --- */

struct trial {
	struct walk walk;
	struct arena *arena;
	struct batch *batch;
	struct file_row *rows; /* those that are asked for */
	size_t count;
	size_t at; /* of numbers: the next that is asked for */
	const uint64_t *numbers;
	size_t number_count;
	/* contacts whose earlier rows are wanted as well */
	const uint64_t *contacts;
	size_t contact_count;
	struct check_context context;
	struct book book;
	struct keys none;
};

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* A row joins those that are matched together; the oldest give way. */
static void join(struct trial *t, const struct walked *w)
{
	struct batch *b = t->batch;

	if (b->count == BATCH_ROWS) {
		memmove(
		    b->rows, b->rows + 1, (BATCH_ROWS - 1) * sizeof(*b->rows));
		b->count--;
	}
	fixes_check_row(&b->arena, t->walk.plan.fixes, &t->context, w->uploaded,
	    &b->rows[b->count++], NULL);
}

static bool try_row(void *arg, const struct walked *w)
{
	struct trial *t = arg;
	uint64_t row = w->record->row;

	while (t->at < t->number_count && t->numbers[t->at] < row)
		t->at++;
	if (t->at == t->number_count)
		return false;
	if (t->numbers[t->at] == row) {
		copy_row(t->arena, w, &t->rows[t->count++]);
		join(t, w);
	} else if (t->contact_count && w->changed.contact &&
		   bsearch(&w->changed.contact, t->contacts, t->contact_count,
		       sizeof(*t->contacts), by_number)) {
		join(t, w);
	}
	return true;
}

static void tell_outcome(
    struct trial *t, const struct matched *m, size_t i, struct file_row *out)
{
	const struct problem **mine =
	    arena_raw(t->arena, (m->problem_count + 1) * sizeof(*mine));
	size_t n = 0;
	const struct row_change *c = &m->of_update[i];

	out->outcome = m->outcomes[i];
	for (size_t k = 0; k < m->problem_count; k++)
		if (m->problems[k]->row == out->row)
			mine[n++] = m->problems[k];
	copy_problems(t->arena, mine, n, out);
	out->change_count = 0;
	if (!c->before)
		return;
	struct contact after = c->after;

	contact_history_tell(&t->batch->arena, &after, c->before, &out->changes,
	    &out->change_count);
	out->changes = arena_memdup(
	    t->arena, out->changes, out->change_count * sizeof(*out->changes));
	for (size_t k = 0; k < out->change_count; k++) {
		struct history_line *line = &out->changes[k];

		line->key = arena_strdup(t->arena, line->key);
		line->label = arena_strdup(t->arena, line->label);
		line->old = arena_strdup(t->arena, line->old);
		line->new = arena_strdup(t->arena, line->new);
	}
}

static enum status match_all(struct trial *t, struct err *e)
{
	const struct import *head = &t->walk.plan.row.head;
	struct matched *m = xmalloc(sizeof(*m));
	struct optins optins;
	struct matcher matcher = {
	    .db = t->walk.db,
	    .plan = &t->walk.plan,
	    .book = &t->book,
	    .keys = &t->none,
	    .twice = &t->none,
	    .next_id = NO_CONTACT,
	    .now = clock_now(),
	    .optins = &optins,
	    .look_only = true,
	};
	size_t next = 0;

	t->book.check_only = true;
	optins_init(&optins);
	enum status st =
	    book_load_for(&t->book, t->walk.db, t->arena, head->tags, e);

	if (st == STATUS_OK)
		st = optins_load(&optins, t->walk.db, t->arena, head->id, e);
	if (st == STATUS_OK)
		st = optins_read(&optins, t->walk.db, head->id, t->batch, e);
	if (st == STATUS_OK)
		st = match_batch(&matcher, t->batch, m, e);
	for (size_t i = 0; st == STATUS_OK && i < t->batch->count; i++) {
		uint64_t row = t->batch->rows[i].row;

		while (next < t->count && t->rows[next].row < row)
			next++;
		if (next < t->count && t->rows[next].row == row)
			tell_outcome(t, m, i, &t->rows[next++]);
	}
	optins_release(&optins);
	free(m);
	return st;
}

static enum status run_trial(
    struct trial *t, struct db *db, struct import_id id, struct err *e)
{
	t->batch = xcalloc(1, sizeof(*t->batch));
	arena_init(&t->batch->arena);
	book_init(&t->book);
	keys_init(&t->none);
	t->rows =
	    arena_alloc(t->arena, (t->number_count + 1) * sizeof(*t->rows));
	t->walk.on_row = try_row;
	t->walk.arg = t;
	t->walk.with_changes = t->contact_count > 0;
	enum status st = walk_begin(&t->walk, db, t->arena, id, e);

	plan_check_context(&t->walk.plan, &t->context);
	if (st == STATUS_OK)
		st = walk_rows(&t->walk, t->arena);
	if (st == STATUS_OK && t->count)
		st = match_all(t, e);
	walk_end(&t->walk);
	keys_release(&t->none);
	book_release(&t->book);
	arena_release(&t->batch->arena);
	free(t->batch);
	return st;
}

enum status rows_try(struct db *db, struct arena *a, struct import_id id,
    const uint64_t *numbers, size_t count, struct file_row **rows,
    size_t *found, struct err *e)
{
	struct trial t = {
	    .arena = a, .numbers = numbers, .number_count = count};
	enum status st = run_trial(&t, db, id, e);

	*rows = t.rows;
	*found = t.count;
	return st;
}

/* The updated rows among those of a page, and the contacts that they are
 * about. */
static void collect_updated(
    struct trial *t, const struct file_row *rows, size_t count)
{
	uint64_t *numbers = arena_raw(t->arena, count * sizeof(*numbers));
	uint64_t *contacts = arena_raw(t->arena, count * sizeof(*contacts));

	for (size_t i = 0; i < count; i++) {
		if (rows[i].outcome != OUTCOME_UPDATED)
			continue;
		numbers[t->number_count] = rows[i].row;
		contacts[t->number_count++] = rows[i].contact_key;
	}
	qsort(contacts, t->number_count, sizeof(*contacts), by_number);
	t->numbers = numbers;
	t->contacts = contacts;
	t->contact_count = t->number_count;
}

static enum status told_by_trial(struct db *db, struct arena *a,
    struct import_id id, struct file_row *rows, size_t count, struct err *e)
{
	struct trial t = {.arena = a};
	enum status st = STATUS_OK;

	collect_updated(&t, rows, count);
	if (t.number_count)
		st = run_trial(&t, db, id, e);
	for (size_t i = 0, k = 0; st == STATUS_OK && i < count; i++) {
		if (k == t.count || rows[i].row != t.rows[k].row)
			continue;
		rows[i].changes = t.rows[k].changes;
		rows[i].change_count = t.rows[k++].change_count;
	}
	return st;
}

static bool is_checked(enum import_state s)
{
	return s == IMPORT_CHECKING || s == IMPORT_READY || s == IMPORT_QUEUED;
}

enum status rows_changes(struct db *db, struct arena *a,
    const struct import_plan *p, struct file_row *rows, size_t count,
    struct err *e)
{
	const struct import *head = &p->row.head;
	enum status st = STATUS_OK;

	if (is_checked(head->state))
		return told_by_trial(db, a, head->id, rows, count, e);
	for (size_t i = 0; st == STATUS_OK && i < count; i++)
		if (rows[i].outcome == OUTCOME_UPDATED && rows[i].contact)
			st = told_by_revision(db, a, head->id, &rows[i], e);
	return st;
}
