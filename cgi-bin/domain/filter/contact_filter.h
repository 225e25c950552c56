/* contact_filter.h: the parameters of a list of contacts */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_FILTER_H
#define DOMAIN_CONTACT_FILTER_H

#include "base/arena.h"
#include "domain/contact/contact_columns.h"
#include "domain/filter/filter_row.h"
#include "model/attribute.h"
#include "model/contact.h"
#include "model/contact_query.h"
#include "storage/db.h"

/*
 * Pages, the API and exports take the same parameters:
 *
 *	q          the search box: an e-mail (with '@': its beginning), a number
 *	           in any spelling, or words of a name
 *	tag        a name; of several, all have to be there
 *	segment    a name
 *	import     a number: made or changed by it
 *	id         numbers of contacts, "7,9,12", at most CONTACT_IDS_MAX:
 *these; of several, those of all status     active, inactive (formats.md A9)
 *	phone      a number in any spelling; a field's key: its value, without
 *	           regard to case and accents
 *	attr.NAME  the value of a custom attribute, read by its type
 *	sort, dir  created (newest first) or the key of a column; asc, desc
 *	columns    what is shown: keys of columns (contact_columns.h), "all", or
 *	           "list": what the member has chosen
 *	after, before, limit	before=end: the last page
 *
 *	where      a condition, as filter_row.h writes it; all have to hold,
 *	match=any  or at least one of them
 *	any1, all1 conditions of a group of which at least one, or all, have to
 *	           hold; the group counts as one condition beside those of
 *	           where. any2 and all7 are groups of their own.
 *
 * The plain parameters have to hold in any case. A segment may be a dynamic
 * one: then its own filter has to hold.
 *
 * A parameter without value says nothing. One that does not exist, or a value
 * that it cannot have, becomes a message, and then nothing is looked up: a
 * mistyped filter must not become "all contacts".
 */
struct filter_param {
	const char *name;
	const char *value;
};

#define FILTER_CONDITIONS_MAX 100
#define CONTACTS_PER_PAGE 50
#define CONTACTS_LIMIT_MAX 200

struct filter_group {
	bool any;	  /* else all */
	const char *name; /* the parameter: "any1" */
};

enum columns_asked {
	COLUMNS_UNSAID,
	COLUMNS_ALL,
	COLUMNS_LIST,
	COLUMNS_NAMED /* those of `columns` */
};

struct contact_filter {
	struct contact_query query;
	enum columns_asked columns_asked;
	struct column_list columns;
	/* The parameters that became conditions, q first; and match. */
	struct filter_param *params;
	size_t param_count;
	/* The conditions of where and of groups, in their order. */
	struct filter_row *rows;
	size_t row_count;
	struct filter_group *groups; /* row.group - 1 */
	size_t group_count;
	bool match_any;
	/* What was not understood: the parameter and a sentence. With one of
	 * these, nothing is to be done with the filter. */
	struct filter_param *messages;
	size_t message_count;
	size_t unknown_count; /* messages about names that do not exist */
	bool bad_cursor;      /* after or before is damaged */
};

struct filter_context {
	const char *country; /* of the book, for numbers without one; "" */
	const struct attribute_list *attributes;
	int64_t now; /* ms */
};

/* Reads the parameters; pure. Tags and segments are names yet: the condition
 * has the name in values[0] and no id. Strings are borrowed. */
void contact_filter_parse(struct arena *a, const struct filter_param *params,
    size_t count, const struct filter_context *context,
    struct contact_filter *out);

/* The same with what it needs from the book, and with ids: a tag or segment
 * that does not exist is had by nobody; a dynamic segment stands for its own
 * conditions, and one that is made of itself is a message. */
enum status contact_filter_load(struct db *db, struct arena *a,
    const struct filter_param *params, size_t count, struct contact_filter *out,
    struct err *e);

/*
 * The filter as a query string without '?', in one canonical form: what became
 * conditions, without cursor, limit and order; "" when there are none. Kept by
 * jobs and by dynamic segments, and the end of every link to the same list.
 */
const char *contact_filter_text(
    struct arena *a, const struct contact_filter *f);

/* The parameters of a query string, in its order; INVALID when it is not
 * well-formed or has too many. */
enum status contact_filter_split(struct arena *a, const char *text,
    struct filter_param **params, size_t *count, struct err *e);

/* contact_filter_split() and contact_filter_load(). What was not understood is
 * in out->messages: nothing is to be done with such a filter. */
enum status contact_filter_load_text(struct db *db, struct arena *a,
    const char *text, struct contact_filter *out, struct err *e);

/* The same for a text that is to be the filter of the dynamic segment `name`,
 * which it cannot be made of. */
enum status contact_filter_load_segment(struct db *db, struct arena *a,
    const char *text, const char *name, struct contact_filter *out,
    struct err *e);

/* The value of the first condition of a name, "" when there is none. */
const char *contact_filter_value(
    const struct contact_filter *f, const char *name);

#endif
