/* revert_end.c: which values go back, and which are kept */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/jobs/revert.h"
#include "domain/jobs/revert_parts.h"

#define SHOWN 120 /* bytes of a value in a reason */
#define REASON 480

/* The working out of one contact. */
struct ending {
	struct revert *r;
	struct arena *arena;
	const struct revert_now *now;
	struct revert_plan *plan;
	struct attribute_member *had; /* its attributes */
	size_t had_count;
	struct attribute_member *changes;
	size_t change_count;
};

static const char *value_now(
    const struct ending *x, const struct revert_value *v)
{
	const struct contact *c = x->now->contact;

	switch (v->kind) {
	case VALUE_FIELD:
		return c->value[v->field];
	case VALUE_TRASHED:
		return revert_moment(x->arena, c->trashed_at);
	case VALUE_MERGED:
		return revert_id(x->arena, c->merged_into);
	case VALUE_CREATED:
		return revert_moment(x->arena, c->created_at);
	case VALUE_ACTIVE:
		return revert_moment(x->arena, c->last_active);
	case VALUE_ATTRIBUTE:
		break;
	}
	return attributes_get(x->had, x->had_count, v->key + 11);
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && str_equal(a, b));
}

static const char *left_by_origin(
    const struct ending *x, const struct revert_value *v)
{
	return v->mine ? value_now(x, v) : v->left;
}

/* --- what is kept --- */

static void keep(struct arena *a, struct revert_plan *p, const char *field,
    const char *reason)
{
	p->outcome = REVERT_KEPT;
	for (size_t i = 0; i < p->kept_count; i++) {
		struct revert_kept *k = &p->kept[i];

		if (!str_equal(k->field, field))
			continue;
		if (strlen(k->reason) + strlen(reason) < REASON)
			k->reason = arena_printf(a, "%s %s", k->reason, reason);
		return;
	}
	if (p->kept_count == p->kept_space)
		p->kept = revert_grow(a, p->kept, p->kept_count, &p->kept_space,
		    sizeof(*p->kept));
	p->kept[p->kept_count++] = (struct revert_kept){field, reason};
}

/* At most SHOWN bytes of a text, of whole characters. */
static int shown_length(const char *text)
{
	size_t n = strlen(text);

	if (n > SHOWN)
		for (n = SHOWN; ((unsigned char)text[n] & 0xc0) == 0x80;)
			n--;
	return (int)n;
}

static const char *shown(
    struct arena *a, const struct revert_value *v, const char *text)
{
	if (v->kind == VALUE_ATTRIBUTE)
		text = text ? attributes_plain(a, text) : "";
	if (!*text)
		return "nothing";
	int n = shown_length(text);

	return arena_printf(a, "“%.*s%s”", n, text, text[n] ? "…" : "");
}

static void keep_value(struct ending *x, const struct revert_value *v)
{
	struct arena *a = x->arena;

	if (v->kind == VALUE_TRASHED)
		keep(a, x->plan, REVERT_TRASHED,
		    "It was moved to the trash or taken out of it since.");
	else
		keep(a, x->plan, v->key,
		    arena_printf(a, "Changed since from %s to %s.",
			shown(a, v, left_by_origin(x, v)),
			shown(a, v, value_now(x, v))));
}

static void keep_element(
    struct ending *x, const char *key, const char *name, const char *what)
{
	keep(x->arena, x->plan, key,
	    arena_printf(
		x->arena, "“%.*s” %s.", shown_length(name), name, what));
}

void revert_keep(struct arena *a, struct revert_plan *p,
    const struct contact *now, enum contact_field f, const char *reason)
{
	p->contact.value[f] = now->value[f];
	keep(a, p, contact_fields[f].key, reason);
}

/* --- a contact that goes, or stays, as a whole --- */

/* An import puts contacts into its segment without a revision. One that came
 * so and went again, when that import was undone, was never the origin's. */
static bool came_and_went(const struct ending *x, const char *folded)
{
	const struct revert_names *lost = &x->r->lost;
	bool given = str_equal(utf8_fold(x->arena, x->now->segment), folded);

	for (size_t i = 0; i < lost->count && !given; i++)
		given = str_equal(utf8_fold(x->arena, lost->names[i]), folded);
	return !given;
}

static void list_changed_elements(struct ending *x, int set)
{
	const struct revert_set *s = &x->r->sets[set];

	for (size_t i = 0; i < s->count; i++) {
		const struct revert_element *e = &s->items[i];
		bool is = revert_has(&x->now->sets[set], e->name);

		if (set == THING_SEGMENT && !is && came_and_went(x, e->folded))
			continue;
		if (!e->mine && is != e->left)
			keep_element(x, revert_set_keys[set], e->name,
			    is ? "was added since" : "was taken off since");
	}
}

/* Whatever somebody changed since goes into the plan's list. */
static void list_changes(struct ending *x)
{
	const struct revert *r = x->r;
	const struct revert_names *segments = &x->now->sets[THING_SEGMENT];

	for (size_t i = 0; i < r->count; i++) {
		const struct revert_value *v = &r->values[i];

		if (!v->mine && !same(v->left, value_now(x, v)))
			keep_value(x, v);
	}
	for (int i = 0; i < REVERT_SETS; i++)
		list_changed_elements(x, i);
	for (size_t i = 0; i < segments->count; i++)
		if (x->now->by[i] == MEMBER_BY_OTHER)
			keep_element(x, revert_set_keys[THING_SEGMENT],
			    segments->names[i], "came by another import");
}

/* --- one value after the other --- */

static void put_back(struct ending *x, const struct revert_value *v)
{
	struct contact *c = &x->plan->contact;
	unsigned long long id = 0;
	int64_t at = 0;

	switch (v->kind) {
	case VALUE_FIELD:
		c->value[v->field] = v->former;
		break;
	case VALUE_TRASHED:
		clock_parse(v->former, true, &at);
		c->trashed_at = at;
		break;
	case VALUE_MERGED:
		str_to_u64(v->former, &id);
		c->merged_into = id;
		break;
	case VALUE_CREATED:
		clock_parse(v->former, true, &at);
		c->created_at = at;
		break;
	case VALUE_ACTIVE:
		clock_parse(v->former, true, &at);
		c->last_active = at;
		break;
	case VALUE_ATTRIBUTE:
		x->changes[x->change_count].name = v->key + 11;
		x->changes[x->change_count++].json = v->former;
		break;
	}
}

static void revert_value(struct ending *x, const struct revert_value *v)
{
	const char *is = value_now(x, v);

	if (same(is, v->former))
		return;
	if (!same(is, left_by_origin(x, v)))
		keep_value(x, v);
	else if (v->kind == VALUE_ATTRIBUTE && v->former &&
		 !x->now->known(x->now->arg, THING_ATTRIBUTE, v->key + 11))
		keep(x->arena, x->plan, v->key,
		    "The book has no attribute of this name any more.");
	else
		put_back(x, v);
}

static void revert_values(struct ending *x)
{
	struct revert *r = x->r;

	x->changes =
	    arena_alloc(x->arena, (r->count + 1) * sizeof(*x->changes));
	for (size_t i = 0; i < r->count; i++)
		revert_value(x, &r->values[i]);
	const char *text = attributes_merge(
	    x->arena, x->now->contact->attributes, x->changes, x->change_count);

	if (text)
		x->plan->contact.attributes = text;
	else
		keep(x->arena, x->plan, "attributes",
		    "The former values are too many.");
}

/* --- sets --- */

/* The origin gave it, and nobody has since; or the import that it came by is
 * the origin. */
static bool leaves(const struct ending *x, int set, size_t i)
{
	const char *name = x->now->sets[set].names[i];
	enum membership by =
	    set == THING_SEGMENT ? x->now->by[i] : MEMBER_BY_HAND;

	if (by != MEMBER_BY_HAND)
		return by == MEMBER_BY_ORIGIN;
	const struct revert_element *e =
	    revert_element(&x->r->sets[set], utf8_fold(x->arena, name));

	return e && !e->former;
}

/* The origin took it, and the book still has it. */
static bool returns(struct ending *x, int set, const struct revert_element *e)
{
	if (!e->former || revert_has(&x->now->sets[set], e->name))
		return false;
	if (!e->mine && e->left)
		return false;
	if (x->now->known(x->now->arg, (enum revert_thing)set, e->name))
		return true;
	keep_element(
	    x, revert_set_keys[set], e->name, "is not in the book any more");
	return false;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void revert_one_set(struct ending *x, int set)
{
	const struct revert_names *had = &x->now->sets[set];
	const struct revert_set *s = &x->r->sets[set];
	const char **names =
	    arena_alloc(x->arena, (had->count + s->count + 1) * sizeof(*names));
	size_t n = 0;

	for (size_t i = 0; i < had->count; i++)
		if (!leaves(x, set, i))
			names[n++] = had->names[i];
	for (size_t i = 0; i < s->count; i++)
		if (returns(x, set, &s->items[i]))
			names[n++] = s->items[i].name;
	qsort(names, n, sizeof(*names), by_text);
	x->plan->sets[set] = (struct revert_names){names, n};
}

/* --- the end --- */

/* Back to what it is; what is listed as kept stays listed. */
static void stay(struct ending *x)
{
	x->plan->contact = *x->now->contact;
	memcpy(x->plan->sets, x->now->sets, sizeof(x->plan->sets));
}

/* Whoever changed it keeps it; else it goes to the trash, where contacts have
 * no tags and segments. */
static void go_or_stay(struct ending *x, int64_t trashed_at)
{
	struct revert_plan *p = x->plan;

	p->kept_count = 0;
	p->outcome = REVERT_UNCHANGED;
	list_changes(x);
	if (p->outcome == REVERT_KEPT) {
		stay(x);
		return;
	}
	p->contact.trashed_at = trashed_at;
	p->sets[THING_TAG].count = 0;
	p->sets[THING_SEGMENT].count = 0;
}

static bool did_something(const struct revert *r)
{
	for (int i = 0; i < REVERT_SETS; i++)
		if (r->sets[i].known)
			return true;
	return r->count > 0;
}

static void end_changed(struct ending *x)
{
	struct revert_plan *p = x->plan;

	revert_values(x);
	if (x->now->contact->trashed_at && p->contact.trashed_at) {
		stay(x);
		p->kept_count = 0;
		if (did_something(x->r))
			keep(x->arena, p, REVERT_TRASHED,
			    "It is in the trash since: restore it to change"
			    " it.");
		return;
	}
	for (int i = 0; i < REVERT_SETS; i++)
		revert_one_set(x, i);
	if (p->contact.trashed_at)
		go_or_stay(x, p->contact.trashed_at);
}

void revert_end(
    struct revert *r, const struct revert_now *now, struct revert_plan *out)
{
	struct ending x = {.r = r, .arena = r->arena, .now = now, .plan = out};

	*out = (struct revert_plan){.outcome = REVERT_UNCHANGED};
	attributes_parse(
	    r->arena, now->contact->attributes, &x.had, &x.had_count);
	revert_see_sets(r, now->sets);
	stay(&x);
	if (!r->created)
		end_changed(&x);
	else if (!now->contact->trashed_at)
		go_or_stay(&x, now->at);
	if (out->outcome == REVERT_UNCHANGED &&
	    revert_image(r->arena, now, out))
		out->outcome = REVERT_CHANGED;
}
