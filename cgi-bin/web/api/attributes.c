/* attributes.c: the custom attributes of the book in the API */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/catalog/catalog.h"
#include "storage/attribute_store.h"
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/routes.h"

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct attribute_list all;
	struct json_writer w;
	enum status st = attribute_store_list(rq->db, rq->arena, &all, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "attributes");
	json_open(&w, '[');
	for (size_t i = 0; i < all.count; i++)
		catalog_json_attribute(&w, &all.items[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const keys[] = {"name", "label", "type", NULL};
	struct catalog_problem p = {"", ""};
	struct attribute made;
	const char *values[3];
	struct json_writer w;

	if (!api_body_read(rq, rs, keys, values))
		return STATUS_OK;
	enum status st = catalog_add_attribute(rq->db, rq->arena, &rq->actor,
	    values[0], str_or_empty(values[1]),
	    str_empty(values[2]) ? "TEXT" : values[2], &made, &p, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return api_body_problem(rq, rs, st, p.field, p.text);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	catalog_json_attribute(&w, &made);
	return api_ok(rs, 201);
}

enum status api_attributes(
    struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
