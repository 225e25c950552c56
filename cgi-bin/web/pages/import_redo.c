/* import_redo.c: takes back the undo of an import */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "domain/jobs/undo.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status page_import_redo(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};
	struct job_id job;
	enum status st =
	    undo_begin_redo(rq->db, rq->arena, &rq->actor, id, &job, e);

	if (st == STATUS_CONFLICT)
		response_flash(rq, "This import is not undone.");
	else if (st != STATUS_OK)
		return st;
	return response_redirect(
	    rq, rs, arena_printf(rq->arena, "/imports/%" PRIu64, id.n));
}
