/* contact_edit.c: changing a contact, also when two do it at once */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/trash.h"
#include "storage/attribute_store.h"
#include "storage/contact_store.h"
#include "web/parts/contact_form.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

static enum status show(struct request *rq, struct response *rs,
    const struct attribute_list *book, const struct contact *c,
    uint64_t version, const struct contact_draft *draft, struct err *e)
{
	struct node *root = view_root(rs->view);

	node_set_int(root, "Id", (int64_t)c->id.n);
	node_set(root, "Name", contact_view_title(rq->arena, c));
	node_set_int(root, "Version", (int64_t)version);
	node_set_flag(
	    root, "OptedOut", str_equal(c->value[FIELD_WHATSAPP_OPTED], "no"));
	return contact_form_fill(rq, rs, book, c, draft, e);
}

/* The same form with what others did meanwhile in it, and both values of each
 * field that has to be decided; the version is the one of now. */
static enum status show_conflict(struct request *rq, struct response *rs,
    const struct attribute_list *book, struct contact_result *r,
    const struct contact_draft *typed, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct contact_draft wanted = {.value = {NULL}};

	wanted.attributes = arena_alloc(
	    rq->arena, (book->count + 1) * sizeof(*wanted.attributes));
	for (size_t i = 0; i < r->conflict_count; i++) {
		const struct contact_conflict *c = &r->conflicts[i];
		struct node *n = node_add(root, "Conflicts");

		node_set(
		    n, "Name", contact_form_name(rq->arena, book, c->field));
		node_set(n, "Label", c->label);
		node_set(n, "Was", c->was);
		node_set(n, "Now", c->now);
		node_set(n, "Wanted", c->wanted);
		for (int f = 0; f < FIELD_COUNT; f++)
			if (str_equal(c->field, contact_fields[f].key))
				wanted.value[f] = c->wanted;
		for (size_t k = 0; k < typed->attribute_count; k++)
			if (str_starts(c->field, "attributes.") &&
			    str_equal(c->field + 11,
				typed->attributes[k].attribute->name))
				wanted.attributes[wanted.attribute_count++] =
				    typed->attributes[k];
	}
	rs->code = 409;
	return show(rq, rs, book, &r->merged, r->contact.version, &wanted, e);
}

/* Whether a page that asked which value is to stay came back without an
 * answer. */
static bool is_undecided(struct request *rq)
{
	const char *asked;

	for (size_t i = 0; (asked = form_nth(&rq->form, "asked", i)); i++) {
		const char *kept = form_text(
		    &rq->form, arena_printf(rq->arena, "keep_%s", asked));

		if (!str_equal(kept, "mine") && !str_equal(kept, "theirs"))
			return true;
	}
	return false;
}

/* The version that the edit began with. After a conflict that is the one that
 * the page showed; while that is not decided, the one before it, so that the
 * same is asked again. */
static uint64_t version_of(struct request *rq)
{
	unsigned long long version = 0;

	str_to_u64(form_text(&rq->form, is_undecided(rq) ? "base" : "version"),
	    &version);
	return version;
}

/* It went into the trash meanwhile: what was typed stays, and can be saved with
 * the contact's way back. */
static enum status show_trashed(struct request *rq, struct response *rs,
    const struct attribute_list *book, const struct contact *c,
    uint64_t version, const struct contact_draft *draft, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct contact_revision r;
	enum status st =
	    contact_revision_trashing(rq->db, rq->arena, c->id, &r, e);

	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	rs->code = 409;
	node_set_time(root, "TrashedAt", c->trashed_at, clock_now());
	if (st == STATUS_OK)
		node_set(root, "TrashedBy", r.member_name);
	return show(rq, rs, book, c, version, draft, e);
}

/* It is gone for good: what was typed can still become a new contact. */
static enum status show_gone(struct request *rq, struct response *rs,
    const struct attribute_list *book, struct contact_id id,
    const struct contact_draft *draft, struct err *e)
{
	struct contact none = {.id = id, .attributes = "{}"};

	for (int i = 0; i < FIELD_COUNT; i++)
		none.value[i] = "";
	rs->code = 404;
	node_set_flag(view_root(rs->view), "Gone", true);
	return show(rq, rs, book, &none, 0, draft, e);
}

/* The change itself; after its way out of the trash when the form asks so. */
static enum status change(struct request *rq, struct contact_id id,
    uint64_t version, struct contact_draft *draft, struct contact_result *r,
    struct err *e)
{
	uint64_t count = 0;
	enum status st = contact_change(
	    rq->db, rq->arena, &rq->actor, id, version, draft, r, e);

	if (st != STATUS_CONFLICT || !r->in_trash ||
	    !form_checked(&rq->form, "restore"))
		return st;
	st = trash_restore(rq->db, rq->arena, &rq->actor, &id.n, 1, &count, e);
	return st == STATUS_OK ? contact_change(rq->db, rq->arena, &rq->actor,
				     id, version, draft, r, e)
			       : st;
}

static enum status save(struct request *rq, struct response *rs,
    const struct attribute_list *book, struct contact_id id, struct err *e)
{
	struct contact_draft draft;
	struct contact_result r;
	uint64_t version = version_of(rq);

	contact_form_read(rq, book, &draft);
	draft.optin_confirmed = form_checked(&rq->form, "confirm_optin");
	enum status st = change(rq, id, version, &draft, &r, e);

	if (st == STATUS_OK) {
		response_flash(rq, "%s",
		    r.changed ? "The change is saved."
			      : "Nothing was changed, so nothing was saved.");
		return response_redirect(rq, rs,
		    arena_printf(
			rq->arena, "/contacts/%llu", (unsigned long long)id.n));
	}
	if (st == STATUS_NOT_FOUND)
		return show_gone(rq, rs, book, id, &draft, e);
	if (st == STATUS_CONFLICT && r.in_trash)
		return show_trashed(
		    rq, rs, book, &r.contact, version, &draft, e);
	if (st == STATUS_CONFLICT && r.conflict_count) {
		node_set_int(view_root(rs->view), "Base", (int64_t)version);
		return show_conflict(rq, rs, book, &r, &draft, e);
	}
	if (st != STATUS_INVALID && st != STATUS_CONFLICT)
		return st;
	contact_form_messages(rq, rs, book, &r);
	st = show(rq, rs, book, &r.contact, version, &draft, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}

enum status page_contact_edit(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct attribute_list book;
	struct contact c;
	enum status st = attribute_store_list(rq->db, rq->arena, &book, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_POST)
		return save(rq, rs, &book, id, e);
	st = contact_store_get(rq->db, rq->arena, id, false, &c, e);
	if (st == STATUS_OK && c.trashed_at)
		return response_redirect(rq, rs,
		    arena_printf(
			rq->arena, "/contacts/%llu", (unsigned long long)id.n));
	return st == STATUS_OK ? show(rq, rs, &book, &c, c.version, NULL, e)
			       : st;
}
