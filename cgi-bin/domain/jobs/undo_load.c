/* undo_load.c: the contacts of a batch, and what is to become of them */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "domain/jobs/undo_work.h"

/* What the contacts of one batch may take of memory, and what is left of their
 * revisions. */
#define CONTACT_ROOM (8u << 20)
#define REVISION_ROOM (16u << 20)

/* The loading of some contacts, which are in order of their ids. */
struct loading {
	struct undo_work *w;
	struct undo_one **items;
	size_t count;
	size_t at; /* whose revisions come */
	size_t full;
	size_t complete; /* contacts whose revisions were all seen */
};

struct undo_one *undo_find(const struct undo_work *w, uint64_t contact)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->items[i]->contact->id.n == contact)
			return w->items[i];
	return NULL;
}

static void add_item(struct undo_work *w, struct undo_one *one)
{
	if (w->count == w->space) {
		size_t space = w->space ? w->space * 2 : JOB_BATCH;
		struct undo_one **items =
		    arena_raw(w->arena, space * sizeof(*items));

		if (w->count)
			memcpy(items, w->items, w->count * sizeof(*items));
		w->items = items;
		w->space = space;
	}
	w->items[w->count++] = one;
}

static struct undo_one *new_item(
    struct undo_work *w, const struct contact *contact)
{
	struct undo_one *one = arena_alloc(w->arena, sizeof(*one));

	one->contact = contact;
	one->now.contact = contact;
	one->now.segment = w->segment;
	revert_begin(&one->revert, w->arena,
	    w->origin.import.n &&
		contact->created_by_import == w->origin.import.n);
	return one;
}

/* --- places --- */

/* Those that came by the import that this is about are the origin's when the
 * import itself is undone, and like any other when an undo of it is. */
static enum membership membership_of(const struct undo_work *w, uint64_t import)
{
	if (!import || (w->job->undoes.n && import == w->job->import.n))
		return MEMBER_BY_HAND;
	return import == w->origin.import.n ? MEMBER_BY_ORIGIN
					    : MEMBER_BY_OTHER;
}

/* The places from..to of a list are the contact's. */
static void set_places(struct undo_work *w, struct undo_one *one, int set,
    const struct undo_place *places, size_t n)
{
	struct revert_names *names = &one->now.sets[set];
	uint64_t *things = arena_raw(w->arena, (n + 1) * sizeof(*things));
	enum membership *by = arena_raw(w->arena, (n + 1) * sizeof(*by));

	names->names = arena_raw(w->arena, (n + 1) * sizeof(char *));
	for (size_t i = 0; i < n; i++) {
		const char *name =
		    undo_name_of(&w->names[set], places[i].thing);

		if (!name)
			continue;
		by[names->count] = membership_of(w, places[i].import);
		things[names->count] = places[i].thing;
		names->names[names->count++] = name;
	}
	one->things[set] = things;
	if (set == THING_SEGMENT)
		one->now.by = by;
}

static enum status load_places(struct loading *l, const uint64_t *ids, int set)
{
	static const enum undo_places kinds[REVERT_SETS] = {
	    [THING_TAG] = PLACES_TAGS,
	    [THING_SEGMENT] = PLACES_SEGMENTS,
	    [THING_CAMPAIGN] = PLACES_CAMPAIGNS,
	};
	struct undo_work *w = l->w;
	struct undo_place_list list = {0};
	enum status st = undo_places_read(
	    w->db, w->arena, kinds[set], ids, l->count, &list, w->err);
	size_t at = 0;

	for (size_t i = 0; st == STATUS_OK && i < l->count; i++) {
		size_t from = at;

		while (at < list.count && list.items[at].contact == ids[i])
			at++;
		set_places(w, l->items[i], set,
		    list.items ? list.items + from : NULL, at - from);
	}
	return st;
}

/* --- revisions --- */

static bool is_origins(const struct undo_work *w, const struct undo_revision *r)
{
	if (w->origin.import.n)
		return r->import.n == w->origin.import.n && !r->job.n;
	return r->job.n == w->origin.job.n;
}

/* Revisions come by contact, in the order of the items. */
static bool see(void *arg, const struct undo_revision *r)
{
	struct loading *l = arg;
	struct undo_work *w = l->w;

	while (l->items[l->at]->contact->id.n < r->contact) {
		l->complete = ++l->at;
		if (w->arena->used > l->full)
			return false;
	}
	struct undo_one *one = l->items[l->at];

	one->done |= r->job.n == w->job->id.n;
	arena_reset(&w->scratch);
	w->broken |=
	    !revert_see(&one->revert, &w->scratch, r->before, is_origins(w, r));
	return !w->broken;
}

/* --- the whole --- */

static bool is_known(void *arg, enum revert_thing thing, const char *name)
{
	return undo_id_of(arg, thing, name) != 0;
}

static void plan(struct undo_work *w, struct undo_one *one)
{
	one->now.at = w->now;
	one->now.known = is_known;
	one->now.arg = w;
	if (!one->done)
		revert_end(&one->revert, &one->now, &one->plan);
	add_item(w, one);
}

static enum status load_all(struct loading *l, const uint64_t *ids)
{
	struct undo_work *w = l->w;
	enum status st = STATUS_OK;

	for (int set = 0; st == STATUS_OK && set < REVERT_SETS; set++)
		st = load_places(l, ids, set);
	l->full = w->arena->used + REVISION_ROOM;
	l->complete = l->count;
	if (st == STATUS_OK)
		st = undo_revisions(w->db, ids, l->count, see, l, w->err);
	if (st == STATUS_OK && w->broken)
		return ERR(w->err, STATUS_FAILED, "a revision is broken");
	if (w->arena->used <= l->full || l->at + 1 >= l->count)
		l->complete = l->count;
	return st;
}

enum status undo_load(
    struct undo_work *w, const uint64_t *ids, size_t n, size_t *done)
{
	struct contact_set set = {0};
	struct loading l = {.w = w};
	enum status st = undo_lock(
	    w->db, w->arena, ids, n, CONTACT_ROOM, &set, done, w->err);

	if (st != STATUS_OK || !set.count)
		return st;
	uint64_t *found = arena_raw(w->arena, set.count * sizeof(*found));

	l.count = set.count;
	l.items = arena_raw(w->arena, set.count * sizeof(*l.items));
	for (size_t i = 0; i < set.count; i++) {
		found[i] = set.items[i]->id.n;
		l.items[i] = new_item(w, set.items[i]);
	}
	st = load_all(&l, found);
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < l.complete; i++)
		plan(w, l.items[i]);
	if (l.complete < l.count)
		while (*done && ids[*done - 1] > found[l.complete - 1])
			(*done)--;
	return st;
}
