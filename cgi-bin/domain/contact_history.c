/* contact_history.c: the timeline of a contact: what each change changed */
/* SPDX-License-Identifier: MIT */
#include "domain/contact_history.h"

#include <string.h>

#include "base/str.h"
#include "domain/attributes.h"
#include "domain/contact_message.h"
#include "storage/contact_store.h"

/* The contact as it was after the change at hand; values of attributes are
 * found by name in `attributes`. */
struct telling {
	struct arena *arena;
	struct contact at;
};

static const char *joined(
    struct arena *a, const char *const *names, size_t count)
{
	const char *text = count ? names[0] : "";

	for (size_t i = 1; i < count; i++)
		text = arena_printf(a, "%s, %s", text, names[i]);
	return text;
}

static const char *plain(struct arena *a, const char *json)
{
	return !json || str_equal(json, "null") ? ""
						: attributes_plain(a, json);
}

static void tell_tags(
    struct telling *t, const char *json, struct history_line *line)
{
	line->new = joined(t->arena, t->at.tags, t->at.tag_count);
	contact_read_tags(t->arena, json, &t->at.tags, &t->at.tag_count);
	line->old = joined(t->arena, t->at.tags, t->at.tag_count);
}

static void tell_attribute(struct telling *t,
    const struct attribute_member *old, struct history_line *line)
{
	struct attribute_member *members = NULL;
	struct attribute_member back = {
	    old->name + 11, str_equal(old->json, "null") ? NULL : old->json};
	size_t count = 0;

	attributes_parse(t->arena, t->at.attributes, &members, &count);
	line->new = plain(t->arena, attributes_get(members, count, back.name));
	line->old = plain(t->arena, back.json);
	const char *text =
	    attributes_merge(t->arena, t->at.attributes, &back, 1);

	if (text)
		t->at.attributes = text;
}

static bool tell_field(struct telling *t, const struct attribute_member *old,
    struct history_line *line)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(old->name, contact_fields[i].key)) {
			line->new = t->at.value[i];
			line->old = plain(t->arena, old->json);
			t->at.value[i] = line->old;
			return true;
		}
	return false;
}

static bool tell_member(struct telling *t, const struct attribute_member *old,
    struct history_line *line)
{
	line->key = old->name;
	line->label = contact_key_label(old->name);
	if (str_equal(old->name, "_tags"))
		tell_tags(t, old->json, line);
	else if (str_starts(old->name, "attributes."))
		tell_attribute(t, old, line);
	else
		return tell_field(t, old, line);
	return true;
}

static void tell(struct telling *t, const char *before,
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
	struct telling t = {a, *at};

	tell(&t, before, lines, count);
	*at = t.at;
}

enum status contact_history_load(struct db *db, struct arena *a,
    const struct contact *now, size_t limit, struct history_entry **out,
    size_t *count, struct err *e)
{
	struct telling t = {a, *now};
	struct contact_revision *rows;
	enum status st =
	    contact_revision_list(db, a, now->id, 0, limit, &rows, count, e);

	if (st != STATUS_OK)
		return st;
	*out = arena_alloc(a, (*count + 1) * sizeof(**out));
	for (size_t i = 0; i < *count; i++) {
		(*out)[i].revision = &rows[i];
		tell(&t, rows[i].before, &(*out)[i].lines,
		    &(*out)[i].line_count);
	}
	return STATUS_OK;
}
