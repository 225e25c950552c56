/* import_rows_view.c: rows of an import's file, as pages show and filter them
 */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_rows_view.h"

#include <inttypes.h>

#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "domain/import/problem.h"

#define ROWS_PAGE 50u
/* Of the page that has fields in them. */
#define ROWS_EDIT 25u
/* Columns that are shown; a wider file has the rest counted. */
#define ROWS_COLUMNS 40u
/* Changed fields that are offered as filters. */
#define FIELDS_SHOWN 40u

static const struct {
	enum outcome outcome;
	const char *label;
} outcomes[] = {
    {OUTCOME_CREATED, "new"},
    {OUTCOME_UPDATED, "updated"},
    {OUTCOME_UNCHANGED, "unchanged"},
    {OUTCOME_SKIPPED, "skipped"},
    {OUTCOME_REJECTED, "in error"},
};
#define OUTCOMES (sizeof(outcomes) / sizeof(*outcomes))

const char *import_outcome_label(enum outcome o)
{
	for (size_t i = 0; i < OUTCOMES; i++)
		if (outcomes[i].outcome == o)
			return outcomes[i].label;
	return "";
}

void import_rows_filter(const struct request *rq, struct row_filter *out)
{
	unsigned long long row = 0, after = 0;
	const char *field = form_text(&rq->params, "field");

	str_to_u64(form_text(&rq->params, "row"), &row);
	str_to_u64(form_text(&rq->params, "after"), &after);
	*out = (struct row_filter){
	    .outcome = outcome_of_word(form_text(&rq->params, "outcome")),
	    .code = form_text(&rq->params, "code"),
	    .field = str_equal(field, "tags") ? "_tags" : field,
	    .row = row,
	    .after = after,
	};
}

/* --- the filter --- */

/* The page with a filter. */
static const char *path_of(
    struct arena *a, const char *path, const struct row_filter *f)
{
	const char *query = "";

	/* Said, because a page may begin with another outcome. */
	if (!f->outcome && str_empty(f->code) && str_empty(f->field) && !f->row)
		query = "&outcome=all";
	if (f->outcome)
		query =
		    arena_printf(a, "&outcome=%s", outcome_word(f->outcome));
	if (!str_empty(f->code))
		query = arena_printf(
		    a, "%s&code=%s", query, url_escape(a, f->code));
	if (!str_empty(f->field))
		query = arena_printf(
		    a, "%s&field=%s", query, url_escape(a, f->field));
	if (f->row)
		query = arena_printf(a, "%s&row=%" PRIu64, query, f->row);
	if (f->after)
		query = arena_printf(a, "%s&after=%" PRIu64, query, f->after);
	return arena_printf(
	    a, "%s%s%s#rows", path, *query ? "?" : "", *query ? query + 1 : "");
}

static uint64_t count_of(const struct import_counts *c, enum outcome o)
{
	switch (o) {
	case OUTCOME_CREATED:
		return c->created;
	case OUTCOME_UPDATED:
		return c->updated;
	case OUTCOME_UNCHANGED:
		return c->unchanged;
	case OUTCOME_SKIPPED:
		return c->skipped;
	case OUTCOME_REJECTED:
		return c->rejected;
	}
	return c->read;
}

static void fill_outcomes(struct arena *a, struct node *root,
    const struct import *im, const struct import_rows_page *page)
{
	for (size_t i = 0; i < OUTCOMES; i++) {
		enum outcome o = outcomes[i].outcome;
		const struct row_filter f = {
		    .outcome = o, .code = "", .field = ""};
		struct node *n = node_add(root, "Outcomes");

		node_set(n, "Value", outcome_word(o));
		node_set(n, "Label", outcomes[i].label);
		node_set(n, "Path", path_of(a, page->path, &f));
		node_set_count(n, "Count", count_of(&im->counts, o));
		node_set_flag(n, "Chosen", o == page->filter.outcome);
	}
}

static const char *code_title(const char *code)
{
	for (int i = 0; i < PROBLEM_CODES; i++)
		if (str_equal(problem_infos[i].code, code))
			return problem_infos[i].title;
	return code;
}

static void fill_filter(struct arena *a, struct node *root,
    const struct import *im, const struct import_rows_page *page)
{
	const struct row_filter *f = &page->filter;
	const struct row_filter all = {.code = "", .field = ""};

	fill_outcomes(a, root, im, page);
	node_set(root, "RowsPath", page->path);
	node_set(root, "AllPath", path_of(a, page->path, &all));
	node_set_count(root, "AllCount", im->counts.read);
	node_set(root, "Outcome", outcome_word(f->outcome));
	node_set(root, "OutcomeLabel", import_outcome_label(f->outcome));
	node_set(root, "Code", f->code);
	if (!str_empty(f->code))
		node_set(root, "CodeTitle", code_title(f->code));
	if (!str_empty(f->field))
		node_set(root, "FieldLabel", contact_key_label(f->field));
	if (f->row)
		node_set_int(root, "Row", (int64_t)f->row);
}

static enum status fill_fields(struct request *rq, struct node *root,
    struct import_id id, const struct import_rows_page *page, struct err *e)
{
	struct change_count *rows;
	size_t count;
	enum status st =
	    import_change_counts(rq->db, rq->arena, id, &rows, &count, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < count && i < FIELDS_SHOWN; i++) {
		const struct row_filter f = {.outcome = OUTCOME_UPDATED,
		    .code = "",
		    .field = rows[i].field};
		struct node *n = node_add(root, "Fields");

		node_set(n, "Label", contact_key_label(rows[i].field));
		node_set(n, "Path", path_of(rq->arena, page->path, &f));
		node_set_count(n, "Count", rows[i].rows);
		node_set_flag(
		    n, "Chosen", str_equal(rows[i].field, page->filter.field));
	}
	if (count > FIELDS_SHOWN)
		node_set_count(root, "FieldsLeft", count - FIELDS_SHOWN);
	return STATUS_OK;
}

/* --- rows --- */

void import_rows_heads(struct node *root, const struct import_plan *p)
{
	for (size_t i = 0; i < p->column_count && i < ROWS_COLUMNS; i++)
		node_set(
		    node_add(root, "RowHeads"), "Text", p->columns[i].name);
	if (p->column_count > ROWS_COLUMNS)
		node_set_count(
		    root, "RowHeadsLeft", p->column_count - ROWS_COLUMNS);
}

static bool is_left_out(const struct file_row *row)
{
	for (size_t i = 0; i < row->problem_count; i++)
		if (str_equal(
			row->problems[i].code, problem_infos[LEFT_OUT].code))
			return true;
	return false;
}

/* A finding that stands at its cell's field is not told twice. */
static void fill_problems(
    struct node *n, const struct file_row *row, size_t columns, bool edit)
{
	for (size_t i = 0; i < row->problem_count; i++) {
		const struct problem *p = &row->problems[i];
		if (edit && p->level == PROBLEM_REJECT && p->column &&
		    p->column <= columns)
			continue;
		struct node *m = node_add(n, "Problems");

		node_set(m, "Column", p->column_name);
		node_set(m, "Text", p->message);
		node_set(m, "Code", p->code);
		node_set_flag(m, "Warning", p->level == PROBLEM_WARNING);
	}
}

/* The findings about a cell, one after the other; "" for none. */
static const char *cell_problems(
    struct arena *a, const struct file_row *row, size_t column)
{
	const char *text = "";

	for (size_t i = 0; i < row->problem_count; i++) {
		const struct problem *p = &row->problems[i];

		if (p->column == column + 1 && p->level == PROBLEM_REJECT)
			text = arena_printf(
			    a, "%s%s%s", text, *text ? " " : "", p->message);
	}
	return text;
}

/* What the visitor sent for a cell, when the page is shown again. */
static const char *sent(
    const struct request *rq, const struct file_row *row, size_t column)
{
	if (rq->method != METHOD_POST)
		return NULL;
	return form_find(
	    &rq->form, arena_printf(rq->arena, "cell-%" PRIu64 "-%zu", row->row,
			   column + 1));
}

static void fill_cell(struct request *rq, struct node *n,
    const struct import_plan *p, const struct file_row *row, size_t column,
    bool edit, bool all)
{
	struct arena *a = rq->arena;
	const char *again = edit ? sent(rq, row, column) : NULL;
	bool there = column < row->count;
	const char *text = there ? row->cells[column] : "";
	const char *wrong = edit ? cell_problems(a, row, column) : "";

	node_set(n, "Text", again ? again : text);
	node_set(n, "Head", p->columns[column].name);
	node_set_int(n, "Column", (int64_t)column + 1);
	if (there && !str_equal(text, row->uploaded[column])) {
		node_set_flag(n, "Corrected", true);
		node_set(n, "Was", row->uploaded[column]);
	}
	node_set(n, "Wrong", wrong);
	node_set_flag(n, "Edit", edit && (all || *wrong));
}

void import_row_fill(struct request *rq, struct node *n,
    const struct import_plan *p, const struct file_row *row, bool edit,
    bool all_cells)
{
	size_t columns =
	    p->column_count < ROWS_COLUMNS ? p->column_count : ROWS_COLUMNS;
	bool out = is_left_out(row);

	edit = edit && !out && (all_cells || row->outcome == OUTCOME_REJECTED);
	node_set_int(n, "Row", (int64_t)row->row);
	node_set(n, "Outcome", outcome_word(row->outcome));
	node_set(n, "Label", import_outcome_label(row->outcome));
	node_set(n, "Comment", row->comment);
	node_set_flag(n, "LeftOut", out);
	node_set_flag(n, "Edit", edit);
	if (row->contact)
		node_set_int(n, "Contact", (int64_t)row->contact);
	fill_problems(n, row, columns, edit);
	for (size_t i = 0; i < row->change_count; i++) {
		struct node *c = node_add(n, "Changes");

		node_set(c, "Label", row->changes[i].label);
		node_set_value(c, "Old", row->changes[i].old);
		node_set_value(c, "New", row->changes[i].new);
	}
	for (size_t i = 0; i < columns; i++)
		fill_cell(rq, node_add(n, "Cells"), p, row, i, edit, all_cells);
}

enum status import_rows_fill(struct request *rq, struct node *root,
    const struct import_plan *p, const struct import_rows_page *page,
    struct err *e)
{
	struct arena *a = rq->arena;
	const struct import *im = &p->row.head;
	struct row_filter next = page->filter;
	struct row_filter first = page->filter;
	struct file_row *rows;
	size_t count, limit = page->edit ? ROWS_EDIT : ROWS_PAGE;
	enum status st = rows_list(
	    rq->db, a, im->id, &page->filter, limit + 1, &rows, &count, e);
	bool more = count > limit;

	count = more ? limit : count;
	if (st == STATUS_OK)
		st = rows_changes(rq->db, a, p, rows, count, e);
	if (st == STATUS_OK)
		st = fill_fields(rq, root, im->id, page, e);
	if (st != STATUS_OK)
		return st;
	fill_filter(a, root, im, page);
	if (!page->edit)
		import_rows_heads(root, p);
	for (size_t i = 0; i < count; i++) {
		import_row_fill(rq, node_add(root, "Rows"), p, &rows[i],
		    page->edit, page->filter.row != 0);
		if (page->filter.row || rows[i].outcome == OUTCOME_REJECTED)
			node_set_flag(root, "Editable", page->edit);
	}
	node_set(root, "ThisPath", path_of(a, page->path, &page->filter));
	first.after = 0;
	if (page->filter.after)
		node_set(root, "FirstPath", path_of(a, page->path, &first));
	if (more) {
		next.after = rows[count - 1].row;
		node_set(root, "NextPath", path_of(a, page->path, &next));
	}
	return STATUS_OK;
}
