/* contacts_export.c: what the list shows, as a CSV download */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_download.h"
#include "web/routes.h"

enum status page_contacts_export(
    struct request *rq, struct response *rs, struct err *e)
{
	return contact_download(rq, rs, false, e);
}
