/* trash.c: the trash: what is in it, back into the book, or away for good */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/trash.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/filter/contact_filter.h"
#include "storage/setting_store.h"
#include "storage/trash_store.h"
#include "web/parts/contact_timeline.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

#define ROWS_PAGE 50u
#define WORK_MS 3000 /* that a request gives the emptying before it answers */

/* --- what was chosen --- */

struct chosen {
	uint64_t *ids;
	size_t count;
	bool damaged;
};

/* The values of `name`, which are ids of contacts. */
static struct chosen chosen_of(
    struct request *rq, const struct form *f, const char *name)
{
	struct chosen c = {
	    arena_alloc(rq->arena, TRASH_BATCH * sizeof(*c.ids)), 0, false};
	const char *text;

	for (size_t i = 0; (text = form_nth(f, name, i)); i++) {
		unsigned long long id = 0;

		if (!str_to_u64(text, &id) || !id || c.count == TRASH_BATCH)
			c.damaged = true;
		else
			c.ids[c.count++] = id;
	}
	return c;
}

/* --- the list --- */

/* "1700000000123.7" */
static bool read_place(const char *text, struct trash_place *out)
{
	const char *dot = strchr(text, '.');
	unsigned long long at, id;
	char head[24];

	*out = (struct trash_place){0, 0};
	if (!*text)
		return true;
	if (!dot || dot - text >= (ptrdiff_t)sizeof(head))
		return false;
	memcpy(head, text, (size_t)(dot - text));
	head[dot - text] = '\0';
	if (!str_to_u64(head, &at) || !str_to_u64(dot + 1, &id) || !id ||
	    at > INT64_C(253402300799999))
		return false;
	*out = (struct trash_place){(int64_t)at, id};
	return true;
}

static void fill_row(
    struct request *rq, struct node *row, const struct trashed *t, int64_t now)
{
	const struct contact_revision *r = t->revision;
	const struct contact *c = &t->contact;

	node_set_int(row, "Id", (int64_t)c->id.n);
	node_set(row, "Title", contact_view_title(rq->arena, c));
	node_set(
	    row, "Phone", contact_view_phone(rq->arena, c->value[FIELD_PHONE]));
	node_set(row, "Email", c->value[FIELD_EMAIL]);
	node_set_time(row, "TrashedAt", c->trashed_at, now);
	if (!r)
		return;
	node_set(row, "Who", r->member_name);
	node_set(row, "Token", r->token_name);
	node_set_flag(row, "Api", r->token.n != 0);
	node_set_flag(row, "Merged", r->kind == REVISION_MERGE);
	if (!r->job.n || r->kind == REVISION_MERGE)
		return;
	node_set_int(row, "Job", (int64_t)r->job.n);
	node_set(row, "JobTitle", contact_timeline_job(r->job_kind));
}

static const char *page_path(
    struct request *rq, const char *q, const struct contact *last)
{
	return arena_printf(rq->arena, "/trash?q=%s&after=%lld.%llu",
	    url_escape(rq->arena, q), (long long)last->trashed_at,
	    (unsigned long long)last->id.n);
}

static enum status fill_list(
    struct request *rq, struct response *rs, struct node *root, struct err *e)
{
	const char *q = form_text(&rq->params, "q");
	const struct filter_param param = {"q", q};
	struct contact_filter filter;
	struct trash_place after;
	struct trashed *rows;
	size_t n = 0;
	uint64_t total = 0;

	if (!read_place(form_text(&rq->params, "after"), &after)) {
		rs->code = 400;
		rs->message = "This page of the trash cannot be found. Begin "
			      "with the first page.";
		return ERR(e, STATUS_NOT_FOUND, "damaged cursor");
	}
	enum status st =
	    contact_filter_load(rq->db, rq->arena, &param, 1, &filter, e);

	if (st == STATUS_OK)
		st = trash_store_page(rq->db, rq->arena, &filter.query, after,
		    ROWS_PAGE + 1, &rows, &n, e);
	if (st == STATUS_OK)
		st = trash_store_count(rq->db, clock_now(), &total, e);
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n && i < ROWS_PAGE; i++)
		fill_row(rq, node_add(root, "Contacts"), &rows[i], clock_now());
	node_set(root, "Q", q);
	node_set_count(root, "Total", total);
	node_set_flag(root, "Some", total > 0);
	if (after.id)
		node_set(root, "First",
		    arena_printf(
			rq->arena, "/trash?q=%s", url_escape(rq->arena, q)));
	if (n > ROWS_PAGE)
		node_set(root, "Next",
		    page_path(rq, q, &rows[ROWS_PAGE - 1].contact));
	return STATUS_OK;
}

/* --- the question before what cannot be taken back --- */

static enum status fill_question(
    struct request *rq, struct node *root, struct err *e)
{
	const char *ask = form_text(&rq->params, "ask");
	struct chosen c = chosen_of(rq, &rq->params, "id");
	bool all = str_equal(ask, "empty");
	int64_t now = clock_now();
	uint64_t count = c.count;

	if (rq->member->role < ROLE_ADMIN || (!all && !str_equal(ask, "purge")))
		return STATUS_OK;
	enum status st =
	    all ? trash_store_count(rq->db, now, &count, e) : STATUS_OK;
	struct node *question = node_child(root, "Question");

	if (st != STATUS_OK || !count)
		return st;
	node_set(question, "Action", all ? "empty" : "purge");
	node_set_count(question, "Count", count);
	node_set_flag(question, "One", count == 1);
	node_set_int(question, "Upto", now);
	for (size_t i = 0; !all && i < c.count; i++)
		node_set_int(
		    node_add(question, "Ids"), "Id", (int64_t)c.ids[i]);
	return STATUS_OK;
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	uint64_t days = 0;
	enum status st = setting_get_u64(rq->db, "trash.days", &days, e);

	if (st == STATUS_OK)
		st = fill_question(rq, root, e);
	if (st == STATUS_OK)
		st = fill_list(rq, rs, root, e);
	node_set_int(root, "Days", (int64_t)days);
	node_set_flag(root, "CanPurge", rq->member->role >= ROLE_ADMIN);
	return st;
}

/* --- doing it --- */

static const char *contacts_text(struct arena *a, uint64_t count)
{
	return arena_printf(a, "%llu %s", (unsigned long long)count,
	    count == 1 ? "contact" : "contacts");
}

static enum status restore(
    struct request *rq, const struct chosen *c, struct err *e)
{
	uint64_t count;
	enum status st = trash_restore(
	    rq->db, rq->arena, &rq->actor, c->ids, c->count, &count, e);

	if (st != STATUS_OK)
		return st;
	if (count < c->count)
		response_flash(rq,
		    "%s restored; the others were not in the trash any more.",
		    contacts_text(rq->arena, count));
	else
		response_flash(
		    rq, "%s restored.", contacts_text(rq->arena, count));
	return STATUS_OK;
}

static enum status purge(
    struct request *rq, const struct chosen *c, struct err *e)
{
	uint64_t count;
	enum status st = trash_purge(
	    rq->db, rq->arena, &rq->actor, c->ids, c->count, &count, e);

	if (st == STATUS_OK)
		response_flash(rq, "%s deleted for good.",
		    contacts_text(rq->arena, count));
	return st;
}

static enum status empty(struct request *rq, struct err *e)
{
	int64_t until = clock_monotonic() + WORK_MS;
	unsigned long long upto = 0;

	if (!str_to_u64(form_text(&rq->form, "upto"), &upto) ||
	    upto > (unsigned long long)clock_now())
		return ERR(e, STATUS_INVALID, "no moment to empty it to");
	enum status st =
	    trash_empty(rq->db, rq->arena, &rq->actor, (int64_t)upto, e);

	while (st == STATUS_OK && clock_monotonic() < until)
		st = trash_empty_work(rq->db, e);
	if (st == STATUS_OK)
		response_flash(
		    rq, "The trash is being emptied; this goes on by itself.");
	if (st != STATUS_NOT_FOUND)
		return st;
	response_flash(rq, "The trash is empty.");
	return STATUS_OK;
}

/* Goes on to the question, which is at an address of its own. */
static enum status ask_purge(
    struct request *rq, struct response *rs, const struct chosen *c)
{
	const char *path = "/trash?ask=purge";

	for (size_t i = 0; i < c->count; i++)
		path = arena_printf(rq->arena, "%s&id=%llu", path,
		    (unsigned long long)c->ids[i]);
	return response_redirect(rq, rs, path);
}

static enum status refuse(
    struct request *rq, struct response *rs, const char *text, struct err *e)
{
	view_error(rs->view, "", text);
	enum status st = show(rq, rs, e);

	return st == STATUS_OK ? STATUS_INVALID : st;
}

static enum status act(struct request *rq, struct response *rs, struct err *e)
{
	const char *action = form_text(&rq->form, "action");
	bool one = form_find(&rq->form, "one") != NULL;
	struct chosen c = chosen_of(rq, &rq->form, one ? "one" : "id");
	bool all = !one && str_equal(action, "empty");
	bool asks = !one && str_equal(action, "ask");
	bool purges = !one && str_equal(action, "purge");

	if (!one && !all && !asks && !purges && !str_equal(action, "restore"))
		return refuse(rq, rs, "Choose what to do.", e);
	if ((all || asks || purges) && rq->member->role < ROLE_ADMIN)
		return ERR(e, STATUS_DENIED, "only an admin purges");
	if (!all && (c.damaged || !c.count))
		return refuse(
		    rq, rs, "Choose the contacts first: tick their boxes.", e);
	if (asks)
		return ask_purge(rq, rs, &c);
	enum status st = all	  ? empty(rq, e)
			 : purges ? purge(rq, &c, e)
				  : restore(rq, &c, e);

	if (st == STATUS_INVALID)
		return refuse(rq, rs,
		    "The form lacks the moment that it began with. Open it "
		    "again.",
		    e);
	return st == STATUS_OK ? response_redirect(rq, rs, "/trash") : st;
}

enum status page_trash(struct request *rq, struct response *rs, struct err *e)
{
	rq->active = "/contacts";
	return rq->method == METHOD_POST ? act(rq, rs, e) : show(rq, rs, e);
}
