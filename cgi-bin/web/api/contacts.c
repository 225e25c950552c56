/* contacts.c: the API's list of contacts, and new ones */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_list.h"
#include "web/json/contact_json.h"
#include "web/parts/contact_params.h"
#include "web/routes.h"

static void put_total(struct json_writer *w, const struct contact_list *list)
{
	if (!list->total_more) {
		json_pair_int(w, "total", (int64_t)list->total);
		return;
	}
	json_pair_text(w, "total", NULL);
	json_pair_int(w, "total_more_than", (int64_t)list->total);
}

static enum status list(struct request *rq, struct response *rs, struct err *e)
{
	struct contact_filter f;
	struct contact_list found;
	struct contact_segments *segments;
	struct json_writer w;
	static const char *const own[] = {"trash", NULL};
	const char *trash = form_text(&rq->params, "trash");
	enum status st = contact_params_load(rq, own, &f, e);

	if (*trash && !str_equal(trash, "only"))
		return api_error(rq, rs, 422, "invalid",
		    "A filter is not understood, so nothing was looked up.",
		    "{\"trash\":\"Write only, for those in the trash.\"}");
	f.query.trash = *trash != '\0';

	if (st != STATUS_OK || contact_params_refused(rq, rs, &f))
		return st;
	st = contact_list_load(rq->db, rq->arena, &f,
	    f.query.cursor.kind == CURSOR_NONE ? TOTAL_EXACT : TOTAL_BOUNDED,
	    &found, e);
	if (st == STATUS_OK)
		st = contact_list_store_segments(rq->db, rq->arena,
		    found.page.rows, found.page.count, &segments, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "contacts");
	json_open(&w, '[');
	for (size_t i = 0; i < found.page.count; i++)
		contact_json_put(
		    &w, &found.page.rows[i], &segments[i], clock_now());
	json_close(&w, ']');
	put_total(&w, &found);
	json_pair_text(&w, "next", found.next);
	json_pair_text(&w, "previous", found.previous);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_draft draft;
	struct contact_result result;
	uint64_t version = 0;
	enum status st;

	if (!contact_json_read(rq, rs, NULL, &draft, &version, &st, e))
		return st;
	/* A9; an empty source names none. */
	if (str_empty(draft.value[FIELD_SOURCE]))
		draft.value[FIELD_SOURCE] = "API";
	st = contact_create(rq->db, rq->arena, &rq->actor, &draft, &result, e);
	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return contact_json_problem(rq, rs, &result);
	if (st != STATUS_OK)
		return st;
	response_header(rq, rs, "Location",
	    arena_printf(rq->arena, "/api/v1/contacts/%llu",
		(unsigned long long)result.contact.id.n));
	return contact_json_answer(rq, rs, &result.contact, 201, e);
}

enum status api_contacts(struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e) : list(rq, rs, e);
}
