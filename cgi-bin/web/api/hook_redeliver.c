/* hook_redeliver.c: a delivery of an outgoing webhook is sent once more */
/* SPDX-License-Identifier: MIT */
#include "web/json/hook_json.h"
#include "web/routes.h"

enum status api_hook_redeliver(
    struct request *rq, struct response *rs, struct err *e)
{
	struct hook_id id = {rq->path_id};
	uint64_t delivery = 0;
	enum status st = hook_redeliver(
	    rq->db, rq->arena, &rq->actor, id, rq->path_number, &delivery, e);

	if (st == STATUS_CONFLICT)
		return hook_json_off(rq, rs);
	return st == STATUS_OK ? hook_json_sent(rq, rs, id, delivery) : st;
}
