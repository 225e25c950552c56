/* merge_tokens.h: a message with tokens, as one contact gets it */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_MERGE_TOKENS_H
#define DOMAIN_CONTACT_MERGE_TOKENS_H

#include <stddef.h>

#include "base/arena.h"
#include "model/attribute.h"
#include "model/contact.h"

/*
 * formats.md A8 and M12:
 *
 *	$Name $FirstName $LastName   the name, its first word, the rest; without
 *	                             a name, of first and last name
 *	$City $lead_score            any field by its key ($HouseNumber too) or
 *	                             attribute: '$', then letters, digits and
 *	                             '_', not a digit first; of several names
 *	                             that it begins with, the longest
 *	{{user.first_name}}          one of the seven: username, phone_no,
 *email, first_name, last_name, title, account; first and last name come from
 *the name when the contact has only that
 *	{{lead score}}               an attribute, or a field by its key
 *
 * Names are compared in any letter case. "$5", "$$" and braces without an end
 * are text.
 */
enum merge_kind {
	MERGE_PLAIN,  /* text as it was written */
	MERGE_VALUE,  /* what the contact has for a token */
	MERGE_EMPTY,  /* a token that the contact has no value for */
	MERGE_UNKNOWN /* a token that no field and no attribute has */
};

struct merge_piece {
	enum merge_kind kind;
	const char *text; /* EMPTY, UNKNOWN: the token as it was written */
};

/* The longest message, in code points: that of WhatsApp's templates. */
#define MERGE_TEXT_MAX 1024u

/* The pieces of a text (well-formed UTF-8), in its order; in the arena. `known`
 * are the book's attributes; those that the contact has are known too. */
void merge_tokens(struct arena *a, const char *text, const struct contact *c,
    const struct attribute_list *known, struct merge_piece **pieces,
    size_t *count);

#endif
