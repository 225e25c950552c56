/* audit_filter.h: which entries of the audit log, as parameters */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_AUDIT_FILTER_H
#define DOMAIN_AUDIT_FILTER_H

#include "domain/audit_words.h"

/*
 * The page, the file and the API take the same parameters:
 *
 *	member   a member's number (tokens of theirs too), or command-line,
 *	         itself, whatsapp, not-logged-in
 *	token    an API token's number
 *	action   an action ("import.undo") or a group of them ("imports")
 *	from, to days, both with them, in UTC ("2026-11-23"); or moments of
 *	         ISO 8601, of which `to` is the first that is out
 *	subject  what it was done to ("contact 7", "book.name")
 *	address  of the network
 *	q        a text in what was done, to what, or the details
 *	after    where the page before ended ("next" of the API)
 *	limit    of the API: 1 to 1,000
 */
#define AUDIT_PARAMS 10
struct audit_param {
	const char *name;
	const char *value;   /* as given, trimmed; "" when it was not */
	const char *problem; /* a sentence; NULL: understood */
};

struct audit_filter {
	struct audit_query query;
	struct audit_param params[AUDIT_PARAMS];
	bool filtered;		   /* anything but after and limit */
	bool bad_place;		   /* after is damaged */
	const char *first_problem; /* NULL: there is none */
};

#define AUDIT_LIMIT_MAX 1000u

/* The names of the parameters; ends with NULL. */
extern const char *const audit_param_names[AUDIT_PARAMS + 1];

/*
 * Reads the values, in the order of the names; pure. A value that cannot be is
 * a problem, and then nothing is to be looked up. limit: where none is given.
 */
void audit_filter_read(struct arena *a, const char *const values[AUDIT_PARAMS],
    size_t limit, struct audit_filter *out);

/* after and limit, which have no field on the page. */
bool audit_filter_is_place(const struct audit_param *p);

/* The value of a parameter, "" when it was not given. */
const char *audit_filter_value(const struct audit_filter *f, const char *name);

/* The filter as a query string with '?', "" for none; with the place that a
 * page begins after, unless it is NULL. */
const char *audit_filter_text(struct arena *a, const struct audit_filter *f,
    const struct audit_place *after);
/* The same for the audit log itself: what was looked for in texts may name
 * somebody, so it is a "…" there. */
const char *audit_filter_shape(struct arena *a, const struct audit_filter *f);
/* "1763892000000-17". */
const char *audit_place_text(struct arena *a, const struct audit_place *p);

#endif
