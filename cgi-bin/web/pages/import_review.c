/* import_review.c: the wizard's third step: what was understood of the file */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/country.h"
#include "base/json.h"
#include "base/phone.h"
#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/import/check.h"
#include "web/parts/import_check.h"
#include "web/parts/import_columns.h"
#include "web/parts/import_correct.h"
#include "web/parts/import_optouts.h"
#include "web/parts/import_rows_view.h"
#include "web/parts/import_view.h"
#include "web/parts/message_preview.h"
#include "web/routes.h"

/* Rows that are shown as they will be stored. */
#define PREVIEW_ROWS 20u
/* Columns of that table; a wider file has the rest counted. */
#define PREVIEW_COLUMNS 40u

/* What the table has a column for: each field that some column of the file, or
 * some row, has a value of; then tags; then attributes. */
struct preview {
	bool field[FIELD_COUNT];
	bool tags;
	unsigned attributes[PREVIEW_COLUMNS]; /* columns of the file, from 0 */
	size_t attribute_count;
	size_t left_out;
};

static void preview_columns(struct preview *v, const struct import_plan *p,
    const struct checked_row *rows, size_t count)
{
	for (size_t i = 0; i < p->mapping.count; i++) {
		const struct column_target *t = &p->mapping.columns[i];

		if (t->kind == TARGET_FIELD)
			v->field[t->field] = true;
		if (t->kind == TARGET_TAGS)
			v->tags = true;
		if (t->kind != TARGET_ATTRIBUTE)
			continue;
		if (v->attribute_count < PREVIEW_COLUMNS)
			v->attributes[v->attribute_count++] = (unsigned)i;
		else
			v->left_out++;
	}
	for (size_t r = 0; r < count; r++) {
		for (int f = 0; f < FIELD_COUNT; f++) {
			if (!str_empty(rows[r].value[f]))
				v->field[f] = true;
		}
	}
}

static void fill_heads(
    struct node *root, const struct import_plan *p, const struct preview *v)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (v->field[f])
			node_set(node_add(root, "Heads"), "Text",
			    contact_fields[f].label);
	}
	if (v->tags)
		node_set(node_add(root, "Heads"), "Text", "Tags");
	for (size_t i = 0; i < v->attribute_count; i++)
		node_set(node_add(root, "Heads"), "Text",
		    p->mapping.columns[v->attributes[i]].attribute);
}

static const char *field_text(
    struct arena *a, const struct checked_row *r, int f)
{
	const char *value = r->value[f];

	if (f == FIELD_PHONE && !str_empty(value)) {
		char pretty[40];

		phone_pretty(value, pretty);
		return arena_strdup(a, pretty);
	}
	return str_or_empty(value);
}

static const char *tags_text(struct arena *a, const struct checked_row *r)
{
	const char *text = "";

	for (size_t i = 0; i < r->tag_count; i++)
		text = arena_printf(
		    a, "%s%s%s", text, i == 0 ? "" : ", ", r->tags[i]);
	return text;
}

/* The value of a column's attribute as it stands: a text without quotes. */
static const char *attribute_text(
    struct arena *a, const struct checked_row *r, unsigned column)
{
	for (size_t i = 0; i < r->attribute_count; i++) {
		const struct row_attribute *at = &r->attributes[i];
		struct json_t *v;

		if (at->column != column || at->json == NULL)
			continue;
		if (json_parse(a, at->json, strlen(at->json), &v, NULL) ==
		    STATUS_OK)
			return attribute_kept_from_json(a, v);
	}
	return "";
}

static void fill_row(struct arena *a, struct node *root,
    const struct preview *v, const struct checked_row *r)
{
	struct node *n = node_add(root, "Preview");

	node_set_int(n, "Row", (int64_t)r->row);
	node_set_flag(n, "Rejected", r->rejected);
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (v->field[f])
			node_set(
			    node_add(n, "Cells"), "Text", field_text(a, r, f));
	}
	if (v->tags)
		node_set(node_add(n, "Cells"), "Text", tags_text(a, r));
	for (size_t i = 0; i < v->attribute_count; i++)
		node_set(node_add(n, "Cells"), "Text",
		    attribute_text(a, r, v->attributes[i]));
	for (size_t i = 0; i < r->problem_count; i++) {
		struct node *m = node_add(n, "Problems");

		node_set(m, "Text", r->problems[i].message);
		node_set_flag(
		    m, "Warning", r->problems[i].level == PROBLEM_WARNING);
	}
}

static void fill_targets(
    struct arena *a, struct node *root, const struct import_plan *p)
{
	uint64_t in = 0, out = 0;

	for (size_t i = 0; i < p->mapping.count; i++) {
		enum target_kind kind = p->mapping.columns[i].kind;

		if (kind == TARGET_NONE || kind == TARGET_UNDECIDED)
			out++;
		else
			in++;
	}
	node_set_count(root, "ColumnsIn", in);
	node_set_count(root, "ColumnsOut", out);
	columns_fill_targets(a, root, p);
}

static enum status fill(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct preview v = {.tags = false};
	struct checked_row *rows = NULL;
	size_t count = 0;
	enum status st =
	    plan_preview(rq->db, rq->arena, p, PREVIEW_ROWS, &rows, &count, e);

	if (st != STATUS_OK)
		return st;
	import_fill(
	    rq->arena, node_child(root, "Import"), &p->row.head, clock_now());
	import_fill_rules(rq->arena, root, p->format, &p->rules);
	node_set(root, "GuessReason", p->guess_reason);
	node_set_flag(
	    root, "GuessSame", str_equal(p->guess_format, p->format->key));
	node_set(root, "Country", country_name(p->rules.country));
	preview_columns(&v, p, rows, count);
	fill_targets(rq->arena, root, p);
	fill_heads(root, p, &v);
	if (v.left_out > 0)
		node_set_count(root, "HeadsLeft", v.left_out);
	for (size_t i = 0; i < count; i++)
		fill_row(rq->arena, root, &v, &rows[i]);
	node_set_int(root, "PreviewCount", (int64_t)count);
	message_preview_rows(rq, root, p, rows, count);
	import_fill_limit(root, p);
	return STATUS_OK;
}

/* Checks the whole file, once more when a rule was changed. */
static enum status check(struct request *rq, struct response *rs,
    struct import_plan *p, struct err *e)
{
	const char *rule = form_text(&rq->form, "rule");
	enum status st = STATUS_OK;

	if (*rule &&
	    !import_rule_set(&p->rules, rule, form_text(&rq->form, "value"))) {
		rs->message = "This rule does not have that value.";
		return STATUS_INVALID;
	}
	if (*rule || p->row.head.state == IMPORT_CHECKING)
		st = plan_store_rules(rq->db, rq->arena, &rq->actor, p, e);
	if (st == STATUS_OK)
		st = import_check(rq->db, rq->arena, p->row.head.id, e);
	if (st != STATUS_OK)
		return st;
	return response_redirect(rq, rs,
	    arena_printf(
		rq->arena, "/imports/%" PRIu64 "/review", rq->path_id));
}

/* The rows of the file: those in error first of all, when there are any and
 * nothing else is asked for. */
static enum status fill_rows(struct request *rq, struct node *root,
    const struct import_plan *p, struct err *e)
{
	struct import_rows_page page = {
	    .path = arena_printf(
		rq->arena, "/imports/%" PRIu64 "/review", rq->path_id),
	    .edit = true,
	};
	struct row_filter *f = &page.filter;

	import_rows_filter(rq, f);
	if (!f->outcome && !f->row && !f->after && str_empty(f->code) &&
	    str_empty(f->field) && !form_find(&rq->params, "outcome") &&
	    p->row.head.counts.rejected)
		f->outcome = OUTCOME_REJECTED;
	return import_rows_fill(rq, root, p, &page, e);
}

/* What the check came to, or how far it is. */
static enum status fill_check(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	struct node *root = view_root(rs->view);
	enum import_state state = p->row.head.state;

	node_set_flag(root, "Unchecked", state == IMPORT_MAPPED);
	node_set_flag(root, "Checking", state == IMPORT_CHECKING);
	node_set_flag(root, "Checked", state == IMPORT_READY);
	if (state == IMPORT_CHECKING)
		node_set_int(root, "Refresh", 2);
	if (p->row.head.inexact_from)
		node_set_int(
		    root, "InexactFrom", (int64_t)p->row.head.inexact_from);
	import_rows_heads(root, p);
	enum status st = import_fill_fixes(rq, root, p, e);

	if (st == STATUS_OK)
		st = import_fill_tried(rq, root, p, e);
	if (st != STATUS_OK || state != IMPORT_READY)
		return st;
	struct optout_people people = {0};

	st = optouts_fill(rq, root, p->row.head.id, &people, e);
	if (st == STATUS_OK)
		st = import_fill_values(rq, root, p->row.head.id, e);
	if (st == STATUS_OK)
		st = import_fill_problems(rq, root, p->row.head.id, e);
	if (st == STATUS_OK)
		st = import_fill_repairs(rq, root, p, e);
	return st == STATUS_OK ? fill_rows(rq, root, p, e) : st;
}

/* To the consent, or first to what is to be decided about opt-outs. */
static enum status next(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	struct optout_people people = {0};
	uint64_t pass = 0;
	enum status st = STATUS_OK;

	if (p->row.head.state == IMPORT_READY)
		st = import_optout_pass(rq->db, p->row.head.id, &pass, e);
	if (st == STATUS_OK && pass)
		st = import_optout_people(
		    rq->db, p->row.head.id, pass, &people, e);
	if (st != STATUS_OK)
		return st;
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "/imports/%" PRIu64 "/%s", rq->path_id,
		people.kept ? "optouts" : "consent"));
}

enum status page_import_review(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_plan plan;
	bool gone;
	enum status st = import_open_load(rq, rs, &plan, &gone, e);

	if (st != STATUS_OK || gone)
		return st;
	st = plan_load_fixes(rq->db, rq->arena, &plan, e);
	if (st != STATUS_OK)
		return st;
	if (plan.row.head.state == IMPORT_UPLOADED)
		return response_redirect(
		    rq, rs, import_next_page(rq->arena, &plan.row.head));
	if (rq->method == METHOD_POST &&
	    str_equal(form_text(&rq->form, "act"), "check"))
		st = check(rq, rs, &plan, e);
	else if (rq->method == METHOD_POST && import_is_correction(rq))
		st = import_correct(rq, rs, &plan, e);
	else if (rq->method == METHOD_POST)
		return next(rq, rs, &plan, e);
	if (rq->method == METHOD_POST && st != STATUS_INVALID)
		return st;
	enum status filled = fill(rq, rs, &plan, e);

	if (filled == STATUS_OK)
		filled = fill_check(rq, rs, &plan, e);
	return filled == STATUS_OK ? st : filled;
}
