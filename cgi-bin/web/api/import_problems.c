/* import_problems.c: the findings about the rows of an import, in pages */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

#define PROBLEMS_PAGE 100u
#define PROBLEMS_MAX 1000u

static void put_problem(struct json_writer *w, const struct problem *p)
{
	json_open(w, '{');
	json_pair_int(w, "row", (int64_t)p->row);
	json_key(w, "column");
	if (str_empty(p->column_name))
		json_put_null(w);
	else
		json_put_text(w, p->column_name);
	json_pair_text(w, "code", p->code);
	json_pair_text(w, "message", p->message);
	json_pair_text(w, "level", problem_level_word(p->level));
	json_close(w, '}');
}

/* "17-2": the row and the place within it of the last one seen. */
static bool read_after(
    struct request *rq, unsigned long long *row, unsigned long long *seq)
{
	const char *text = form_text(&rq->params, "after");
	const char *dash = strchr(text, '-');

	*row = *seq = 0;
	if (str_empty(text))
		return true;
	if (dash == NULL)
		return false;
	return str_to_u64(arena_strndup(rq->arena, text, (size_t)(dash - text)),
		   row) &&
	       str_to_u64(dash + 1, seq) && *seq <= UINT16_MAX;
}

static enum status answer(struct request *rq, struct response *rs,
    const struct problem_row *rows, size_t count, size_t limit)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "problems");
	json_open(&w, '[');
	for (size_t i = 0; i < count && i < limit; i++)
		put_problem(&w, &rows[i].problem);
	json_close(&w, ']');
	json_key(&w, "next");
	if (count > limit)
		json_put_text(
		    &w, arena_printf(rq->arena, "%" PRIu64 "-%u",
			    rows[limit - 1].problem.row, rows[limit - 1].seq));
	else
		json_put_null(&w);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_import_problems(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_row row;
	struct problem_row *rows;
	unsigned long long limit = PROBLEMS_PAGE, after_row, after_seq;
	size_t count;
	enum status st = import_row_load(rq, &row, e);

	if (st != STATUS_OK)
		return st;
	if (!read_after(rq, &after_row, &after_seq))
		return api_error(rq, rs, 422, "value-not-allowed",
		    "after is the \"next\" of the answer before.",
		    "{\"after\":\"Not a place in the list.\"}");
	str_to_u64(form_text(&rq->params, "limit"), &limit);
	if (limit < 1 || limit > PROBLEMS_MAX)
		limit = PROBLEMS_MAX;
	st = import_problem_list(rq->db, rq->arena, row.head.id, after_row,
	    (unsigned)after_seq, form_text(&rq->params, "code"), limit + 1,
	    &rows, &count, e);
	return st == STATUS_OK ? answer(rq, rs, rows, count, limit) : st;
}
