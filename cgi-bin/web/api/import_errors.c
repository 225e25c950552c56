/* import_errors.c: the rows of an import that did not get in, with why, for
 * programs */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_errors(
    struct request *rq, struct response *rs, struct err *e)
{
	return import_download(rq, rs, result_errors, "errors", e);
}
