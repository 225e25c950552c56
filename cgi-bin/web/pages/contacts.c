/* contacts.c: the list of contacts: search, filter, sort, pages */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "domain/contact_cursor.h"
#include "domain/contact_list.h"
#include "storage/duplicate_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"
#include "web/contact_params.h"
#include "web/contact_table.h"
#include "web/routes.h"

#define SUGGESTIONS_MAX 500

static const char *address(struct arena *a, const char *query)
{
	return arena_printf(a, "/contacts%s", query);
}

static const char *label_of(struct arena *a, const char *name)
{
	static const struct {
		const char *name;
		const char *label;
	} labels[] = {
	    {"q", "Search"},
	    {"tag", "Tag"},
	    {"segment", "Segment"},
	    {"import", "Import"},
	    {"status", "Status"},
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (str_equal(name, labels[i].name))
			return labels[i].label;
	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(name, contact_fields[i].key))
			return contact_fields[i].label;
	return str_starts(name, "attr.") ? arena_strdup(a, name + 5) : name;
}

/* The conditions as chips, each with the address without it. */
static void fill_chips(
    struct arena *a, struct node *root, const struct contact_filter *f)
{
	for (size_t i = 0; i < f->param_count; i++) {
		struct node *n = node_add(root, "Chips");

		node_set(n, "Name", f->params[i].name);
		node_set(n, "Label", label_of(a, f->params[i].name));
		node_set(n, "Value", f->params[i].value);
		node_set(n, "Without",
		    address(a, contact_params_query(a, f, i, NULL, NULL)));
	}
	for (size_t i = 0; i < f->message_count; i++) {
		struct node *n = node_add(root, "Ignored");

		node_set(n, "Name", f->messages[i].name);
		node_set(n, "Text", f->messages[i].value);
	}
}

static void fill_pager(struct arena *a, struct node *root,
    const struct contact_filter *f, const struct contact_list *list)
{
	if (list->previous) {
		node_set(root, "Pager.First",
		    address(
			a, contact_params_query(a, f, SIZE_MAX, NULL, NULL)));
		node_set(root, "Pager.Previous",
		    address(a, contact_params_query(
				   a, f, SIZE_MAX, "before", list->previous)));
	}
	if (!list->next)
		return;
	node_set(root, "Pager.Next",
	    address(
		a, contact_params_query(a, f, SIZE_MAX, "after", list->next)));
	node_set(root, "Pager.Last",
	    address(a, contact_params_query(a, f, SIZE_MAX, "before", "end")));
}

static void fill_options(
    struct node *root, const char *list, const char *value, const char *label)
{
	struct node *n = node_add(root, list);

	node_set(n, "Value", value);
	node_set(n, "Label", label);
}

/* What the filter form offers; only when it is open. */
static enum status fill_filter(
    struct request *rq, struct node *root, struct err *e)
{
	struct tag *tags;
	struct segment *segments;
	size_t n;
	enum status st =
	    tag_store_list(rq->db, rq->arena, "tag", false, &tags, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n && i < SUGGESTIONS_MAX; i++)
		node_set(node_add(root, "KnownTags"), "Name", tags[i].name);
	if (st == STATUS_OK)
		st = segment_store_list(
		    rq->db, rq->arena, false, &segments, &n, e);
	if (st != STATUS_OK)
		return st;
	fill_options(root, "Segments", "", "Any");
	for (size_t i = 0; i < n; i++)
		fill_options(
		    root, "Segments", segments[i].name, segments[i].name);
	fill_options(root, "Statuses", "", "Any");
	fill_options(root, "Statuses", "active", "Active");
	fill_options(root, "Statuses", "inactive", "Inactive");
	fill_options(root, "States", "", "Any");
	for (size_t i = 0; i < CONTACT_STATES; i++)
		fill_options(root, "States", contact_states[i].key,
		    contact_states[i].label);
	fill_options(root, "Opteds", "", "Any");
	fill_options(root, "Opteds", "yes", "Yes");
	fill_options(root, "Opteds", "no", "No");
	fill_options(root, "Opteds", "unknown", "Unknown");
	return STATUS_OK;
}

/* The conditions of which the filter form has a control; the others go along
 * as they are. */
static bool in_form(const char *name)
{
	static const char *const names[] = {"tag", "segment", "status", "state",
	    "whatsapp_opted", "source", "city"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_equal(name, names[i]))
			return true;
	return false;
}

static void fill_hidden(
    struct node *root, const char *list, const struct filter_param *p)
{
	struct node *n = node_add(root, list);

	node_set(n, "Name", p->name);
	node_set(n, "Value", p->value);
}

static void fill_form(
    struct arena *a, struct node *root, const struct contact_filter *f)
{
	for (size_t i = 0; i < f->param_count; i++) {
		const struct filter_param *p = &f->params[i];
		bool first =
		    str_equal(p->value, contact_filter_value(f, p->name));

		if (str_equal(p->name, "q"))
			continue;
		fill_hidden(root, "SearchKeeps", p);
		if (in_form(p->name) && first)
			node_set(node_child(root, "Filter"), p->name, p->value);
		else
			fill_hidden(root, "FilterKeeps", p);
	}
	node_set(root, "Q", contact_filter_value(f, "q"));
	if (f->query.sort != SORT_CREATED)
		node_set(root, "Sort", contact_sort_name(&f->query));
	if (f->query.descending != (f->query.sort == SORT_CREATED))
		node_set(root, "Dir", f->query.descending ? "desc" : "asc");
	node_set(root, "ColumnsParam", contact_params_columns(a, f));
}

static void fill_list(struct arena *a, struct node *root,
    const struct contact_filter *f, const struct contact_list *list)
{
	node_set_count(root, "Total", list->total);
	node_set_flag(root, "TotalMore", list->total_more);
	node_set_flag(root, "One", list->total == 1);
	node_set_flag(
	    root, "Filtered", f->query.condition_count || f->message_count);
	node_set_flag(root, "PastEnd",
	    !list->page.count && f->query.cursor.kind != CURSOR_NONE);
	node_set(root, "Where", contact_filter_text(a, f));
	node_set(root, "Export",
	    arena_printf(a, "/contacts/export.csv%s",
		contact_params_query(a, f, SIZE_MAX, NULL, NULL)));
	node_set(root, "ColumnsPath",
	    arena_printf(a, "/contacts/columns%s",
		contact_params_query(a, f, SIZE_MAX, NULL, NULL)));
	node_set(root, "FilterPath",
	    address(a, contact_params_query(a, f, SIZE_MAX, "filter", "1")));
}

/* How many pairs may be one person; not counted to the end. */
static enum status fill_duplicates(
    struct request *rq, struct node *root, struct err *e)
{
	uint64_t n = 0;
	enum status st = duplicate_store_count(rq->db, &n, e);
	bool more = n > DUPLICATES_COUNTED;

	if (st == STATUS_OK && n)
		node_set_count(
		    root, "Duplicates", more ? DUPLICATES_COUNTED : n);
	node_set_flag(root, "DuplicatesMore", more);
	return st;
}

enum status page_contacts(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const own[] = {"filter", "limit", NULL};
	struct node *root = view_root(rs->view);
	bool open = form_checked(&rq->params, "filter");
	struct contact_filter f;
	struct contact_list list;
	struct column_list columns;
	enum status st = contact_params_load(rq, own, &f, e);

	if (st != STATUS_OK)
		return st;
	if (f.bad_cursor) {
		rs->code = 400;
		rs->message = "This page of the list cannot be found. Begin "
			      "with the first page.";
		return ERR(e, STATUS_NOT_FOUND, "damaged cursor");
	}
	/* A mistyped filter shows nobody: not everybody. */
	if (f.message_count)
		memset(&list, 0, sizeof(list));
	else
		st = contact_list_load(
		    rq->db, rq->arena, &f, TOTAL_LATELY, &list, e);
	if (st == STATUS_OK)
		st = contact_table_columns(rq, &f, &columns, e);
	if (st == STATUS_OK && open)
		st = fill_filter(rq, root, e);
	if (st == STATUS_OK)
		st = fill_duplicates(rq, root, e);
	if (st != STATUS_OK)
		return st;
	node_set_flag(root, "FilterOpen", open);
	contact_table_fill(rq->arena, root, &f, &columns, &list);
	fill_list(rq->arena, root, &f, &list);
	node_set_flag(root, "Selectable", rq->member->role >= ROLE_EDITOR);
	fill_chips(rq->arena, root, &f);
	fill_pager(rq->arena, root, &f, &list);
	fill_form(rq->arena, root, &f);
	return f.message_count ? STATUS_INVALID : STATUS_OK;
}
