/* contact_history.c: the timeline of a contact: what each change changed */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/contact/contact_message.h"
#include "storage/contact_store.h"

#define CHUNK 200u

/* at: the contact as it was after the change at hand. */
struct telling {
	struct arena *arena;
	struct contact_was at;
	struct history *out;
	uint64_t below;
	size_t limit;
};

struct spelling {
	const char *folded;
	const char *name;
};

static int compare_spellings(const void *a, const void *b)
{
	const struct spelling *x = a;
	const struct spelling *y = b;
	int order = strcmp(x->folded, y->folded);

	return order ? order : strcmp(x->name, y->name);
}

/* In the order of the alphabet: names are a set, and whoever wrote them down
 * had them in an order of their own. */
static const char *joined(
    struct arena *a, const char *const *names, size_t count)
{
	struct spelling *sorted = arena_alloc(a, (count + 1) * sizeof(*sorted));
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		sorted[i] =
		    (struct spelling){utf8_fold_bare(a, names[i]), names[i]};
	qsort(sorted, count, sizeof(*sorted), compare_spellings);
	for (size_t i = 0; i < count; i++)
		text = arena_printf(
		    a, "%s%s%s", text, i ? ", " : "", sorted[i].name);
	return text;
}

static const char *attribute_text(struct telling *t, const char *name)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	attributes_parse(t->arena, t->at.contact.attributes, &members, &count);
	const char *json = attributes_get(members, count, name);

	return json ? attributes_plain(t->arena, json) : "";
}

/* What a key of a revision stands for, as the contact has it at the moment;
 * NULL for one that has no line. */
static const char *value_of(struct telling *t, const char *key)
{
	const struct contact *c = &t->at.contact;

	if (str_equal(key, "_tags"))
		return joined(t->arena, c->tags, c->tag_count);
	if (str_equal(key, "_segments"))
		return joined(t->arena, t->at.segments, t->at.segment_count);
	if (str_equal(key, "_campaigns"))
		return joined(t->arena, c->campaigns, c->campaign_count);
	if (str_equal(key, "_trashed_at"))
		return c->trashed_at ? "in the trash" : "in the book";
	if (str_starts(key, "attributes."))
		return attribute_text(t, key + 11);
	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(key, contact_fields[i].key))
			return c->value[i];
	return NULL;
}

static bool tell_member(struct telling *t, const struct attribute_member *old,
    struct history_line *line)
{
	const char *new = value_of(t, old->name);

	contact_rewind_member(t->arena, old, &t->at);
	if (!new)
		return false;
	line->key = old->name;
	line->label = contact_key_label(old->name);
	line->new = new;
	line->old = value_of(t, old->name);
	/* Into the trash and back: no tags are no change of them. */
	return !str_equal(line->old, line->new);
}

static void tell_lines(struct telling *t, const char *before,
    struct history_line **lines, size_t *line_count)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	attributes_scan(t->arena, before, &members, &count);
	*lines = arena_alloc(t->arena, (count + 1) * sizeof(**lines));
	*line_count = 0;
	for (size_t i = 0; i < count; i++)
		if (tell_member(t, &members[i], &(*lines)[*line_count]))
			(*line_count)++;
}

void contact_history_tell(struct arena *a, struct contact *at,
    const char *before, struct history_line **lines, size_t *count)
{
	struct telling t = {.arena = a, .at = {.contact = *at}};

	tell_lines(&t, before, lines, count);
	*at = t.at.contact;
}

static void tell(struct telling *t, const struct contact_revision *r)
{
	struct history_entry *entry = &t->out->entries[t->out->count++];

	entry->revision = r;
	entry->version = r->version + 1;
	entry->in_trash = t->at.contact.trashed_at != 0;
	tell_lines(t, r->before, &entry->lines, &entry->line_count);
	entry->trashed = entry->in_trash && !t->at.contact.trashed_at;
	entry->restored = !entry->in_trash && t->at.contact.trashed_at;
}

/* Tells or passes over the changes of a chunk; false when the page is full. */
static bool tell_chunk(
    struct telling *t, const struct contact_revision *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (t->below && rows[i].id >= t->below) {
			contact_rewind(t->arena, rows[i].before, &t->at);
			continue;
		}
		if (t->out->count == t->limit) {
			t->out->older =
			    t->out->entries[t->limit - 1].revision->id;
			return false;
		}
		tell(t, &rows[i]);
	}
	return true;
}

enum status contact_history_load(struct db *db, struct arena *a,
    const struct contact_was *now, uint64_t below, size_t limit,
    struct history *out, struct err *e)
{
	struct telling t = {a, *now, out, below, limit};
	uint64_t from = 0;
	bool more = true;

	*out = (struct history){
	    .entries = arena_alloc(a, limit * sizeof(*out->entries))};
	while (more) {
		struct contact_revision *rows;
		size_t n;
		enum status st = contact_revision_list(
		    db, a, now->contact.id, from, CHUNK, &rows, &n, e);

		if (st != STATUS_OK)
			return st;
		more = tell_chunk(&t, rows, n) && n == CHUNK;
		from = n ? rows[n - 1].id : 0;
	}
	return STATUS_OK;
}
