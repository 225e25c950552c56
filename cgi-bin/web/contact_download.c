/* contact_download.c: contacts as a CSV download */
/* SPDX-License-Identifier: MIT */
#include "web/contact_download.h"

#include "base/clock.h"
#include "base/log.h"
#include "domain/contact_export.h"
#include "web/contact_params.h"

struct download {
	struct request *rq;
	struct response *rs;
};

/* The head goes out with the first bytes: a failure before is a clear page. */
static bool write_piece(void *arg, const void *p, size_t n)
{
	struct download *d = arg;

	if (!d->rs->streaming) {
		char now[32];

		clock_format(clock_now(), now);
		response_begin(d->rq, d->rs, "text/csv",
		    arena_printf(d->rq->arena, "contacts-%.10s.csv", now));
	}
	response_write(d->rs, p, n);
	return !d->rs->gone;
}

enum status contact_download(
    struct request *rq, struct response *rs, struct err *e)
{
	struct download d = {rq, rs};
	struct contact_filter f;
	enum status st = contact_params_load(rq, NULL, &f, e);

	if (st != STATUS_OK)
		return st;
	if (contact_params_refused(rq, rs, &f)) {
		if (rq->api)
			return STATUS_OK;
		rs->code = f.bad_cursor ? 400 : 422;
		return STATUS_INVALID;
	}
	st = contact_export(rq->db, rq->conf, &f.query, &rq->actor,
	    contact_params_query(rq->arena, &f, SIZE_MAX, NULL, NULL),
	    write_piece, &d, e);
	if (rs->streaming && st != STATUS_OK)
		log_err("exporting contacts", st, e);
	return rs->streaming ? STATUS_OK : st;
}
