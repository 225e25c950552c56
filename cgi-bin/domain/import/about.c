/* about.c: which contacts the rows in error were about */
/* SPDX-License-Identifier: MIT */
#include "domain/import/about.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "domain/import/row_key.h"

/* A rejected row and the value that may tell whom it is about. */
struct asking {
	const char *value; /* folded, for an e-mail address */
	uint64_t *about;   /* of the row */
};

static int by_value(const void *a, const void *b)
{
	return strcmp(((const struct asking *)a)->value,
	    ((const struct asking *)b)->value);
}

/* Tells all rows that ask for a value whose it is. Two owners: nobody's. */
static void tell(
    struct asking *all, size_t n, const char *value, uint64_t owner)
{
	struct asking key = {value, NULL};
	struct asking *one = bsearch(&key, all, n, sizeof(key), by_value);

	if (!one)
		return;
	while (one > all && str_equal(one[-1].value, value))
		one--;
	for (; one < all + n && str_equal(one->value, value); one++)
		*one->about =
		    *one->about && *one->about != owner ? UINT64_MAX : owner;
}

/* The rows that are to be asked for: rejected, not known yet, with a value. */
static size_t gather(struct batch *b, const struct matched *m, bool by_email,
    uint64_t *about, const char **values, struct asking *all)
{
	enum contact_field f = by_email ? FIELD_EMAIL : FIELD_PHONE;
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		const char *value = b->rows[i].value[f];

		if (m->outcomes[i] != OUTCOME_REJECTED || about[i] ||
		    str_empty(value) || (!by_email && *value != '+'))
			continue;
		values[n] = value;
		all[n].value = by_email ? fold_email(&b->arena, value) : value;
		all[n++].about = &about[i];
	}
	return n;
}

static enum status ask(struct db *db, struct batch *b, const struct matched *m,
    bool by_email, uint64_t *about, struct err *e)
{
	struct arena *a = &b->arena;
	const char **values = arena_raw(a, b->count * sizeof(*values));
	struct asking *all = arena_raw(a, b->count * sizeof(*all));
	size_t n = gather(b, m, by_email, about, values, all);
	struct contact_owners owners = {.count = 0};

	if (!n)
		return STATUS_OK;
	enum status st =
	    contact_batch_owners(db, a, by_email, values, n, &owners, e);

	qsort(all, n, sizeof(*all), by_value);
	for (size_t i = 0; st == STATUS_OK && i < owners.count; i++) {
		const char *value = owners.items[i].value;

		tell(all, n, by_email ? fold_email(a, value) : value,
		    owners.items[i].id);
	}
	return st;
}

/* Of rows to those of their problems that stand for the rejection. */
static uint64_t *spread(
    struct batch *b, const struct matched *m, const uint64_t *of_row)
{
	uint64_t *about =
	    arena_alloc(&b->arena, m->problem_count * sizeof(*about));
	size_t row = 0;

	for (size_t i = 0; i < m->problem_count; i++) {
		const struct problem *p = m->problems[i];

		while (row < b->count && b->rows[row].row != p->row)
			row++;
		if (row < b->count && p->level == PROBLEM_REJECT &&
		    of_row[row] != UINT64_MAX)
			about[i] = of_row[row];
	}
	return about;
}

enum status about_problems(struct db *db, struct batch *b,
    const struct matched *m, uint64_t **about, struct err *e)
{
	uint64_t *of_row = arena_alloc(&b->arena, b->count * sizeof(*of_row));
	enum status st = ask(db, b, m, false, of_row, e);

	if (st == STATUS_OK)
		st = ask(db, b, m, true, of_row, e);
	*about = spread(b, m, of_row);
	return st;
}
