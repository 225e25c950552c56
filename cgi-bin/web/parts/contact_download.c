/* contact_download.c: contacts as a download */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_download.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/export/contact_export.h"
#include "domain/filter/filter_shape.h"
#include "web/parts/contact_params.h"

#define XLSX_TYPE                                                              \
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

struct download {
	struct request *rq;
	struct response *rs;
	bool xlsx;
};

/* The head goes out with the first bytes: a failure before is a clear page. */
static bool write_piece(void *arg, const void *p, size_t n)
{
	struct download *d = arg;

	if (!d->rs->streaming) {
		char now[32];

		clock_format(clock_now(), now);
		response_begin(d->rq, d->rs, d->xlsx ? XLSX_TYPE : "text/csv",
		    arena_printf(d->rq->arena, "contacts-%.10s.%s", now,
			d->xlsx ? "xlsx" : "csv"));
	}
	response_write(d->rs, p, n);
	return !d->rs->gone;
}

static enum status refuse(struct request *rq, struct response *rs, int code,
    const char *field, const char *text)
{
	struct contact_filter f = {.message_count = 1};
	struct filter_param message = {field, text};

	f.messages = &message;
	contact_params_refused(rq, rs, &f);
	if (rq->api)
		return STATUS_OK;
	rs->code = code;
	return STATUS_INVALID;
}

/* delimiter and bom; the parameter that has another value, or NULL. */
static const char *read_form(struct request *rq, struct export_options *o)
{
	const char *delimiter = form_text(&rq->params, "delimiter");
	const char *bom = form_text(&rq->params, "bom");

	o->delimiter = str_equal(delimiter, "semicolon") ? ';' : ',';
	o->bom = !str_equal(bom, "false");
	if (*delimiter && o->delimiter == ',' && !str_equal(delimiter, "comma"))
		return "delimiter";
	return *bom && o->bom && !str_equal(bom, "true") ? "bom" : NULL;
}

static enum status read_columns(struct request *rq,
    const struct contact_filter *f, struct column_list *out, struct err *e)
{
	out->count = 0;
	if (f->columns_asked == COLUMNS_UNSAID)
		return STATUS_OK;
	return contact_params_chosen(rq, f, out, e);
}

enum status contact_download(
    struct request *rq, struct response *rs, bool xlsx, struct err *e)
{
	static const char *const own[] = {"delimiter", "bom", NULL};
	struct export_options options = {.xlsx = xlsx};
	struct download d = {rq, rs, xlsx};
	const char *refusal = NULL;
	struct contact_filter f;
	enum status st = contact_params_load(rq, own, &f, e);

	if (st != STATUS_OK)
		return st;
	if (contact_params_refused(rq, rs, &f)) {
		rs->code = f.bad_cursor ? 400 : 422;
		return rq->api ? STATUS_OK : STATUS_INVALID;
	}
	const char *wrong = read_form(rq, &options);

	if (wrong)
		return refuse(rq, rs, 422, wrong,
		    *wrong == 'b' ? "This is true or false."
				  : "This is comma or semicolon.");
	options.shape =
	    filter_shape(rq->arena, contact_filter_text(rq->arena, &f));
	st = read_columns(rq, &f, &options.columns, e);
	if (st == STATUS_OK)
		st = contact_export(rq->db, rq->conf, &f.query, &options,
		    &rq->actor, rq->arena, write_piece, &d, &refusal, e);
	if (!refusal)
		return st;
	if (rq->api)
		return api_error(
		    rq, rs, 422, "too-large-for-xlsx", refusal, NULL);
	rs->message = refusal;
	rs->code = 422;
	return st;
}
