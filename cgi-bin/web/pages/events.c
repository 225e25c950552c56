/* events.c: what WhatsApp told that nothing was done with */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "storage/message_store.h"
#include "web/routes.h"

#define EVENTS_PER_PAGE 50

static void fill(struct node *root, const struct webhook_event *v, int64_t now)
{
	struct node *row = node_add(root, "Events");

	node_set_int(row, "Id", (int64_t)v->id);
	node_set(row, "Field", v->field);
	node_set(row, "Reason", v->reason);
	node_set(row, "Body", v->body);
	node_set_flag(row, "Cut", utf8_length(v->body) == WEBHOOK_EVENT_SHOWN);
	node_set_time(row, "At", v->received_at, now);
}

enum status page_events(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct webhook_event *rows;
	unsigned long long below = 0;
	size_t n;
	int64_t now = clock_now();

	if (*form_text(&rq->params, "before") &&
	    !str_to_u64(form_text(&rq->params, "before"), &below)) {
		rs->code = 400;
		rs->message = "This page of the events cannot be found. Begin "
			      "with the first one.";
		return ERR(e, STATUS_NOT_FOUND, "no place among the events");
	}
	enum status st = webhook_event_list(
	    rq->db, rq->arena, below, EVENTS_PER_PAGE + 1, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n && i < EVENTS_PER_PAGE; i++)
		fill(root, &rows[i], now);
	if (n > EVENTS_PER_PAGE)
		node_set_int(
		    root, "Older", (int64_t)rows[EVENTS_PER_PAGE - 1].id);
	rq->active = "/settings";
	return st;
}
