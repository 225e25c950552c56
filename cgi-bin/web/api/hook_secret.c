/* hook_secret.c: an outgoing webhook gets a new secret */
/* SPDX-License-Identifier: MIT */
#include "web/json/hook_json.h"
#include "web/routes.h"

enum status api_hook_secret(
    struct request *rq, struct response *rs, struct err *e)
{
	struct hook h;
	enum status st = hook_renew_secret(rq->db, rq->arena, &rq->actor,
	    (struct hook_id){rq->path_id}, &h, e);

	return st == STATUS_OK ? hook_json_answer(rs, &h, true, 200) : st;
}
