/* audit.c: the audit log, in pages */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/json.h"
#include "web/parts/audit_view.h"
#include "web/routes.h"

#define ENTRIES 100u
#define FIELDS_MAX (8u << 10)

static void put_id(struct json_writer *w, const char *key, uint64_t id)
{
	json_key(w, key);
	if (id)
		json_put_int(w, (int64_t)id);
	else
		json_put_null(w);
}

static void put_entry(
    struct arena *a, struct json_writer *w, const struct audit *entry)
{
	const struct audit_word *word = audit_word_find(entry->action);
	char at[32];

	clock_format(entry->at, at);
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)entry->id);
	json_pair_text(w, "at", at);
	json_pair_text(w, "by", audit_by_word(audit_by_of(entry)));
	json_pair_text(w, "who", audit_view_who(a, entry));
	put_id(w, "member", entry->member.n);
	put_id(w, "token", entry->token.n);
	json_pair_text(w, "address", entry->address);
	json_pair_text(w, "action", entry->action);
	json_key(w, "group");
	json_put_text(w, word ? audit_group_word(word->group) : NULL);
	json_pair_text(w, "what", audit_sentence(entry->action));
	json_pair_text(w, "subject", entry->subject);
	json_pair_text(w, "details", entry->details);
	json_close(w, '}');
}

static enum status refuse(
    struct request *rq, struct response *rs, const struct audit_filter *f)
{
	struct json_writer w;
	struct str s;

	str_init(&s, FIELDS_MAX);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	for (size_t i = 0; i < AUDIT_PARAMS; i++)
		if (f->params[i].problem)
			json_pair_text(
			    &w, f->params[i].name, f->params[i].problem);
	json_close(&w, '}');
	enum status st = f->bad_place ? api_error(rq, rs, 400, "bad-cursor",
					    f->first_problem, NULL)
				      : api_error(rq, rs, 422, "invalid",
					    f->first_problem, str_text(&s));

	str_release(&s);
	return st;
}

enum status api_audit(struct request *rq, struct response *rs, struct err *e)
{
	struct audit_filter f;
	struct audit_page page;
	struct json_writer w;

	audit_view_read(rq, ENTRIES, &f);
	if (f.first_problem)
		return refuse(rq, rs, &f);
	enum status st = audit_list(rq->db, rq->arena, &f.query, &page, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "audit");
	json_open(&w, '[');
	for (size_t i = 0; i < page.count; i++)
		put_entry(rq->arena, &w, &page.rows[i]);
	json_close(&w, ']');
	json_key(&w, "next");
	json_put_text(
	    &w, page.more ? audit_place_text(rq->arena, &page.end) : NULL);
	json_close(&w, '}');
	return api_ok(rs, 200);
}
