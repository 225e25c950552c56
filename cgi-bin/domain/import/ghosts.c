/* ghosts.c: what a check would have written so far */
/* SPDX-License-Identifier: MIT */
#include "domain/import/ghosts.h"

#include <string.h>

#include "base/str.h"

#define EXPECTED 8000u

void ghosts_init(struct ghosts *g)
{
	*g = (struct ghosts){.full_from = 0};
	arena_init(&g->arena);
	people_init(&g->people, &g->arena, EXPECTED);
}

void ghosts_release(struct ghosts *g)
{
	arena_release(&g->arena);
}

/* One ghost among the batch's people. */
static struct target *appear(struct people *people, const struct target *ghost)
{
	struct target *t = people_add(people, &ghost->contact);

	t->was = ghost->was;
	if (!t->tag_count && ghost->tag_count) {
		t->tags = arena_memdup(people->arena, ghost->tags,
		    ghost->tag_count * sizeof(*t->tags));
		t->tag_count = ghost->tag_count;
		t->tag_space = ghost->tag_count;
		t->tags_before = ghost->tag_count;
	}
	t->is_ghost = true;
	return t;
}

void ghosts_call(
    const struct ghosts *g, struct people *people, char kind, const char *key)
{
	const struct person_entry *x = people_first(&g->people, kind, key);

	for (; x; x = people_next(&g->people, x))
		appear(people, x->target);
}

struct target *ghosts_call_id(
    const struct ghosts *g, struct people *people, uint64_t id)
{
	const struct target *ghost =
	    g->people.count ? people_by_id(&g->people, id) : NULL;

	return ghost ? appear(people, ghost) : NULL;
}

void ghosts_keep(struct ghosts *g, const struct target *t, uint64_t row)
{
	if (g->arena.used > GHOSTS_BYTES) {
		if (!g->full_from)
			g->full_from = row;
		return;
	}
	struct arena *a = &g->arena;
	struct contact copy = t->contact;

	for (int i = 0; i < FIELD_COUNT; i++)
		copy.value[i] =
		    *copy.value[i] ? arena_strdup(a, copy.value[i]) : "";
	copy.attributes = arena_strdup(a, copy.attributes);
	struct target *ghost = people_add(&g->people, &copy);

	ghost->contact = copy;
	for (int i = 0; i < FIELD_COUNT; i++)
		ghost->was.value[i] = str_empty(t->was.value[i])
					  ? ""
					  : arena_strdup(a, t->was.value[i]);
	ghost->tags = arena_memdup(a, t->tags, t->tag_count * sizeof(*t->tags));
	ghost->tag_count = t->tag_count;
	people_index(&g->people, ghost);
}
