/* hooks.c: the outgoing webhooks, and a form for a new one */
/* SPDX-License-Identifier: MIT */
/*
 * A new one's secret is shown in the answer itself, not after a redirect:
 * there is no second chance to see it.
 */
#include "base/clock.h"
#include "storage/hook_store.h"
#include "web/parts/hook_view.h"
#include "web/routes.h"

static enum status show(struct request *rq, struct response *rs,
    const struct hook *form, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct hook *rows;
	size_t n;
	enum status st = hook_store_list(rq->db, rq->arena, &rows, &n, e);

	rq->active = "/settings";
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		hook_view_fill(
		    rq->arena, node_add(root, "Hooks"), &rows[i], clock_now());
	node_set_count(root, "Count", n);
	node_set_flag(root, "Full", n >= HOOKS_MAX);
	hook_view_form(root, form);
	return STATUS_OK;
}

static const struct hook empty = {
    .url = "",
    .description = "",
    .secret = "",
    .off_reason = "",
    .events = HOOK_CONTACT_OPTED_OUT,
    .active = true,
};

static enum status create(
    struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct hook h = empty;
	struct hook_problem p = {"", ""};

	hook_view_read(rq, &h);
	h.active = true;
	enum status st = hook_create(rq->db, rq->arena, &rq->actor, &h, &p, e);

	if (st == STATUS_INVALID) {
		st = show(rq, rs, &h, e);
		view_error(rs->view, p.field, p.text);
		return st == STATUS_OK ? STATUS_INVALID : st;
	}
	if (st != STATUS_OK)
		return st;
	node_set(root, "New.Secret", h.secret);
	node_set_int(root, "New.Id", (int64_t)h.id.n);
	return show(rq, rs, &empty, e);
}

enum status page_hooks(struct request *rq, struct response *rs, struct err *e)
{
	return rq->method == METHOD_POST ? create(rq, rs, e)
					 : show(rq, rs, &empty, e);
}
