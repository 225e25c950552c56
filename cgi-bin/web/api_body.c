/* api_body.c: small JSON bodies of the API */
/* SPDX-License-Identifier: MIT */
#include "web/api_body.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

enum status api_body_problem(struct request *rq, struct response *rs,
    enum status st, const char *field, const char *text)
{
	struct json_writer w;
	struct str s;
	bool taken = st == STATUS_CONFLICT;

	str_init(&s, 1 << 16);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	json_pair_text(&w, field, text);
	json_close(&w, '}');
	st = api_error(rq, rs, taken ? 409 : 422, taken ? "taken" : "invalid",
	    text, str_text(&s));
	str_release(&s);
	return st;
}

struct reading {
	struct arena *arena;
	const char *const *keys;
	const char **values;
	const char *wrong; /* the first key that is not right */
};

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	const char *text = json_text(value);
	size_t n = text ? strlen(text) : 0;

	for (size_t i = 0; r->keys[i]; i++) {
		if (!str_equal(r->keys[i], key) || !text)
			continue;
		utf8_trim(&text, &n);
		r->values[i] = arena_strndup(r->arena, text, n);
		return true;
	}
	r->wrong = key;
	return false;
}

bool api_body_parse(
    struct request *rq, struct response *rs, struct json_t **body)
{
	struct err why;

	if (!rq->json) {
		api_error(rq, rs, 415, "unsupported-media-type",
		    "Send an object as application/json.", NULL);
		return false;
	}
	if (json_parse(rq->arena, rq->json, rq->json_length, body, &why) !=
		STATUS_OK ||
	    json_type_of(*body) != JSON_IS_OBJECT) {
		api_error(rq, rs, 400, "malformed",
		    "The body has to be a JSON object.", NULL);
		return false;
	}
	return true;
}

bool api_body_read(struct request *rq, struct response *rs,
    const char *const *keys, const char **values)
{
	struct reading r = {rq->arena, keys, values, NULL};
	struct json_t *body;

	for (size_t i = 0; keys[i]; i++)
		values[i] = "";
	if (!api_body_parse(rq, rs, &body))
		return false;
	json_members(body, read_member, &r);
	if (r.wrong)
		api_body_problem(rq, rs, STATUS_INVALID, r.wrong,
		    "This is not known here, or not a text.");
	return !r.wrong;
}

const char *api_body_text(struct arena *a, struct json_t *v)
{
	switch (json_type_of(v)) {
	case JSON_IS_NULL:
		return "";
	case JSON_IS_STRING:
		return json_text(v);
	case JSON_IS_BOOL:
	case JSON_IS_NUMBER:
		return json_dump(a, v, false);
	case JSON_IS_ARRAY:
	case JSON_IS_OBJECT:
		break;
	}
	return NULL;
}
