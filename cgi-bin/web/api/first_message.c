/* first_message.c: one rule for first messages in the API */
/* SPDX-License-Identifier: MIT */
#include "storage/first_message_rule_store.h"
#include "web/json/first_message_json.h"
#include "web/routes.h"

static enum status find(struct request *rq, uint64_t id,
    struct first_message_rule *out, struct err *e)
{
	struct first_message_rule *rules;
	size_t n;
	enum status st =
	    first_message_rule_list(rq->db, rq->arena, false, &rules, &n, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n; i++) {
		if (rules[i].id != id)
			continue;
		*out = rules[i];
		return STATUS_OK;
	}
	return ERR(e, STATUS_NOT_FOUND, "no such rule");
}

enum status api_first_message(
    struct request *rq, struct response *rs, struct err *e)
{
	struct first_message_change c = {.db = rq->db,
	    .arena = rq->arena,
	    .actor = &rq->actor,
	    .problem = {"", ""}};
	struct first_message_rule rule;
	struct json_writer w;
	enum status st;

	if (rq->method == METHOD_DELETE) {
		st = first_message_remove(&c, rq->path_id, e);
		if (st != STATUS_OK)
			return st;
		json_writer_init(&w, &rs->body);
		json_open(&w, '{');
		json_pair_text(&w, "status", "deleted");
		json_close(&w, '}');
		return api_ok(rs, 200);
	}
	st = find(rq, rq->path_id, &rule, e);
	if (st != STATUS_OK || !first_message_json_read(rq, rs, &rule))
		return st;
	st = first_message_edit(&c, &rule, e);
	return first_message_json_answer(
	    rq, rs, st, &c.problem, rule.id, 200, e);
}
