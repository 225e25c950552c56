/* contact_compare.c: two contacts side by side, before they become one */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_compare.h"

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/contact/contact_message.h"

static bool is_consent(enum contact_field f)
{
	return f == FIELD_WHATSAPP_OPTED || f == FIELD_WHATSAPP_OPTED_AT;
}

/* Fields that name the contact, or where it came from: the longer text of two
 * says nothing there. */
static bool stays(enum contact_field f)
{
	return f <= FIELD_USERNAME || f == FIELD_SOURCE ||
	       f == FIELD_FIRST_MESSAGE;
}

static enum merge_side longer(const char *mine, const char *theirs)
{
	return utf8_length(theirs) > utf8_length(mine) ? MERGE_OTHER
						       : MERGE_THIS;
}

/* Milliseconds, or 0 when it is not known. */
static int64_t learned_at(const struct contact *c)
{
	int64_t ms = 0;

	clock_parse(c->value[FIELD_WHATSAPP_OPTED_AT], true, &ms);
	return ms;
}

static enum merge_side consent_side(
    const struct contact *mine, const struct contact *theirs)
{
	const char *a = mine->value[FIELD_WHATSAPP_OPTED];
	const char *b = theirs->value[FIELD_WHATSAPP_OPTED];
	int64_t at = learned_at(mine), other_at = learned_at(theirs);

	if (!*a || !*b)
		return *b ? MERGE_OTHER : MERGE_THIS;
	if (str_equal(a, b))
		return other_at > at ? MERGE_OTHER : MERGE_THIS;
	if (str_equal(a, "no"))
		return at && other_at > at ? MERGE_OTHER : MERGE_THIS;
	return other_at && at > other_at ? MERGE_THIS : MERGE_OTHER;
}

static enum merge_side field_side(enum contact_field f,
    const struct contact *mine, const struct contact *theirs)
{
	const char *a = mine->value[f], *b = theirs->value[f];

	if (is_consent(f))
		return consent_side(mine, theirs);
	if (!*a || !*b)
		return *a ? MERGE_THIS : MERGE_OTHER;
	if (f == FIELD_STATE)
		return theirs->last_active > mine->last_active ? MERGE_OTHER
							       : MERGE_THIS;
	return stays(f) ? MERGE_THIS : longer(a, b);
}

static void compare_field(enum contact_field f, const struct contact *mine,
    const struct contact *theirs, struct comparison *out)
{
	struct compared *row = &out->rows[out->count];

	if (!*mine->value[f] && !*theirs->value[f])
		return;
	row->key = contact_fields[f].key;
	row->label = contact_fields[f].label;
	row->mine = mine->value[f];
	row->theirs = theirs->value[f];
	row->differ = !str_equal(row->mine, row->theirs);
	row->side = field_side(f, mine, theirs);
	row->decided = is_consent(f);
	out->count++;
}

static void compare_attribute(struct arena *a, const char *name,
    const char *mine, const char *theirs, struct comparison *out)
{
	struct compared *row = &out->rows[out->count++];

	row->key = contact_attribute_key(a, name);
	row->label = name;
	row->mine_json = mine;
	row->theirs_json = theirs;
	row->mine = mine ? attributes_plain(a, mine) : "";
	row->theirs = theirs ? attributes_plain(a, theirs) : "";
	row->differ = !mine || !theirs || !str_equal(mine, theirs);
	row->side = !mine     ? MERGE_OTHER
		    : !theirs ? MERGE_THIS
			      : longer(row->mine, row->theirs);
}

void contact_compare(struct arena *a, const struct contact *mine,
    const struct contact *theirs, struct comparison *out)
{
	struct attribute_member *own = NULL, *others = NULL;
	size_t n = 0, m = 0;

	attributes_parse(a, mine->attributes, &own, &n);
	attributes_parse(a, theirs->attributes, &others, &m);
	out->count = 0;
	out->rows = arena_alloc(a, (FIELD_COUNT + n + m) * sizeof(*out->rows));
	for (int f = 0; f < FIELD_COUNT; f++)
		compare_field((enum contact_field)f, mine, theirs, out);
	for (size_t i = 0; i < n; i++)
		compare_attribute(a, own[i].name, own[i].json,
		    attributes_get(others, m, own[i].name), out);
	for (size_t i = 0; i < m; i++)
		if (!attributes_get(own, n, others[i].name))
			compare_attribute(
			    a, others[i].name, NULL, others[i].json, out);
}

struct compared *comparison_find(const struct comparison *c, const char *key)
{
	for (size_t i = 0; i < c->count; i++)
		if (str_equal(c->rows[i].key, key))
			return &c->rows[i];
	return NULL;
}
