/* login.c: e-mail and password open a session */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/account.h"
#include "web/guard.h"
#include "web/routes.h"

/* Where the login was asked for: a path of ours, or the start page. */
static const char *next_of(struct request *rq)
{
	const char *next = form_find(&rq->form, "next");

	if (!next)
		next = form_text(&rq->params, "next");
	if (next[0] != '/' || next[1] == '/' || next[1] == '\\' ||
	    str_starts(next, "/login") || str_starts(next, "/logout"))
		return "/";
	return next;
}

static enum status show(struct request *rq, struct response *rs)
{
	struct node *root = view_root(rs->view);

	node_set(root, "Form.email", form_text(&rq->form, "email"));
	node_set(root, "Form.next", next_of(rq));
	return STATUS_OK;
}

static enum status show_again(
    struct request *rq, struct response *rs, const char *sentence)
{
	view_error(rs->view, "", sentence);
	show(rq, rs);
	return STATUS_INVALID;
}

static enum status enter(
    struct request *rq, struct response *rs, const struct login *login)
{
	guard_set_cookie(rq, rs, GUARD_COOKIE, login->token);
	guard_set_cookie(rq, rs, GUARD_FORM_COOKIE, "");
	return response_redirect(rq, rs, next_of(rq));
}

static enum status wait(
    struct request *rq, struct response *rs, const struct login *login)
{
	unsigned minutes = (login->wait + 59) / 60;

	rs->code = 429;
	response_header(
	    rq, rs, "Retry-After", arena_printf(rq->arena, "%u", login->wait));
	return show_again(rq, rs,
	    arena_printf(rq->arena,
		"Too many logins have failed. Wait %u minute%s and try again, "
		"or ask an admin for a new password.",
		minutes, minutes == 1 ? "" : "s"));
}

enum status page_login(struct request *rq, struct response *rs, struct err *e)
{
	struct login login;
	enum status st;

	if (rq->member)
		return response_redirect(rq, rs, next_of(rq));
	if (rq->method == METHOD_GET)
		return show(rq, rs);
	st = account_login(rq->db, rq->arena,
	    form_trimmed(rq->arena, &rq->form, "email"),
	    form_text(&rq->form, "password"), rq->address, &login, e);
	if (st != STATUS_OK)
		return st;
	switch (login.result) {
	case LOGIN_OK:
		return enter(rq, rs, &login);
	case LOGIN_LATER:
		return wait(rq, rs, &login);
	case LOGIN_WRONG:
		break;
	}
	return show_again(rq, rs,
	    "E-mail and password do not belong together. "
	    "Check both and try again.");
}
