/* segments.c: the segments of the book in the API */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/filter/dynamic_segment.h"
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/routes.h"

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct segment *rows;
	struct segment_count *counts;
	struct json_writer w;
	size_t n;
	enum status st =
	    segment_store_list(rq->db, rq->arena, true, &rows, &n, e);

	if (st == STATUS_OK)
		st = dynamic_segment_counts(rq->db, rq->arena, rows, n,
		    form_text(&rq->params, "count"), &counts, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "segments");
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		catalog_json_segment(&w, &rows[i], &counts[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

/* --- a new one --- */

/* The body of a POST. */
struct wanted {
	struct arena *arena;
	const char *name;
	const char *kind;
	const char *filter; /* NULL: not said */
	const char *field;  /* that is wrong, NULL for none */
	const char *problem;
};

static bool wrong(struct wanted *w, const char *field, const char *problem)
{
	w->field = field;
	w->problem = problem;
	return false;
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct wanted *w = arg;
	const char *text = json_text(value);
	size_t n = text ? strlen(text) : 0;

	if (str_equal(key, "filter")) {
		w->filter = catalog_json_filter(w->arena, value, &w->problem);
		w->field = w->filter ? NULL : "filter";
		return w->filter != NULL;
	}
	if (!text || (!str_equal(key, "name") && !str_equal(key, "kind")))
		return wrong(w, arena_strdup(w->arena, key),
		    "This is not known here, or not a text.");
	utf8_trim(&text, &n);
	text = arena_strndup(w->arena, text, n);
	if (str_equal(key, "name"))
		w->name = text;
	else
		w->kind = text;
	return true;
}

/* What does not go together. */
static void check_kind(struct wanted *w)
{
	bool dynamic = str_equal(w->kind, "dynamic");

	if (w->field)
		return;
	if (*w->kind && !dynamic && !str_equal(w->kind, "static"))
		wrong(w, "kind", "The kind is static or dynamic.");
	else if (dynamic && !w->filter)
		wrong(w, "filter", "A dynamic segment takes a filter.");
	else if (!dynamic && w->filter)
		wrong(w, "filter",
		    "Only a segment of the kind dynamic takes a filter.");
}

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	struct wanted wanted = {.arena = rq->arena, .name = "", .kind = ""};
	struct catalog_problem p = {"", ""};
	struct segment s = {.filter = ""};
	struct segment_count *count;
	struct json_writer w;
	struct json_t *body;
	enum status st;

	if (!api_body_parse(rq, rs, &body))
		return STATUS_OK;
	json_members(body, read_member, &wanted);
	check_kind(&wanted);
	if (wanted.field)
		return api_body_problem(
		    rq, rs, STATUS_INVALID, wanted.field, wanted.problem);
	s.name = wanted.name;
	st = wanted.filter ? dynamic_segment_add(rq->db, rq->arena, &rq->actor,
				 s.name, wanted.filter, &s, &p, e)
			   : catalog_add_segment(rq->db, rq->arena, &rq->actor,
				 s.name, &s.id, &p, e);
	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return api_body_problem(rq, rs, st, p.field, p.text);
	if (st == STATUS_OK)
		st = dynamic_segment_counts(
		    rq->db, rq->arena, &s, 1, s.name, &count, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	catalog_json_segment(&w, &s, count);
	return api_ok(rs, 201);
}

enum status api_segments(struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
