/* contacts.c: the list of contacts: search, filter, sort, pages */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "domain/contact/contact_cursor.h"
#include "domain/contact/contact_list.h"
#include "storage/duplicate_store.h"
#include "web/parts/contact_params.h"
#include "web/parts/contact_table.h"
#include "web/parts/filter_builder.h"
#include "web/routes.h"

static const char *address(struct arena *a, const char *query)
{
	return arena_printf(a, "/contacts%s", query);
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
		if (!str_equal(p->name, "q"))
			fill_hidden(root, "SearchKeeps", p);
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
	node_set(root, "ExportPath",
	    arena_printf(a, "/contacts/export%s",
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

/* The filter as what a dynamic segment keeps, when there is something to
 * keep. */
static void fill_saving(
    struct request *rq, struct node *root, const struct contact_filter *f)
{
	if (f->message_count || !f->query.condition_count)
		return;
	node_set(root, "FilterText", contact_filter_text(rq->arena, f));
	node_set(root, "Editing", form_text(&rq->params, "editing"));
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	static const char *const own[] = {"filter", "editing", "limit", NULL};
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
	if (st == STATUS_OK && contact_columns_has(&columns, COLUMN_CAMPAIGNS))
		st = contact_list_store_campaigns(
		    rq->db, rq->arena, list.page.rows, list.page.count, e);
	if (st == STATUS_OK && open)
		st = filter_builder_open(rq, root, &f, e);
	if (st == STATUS_OK)
		st = filter_builder_chips(rq, root, &f, e);
	if (st == STATUS_OK)
		st = fill_duplicates(rq, root, e);
	if (st != STATUS_OK)
		return st;
	contact_table_fill(rq->arena, root, &f, &columns, &list);
	fill_list(rq->arena, root, &f, &list);
	node_set_flag(root, "Selectable", true);
	fill_saving(rq, root, &f);
	fill_pager(rq->arena, root, &f, &list);
	fill_form(rq->arena, root, &f);
	return f.message_count ? STATUS_INVALID : STATUS_OK;
}

enum status page_contacts(
    struct request *rq, struct response *rs, struct err *e)
{
	enum status st;
	bool done;

	if (!filter_draft_sent(rq))
		return show(rq, rs, e);
	st = filter_builder_answer(rq, rs, &done, e);
	if (done || (st != STATUS_OK && st != STATUS_INVALID))
		return st;
	node_set(
	    view_root(rs->view), "Editing", form_text(&rq->params, "editing"));
	return st;
}
