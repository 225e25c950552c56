/* contact_ids.h: contacts that were chosen one by one, by their numbers */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_IDS_H
#define DOMAIN_CONTACT_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define CONTACT_IDS_MAX 1000

/* Numbers in order, each once. */
struct contact_ids {
	uint64_t *items; /* room for CONTACT_IDS_MAX */
	size_t count;
	bool full; /* there were more */
};

/* Adds the numbers of a text, "7,9,12"; false when one is none, or when there
 * are more than CONTACT_IDS_MAX. *ids may begin as zeroes. */
bool contact_ids_add(
    struct arena *a, const char *text, struct contact_ids *ids);
/* "7,9,12", in the arena. */
const char *contact_ids_text(struct arena *a, const struct contact_ids *ids);

#endif
