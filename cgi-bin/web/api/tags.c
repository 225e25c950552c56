/* tags.c: the tags of the book in the API */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "base/str.h"
#include "domain/catalog/catalog.h"
#include "storage/tag_store.h"
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/routes.h"

static const char *const kinds[] = {"tag", "first_message"};

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "tags");
	json_open(&w, '[');
	for (size_t k = 0; k < 2; k++) {
		struct tag *tags;
		size_t n;
		enum status st = tag_store_list(
		    rq->db, rq->arena, kinds[k], k == 0, &tags, &n, e);

		if (st != STATUS_OK)
			return st;
		for (size_t i = 0; i < n; i++)
			catalog_json_tag(&w, &tags[i], kinds[k], k == 0);
	}
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const keys[] = {"name", "kind", NULL};
	struct catalog_problem p = {"", ""};
	struct tag t = {.contacts = 0};
	const char *values[2];
	struct json_writer w;

	if (!api_body_read(rq, rs, keys, values))
		return STATUS_OK;
	const char *kind = str_empty(values[1]) ? kinds[0] : values[1];
	enum status st = catalog_add_tag(
	    rq->db, rq->arena, &rq->actor, kind, values[0], &t.id, &p, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return api_body_problem(rq, rs, st, p.field, p.text);
	if (st != STATUS_OK)
		return st;
	t.name = values[0];
	json_writer_init(&w, &rs->body);
	catalog_json_tag(&w, &t, kind, false);
	return api_ok(rs, 201);
}

enum status api_tags(struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
