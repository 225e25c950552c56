/* ahead.c: phone numbers that nobody has, looked up ahead of the writing */
/* SPDX-License-Identifier: MIT */
#include "domain/import/ahead.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "domain/import/row_key.h"

/* When fewer than one number in this many is free, looking costs more than it
 * saves: the next batches are left alone. */
#define WORTHWHILE 8
#define REST 16

static const char *phone_of(const struct checked_row *r)
{
	return row_takes_part(r) && !str_empty(r->value[FIELD_PHONE])
		   ? r->value[FIELD_PHONE]
		   : NULL;
}

void ahead_forget(struct batch *b)
{
	for (size_t i = 0; i < b->count; i++)
		b->rows[i].phone_free = false;
}

static int compare_owners(const void *a, const void *b)
{
	const struct contact_owner *x = a;
	const struct contact_owner *y = b;

	return strcmp(x->value, y->value);
}

static bool is_owned(const struct contact_owners *owners, const char *phone)
{
	const struct contact_owner key = {.value = phone};

	return owners->count && bsearch(&key, owners->items, owners->count,
				    sizeof(key), compare_owners);
}

/* How many of the rows' numbers were free. */
static size_t mark(struct checked_row *const *rows, size_t n,
    const struct contact_owners *owners)
{
	size_t count = 0;

	if (owners->count)
		qsort(owners->items, owners->count, sizeof(*owners->items),
		    compare_owners);
	for (size_t i = 0; i < n; i++) {
		rows[i]->phone_free =
		    !is_owned(owners, rows[i]->value[FIELD_PHONE]);
		count += rows[i]->phone_free;
	}
	return count;
}

void ahead_look(struct ahead *ahead, struct db *db, struct batch *b)
{
	const char **phones = arena_raw(&b->arena, BATCH_ROWS * sizeof(char *));
	struct checked_row **rows =
	    arena_raw(&b->arena, BATCH_ROWS * sizeof(*rows));
	struct contact_owners owners = {0};
	size_t n = 0;
	struct err e = {0};

	if (ahead->rest && ahead->rest--)
		return;
	for (size_t i = 0; i < b->count; i++) {
		phones[n] = phone_of(&b->rows[i]);
		if (phones[n])
			rows[n++] = &b->rows[i];
	}
	enum status st =
	    contact_batch_owners(db, &b->arena, false, phones, n, &owners, &e);

	if (st != STATUS_OK)
		log_err("look ahead", st, &e);
	else if (mark(rows, n, &owners) < n / WORTHWHILE)
		ahead->rest = REST;
}

/* --- the numbers of late --- */

void ahead_recent_init(struct ahead_recent *r)
{
	*r = (struct ahead_recent){0};
	for (size_t i = 0; i < AHEAD_BATCHES; i++)
		r->hashes[i] = xcalloc(BATCH_ROWS, sizeof(uint64_t));
}

void ahead_recent_release(struct ahead_recent *r)
{
	for (size_t i = 0; i < AHEAD_BATCHES; i++)
		free(r->hashes[i]);
	*r = (struct ahead_recent){0};
}

static int compare(const void *a, const void *b)
{
	uint64_t x;
	uint64_t y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

void ahead_recent_add(struct ahead_recent *r, const struct batch *b)
{
	uint64_t *hashes = r->hashes[r->next];
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		const char *phone = phone_of(&b->rows[i]);

		if (phone)
			hashes[n++] = key_hash(KEY_BY_PHONE, phone);
	}
	qsort(hashes, n, sizeof(*hashes), compare);
	r->count[r->next] = n;
	r->next = (r->next + 1) % AHEAD_BATCHES;
}

bool ahead_recent_has(const struct ahead_recent *r, const char *phone)
{
	uint64_t hash = key_hash(KEY_BY_PHONE, phone);

	for (size_t i = 0; i < AHEAD_BATCHES; i++)
		if (bsearch(&hash, r->hashes[i], r->count[i], sizeof(hash),
			compare))
			return true;
	return false;
}
