/* import.c: one import */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import(struct request *rq, struct response *rs, struct err *e)
{
	struct import_id id = {rq->path_id};

	return import_json(rq, id, rs, 200, e);
}
