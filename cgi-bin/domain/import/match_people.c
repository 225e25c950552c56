/* match_people.c: the contacts that a batch is about */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "domain/import/matching.h"
#include "domain/import/trashed.h"

static size_t values_of(
    struct matching *x, enum contact_field f, const char **out)
{
	size_t n = 0;

	for (size_t i = 0; i < x->batch->count; i++) {
		const struct checked_row *r = &x->batch->rows[i];

		if (!row_takes_part(r) || str_empty(r->value[f]))
			continue;
		if (f != FIELD_PHONE || !r->phone_free ||
		    ahead_recent_has(x->m->recent, r->value[f]))
			out[n++] = r->value[f];
	}
	return n;
}

static enum status read_people(
    struct matching *x, enum batch_key key, enum contact_field f)
{
	struct contact_set set = {0};
	const char **values = arena_raw(x->arena, BATCH_ROWS * sizeof(char *));
	size_t n = values_of(x, f, values);
	enum status st =
	    (x->m->look_only ? contact_batch_look : contact_batch_lock)(
		x->m->db, x->arena, key, values, n, &set, x->err);

	for (size_t i = 0; st == STATUS_OK && i < set.count; i++)
		if (!x->m->ghosts || !ghosts_call_id(x->m->ghosts, &x->people,
					 set.items[i]->id.n))
			people_add(&x->people, set.items[i]);
	return st;
}

static enum status read_all_people(struct matching *x)
{
	enum rule_key key = rules_of(x)->key;
	enum status st = read_people(x, BATCH_BY_PHONE, FIELD_PHONE);

	if (st == STATUS_OK)
		st = read_people(x, BATCH_BY_WA_USER_ID, FIELD_WA_USER_ID);
	if (st == STATUS_OK &&
	    (key == KEY_EMAIL || key == KEY_PHONE_ELSE_EMAIL))
		st = read_people(x, BATCH_BY_EMAIL, FIELD_EMAIL);
	if (st == STATUS_OK &&
	    (key == KEY_USER_ID || key == KEY_PHONE_ELSE_EMAIL))
		st = read_people(x, BATCH_BY_USER_ID, FIELD_USER_ID);
	return st;
}

static bool batch_has_tags(const struct matching *x)
{
	if (x->m->book->import_tag_count || !x->application.rules.tags_plain)
		return true;
	for (size_t i = 0; i < x->batch->count; i++)
		if (x->batch->rows[i].tag_count)
			return true;
	return false;
}

/* Pairs come ordered by contact: each target gets its run of them. */
static enum status read_tags(struct matching *x)
{
	struct people *p = &x->people;
	uint64_t *ids = arena_raw(x->arena, (p->count + 1) * sizeof(*ids));
	struct tag_pair *pairs = NULL;
	size_t n = 0;

	if (!p->count || !batch_has_tags(x))
		return STATUS_OK;
	for (size_t i = 0; i < p->count; i++)
		ids[i] = p->targets[i]->contact.id.n;
	enum status st = contact_batch_tags(
	    x->m->db, x->arena, ids, p->count, &pairs, &n, x->err);

	for (size_t i = 0; st == STATUS_OK && i < n;) {
		size_t end = i;
		size_t count;
		struct target *t = people_find(p, KEY_BY_ID,
		    arena_printf(
			x->arena, "%llu", (unsigned long long)pairs[i].contact),
		    &count);

		while (end < n && pairs[end].contact == pairs[i].contact)
			end++;
		if (t->is_ghost) {
			i = end;
			continue;
		}
		t->tags = arena_raw(x->arena, (end - i) * sizeof(*t->tags));
		for (; i < end; i++)
			t->tags[t->tag_count++] = pairs[i].tag;
		t->tags_before = t->tag_space = t->tag_count;
	}
	return st;
}

/* --- a check: contacts as earlier rows would have left them --- */

void matching_call_ghosts(struct matching *x)
{
	if (!x->m->ghosts)
		return;
	for (size_t i = 0; i < x->batch->count; i++) {
		const struct checked_row *r = &x->batch->rows[i];
		struct row_keys keys = {.count = 0};

		if (row_takes_part(r))
			keys = row_keys_of(x->arena, rules_of(x), r->value);
		for (size_t k = 0; k < keys.count; k++)
			ghosts_call(x->m->ghosts, &x->people,
			    keys.items[k].kind, keys.items[k].text);
	}
}

static bool comes_again(struct matching *x, const struct target *t)
{
	struct row_keys keys =
	    row_keys_of(x->arena, rules_of(x), t->contact.value);

	for (size_t i = 0; i < keys.count; i++)
		if (marks_twice(
			x->m->marks, row_meeting_hash(keys.items[i].kind,
					 keys.items[i].text)))
			return true;
	return false;
}

/* Some row of the file has one of these keys. */
static bool is_named(struct matching *x, const char *const *value)
{
	struct row_keys keys = row_keys_of(x->arena, rules_of(x), value);

	for (size_t i = 0; i < keys.count; i++)
		if (marks_has(x->m->marks, row_meeting_hash(keys.items[i].kind,
					       keys.items[i].text)))
			return true;
	return false;
}

/* The tables have it still under a key that it lost, and a row asks for it. */
static bool is_asked_for(struct matching *x, const struct target *t)
{
	const char *lost[FIELD_COUNT] = {NULL};

	if (!t->key_changed)
		return false;
	for (int i = 0; i < FIELD_COUNT; i++)
		if (t->was.value[i] &&
		    !str_equal(t->was.value[i], t->contact.value[i]))
			lost[i] = t->was.value[i];
	return is_named(x, lost);
}

/* Rows came to it without a key that it has, and another row names that key:
 * one mention is enough. */
static bool is_met_by_another(
    struct matching *x, const struct target *t, const struct checked_row *r)
{
	const char *other[FIELD_COUNT] = {NULL};

	for (int i = 0; i < FIELD_COUNT; i++)
		if (!str_equal(str_or_empty(r->value[i]), t->contact.value[i]))
			other[i] = t->contact.value[i];
	return is_named(x, other);
}

static void find_met_by_another(struct matching *x)
{
	for (size_t i = 0; i < x->batch->count; i++) {
		struct target *t = x->out->of_row[i];

		if (t && t->changed && !t->meets_another)
			t->meets_another =
			    is_met_by_another(x, t, &x->batch->rows[i]);
	}
}

void matching_keep_ghosts(struct matching *x)
{
	if (!x->m->ghosts || x->status != STATUS_OK)
		return;
	find_met_by_another(x);
	for (size_t i = 0; i < x->people.count; i++) {
		const struct target *t = x->people.targets[i];

		if ((t->is_new || t->changed) &&
		    (t->is_ghost || t->meets_another || comes_again(x, t) ||
			is_asked_for(x, t)))
			ghosts_keep(x->m->ghosts, t, x->batch->rows[0].row);
	}
}

enum status matching_read(struct matching *x)
{
	enum status st = read_all_people(x);

	if (st == STATUS_OK)
		st = trashed_follow(x->m->db, &x->people, x->m->ghosts,
		    !x->m->look_only, x->err);
	if (st == STATUS_OK)
		st = read_tags(x);
	return st == STATUS_OK ? trashed_read_tags(x->m->db, &x->people, x->err)
			       : st;
}
