/* account.c: a member's own password and API tokens */
/* SPDX-License-Identifier: MIT */
/*
 * A new token is shown in the answer itself, not after a redirect: it is
 * stored nowhere, so there is no second chance to show it.
 */
#include "domain/account.h"
#include "base/clock.h"
#include "base/str.h"
#include "storage/token_store.h"
#include "web/routes.h"

static void fill_token(struct node *root, const struct api_token *t)
{
	int64_t now = clock_now();
	struct node *row;

	if (t->revoked)
		return;
	row = node_add(root, "Tokens");
	node_set_int(row, "Id", (int64_t)t->id.n);
	node_set(row, "Name", t->name);
	node_set_time(row, "Created", t->created_at, now);
	node_set_time(row, "Used", t->last_used_at, now);
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct api_token *tokens;
	size_t n;
	enum status st =
	    token_store_list(rq->db, rq->arena, rq->member->id, &tokens, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		fill_token(root, &tokens[i]);
	node_set(root, "Form.token_name", form_text(&rq->form, "token_name"));
	return st;
}

static enum status show_again(struct request *rq, struct response *rs,
    const struct account_problem *p, struct err *e)
{
	enum status st = show(rq, rs, e);

	if (st != STATUS_OK)
		return st;
	view_error(rs->view, p->field, p->text);
	return STATUS_INVALID;
}

static enum status change_password(
    struct request *rq, struct response *rs, struct err *e)
{
	struct account_problem p = {"", ""};
	enum status st = account_change_password(rq->db, rq->arena, &rq->actor,
	    form_text(&rq->form, "current"), form_text(&rq->form, "password"),
	    rq->session_hash, &p, e);

	if (st == STATUS_INVALID)
		return show_again(rq, rs, &p, e);
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "Your password is changed. "
			   "You are logged out everywhere else.");
	return response_redirect(rq, rs, "/account");
}

static enum status make_token(
    struct request *rq, struct response *rs, struct err *e)
{
	const char *name = form_trimmed(rq->arena, &rq->form, "token_name");
	struct account_problem p = {"token_name",
	    "Enter what the token is for, in at most 100 letters."};
	char token[CRYPTO_TOKEN_SIZE];
	enum status st;

	if (account_name_problem(name))
		return show_again(rq, rs, &p, e);
	st = account_token(rq->db, &rq->actor, rq->member->id, name, token, e);
	if (st != STATUS_OK)
		return st;
	node_set(view_root(rs->view), "NewToken", token);
	st = show(rq, rs, e);
	node_set(view_root(rs->view), "Form.token_name", "");
	return st;
}

static enum status revoke_token(
    struct request *rq, struct response *rs, struct err *e)
{
	unsigned long long id = 0;
	enum status st;

	if (!str_to_u64(form_text(&rq->form, "id"), &id))
		return ERR(e, STATUS_NOT_FOUND, "no such token");
	st = account_revoke_token(
	    rq->db, rq->arena, &rq->actor, (struct token_id){id}, e);
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "The token is revoked: nobody can use it any more.");
	return response_redirect(rq, rs, "/account");
}

enum status page_account(struct request *rq, struct response *rs, struct err *e)
{
	const char *action = form_text(&rq->form, "action");

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	if (str_equal(action, "password"))
		return change_password(rq, rs, e);
	if (str_equal(action, "token"))
		return make_token(rq, rs, e);
	if (str_equal(action, "revoke"))
		return revoke_token(rq, rs, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}
