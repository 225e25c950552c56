/* filter_shape.h: a filter without what it says of people */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_FILTER_SHAPE_H
#define DOMAIN_FILTER_SHAPE_H

#include "base/arena.h"

/*
 * A filter for the audit log: the text of contact_filter_text(), readable, with
 * "…" for the values that may be somebody's: of the search, of fields and of
 * attributes. Names of tags, segments and campaigns, numbers of imports, the
 * status, the state, the opt-in and moments stay. In the arena; cut at
 * FILTER_SHAPE_MAX bytes; "everybody" for an empty one.
 */
#define FILTER_SHAPE_MAX 2000u
const char *filter_shape(struct arena *a, const char *text);

#endif
