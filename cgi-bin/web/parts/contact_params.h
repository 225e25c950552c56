/* contact_params.h: the filters of a list of contacts in an address */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CONTACT_PARAMS_H
#define WEB_PARTS_CONTACT_PARAMS_H

#include "domain/filter/contact_filter.h"
#include "web/request.h"
#include "web/response.h"

/* Reads the query string as filters. `skip` names parameters that are not
 * filters (of a page); ends with NULL, may be NULL. */
enum status contact_params_load(struct request *rq, const char *const *skip,
    struct contact_filter *out, struct err *e);

/* For the API and exports: answers 400 for a damaged cursor and 422 for
 * anything else that was not understood. True when it has answered. */
bool contact_params_refused(
    struct request *rq, struct response *rs, const struct contact_filter *f);

/*
 * A query string (with '?', or "" when nothing is in it) that asks for the same
 * contacts in the same order, with the columns that were asked for; without the
 * i-th condition (SIZE_MAX: with all), and with one more parameter, when extra
 * is not NULL.
 */
const char *contact_params_query(struct arena *a,
    const struct contact_filter *f, size_t without, const char *extra,
    const char *value);
/* The same sorted by another column. */
const char *contact_params_sorted(struct arena *a,
    const struct contact_filter *f, const struct contact_column *column,
    bool descending);
/* The columns that are asked for, else those that the member has chosen. */
enum status contact_params_chosen(struct request *rq,
    const struct contact_filter *f, struct column_list *out, struct err *e);
/* The parameter "columns" as it was given; "": it was not. */
const char *contact_params_columns(
    struct arena *a, const struct contact_filter *f);

#endif
