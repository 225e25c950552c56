/* contact_merge.c: two contacts become one, through the API */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/contact_merge.h"

#include "base/clock.h"
#include "base/str.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
#include "web/json/contact_json.h"
#include "web/routes.h"

/* The body: {"with", "version", "with_version", "take": {KEY: SIDE}}. */
struct reading {
	struct request *rq;
	struct merge_request *out;
	struct merge_choice *choices;
	const char *tags; /* "this", "other", "both" */
	const char *segments;
	const char *wrong; /* the first key that is not right */
	const char *why;
};

static bool wrong(struct reading *r, const char *key, const char *why)
{
	r->wrong = arena_strdup(r->rq->arena, key);
	r->why = why;
	return false;
}

static bool read_take(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	const char *side = str_or_empty(json_text(value));
	bool names = str_equal(key, "tags") || str_equal(key, "segments");
	bool other = str_equal(side, "other");

	if (!other && !str_equal(side, "this") &&
	    !(names && str_equal(side, "both")))
		return wrong(r, key,
		    names ? "This takes \"this\", \"other\" or \"both\"."
			  : "This takes \"this\" or \"other\".");
	if (str_equal(key, "tags")) {
		r->tags = side;
	} else if (str_equal(key, "segments")) {
		r->segments = side;
	} else {
		struct merge_choice *c = &r->choices[r->out->choice_count++];

		c->key = arena_strdup(r->rq->arena, key);
		c->side = other ? MERGE_OTHER : MERGE_THIS;
	}
	return true;
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	int64_t n = 0;

	if (str_equal(key, "take")) {
		if (json_type_of(value) != JSON_IS_OBJECT)
			return wrong(r, key, "This takes an object.");
		r->choices = arena_alloc(r->rq->arena,
		    (json_count(value) + 1) * sizeof(*r->choices));
		r->out->choices = r->choices;
		json_members(value, read_take, r);
		return !r->wrong;
	}
	if (!str_equal(key, "with") && !str_equal(key, "version") &&
	    !str_equal(key, "with_version"))
		return wrong(r, key, "A merge has no such field.");
	if (!json_int(value, &n) || n <= 0)
		return wrong(r, key, "This takes a whole number above 0.");
	if (str_equal(key, "with"))
		r->out->with.n = (uint64_t)n;
	else if (str_equal(key, "version"))
		r->out->version = (uint64_t)n;
	else
		r->out->with_version = (uint64_t)n;
	return true;
}

static const char *missing(const struct merge_request *m)
{
	return !m->with.n	  ? "with"
	       : !m->version	  ? "version"
	       : !m->with_version ? "with_version"
				  : NULL;
}

static enum status refuse(struct request *rq, struct response *rs, int code,
    const char *error, const char *message, const char *field, const char *text)
{
	struct json_writer w;
	struct str s;

	str_init(&s, 1 << 16);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	json_pair_text(&w, field, text);
	json_close(&w, '}');
	enum status st = api_error(rq, rs, code, error, message, str_text(&s));

	str_release(&s);
	return st;
}

/* False when it has answered. */
static bool read_body(
    struct request *rq, struct response *rs, struct reading *r)
{
	struct json_t *body;
	struct err why;

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
	json_members(body, read_member, r);
	if (!r->wrong && missing(r->out))
		wrong(r, missing(r->out), "This has to be given.");
	if (r->wrong)
		refuse(rq, rs, 422, "invalid",
		    "A value is not allowed, so nothing was merged.", r->wrong,
		    r->why);
	return !r->wrong;
}

/* 409 with both contacts as they are now. */
static enum status answer_moved(struct request *rq, struct response *rs,
    const struct merge_result *r, struct err *e)
{
	const struct contact both[] = {r->mine, r->theirs};
	struct contact_segments *segments;
	struct json_writer w;
	enum status st = contact_list_store_segments(
	    rq->db, rq->arena, both, 2, &segments, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "error");
	json_open(&w, '{');
	json_pair_text(&w, "code", "conflict");
	json_pair_text(&w, "message", merge_refusal_text(r->why));
	json_close(&w, '}');
	json_key(&w, "current");
	contact_json_put(&w, &both[0], &segments[0], clock_now());
	json_key(&w, "current_with");
	contact_json_put(&w, &both[1], &segments[1], clock_now());
	json_close(&w, '}');
	return api_ok(rs, 409);
}

static enum status answer_refusal(struct request *rq, struct response *rs,
    const struct merge_result *r, enum status st, struct err *e)
{
	const char *text = merge_refusal_text(r->why);

	if (r->why == MERGE_FINE)
		return st;
	if (r->why == MERGE_MOVED_ON)
		return answer_moved(rq, rs, r, e);
	if (r->why == MERGE_GONE)
		return refuse(rq, rs, 404, "not-found", text, r->field, text);
	if (r->why == MERGE_TRASHED)
		return refuse(rq, rs, 409, "in-trash", text, r->field, text);
	return refuse(rq, rs, 422, "invalid", text, r->field, text);
}

static enum status segments_of(struct request *rq, struct contact_id id,
    struct merge_names *out, struct err *e)
{
	struct segment *rows;
	enum status st = segment_store_of_contact(
	    rq->db, rq->arena, id, &rows, &out->count, e);

	if (st != STATUS_OK)
		return st;
	out->names =
	    arena_alloc(rq->arena, (out->count + 1) * sizeof(*out->names));
	for (size_t i = 0; i < out->count; i++)
		out->names[i] = rows[i].name;
	return st;
}

/* Whose tags and segments stay, where it is not those of both. */
static enum status choose_names(struct request *rq, struct reading *r,
    struct merge_names *tags, struct merge_names *segments, struct err *e)
{
	struct contact_id from = {rq->path_id};
	struct contact c;
	enum status st = STATUS_OK;

	if (!str_equal(r->tags, "both")) {
		if (str_equal(r->tags, "other"))
			from = r->out->with;
		st = contact_store_get(rq->db, rq->arena, from, false, &c, e);
		*tags = (struct merge_names){c.tags, c.tag_count};
		r->out->tags = tags;
	}
	if (st == STATUS_OK && !str_equal(r->segments, "both")) {
		from.n = str_equal(r->segments, "other") ? r->out->with.n
							 : rq->path_id;
		st = segments_of(rq, from, segments, e);
		r->out->segments = segments;
	}
	return st;
}

enum status api_contact_merge(
    struct request *rq, struct response *rs, struct err *e)
{
	struct merge_request m = {.id = {rq->path_id}};
	struct reading r = {
	    .rq = rq, .out = &m, .tags = "both", .segments = "both"};
	struct merge_names tags = {NULL, 0}, segments = {NULL, 0};
	struct merge_result result;
	struct contact c;
	enum status st = contact_store_get(
	    rq->db, rq->arena, (struct contact_id){rq->path_id}, false, &c, e);

	if (st != STATUS_OK || !read_body(rq, rs, &r))
		return st;
	st = choose_names(rq, &r, &tags, &segments, e);
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	st = contact_merge(rq->db, rq->arena, &rq->actor, &m, &result, e);
	if (st != STATUS_OK)
		return answer_refusal(rq, rs, &result, st, e);
	return contact_json_answer(rq, rs, &result.mine, 200, e);
}
