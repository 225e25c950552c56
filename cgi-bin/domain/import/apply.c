/* apply.c: the values of a row laid over a contact */
/* SPDX-License-Identifier: MIT */
#include "domain/import/apply.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "domain/attributes.h"

/* One row being laid over one contact. */
struct laying {
	const struct application *ap;
	struct target *t;
	struct json_writer before;
	bool changed;
	bool quiet; /* a new contact: there is no before */
};

static void note_before(struct laying *l, const char *key, const char *old)
{
	bool first = !l->changed;

	l->changed = true;
	if (l->quiet)
		return;
	if (l->ap->changes)
		changes_note(l->ap->changes, key);
	if (first)
		json_open(&l->before, '{');
	json_key(&l->before, key);
	if (old)
		json_put_text(&l->before, old);
}

static bool differs(enum contact_field f, const char *old, const char *new)
{
	/* The case of an address is not a change of it. */
	if (f == FIELD_EMAIL)
		return !str_equal_nocase(old, new);
	return !str_equal(old, new);
}

static void lay_field(struct laying *l, enum contact_field f, const char *new)
{
	const char **value = &l->t->contact.value[f];

	if (!new || !differs(f, *value, new))
		return;
	note_before(l, contact_fields[f].key, *value);
	*value = new;
	if (f == FIELD_PHONE || f == FIELD_WA_USER_ID)
		l->t->rekeyed = true;
	l->t->key_changed |=
	    l->t->rekeyed || f == FIELD_EMAIL || f == FIELD_USER_ID;
}

static bool keeps_blank(const struct application *ap)
{
	return ap->keep_blank || ap->plan->rules.blank == BLANK_KEEP;
}

/* A consent that changes without a time was learned now. */
static void lay_consent(struct laying *l, const struct checked_row *r)
{
	const char *opted = r->value[FIELD_WHATSAPP_OPTED];
	const char *at = r->value[FIELD_WHATSAPP_OPTED_AT];
	const char *const *value = l->t->contact.value;
	char now[32];

	if (str_empty(opted)) {
		if (!str_empty(at))
			lay_field(l, FIELD_WHATSAPP_OPTED_AT, at);
		return;
	}
	bool learned = !str_equal(value[FIELD_WHATSAPP_OPTED], opted);

	lay_field(l, FIELD_WHATSAPP_OPTED, opted);
	if (str_empty(at) && learned) {
		clock_format(l->ap->now, now);
		at = arena_strdup(l->ap->arena, now);
	}
	if (!str_empty(at))
		lay_field(l, FIELD_WHATSAPP_OPTED_AT, at);
}

static void lay_fields(struct laying *l, const struct checked_row *r)
{
	bool keep = keeps_blank(l->ap);

	for (int i = 0; i < FIELD_COUNT; i++) {
		enum contact_field f = (enum contact_field)i;
		const char *new = r->value[f];

		if (f == FIELD_WHATSAPP_OPTED || f == FIELD_WHATSAPP_OPTED_AT)
			continue;
		if (new && (*new || !keep))
			lay_field(l, f, new);
	}
	lay_consent(l, r);
}

/* The attributes that the row says something of. */
static size_t attribute_changes(const struct application *ap,
    const struct checked_row *r, struct attribute_member *out)
{
	size_t n = 0;
	bool keep = keeps_blank(ap);

	for (size_t i = 0; i < r->attribute_count; i++) {
		const struct row_attribute *v = &r->attributes[i];

		if (!v->json && keep)
			continue;
		out[n].name = ap->plan->mapping.columns[v->column].attribute;
		out[n++].json = v->json;
	}
	return n;
}

static void note_attributes(struct laying *l, const char *old,
    const struct attribute_member *changes, size_t n)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	if (l->quiet) {
		l->changed = true;
		return;
	}
	attributes_parse(l->ap->arena, old, &members, &count);
	for (size_t i = 0; i < n; i++) {
		const char *was =
		    attributes_get(members, count, changes[i].name);
		const char *is = changes[i].json;

		if (was == is || (was && is && str_equal(was, is)))
			continue;
		note_before(l,
		    arena_printf(
			l->ap->arena, "attributes.%s", changes[i].name),
		    NULL);
		if (was)
			json_put_raw(&l->before, was);
		else
			json_put_null(&l->before);
	}
}

static void lay_attributes(struct laying *l, const struct checked_row *r)
{
	struct arena *a = l->ap->arena;

	if (!r->attribute_count)
		return;
	struct attribute_member *changes =
	    arena_raw(a, r->attribute_count * sizeof(*changes));
	size_t n = attribute_changes(l->ap, r, changes);
	const char *old = l->t->contact.attributes;

	if (!n)
		return;
	const char *new = attributes_merge(a, old, changes, n);

	if (!new || str_equal(old, new))
		return;
	note_attributes(l, old, changes, n);
	l->t->contact.attributes = new;
}

static bool has_tag(const struct target *t, uint64_t tag)
{
	for (size_t i = 0; i < t->tag_count; i++)
		if (t->tags[i] == tag)
			return true;
	return false;
}

static void add_tag(struct arena *a, struct target *t, uint64_t tag)
{
	if (t->tag_count == t->tag_space) {
		size_t space = t->tag_space ? t->tag_space * 2 : 8;
		uint64_t *tags = arena_raw(a, space * sizeof(*tags));

		if (t->tag_count)
			memcpy(tags, t->tags, t->tag_count * sizeof(*tags));
		t->tags = tags;
		t->tag_space = space;
	}
	t->tags[t->tag_count++] = tag;
}

static void note_tags(struct laying *l)
{
	note_before(l, "_tags", NULL);
	if (l->quiet)
		return;
	json_open(&l->before, '[');
	for (size_t i = 0; i < l->t->tag_count; i++)
		json_put_text(
		    &l->before, book_tag_name(l->ap->book, l->t->tags[i]));
	json_close(&l->before, ']');
}

static void lay_tags(struct laying *l, const uint64_t *tags, size_t n)
{
	bool noted = false;

	for (size_t i = 0; i < n; i++) {
		if (has_tag(l->t, tags[i]))
			continue;
		if (!noted)
			note_tags(l);
		noted = true;
		add_tag(l->ap->arena, l->t, tags[i]);
	}
}

const char *apply_row(const struct application *ap, struct target *t,
    const struct checked_row *r, const uint64_t *tags, size_t tag_count)
{
	struct laying l = {
	    .ap = ap,
	    .t = t,
	    .quiet = t->contact.version == 0,
	};

	str_reset(ap->scratch);
	json_writer_init(&l.before, ap->scratch);
	lay_fields(&l, r);
	lay_attributes(&l, r);
	lay_tags(&l, tags, tag_count);
	if (!l.changed)
		return NULL;
	t->contact.version++;
	t->changed = true;
	if (l.quiet)
		return "{}";
	json_close(&l.before, '}');
	return arena_strndup(
	    ap->arena, str_text(ap->scratch), ap->scratch->len);
}

void apply_new(
    const struct application *ap, struct target *t, const struct checked_row *r)
{
	struct contact *c = &t->contact;

	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = "";
	c->attributes = "{}";
	if (!r->value[FIELD_SOURCE])
		c->value[FIELD_SOURCE] = ap->plan->rules.source;
	t->is_new = true;
}
