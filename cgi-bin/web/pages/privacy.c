/* privacy.c: whose data it is about */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/privacy/person_data.h"
#include "domain/privacy/suppression.h"
#include "web/parts/contact_view.h"
#include "web/parts/privacy_view.h"
#include "web/routes.h"

#define ERASURES_SHOWN 20u

static enum status fill_erasures(
    struct request *rq, struct node *root, struct err *e)
{
	struct erasure *rows;
	size_t n;
	int64_t now = clock_now();
	enum status st =
	    erasure_list(rq->db, rq->arena, 0, ERASURES_SHOWN, &rows, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct node *row = node_add(root, "Erasures");

		node_set_int(row, "Id", (int64_t)rows[i].id);
		node_set_flag(row, "Done", rows[i].done);
		node_set(row, "Member", rows[i].member_name);
		node_set_time(row, "At", rows[i].created_at, now);
		if (rows[i].contact)
			node_set_int(row, "Contact", (int64_t)rows[i].contact);
	}
	return st;
}

static void fill_candidates(
    struct request *rq, struct node *root, const struct person_found *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct contact *c = &found->people[i].contact;
		struct node *row = node_add(root, "Candidates");

		node_set_int(row, "Id", (int64_t)c->id.n);
		node_set(row, "Name", contact_view_title(rq->arena, c));
		node_set(row, "Phone",
		    contact_view_phone(rq->arena, c->value[FIELD_PHONE]));
		node_set(row, "Email", c->value[FIELD_EMAIL]);
		node_set_flag(row, "InTrash", c->trashed_at != 0);
	}
}

/* Nobody: a number or an address may still stand in files. */
static enum status nobody(struct request *rq, struct response *rs,
    enum person_by by, const struct person_found *found, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct person_found former;
	struct suppression listed;
	enum status st =
	    erase_listed(rq->db, rq->arena, by, found->value, &listed, e);

	if (st != STATUS_OK)
		return st;
	view_error(rs->view, "value", "Nobody in the book has this.");
	node_set_flag(root, "Nobody", *found->value != '\0');
	node_set_flag(
	    root, "CanErase", by == PERSON_BY_PHONE || by == PERSON_BY_EMAIL);
	if (listed.listed)
		node_set_time(root, "ListedAt", listed.at, clock_now());
	node_set_flag(root, "WasErased",
	    listed.listed && listed.reason == SUPPRESSION_ERASED);
	st =
	    person_find_former(rq->db, rq->arena, by, found->value, &former, e);
	if (st != STATUS_OK)
		return st;
	node_set_flag(root, "Former", former.count > 0);
	fill_candidates(rq, root, &former);
	return STATUS_INVALID;
}

static enum status look_up(
    struct request *rq, struct response *rs, struct err *e)
{
	enum person_by by = privacy_view_by(form_text(&rq->form, "by"));
	struct person_found found;

	if (by == PERSON_BYS) {
		view_error(rs->view, "by", "Choose what to look by.");
		return STATUS_INVALID;
	}
	enum status st = person_find(
	    rq->db, rq->arena, by, form_text(&rq->form, "value"), &found, e);

	if (st == STATUS_INVALID)
		view_error(rs->view, "value", found.message);
	if (st != STATUS_OK)
		return st;
	st = person_data_audit(rq->db, rq->arena, &rq->actor,
	    found.count == 1 ? found.people : NULL,
	    erase_audit_text(rq->db, rq->arena, by, found.value), e);
	if (st != STATUS_OK)
		return st;
	if (found.count == 1)
		return response_redirect(rq, rs,
		    arena_printf(rq->arena, "/privacy/%llu",
			(unsigned long long)found.people->contact.id.n));
	if (!found.count)
		return nobody(rq, rs, by, &found, e);
	fill_candidates(rq, view_root(rs->view), &found);
	return STATUS_OK;
}

enum status page_privacy(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	const char *by = form_text(&rq->form, "by");

	privacy_view_bys(root);
	node_set(root, "By", *by ? by : person_bys[PERSON_BY_PHONE]);
	node_set(root, "Value", form_text(&rq->form, "value"));
	enum status usable = suppression_usable(rq->db, e);

	if (usable == STATUS_DENIED)
		node_set(root, "OtherKey", SUPPRESSION_OTHER_KEY);
	else if (usable != STATUS_OK)
		return usable;
	enum status st = fill_erasures(rq, root, e);

	return st == STATUS_OK && rq->method == METHOD_POST ? look_up(rq, rs, e)
							    : st;
}
