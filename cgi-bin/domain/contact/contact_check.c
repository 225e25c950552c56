/* contact_check.c: what a contact may be */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "base/phone.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/contact/contact.h"
#include "domain/contact/contact_message.h"
#include "domain/import/check.h"

#define TAG_MAX 128u
#define TAGS_MAX 200u

struct checker {
	struct arena *arena;
	const struct contact_rules *rules;
	struct contact_result *out;
};

static const char *trimmed(struct arena *a, const char *z)
{
	size_t n = strlen(z);

	utf8_trim(&z, &n);
	return arena_strndup(a, z, n);
}

/* Each reads a value that is not empty; NULL and *why when it may not be. */
static const char *read_phone(
    struct checker *c, const char *value, const char **why)
{
	char e164[PHONE_SIZE];
	const char *country = c->rules->country;

	switch (phone_parse(value, country, e164)) {
	case PHONE_VALID:
		return arena_strdup(c->arena, e164);
	case PHONE_POSSIBLE:
		*why = "No country has this number. Check its digits.";
		return NULL;
	case PHONE_NOT_POSSIBLE:
		break;
	}
	*why = *value == '+' || !str_empty(country)
		   ? "This is not a telephone number. Check its digits."
		   : "Write the number with + and the country code in front.";
	return NULL;
}

static const char *read_email(
    struct checker *c, const char *value, const char **why)
{
	(void)c;
	if (email_is_valid(value))
		return value;
	*why = "This is not an e-mail address, like name@example.org.";
	return NULL;
}

static const char *read_opted(
    struct checker *c, const char *value, const char **why)
{
	(void)c;
	if (str_equal_nocase(value, "yes") || str_equal_nocase(value, "true"))
		return "yes";
	if (str_equal_nocase(value, "no") || str_equal_nocase(value, "false"))
		return "no";
	if (str_equal_nocase(value, "unknown"))
		return "";
	*why = "Choose yes, no or unknown.";
	return NULL;
}

static const char *read_moment(
    struct checker *c, const char *value, const char **why)
{
	char text[32];
	int64_t ms;

	if (!clock_parse(value, true, &ms)) {
		*why = "Write a date, or a date and a time, like "
		       "2026-10-31T14:00:00Z.";
		return NULL;
	}
	clock_format(ms, text);
	return arena_strdup(c->arena, text);
}

static const char *read_state(
    struct checker *c, const char *value, const char **why)
{
	(void)c;
	for (size_t i = 0; i < CONTACT_STATES; i++)
		if (str_equal_nocase(value, contact_states[i].key) ||
		    str_equal_nocase(value, contact_states[i].label))
			return contact_states[i].key;
	*why = "The state is requesting, intervened, closed or "
	       "handled_by_assistant, or empty.";
	return NULL;
}

static const char *(*const readers[FIELD_COUNT])(
    struct checker *c, const char *value, const char **why) = {
    [FIELD_PHONE] = read_phone,
    [FIELD_EMAIL] = read_email,
    [FIELD_WHATSAPP_OPTED] = read_opted,
    [FIELD_WHATSAPP_OPTED_AT] = read_moment,
    [FIELD_STATE] = read_state,
};

/* Moves behind an end of line at *p: CR LF, CR or LF. */
static bool skip_line_end(const char **p)
{
	if (**p != '\r' && **p != '\n')
		return false;
	*p += (*p)[0] == '\r' && (*p)[1] == '\n' ? 2 : 1;
	return true;
}

/* Whether a draft says what the contact has already. */
static bool is_same(
    const struct contact_draft *d, const char *said, const char *has)
{
	if (!d->from_form)
		return str_equal(said, has);
	while (*said && *has) {
		bool end = skip_line_end(&said);

		if (end != skip_line_end(&has))
			return false;
		if (!end && *said++ != *has++)
			return false;
	}
	return *said == *has;
}

static void check_field(struct checker *c, enum contact_field f,
    struct contact_draft *d, const struct contact *had)
{
	const char **value = &d->value[f];

	const struct contact_field_info *info = &contact_fields[f];
	const char *why = NULL;
	const char *read = trimmed(c->arena, *value);

	*value = read;
	if (!*read)
		return;
	if (had && is_same(d, read, had->value[f])) {
		*value = had->value[f];
		return;
	}
	if (readers[f])
		read = readers[f](c, read, &why);
	if (!read) {
		contact_message_add(c->arena, c->out, info->key, why);
		return;
	}
	if (utf8_length(read) > info->max_length) {
		contact_message_add(c->arena, c->out, info->key,
		    arena_printf(c->arena,
			"This is longer than %zu characters.",
			info->max_length));
		return;
	}
	*value = read;
}

/* had: the JSON value that the contact has; NULL: none. */
static void check_attribute(struct checker *c, const struct contact_draft *all,
    struct draft_attribute *d, const char *had)
{
	const struct attribute_type_info *type =
	    &attribute_types[d->attribute->type];

	if (!d->text)
		return;
	d->text = trimmed(c->arena, d->text);
	d->json = NULL;
	if (!*d->text)
		return;
	if (had && is_same(all, d->text, attributes_plain(c->arena, had))) {
		d->json = had;
		return;
	}
	const char *kept = type->parse(c->arena, d->text, false);

	if (kept)
		d->json = type->to_json(c->arena, kept);
	else
		contact_message_add(c->arena, c->out,
		    contact_attribute_key(c->arena, d->attribute->name),
		    arena_printf(c->arena, "This takes: %s.", type->hint));
}

static void check_names(struct checker *c, const char *field, const char *what,
    const char **names, size_t count)
{
	struct arena *a = c->arena;

	for (size_t i = 0; i < count; i++) {
		names[i] = trimmed(a, names[i]);
		if (!*names[i] || strchr(names[i], '|'))
			contact_message_add(a, c->out, field,
			    arena_printf(
				a, "A %s has a name, without | in it.", what));
		else if (utf8_length(names[i]) > TAG_MAX)
			contact_message_add(a, c->out, field,
			    arena_printf(
				a, "A %s has at most 128 characters.", what));
	}
	if (count > TAGS_MAX)
		contact_message_add(a, c->out, field,
		    arena_printf(a, "A contact has at most 200 %ss.", what));
}

bool contact_check(struct arena *a, const struct contact_rules *rules,
    struct contact_draft *d, const struct contact *had,
    struct contact_result *out)
{
	struct checker c = {a, rules, out};
	size_t before = out->message_count;
	struct attribute_member *members = NULL;
	size_t count = 0;

	for (int i = 0; i < FIELD_COUNT; i++)
		if (d->value[i])
			check_field(&c, (enum contact_field)i, d, had);
	if (had && d->attribute_count)
		attributes_parse(a, had->attributes, &members, &count);
	for (size_t i = 0; i < d->attribute_count; i++)
		check_attribute(&c, d, &d->attributes[i],
		    attributes_get(
			members, count, d->attributes[i].attribute->name));
	if (d->has_tags)
		check_names(&c, "tags", "tag", d->tags, d->tag_count);
	if (d->has_campaigns)
		check_names(&c, "campaigns", "campaign", d->campaigns,
		    d->campaign_count);
	return out->message_count == before;
}

static bool has_tag(
    struct arena *a, const char **tags, size_t count, const char *name)
{
	const char *folded = utf8_fold(a, name);

	for (size_t i = 0; i < count; i++)
		if (str_equal(folded, utf8_fold(a, tags[i])))
			return true;
	return false;
}

void contact_tags_read(
    struct arena *a, const char *text, const char ***tags, size_t *count)
{
	const char *between = strchr(text, '|') ? "|\n" : ",\n";
	size_t room = 1;

	for (const char *p = text; *p; p++)
		room += strchr(between, *p) != NULL;
	*tags = arena_alloc(a, room * sizeof(**tags));
	*count = 0;
	for (;;) {
		size_t n = strcspn(text, between);
		const char *name = trimmed(a, arena_strndup(a, text, n));

		if (*name && !has_tag(a, *tags, *count, name))
			(*tags)[(*count)++] = name;
		if (!text[n])
			return;
		text += n + 1;
	}
}

const char *contact_tags_write(
    struct arena *a, const char *const *tags, size_t count)
{
	const char *text = count ? tags[0] : "";
	bool commas = false;

	for (size_t i = 0; i < count; i++)
		commas |= strchr(tags[i], ',') != NULL;
	for (size_t i = 1; i < count; i++)
		text = arena_printf(
		    a, "%s%s%s", text, commas ? " | " : ", ", tags[i]);
	return commas && count == 1 ? arena_printf(a, "%s |", text) : text;
}
