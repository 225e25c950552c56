/* bulk_job.c: a bulk change: how far it is, and what came of it */
/* SPDX-License-Identifier: MIT */
#include "web/json/bulk_json.h"
#include "web/routes.h"

enum status api_bulk_job(struct request *rq, struct response *rs, struct err *e)
{
	return bulk_json_job(rq, rs, (struct job_id){rq->path_id}, 200, e);
}
