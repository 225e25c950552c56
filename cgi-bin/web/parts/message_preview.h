/* message_preview.h: a message with tokens, as contacts get it */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_MESSAGE_PREVIEW_H
#define WEB_PARTS_MESSAGE_PREVIEW_H

#include "domain/import/check.h"
#include "domain/import/plan.h"
#include "model/contact.h"
#include "web/request.h"
#include "web/view.h"

/*
 * For templates/_message_preview.cs: the message is the parameter "message" of
 * a GET, and the form leads back to the page it is on.
 */

/* As one contact gets it. */
void message_preview_contact(struct request *rq, struct node *root,
    const struct contact *c, const struct attribute_list *book);

/* As the first rows of a file will get it, which can be imported. */
#define MESSAGE_ROWS 3u
void message_preview_rows(struct request *rq, struct node *root,
    const struct import_plan *plan, const struct checked_row *rows,
    size_t count);

#endif
