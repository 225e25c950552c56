/* hook_ping.c: an outgoing webhook is tried */
/* SPDX-License-Identifier: MIT */
#include "web/json/hook_json.h"
#include "web/routes.h"

enum status api_hook_ping(
    struct request *rq, struct response *rs, struct err *e)
{
	struct hook_id id = {rq->path_id};
	uint64_t delivery = 0;
	enum status st =
	    hook_ping(rq->db, rq->arena, &rq->actor, id, &delivery, e);

	if (st == STATUS_CONFLICT)
		return hook_json_off(rq, rs);
	return st == STATUS_OK ? hook_json_sent(rq, rs, id, delivery) : st;
}
