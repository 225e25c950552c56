/* import_pause.c: stops an import for now */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "web/parts/import_view.h"
#include "web/routes.h"

enum status page_import_pause(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};
	enum status st = import_pause(rq->db, rq->arena, id, &rq->actor, e);

	if (st == STATUS_CONFLICT)
		response_flash(
		    rq, "This import does not run, so it cannot be paused.");
	else if (st != STATUS_OK)
		return st;
	else
		response_flash(rq, "The import pauses within a few seconds.");
	return response_redirect(
	    rq, rs, arena_printf(rq->arena, "/imports/%" PRIu64, id.n));
}
