/* bulk_form.h: the form of a bulk change */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_BULK_FORM_H
#define WEB_PARTS_BULK_FORM_H

#include "domain/jobs/bulk.h"
#include "model/attribute.h"
#include "web/request.h"
#include "web/response.h"

/*
 * Controls: `where` (the filter as one text: conditions, or "id=1,2") and
 * `all` (no condition is meant so); do: an action of bulk_actions, or "clear",
 * "consent", "export"; tags, make_tags, tags_off, field ("city" or
 * "attributes.NAME"), value, field_off, opted, opted_at, how, segment,
 * segment_off, overturn.
 */
struct bulk_form {
	const char *where;
	const char *what; /* do */
	struct bulk_request request;
	struct attribute_list book;
	/* What cannot be said as a request; control "" when nothing. */
	const char *control;
	const char *text;
};

/* Reads it from the query string or the body. INVALID: `where` is broken. */
enum status bulk_form_read(struct request *rq, const struct form *f,
    struct bulk_form *out, struct err *e);
/* Fills the form as it was sent, and what its controls offer. */
enum status bulk_form_fill(struct request *rq, struct node *root,
    const struct form *f, const struct bulk_form *form, struct err *e);
/* Shows messages at their controls. */
void bulk_form_messages(struct request *rq, struct response *rs,
    const struct bulk_form *form, const struct bulk_check *check);

#endif
