/* import_pause.c: stops an import for now */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_pause(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};
	enum status st = import_pause(rq->db, rq->arena, id, &rq->actor, e);

	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "not-running",
		    "This import neither runs nor waits to.", NULL);
	return st == STATUS_OK ? import_json(rq, id, rs, 202, e) : st;
}
