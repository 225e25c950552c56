/* privacy_erase.c: a person is erased, through the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/privacy_json.h"
#include "web/routes.h"

/* How long a request does by itself what the worker would do. */
#define ERASE_MS 3000

enum status api_privacy_erase(
    struct request *rq, struct response *rs, struct err *e)
{
	struct privacy_question q;
	struct erase_result result;

	if (!privacy_question_body(rq, rs, &q))
		return STATUS_OK;
	enum status st = erase_person(
	    rq->db, rq->arena, &rq->actor, q.by, q.value, ERASE_MS, &result, e);

	return st == STATUS_OK
		   ? privacy_json_erasure(
			 rq, rs, &result, result.done ? 200 : 202)
		   : privacy_json_refuse(rq, rs, &q, st, &result.found, e);
}
