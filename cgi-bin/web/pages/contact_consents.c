/* contact_consents.c: the ledger of a contact's consents, and a new entry */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "storage/contact_store.h"
#include "web/parts/consent_view.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

#define STEPS_PER_PAGE 50

static enum status bad_place(struct response *rs, struct err *e)
{
	rs->code = 400;
	rs->message = "This part of the ledger cannot be found. Begin with "
		      "its first page.";
	return ERR(e, STATUS_NOT_FOUND, "no place in the ledger");
}

static enum status show(struct request *rq, struct response *rs,
    const struct contact *c, struct err *e)
{
	struct node *root = view_root(rs->view);
	const char *after = form_text(&rq->params, "after");
	struct ledger_place place = ledger_newest, next;
	struct consent_entry *entries;
	size_t n;

	if (*after && !ledger_place_read(after, &place))
		return bad_place(rs, e);
	node_set_int(root, "Id", (int64_t)c->id.n);
	node_set(root, "Name", contact_view_title(rq->arena, c));
	node_set_flag(root, "CanRecord",
	    rq->member->role >= ROLE_EDITOR && !c->trashed_at);
	enum status st = consent_view_state(rq, rs, c->id, e);

	if (st == STATUS_OK)
		st = consent_ledger_list(rq->db, rq->arena, c->id, &place,
		    STEPS_PER_PAGE, &entries, &n, &next, e);
	if (st != STATUS_OK)
		return st;
	consent_view_entries(rq, rs, c->id, entries, n);
	node_set(root, "Older", ledger_place_text(rq->arena, &next));
	node_set_flag(root, "Newer", *after != '\0');
	return STATUS_OK;
}

static enum status record(struct request *rq, struct response *rs,
    const struct contact *c, struct err *e)
{
	struct contact_result result;
	struct consent_entry entry;
	struct consent_draft draft;

	consent_form_read(rq, &draft);
	enum status st = consent_record(
	    rq->db, rq->arena, &rq->actor, c->id, &draft, &result, &entry, e);

	if (st == STATUS_OK) {
		response_flash(rq, "The consent is recorded: %s %s.",
		    consent_purposes[entry.purpose].label,
		    entry.status == CONSENT_GIVEN ? "given" : "withdrawn");
		return response_redirect(rq, rs,
		    arena_printf(rq->arena, "/contacts/%llu/consents",
			(unsigned long long)c->id.n));
	}
	if (st == STATUS_CONFLICT && result.in_trash) {
		rs->message = "The contact is in the trash. Restore it, then "
			      "record the consent.";
		return st;
	}
	if (st != STATUS_INVALID)
		return st;
	consent_form_fill(rq, rs, &draft, &result);
	st = show(rq, rs, c, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}

enum status page_contact_consents(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact c;
	enum status st = contact_store_get(
	    rq->db, rq->arena, (struct contact_id){rq->path_id}, false, &c, e);

	if (st != STATUS_OK)
		return st;
	return rq->method == METHOD_POST ? record(rq, rs, &c, e)
					 : show(rq, rs, &c, e);
}
