/* import_kept.c: what the undo of an import left as it is, and why */
/* SPDX-License-Identifier: MIT */
#include "web/json/kept_json.h"
#include "web/parts/import_view.h"
#include "web/parts/undo_view.h"
#include "web/routes.h"

enum status api_import_kept(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_row row;
	struct job job;
	enum status st = import_row_load(rq, &row, e);

	if (st == STATUS_OK)
		st = undo_view_load(rq, row.head.id, &job, e);
	return st == STATUS_OK ? kept_json(rq, rs, job.id, e) : st;
}
