/* segments.c: the segments of the book in the API */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/filter/dynamic_segment.h"
#include "web/api_body.h"
#include "web/routes.h"

#define FILTER_CAP (256u << 10)

static void put_count(struct json_writer *w, const struct segment_count *c)
{
	if (c->more || c->unknown || c->broken)
		json_pair_text(w, "contacts", NULL);
	else
		json_pair_int(w, "contacts", (int64_t)c->contacts);
	if (c->more)
		json_pair_int(w, "contacts_more_than", (int64_t)c->contacts);
}

static void put_segment(struct json_writer *w, const struct segment *s,
    const struct segment_count *c)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)s->id.n);
	json_pair_text(w, "name", s->name);
	json_pair_text(w, "kind", s->dynamic ? "dynamic" : "static");
	json_pair_text(w, "filter", s->dynamic ? s->filter : NULL);
	put_count(w, c);
	json_close(w, '}');
}

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
		put_segment(&w, &rows[i], &counts[i]);
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
	struct str text;    /* of a filter that is an object */
	const char *field;  /* that is wrong, NULL for none */
	const char *problem;
};

static bool wrong(struct wanted *w, const char *field, const char *problem)
{
	w->field = field;
	w->problem = problem;
	return false;
}

static bool add_value(
    struct wanted *w, const char *name, const struct json_t *v)
{
	const char *text = json_text(v);

	if (json_type_of(v) == JSON_IS_NUMBER ||
	    json_type_of(v) == JSON_IS_BOOL)
		text = json_dump(w->arena, v, false);
	if (!text)
		return wrong(w, "filter",
		    arena_printf(w->arena,
			"\"%.200s\" takes a text, or a list of texts.", name));
	str_printf(&w->text, "%s%s=%s", w->text.len ? "&" : "",
	    url_escape(w->arena, name), url_escape(w->arena, text));
	return true;
}

static bool read_param(void *arg, const char *key, struct json_t *value)
{
	struct wanted *w = arg;
	bool good = true;

	if (json_type_of(value) != JSON_IS_ARRAY)
		return add_value(w, key, value);
	for (size_t i = 0; good && i < json_count(value); i++)
		good = add_value(w, key, json_at(value, i));
	return good;
}

static bool read_filter(struct wanted *w, const struct json_t *value)
{
	if (json_type_of(value) == JSON_IS_STRING) {
		w->filter = json_text(value);
		return true;
	}
	if (json_type_of(value) != JSON_IS_OBJECT)
		return wrong(w, "filter",
		    "This takes the parameters of a list of contacts: an "
		    "object, or a query string.");
	str_init(&w->text, FILTER_CAP);
	json_members(value, read_param, w);
	w->filter = arena_strdup(w->arena, str_text(&w->text));
	str_release(&w->text);
	return !w->field;
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct wanted *w = arg;
	const char *text = json_text(value);
	size_t n = text ? strlen(text) : 0;

	if (str_equal(key, "filter"))
		return read_filter(w, value);
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
	put_segment(&w, &s, count);
	return api_ok(rs, 201);
}

enum status api_segments(struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
