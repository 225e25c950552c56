/* segments.c: the segments of the book in the API */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "domain/catalog.h"
#include "storage/segment_store.h"
#include "web/api_body.h"
#include "web/routes.h"

static void put_segment(struct json_writer *w, const struct segment *s)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)s->id.n);
	json_pair_text(w, "name", s->name);
	json_pair_int(w, "contacts", (int64_t)s->contacts);
	json_close(w, '}');
}

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct segment *rows;
	struct json_writer w;
	size_t n;
	enum status st =
	    segment_store_list(rq->db, rq->arena, true, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "segments");
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		put_segment(&w, &rows[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const keys[] = {"name", NULL};
	struct catalog_problem p = {"", ""};
	struct segment s = {.contacts = 0};
	struct json_writer w;

	if (!api_body_read(rq, rs, keys, &s.name))
		return STATUS_OK;
	enum status st = catalog_add_segment(
	    rq->db, rq->arena, &rq->actor, s.name, &s.id, &p, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return api_body_problem(rq, rs, st, p.field, p.text);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	put_segment(&w, &s);
	return api_ok(rs, 201);
}

enum status api_segments(struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
