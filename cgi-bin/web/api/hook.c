/* hook.c: one outgoing webhook: read, change, delete */
/* SPDX-License-Identifier: MIT */
#include "storage/hook_store.h"
#include "web/json/hook_json.h"
#include "web/routes.h"

static enum status change(struct request *rq, struct response *rs,
    const struct hook *had, struct err *e)
{
	struct hook_problem problem;
	struct hook h = *had;

	if (!hook_json_read(rq, rs, had, &h))
		return STATUS_OK;
	enum status st =
	    hook_change(rq->db, rq->arena, &rq->actor, &h, &problem, e);

	if (st == STATUS_INVALID)
		return hook_json_problem(rq, rs, &problem);
	if (st == STATUS_OK)
		st = hook_store_get(rq->db, rq->arena, had->id, false, &h, e);
	return st == STATUS_OK ? hook_json_answer(rs, &h, false, 200) : st;
}

static enum status take_away(struct request *rq, struct response *rs,
    const struct hook *h, struct err *e)
{
	struct json_writer w;
	enum status st = hook_delete(rq->db, rq->arena, &rq->actor, h->id, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_bool(&w, "deleted", true);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_hook(struct request *rq, struct response *rs, struct err *e)
{
	struct hook_id id = {rq->path_id};
	struct hook h;
	enum status st = hook_store_get(rq->db, rq->arena, id, false, &h, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_PUT)
		return change(rq, rs, &h, e);
	if (rq->method == METHOD_DELETE)
		return take_away(rq, rs, &h, e);
	return hook_json_answer(rs, &h, false, 200);
}
