/* import_rows.c: rows of an import with what becomes of them, in pages */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/json.h"
#include "domain/contact/contact_message.h"
#include "web/parts/import_rows_view.h"
#include "web/routes.h"

#define ROWS_PAGE 50u

static void put_cells(struct json_writer *w, const struct import_plan *p,
    const struct file_row *row)
{
	json_key(w, "cells");
	json_open(w, '[');
	for (size_t i = 0; i < row->count; i++)
		json_put_text(w, row->cells[i]);
	json_close(w, ']');
	json_key(w, "corrected");
	json_open(w, '[');
	for (size_t i = 0; i < row->count && i < p->column_count; i++)
		if (!str_equal(row->cells[i], row->uploaded[i]))
			json_put_text(w, p->columns[i].name);
	json_close(w, ']');
}

static void put_findings(struct json_writer *w, const struct file_row *row)
{
	json_key(w, "problems");
	json_open(w, '[');
	for (size_t i = 0; i < row->problem_count; i++) {
		const struct problem *x = &row->problems[i];

		json_open(w, '{');
		json_key(w, "column");
		json_put_text(w, *x->column_name ? x->column_name : NULL);
		json_pair_text(w, "code", x->code);
		json_pair_text(w, "message", x->message);
		json_pair_text(w, "level", problem_level_word(x->level));
		json_close(w, '}');
	}
	json_close(w, ']');
}

void import_put_row(struct json_writer *w, const struct import_plan *p,
    const struct file_row *row)
{
	json_open(w, '{');
	json_pair_int(w, "row", (int64_t)row->row);
	json_pair_text(w, "outcome", outcome_word(row->outcome));
	json_key(w, "contact");
	if (row->contact)
		json_put_int(w, (int64_t)row->contact);
	else
		json_put_null(w);
	json_key(w, "changes");
	json_open(w, '{');
	for (size_t i = 0; i < row->change_count; i++) {
		json_key(w, row->changes[i].key);
		json_open(w, '{');
		json_pair_text(w, "old", row->changes[i].old);
		json_pair_text(w, "new", row->changes[i].new);
		json_close(w, '}');
	}
	json_close(w, '}');
	put_findings(w, row);
	put_cells(w, p, row);
	json_close(w, '}');
}

static enum status answer(struct response *rs, const struct import_plan *p,
    const struct file_row *rows, size_t count, size_t limit)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "rows");
	json_open(&w, '[');
	for (size_t i = 0; i < count && i < limit; i++)
		import_put_row(&w, p, &rows[i]);
	json_close(&w, ']');
	json_key(&w, "next");
	if (count > limit)
		json_put_int(&w, (int64_t)rows[limit - 1].row);
	else
		json_put_null(&w);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

/* A mistyped filter must not become all rows. */
static const char *filter_fault(
    struct request *rq, const struct row_filter *f, unsigned long long *limit)
{
	unsigned long long n;
	const char *text = form_text(&rq->params, "outcome");

	if (*text && !f->outcome)
		return "{\"outcome\":\"One of created, updated, unchanged, "
		       "skipped, rejected.\"}";
	if (!str_empty(f->field) && contact_key_label(f->field) == f->field)
		return "{\"field\":\"The key of a field: city, tags, "
		       "attributes.NAME ...\"}";
	text = form_text(&rq->params, "after");
	if (*text && !str_to_u64(text, &n))
		return "{\"after\":\"The \\\"next\\\" of the answer before.\"}";
	text = form_text(&rq->params, "row");
	if (*text && !str_to_u64(text, &n))
		return "{\"row\":\"A row number of the file.\"}";
	text = form_text(&rq->params, "limit");
	if (*text &&
	    (!str_to_u64(text, limit) || !*limit || *limit > FILE_ROWS_MAX))
		return "{\"limit\":\"A number from 1 to 200.\"}";
	return NULL;
}

enum status api_import_rows(
    struct request *rq, struct response *rs, struct err *e)
{
	unsigned long long limit = ROWS_PAGE;
	struct row_filter filter;
	struct import_plan plan;
	struct file_row *rows;
	size_t count;
	enum status st = plan_load(
	    rq->db, rq->arena, (struct import_id){rq->path_id}, &plan, e);

	if (st == STATUS_OK)
		st = import_file_there(rq, rs, &plan.row.head, e);
	if (st != STATUS_OK)
		return st;
	import_rows_filter(rq, &filter);
	const char *fault = filter_fault(rq, &filter, &limit);

	if (fault)
		return api_error(rq, rs, 422, "value-not-allowed",
		    "A parameter has a value that is not allowed.", fault);
	st = rows_list(rq->db, rq->arena, plan.row.head.id, &filter,
	    (size_t)limit + 1, &rows, &count, e);
	if (st == STATUS_OK)
		st = rows_changes(rq->db, rq->arena, &plan, rows,
		    count > limit ? (size_t)limit : count, e);
	return st == STATUS_OK ? answer(rs, &plan, rows, count, (size_t)limit)
			       : st;
}
