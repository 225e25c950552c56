/* import_processed.c: all rows of an import, with comments, for programs */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_processed(
    struct request *rq, struct response *rs, struct err *e)
{
	return import_download(rq, rs, result_processed, "processed", e);
}
