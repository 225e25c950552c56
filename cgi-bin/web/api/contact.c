/* contact.c: one contact in the API: read, change, delete */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "storage/contact_store.h"
#include "web/contact_json.h"
#include "web/routes.h"

/* 409 with what is there now, and both values of each field. */
static enum status answer_conflict(struct request *rq, struct response *rs,
    const struct contact_result *r, struct err *e)
{
	struct contact_segments *segments;
	struct json_writer w;
	enum status st = contact_list_store_segments(
	    rq->db, rq->arena, &r->contact, 1, &segments, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "error");
	json_open(&w, '{');
	json_pair_text(&w, "code", "conflict");
	json_pair_text(&w, "message",
	    "The contact was changed meanwhile, and so was a field that you "
	    "change. Nothing was written.");
	json_key(&w, "fields");
	json_open(&w, '{');
	for (size_t i = 0; i < r->conflict_count; i++)
		json_pair_text(&w, r->conflicts[i].field,
		    arena_printf(rq->arena, "Was \"%s\", is \"%s\" now.",
			r->conflicts[i].was, r->conflicts[i].now));
	json_close(&w, '}');
	json_close(&w, '}');
	json_key(&w, "current");
	contact_json_put(&w, &r->contact, segments, clock_now());
	json_close(&w, '}');
	return api_ok(rs, 409);
}

static enum status change(struct request *rq, struct response *rs,
    const struct contact *had, struct err *e)
{
	struct contact_draft draft;
	struct contact_result result;
	uint64_t version = 0;
	enum status st;

	if (!contact_json_read(rq, rs, had, &draft, &version, &st, e))
		return st;
	st = contact_change(rq->db, rq->arena, &rq->actor, had->id, version,
	    &draft, &result, e);
	if (st == STATUS_CONFLICT && result.conflict_count)
		return answer_conflict(rq, rs, &result, e);
	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return contact_json_problem(rq, rs, &result);
	if (st != STATUS_OK)
		return st;
	return contact_json_answer(rq, rs, &result.contact, 200, e);
}

static enum status delete_contact(struct request *rq, struct response *rs,
    struct contact_id id, struct err *e)
{
	struct json_writer w;
	enum status st = contact_remove(rq->db, rq->arena, &rq->actor, id, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_bool(&w, "deleted", true);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_contact(struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct contact c;
	enum status st;

	if (rq->method == METHOD_DELETE)
		return delete_contact(rq, rs, id, e);
	st = contact_store_get(rq->db, rq->arena, id, false, &c, e);
	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_PUT)
		return change(rq, rs, &c, e);
	return contact_json_answer(rq, rs, &c, 200, e);
}
