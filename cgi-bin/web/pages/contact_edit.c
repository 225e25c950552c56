/* contact_edit.c: changing a contact, also when two do it at once */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "storage/attribute_store.h"
#include "storage/contact_store.h"
#include "web/contact_form.h"
#include "web/contact_view.h"
#include "web/routes.h"

static enum status show(struct request *rq, struct response *rs,
    const struct attribute_list *book, const struct contact *c,
    uint64_t version, const struct contact_draft *draft, struct err *e)
{
	struct node *root = view_root(rs->view);

	node_set_int(root, "Id", (int64_t)c->id.n);
	node_set(root, "Name", contact_view_title(rq->arena, c));
	node_set_int(root, "Version", (int64_t)version);
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

static enum status save(struct request *rq, struct response *rs,
    const struct attribute_list *book, struct contact_id id, struct err *e)
{
	struct contact_draft draft;
	struct contact_result r;
	unsigned long long version = 0;
	enum status st;

	str_to_u64(form_text(&rq->form, "version"), &version);
	contact_form_read(rq, book, &draft);
	st = contact_change(
	    rq->db, rq->arena, &rq->actor, id, version, &draft, &r, e);
	if (st == STATUS_OK) {
		response_flash(rq, "%s",
		    r.changed ? "The change is saved."
			      : "Nothing was changed, so nothing was saved.");
		return response_redirect(rq, rs,
		    arena_printf(
			rq->arena, "/contacts/%llu", (unsigned long long)id.n));
	}
	if (st == STATUS_NOT_FOUND)
		rs->message = "This contact was deleted meanwhile, so the "
			      "change could not be saved.";
	if (st == STATUS_CONFLICT && r.conflict_count)
		return show_conflict(rq, rs, book, &r, &draft, e);
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
	return st == STATUS_OK ? show(rq, rs, &book, &c, c.version, NULL, e)
			       : st;
}
