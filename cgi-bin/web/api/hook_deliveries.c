/* hook_deliveries.c: the log of an outgoing webhook */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "storage/hook_delivery_store.h"
#include "storage/hook_store.h"
#include "web/json/hook_json.h"
#include "web/routes.h"

#define PER_PAGE 100

static enum status refuse(
    struct request *rq, struct response *rs, const char *field)
{
	struct hook_problem p = {field, "This value is not understood."};

	return hook_json_problem(rq, rs, &p);
}

/* HOOK_DELIVERY_STATES for no word; -1 for a word that is none. */
static int state_of(const char *word)
{
	int i = 0;

	if (!*word)
		return HOOK_DELIVERY_STATES;
	while (i < HOOK_DELIVERY_STATES &&
	       !str_equal(word, hook_delivery_states[i]))
		i++;
	return i < HOOK_DELIVERY_STATES ? i : -1;
}

static void put_list(struct json_writer *w, const struct hook_delivery *rows,
    size_t n, bool more)
{
	json_open(w, '{');
	json_key(w, "deliveries");
	json_open(w, '[');
	for (size_t i = 0; i < n; i++)
		hook_json_put_delivery(w, &rows[i]);
	json_close(w, ']');
	json_key(w, "next");
	if (more)
		json_put_int(w, (int64_t)rows[n - 1].id);
	else
		json_put_null(w);
	json_close(w, '}');
}

enum status api_hook_deliveries(
    struct request *rq, struct response *rs, struct err *e)
{
	const char *after = form_text(&rq->params, "after");
	int state = state_of(form_text(&rq->params, "status"));
	unsigned long long below = 0;
	struct hook_delivery *rows;
	struct json_writer w;
	struct hook h;
	size_t n;
	enum status st = hook_store_get(
	    rq->db, rq->arena, (struct hook_id){rq->path_id}, false, &h, e);

	if (st != STATUS_OK)
		return st;
	if (state < 0)
		return refuse(rq, rs, "status");
	if (*after && !str_to_u64(after, &below))
		return refuse(rq, rs, "after");
	st = hook_delivery_list(rq->db, rq->arena, h.id, below,
	    (enum hook_delivery_state)state, PER_PAGE + 1, &rows, &n, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	put_list(&w, rows, n < PER_PAGE ? n : PER_PAGE, n > PER_PAGE);
	return api_ok(rs, 200);
}
