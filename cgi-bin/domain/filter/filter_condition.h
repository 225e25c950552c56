/* filter_condition.h: what a condition of a filter asks of a contact */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_FILTER_CONDITION_H
#define DOMAIN_FILTER_CONDITION_H

#include "base/arena.h"
#include "domain/filter/contact_filter.h"
#include "domain/filter/filter_row.h"
#include "model/contact_query.h"

/*
 * Makes the condition of a row. "not", "lacks", "none", "not-in", "not-last"
 * and "empty" hold for exactly those contacts for which their opposite does
 * not: a contact without a city is not from Pune. Tags, segments and campaigns
 * are names yet, in values.
 *
 * A day as a value is the whole day in UTC: `is` anything within it, `after`
 * what comes when it is over, `between` from the beginning of the first to the
 * end of the second. `last N` is from N times 24 hours ago until now; of DATE
 * attributes, from today less N days until today.
 *
 * NULL, or a sentence about what is wrong with the row, in the arena.
 */
const char *filter_condition_make(struct arena *a, const struct filter_row *row,
    const struct filter_context *context, struct contact_condition *out);

/* Field, operator and values of a row for a person; false when the field or
 * the operator does not exist. */
struct filter_words {
	const char *field;
	const char *op;
	const char *values; /* "vip, gold", "10 and 20", "" */
};
bool filter_words_of(struct arena *a, const struct filter_row *row,
    const struct attribute_list *attributes, struct filter_words *out);

/* The keys that a person may write for a choice, by either name; NULL: it is
 * none. "" is "unknown" of whatsapp_opted. */
const char *filter_state_of(const char *text);
const char *filter_opted_of(const char *text);

#endif
