/* hooks.c: outgoing webhooks: all of them, and new ones */
/* SPDX-License-Identifier: MIT */
#include "storage/hook_store.h"
#include "web/json/hook_json.h"
#include "web/routes.h"

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct hook *rows;
	struct json_writer w;
	size_t n;
	enum status st = hook_store_list(rq->db, rq->arena, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "hooks");
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		hook_json_put(&w, &rows[i], false);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	struct hook h = {.url = "",
	    .description = "",
	    .off_reason = "",
	    .secret = "",
	    .active = true};
	struct hook_problem problem;

	if (!hook_json_read(rq, rs, NULL, &h))
		return STATUS_OK;
	enum status st =
	    hook_create(rq->db, rq->arena, &rq->actor, &h, &problem, e);

	if (st == STATUS_INVALID)
		return hook_json_problem(rq, rs, &problem);
	if (st != STATUS_OK)
		return st;
	response_header(rq, rs, "Location",
	    arena_printf(
		rq->arena, "/api/v1/hooks/%llu", (unsigned long long)h.id.n));
	return hook_json_answer(rs, &h, true, 201);
}

enum status api_hooks(struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
