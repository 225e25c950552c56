/* import_cancel.c: stops an import */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status page_import_cancel(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_row row;
	const char *page;
	enum status st = import_row_load(rq, &row, e);

	if (st != STATUS_OK)
		return st;
	page = arena_printf(rq->arena, "/imports/%" PRIu64, row.head.id.n);
	if (import_state_ended(row.head.state)) {
		response_flash(rq, "This import has already ended.");
		return response_redirect(rq, rs, page);
	}
	if (rq->method != METHOD_POST) {
		import_fill(rq->arena,
		    node_child(view_root(rs->view), "Import"), &row.head,
		    clock_now());
		return STATUS_OK;
	}
	st = import_cancel(rq->db, rq->arena, row.head.id, &rq->actor, e);
	if (st == STATUS_CONFLICT)
		response_flash(rq, "This import has already ended.");
	else if (st != STATUS_OK)
		return st;
	else if (row.head.state == IMPORT_RUNNING)
		response_flash(rq, "The import stops within a few seconds.");
	else
		response_flash(rq, "The import is cancelled.");
	return response_redirect(rq, rs, page);
}
