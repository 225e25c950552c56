/* contact_rewind.c: a contact as it was, found back from its revisions */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_rewind.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_message.h"

static bool is_null(const struct attribute_member *m)
{
	return str_equal(m->json, "null");
}

static void rewind_attribute(
    struct arena *a, const struct attribute_member *m, struct contact *c)
{
	const struct attribute_member old = {
	    m->name + 11, is_null(m) ? NULL : m->json};
	const char *text = attributes_merge(a, c->attributes, &old, 1);

	if (text)
		c->attributes = text;
}

static bool rewind_field(
    struct arena *a, const struct attribute_member *m, struct contact *c)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(m->name, contact_fields[i].key)) {
			c->value[i] =
			    is_null(m) ? "" : attributes_plain(a, m->json);
			return true;
		}
	return false;
}

static void rewind_trash(
    struct arena *a, const struct attribute_member *m, struct contact *c)
{
	int64_t ms = 0;

	if (!is_null(m))
		clock_parse(attributes_plain(a, m->json), true, &ms);
	c->trashed_at = ms;
}

bool contact_rewind_member(
    struct arena *a, const struct attribute_member *m, struct contact_was *was)
{
	struct contact *c = &was->contact;

	if (str_equal(m->name, "_tags"))
		contact_read_tags(a, m->json, &c->tags, &c->tag_count);
	else if (str_equal(m->name, "_segments"))
		contact_read_tags(
		    a, m->json, &was->segments, &was->segment_count);
	else if (str_equal(m->name, "_campaigns"))
		contact_read_tags(
		    a, m->json, &c->campaigns, &c->campaign_count);
	else if (str_equal(m->name, "_trashed_at"))
		rewind_trash(a, m, c);
	else if (str_starts(m->name, "attributes."))
		rewind_attribute(a, m, c);
	else
		return rewind_field(a, m, c);
	return true;
}

bool contact_rewind(
    struct arena *a, const char *before, struct contact_was *was)
{
	struct attribute_member *members = NULL;
	size_t n = 0;

	if (!attributes_scan(a, before, &members, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		contact_rewind_member(a, &members[i], was);
	return true;
}
