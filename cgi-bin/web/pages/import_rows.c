/* import_rows.c: rows of an import with what became of them */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "web/parts/import_rows_view.h"
#include "web/routes.h"

enum status page_import_rows(
    struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct import_rows_page page = {
	    .path = arena_printf(
		rq->arena, "/imports/%" PRIu64 "/rows", rq->path_id),
	};
	struct import_plan plan;
	enum status st = plan_load(
	    rq->db, rq->arena, (struct import_id){rq->path_id}, &plan, e);

	if (st == STATUS_OK)
		st = import_file_there(rq, rs, &plan.row.head, e);
	if (st != STATUS_OK)
		return st;
	import_rows_filter(rq, &page.filter);
	import_fill(
	    rq->arena, node_child(root, "Import"), &plan.row.head, clock_now());
	node_set(root, "Title",
	    arena_printf(rq->arena, "Rows of %s", plan.row.head.file_name));
	return import_rows_fill(rq, root, &plan, &page, e);
}
