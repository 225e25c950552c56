/* contact_list.c: a page of contacts with what belongs to it */
/* SPDX-License-Identifier: MIT */
#include "domain/contact_list.h"

#include "domain/contact_cursor.h"

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

	out->total_more = bound && out->total > bound;
	if (out->total_more)
		out->total = bound;
	return st;
}

enum status contact_list_load(struct db *db, struct arena *a,
    const struct contact_filter *f, enum total_kind kind,
    struct contact_list *out, struct err *e)
{
	const struct contact_query *q = &f->query;
	enum status st = contact_list_store_page(db, a, q, &out->page, e);

	out->total = 0;
	out->total_more = false;
	out->next = out->previous = NULL;
	if (st != STATUS_OK)
		return st;
	const struct contact *rows = out->page.rows;
	size_t n = out->page.count;

	if (out->page.has_next && n)
		out->next = contact_cursor_write(a, q, &rows[n - 1]);
	if (out->page.has_previous && n)
		out->previous = contact_cursor_write(a, q, &rows[0]);
	return load_total(db, f, kind, out, e);
}
