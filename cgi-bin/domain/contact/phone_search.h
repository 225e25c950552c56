/* phone_search.h: what a typed number may stand for in the book */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_PHONE_SEARCH_H
#define DOMAIN_CONTACT_PHONE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct phone_search {
	const char **numbers; /* whole E.164 numbers */
	size_t number_count;
	const char **starts; /* beginnings of E.164 numbers */
	size_t start_count;
};

/* Four digits or more, and beside them only + ( ) [ ] - . / and blanks of any
 * script. */
bool phone_search_looks_like(const char *text);

/*
 * The numbers that the text can mean: as it stands, with a '+' in front or
 * after 00; national of `region` (which may be ""); and national of every
 * country, with and without one leading 0. With `starts`, also what begins so:
 * as it stands, and national of the region. False when it looks like no
 * number.
 */
bool phone_search_read(struct arena *a, const char *text, const char *region,
    bool starts, struct phone_search *out);

#endif
