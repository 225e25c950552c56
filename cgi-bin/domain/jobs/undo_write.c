/* undo_write.c: a planned batch of an undoing goes into the book */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/str.h"
#include "domain/jobs/undo_work.h"
#include "storage/consent_ledger_store.h"
#include "storage/contact_batch_store.h"

struct state_change {
	struct undo_state state;
	uint64_t contact;
};

/* All that is written for one batch. */
struct writing {
	struct undo_work *w;
	struct contact **rekeyed;
	size_t rekeyed_count;
	struct contact **values; /* fields or attributes are others */
	size_t value_count;
	struct state_change *states; /* all else */
	size_t state_count;
	struct contact **moments; /* created_at or last_active */
	size_t moment_count;
	struct batch_revision *revisions;
	size_t revision_count;
	struct undo_place_list take[REVERT_SETS];
	struct undo_place_list give[REVERT_SETS];
	struct job_kept *kept;
	size_t kept_count;
	struct consent_entry *consents;
	size_t consent_count;
};

static const enum undo_places places[REVERT_SETS] = {
    [THING_TAG] = PLACES_TAGS,
    [THING_SEGMENT] = PLACES_SEGMENTS,
    [THING_CAMPAIGN] = PLACES_CAMPAIGNS,
};

static bool has_other_values(
    const struct contact *old, const struct contact *new)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		if (!str_equal(old->value[f], new->value[f]))
			return true;
	return !str_equal(old->attributes, new->attributes);
}

static bool has_other_state(
    const struct contact *old, const struct contact *new)
{
	return old->trashed_at != new->trashed_at ||
	       old->merged_into != new->merged_into;
}

static bool has_other_moments(
    const struct contact *old, const struct contact *new)
{
	return old->created_at != new->created_at ||
	       old->last_active != new->last_active;
}

static bool is_rekeyed(const struct contact *old, const struct contact *new)
{
	return !str_equal(old->value[FIELD_PHONE], new->value[FIELD_PHONE]) ||
	       !str_equal(
		   old->value[FIELD_WA_USER_ID], new->value[FIELD_WA_USER_ID]);
}

static enum revision_kind kind_of(
    const struct contact *old, const struct contact *new)
{
	if (!old->trashed_at == !new->trashed_at)
		return REVISION_UPDATE;
	return new->trashed_at ? REVISION_TRASH : REVISION_RESTORE;
}

/* What is in one list of names and not in the other. */
static void add_places(struct writing *x, struct undo_one *one, int set)
{
	struct undo_work *w = x->w;
	const struct revert_names *old = &one->now.sets[set];
	const struct revert_names *new = &one->plan.sets[set];
	struct undo_place place = {.contact = one->contact->id.n};

	for (size_t i = 0; i < old->count; i++) {
		size_t k = 0;

		while (
		    k < new->count && !str_equal(new->names[k], old->names[i]))
			k++;
		place.thing = one->things[set][i];
		if (k == new->count)
			undo_place_add(w->arena, &x->take[set], place);
	}
	if (w->job->undoes.n)
		place.import = w->job->import.n;
	for (size_t i = 0; i < new->count; i++) {
		size_t k = 0;

		while (
		    k < old->count && !str_equal(old->names[k], new->names[i]))
			k++;
		if (k < old->count)
			continue;
		place.thing =
		    undo_id_of(w, (enum revert_thing)set, new->names[i]);
		undo_place_add(w->arena, &x->give[set], place);
	}
}

static void add_change(struct writing *x, struct undo_one *one)
{
	const struct contact *old = one->contact;
	struct contact *new = &one->plan.contact;
	struct batch_revision *r = &x->revisions[x->revision_count++];
	bool values = has_other_values(old, new);

	new->version = old->version + 1;
	*r = (struct batch_revision){.contact = old->id.n,
	    .version = old->version,
	    .before = one->image,
	    .kind = kind_of(old, new)};
	if (is_rekeyed(old, new))
		x->rekeyed[x->rekeyed_count++] = new;
	if (has_other_moments(old, new))
		x->moments[x->moment_count++] = new;
	if (values)
		x->values[x->value_count++] = new;
	if (!values || has_other_state(old, new))
		x->states[x->state_count++] = (struct state_change){
		    {new->trashed_at, new->merged_into, !values}, old->id.n};
	for (int set = 0; set < REVERT_SETS; set++)
		add_places(x, one, set);
}

static void add_kept(struct writing *x, const struct undo_one *one)
{
	for (size_t i = 0; i < one->plan.kept_count; i++)
		x->kept[x->kept_count++] = (struct job_kept){one->contact->id.n,
		    one->plan.kept[i].field, one->plan.kept[i].reason};
}

static void count(struct job_counts *c, const struct undo_one *one)
{
	c->seen++;
	switch (one->plan.outcome) {
	case REVERT_UNCHANGED:
		c->unchanged++;
		break;
	case REVERT_CHANGED:
		c->changed++;
		break;
	case REVERT_KEPT:
		c->kept++;
		break;
	}
}

/* One that gives up a key has an outcome that its values alone do not tell. */
static void look_again(struct undo_work *w, struct undo_one *one)
{
	one->image = revert_image(w->arena, &one->now, &one->plan);
	if (one->image && one->plan.outcome == REVERT_UNCHANGED)
		one->plan.outcome = REVERT_CHANGED;
	if (!one->image && one->plan.outcome == REVERT_CHANGED)
		one->plan.outcome = REVERT_UNCHANGED;
}

static void gather(struct writing *x, struct job_counts *add)
{
	struct undo_work *w = x->w;

	for (size_t i = 0; i < w->count; i++) {
		struct undo_one *one = w->items[i];

		if (one->done)
			continue;
		look_again(w, one);
		/* Its turn comes when there is nothing to write. */
		if (one->extra && !one->image)
			continue;
		count(add, one);
		add_kept(x, one);
		x->consent_count +=
		    undo_consent(w, one, &x->consents[x->consent_count]);
		if (one->image)
			add_change(x, one);
	}
}

static void make_room(struct writing *x)
{
	struct undo_work *w = x->w;
	size_t kept = 0;

	for (size_t i = 0; i < w->count; i++)
		kept += w->items[i]->plan.kept_count;
	x->rekeyed = arena_alloc(w->arena, (w->count + 1) * sizeof(void *));
	x->values = arena_alloc(w->arena, (w->count + 1) * sizeof(void *));
	x->states = arena_alloc(w->arena, (w->count + 1) * sizeof(*x->states));
	x->moments = arena_alloc(w->arena, (w->count + 1) * sizeof(void *));
	x->revisions =
	    arena_alloc(w->arena, (w->count + 1) * sizeof(*x->revisions));
	x->kept = arena_alloc(w->arena, (kept + 1) * sizeof(*x->kept));
	x->consents =
	    arena_alloc(w->arena, (w->count + 1) * sizeof(*x->consents));
}

static int compare_states(
    const struct undo_state *s, const struct undo_state *t)
{
	if (s->trashed_at != t->trashed_at)
		return s->trashed_at < t->trashed_at ? -1 : 1;
	if (s->merged_into != t->merged_into)
		return s->merged_into < t->merged_into ? -1 : 1;
	return s->counts - t->counts;
}

static int by_state(const void *a, const void *b)
{
	const struct state_change *x = a, *y = b;
	int order = compare_states(&x->state, &y->state);

	if (order)
		return order;
	return x->contact < y->contact ? -1 : x->contact > y->contact;
}

/* Contacts that get the same go together. */
static enum status write_states(struct writing *x)
{
	struct undo_work *w = x->w;
	struct state_change *s = x->states;
	size_t n = x->state_count;
	uint64_t *ids = arena_raw(w->arena, (n + 1) * sizeof(*ids));
	enum status st = STATUS_OK;

	if (n)
		qsort(s, n, sizeof(*s), by_state);
	for (size_t i = 0, end; st == STATUS_OK && i < n; i = end) {
		for (end = i;
		     end < n && !compare_states(&s[end].state, &s[i].state);
		     end++)
			ids[end - i] = s[end].contact;
		st = undo_write_state(
		    w->db, &s[i].state, ids, end - i, w->now, w->err);
	}
	return st;
}

static enum status write_contacts(struct writing *x)
{
	struct undo_work *w = x->w;
	enum status st = contact_batch_unkey(
	    w->db, w->arena, x->rekeyed, x->rekeyed_count, w->err);

	if (st == STATUS_OK)
		st = contact_batch_update(
		    w->db, w->arena, x->values, x->value_count, w->now, w->err);
	if (st == STATUS_OK)
		st = write_states(x);
	for (size_t i = 0; st == STATUS_OK && i < x->moment_count; i++)
		st = undo_write_moments(w->db, x->moments[i], w->err);
	/* Somebody took a key meanwhile: planning again sees it. */
	return st == STATUS_CONFLICT ? STATUS_BUSY : st;
}

static enum status write_revisions(struct writing *x)
{
	struct undo_work *w = x->w;
	const struct batch_origin origin = {.job = w->job->id,
	    .actor = {.member = w->job->member, .token = w->job->token}};

	if (!x->revision_count)
		return STATUS_OK;
	return contact_batch_revisions(w->db, w->arena, x->revisions,
	    x->revision_count, &origin, w->now, w->err);
}

static enum status write_places(struct writing *x)
{
	struct undo_work *w = x->w;
	enum status st = STATUS_OK;

	for (int i = 0; st == STATUS_OK && i < REVERT_SETS; i++) {
		st = undo_places_take(w->db, w->arena, places[i],
		    x->take[i].items, x->take[i].count, w->err);
		if (st == STATUS_OK)
			st = undo_places_give(w->db, w->arena, places[i],
			    x->give[i].items, x->give[i].count, w->err);
	}
	return st;
}

enum status undo_write(struct undo_work *w, struct job_counts *add)
{
	struct writing x = {.w = w};

	make_room(&x);
	gather(&x, add);
	enum status st = write_contacts(&x);

	if (st == STATUS_OK)
		st = write_revisions(&x);
	if (st == STATUS_OK)
		st = write_places(&x);
	if (st == STATUS_OK)
		st = consent_ledger_store_add_many(
		    w->db, w->arena, x.consents, x.consent_count, w->err);
	if (st == STATUS_OK && x.kept_count)
		st = job_store_keep(
		    w->db, w->arena, w->job->id, x.kept, x.kept_count, w->err);
	return st;
}
