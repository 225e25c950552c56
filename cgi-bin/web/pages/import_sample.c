/* import_sample.c: a file of a format that imports without error */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "domain/import/formats.h"
#include "web/routes.h"

enum status page_import_sample(
    struct request *rq, struct response *rs, struct err *e)
{
	const char *key = form_text(&rq->params, "format");
	const struct import_format *f = import_format_find(key);

	if (f == NULL)
		return ERR(e, STATUS_NOT_FOUND, "no format is called so");
	response_begin(rq, rs, "text/csv; charset=utf-8",
	    arena_printf(rq->arena, "sample-%s.csv", f->key));
	if (!rq->head)
		response_write(rs, f->sample, strlen(f->sample));
	return STATUS_OK;
}
