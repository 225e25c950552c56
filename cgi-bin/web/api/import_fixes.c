/* import_fixes.c: the corrections of a file: listed, and made */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/clock.h"
#include "base/json.h"
#include "domain/import/correct.h"
#include "storage/import_fix_store.h"
#include "web/parts/import_rows_view.h"
#include "web/routes.h"

#define FIXES_PAGE 100u
#define TRIED_MAX 50u

static void put_fix(struct json_writer *w, const struct import_plan *p,
    const struct import_fix *x)
{
	static const char *const kinds[] = {
	    [FIX_CELL] = "cell", [FIX_OUT] = "out", [FIX_VALUE] = "value"};
	char at[32];

	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)x->number);
	json_pair_text(w, "kind", kinds[x->kind]);
	json_key(w, "row");
	if (x->row)
		json_put_int(w, (int64_t)x->row);
	else
		json_put_null(w);
	json_pair_text(w, "column",
	    x->column && x->column <= p->column_count
		? p->columns[x->column - 1].name
		: NULL);
	json_pair_text(w, "from", x->kind == FIX_OUT ? NULL : x->old_value);
	json_pair_text(w, "to", x->kind == FIX_OUT ? NULL : x->new_value);
	json_pair_bool(w, "remembered", x->remembered);
	json_key(w, "cells");
	if (x->counted)
		json_put_int(w, (int64_t)x->cells);
	else
		json_put_null(w);
	json_pair_text(w, "member", *x->member_name ? x->member_name : NULL);
	clock_format(x->at, at);
	json_pair_text(w, "at", at);
	json_close(w, '}');
}

static enum status list(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	unsigned long long after = 0, limit = FIXES_PAGE;
	struct import_fix *rows;
	struct json_writer w;
	size_t count;

	str_to_u64(form_text(&rq->params, "after"), &after);
	str_to_u64(form_text(&rq->params, "limit"), &limit);
	if (limit < 1 || limit > FIXES_PAGE * 10)
		limit = FIXES_PAGE * 10;
	if (after > UINT32_MAX)
		after = UINT32_MAX;
	enum status st = import_fix_list(rq->db, rq->arena, p->row.head.id,
	    (unsigned)after, (size_t)limit + 1, &rows, &count, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "fixes");
	json_open(&w, '[');
	for (size_t i = 0; i < count && i < limit; i++)
		put_fix(&w, p, &rows[i]);
	json_close(&w, ']');
	json_key(&w, "next");
	if (count > limit)
		json_put_int(&w, (int64_t)rows[limit - 1].number);
	else
		json_put_null(&w);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

/* --- reading what is sent --- */

struct reading {
	struct request *rq;
	const struct import_plan *plan;
	struct import_fix *fixes;
	size_t count;
	bool remember;
	const char *fault; /* a sentence */
	bool malformed;	   /* the body is no JSON */
};

static unsigned column_of(struct reading *r, const struct json_t *v)
{
	int64_t n;

	if (json_int(v, &n))
		return n > 0 && (uint64_t)n <= r->plan->column_count
			   ? (unsigned)n
			   : 0;
	return json_text(v)
		   ? correction_column(r->rq->arena, r->plan, json_text(v))
		   : 0;
}

/* One object: {"row", "leave_out": true}, {"row", "column", "value"} or
 * {"column", "from", "to"}. */
static void read_one(struct reading *r, const struct json_t *v)
{
	struct import_fix *x = &r->fixes[r->count++];
	bool out = false, remember = false;
	int64_t row = 0;

	*x = (struct import_fix){.old_value = "", .new_value = ""};
	if (json_type_of(v) != JSON_IS_OBJECT) {
		r->fault = "A correction is an object.";
		return;
	}
	if (json_bool(json_get(v, "remember"), &remember))
		r->remember |= remember;
	if (json_get(v, "row") &&
	    (!json_int(json_get(v, "row"), &row) || row < 1)) {
		r->fault = "\"row\" is a row number of the file.";
		return;
	}
	x->row = (uint64_t)row;
	if (json_bool(json_get(v, "leave_out"), &out) && out && row) {
		x->kind = FIX_OUT;
		return;
	}
	x->column = column_of(r, json_get(v, "column"));
	x->kind = row ? FIX_CELL : FIX_VALUE;
	x->new_value = json_get_text(v, row ? "value" : "to");
	x->old_value = row ? "" : json_get_text(v, "from");
	if (!x->new_value || !x->old_value)
		r->fault = "Send \"row\" with \"leave_out\": true, or \"row\","
			   " \"column\" and \"value\", or \"column\", \"from\""
			   " and \"to\".";
	else if (!x->column)
		r->fault = "\"column\" is the name of a column of the file, or"
			   " its number.";
}

static void read_body(struct reading *r)
{
	struct json_t *body = NULL;
	struct arena *a = r->rq->arena;
	const struct json_t *many;

	if (!r->rq->json || json_parse(a, r->rq->json, r->rq->json_length,
				&body, NULL) != STATUS_OK) {
		r->fault = "The body has to be a JSON object.";
		r->malformed = true;
		return;
	}
	many = json_get(body, "fixes");
	size_t n = many ? json_count(many) : 1;

	if (many && (json_type_of(many) != JSON_IS_ARRAY || n < 1 ||
			n > CORRECTIONS_MAX)) {
		r->fault = "\"fixes\" is a list of 1 to 1,000 corrections.";
		return;
	}
	r->fixes = arena_alloc(a, n * sizeof(*r->fixes));
	for (size_t i = 0; i < n && !r->fault; i++)
		read_one(r, many ? json_at(many, i) : body);
	if (!many || r->fault)
		return;
	json_bool(json_get(body, "remember"), &r->remember);
}

/* --- answering --- */

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The rows that are corrected by their number, as they are now. */
static enum status try_rows(
    struct reading *r, struct file_row **rows, size_t *found, struct err *e)
{
	uint64_t numbers[TRIED_MAX];
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < r->count && count < TRIED_MAX; i++)
		if (r->fixes[i].row)
			numbers[count++] = r->fixes[i].row;
	qsort(numbers, count, sizeof(*numbers), by_number);
	for (size_t i = 0; i < count; i++)
		if (!kept || numbers[kept - 1] != numbers[i])
			numbers[kept++] = numbers[i];
	return rows_try(r->rq->db, r->rq->arena, r->plan->row.head.id, numbers,
	    kept, rows, found, e);
}

static enum status answer(struct reading *r, struct response *rs, struct err *e)
{
	struct json_writer w;
	struct file_row *rows;
	size_t found;
	enum status st = try_rows(r, &rows, &found, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "ids");
	json_open(&w, '[');
	for (size_t i = 0; i < r->count; i++)
		json_put_int(&w, (int64_t)r->fixes[i].number);
	json_close(&w, ']');
	json_pair_text(&w, "status", "checking");
	json_key(&w, "rows");
	json_open(&w, '[');
	for (size_t i = 0; i < found; i++)
		import_put_row(&w, r->plan, &rows[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 201);
}

static enum status make(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	struct reading r = {.rq = rq, .plan = p};
	struct correcting c = {
	    .db = rq->db, .arena = rq->arena, .plan = p, .actor = &rq->actor};

	read_body(&r);
	if (r.fault)
		return api_error(rq, rs, r.malformed ? 400 : 422,
		    r.malformed ? "malformed" : "value-not-allowed", r.fault,
		    NULL);
	enum status st = corrections_add(&c, r.fixes, r.count, r.remember, e);

	if (st == STATUS_INVALID)
		return api_error(
		    rq, rs, 422, "value-not-allowed", c.message, NULL);
	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "not-ready",
		    "Corrections can be made between the mapping and the start"
		    " of an import.",
		    NULL);
	return st == STATUS_OK ? answer(&r, rs, e) : st;
}

enum status api_import_fixes(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_plan plan;
	enum status st = plan_load(
	    rq->db, rq->arena, (struct import_id){rq->path_id}, &plan, e);

	if (st != STATUS_OK)
		return st;
	return rq->method == METHOD_POST ? make(rq, rs, &plan, e)
					 : list(rq, rs, &plan, e);
}
