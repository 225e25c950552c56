/* tokens.c: the API tokens of the whole team */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/token.h"
#include "storage/token_store.h"
#include "web/parts/token_view.h"
#include "web/routes.h"

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	const struct member_id all = {0};
	struct node *root = view_root(rs->view);
	struct api_token *tokens;
	size_t live = 0;
	size_t n = 0;
	enum status st =
	    token_store_list(rq->db, rq->arena, all, &tokens, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		token_view_fill(rq, node_add(root, "Tokens"), &tokens[i]);
		live += !tokens[i].revoked && !tokens[i].expired &&
			!tokens[i].member.disabled;
	}
	node_set_count(root, "Count", live);
	rq->active = "/team";
	return st;
}

enum status page_tokens(struct request *rq, struct response *rs, struct err *e)
{
	unsigned long long id = 0;

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	if (!str_to_u64(form_text(&rq->form, "id"), &id))
		return ERR(e, STATUS_NOT_FOUND, "no such token");
	enum status st = token_revoke(
	    rq->db, rq->arena, &rq->actor, (struct token_id){id}, true, e);

	if (st != STATUS_OK)
		return st;
	response_flash(rq, "The token is revoked: nobody can use it any more.");
	return response_redirect(rq, rs, "/tokens");
}
