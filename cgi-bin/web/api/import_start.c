/* import_start.c: gives the consent for an import that waits, and starts it */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "domain/import/plan.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

/* Of a form, or of a JSON object. */
struct start_words {
	bool consent;
	uint64_t optins; /* confirm_optins */
	bool bad_optins;
	bool malformed; /* the body is no JSON */
};

static void read_json(struct request *rq, struct start_words *w)
{
	struct json_t *body;
	int64_t n = 0;

	w->malformed = json_parse(rq->arena, rq->json, rq->json_length, &body,
			   NULL) != STATUS_OK;
	if (w->malformed)
		return;
	w->consent =
	    json_bool(json_get(body, "consent"), &w->consent) && w->consent;
	if (json_type_of(json_get(body, "confirm_optins")) == JSON_IS_NULL)
		return;
	w->bad_optins =
	    !json_int(json_get(body, "confirm_optins"), &n) || n < 0;
	w->optins = w->bad_optins ? 0 : (uint64_t)n;
}

static void read_words(struct request *rq, struct start_words *w)
{
	const char *number = form_text(&rq->form, "confirm_optins");
	unsigned long long n = 0;

	*w = (struct start_words){.consent = false};
	if (rq->json != NULL) {
		read_json(rq, w);
		return;
	}
	w->consent = str_equal_nocase(form_text(&rq->form, "consent"), "true");
	w->bad_optins = !str_empty(number) && !str_to_u64(number, &n);
	w->optins = w->bad_optins ? 0 : n;
}

static enum status not_ready(struct request *rq, struct response *rs)
{
	return api_error(rq, rs, 409, "not-ready",
	    "This import is not waiting to be started.", NULL);
}

/* True when the answer is given. */
static bool refuse_words(
    struct request *rq, struct response *rs, const struct start_words *w)
{
	if (w->malformed)
		api_error(rq, rs, 400, "malformed",
		    "The body has to be a JSON object.", NULL);
	else if (!w->consent)
		api_error(rq, rs, 422, "consent-missing",
		    "Confirm with consent=true that the people in the file "
		    "have agreed to be contacted and to profiling (GDPR).",
		    "{\"consent\":\"Must be true.\"}");
	else if (w->bad_optins)
		api_error(rq, rs, 422, "value-not-allowed",
		    "confirm_optins is the number of people whose opt-outs "
		    "this import overturns.",
		    "{\"confirm_optins\":\"Must be a number.\"}");
	return w->malformed || !w->consent || w->bad_optins;
}

enum status api_import_start(
    struct request *rq, struct response *rs, struct err *e)
{
	struct start_words words;
	struct import_row row;
	enum status st = import_row_load(rq, &row, e);

	if (st != STATUS_OK)
		return st;
	read_words(rq, &words);
	const struct import_format *f = import_format_find(row.head.format);

	words.consent |= f && f->optout;
	if (refuse_words(rq, rs, &words))
		return STATUS_OK;
	if (words.optins)
		st = import_confirm_optins(rq->db, rq->arena, row.head.id,
		    &rq->actor, words.optins, false, e);
	if (st == STATUS_CONFLICT)
		return not_ready(rq, rs);
	if (st == STATUS_INVALID)
		return api_error(rq, rs, 422, "optins-differ",
		    "The check found another number of people who opted out "
		    "(opt_outs.people). Confirm exactly that number.",
		    "{\"confirm_optins\":\"Not the number that was found.\"}");
	if (st != STATUS_OK)
		return st;
	st = import_confirm(
	    rq->db, rq->arena, row.head.id, &rq->actor, true, true, e);
	if (st == STATUS_CONFLICT)
		return not_ready(rq, rs);
	return st == STATUS_OK ? import_accepted(rq, rs, row.head.id) : st;
}
