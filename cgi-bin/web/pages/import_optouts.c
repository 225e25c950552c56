/* import_optouts.c: people of a file who opted out: leave them so, or not */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_optouts.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/phone.h"
#include "base/str.h"
#include "domain/import/match.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

#define PEOPLE_PAGE 50u

static void fill_person(
    struct node *root, const struct optout_person *p, int64_t now)
{
	struct node *n = node_add(root, "Rows");
	char pretty[40] = "";

	node_set_int(n, "Row", (int64_t)p->row.row);
	node_set_flag(n, "Kept", p->row.kept);
	if (p->row.contact < NO_CONTACT)
		node_set_int(n, "Contact", (int64_t)p->row.contact);
	node_set(n, "Name", p->name);
	if (*p->phone)
		phone_pretty(p->phone, pretty);
	node_set(n, "Phone", pretty);
	node_set_time(n, "Since", p->since, now);
}

static enum status fill_people(
    struct request *rq, struct node *root, struct import_id id, struct err *e)
{
	struct optout_person *people;
	unsigned long long after = 0;
	uint64_t pass = 0;
	size_t count = 0;
	enum status st = import_optout_pass(rq->db, id, &pass, e);

	str_to_u64(form_text(&rq->params, "after"), &after);
	if (st == STATUS_OK)
		st = import_optout_list(rq->db, rq->arena, id, pass, after,
		    PEOPLE_PAGE + 1, &people, &count, e);
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < count && i < PEOPLE_PAGE; i++)
		fill_person(root, &people[i], clock_now());
	node_set_flag(root, "Later", after > 0);
	if (count > PEOPLE_PAGE)
		node_set_int(
		    root, "After", (int64_t)people[PEOPLE_PAGE - 1].row.row);
	return STATUS_OK;
}

static enum status to(struct request *rq, struct response *rs, const char *page)
{
	return response_redirect(rq, rs,
	    arena_printf(
		rq->arena, "/imports/%" PRIu64 "%s", rq->path_id, page));
}

/* The box says a number: it is confirmed only while that is the number. */
static enum status overturn(
    struct request *rq, struct response *rs, struct import_id id, struct err *e)
{
	const char *box = form_text(&rq->form, "overturn");
	unsigned long long people = 0;
	enum status st = STATUS_INVALID;

	if (str_empty(box)) {
		view_error(rs->view, "overturn",
		    "Tick this box to overturn the opt-outs, or leave them as "
		    "they are.");
		return STATUS_INVALID;
	}
	if (str_to_u64(box, &people) && people)
		st = import_confirm_optins(
		    rq->db, rq->arena, id, &rq->actor, people, true, e);
	if (st == STATUS_INVALID)
		view_error(rs->view, "overturn",
		    "The number of people has changed. Look at the list again, "
		    "then decide.");
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "Your confirmation is kept. The file is checked "
			   "once more with it.");
	return to(rq, rs, "/review");
}

static enum status fill(struct request *rq, struct response *rs,
    const struct import_row *row, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct optout_people people = {0};
	enum status st = optouts_fill(rq, root, row->head.id, &people, e);

	import_fill(
	    rq->arena, node_child(root, "Import"), &row->head, clock_now());
	node_set(root, "Title",
	    row->head.state == IMPORT_READY
		? "Import contacts, step 3 of 4: Opt-outs"
		: arena_printf(
		      rq->arena, "Opt-outs in %s", row->head.file_name));
	node_set_flag(root, "Ready", row->head.state == IMPORT_READY);
	node_set(root, "OptInWords", optin_words(rq->arena, people.found));
	return st == STATUS_OK ? fill_people(rq, root, row->head.id, e) : st;
}

enum status page_import_optouts(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_row row;
	enum status st = import_row_load(rq, &row, e);
	enum status shown;

	if (st != STATUS_OK)
		return st;
	/* Before the check has ended there is nothing to decide. */
	if (import_state_open(row.head.state) && row.head.state != IMPORT_READY)
		return response_redirect(
		    rq, rs, import_next_page(rq->arena, &row.head));
	if (rq->method == METHOD_POST && row.head.state != IMPORT_READY) {
		response_flash(rq, "This import has already been started.");
		return to(rq, rs, "");
	}
	if (rq->method == METHOD_POST &&
	    !str_equal(form_text(&rq->form, "act"), "overturn"))
		return to(rq, rs, "/consent");
	if (rq->method == METHOD_POST)
		st = overturn(rq, rs, row.head.id, e);
	if (st == STATUS_CONFLICT)
		return to(rq, rs, "/review");
	if (rq->method == METHOD_POST && st != STATUS_INVALID)
		return st;
	shown = fill(rq, rs, &row, e);
	return shown == STATUS_OK ? st : shown;
}
