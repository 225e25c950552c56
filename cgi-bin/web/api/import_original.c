/* import_original.c: the file of an import as it was uploaded, for programs */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_original(
    struct request *rq, struct response *rs, struct err *e)
{
	return import_download(rq, rs, result_original, NULL, e);
}
