/* contact_download.h: contacts as a CSV download */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_CONTACT_DOWNLOAD_H
#define WEB_CONTACT_DOWNLOAD_H

#include "web/request.h"
#include "web/response.h"

/* Streams the contacts that the query string asks for (contact_filter.h), in
 * its order; for the page and the API alike. */
enum status contact_download(
    struct request *rq, struct response *rs, struct err *e);

#endif
