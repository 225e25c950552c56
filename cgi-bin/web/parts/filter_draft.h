/* filter_draft.h: the rows of the filter builder, as its form sends them */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_FILTER_DRAFT_H
#define WEB_PARTS_FILTER_DRAFT_H

#include "domain/filter/contact_filter.h"
#include "domain/filter/filter_row.h"
#include "web/request.h"

/*
 * The form of the builder sends its rows in numbered fields, which no other
 * address has:
 *
 *	cN.f cN.op   field and operator of row N
 *	cN.v         a value, or several
 *	cN.w cN.n    the second value of "between"; the days of "last"
 *	cN.g         its group; 0: of the filter itself
 *	m, gN.m      match of the filter and of group N: all, any
 *	newN         the field of the next row of group N
 *	do           what was pressed: show, add-N, group, drop-N (a row)
 *
 * and, as they were, the parameters that it has no row for.
 */
#define DRAFT_ROWS_MAX 200u
#define DRAFT_GROUPS_MAX 100u

struct draft_row {
	unsigned long long number;
	unsigned long long group;
	const char *field; /* its key */
	const char *op;	   /* "": not chosen yet */
	const char **values;
	size_t value_count;
	const char *second;
	const char *days;
	const char *problem; /* NULL: none */
};

struct draft_group {
	unsigned long long number;
	bool any;
};

struct filter_draft {
	struct draft_row *rows;
	size_t row_count;
	struct draft_group *groups;
	size_t group_count; /* the first is that of the filter itself, 0 */
	struct filter_param *kept;
	size_t kept_count;
	const char *action; /* do; "" when the form was not sent */
};

/* Whether the address has fields of the builder. */
bool filter_draft_sent(const struct request *rq);

/* What the form sent, with what was pressed done to it: a row more, or less. */
void filter_draft_read(const struct request *rq, struct filter_draft *out);

/* The rows of a filter that is in the address already. Plain parameters become
 * rows too, where a row can say the same. */
void filter_draft_of(struct arena *a, const struct contact_filter *f,
    const struct attribute_list *attributes, struct filter_draft *out);

/* Checks each row and sets its problem; false when there is one. */
bool filter_draft_check(struct arena *a, struct filter_draft *d,
    const struct attribute_list *attributes);

/* The query string, without '?', that asks for the same in its short form. */
const char *filter_draft_text(struct arena *a, const struct filter_draft *d,
    const struct attribute_list *attributes);

#endif
