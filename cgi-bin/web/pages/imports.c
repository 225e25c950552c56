/* imports.c: the history of imports */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "storage/import_store.h"
#include "storage/member_store.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

#define IMPORTS_PAGE 25u

static enum import_state state_filter(const char *word)
{
	return str_empty(word) ? IMPORT_STATE_COUNT : import_state_of(word);
}

static void fill_states(struct node *root, enum import_state chosen)
{
	for (int i = 0; i < IMPORT_STATE_COUNT; i++) {
		enum import_state s = (enum import_state)i;
		struct node *n;

		if (s == IMPORT_UPLOADING)
			continue;
		n = node_add(root, "States");
		node_set(n, "Value", import_state_word(s));
		node_set(n, "Label", import_state_text(s));
		node_set_flag(n, "Chosen", s == chosen);
	}
	if (chosen < IMPORT_STATE_COUNT)
		node_set(root, "State", import_state_word(chosen));
}

static enum status fill_members(struct request *rq, struct node *root,
    struct member_id chosen, struct err *e)
{
	struct member *rows;
	size_t count;
	enum status st = member_store_list(rq->db, rq->arena, &rows, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		struct node *n = node_add(root, "Members");

		node_set_int(n, "Value", (int64_t)rows[i].id.n);
		node_set(n, "Label", rows[i].name);
		node_set_flag(n, "Chosen", rows[i].id.n == chosen.n);
	}
	if (chosen.n != 0)
		node_set_int(root, "FilterMember", (int64_t)chosen.n);
	return st;
}

enum status page_imports(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	unsigned long long before = 0, member = 0;
	enum import_state state = state_filter(form_text(&rq->params, "state"));
	struct import_row *rows;
	size_t count;
	bool busy = false;
	int64_t now = clock_now();
	enum status st;

	str_to_u64(form_text(&rq->params, "before"), &before);
	str_to_u64(form_text(&rq->params, "member"), &member);
	st = import_store_list(rq->db, rq->arena, before, state,
	    (struct member_id){member}, IMPORTS_PAGE + 1, &rows, &count, e);
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < count && i < IMPORTS_PAGE; i++) {
		import_fill(
		    rq->arena, node_add(root, "Imports"), &rows[i].head, now);
		busy |= import_state_busy(rows[i].head.state);
	}
	if (busy)
		node_set_int(root, "Refresh", 5);
	if (count > IMPORTS_PAGE)
		node_set_int(
		    root, "Before", (int64_t)rows[IMPORTS_PAGE - 1].head.id.n);
	node_set_flag(root, "Later", before > 0);
	node_set_flag(
	    root, "Filtered", state < IMPORT_STATE_COUNT || member != 0);
	fill_states(root, state);
	return fill_members(rq, root, (struct member_id){member}, e);
}
