/* import_rows.c: rows of an import with what became of them */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/import/problem.h"
#include "web/import_view.h"
#include "web/routes.h"

#define ROWS_PAGE 50u
/* Columns that are shown; a wider file has the rest counted. */
#define ROWS_COLUMNS 40u

static const struct {
	enum outcome outcome;
	const char *word; /* in the address */
	const char *label;
} outcomes[] = {
    {OUTCOME_CREATED, "created", "created"},
    {OUTCOME_UPDATED, "updated", "updated"},
    {OUTCOME_UNCHANGED, "unchanged", "unchanged"},
    {OUTCOME_SKIPPED, "skipped", "skipped"},
    {OUTCOME_REJECTED, "rejected", "in error"},
};
#define OUTCOMES (sizeof(outcomes) / sizeof(*outcomes))

static enum outcome outcome_of(const char *word)
{
	for (size_t i = 0; i < OUTCOMES; i++) {
		if (str_equal(outcomes[i].word, word))
			return outcomes[i].outcome;
	}
	return (enum outcome)0;
}

static const char *outcome_label(enum outcome o)
{
	for (size_t i = 0; i < OUTCOMES; i++) {
		if (outcomes[i].outcome == o)
			return outcomes[i].label;
	}
	return "";
}

static const char *outcome_key(enum outcome o)
{
	for (size_t i = 0; i < OUTCOMES; i++) {
		if (outcomes[i].outcome == o)
			return outcomes[i].word;
	}
	return "";
}

/* The codes that a filter can name; others show nothing, which is right. */
static const char *code_title(const char *code)
{
	for (int i = 0; i < PROBLEM_CODES; i++) {
		if (str_equal(problem_infos[i].code, code))
			return problem_infos[i].title;
	}
	return code;
}

static void fill_filter(
    struct node *root, enum outcome outcome, const char *code)
{
	for (size_t i = 0; i < OUTCOMES; i++) {
		struct node *n = node_add(root, "Outcomes");

		node_set(n, "Value", outcomes[i].word);
		node_set(n, "Label", outcomes[i].label);
		node_set_flag(n, "Chosen", outcomes[i].outcome == outcome);
	}
	node_set(root, "Outcome", outcome_key(outcome));
	node_set(root, "OutcomeLabel", outcome_label(outcome));
	node_set(root, "Code", code);
	if (!str_empty(code))
		node_set(root, "CodeTitle", code_title(code));
}

static void fill_heads(struct node *root, const struct import_plan *p)
{
	for (size_t i = 0; i < p->column_count && i < ROWS_COLUMNS; i++)
		node_set(node_add(root, "Heads"), "Text", p->columns[i].name);
	if (p->column_count > ROWS_COLUMNS)
		node_set_count(
		    root, "HeadsLeft", p->column_count - ROWS_COLUMNS);
}

static void fill_row(
    struct node *root, const struct result_row *r, size_t columns)
{
	struct node *n = node_add(root, "Rows");

	if (columns > ROWS_COLUMNS)
		columns = ROWS_COLUMNS;
	node_set_int(n, "Row", (int64_t)r->row);
	node_set(n, "Outcome", outcome_key(r->outcome));
	node_set(n, "Label", outcome_label(r->outcome));
	node_set(n, "Comment", r->comment);
	for (size_t i = 0; i < columns; i++)
		node_set(node_add(n, "Cells"), "Text",
		    i < r->count ? r->cells[i] : "");
}

enum status page_import_rows(
    struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	const char *code = form_text(&rq->params, "code");
	enum outcome outcome = outcome_of(form_text(&rq->params, "outcome"));
	unsigned long long after = 0;
	struct import_id id = {rq->path_id};
	struct import_plan plan;
	struct result_row *rows;
	size_t count;
	enum status st = intake_load(rq->db, rq->arena, id, &plan, e);

	if (st != STATUS_OK)
		return st;
	str_to_u64(form_text(&rq->params, "after"), &after);
	st = result_rows(rq->db, rq->arena, id, outcome, code, after,
	    ROWS_PAGE + 1, &rows, &count, e);
	if (st != STATUS_OK)
		return st;
	import_fill(
	    rq->arena, node_child(root, "Import"), &plan.row.head, clock_now());
	node_set(root, "Title",
	    arena_printf(rq->arena, "Rows of %s", plan.row.head.file_name));
	fill_filter(root, outcome, code);
	fill_heads(root, &plan);
	for (size_t i = 0; i < count && i < ROWS_PAGE; i++)
		fill_row(root, &rows[i], plan.column_count);
	node_set_flag(root, "Later", after > 0);
	if (count > ROWS_PAGE)
		node_set_int(root, "After", (int64_t)rows[ROWS_PAGE - 1].row);
	return STATUS_OK;
}
