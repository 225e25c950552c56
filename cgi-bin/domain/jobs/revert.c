/* revert.c: the values that a change had its hands on, found in revisions */
/* SPDX-License-Identifier: MIT */
/*
 * The revisions are seen from the oldest on. A value is in the origin's hands
 * (`mine`) from a change of the origin's until the next one of somebody else;
 * what that one found is what the origin left. When the origin changes it
 * again after somebody else, the value of that somebody is the one to go back
 * to.
 */
#include "domain/jobs/revert.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/contact/contact_message.h"
#include "domain/jobs/revert_parts.h"

const char *const revert_set_keys[REVERT_SETS] = {
    [THING_TAG] = "_tags",
    [THING_SEGMENT] = "_segments",
    [THING_CAMPAIGN] = "_campaigns",
};

void revert_begin(struct revert *r, struct arena *a, bool created)
{
	*r = (struct revert){
	    .arena = a, .created = created, .whole = created, .begun = created};
}

void *revert_grow(
    struct arena *a, const void *old, size_t count, size_t *space, size_t size)
{
	*space = *space ? *space * 2 : 8;
	void *new = arena_alloc(a, *space * size);

	if (count)
		memcpy(new, old, count * size);
	return new;
}

const char *revert_moment(struct arena *a, int64_t ms)
{
	char text[32] = "";

	if (ms)
		clock_format(ms, text);
	return arena_strdup(a, text);
}

const char *revert_id(struct arena *a, uint64_t id)
{
	return id ? arena_printf(a, "%llu", (unsigned long long)id) : "";
}

/* --- values --- */

static bool kind_of(
    const char *key, enum value_kind *kind, enum contact_field *field)
{
	*kind = VALUE_FIELD;
	for (int f = 0; f < FIELD_COUNT; f++)
		if (str_equal(key, contact_fields[f].key)) {
			*field = (enum contact_field)f;
			return true;
		}
	*kind = VALUE_TRASHED;
	if (str_equal(key, REVERT_TRASHED))
		return true;
	*kind = VALUE_MERGED;
	if (str_equal(key, REVERT_MERGED))
		return true;
	*kind = VALUE_CREATED;
	if (str_equal(key, REVERT_CREATED))
		return true;
	*kind = VALUE_ACTIVE;
	if (str_equal(key, REVERT_ACTIVE))
		return true;
	*kind = VALUE_ATTRIBUTE;
	return str_starts(key, "attributes.");
}

static struct revert_value *find_value(const struct revert *r, const char *key)
{
	for (size_t i = 0; i < r->count; i++)
		if (str_equal(r->values[i].key, key))
			return &r->values[i];
	return NULL;
}

bool revert_has_value(const struct revert *r, const char *key)
{
	return find_value(r, key) != NULL;
}

static struct revert_value *add_value(struct revert *r, const char *key,
    enum value_kind kind, enum contact_field field)
{
	if (r->count == r->space)
		r->values = revert_grow(r->arena, r->values, r->count,
		    &r->space, sizeof(*r->values));
	struct revert_value *v = &r->values[r->count++];

	v->key = arena_strdup(r->arena, key);
	v->kind = kind;
	v->field = field;
	return v;
}

/* A value of a before-image as it is compared; in the arena. */
static const char *text_of(
    struct arena *a, enum value_kind kind, const char *json)
{
	if (str_equal(json, "null"))
		return kind == VALUE_ATTRIBUTE ? NULL : "";
	return kind == VALUE_ATTRIBUTE ? arena_strdup(a, json)
				       : attributes_plain(a, json);
}

static void see_value(
    struct revert *r, const struct attribute_member *m, bool mine)
{
	enum value_kind kind;
	enum contact_field field = FIELD_COUNT;

	if (!kind_of(m->name, &kind, &field))
		return;
	struct revert_value *v = find_value(r, m->name);

	if (!v && (mine || r->whole)) {
		v = add_value(r, m->name, kind, field);
		v->former = text_of(r->arena, kind, m->json);
		v->mine = true;
	}
	if (!v || v->mine == mine)
		return;
	v->mine = mine;
	if (mine)
		v->former = text_of(r->arena, kind, m->json);
	else
		v->left = text_of(r->arena, kind, m->json);
}

/* --- sets --- */

bool revert_has(const struct revert_names *set, const char *name)
{
	for (size_t i = 0; i < set->count; i++)
		if (str_equal(set->names[i], name))
			return true;
	return false;
}

struct revert_element *revert_element(
    const struct revert_set *s, const char *folded)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_equal(s->items[i].folded, folded))
			return &s->items[i];
	return NULL;
}

static struct revert_element *add_element(struct revert *r,
    struct revert_set *s, const char *name, const char *folded)
{
	if (s->count == s->space)
		s->items = revert_grow(
		    r->arena, s->items, s->count, &s->space, sizeof(*s->items));
	struct revert_element *x = &s->items[s->count++];

	x->name = name;
	x->folded = folded;
	return x;
}

/* The last revision put the name in, or took it out. */
static void flip(
    struct revert *r, struct revert_set *s, const char *name, bool was)
{
	const char *folded = utf8_fold(r->arena, name);
	struct revert_element *x = revert_element(s, folded);

	if (!x && (s->last_mine || r->whole)) {
		x = add_element(r, s, name, folded);
		x->former = was;
		x->mine = true;
	}
	if (!x || x->mine == s->last_mine)
		return;
	x->mine = s->last_mine;
	if (x->mine)
		x->former = was;
	else
		x->left = was;
}

static void compare_sets(
    struct revert *r, struct revert_set *s, const struct revert_names *after)
{
	if (!s->known)
		return;
	for (size_t i = 0; i < after->count; i++)
		if (!revert_has(&s->last, after->names[i]))
			flip(r, s, after->names[i], false);
	for (size_t i = 0; i < s->last.count; i++)
		if (!revert_has(after, s->last.names[i]))
			flip(r, s, s->last.names[i], true);
}

void revert_see_sets(
    struct revert *r, const struct revert_names sets[REVERT_SETS])
{
	for (int i = 0; i < REVERT_SETS; i++)
		compare_sets(r, &r->sets[i], &sets[i]);
}

static bool see_set(
    struct revert *r, const struct attribute_member *m, bool mine)
{
	struct revert_names names;
	int i = 0;

	while (i < REVERT_SETS && !str_equal(m->name, revert_set_keys[i]))
		i++;
	if (i == REVERT_SETS)
		return false;
	struct revert_set *s = &r->sets[i];

	contact_read_tags(r->arena, m->json, &names.names, &names.count);
	compare_sets(r, s, &names);
	s->last = names;
	s->last_mine = mine;
	s->known = true;
	return true;
}

/* The revision by which a contact went to the trash has its segments, which
 * the origin may have given back. */
static void see_lost(
    struct revert *r, struct arena *scratch, const char *before)
{
	struct attribute_member *members;
	size_t n;

	if (!attributes_scan(scratch, before, &members, &n))
		return;
	for (size_t i = 0; i < n; i++)
		if (str_equal(members[i].name, revert_set_keys[THING_SEGMENT]))
			contact_read_tags(r->arena, members[i].json,
			    &r->lost.names, &r->lost.count);
}

bool revert_see(
    struct revert *r, struct arena *scratch, const char *before, bool mine)
{
	struct attribute_member *members;
	size_t n;

	if (!mine && !r->begun) {
		see_lost(r, scratch, before);
		return true;
	}
	r->begun = true;
	if (!attributes_scan(scratch, before, &members, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (see_set(r, &members[i], mine))
			continue;
		see_value(r, &members[i], mine);
		if (mine && str_equal(members[i].name, REVERT_TRASHED) &&
		    !str_equal(members[i].json, "null"))
			r->whole = true;
	}
	return true;
}
