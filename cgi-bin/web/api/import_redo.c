/* import_redo.c: takes back the undo of an import */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/undo.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_redo(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};
	struct job_id job;
	enum status st =
	    undo_begin_redo(rq->db, rq->arena, &rq->actor, id, &job, e);

	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "not-undone",
		    "This import is not undone.", NULL);
	return st == STATUS_OK ? import_json(rq, id, rs, 202, e) : st;
}
