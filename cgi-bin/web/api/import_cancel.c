/* import_cancel.c: stops an import */
/* SPDX-License-Identifier: MIT */
#include "domain/import/plan.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_cancel(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};
	enum status st = import_cancel(rq->db, rq->arena, id, &rq->actor, e);

	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "already-ended",
		    "This import has already ended.", NULL);
	return st == STATUS_OK ? import_json(rq, id, rs, 202, e) : st;
}
