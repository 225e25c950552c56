/* import_correct.c: corrections of a file, on the review page and elsewhere */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_correct.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/import/problem.h"
#include "storage/import_fix_store.h"
#include "web/parts/import_check.h"

/* Rows whose new verdict is shown at once. */
#define TRIED_MAX 50u
/* Values of a group that have a field each. */
#define VALUES_SHOWN 12u
#define FIXES_SHOWN 200u

/* A form that is being read. */
struct reading {
	struct request *rq;
	const struct import_plan *plan;
	struct import_fix fixes[CORRECTIONS_MAX];
	size_t count;
	uint64_t tried[TRIED_MAX]; /* rows to show afterwards */
	size_t tried_count;
	bool too_many;
};

bool import_is_correction(const struct request *rq)
{
	const char *act = form_text(&rq->form, "act");

	return str_equal(act, "fix") || str_equal(act, "value") ||
	       str_equal(act, "back") || str_equal(act, "forget");
}

static void add_fix(struct reading *r, const struct import_fix *x)
{
	if (r->count == CORRECTIONS_MAX)
		r->too_many = true;
	else
		r->fixes[r->count++] = *x;
}

static void add_tried(struct reading *r, uint64_t row)
{
	for (size_t i = 0; i < r->tried_count; i++)
		if (r->tried[i] == row)
			return;
	if (r->tried_count < TRIED_MAX)
		r->tried[r->tried_count++] = row;
}

/* --- cells and rows --- */

/* The numbers of "cell-17-3" and "out-17". */
static bool numbers_of(struct arena *a, const char *name, const char *prefix,
    unsigned long long *row, unsigned long long *column)
{
	if (!str_starts(name, prefix))
		return false;
	const char *text = name + strlen(prefix);
	const char *dash = strchr(text, '-');

	if (!column)
		return str_to_u64(text, row);
	return dash &&
	       str_to_u64(arena_strndup(a, text, (size_t)(dash - text)), row) &&
	       str_to_u64(dash + 1, column) && *column && *column < UINT32_MAX;
}

static void read_field(struct reading *r, const struct form_field *f)
{
	struct arena *a = r->rq->arena;
	unsigned long long row, column;
	struct import_fix x = {.old_value = "", .new_value = ""};

	if (numbers_of(a, f->name, "cell-", &row, &column)) {
		x.kind = FIX_CELL;
		x.row = row;
		x.column = (unsigned)column;
		x.new_value = f->value;
		add_fix(r, &x);
	} else if (numbers_of(a, f->name, "out-", &row, NULL)) {
		x.kind = FIX_OUT;
		x.row = row;
		add_fix(r, &x);
	}
}

static int by_row(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static const struct file_row *row_of(
    const struct file_row *rows, size_t count, uint64_t number)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].row == number)
			return &rows[i];
	return NULL;
}

/* A cell that has its text already is not corrected, nor is one of a row that
 * is left out. Rows that the file does not have are found later. */
static bool is_needed(const struct reading *r, const struct import_fix *x,
    const struct file_row *row)
{
	if (x->kind == FIX_OUT || !row)
		return true;
	for (size_t i = 0; i < r->count; i++)
		if (r->fixes[i].kind == FIX_OUT && r->fixes[i].row == x->row)
			return false;
	return !str_equal(x->new_value,
	    x->column <= row->count ? row->cells[x->column - 1] : "");
}

static enum status keep_needed(struct reading *r, struct err *e)
{
	struct request *rq = r->rq;
	uint64_t *numbers =
	    arena_raw(rq->arena, (r->count + 1) * sizeof(*numbers));
	struct file_row *rows;
	size_t found, kept = 0, different = 0;

	for (size_t i = 0; i < r->count; i++)
		numbers[i] = r->fixes[i].row;
	qsort(numbers, r->count, sizeof(*numbers), by_row);
	for (size_t i = 0; i < r->count; i++)
		if (!different || numbers[different - 1] != numbers[i])
			numbers[different++] = numbers[i];
	enum status st = rows_try(rq->db, rq->arena, r->plan->row.head.id,
	    numbers, different, &rows, &found, e);

	for (size_t i = 0; st == STATUS_OK && i < r->count; i++) {
		const struct file_row *row =
		    row_of(rows, found, r->fixes[i].row);
		struct import_fix *x = &r->fixes[i];

		if (!is_needed(r, x, row))
			continue;
		if (row && x->kind == FIX_CELL && x->column <= row->count)
			x->old_value = row->uploaded[x->column - 1];
		add_tried(r, x->row);
		r->fixes[kept++] = *x;
	}
	r->count = kept;
	return st;
}

static enum status read_cells(struct reading *r, struct err *e)
{
	const struct form *f = &r->rq->form;

	for (size_t i = 0; i < f->count; i++)
		read_field(r, &f->fields[i]);
	return keep_needed(r, e);
}

/* --- values --- */

static enum status read_values(struct reading *r, struct err *e)
{
	struct request *rq = r->rq;
	const struct form *f = &rq->form;
	unsigned long long column = 0;
	enum status st = STATUS_OK;

	str_to_u64(form_text(f, "column"), &column);
	for (size_t i = 0; st == STATUS_OK && i < CORRECTIONS_MAX; i++) {
		const char *old =
		    form_find(f, arena_printf(rq->arena, "old-%zu", i));
		const char *new =
		    form_find(f, arena_printf(rq->arena, "new-%zu", i));
		uint64_t rows[TRIED_MAX];
		size_t count = 0;

		if (!old || !new)
			break;
		if (str_equal(old, new))
			continue;
		const struct import_fix x = {
		    .kind = FIX_VALUE,
		    .column = column < UINT32_MAX ? (unsigned)column : 0,
		    .old_value = old,
		    .new_value = new,
		};

		add_fix(r, &x);
		st = import_problem_rows(rq->db, r->plan->row.head.id, x.column,
		    old, TRIED_MAX, rows, &count, e);
		for (size_t k = 0; k < count; k++)
			add_tried(r, rows[k]);
	}
	return st;
}

/* --- what a form does --- */

static enum status to_review(struct request *rq, struct response *rs,
    const uint64_t *tried, size_t count)
{
	const char *list = "";

	for (size_t i = 0; i < count; i++)
		list = arena_printf(rq->arena, "%s%s%" PRIu64, list,
		    i ? "." : "?tried=", tried[i]);
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "/imports/%" PRIu64 "/review%s%s",
		rq->path_id, list, count ? "#tried" : ""));
}

/* At the field where it is, or for the form as a whole. */
static void show_message(struct response *rs, struct arena *a,
    const struct correcting *c, const struct reading *r)
{
	const struct import_fix *x = &r->fixes[c->wrong];
	const char *field = "";

	if (c->wrong < r->count && x->kind == FIX_CELL)
		field =
		    arena_printf(a, "cell-%" PRIu64 "-%u", x->row, x->column);
	view_error(rs->view, field, c->message);
}

static enum status keep_fixes(
    struct request *rq, struct response *rs, struct reading *r, struct err *e)
{
	struct correcting c = {.db = rq->db,
	    .arena = rq->arena,
	    .plan = r->plan,
	    .actor = &rq->actor};

	if (r->too_many) {
		view_error(rs->view, "",
		    "These are too many corrections at once: send fewer.");
		return STATUS_INVALID;
	}
	if (!r->count) {
		response_flash(rq, "Nothing was changed.");
		return to_review(rq, rs, NULL, 0);
	}
	enum status st = corrections_add(
	    &c, r->fixes, r->count, form_checked(&rq->form, "remember"), e);

	if (st == STATUS_INVALID)
		show_message(rs, rq->arena, &c, r);
	if (st != STATUS_OK)
		return st;
	qsort(r->tried, r->tried_count, sizeof(*r->tried), by_row);
	return to_review(rq, rs, r->tried, r->tried_count);
}

static enum status take_back(struct request *rq, struct response *rs,
    const struct import_plan *p, bool forget, struct err *e)
{
	unsigned long long number = 0;
	struct correcting c = {
	    .db = rq->db, .arena = rq->arena, .plan = p, .actor = &rq->actor};

	str_to_u64(form_text(&rq->form, "number"), &number);
	enum status st =
	    number > FIXES_MAX * 1000u
		? STATUS_NOT_FOUND
		: corrections_take_back(&c, (unsigned)number, forget, e);

	if (st == STATUS_OK)
		response_flash(rq, "The correction was taken back.");
	return st == STATUS_OK ? to_review(rq, rs, NULL, 0) : st;
}

enum status import_correct(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	const char *act = form_text(&rq->form, "act");
	struct reading *r;
	enum status st;

	if (str_equal(act, "back") || str_equal(act, "forget"))
		return take_back(rq, rs, p, str_equal(act, "forget"), e);
	r = arena_alloc(rq->arena, sizeof(*r));
	r->rq = rq;
	r->plan = p;
	st = str_equal(act, "value") ? read_values(r, e) : read_cells(r, e);
	return st == STATUS_OK ? keep_fixes(rq, rs, r, e) : st;
}

/* --- what pages show --- */

/* For people, and for comparing. */
static void set_number(struct node *root, const char *name, uint64_t n)
{
	node_set_count(root, name, n);
	node_set_int(node_child(root, name), "Number", (int64_t)n);
}

static struct node *column_node(struct arena *a, size_t number,
    struct node *group, unsigned *last, struct node *column,
    const struct problem_value *v)
{
	if (*last == v->column)
		return column;
	*last = v->column;
	column = node_add(group, "Columns");
	node_set_int(column, "Column", (int64_t)v->column);
	node_set(column, "Id", arena_printf(a, "%zu-%u", number, v->column));
	node_set(column, "Name", v->column_name);
	return column;
}

static int by_column(const void *a, const void *b)
{
	const struct problem_value *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->rows < y->rows) - (x->rows > y->rows);
}

/* Two rows with the same wrong number are hardly two with the same right one:
 * possible, but not what is offered first. */
static bool is_of_one_person(const char *code)
{
	return str_starts(code, "phone-") || str_starts(code, "email-") ||
	       str_equal(code, problem_infos[SPREADSHEET_DAMAGE].code);
}

static enum status fill_group(struct request *rq, size_t number,
    struct node *group, struct import_id id, const char *code, struct err *e)
{
	struct problem_value *rows;
	size_t count, in_column = 0;
	unsigned last = 0;
	struct node *column = NULL;
	enum status st = import_problem_values(
	    rq->db, rq->arena, id, code, VALUES_SHOWN + 1, &rows, &count, e);

	if (st != STATUS_OK)
		return st;
	node_set_flag(group, "More", count > VALUES_SHOWN);
	if (count > VALUES_SHOWN)
		count = VALUES_SHOWN;
	qsort(rows, count, sizeof(*rows), by_column);
	for (size_t i = 0; i < count; i++) {
		if (last != rows[i].column)
			in_column = 0;
		column = column_node(
		    rq->arena, number, group, &last, column, &rows[i]);
		struct node *n = node_add(column, "Values");

		node_set_int(n, "Number", (int64_t)in_column++);
		node_set(n, "Id",
		    arena_printf(rq->arena, "%zu-%u-%zu", number,
			rows[i].column, in_column));
		node_set(n, "Value", rows[i].value);
		if (rows[i].rows > 1 && !is_of_one_person(code))
			node_set_flag(column, "Open", true);
		node_set_count(n, "Rows", rows[i].rows);
	}
	return STATUS_OK;
}

enum status import_fill_values(
    struct request *rq, struct node *root, struct import_id id, struct err *e)
{
	struct problem_count *codes;
	size_t count;
	enum status st =
	    import_problem_counts(rq->db, rq->arena, id, &codes, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		if (codes[i].level == PROBLEM_WARNING)
			continue;
		struct node *group = node_add(root, "Groups");

		node_set_int(group, "Number", (int64_t)i);
		node_set(group, "Code", codes[i].code);
		node_set(group, "Title",
		    import_problem_title(codes[i].code, codes[i].level));
		node_set_count(group, "Count", codes[i].problems);
		node_set_flag(group, "Skip", codes[i].level == PROBLEM_SKIP);
		if (codes[i].level == PROBLEM_REJECT)
			st = fill_group(rq, i, group, id, codes[i].code, e);
	}
	return st;
}

static void fill_fix(
    struct node *n, const struct import_plan *p, const struct import_fix *x)
{
	node_set_int(n, "Number", (int64_t)x->number);
	if (x->row)
		node_set_int(n, "Row", (int64_t)x->row);
	if (x->column && x->column <= p->column_count)
		node_set(n, "Column", p->columns[x->column - 1].name);
	node_set(n, "Old", x->old_value);
	node_set(n, "New", x->new_value);
	node_set_flag(n, "Out", x->kind == FIX_OUT);
	node_set_flag(n, "Value", x->kind == FIX_VALUE);
	node_set_flag(n, "Remembered", x->remembered);
	node_set_flag(n, "Recalled", x->remembered && !x->member.n);
	node_set_flag(n, "Counted", x->counted);
	node_set_count(n, "Cells", x->cells);
	node_set(n, "Member", x->member_name);
	node_set_time(n, "At", x->at, clock_now());
}

enum status import_fill_fixes(struct request *rq, struct node *root,
    const struct import_plan *p, struct err *e)
{
	struct import_fix *rows;
	size_t count;
	uint64_t total = 0, bytes;
	struct import_id id = p->row.head.id;
	enum status st = import_fix_list(
	    rq->db, rq->arena, id, 0, FIXES_SHOWN, &rows, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++)
		fill_fix(node_add(root, "Fixes"), p, &rows[i]);
	if (st == STATUS_OK && count)
		st = import_fix_total(rq->db, id, &total, &bytes, e);
	set_number(root, "FixCount", total);
	if (total > count)
		node_set_count(root, "FixesMore", total - count);
	return st;
}

/* "17.18.19", ascending; what is none is left out. */
static size_t read_tried(struct request *rq, uint64_t *rows)
{
	const char *text = form_text(&rq->params, "tried");
	size_t count = 0;

	while (*text && count < TRIED_MAX) {
		size_t n = strcspn(text, ".");
		unsigned long long row;

		if (str_to_u64(arena_strndup(rq->arena, text, n), &row) &&
		    (!count || rows[count - 1] < row))
			rows[count++] = row;
		text += n + (text[n] == '.');
	}
	return count;
}

enum status import_fill_tried(struct request *rq, struct node *root,
    const struct import_plan *p, struct err *e)
{
	uint64_t numbers[TRIED_MAX];
	size_t count = read_tried(rq, numbers);
	struct file_row *rows;
	size_t found = 0, in = 0;

	if (!count)
		return STATUS_OK;
	enum status st = rows_try(rq->db, rq->arena, p->row.head.id, numbers,
	    count, &rows, &found, e);

	for (size_t i = 0; st == STATUS_OK && i < found; i++) {
		in += rows[i].outcome != OUTCOME_REJECTED &&
		      rows[i].outcome != OUTCOME_SKIPPED;
		struct node *n = node_add(root, "Tried");

		node_set(n, "Prefix", "tried-");
		import_row_fill(rq, n, p, &rows[i], true, false);
	}
	set_number(root, "TriedIn", in);
	set_number(root, "TriedCount", found);
	return st;
}
