/* campaign.c: one campaign in the API: read, rename, delete */
/* SPDX-License-Identifier: MIT */
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

static enum status answer(
    struct request *rq, struct response *rs, const char *name, struct err *e)
{
	struct json_writer w;
	struct campaign c;
	enum status st = campaign_store_get(rq->db, rq->arena, name, &c, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	catalog_json_campaign(&w, &c);
	return api_ok(rs, 200);
}

static enum status change(
    struct request *rq, struct response *rs, const char *name, struct err *e)
{
	static const char *const keys[] = {"name", NULL};
	struct catalog_change c = catalog_change_of(rq);
	const char *new_name;

	if (!api_body_read(rq, rs, keys, &new_name))
		return STATUS_OK;
	enum status st = catalog_rename_campaign(&c, name, new_name, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return catalog_json_problem(rq, rs, &c, st);
	return st == STATUS_OK ? answer(rq, rs, new_name, e) : st;
}

enum status api_campaign(struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	const char *name = "";
	enum status st = campaign_store_name(
	    rq->db, rq->arena, (struct campaign_id){rq->path_id}, &name, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_PUT)
		return change(rq, rs, name, e);
	if (rq->method == METHOD_DELETE)
		return catalog_json_deleted(
		    rq, rs, &c, catalog_delete_campaign(&c, name, e));
	return answer(rq, rs, name, e);
}
