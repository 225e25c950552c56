/* contact_view.h: contacts in templates */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CONTACT_VIEW_H
#define WEB_PARTS_CONTACT_VIEW_H

#include "domain/contact/contact.h"
#include "web/request.h"
#include "web/view.h"

/* What a contact is called where its name stands: the name, else its number,
 * e-mail or ids; in the arena. */
const char *contact_view_title(struct arena *a, const struct contact *c);

/* "+919876543210" as people read it, in the arena; "" stays. */
const char *contact_view_phone(struct arena *a, const char *e164);

/* The kind of its dot, for the macro badge. */
const char *contact_view_state_dot(const char *key);

/* Names of tags or campaigns: Tags.N {Name}, three at most, and MoreTags, how
 * many more there are. */
void contact_view_names(struct node *n, const char *const *names, size_t count);

#endif
