/* first_message_json.c: a rule for first messages in the API */
/* SPDX-License-Identifier: MIT */
#include "web/json/first_message_json.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "storage/first_message_rule_store.h"
#include "web/api_body.h"

void first_message_json_put(
    struct json_writer *w, const struct first_message_rule *r)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)r->id);
	json_pair_int(w, "position", (int64_t)r->position);
	json_pair_text(w, "kind", match_words[r->kind].key);
	json_pair_text(w, "phrase", r->phrase);
	json_pair_text(w, "first_message", r->gives);
	json_close(w, '}');
}

struct reading {
	struct arena *arena;
	struct first_message_rule *rule;
	const char *field; /* the first that is not right, or NULL */
	const char *text;
};

static bool wrong(struct reading *r, const char *field, const char *text)
{
	r->field = field;
	r->text = text;
	return false;
}

static bool read_text(struct reading *r, const char *key,
    const struct json_t *value, const char **out)
{
	const char *text = json_text(value);

	if (!text)
		return wrong(r, key, "This is a text.");
	size_t n = strlen(text);

	utf8_trim(&text, &n);
	*out = arena_strndup(r->arena, text, n);
	return true;
}

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	int64_t n = 0;

	if (str_equal(key, "phrase"))
		return read_text(r, key, value, &r->rule->phrase);
	if (str_equal(key, "first_message"))
		return read_text(r, key, value, &r->rule->gives);
	if (str_equal(key, "kind")) {
		int kind = match_kind_find(str_or_empty(json_text(value)));

		if (kind < 0)
			return wrong(r, key,
			    "The kind is is, starts_with, word or contains.");
		r->rule->kind = (enum match_kind)kind;
		return true;
	}
	if (!str_equal(key, "position"))
		return wrong(r, key,
		    "A rule has phrase, kind, first_message and position, "
		    "and nothing else.");
	if (json_type_of(value) != JSON_IS_NUMBER || !json_int(value, &n) ||
	    n < 1)
		return wrong(r, key, "A position is a number from 1 on.");
	r->rule->position = (uint64_t)n;
	return true;
}

bool first_message_json_read(
    struct request *rq, struct response *rs, struct first_message_rule *rule)
{
	struct reading r = {rq->arena, rule, NULL, NULL};
	struct json_t *body;

	rule->position = 0;
	if (!api_body_parse(rq, rs, &body))
		return false;
	json_members(body, read_member, &r);
	if (r.field)
		api_body_problem(rq, rs, STATUS_INVALID, r.field, r.text);
	return !r.field;
}

static enum status put_one(struct request *rq, struct response *rs, uint64_t id,
    int code, struct err *e)
{
	struct first_message_rule *rules;
	struct json_writer w;
	size_t n;
	enum status st =
	    first_message_rule_list(rq->db, rq->arena, false, &rules, &n, e);

	json_writer_init(&w, &rs->body);
	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		if (rules[i].id != id)
			continue;
		first_message_json_put(&w, &rules[i]);
		return api_ok(rs, code);
	}
	return st == STATUS_OK
		   ? ERR(e, STATUS_NOT_FOUND, "the rule is gone again")
		   : st;
}

enum status first_message_json_answer(struct request *rq, struct response *rs,
    enum status st, const struct catalog_problem *problem, uint64_t id,
    int code, struct err *e)
{
	if (st == STATUS_INVALID)
		return api_body_problem(
		    rq, rs, st, problem->field, problem->text);
	return st == STATUS_OK ? put_one(rq, rs, id, code, e) : st;
}
