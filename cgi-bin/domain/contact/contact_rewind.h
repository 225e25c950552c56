/* contact_rewind.h: a contact as it was, found back from its revisions */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_REWIND_H
#define DOMAIN_CONTACT_CONTACT_REWIND_H

#include <stdbool.h>

#include "base/arena.h"
#include "domain/attributes.h"
#include "model/contact.h"

struct contact_was {
	struct contact contact; /* fields, attributes, tags, campaigns,
				 * trashed_at */
	const char **segments;	/* names */
	size_t segment_count;
};

/* Takes one change back: `before` is that of a revision. What it does not name
 * stays, and keys that are not known are passed over. False when it is not an
 * object. */
bool contact_rewind(
    struct arena *a, const char *before, struct contact_was *was);

/* The same for one member of it; false when its key is not known. */
bool contact_rewind_member(struct arena *a,
    const struct attribute_member *member, struct contact_was *was);

#endif
