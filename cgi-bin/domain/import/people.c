/* people.c: the contacts that a batch is about, found by their keys */
/* SPDX-License-Identifier: MIT */
#include "domain/import/people.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "domain/import/keys.h"

void people_init(struct people *p, struct arena *a, size_t n)
{
	*p = (struct people){.arena = a, .size = 1024};
	while (p->size < n * 4)
		p->size *= 2;
	p->places = arena_alloc(a, p->size * sizeof(struct person_entry *));
}

static const char *id_text(struct arena *a, uint64_t id)
{
	return arena_printf(a, "%llu", (unsigned long long)id);
}

/* Entries stay when a contact loses a key, so its present value decides. */
static bool has_key(
    struct arena *a, const struct target *t, char kind, const char *key)
{
	const char *const *value = t->contact.value;

	switch (kind) {
	case KEY_BY_PHONE:
		return str_equal(value[FIELD_PHONE], key);
	case KEY_BY_EMAIL:
		return str_equal_nocase(value[FIELD_EMAIL], key) ||
		       str_equal(fold_email(a, value[FIELD_EMAIL]), key);
	case KEY_BY_USER_ID:
		return str_equal(value[FIELD_USER_ID], key);
	case KEY_BY_WA_USER_ID:
		return str_equal(value[FIELD_WA_USER_ID], key);
	default:
		return true;
	}
}

static bool is_entry(
    const struct person_entry *x, uint64_t hash, char kind, const char *key)
{
	return x->hash == hash && x->kind == kind && str_equal(x->key, key);
}

static void index_key(
    struct people *p, struct target *t, char kind, const char *key)
{
	if (!*key)
		return;
	uint64_t hash = key_hash(kind, key);
	struct person_entry **place = &p->places[hash & (p->size - 1)];

	for (const struct person_entry *x = *place; x; x = x->next)
		if (x->target == t && is_entry(x, hash, kind, key))
			return;
	struct person_entry *x = arena_raw(p->arena, sizeof(*x));

	*x = (struct person_entry){hash, kind, key, t, *place};
	*place = x;
}

void people_index(struct people *p, struct target *t)
{
	const char *const *value = t->contact.value;

	index_key(p, t, KEY_BY_ID, id_text(p->arena, t->contact.id.n));
	index_key(p, t, KEY_BY_PHONE, value[FIELD_PHONE]);
	if (*value[FIELD_EMAIL])
		index_key(p, t, KEY_BY_EMAIL,
		    fold_email(p->arena, value[FIELD_EMAIL]));
	index_key(p, t, KEY_BY_USER_ID, value[FIELD_USER_ID]);
	index_key(p, t, KEY_BY_WA_USER_ID, value[FIELD_WA_USER_ID]);
}

struct target *people_by_id(const struct people *p, uint64_t id)
{
	char text[24];
	size_t n;

	/* Not in the arena: of a check's ghosts it lives as long as the check.
	 */
	snprintf(text, sizeof(text), "%llu", (unsigned long long)id);
	return people_find(p, KEY_BY_ID, text, &n);
}

/* What it is found by in the tables. */
static void keep_keys(struct target *t, const char *const *value)
{
	static const enum contact_field keys[] = {
	    FIELD_PHONE, FIELD_WA_USER_ID, FIELD_EMAIL, FIELD_USER_ID};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		t->was.value[keys[i]] = value[keys[i]];
}

struct target *people_add(struct people *p, const struct contact *c)
{
	struct target *t = people_by_id(p, c->id.n);

	if (t)
		return t;
	if (p->count == p->space) {
		size_t space = p->space ? p->space * 2 : 256;
		struct target **targets =
		    arena_raw(p->arena, space * sizeof(struct target *));

		if (p->count)
			memcpy(targets, p->targets,
			    p->count * sizeof(struct target *));
		p->targets = targets;
		p->space = space;
	}
	t = arena_alloc(p->arena, sizeof(*t));
	t->contact = *c;
	keep_keys(t, c->value);
	p->targets[p->count++] = t;
	people_index(p, t);
	return t;
}

/* The next entry from x on whose target has the key now. */
static const struct person_entry *search(const struct people *p,
    const struct person_entry *x, uint64_t hash, char kind, const char *key)
{
	while (x && (!is_entry(x, hash, kind, key) ||
			!has_key(p->arena, x->target, kind, key)))
		x = x->next;
	return x;
}

const struct person_entry *people_first(
    const struct people *p, char kind, const char *key)
{
	uint64_t hash = key_hash(kind, key);

	return search(p, p->places[hash & (p->size - 1)], hash, kind, key);
}

const struct person_entry *people_next(
    const struct people *p, const struct person_entry *x)
{
	return search(p, x->next, x->hash, x->kind, x->key);
}

struct target *people_find(
    const struct people *p, char kind, const char *key, size_t *count)
{
	struct target *found = NULL, *in_trash = NULL;
	const struct person_entry *x = people_first(p, kind, key);

	/* The oldest contact is wanted, whichever way it got here. */
	for (*count = 0; x; x = people_next(p, x)) {
		struct target *t = x->target->winner && kind != KEY_BY_ID
				       ? x->target->winner
				       : x->target;
		bool trashed = t->contact.trashed_at != 0;
		struct target **best = trashed ? &in_trash : &found;

		*count += !trashed && t != found;
		if (!*best || t->contact.id.n < (*best)->contact.id.n)
			*best = t;
	}
	if (found || !in_trash)
		return found;
	*count = 1;
	return in_trash;
}

bool people_is_merged_key(
    const struct people *p, char kind, const char *key, const struct target *t)
{
	const struct person_entry *x = people_first(p, kind, key);

	while (x && x->target->winner != t)
		x = people_next(p, x);
	return x != NULL;
}
