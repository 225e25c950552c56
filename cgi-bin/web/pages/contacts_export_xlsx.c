/* contacts_export_xlsx.c: what the list shows, as an XLSX download */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_download.h"
#include "web/routes.h"

enum status page_contacts_export_xlsx(
    struct request *rq, struct response *rs, struct err *e)
{
	return contact_download(rq, rs, true, e);
}
