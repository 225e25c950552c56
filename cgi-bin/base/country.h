/* country.h: the names of countries */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_COUNTRY_H
#define BASE_COUNTRY_H

/* Those that have telephone numbers of their own, by name; ends with a NULL
 * code. */
struct country {
	const char *code; /* ISO 3166 alpha-2 */
	const char *name; /* in English */
};
extern const struct country countries[];

/* The name of a code; NULL when it is none. */
const char *country_name(const char *code);

#endif
