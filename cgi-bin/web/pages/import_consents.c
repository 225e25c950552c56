/* import_consents.c: the consents that an import brought, as proof */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status page_import_consents(
    struct request *rq, struct response *rs, struct err *e)
{
	return import_download_consents(rq, rs, e);
}
