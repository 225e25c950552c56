/* duplicates.c: the suggestions which contacts are one person */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"
#include "storage/duplicate_look_store.h"
#include "storage/duplicate_store.h"

bool duplicate_cursor_read(const char *text, struct duplicate_pair *out)
{
	char copy[64];
	unsigned long long first, second;
	char *dash;

	if (strlen(text) >= sizeof(copy))
		return false;
	memcpy(copy, text, strlen(text) + 1);
	dash = strchr(copy, '-');
	if (!dash)
		return false;
	*dash = '\0';
	if (!str_to_u64(copy, &first) || !str_to_u64(dash + 1, &second) ||
	    first >= second)
		return false;
	out->first.n = first;
	out->second.n = second;
	return true;
}

bool duplicate_reason_read(const char *key, unsigned *out)
{
	*out = 0;
	if (!*key)
		return true;
	for (size_t i = 0; i < REASON_COUNT; i++)
		if (str_equal(key, duplicate_reasons[i].key))
			*out = duplicate_reasons[i].bit;
	return *out != 0;
}

/* Both contacts of a pair; NOT_FOUND when one is not in the book. */
static enum status load_both(struct db *db, struct arena *a,
    const struct duplicate_pair *pair, struct contact *first,
    struct contact *second, struct err *e)
{
	enum status st = contact_store_get(db, a, pair->first, false, first, e);

	if (st == STATUS_OK)
		st = contact_store_get(db, a, pair->second, false, second, e);
	if (st == STATUS_OK && (first->trashed_at || second->trashed_at))
		return ERR(e, STATUS_NOT_FOUND, "one of them is in the trash");
	return st;
}

static enum status load_items(struct db *db, struct arena *a,
    const struct duplicate_query *query, struct duplicate_list *out,
    struct err *e)
{
	struct duplicate_pair *pairs;
	size_t n;
	enum status st = duplicate_store_page(db, a, query->after,
	    query->reason, query->limit + 1, &pairs, &n, e);

	out->items = arena_alloc(a, (n + 1) * sizeof(*out->items));
	for (size_t i = 0; st == STATUS_OK && i < n && i < query->limit; i++) {
		struct duplicate_suggestion *s = &out->items[out->count];

		s->pair = pairs[i];
		st = load_both(db, a, &pairs[i], &s->first, &s->second, e);
		out->count += st == STATUS_OK;
		/* It went while the page was read. */
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	if (st == STATUS_OK && n > query->limit)
		out->next = arena_printf(a, "%llu-%llu",
		    (unsigned long long)pairs[query->limit - 1].first.n,
		    (unsigned long long)pairs[query->limit - 1].second.n);
	return st;
}

enum status duplicates_load(struct db *db, struct arena *a,
    const struct duplicate_query *query, struct duplicate_list *out,
    struct err *e)
{
	struct duplicate_look look;
	enum status st = duplicate_look_get(db, a, &look, e);

	memset(out, 0, sizeof(*out));
	if (st == STATUS_OK)
		st = duplicate_store_count(db, &out->total, e);
	if (st == STATUS_OK)
		st = load_items(db, a, query, out, e);
	if (st != STATUS_OK)
		return st;
	out->total_more = out->total > DUPLICATES_COUNTED;
	if (out->total_more)
		out->total = DUPLICATES_COUNTED;
	out->as_of = look.as_of;
	out->looking = look.step != LOOK_IDLE;
	return st;
}

/* --- not a duplicate --- */

struct saying {
	struct arena *arena;
	const struct actor *actor;
	struct duplicate_pair pair;
};

static struct saying saying_of(struct arena *a, const struct actor *actor,
    struct contact_id one, struct contact_id other)
{
	bool swap = one.n > other.n;

	return (struct saying){a, actor,
	    {.first = swap ? other : one, .second = swap ? one : other}};
}

static enum status audit(
    struct db *db, const struct saying *s, const char *action, struct err *e)
{
	return audit_add(db, s->actor, action,
	    contact_subject_text(s->arena, s->pair.first),
	    contact_subject_text(s->arena, s->pair.second), e);
}

static enum status dismiss(struct db *db, void *arg, struct err *e)
{
	struct saying *s = arg;
	struct contact first, second;
	enum status st = load_both(db, s->arena, &s->pair, &first, &second, e);

	if (st != STATUS_OK)
		return st;
	s->pair.reasons = 0;
	st = duplicate_store_get(db, &s->pair, e);
	if (st == STATUS_OK || st == STATUS_NOT_FOUND)
		st = duplicate_store_dismiss(db, &s->pair, s->actor, e);
	return st == STATUS_OK ? audit(db, s, "duplicate.dismiss", e) : st;
}

enum status duplicates_dismiss(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id one, struct contact_id other,
    struct err *e)
{
	struct saying s = saying_of(a, actor, one, other);

	if (one.n == other.n)
		return ERR(e, STATUS_INVALID, "one contact twice");
	return db_transact(db, dismiss, &s, e);
}

static enum status take_back(struct db *db, void *arg, struct err *e)
{
	struct saying *s = arg;
	enum status st = duplicate_store_take_back(db, &s->pair, e);

	return st == STATUS_OK ? audit(db, s, "duplicate.take_back", e) : st;
}

enum status duplicates_take_back(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id one, struct contact_id other,
    struct err *e)
{
	struct saying s = saying_of(a, actor, one, other);

	return db_transact(db, take_back, &s, e);
}

enum status duplicates_dismissed(struct db *db, struct arena *a, size_t limit,
    struct dismissed_suggestion **out, size_t *count, struct err *e)
{
	struct dismissed_pair *rows;
	size_t n;
	enum status st = duplicate_store_dismissed(db, a, limit, &rows, &n, e);

	*count = 0;
	*out = arena_alloc(a, (n + 1) * sizeof(**out));
	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct dismissed_suggestion *s = &(*out)[*count];

		s->dismissed = rows[i];
		st = load_both(db, a, &rows[i].pair, &s->first, &s->second, e);
		*count += st == STATUS_OK;
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	return st;
}
