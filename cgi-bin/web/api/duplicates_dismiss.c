/* duplicates_dismiss.c: two contacts are two people, in the API */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "base/str.h"
#include "domain/duplicates/duplicates.h"
#include "web/routes.h"

/* The body: {"contacts": [ID, ID], "take_back": BOOL}. */
struct reading {
	struct contact_id ids[2];
	bool take_back;
	const char *wrong;
	const char *why;
};

static bool wrong(struct reading *r, const char *key, const char *why)
{
	r->wrong = key;
	r->why = why;
	return false;
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;

	if (str_equal(key, "take_back"))
		return json_bool(value, &r->take_back) ||
		       wrong(r, "take_back", "This takes true or false.");
	if (!str_equal(key, "contacts"))
		return wrong(r, "contact", "There is a field too many.");
	if (json_type_of(value) != JSON_IS_ARRAY || json_count(value) != 2)
		return wrong(r, "contacts", "This takes two ids.");
	for (size_t i = 0; i < 2; i++) {
		int64_t n = 0;

		if (!json_int(json_at(value, i), &n) || n <= 0)
			return wrong(r, "contacts", "This takes two ids.");
		r->ids[i].n = (uint64_t)n;
	}
	return true;
}

static enum status refuse(
    struct request *rq, struct response *rs, const struct reading *r)
{
	struct json_writer w;
	struct str s;

	str_init(&s, 1 << 16);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	json_pair_text(&w, r->wrong, r->why);
	json_close(&w, '}');
	enum status st = api_error(rq, rs, 422, "invalid",
	    "A value is not allowed, so nothing was changed.", str_text(&s));

	str_release(&s);
	return st;
}

static enum status answer(struct response *rs, bool dismissed)
{
	struct json_writer w;

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_bool(&w, "dismissed", dismissed);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_duplicates_dismiss(
    struct request *rq, struct response *rs, struct err *e)
{
	struct reading r = {.take_back = false};
	struct json_t *body;
	struct err why;
	enum status st;

	if (!rq->json)
		return api_error(rq, rs, 415, "unsupported-media-type",
		    "Send an object as application/json.", NULL);
	if (json_parse(rq->arena, rq->json, rq->json_length, &body, &why) !=
		STATUS_OK ||
	    json_type_of(body) != JSON_IS_OBJECT)
		return api_error(rq, rs, 400, "malformed",
		    "The body has to be a JSON object.", NULL);
	json_members(body, read_member, &r);
	if (!r.wrong && !r.ids[0].n)
		wrong(&r, "contacts", "This takes two ids.");
	if (!r.wrong && r.ids[0].n == r.ids[1].n)
		wrong(&r, "contacts", "These are one contact.");
	if (r.wrong)
		return refuse(rq, rs, &r);
	st = r.take_back ? duplicates_take_back(rq->db, rq->arena, &rq->actor,
			       r.ids[0], r.ids[1], e)
			 : duplicates_dismiss(rq->db, rq->arena, &rq->actor,
			       r.ids[0], r.ids[1], e);
	return st == STATUS_OK ? answer(rs, !r.take_back) : st;
}
