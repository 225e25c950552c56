/* audit.c: what was done, by whom and when */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/str.h"
#include "storage/member_store.h"
#include "web/parts/audit_view.h"
#include "web/routes.h"

#define AUDIT_PAGE 50u

static void add_option(struct node *root, const char *list, const char *group,
    const char *value, const char *label)
{
	struct node *n = node_add(root, list);

	node_set(n, "Group", group);
	node_set(n, "Value", value);
	node_set(n, "Label", label);
}

static void fill_actions(struct request *rq, struct node *root)
{
	add_option(root, "Actions", "", "", "Everything");
	for (int i = 0; i < AUDIT_GROUP_COUNT; i++) {
		enum audit_group g = (enum audit_group)i;
		struct audit_actions l = audit_actions_of(rq->arena, g);
		const char *label = audit_group_label(g);

		if (!l.count)
			continue;
		add_option(root, "Actions", label, audit_group_word(g),
		    arena_printf(rq->arena, "All: %s", label));
		for (size_t j = 0; j < l.count; j++)
			add_option(root, "Actions", label, l.items[j],
			    audit_sentence(l.items[j]));
	}
}

static enum status fill_members(
    struct request *rq, struct node *root, struct err *e)
{
	static const enum audit_by others[] = {AUDIT_BY_COMMAND,
	    AUDIT_BY_ITSELF, AUDIT_BY_WHATSAPP, AUDIT_BY_STRANGER};
	struct member *rows;
	size_t count;
	enum status st = member_store_list(rq->db, rq->arena, &rows, &count, e);

	add_option(root, "Members", "", "", "Everybody");
	for (size_t i = 0; st == STATUS_OK && i < count; i++)
		add_option(root, "Members", "Members",
		    arena_printf(rq->arena, "%" PRIu64, rows[i].id.n),
		    rows[i].name);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		add_option(root, "Members", "Others", audit_by_word(others[i]),
		    audit_by_label(others[i]));
	return st;
}

static void fill_filter(
    struct request *rq, struct view *view, const struct audit_filter *f)
{
	struct node *root = view_root(view);
	struct node *values = node_child(root, "Value");

	for (size_t i = 0; i < AUDIT_PARAMS; i++) {
		const struct audit_param *p = &f->params[i];

		node_set(values, p->name, p->value);
		if (p->problem)
			view_error(view,
			    audit_filter_is_place(p) ? "" : p->name,
			    p->problem);
	}
	node_set_flag(root, "Filtered", f->filtered);
	node_set(root, "Query", audit_filter_text(rq->arena, f, NULL));
	node_set_flag(root, "More",
	    *audit_filter_value(f, "subject") ||
		*audit_filter_value(f, "address") ||
		*audit_filter_value(f, "token"));
}

static void fill_entry(struct request *rq, struct node *root,
    const struct audit *entry, int64_t now)
{
	struct node *n = node_add(root, "Entries");
	struct arena *a = rq->arena;

	node_set_time(n, "At", entry->at, now);
	node_set(n, "Who", audit_view_who(a, entry));
	node_set(n, "Token", audit_view_token(a, entry));
	node_set_int(n, "TokenId", (int64_t)entry->token.n);
	node_set(n, "Address", entry->address);
	node_set(n, "What", audit_sentence(entry->action));
	node_set(n, "Action", entry->action);
	node_set(n, "Details", entry->details);
	node_set(n, "Subject", entry->subject);
	node_set(n, "Path", audit_subject_path(a, entry->subject));
}

static void fill_page(struct request *rq, struct node *root,
    const struct audit_filter *f, const struct audit_page *page)
{
	int64_t now = clock_now();

	for (size_t i = 0; i < page->count; i++)
		fill_entry(rq, root, &page->rows[i], now);
	if (page->more)
		node_set(root, "Pager.Next",
		    arena_printf(rq->arena, "/audit%s",
			audit_filter_text(rq->arena, f, &page->end)));
	if (f->query.after.at)
		node_set(root, "Pager.First",
		    arena_printf(rq->arena, "/audit%s",
			audit_filter_text(rq->arena, f, NULL)));
	if (page->more && page->count < AUDIT_PAGE)
		node_set_time(root, "LookedBackTo", page->end.at, now);
}

enum status page_audit(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct audit_filter f;
	struct audit_page page;

	audit_view_read(rq, AUDIT_PAGE, &f);
	f.query.limit = AUDIT_PAGE;
	fill_filter(rq, rs->view, &f);
	fill_actions(rq, root);
	enum status st = fill_members(rq, root, e);

	if (st != STATUS_OK)
		return st;
	if (f.first_problem) {
		rs->code = f.bad_place ? 400 : 422;
		node_set(root, "Problem", f.first_problem);
		return STATUS_INVALID;
	}
	st = audit_list(rq->db, rq->arena, &f.query, &page, e);
	if (st == STATUS_OK)
		fill_page(rq, root, &f, &page);
	return st;
}
