/* first_messages.c: the rules for first messages in the API */
/* SPDX-License-Identifier: MIT */
#include "storage/first_message_rule_store.h"
#include "web/json/first_message_json.h"
#include "web/routes.h"

/* ?try=TEXT: what a first message of this text would give. */
static void put_trial(struct request *rq, struct json_writer *w,
    const struct first_message_rule *rules, size_t n)
{
	const char *text = form_find(&rq->params, "try");
	const struct first_message_rule *r;

	if (!text)
		return;
	r = first_message_choose(rq->arena, rules, n, text);
	json_key(w, "try");
	json_open(w, '{');
	json_key(w, "rule");
	if (r)
		json_put_int(w, (int64_t)r->id);
	else
		json_put_null(w);
	json_pair_text(w, "first_message", r ? r->gives : text);
	json_close(w, '}');
}

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct first_message_rule *rules;
	struct json_writer w;
	size_t n;
	enum status st =
	    first_message_rule_list(rq->db, rq->arena, false, &rules, &n, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "rules");
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		first_message_json_put(&w, &rules[i]);
	json_close(&w, ']');
	put_trial(rq, &w, rules, n);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_first_messages(
    struct request *rq, struct response *rs, struct err *e)
{
	struct first_message_change c = {.db = rq->db,
	    .arena = rq->arena,
	    .actor = &rq->actor,
	    .problem = {"", ""}};
	struct first_message_rule rule = {
	    .kind = MATCH_WORD, .phrase = "", .gives = ""};

	if (rq->method == METHOD_GET)
		return list(rq, rs, e);
	if (!first_message_json_read(rq, rs, &rule))
		return STATUS_OK;
	enum status st = first_message_add(&c, &rule, e);

	return first_message_json_answer(
	    rq, rs, st, &c.problem, rule.id, 201, e);
}
