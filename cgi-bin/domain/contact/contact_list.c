/* contact_list.c: a page of contacts with what belongs to it */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_list.h"

#include "domain/contact/contact_cursor.h"

static void bound_total(struct contact_list *out)
{
	out->total_more = out->total > TOTAL_BOUND;
	if (out->total_more)
		out->total = TOTAL_BOUND;
}

static enum status load_total(struct db *db, const struct contact_filter *f,
    enum total_kind kind, struct contact_list *out, struct err *e)
{
	const struct contact_query *q = &f->query;

	if (q->cursor.kind == CURSOR_NONE && !out->page.has_next) {
		out->total = out->page.count;
		return STATUS_OK;
	}
	uint64_t bound = kind == TOTAL_EXACT ? 0 : TOTAL_BOUND;
	bool lately = !q->condition_count && kind == TOTAL_LATELY;
	enum status st =
	    lately ? contact_list_store_total_lately(
			 db, q->marks, bound, &out->total, e)
		   : contact_list_store_total(db, q, bound, &out->total, e);

	if (bound)
		bound_total(out);
	return st;
}

enum status contact_list_load(struct db *db, struct arena *a,
    const struct contact_filter *f, enum total_kind kind,
    struct contact_list *out, struct err *e)
{
	const struct contact_query *q = &f->query;
	bool once =
	    q->cursor.kind == CURSOR_NONE && contact_list_store_scans(q);
	enum status st = once
			     ? contact_list_store_first_page(db, a, q,
				   TOTAL_BOUND, &out->page, &out->total, e)
			     : contact_list_store_page(db, a, q, &out->page, e);

	out->total_more = false;
	out->next = out->previous = NULL;
	if (st == STATUS_OK && q->sort == SORT_CAMPAIGNS)
		st = contact_list_store_campaigns(
		    db, a, out->page.rows, out->page.count, e);
	if (st != STATUS_OK)
		return st;
	const struct contact *rows = out->page.rows;
	size_t n = out->page.count;

	if (out->page.has_next && n)
		out->next = contact_cursor_write(a, q, &rows[n - 1]);
	if (out->page.has_previous && n)
		out->previous = contact_cursor_write(a, q, &rows[0]);
	/* A look that found few has counted them all. */
	if (!once || (kind == TOTAL_EXACT && out->total > TOTAL_BOUND))
		return load_total(db, f, kind, out, e);
	bound_total(out);
	return STATUS_OK;
}
