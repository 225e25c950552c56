/* import_resume.c: goes on with a paused import */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "web/parts/import_view.h"
#include "web/routes.h"

enum status page_import_resume(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};
	enum status st = import_resume(rq->db, rq->arena, id, &rq->actor, e);

	if (st == STATUS_CONFLICT)
		response_flash(rq, "This import is not paused.");
	else if (st != STATUS_OK)
		return st;
	else
		response_flash(rq, "The import goes on.");
	return response_redirect(
	    rq, rs, arena_printf(rq->arena, "/imports/%" PRIu64, id.n));
}
