/* segment.c: one segment in the API: read, rename, another filter, delete */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

static enum status answer(
    struct request *rq, struct response *rs, const char *name, struct err *e)
{
	struct segment_count *count;
	struct json_writer w;
	struct segment s;
	enum status st = segment_store_get(rq->db, rq->arena, name, &s, e);

	if (st == STATUS_OK)
		st = dynamic_segment_counts(
		    rq->db, rq->arena, &s, 1, s.name, &count, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	catalog_json_segment(&w, &s, count);
	return api_ok(rs, 200);
}

/* The body of a PUT: what is not in it stays. */
struct wanted {
	struct arena *arena;
	const char *name;
	const char *filter;
	const char *field; /* that is wrong, or NULL */
	const char *problem;
};

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct wanted *w = arg;
	const char *text = json_text(value);
	size_t n = text ? strlen(text) : 0;

	w->problem = "This is not known here, or not a text.";
	if (str_equal(key, "filter")) {
		w->filter = catalog_json_filter(w->arena, value, &w->problem);
		if (w->filter)
			return true;
	} else if (str_equal(key, "name") && text) {
		utf8_trim(&text, &n);
		w->name = arena_strndup(w->arena, text, n);
		return true;
	}
	w->field = arena_strdup(w->arena, key);
	return false;
}

static enum status change(
    struct request *rq, struct response *rs, const char *name, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	struct wanted w = {.arena = rq->arena, .name = name};
	struct json_t *body;

	if (!api_body_parse(rq, rs, &body))
		return STATUS_OK;
	json_members(body, read_member, &w);
	if (w.field)
		return api_body_problem(
		    rq, rs, STATUS_INVALID, w.field, w.problem);
	enum status st = catalog_change_segment(&c, name, w.name, w.filter, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return catalog_json_problem(rq, rs, &c, st);
	return st == STATUS_OK ? answer(rq, rs, w.name, e) : st;
}

enum status api_segment(struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	const char *name = "";
	enum status st = segment_store_name(
	    rq->db, rq->arena, (struct segment_id){rq->path_id}, &name, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_PUT)
		return change(rq, rs, name, e);
	if (rq->method == METHOD_DELETE)
		return catalog_json_deleted(
		    rq, rs, &c, catalog_delete_segment(&c, name, e));
	return answer(rq, rs, name, e);
}
