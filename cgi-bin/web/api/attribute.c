/* attribute.c: one attribute in the API: read, change, delete */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/attribute_types.h"
#include "storage/attribute_store.h"
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

static enum status find(
    struct request *rq, struct attribute *out, struct err *e)
{
	struct attribute_list all;
	enum status st = attribute_store_list(rq->db, rq->arena, &all, e);

	for (size_t i = 0; st == STATUS_OK && i < all.count; i++)
		if (all.items[i].id.n == rq->path_id) {
			*out = all.items[i];
			return STATUS_OK;
		}
	return st == STATUS_OK ? ERR(e, STATUS_NOT_FOUND, "no such attribute")
			       : st;
}

static enum status answer(
    struct request *rq, struct response *rs, struct err *e)
{
	struct json_writer w;
	struct attribute t;
	enum status st = find(rq, &t, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	catalog_json_attribute(&w, &t);
	return api_ok(rs, 200);
}

static enum status change(struct request *rq, struct response *rs,
    const struct attribute *had, struct err *e)
{
	static const char *const keys[] = {"name", "label", "type", NULL};
	struct catalog_change c = catalog_change_of(rq);
	const char *values[3];
	struct json_t *body;

	if (!api_body_read(rq, rs, keys, values) ||
	    !api_body_parse(rq, rs, &body))
		return STATUS_OK;
	if (!json_get(body, "name"))
		values[0] = had->name;
	if (!json_get(body, "label"))
		values[1] = had->label;
	if (!json_get(body, "type"))
		values[2] = attribute_types[had->type].key;
	enum status st = catalog_change_attribute(
	    &c, had->name, values[0], values[1], values[2], e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return catalog_json_problem(rq, rs, &c, st);
	if (st != STATUS_OK)
		return st;
	catalog_json_follow(rq, &c);
	return answer(rq, rs, e);
}

enum status api_attribute(
    struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	struct attribute had;
	enum status st = find(rq, &had, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_PUT)
		return change(rq, rs, &had, e);
	if (rq->method == METHOD_DELETE)
		return catalog_json_deleted(
		    rq, rs, &c, catalog_delete_attribute(&c, had.name, e));
	return answer(rq, rs, e);
}
