/* account.c: a member's own name, password and API tokens */
/* SPDX-License-Identifier: MIT */
/*
 * A new token is shown in the answer itself, not after a redirect: it is
 * stored nowhere, so there is no second chance to show it.
 */
#include "domain/account.h"
#include "base/str.h"
#include "domain/token.h"
#include "storage/token_store.h"
#include "web/parts/token_view.h"
#include "web/routes.h"

/* The scopes of the form; one that only reads when nothing was typed yet. */
static unsigned chosen_scopes(struct request *rq)
{
	const char *word;
	unsigned scopes = 0;

	if (!str_equal(form_text(&rq->form, "action"), "token"))
		return SCOPE_READ;
	for (size_t i = 0; (word = form_nth(&rq->form, "scope", i)); i++)
		scopes |= token_scope_of(word);
	return scopes;
}

static void fill_form(struct request *rq, struct node *root)
{
	unsigned scopes = chosen_scopes(rq);

	for (size_t i = 0; i < TOKEN_SCOPES; i++) {
		struct node *n = node_add(root, "Scopes");

		node_set(n, "Word", token_scopes[i].word);
		node_set(n, "Label", token_scopes[i].label);
		node_set_flag(
		    n, "Chosen", (scopes & token_scopes[i].flag) != 0);
	}
	node_set(root, "Form.name",
	    str_equal(form_text(&rq->form, "action"), "name")
		? form_text(&rq->form, "name")
		: rq->member->name);
	node_set(root, "Form.token_name", form_text(&rq->form, "token_name"));
	node_set(root, "Form.expires", form_text(&rq->form, "expires"));
	node_set_flag(root, "Reads", rq->member->role < ROLE_EDITOR);
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct api_token *tokens;
	size_t n;
	enum status st =
	    token_store_list(rq->db, rq->arena, rq->member->id, &tokens, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		if (!tokens[i].revoked)
			token_view_fill(
			    rq, node_add(root, "Tokens"), &tokens[i]);
	fill_form(rq, root);
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

static enum status change_name(
    struct request *rq, struct response *rs, struct err *e)
{
	struct account_problem p = {"", ""};
	enum status st = account_rename(rq->db, &rq->actor, rq->member->id,
	    form_trimmed(rq->arena, &rq->form, "name"), &p, e);

	if (st == STATUS_INVALID)
		return show_again(rq, rs, &p, e);
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "Your name is changed.");
	return response_redirect(rq, rs, "/account");
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
	const struct token_request r = {
	    .member = rq->member->id,
	    .name = form_trimmed(rq->arena, &rq->form, "token_name"),
	    .scopes = chosen_scopes(rq),
	    .expires = form_trimmed(rq->arena, &rq->form, "expires"),
	};
	struct account_problem p = {"", ""};
	char token[CRYPTO_TOKEN_SIZE];
	enum status st =
	    token_make(rq->db, rq->arena, &rq->actor, &r, token, &p, e);

	if (st == STATUS_INVALID)
		return show_again(rq, rs, &p, e);
	if (st != STATUS_OK)
		return st;
	node_set(view_root(rs->view), "NewToken", token);
	st = show(rq, rs, e);
	node_set(view_root(rs->view), "Form.token_name", "");
	node_set(view_root(rs->view), "Form.expires", "");
	return st;
}

static enum status revoke_token(
    struct request *rq, struct response *rs, struct err *e)
{
	unsigned long long id = 0;
	enum status st;

	if (!str_to_u64(form_text(&rq->form, "id"), &id))
		return ERR(e, STATUS_NOT_FOUND, "no such token");
	st = token_revoke(
	    rq->db, rq->arena, &rq->actor, (struct token_id){id}, false, e);
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
	if (str_equal(action, "name"))
		return change_name(rq, rs, e);
	if (str_equal(action, "password"))
		return change_password(rq, rs, e);
	if (str_equal(action, "token"))
		return make_token(rq, rs, e);
	if (str_equal(action, "revoke"))
		return revoke_token(rq, rs, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}
