/* bulk_kept.c: what a job left as it is, and why */
/* SPDX-License-Identifier: MIT */
#include "storage/job_store.h"
#include "web/json/kept_json.h"
#include "web/routes.h"

enum status api_bulk_kept(
    struct request *rq, struct response *rs, struct err *e)
{
	struct job job;
	enum status st = job_store_get(
	    rq->db, rq->arena, (struct job_id){rq->path_id}, &job, e);

	return st == STATUS_OK ? kept_json(rq, rs, job.id, e) : st;
}
