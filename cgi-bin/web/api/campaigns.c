/* campaigns.c: the campaigns of the book in the API */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "domain/catalog/catalog.h"
#include "storage/campaign_store.h"
#include "web/api_body.h"
#include "web/json/catalog_json.h"
#include "web/routes.h"

#define LIST_MAX 10000u

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct campaign *rows;
	struct json_writer w;
	size_t n;
	enum status st = campaign_store_page(
	    rq->db, rq->arena, "", "", LIST_MAX, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "campaigns");
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		catalog_json_campaign(&w, &rows[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const keys[] = {"name", NULL};
	struct catalog_problem p = {"", ""};
	struct campaign c = {.contacts = 0};
	struct json_writer w;

	if (!api_body_read(rq, rs, keys, &c.name))
		return STATUS_OK;
	enum status st = catalog_add_campaign(
	    rq->db, rq->arena, &rq->actor, c.name, &c.id, &p, e);

	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return api_body_problem(rq, rs, st, p.field, p.text);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	catalog_json_campaign(&w, &c);
	return api_ok(rs, 201);
}

enum status api_campaigns(
    struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
