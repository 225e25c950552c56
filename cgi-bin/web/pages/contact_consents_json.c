/* contact_consents_json.c: the ledger of a contact's consents, as a file */
/* SPDX-License-Identifier: MIT */
#include "web/parts/consent_view.h"
#include "web/routes.h"

enum status page_contact_consents_json(
    struct request *rq, struct response *rs, struct err *e)
{
	return consent_download(rq, rs, true, e);
}
