/* audit_csv.c: the audit log as a file */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "domain/export/csv_guard.h"
#include "storage/audit_store.h"
#include "web/parts/audit_view.h"
#include "web/routes.h"

#define PIECE 1000u
#define BUFFER_MAX (256u << 10)

static void put_row(struct arena *a, struct str *out, const struct audit *entry)
{
	char at[32];

	clock_format(entry->at, at);
	const char *const cells[] = {at, audit_view_who(a, entry),
	    audit_view_token(a, entry), entry->address,
	    audit_sentence(entry->action), entry->action, entry->subject,
	    entry->details};

	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		if (i)
			str_addc(out, ',');
		csv_put_cell(out, cells[i]);
	}
	str_addz(out, "\r\n");
}

static void send_rows(struct response *rs, struct arena *a, struct str *out,
    const struct audit_page *page)
{
	for (size_t i = 0; i < page->count && !rs->gone; i++) {
		str_reset(out);
		put_row(a, out, &page->rows[i]);
		response_write(rs, str_text(out), out->len);
	}
}

/* Page by page, in memory of one page. */
static enum status send_all(struct request *rq, struct response *rs,
    struct audit_query *query, struct err *e)
{
	struct audit_page page = {.more = true};
	struct arena a;
	struct str out;
	enum status st = STATUS_OK;

	arena_init(&a);
	str_init(&out, BUFFER_MAX);
	while (st == STATUS_OK && page.more && !rs->gone) {
		arena_reset(&a);
		st = audit_list(rq->db, &a, query, &page, e);
		if (st != STATUS_OK)
			break;
		send_rows(rs, &a, &out, &page);
		query->after = page.end;
	}
	str_release(&out);
	arena_release(&a);
	return st;
}

enum status page_audit_csv(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char head[] = "When,Who,Token,Address,What,Action,Subject,"
				   "Details\r\n";
	struct audit_filter f;
	enum status st = STATUS_OK;

	audit_view_read(rq, PIECE, &f);
	f.query.limit = PIECE;
	if (f.first_problem) {
		rs->code = f.bad_place ? 400 : 422;
		rs->message = f.first_problem;
		return STATUS_INVALID;
	}
	if (!rq->head)
		st = audit_add(rq->db, &rq->actor, "audit.export", "audit",
		    audit_filter_shape(rq->arena, &f), e);
	if (st != STATUS_OK)
		return st;
	response_begin(rq, rs, "text/csv", "audit.csv");
	if (rq->head)
		return STATUS_OK;
	response_write(rs, head, sizeof(head) - 1);
	return send_all(rq, rs, &f.query, e);
}
