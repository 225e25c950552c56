/* contacts_export_xlsx.c: contacts as XLSX by the API */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_download.h"
#include "web/routes.h"

enum status api_contacts_export_xlsx(
    struct request *rq, struct response *rs, struct err *e)
{
	return contact_download(rq, rs, true, e);
}
