/* hook.c: one outgoing webhook: its choices, its log */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "storage/hook_delivery_store.h"
#include "storage/hook_store.h"
#include "web/parts/hook_view.h"
#include "web/routes.h"

#define PER_PAGE 50
#define COUNTED 1000

static enum status fill_log(
    struct request *rq, struct node *root, const struct hook *h, struct err *e)
{
	unsigned long long below = 0;
	struct hook_delivery *rows;
	uint64_t waiting = 0;
	size_t n;
	const char *before = form_text(&rq->params, "before");

	if (*before && !str_to_u64(before, &below))
		return ERR(e, STATUS_NOT_FOUND, "no place in the log");
	enum status st = hook_delivery_list(rq->db, rq->arena, h->id, below,
	    HOOK_DELIVERY_STATES, PER_PAGE + 1, &rows, &n, e);

	if (st == STATUS_OK)
		st = hook_delivery_waiting(rq->db, h->id, COUNTED, &waiting, e);
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n && i < PER_PAGE; i++)
		hook_view_delivery(rq->arena, node_add(root, "Deliveries"),
		    &rows[i], clock_now());
	if (n > PER_PAGE)
		node_set_int(root, "Older", (int64_t)rows[PER_PAGE - 1].id);
	node_set_flag(root, "Later", below != 0);
	if (waiting)
		node_set_count(root, "Waiting", waiting);
	node_set_flag(root, "WaitingMore", waiting >= COUNTED);
	return STATUS_OK;
}

/* form: what the form shows, which may not be what is stored. */
static enum status show(struct request *rq, struct response *rs,
    const struct hook *h, const struct hook *form, struct err *e)
{
	struct node *root = view_root(rs->view);

	rq->active = "/settings";
	hook_view_fill(rq->arena, node_child(root, "Hook"), h, clock_now());
	hook_view_form(root, form);
	return fill_log(rq, root, h, e);
}

static enum status back(
    struct request *rq, struct response *rs, const char *flash)
{
	response_flash(rq, "%s", flash);
	return response_redirect(rq, rs, rq->path);
}

static enum status save(struct request *rq, struct response *rs,
    const struct hook *h, struct err *e)
{
	struct hook said = *h;
	struct hook_problem p = {"", ""};

	hook_view_read(rq, &said);
	enum status st =
	    hook_change(rq->db, rq->arena, &rq->actor, &said, &p, e);

	if (st == STATUS_OK)
		return back(rq, rs, "The webhook is saved.");
	if (st != STATUS_INVALID)
		return st;
	st = show(rq, rs, h, &said, e);
	view_error(rs->view, p.field, p.text);
	return st == STATUS_OK ? STATUS_INVALID : st;
}

static enum status ping(struct request *rq, struct response *rs,
    const struct hook *h, struct err *e)
{
	uint64_t delivery;
	enum status st =
	    hook_ping(rq->db, rq->arena, &rq->actor, h->id, &delivery, e);

	if (st == STATUS_CONFLICT)
		return back(rq, rs, "The webhook is off: switch it on first.");
	if (st != STATUS_OK)
		return st;
	response_flash(
	    rq, "A ping is on its way: see below what the receiver answers.");
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "/hooks/%llu/deliveries/%llu",
		(unsigned long long)h->id.n, (unsigned long long)delivery));
}

static enum status renew(struct request *rq, struct response *rs,
    const struct hook *h, struct err *e)
{
	struct hook now;
	enum status st =
	    hook_renew_secret(rq->db, rq->arena, &rq->actor, h->id, &now, e);

	if (st != STATUS_OK)
		return st;
	node_set(view_root(rs->view), "Secret", now.secret);
	return show(rq, rs, &now, &now, e);
}

static enum status take_away(struct request *rq, struct response *rs,
    const struct hook *h, struct err *e)
{
	enum status st = hook_delete(rq->db, rq->arena, &rq->actor, h->id, e);

	if (st != STATUS_OK)
		return st;
	response_flash(rq, "The webhook is deleted.");
	return response_redirect(rq, rs, "/hooks");
}

enum status page_hook(struct request *rq, struct response *rs, struct err *e)
{
	const char *action = form_text(&rq->form, "action");
	struct hook h;
	enum status st = hook_store_get(
	    rq->db, rq->arena, (struct hook_id){rq->path_id}, false, &h, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_GET)
		return show(rq, rs, &h, &h, e);
	if (str_equal(action, "save"))
		return save(rq, rs, &h, e);
	if (str_equal(action, "ping"))
		return ping(rq, rs, &h, e);
	if (str_equal(action, "secret"))
		return renew(rq, rs, &h, e);
	if (str_equal(action, "delete"))
		return take_away(rq, rs, &h, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}
