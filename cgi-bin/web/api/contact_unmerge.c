/* contact_unmerge.c: a merge is taken back, or made again, in the API */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/contact_unmerge.h"
#include "base/json.h"
#include "base/str.h"
#include "web/routes.h"

/* The body: {"job": ID}, that of the merge. */
static bool read_body(
    struct request *rq, struct response *rs, struct job_id *out)
{
	struct json_t *body;
	struct err why;
	int64_t n = 0;

	if (!rq->json) {
		api_error(rq, rs, 415, "unsupported-media-type",
		    "Send an object as application/json.", NULL);
		return false;
	}
	if (json_parse(rq->arena, rq->json, rq->json_length, &body, &why) !=
		STATUS_OK ||
	    json_type_of(body) != JSON_IS_OBJECT) {
		api_error(rq, rs, 400, "malformed",
		    "The body has to be a JSON object.", NULL);
		return false;
	}
	if (json_count(body) != 1 || !json_int(json_get(body, "job"), &n) ||
	    n <= 0) {
		api_error(rq, rs, 422, "invalid",
		    "A value is not allowed, so nothing was changed.",
		    "{\"job\":\"This takes the job of a merge, and nothing "
		    "else is taken.\"}");
		return false;
	}
	out->n = (uint64_t)n;
	return true;
}

static enum status answer(struct response *rs, const struct merge_state *s)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_int(&w, "job", (int64_t)s->last.id.n);
	json_pair_bool(&w, "merged", s->together);
	json_key(&w, "kept");
	json_open(&w, '[');
	for (size_t i = 0; i < s->kept_count; i++) {
		json_open(&w, '{');
		json_pair_int(&w, "contact", (int64_t)s->kept[i].contact);
		json_pair_text(&w, "field", s->kept[i].field);
		json_pair_text(&w, "reason", s->kept[i].reason);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_contact_unmerge(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct job_id job;
	struct merge_state s;

	if (!read_body(rq, rs, &job))
		return STATUS_OK;
	enum status st = merge_state_load(rq->db, rq->arena, id, job, &s, e);

	if (st == STATUS_OK)
		st = contact_unmerge(
		    rq->db, rq->arena, &rq->actor, id, job, s.last.id, &s, e);
	return st == STATUS_OK ? answer(rs, &s) : st;
}
