/* contact_form.h: the form of a contact, for new ones and for edits */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CONTACT_FORM_H
#define WEB_PARTS_CONTACT_FORM_H

#include "domain/contact/contact.h"
#include "model/attribute.h"
#include "web/request.h"
#include "web/response.h"

/*
 * Controls have the keys of the fields as names, "tags", and "attribute_ID".
 * In the template: Groups.N.{Title, Fields.M.{Name, Label, Value, Kind, Help,
 * Options}}, KnownTags.
 */

/* What was typed. A field whose name has "keep_NAME" = "theirs" beside it is
 * left out: the other's value stands. */
void contact_form_read(struct request *rq, const struct attribute_list *book,
    struct contact_draft *out);

/* Fills the form with a contact's values; over them, those of a draft that was
 * not accepted (NULL: none). */
enum status contact_form_fill(struct request *rq, struct response *rs,
    const struct attribute_list *book, const struct contact *c,
    const struct contact_draft *draft, struct err *e);

/* Shows a result's messages at their fields, with a link to the other contact
 * that has the number. */
void contact_form_messages(struct request *rq, struct response *rs,
    const struct attribute_list *book, const struct contact_result *result);

/* The control's name of a field in a message: "attributes.X" becomes
 * "attribute_ID"; in the arena. */
const char *contact_form_name(
    struct arena *a, const struct attribute_list *book, const char *field);

#endif
