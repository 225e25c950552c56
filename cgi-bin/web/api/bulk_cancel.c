/* bulk_cancel.c: stops a bulk change; what it did stays */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/job.h"
#include "web/json/bulk_json.h"
#include "web/routes.h"

enum status api_bulk_cancel(
    struct request *rq, struct response *rs, struct err *e)
{
	struct job_id id = {rq->path_id};
	enum status st = job_cancel(rq->db, rq->arena, &rq->actor, id, e);

	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "already-ended",
		    "This change has already ended.", NULL);
	return st == STATUS_OK ? bulk_json_job(rq, rs, id, 202, e) : st;
}
