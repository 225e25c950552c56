/* bulk_undo.c: takes a bulk change back, as one */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/undo.h"
#include "web/json/bulk_json.h"
#include "web/routes.h"

enum status api_bulk_undo(
    struct request *rq, struct response *rs, struct err *e)
{
	struct job_id id = {rq->path_id}, undo;
	enum status st =
	    undo_begin_job(rq->db, rq->arena, &rq->actor, id, &undo, e);

	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "not-undoable",
		    "This change goes on, is undone already, or is being "
		    "undone.",
		    NULL);
	return st == STATUS_OK ? bulk_json_accepted(rq, rs, undo) : st;
}
