/* kept_json.c: what a job left as it is, for programs */
/* SPDX-License-Identifier: MIT */
#include "web/json/kept_json.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "storage/job_store.h"

#define KEPT_PAGE 100u
#define KEPT_MAX 1000u

/* "17-city": the contact and the field of the last row that was seen. */
static bool read_after(
    struct request *rq, unsigned long long *contact, const char **field)
{
	const char *text = form_text(&rq->params, "after");
	const char *dash = strchr(text, '-');

	*contact = 0;
	*field = "";
	if (!*text)
		return true;
	if (!dash || !dash[1])
		return false;
	*field = dash + 1;
	return str_to_u64(
	    arena_strndup(rq->arena, text, (size_t)(dash - text)), contact);
}

static bool read_limit(struct request *rq, unsigned long long *limit)
{
	const char *text = form_text(&rq->params, "limit");

	*limit = KEPT_PAGE;
	return !*text ||
	       (str_to_u64(text, limit) && *limit && *limit <= KEPT_MAX);
}

static enum status answer(struct request *rq, struct response *rs,
    const struct job_kept *rows, size_t count, size_t limit)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "kept");
	json_open(&w, '[');
	for (size_t i = 0; i < count && i < limit; i++) {
		json_open(&w, '{');
		json_pair_int(&w, "contact", (int64_t)rows[i].contact);
		json_pair_text(&w, "field", rows[i].field);
		json_pair_text(&w, "reason", rows[i].reason);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	json_pair_text(&w, "next",
	    count > limit ? arena_printf(rq->arena, "%" PRIu64 "-%s",
				rows[limit - 1].contact, rows[limit - 1].field)
			  : NULL);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status kept_json(
    struct request *rq, struct response *rs, struct job_id job, struct err *e)
{
	unsigned long long contact, limit;
	struct job_kept *rows;
	const char *field;
	size_t count;

	if (!read_after(rq, &contact, &field))
		return api_error(rq, rs, 400, "bad-cursor",
		    "after is the \"next\" of the answer before.", NULL);
	if (!read_limit(rq, &limit))
		return api_error(rq, rs, 422, "value-not-allowed",
		    "limit is a whole number from 1 to 1000.",
		    "{\"limit\":\"A whole number from 1 to 1000.\"}");
	enum status st = job_store_kept_from(rq->db, rq->arena, job, contact,
	    field, (size_t)limit + 1, &rows, &count, e);

	return st == STATUS_OK ? answer(rq, rs, rows, count, (size_t)limit)
			       : st;
}
