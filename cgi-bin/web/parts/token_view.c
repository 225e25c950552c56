/* token_view.c: API tokens as pages show them */
/* SPDX-License-Identifier: MIT */
#include "web/parts/token_view.h"

#include "base/clock.h"
#include "domain/token.h"

void token_view_fill(
    struct request *rq, struct node *row, const struct api_token *t)
{
	int64_t now = clock_now();

	node_set_int(row, "Id", (int64_t)t->id.n);
	node_set(row, "Name", t->name);
	node_set(row, "Member", t->member.name);
	node_set(row, "Scopes", token_scopes_text(rq->arena, t->scopes));
	node_set_time(row, "Created", t->created_at, now);
	node_set_time(row, "Expires", t->expires_at, now);
	node_set_time(row, "Used", t->last_used_at, now);
	node_set_flag(row, "Revoked", t->revoked);
	node_set_flag(row, "Expired", t->expired);
	node_set_flag(row, "Stopped", t->member.disabled);
	node_set_flag(row, "Reads", t->member.role < ROLE_EDITOR);
	node_set_flag(
	    row, "Live", !t->revoked && !t->expired && !t->member.disabled);
}
