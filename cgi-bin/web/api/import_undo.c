/* import_undo.c: takes back what an import did */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/undo.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_undo(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};
	struct job_id job;
	enum status st =
	    undo_begin_import(rq->db, rq->arena, &rq->actor, id, &job, e);

	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "not-undoable",
		    "Only an import that has ended and wrote something can be"
		    " undone, and only once.",
		    NULL);
	return st == STATUS_OK ? import_json(rq, id, rs, 202, e) : st;
}
