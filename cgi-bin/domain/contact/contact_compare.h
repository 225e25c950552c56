/* contact_compare.h: two contacts side by side, before they become one */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_COMPARE_H
#define DOMAIN_CONTACT_CONTACT_COMPARE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/contact.h"

/* Whose value stays: that of the contact which stays, or that of the one which
 * goes into it. */
enum merge_side {
	MERGE_THIS,
	MERGE_OTHER
};

/* A field that one of the two has a value for. */
struct compared {
	const char *key; /* of the field, or "attributes.NAME" */
	const char *label;
	const char *mine;      /* as text, "" for nothing */
	const char *theirs;    /* likewise */
	const char *mine_json; /* of an attribute; NULL: it has none */
	const char *theirs_json;
	bool differ;
	enum merge_side side; /* without a choice: the fuller one */
	bool decided;	      /* by a rule: it cannot be chosen */
};

struct comparison {
	struct compared *rows; /* fields in their order, then attributes */
	size_t count;
};

/*
 * Compares. Pure. Without a choice the number, e-mail and ids of `mine` stay,
 * and elsewhere the longer text; the state is that of the one who was active
 * later; an empty value never wins.
 *
 * Consent is no choice: "no" stands over "yes", unless the yes is known to be
 * newer than the no; of two equal answers the newer one.
 */
void contact_compare(struct arena *a, const struct contact *mine,
    const struct contact *theirs, struct comparison *out);

/* The row of a key; NULL when neither has a value there. */
struct compared *comparison_find(const struct comparison *c, const char *key);

#endif
