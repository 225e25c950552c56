/* contact.h: a person in the book */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_CONTACT_H
#define MODEL_CONTACT_H

#include <stddef.h>
#include <stdint.h>

#include "model/contact_field.h"
#include "model/id.h"

/*
 * Strings are UTF-8, owned by the arena that the contact was read into, and
 * never NULL: an empty field is "".
 */
struct contact {
	struct contact_id id;
	const char *value[FIELD_COUNT]; /* as contact_fields has them */
	/* JSON object of the custom attributes: keys sorted by bytes, compact,
	 * values in the form that their type keeps; "{}" when none. */
	const char *attributes;
	const char **tags; /* names of kind "tag", sorted */
	size_t tag_count;
	const char **campaigns; /* names, sorted, where they were asked for */
	size_t campaign_count;
	int64_t last_active;	    /* ms since 1970, or 0: never */
	int64_t created_at;	    /* ms since 1970 */
	int64_t updated_at;	    /* ms since 1970 */
	int64_t trashed_at;	    /* ms since 1970, or 0: not in the trash */
	uint64_t created_by_import; /* 0: not by one */
	uint64_t merged_into;	    /* while in the trash: which one; 0: none */
	uint64_t version;	    /* 1 at first, one more with each change */
};

/* formats.md A9: the last message is at most 24 hours old. */
#define CONTACT_ACTIVE_MS (24LL * 3600 * 1000)

/* The values of the state field, in the order of a form. */
struct contact_state {
	const char *key;
	const char *label; /* for a person */
};
#define CONTACT_STATES 4
extern const struct contact_state contact_states[CONTACT_STATES];

#endif
