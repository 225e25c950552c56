/* hook_delivery.c: one delivery of an outgoing webhook, and sending it again */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/hooks/signature.h"
#include "storage/hook_delivery_store.h"
#include "storage/hook_store.h"
#include "web/parts/hook_view.h"
#include "web/routes.h"

#define ATTEMPTS_SHOWN 20
#define BODY_SHOWN 20000 /* bytes */
#define REFRESH 2	 /* seconds */

/* The headers of the last attempt, as they were sent; the signature of the body
 * alone is left out where the secret may be another one by now. */
static void fill_headers(struct request *rq, struct node *root,
    const struct hook_delivery *d, const struct hook_attempt *last)
{
	const char *const *lines = hook_request_headers(
	    rq->arena, d, "sha256=…", last->signature, last->at);

	for (size_t i = 0; lines[i]; i++)
		node_set(node_add(root, "Headers"), "Text", lines[i]);
}

static enum status show(struct request *rq, struct response *rs,
    const struct hook *h, const struct hook_delivery *d, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct hook_attempt *rows;
	int64_t now = clock_now();
	size_t n;
	enum status st = hook_delivery_attempts(
	    rq->db, rq->arena, d->id, ATTEMPTS_SHOWN, &rows, &n, e);

	rq->active = "/settings";
	if (st != STATUS_OK)
		return st;
	hook_view_fill(rq->arena, node_child(root, "Hook"), h, now);
	hook_view_delivery(rq->arena, node_child(root, "Delivery"), d, now);
	node_set(
	    root, "Body", arena_printf(rq->arena, "%.*s", BODY_SHOWN, d->body));
	for (size_t i = 0; i < n; i++)
		hook_view_attempt(node_add(root, "Attempts"), &rows[i], now);
	if (n)
		fill_headers(rq, root, d, &rows[0]);
	else if (h->active)
		node_set_int(root, "Refresh", REFRESH);
	return STATUS_OK;
}

static enum status send_again(struct request *rq, struct response *rs,
    const struct hook *h, const struct hook_delivery *d, struct err *e)
{
	uint64_t id = d->id;
	enum status st =
	    hook_redeliver(rq->db, rq->arena, &rq->actor, h->id, d->id, &id, e);

	if (st == STATUS_CONFLICT) {
		response_flash(rq, "The webhook is off: switch it on first.");
		id = d->id;
	} else if (st != STATUS_OK) {
		return st;
	} else {
		response_flash(rq, "It is on its way once more.");
	}
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "/hooks/%llu/deliveries/%llu",
		(unsigned long long)h->id.n, (unsigned long long)id));
}

enum status page_hook_delivery(
    struct request *rq, struct response *rs, struct err *e)
{
	struct hook_id id = {rq->path_id};
	struct hook_delivery d;
	struct hook h;
	enum status st = hook_store_get(rq->db, rq->arena, id, false, &h, e);

	if (st == STATUS_OK)
		st = hook_delivery_get(
		    rq->db, rq->arena, id, rq->path_number, &d, e);
	if (st != STATUS_OK)
		return st;
	return rq->method == METHOD_POST ? send_again(rq, rs, &h, &d, e)
					 : show(rq, rs, &h, &d, e);
}
