/* contact_download.h: contacts as a download */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CONTACT_DOWNLOAD_H
#define WEB_PARTS_CONTACT_DOWNLOAD_H

#include "web/request.h"
#include "web/response.h"

/*
 * Streams the contacts that the query string asks for (contact_filter.h), in
 * its order, as CSV or XLSX; for the page and the API alike. Parameters beside
 * those of the list: delimiter=comma|semicolon and bom=true|false, of CSV.
 * Without columns= it has all that an import takes.
 */
enum status contact_download(
    struct request *rq, struct response *rs, bool xlsx, struct err *e);

#endif
