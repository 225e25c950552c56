/* bulk.c: POST changes all contacts that match a filter */
/* SPDX-License-Identifier: MIT */
#include "web/json/bulk_json.h"
#include "web/routes.h"

enum status api_bulk(struct request *rq, struct response *rs, struct err *e)
{
	struct bulk_request r;
	struct bulk_check check;
	struct job_id id = {0};
	bool dry_run;
	enum status st;

	if (!bulk_json_read(rq, rs, &r, &dry_run, &st, e))
		return st;
	if (dry_run)
		st = bulk_look(rq->db, rq->arena, &r, true, &check, e);
	else
		st = bulk_start(
		    rq->db, rq->arena, &rq->actor, &r, &check, &id, e);
	if (st == STATUS_INVALID)
		return bulk_json_problem(rq, rs, &check);
	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 422, "idempotency-key-reused",
		    "This Idempotency-Key was used for another request. Send "
		    "a new key.",
		    NULL);
	if (st != STATUS_OK)
		return st;
	return dry_run ? bulk_json_check(rq, rs, &check)
		       : bulk_json_accepted(rq, rs, id);
}
