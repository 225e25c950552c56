/* revert_image.c: the before-image of an undoing */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "domain/attributes.h"
#include "domain/contact/contact_message.h"
#include "domain/jobs/revert.h"
#include "domain/jobs/revert_parts.h"

#define IMAGE_CAP (4 * ATTRIBUTES_MAX)

struct image {
	struct arena *arena;
	struct str text;
	struct json_writer w;
	bool any;
};

static void image_key(struct image *m, const char *key)
{
	json_key(&m->w, key);
	m->any = true;
}

static void image_attribute(struct image *m, const char *name, const char *json)
{
	image_key(m, contact_attribute_key(m->arena, name));
	if (json)
		json_put_raw(&m->w, json);
	else
		json_put_null(&m->w);
}

/* Both lists are in order of name. */
static void image_attributes(
    struct image *m, const char *old_text, const char *new_text)
{
	struct attribute_member *old = NULL, *new = NULL;
	size_t n = 0, count = 0, k = 0, i = 0;

	if (str_equal(old_text, new_text))
		return;
	attributes_parse(m->arena, old_text, &old, &n);
	attributes_parse(m->arena, new_text, &new, &count);
	while (i < n || k < count) {
		int order = i == n	 ? 1
			    : k == count ? -1
					 : strcmp(old[i].name, new[k].name);

		if (order > 0)
			image_attribute(m, new[k].name, NULL);
		else if (order < 0 || !str_equal(old[i].json, new[k].json))
			image_attribute(m, old[i].name, old[i].json);
		i += order <= 0;
		k += order >= 0;
	}
}

static bool same_set(const struct revert_names *a, const struct revert_names *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!revert_has(b, a->names[i]))
			return false;
	return true;
}

/* A move into the trash or out of it has tags and segments in any case. */
static void image_sets(
    struct image *m, const struct revert_now *now, const struct revert_plan *p)
{
	bool moves = !now->contact->trashed_at != !p->contact.trashed_at;

	for (int i = 0; i < REVERT_SETS; i++) {
		const struct revert_names *set = &now->sets[i];

		if (same_set(set, &p->sets[i]) &&
		    !(moves && i != THING_CAMPAIGN))
			continue;
		image_key(m, revert_set_keys[i]);
		json_open(&m->w, '[');
		for (size_t k = 0; k < set->count; k++)
			json_put_text(&m->w, set->names[k]);
		json_close(&m->w, ']');
	}
}

static void image_fields(
    struct image *m, const struct contact *old, const struct contact *new)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		if (!str_equal(old->value[f], new->value[f])) {
			image_key(m, contact_fields[f].key);
			contact_put_field(
			    &m->w, (enum contact_field)f, old->value[f]);
		}
}

static void image_moment(
    struct image *m, const char *key, int64_t old, int64_t new)
{
	if (old == new)
		return;
	image_key(m, key);
	json_put_text(&m->w, old ? revert_moment(m->arena, old) : NULL);
}

static void image_state(
    struct image *m, const struct contact *old, const struct contact *new)
{
	image_moment(m, REVERT_TRASHED, old->trashed_at, new->trashed_at);
	image_moment(m, REVERT_CREATED, old->created_at, new->created_at);
	image_moment(m, REVERT_ACTIVE, old->last_active, new->last_active);
	if (old->merged_into != new->merged_into) {
		image_key(m, REVERT_MERGED);
		if (old->merged_into)
			json_put_int(&m->w, (int64_t)old->merged_into);
		else
			json_put_null(&m->w);
	}
}

const char *revert_image(
    struct arena *a, const struct revert_now *now, const struct revert_plan *p)
{
	struct image m = {.arena = a};

	str_init(&m.text, IMAGE_CAP);
	json_writer_init(&m.w, &m.text);
	json_open(&m.w, '{');
	image_fields(&m, now->contact, &p->contact);
	image_attributes(&m, now->contact->attributes, p->contact.attributes);
	image_sets(&m, now, p);
	image_state(&m, now->contact, &p->contact);
	json_close(&m.w, '}');
	const char *text = m.any ? arena_strdup(a, str_text(&m.text)) : NULL;

	str_release(&m.text);
	return text;
}
