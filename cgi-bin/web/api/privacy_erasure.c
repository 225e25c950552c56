/* privacy_erasure.c: how far an erasure has come, through the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/privacy_json.h"
#include "web/routes.h"

enum status api_privacy_erasure(
    struct request *rq, struct response *rs, struct err *e)
{
	struct erase_result result;
	enum status st = erase_get(rq->db, rq->arena, rq->path_id, &result, e);

	return st == STATUS_OK ? privacy_json_erasure(rq, rs, &result, 200)
			       : st;
}
