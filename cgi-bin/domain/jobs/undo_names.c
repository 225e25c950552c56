/* undo_names.c: tags, segments, campaigns and attributes, by name and by id */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/jobs/undo_work.h"
#include "storage/attribute_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"

static int by_id(const void *x, const void *y)
{
	const struct undo_name *a = x, *b = y;

	return a->id < b->id ? -1 : a->id > b->id;
}

static int by_name(const void *x, const void *y)
{
	const struct undo_name *a = x, *b = y;

	return strcmp(a->name, b->name);
}

/* n->by_id is filled, in any order. */
static void index_names(struct arena *a, struct undo_names *n)
{
	n->by_name = arena_alloc(a, (n->count + 1) * sizeof(*n->by_name));
	for (size_t i = 0; i < n->count; i++) {
		n->by_name[i].id = n->by_id[i].id;
		n->by_name[i].name = utf8_fold(a, n->by_id[i].name);
	}
	if (!n->count)
		return;
	qsort(n->by_id, n->count, sizeof(*n->by_id), by_id);
	qsort(n->by_name, n->count, sizeof(*n->by_name), by_name);
}

static enum status load_tags(struct undo_work *w, struct undo_names *n)
{
	struct tag *rows;
	enum status st = tag_store_list(
	    w->db, w->arena, "tag", false, &rows, &n->count, w->err);

	if (st != STATUS_OK)
		return st;
	n->by_id = arena_alloc(w->arena, (n->count + 1) * sizeof(*n->by_id));
	for (size_t i = 0; i < n->count; i++)
		n->by_id[i] = (struct undo_name){rows[i].id.n, rows[i].name};
	return st;
}

static enum status load_segments(struct undo_work *w, struct undo_names *n)
{
	struct segment *rows;
	enum status st = segment_store_list(
	    w->db, w->arena, false, &rows, &n->count, w->err);

	if (st != STATUS_OK)
		return st;
	n->by_id = arena_alloc(w->arena, (n->count + 1) * sizeof(*n->by_id));
	for (size_t i = 0; i < n->count; i++)
		n->by_id[i] = (struct undo_name){rows[i].id.n, rows[i].name};
	return st;
}

static enum status load_attributes(struct undo_work *w, struct undo_names *n)
{
	struct attribute_list list;
	enum status st = attribute_store_list(w->db, w->arena, &list, w->err);

	if (st != STATUS_OK)
		return st;
	n->count = list.count;
	n->by_id = arena_alloc(w->arena, (n->count + 1) * sizeof(*n->by_id));
	for (size_t i = 0; i < n->count; i++)
		n->by_id[i] =
		    (struct undo_name){list.items[i].id.n, list.items[i].name};
	return st;
}

enum status undo_names_load(struct undo_work *w)
{
	struct undo_names *n = w->names;
	enum status st = load_tags(w, &n[THING_TAG]);

	if (st == STATUS_OK)
		st = load_segments(w, &n[THING_SEGMENT]);
	if (st == STATUS_OK)
		st = undo_campaigns(w->db, w->arena, &n[THING_CAMPAIGN].by_id,
		    &n[THING_CAMPAIGN].count, w->err);
	if (st == STATUS_OK)
		st = load_attributes(w, &n[THING_ATTRIBUTE]);
	for (int i = 0; st == STATUS_OK && i <= THING_ATTRIBUTE; i++)
		index_names(w->arena, &n[i]);
	return st;
}

const char *undo_name_of(const struct undo_names *n, uint64_t id)
{
	const struct undo_name key = {.id = id};
	const struct undo_name *x =
	    n->count ? bsearch(&key, n->by_id, n->count, sizeof(key), by_id)
		     : NULL;

	return x ? x->name : NULL;
}

uint64_t undo_id_of(
    const struct undo_work *w, enum revert_thing thing, const char *name)
{
	const struct undo_names *n = &w->names[thing];
	const struct undo_name key = {.name = utf8_fold(w->arena, name)};
	const struct undo_name *x =
	    n->count ? bsearch(&key, n->by_name, n->count, sizeof(key), by_name)
		     : NULL;

	return x ? x->id : 0;
}
