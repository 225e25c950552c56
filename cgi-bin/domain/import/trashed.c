/* trashed.c: rows that are about a contact in the trash */
/* SPDX-License-Identifier: MIT */
#include "domain/import/trashed.h"

#include "base/str.h"
#include "domain/import/keys.h"
#include "storage/contact_store.h"
#include "storage/contact_trash_store.h"

#define CHAIN_MAX 1000 /* merges one after the other; only ends a circle */

static void take_tags(struct people *p, const struct tag_pair *pairs, size_t n)
{
	for (size_t i = 0; i < n;) {
		struct target *t = people_by_id(p, pairs[i].contact);
		size_t end = i;

		while (end < n && pairs[end].contact == pairs[i].contact)
			end++;
		t->lost = arena_raw(p->arena, (end - i) * sizeof(*t->lost));
		for (; i < end; i++)
			t->lost[t->lost_count++] = pairs[i].tag;
	}
}

enum status trashed_read_tags(struct db *db, struct people *p, struct err *e)
{
	uint64_t *ids = NULL;
	size_t n = 0;
	struct tag_pair *pairs;
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct target *t = p->targets[i];

		if (!t->contact.trashed_at || t->is_ghost)
			continue;
		if (!ids)
			ids = arena_raw(p->arena, p->count * sizeof(*ids));
		ids[n++] = t->contact.id.n;
	}
	if (!n)
		return STATUS_OK;
	enum status st =
	    contact_batch_lost_tags(db, p->arena, ids, n, &pairs, &count, e);

	if (st == STATUS_OK)
		take_tags(p, pairs, count);
	return st;
}

/* Follows the merges of one contact; NULL: their end is not in the book. */
static enum status follow(struct db *db, struct people *p,
    const struct ghosts *ghosts, bool lock, struct target *t, struct err *e)
{
	struct contact c = t->contact;

	for (int i = 0; i < CHAIN_MAX && c.trashed_at && c.merged_into; i++) {
		struct contact_id next = {c.merged_into};
		struct target *known = people_by_id(p, next.n);

		if (!known && ghosts)
			known = ghosts_call_id(ghosts, p, next.n);
		enum status st =
		    known ? STATUS_OK
			  : contact_store_get(db, p->arena, next, lock, &c, e);

		if (st != STATUS_OK)
			return st == STATUS_NOT_FOUND ? STATUS_OK : st;
		if (known)
			c = known->contact;
	}
	if (!c.trashed_at) {
		t->winner = people_add(p, &c);
		p->merged = true;
	}
	return STATUS_OK;
}

enum status trashed_follow(struct db *db, struct people *p,
    const struct ghosts *ghosts, bool lock, struct err *e)
{
	enum status st = STATUS_OK;
	size_t n = p->count;

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct target *t = p->targets[i];

		if (t->contact.trashed_at && t->contact.merged_into)
			st = follow(db, p, ghosts, lock, t, e);
	}
	return st;
}

const struct checked_row *trashed_row(
    const struct people *p, const struct target *t, const struct checked_row *r)
{
	static const struct {
		enum contact_field field;
		char kind;
	} keys[] = {
	    {FIELD_PHONE, KEY_BY_PHONE},
	    {FIELD_WA_USER_ID, KEY_BY_WA_USER_ID},
	    {FIELD_EMAIL, KEY_BY_EMAIL},
	    {FIELD_USER_ID, KEY_BY_USER_ID},
	};
	struct checked_row *copy = NULL;

	if (!p->merged)
		return r;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const char *value = r->value[keys[i].field];

		if (str_empty(value))
			continue;
		if (keys[i].field == FIELD_EMAIL)
			value = fold_email(p->arena, value);
		if (!people_is_merged_key(p, keys[i].kind, value, t))
			continue;
		if (!copy)
			copy = arena_memdup(p->arena, r, sizeof(*r));
		copy->value[keys[i].field] = t->contact.value[keys[i].field];
	}
	return copy ? copy : r;
}

const char *trashed_merged(struct arena *a, const struct target *t)
{
	return arena_printf(a,
	    "The contact that had this was merged into contact %llu, which "
	    "got the other values of this row.",
	    (unsigned long long)t->contact.id.n);
}

const char *trashed_refusal(struct arena *a, const struct target *t,
    const struct book *b, bool only_new)
{
	const struct contact *c = &t->contact;
	unsigned long long id = c->id.n;

	if (c->merged_into)
		return arena_printf(a,
		    "The contact that had this (number %llu) was merged into "
		    "contact %llu: use the values of that one.",
		    id, (unsigned long long)c->merged_into);
	if (only_new)
		return arena_printf(a,
		    "The contact (number %llu) is in the trash, and this "
		    "import only creates new ones: restore it first.",
		    id);
	if (b->skips_trash)
		return arena_printf(a,
		    "The contact (number %llu) is in the trash, and the "
		    "settings leave it there: restore it first.",
		    id);
	return NULL;
}

const char *trashed_warning(struct arena *a, const struct target *t)
{
	return arena_printf(a,
	    "The contact (number %llu) was in the trash and came back, with "
	    "the values of this row.",
	    (unsigned long long)t->contact.id.n);
}
