/* filter_builder.h: the filter of the list of contacts as a form */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_FILTER_BUILDER_H
#define WEB_PARTS_FILTER_BUILDER_H

#include "web/parts/filter_draft.h"
#include "web/request.h"
#include "web/response.h"

/*
 * Answers a form of the builder (filter_draft_sent()): a filter that is whole
 * goes on to its short address (*done, and a 303); one that is not, or that is
 * to get another row, is shown again: INVALID with a message at each row, or
 * OK.
 */
enum status filter_builder_answer(
    struct request *rq, struct response *rs, bool *done, struct err *e);

/* The builder, with the rows of the filter in the address. */
enum status filter_builder_open(struct request *rq, struct node *root,
    const struct contact_filter *f, struct err *e);

/*
 * The conditions as the list Chips: Label, Value, Without (the address that has
 * not got it), and Group for those of a group; MatchAny.
 */
enum status filter_builder_chips(struct request *rq, struct node *root,
    const struct contact_filter *f, struct err *e);

#endif
