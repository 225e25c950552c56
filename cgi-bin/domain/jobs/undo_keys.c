/* undo_keys.c: phones and WhatsApp user ids that are to come back */
/* SPDX-License-Identifier: MIT */
/*
 * A key has one owner. Who is to get a former one back may find it with
 * another contact. When that one gives it up in this undoing as well, both are
 * written together, though it is not its turn; a contact that goes to the
 * trash gives up what another is to get. Otherwise the key is kept as it is.
 */
#include <string.h>

#include "base/str.h"
#include "domain/jobs/undo_work.h"

#define ROUNDS 20 /* of contacts that wait for one another */

static const char *key_now(const struct undo_one *x, enum contact_field f)
{
	return x->contact->value[f];
}

/* After the writing. */
static const char *key_then(const struct undo_one *x, enum contact_field f)
{
	return x->done ? key_now(x, f) : x->plan.contact.value[f];
}

static bool wants(const struct undo_one *x, enum contact_field f)
{
	return *key_then(x, f) && !str_equal(key_then(x, f), key_now(x, f));
}

static void keep_key(struct undo_work *w, struct undo_one *x,
    enum contact_field f, uint64_t owner)
{
	revert_keep(w->arena, &x->plan, x->contact, f,
	    arena_printf(w->arena, "“%s” belongs to contact %llu now.",
		key_then(x, f), (unsigned long long)owner));
}

/* A contact on its way to the trash gives the key up. */
static bool gives_up(struct undo_one *x, enum contact_field f)
{
	if (x->done || x->contact->trashed_at || wants(x, f) ||
	    !x->plan.contact.trashed_at)
		return false;
	x->plan.contact.value[f] = "";
	return true;
}

/* Another contact of the batch that will have the key; a later one that wants
 * it too has to wait. */
static uint64_t owner_in_batch(
    struct undo_work *w, size_t i, enum contact_field f)
{
	const char *key = key_then(w->items[i], f);

	for (size_t k = 0; k < w->count; k++) {
		struct undo_one *x = w->items[k];

		if (k == i || !str_equal(key_then(x, f), key))
			continue;
		if ((k < i || !wants(x, f)) && !gives_up(x, f))
			return x->contact->id.n;
	}
	return 0;
}

static uint64_t owner_outside(const struct undo_work *w,
    const struct contact_set *holders, const char *key, enum contact_field f)
{
	for (size_t i = 0; i < holders->count; i++)
		if (str_equal(holders->items[i]->value[f], key) &&
		    !undo_find(w, holders->items[i]->id.n))
			return holders->items[i]->id.n;
	return 0;
}

static void settle_owners(struct undo_work *w,
    const struct contact_set *holders, enum contact_field f)
{
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < w->count; i++) {
			struct undo_one *x = w->items[i];

			if (!wants(x, f))
				continue;
			uint64_t owner =
			    owner_outside(w, holders, key_then(x, f), f);

			if (!owner)
				owner = owner_in_batch(w, i, f);
			if (!owner)
				continue;
			keep_key(w, x, f, owner);
			again = true;
		}
	}
}

/* Who has them now, locked, and the places where nobody is. */
static enum status find_holders(
    struct undo_work *w, enum contact_field f, struct contact_set *out)
{
	const char **keys =
	    arena_alloc(w->arena, (w->count + 1) * sizeof(*keys));
	size_t n = 0;

	for (size_t i = 0; i < w->count; i++)
		if (wants(w->items[i], f))
			keys[n++] = key_then(w->items[i], f);
	return contact_batch_lock(w->db, w->arena,
	    f == FIELD_PHONE ? BATCH_BY_PHONE : BATCH_BY_WA_USER_ID, keys, n,
	    out, w->err);
}

/* Those of them that this undoing is about are loaded. */
static enum status load_holders(
    struct undo_work *w, const struct contact_set *holders, bool *more)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < holders->count; i++) {
		uint64_t id = holders->items[i]->id.n;
		size_t done;

		if (undo_find(w, id))
			continue;
		st = undo_is_touched(w->db, &w->origin, id, w->err);
		if (st == STATUS_NOT_FOUND) {
			st = STATUS_OK;
			continue;
		}
		if (st == STATUS_OK)
			st = undo_load(w, &id, 1, &done);
		if (st == STATUS_OK && undo_find(w, id)) {
			undo_find(w, id)->extra = true;
			*more = true;
		}
	}
	return st;
}

static bool anybody_wants(const struct undo_work *w, enum contact_field f)
{
	for (size_t i = 0; i < w->count; i++)
		if (wants(w->items[i], f))
			return true;
	return false;
}

enum status undo_settle_keys(struct undo_work *w)
{
	static const enum contact_field fields[] = {
	    FIELD_PHONE, FIELD_WA_USER_ID};
	struct contact_set holders[2];
	enum status st = STATUS_OK;
	bool more = true;

	for (int round = 0; st == STATUS_OK && more && round < ROUNDS;
	     round++) {
		more = false;
		memset(holders, 0, sizeof(holders));
		for (int i = 0; st == STATUS_OK && i < 2; i++) {
			if (!anybody_wants(w, fields[i]))
				continue;
			st = find_holders(w, fields[i], &holders[i]);
			if (st == STATUS_OK)
				st = load_holders(w, &holders[i], &more);
		}
	}
	for (int i = 0; st == STATUS_OK && i < 2; i++)
		settle_owners(w, &holders[i], fields[i]);
	return st;
}
