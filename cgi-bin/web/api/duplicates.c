/* duplicates.c: which contacts may be one person, in the API */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/duplicates.h"

#include "base/clock.h"
#include "base/str.h"
#include "web/json/contact_json.h"
#include "web/routes.h"

static enum status put_pair(struct request *rq, struct json_writer *w,
    const struct duplicate_suggestion *s, struct err *e)
{
	const struct contact both[] = {s->first, s->second};
	struct contact_segments *segments;
	enum status st = contact_list_store_segments(
	    rq->db, rq->arena, both, 2, &segments, e);

	if (st != STATUS_OK)
		return st;
	json_open(w, '{');
	json_key(w, "reasons");
	json_open(w, '[');
	for (size_t i = 0; i < REASON_COUNT; i++)
		if (s->pair.reasons & duplicate_reasons[i].bit)
			json_put_text(w, duplicate_reasons[i].key);
	json_close(w, ']');
	json_key(w, "contacts");
	json_open(w, '[');
	for (size_t i = 0; i < 2; i++)
		contact_json_put(w, &both[i], &segments[i], clock_now());
	json_close(w, ']');
	json_close(w, '}');
	return STATUS_OK;
}

static enum status answer(struct request *rq, struct response *rs,
    const struct duplicate_list *list, struct err *e)
{
	enum status st = STATUS_OK;
	struct json_writer w;
	char as_of[32];

	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "duplicates");
	json_open(&w, '[');
	for (size_t i = 0; st == STATUS_OK && i < list->count; i++)
		st = put_pair(rq, &w, &list->items[i], e);
	json_close(&w, ']');
	json_pair_text(&w, "next", list->next);
	json_key(&w, "total");
	if (list->total_more)
		json_put_null(&w);
	else
		json_put_int(&w, (int64_t)list->total);
	if (list->total_more)
		json_pair_int(&w, "total_more_than", (int64_t)list->total);
	clock_format(list->as_of, as_of);
	json_pair_text(&w, "as_of", list->as_of ? as_of : NULL);
	json_close(&w, '}');
	return st == STATUS_OK ? api_ok(rs, 200) : st;
}

static enum status refuse(struct request *rq, struct response *rs,
    const char *field, const char *text)
{
	struct json_writer w;
	struct str s;

	str_init(&s, 1 << 16);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	json_pair_text(&w, field, text);
	json_close(&w, '}');
	enum status st = api_error(rq, rs, 422, "invalid",
	    "A parameter is not understood, so nothing was looked up.",
	    str_text(&s));

	str_release(&s);
	return st;
}

enum status api_duplicates(
    struct request *rq, struct response *rs, struct err *e)
{
	struct duplicate_query query = {.limit = DUPLICATES_PER_PAGE};
	struct duplicate_list list;
	unsigned long long limit;

	for (size_t i = 0; i < rq->params.count; i++) {
		const char *name = rq->params.fields[i].name;
		const char *value = rq->params.fields[i].value;

		if (str_equal(name, "reason")) {
			if (!duplicate_reason_read(value, &query.reason))
				return refuse(rq, rs, name,
				    "There is no such reason: email, user_id, "
				    "number, name.");
		} else if (str_equal(name, "after")) {
			if (!duplicate_cursor_read(value, &query.after))
				return api_error(rq, rs, 400, "bad-cursor",
				    "The cursor is damaged. Begin with the "
				    "first page.",
				    NULL);
		} else if (!str_equal(name, "limit")) {
			return refuse(
			    rq, rs, name, "There is no such parameter.");
		} else if (!str_to_u64(value, &limit) || !limit ||
			   limit > DUPLICATES_LIMIT_MAX) {
			return refuse(
			    rq, rs, name, "This takes a number up to 200.");
		} else {
			query.limit = limit;
		}
	}
	enum status st = duplicates_load(rq->db, rq->arena, &query, &list, e);

	return st == STATUS_OK ? answer(rq, rs, &list, e) : st;
}
