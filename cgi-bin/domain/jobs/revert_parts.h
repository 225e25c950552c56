/* revert_parts.h: what the files of the undoing share */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_REVERT_PARTS_H
#define DOMAIN_REVERT_PARTS_H

#include "domain/jobs/revert.h"

#define REVERT_TRASHED "_trashed_at"
#define REVERT_MERGED "_merged_into"
#define REVERT_CREATED "_created_at"
#define REVERT_ACTIVE "_last_active"

enum value_kind {
	VALUE_FIELD,
	VALUE_ATTRIBUTE,
	VALUE_TRASHED, /* when it went to the trash */
	VALUE_MERGED,  /* the contact that it went into */
	VALUE_CREATED, /* when it was made: a merge keeps the earlier time */
	VALUE_ACTIVE   /* when it was active last */
};

/* Texts are plain ("" for nothing), those of attributes JSON (NULL for
 * nothing). */
struct revert_value {
	const char *key;
	enum value_kind kind;
	enum contact_field field; /* of VALUE_FIELD */
	const char *former;
	const char *left; /* when not mine */
	bool mine;
};

struct revert_element {
	const char *name;
	const char *folded;
	bool former;
	bool left; /* when not mine */
	bool mine;
};

/* "_tags" and so on. */
extern const char *const revert_set_keys[REVERT_SETS];

/* An array of twice the room (or of 8) with the first `count` of the old. */
void *revert_grow(
    struct arena *a, const void *old, size_t count, size_t *space, size_t size);
bool revert_has(const struct revert_names *set, const char *name);
/* NULL: nobody changed it that matters. */
struct revert_element *revert_element(
    const struct revert_set *s, const char *folded);
/* The sets of after the last revision: what that one changed. */
void revert_see_sets(
    struct revert *r, const struct revert_names sets[REVERT_SETS]);
/* The moment as a before-image has it, "" for 0; in the arena. */
const char *revert_moment(struct arena *a, int64_t ms);
/* The id as a before-image has it, "" for 0; in the arena. */
const char *revert_id(struct arena *a, uint64_t id);

#endif
