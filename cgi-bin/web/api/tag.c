/* tag.c: one tag or first message in the API: read, rename, delete */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

static enum status answer(struct request *rq, struct response *rs,
    const char *kind, const char *name, struct err *e)
{
	bool counted = str_equal(kind, "tag");
	struct tag t = {.id = {rq->path_id}, .name = name};
	struct json_writer w;
	enum status st = STATUS_OK;

	if (counted)
		st = tag_store_get(rq->db, rq->arena, name, &t, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	catalog_json_tag(&w, &t, kind, counted);
	return api_ok(rs, 200);
}

static enum status change(struct request *rq, struct response *rs,
    const char *kind, const char *name, struct err *e)
{
	static const char *const keys[] = {"name", NULL};
	struct catalog_change c = catalog_change_of(rq);
	const char *new_name;

	if (!api_body_read(rq, rs, keys, &new_name))
		return STATUS_OK;
	enum status st =
	    str_equal(kind, "tag")
		? catalog_rename_tag(&c, name, new_name, e)
		: catalog_rename_first_message(&c, name, new_name, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return catalog_json_problem(rq, rs, &c, st);
	if (st != STATUS_OK)
		return st;
	catalog_json_follow(rq, &c);
	return answer(rq, rs, kind, new_name, e);
}

enum status api_tag(struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	const char *kind = "";
	const char *name = "";
	enum status st = tag_store_name(
	    rq->db, rq->arena, (struct tag_id){rq->path_id}, &kind, &name, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_PUT)
		return change(rq, rs, kind, name, e);
	if (rq->method == METHOD_GET)
		return answer(rq, rs, kind, name, e);
	st = str_equal(kind, "tag") ? catalog_delete_tag(&c, name, e)
				    : catalog_delete_first_message(&c, name, e);
	return catalog_json_deleted(rq, rs, &c, st);
}
