/* contact_export.c: how the contacts of the list are to be exported */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/contact/contact_cursor.h"
#include "domain/filter/contact_ids.h"
#include "storage/contact_list_store.h"
#include "web/parts/contact_params.h"
#include "web/routes.h"

static void fill_kept(struct node *root, const char *name, const char *value)
{
	struct node *n = node_add(root, "Kept");

	node_set(n, "Name", name);
	node_set(n, "Value", value);
}

/* The list goes along as hidden fields. */
static void fill_list(
    struct arena *a, struct node *root, const struct contact_filter *f)
{
	const struct contact_query *q = &f->query;

	for (size_t i = 0; i < f->param_count; i++)
		fill_kept(root, f->params[i].name, f->params[i].value);
	if (q->sort != SORT_CREATED)
		fill_kept(root, "sort", contact_sort_name(q));
	if (q->descending != (q->sort == SORT_CREATED))
		fill_kept(root, "dir", q->descending ? "desc" : "asc");
	node_set(root, "Back",
	    arena_printf(a, "/contacts%s",
		contact_params_query(a, f, SIZE_MAX, NULL, NULL)));
}

/* "Name, Mobile Number, Tags and 6 more". */
static void fill_columns(
    struct arena *a, struct node *root, const struct column_list *columns)
{
	const char *text = "";
	size_t shown = columns->count > 4 ? 3 : columns->count;

	for (size_t i = 0; i < shown; i++)
		text = arena_printf(
		    a, "%s%s%s", text, i ? ", " : "", columns->items[i].label);
	if (columns->count > shown)
		text = arena_printf(
		    a, "%s and %zu more", text, columns->count - shown);
	node_set(root, "ColumnLabels", text);
	node_set(root, "ColumnKeys", contact_columns_text(a, columns));
}

/* From the list, where some are ticked: their numbers become the filter. */
static enum status with_ticked(struct request *rq, struct response *rs)
{
	struct contact_ids ids = {0};
	const char *where = form_text(&rq->params, "where");
	const char *one;

	for (size_t i = 0; (one = form_nth(&rq->params, "id", i)); i++)
		if (!contact_ids_add(rq->arena, one, &ids)) {
			rs->code = 422;
			rs->message = "These are not at most 1,000 contacts of "
				      "the list. Go back and tick them again.";
			return STATUS_INVALID;
		}
	if (ids.count)
		return response_redirect(rq, rs,
		    arena_printf(rq->arena, "/contacts/export?id=%s",
			contact_ids_text(rq->arena, &ids)));
	response_flash(rq, "Tick the contacts that you want to export first.");
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "/contacts%s%s", *where ? "?" : "", where));
}

enum status page_contact_export(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const own[] = {"limit", "after", "before", NULL};
	struct node *root = view_root(rs->view);
	struct column_list columns;
	struct contact_filter f;
	uint64_t total = 0;

	if (str_equal(form_text(&rq->params, "scope"), "chosen"))
		return with_ticked(rq, rs);
	enum status st = contact_params_load(rq, own, &f, e);

	if (st != STATUS_OK)
		return st;
	if (contact_params_refused(rq, rs, &f)) {
		rs->code = 422;
		return ERR(e, STATUS_NOT_FOUND, "a filter is not understood");
	}
	st = contact_params_chosen(rq, &f, &columns, e);
	if (st == STATUS_OK)
		st = contact_list_store_total(rq->db, &f.query, 0, &total, e);
	if (st != STATUS_OK)
		return st;
	rq->active = "/contacts";
	node_set_count(root, "Total", total);
	node_set_flag(root, "None", !total);
	node_set_flag(root, "One", total == 1);
	node_set_flag(root, "Filtered", f.query.condition_count != 0);
	node_set_flag(root, "TooMany", total >= rq->conf->sheet_rows);
	node_set_count(root, "SheetRows", rq->conf->sheet_rows - 1);
	fill_list(rq->arena, root, &f);
	fill_columns(rq->arena, root, &columns);
	return STATUS_OK;
}
