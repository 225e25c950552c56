/* bulk_looking.h: a request for a bulk change while it is looked at */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_BULK_LOOKING_H
#define DOMAIN_BULK_LOOKING_H

#include "domain/jobs/bulk_plan.h"

struct bulk_looking {
	struct db *db;
	struct arena *arena;
	const struct bulk_request *request;
	struct bulk_check *out;
	struct err *err;
	struct bulk_selection selection;
	struct bulk_plan plan;
};

void bulk_complain(struct bulk_looking *x, const char *field, const char *text);
/* Those of the chosen ids that are in the book, with their tags. */
enum status bulk_chosen_rows(
    struct bulk_looking *x, struct contact **rows, size_t *count);
/* Complains when the segment is filled by a filter. */
enum status bulk_check_static(struct bulk_looking *x);
/* The first contacts and what would change in them. */
enum status bulk_fill_examples(struct bulk_looking *x);

#endif
