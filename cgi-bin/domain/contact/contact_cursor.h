/* contact_cursor.h: a place in a list, as text for an address */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_CURSOR_H
#define DOMAIN_CONTACT_CONTACT_CURSOR_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/contact.h"
#include "model/contact_query.h"

/*
 * The text says the sort, its direction, and the sort value and id of a
 * contact, with a checksum: letters, digits, '-' and '_'. It is not secret and
 * gives no right to anything; the checksum only tells a damaged one.
 */
const char *contact_cursor_write(
    struct arena *a, const struct contact_query *q, const struct contact *c);

/* Sets value and id of q->cursor (not its kind). False when the text is
 * damaged or was made for another order than q's. */
bool contact_cursor_read(
    struct arena *a, const char *text, struct contact_query *q);

/* What a list is sorted by, as it stands in an address: "created",
 * "last_active", "attr.LTV" ... */
const char *contact_sort_name(const struct contact_query *q);

#endif
