/* apply.c: the values of a row laid over a contact */
/* SPDX-License-Identifier: MIT */
#include "domain/import/apply.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "domain/attributes.h"
#include "domain/contact/contact_state.h"

/* One row being laid over one contact. */
struct laying {
	const struct application *ap;
	struct target *t;
	struct json_writer before;
	bool changed;
	bool quiet; /* a new contact: there is no before, and no rule holds */
	bool restored; /* it left the trash: what it had there is noted */
	struct row_met *met;
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

/* Whether the rule of the field's column lets the value in. */
static bool lets_in(
    const struct laying *l, enum contact_field f, const char *new)
{
	if (l->quiet)
		return *new != '\0';
	return field_rule_writes(
	    &l->ap->rules.fields[f], l->t->contact.value[f], new);
}

/* --- consent --- */

/* Later than the contact's opt-out; where nobody knows when that was, later
 * than its last change. */
static bool is_later(const char *at, const struct contact *c)
{
	int64_t since = c->updated_at;
	int64_t ms = 0;

	clock_parse(c->value[FIELD_WHATSAPP_OPTED_AT], false, &since);
	return clock_parse(at, false, &ms) && ms > since;
}

/* The moment of a consent that stays. That of an opt-out only goes forward:
 * else a file could make an old opt-in newer than it. */
static void lay_moment(struct laying *l, const char *at)
{
	const char *const *value = l->t->contact.value;

	if (str_empty(at) || !lets_in(l, FIELD_WHATSAPP_OPTED_AT, at))
		return;
	if (str_equal(value[FIELD_WHATSAPP_OPTED], "no") &&
	    !is_later(at, &l->t->contact))
		return;
	lay_field(l, FIELD_WHATSAPP_OPTED_AT, at);
}

/* False: the contact stays opted out. *at is when it opted in. */
static bool may_opt_in(struct laying *l, const char **at)
{
	const struct contact *c = &l->t->contact;
	char text[32];

	if (!str_equal(c->value[FIELD_WHATSAPP_OPTED], "no"))
		return true;
	l->met->proof = optout_proof(c->value[FIELD_WHATSAPP_OPTED_AT],
	    c->updated_at, *at, l->ap->uploaded);
	if (l->met->proof == PROOF_NEWER)
		return true;
	l->met->optout = true;
	if (!l->ap->optin_confirmed)
		return false;
	clock_format(l->ap->optin_confirmed, text);
	*at = arena_strdup(l->ap->arena, text);
	return true;
}

/* A consent that changes without a time was learned now. */
static void lay_consent(struct laying *l, const struct checked_row *r)
{
	const char *opted = r->value[FIELD_WHATSAPP_OPTED];
	const char *at = r->value[FIELD_WHATSAPP_OPTED_AT];
	const char *const *value = l->t->contact.value;
	char now[32];

	if (str_empty(opted) || str_equal(value[FIELD_WHATSAPP_OPTED], opted)) {
		lay_moment(l, at);
		return;
	}
	/* Its time is of this consent: it stays out with it. */
	if (!lets_in(l, FIELD_WHATSAPP_OPTED, opted) || !may_opt_in(l, &at))
		return;
	lay_field(l, FIELD_WHATSAPP_OPTED, opted);
	if (str_empty(at)) {
		clock_format(l->ap->now, now);
		at = arena_strdup(l->ap->arena, now);
	}
	lay_field(l, FIELD_WHATSAPP_OPTED_AT, at);
}

/* --- the other fields --- */

/* A house number that was part of the address: with it, also where the new
 * address has none, or not at all. */
static void lay_house(struct laying *l, const struct checked_row *r,
    const char *address, bool written)
{
	const char *new = r->value[FIELD_HOUSE_NUMBER];

	if (new &&written && (*new || !str_empty(address)))
		lay_field(l, FIELD_HOUSE_NUMBER, new);
}

/* A state that may not follow the contact's stays out; the row gets in. */
static bool may_become(struct laying *l, const char *state)
{
	const char *now = l->t->contact.value[FIELD_STATE];

	if (l->quiet || contact_state_allows(now, state))
		return true;
	l->met->state_was = now;
	return false;
}

static void lay_fields(struct laying *l, const struct checked_row *r)
{
	const char *address = r->value[FIELD_ADDRESS];
	bool follows = l->ap->rules.house_follows;
	bool written = address && lets_in(l, FIELD_ADDRESS, address);

	for (int i = 0; i < FIELD_COUNT; i++) {
		enum contact_field f = (enum contact_field)i;
		const char *new = r->value[f];

		if (f == FIELD_WHATSAPP_OPTED || f == FIELD_WHATSAPP_OPTED_AT)
			continue;
		if (f == FIELD_HOUSE_NUMBER && follows)
			lay_house(l, r, address, written);
		else if (new &&lets_in(l, f, new) &&
			 (f != FIELD_STATE || may_become(l, new)))
			lay_field(l, f, new);
	}
	lay_consent(l, r);
}

/* --- attributes --- */

/* What the column's rule makes of the cell: false leaves the attribute. */
static bool attribute_change(const struct laying *l,
    const struct row_attribute *v, const char *old, const char **json)
{
	const struct column_target *t =
	    &l->ap->plan->mapping.columns[v->column];

	*json = v->json;
	if (!v->json)
		return column_clears(&l->ap->plan->rules, t);
	if (l->quiet)
		return true;
	switch (column_write_of(t)) {
	case WRITE_DEFAULT:
	case WRITE_OVERWRITE:
		return true;
	case WRITE_FILL:
		return !old;
	case WRITE_APPEND:
		*json =
		    old ? json_list_join(l->ap->arena, old, v->json) : v->json;
		return true;
	case WRITE_NEVER:
		break;
	}
	return false;
}

/* The attributes that the row says something of. */
static size_t attribute_changes(
    struct laying *l, const struct checked_row *r, struct attribute_member *out)
{
	const struct application *ap = l->ap;
	struct attribute_member *members = NULL;
	size_t count = 0;
	size_t n = 0;

	if (!ap->rules.attributes_plain)
		attributes_parse(
		    ap->arena, l->t->contact.attributes, &members, &count);
	for (size_t i = 0; i < r->attribute_count; i++) {
		const struct row_attribute *v = &r->attributes[i];
		const char *name =
		    ap->plan->mapping.columns[v->column].attribute;

		if (!attribute_change(l, v,
			attributes_get(members, count, name), &out[n].json))
			continue;
		out[n++].name = name;
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
	size_t n = attribute_changes(l, r, changes);
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

/* In the trash it had no tags and was in no segment. */
static void lay_restore(struct laying *l)
{
	struct target *t = l->t;
	char at[32];

	if (!t->contact.trashed_at)
		return;
	clock_format(t->contact.trashed_at, at);
	note_before(l, "_trashed_at", at);
	json_key(&l->before, "_tags");
	json_put_raw(&l->before, "[]");
	json_key(&l->before, "_segments");
	json_put_raw(&l->before, "[]");
	l->restored = t->restored = true;
	t->contact.trashed_at = 0;
	t->tags = t->lost;
	t->tag_count = t->tag_space = t->lost_count;
	t->tags_before = 0;
}

static void note_tags(struct laying *l)
{
	if (l->restored)
		return;
	note_before(l, "_tags", NULL);
	if (l->quiet)
		return;
	json_open(&l->before, '[');
	for (size_t i = 0; i < l->t->tag_count; i++)
		json_put_text(
		    &l->before, book_tag_name(l->ap->book, l->t->tags[i]));
	json_close(&l->before, ']');
}

static void give_tags(struct laying *l, const uint64_t *tags, size_t n)
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

static bool same_tags(const struct target *t, const struct target *other)
{
	if (t->tag_count != other->tag_count)
		return false;
	for (size_t i = 0; i < t->tag_count; i++)
		if (!has_tag(other, t->tags[i]))
			return false;
	return true;
}

/* The contact has these tags and no others. */
static void replace_tags(struct laying *l, const uint64_t *tags, size_t n)
{
	struct target *t = l->t;
	struct target new = {.tag_count = 0};

	for (size_t i = 0; i < n; i++)
		if (!has_tag(&new, tags[i]))
			add_tag(l->ap->arena, &new, tags[i]);
	if (same_tags(&new, t))
		return;
	note_tags(l);
	if (!t->tags_replaced) {
		t->tags_were = t->tags;
		t->tags_were_count = t->tags_before;
		t->tags_replaced = true;
	}
	t->tags = new.tags;
	t->tag_count = new.tag_count;
	t->tag_space = new.tag_space;
}

/* The tags that the import gives to all come in any case. */
static void lay_tags(struct laying *l, const struct row_tags *tags)
{
	const struct field_rule *rule = &l->ap->rules.tags;
	bool write = !l->quiet && tags->column;

	if (write && tags->empty && rule->clears) {
		replace_tags(l, tags->ids, tags->own);
	} else if (write && tags->empty) {
		give_tags(l, tags->ids, tags->own);
	} else if (write && rule->write == WRITE_OVERWRITE) {
		replace_tags(l, tags->ids, tags->count);
	} else if (write &&
		   (rule->write == WRITE_NEVER ||
		       (rule->write == WRITE_FILL && l->t->tag_count > 0))) {
		give_tags(l, tags->ids, tags->own);
	} else {
		give_tags(l, tags->ids, tags->count);
	}
}

const char *apply_row(const struct application *ap, struct target *t,
    const struct checked_row *r, const struct row_tags *tags,
    struct row_met *met)
{
	struct laying l = {
	    .ap = ap,
	    .t = t,
	    .quiet = t->contact.version == 0,
	    .met = met,
	};

	*met = (struct row_met){.optout = false};
	str_reset(ap->scratch);
	json_writer_init(&l.before, ap->scratch);
	lay_restore(&l);
	lay_fields(&l, r);
	lay_attributes(&l, r);
	lay_tags(&l, tags);
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
