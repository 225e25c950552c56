/* contact_new.c: adding a contact by hand */
/* SPDX-License-Identifier: MIT */
#include "storage/attribute_store.h"
#include "web/parts/contact_form.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

static const struct contact *nobody(struct arena *a)
{
	struct contact *c = arena_alloc(a, sizeof(*c));

	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = "";
	c->attributes = "{}";
	return c;
}

enum status page_contact_new(
    struct request *rq, struct response *rs, struct err *e)
{
	struct attribute_list book;
	struct contact_draft draft;
	struct contact_result result;
	enum status st = attribute_store_list(rq->db, rq->arena, &book, e);

	if (st != STATUS_OK)
		return st;
	if (rq->method == METHOD_GET)
		return contact_form_fill(
		    rq, rs, &book, nobody(rq->arena), NULL, e);
	contact_form_read(rq, &book, &draft);
	st = contact_create(rq->db, rq->arena, &rq->actor, &draft, &result, e);
	if (st == STATUS_OK) {
		response_flash(rq, "%s is in the book now.",
		    contact_view_title(rq->arena, &result.contact));
		return response_redirect(rq, rs,
		    arena_printf(rq->arena, "/contacts/%llu",
			(unsigned long long)result.contact.id.n));
	}
	if (st != STATUS_INVALID && st != STATUS_CONFLICT)
		return st;
	contact_form_messages(rq, rs, &book, &result);
	st = contact_form_fill(rq, rs, &book, nobody(rq->arena), &draft, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}
