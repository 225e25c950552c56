/* contact_message.c: small things that the contact files share */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_message.h"

#include <string.h>

#include "base/str.h"

void contact_message_add(struct arena *a, struct contact_result *out,
    const char *field, const char *text)
{
	if (!out->messages)
		out->messages = arena_alloc(
		    a, CONTACT_MESSAGES_MAX * sizeof(*out->messages));
	if (out->message_count == CONTACT_MESSAGES_MAX)
		return;
	out->messages[out->message_count].field = field;
	out->messages[out->message_count++].text = text;
}

const char *contact_attribute_key(struct arena *a, const char *name)
{
	return arena_printf(a, "attributes.%s", name);
}

const char *contact_key_label(const char *key)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(key, contact_fields[i].key))
			return contact_fields[i].label;
	if (str_equal(key, "_tags"))
		return "Tags";
	if (str_equal(key, "_segments"))
		return "Segments";
	if (str_equal(key, "_campaigns"))
		return "Campaigns";
	if (str_equal(key, "_trashed_at"))
		return "Trash";
	if (str_equal(key, "email_consent"))
		return "Consent to e-mails";
	if (str_equal(key, "suppression"))
		return "List of suppressions";
	return str_starts(key, "attributes.") ? key + 11 : key;
}

void contact_put_field(
    struct json_writer *w, enum contact_field f, const char *value)
{
	if (contact_fields[f].nullable && !*value)
		json_put_null(w);
	else
		json_put_text(w, value);
}

void contact_read_tags(
    struct arena *a, const char *json, const char ***tags, size_t *count)
{
	struct json_t *list;
	struct err ignored;

	*tags = NULL;
	*count = 0;
	if (json_parse(a, json, strlen(json), &list, &ignored) != STATUS_OK)
		return;
	*count = json_count(list);
	*tags = arena_alloc(a, (*count + 1) * sizeof(**tags));
	for (size_t i = 0; i < *count; i++)
		(*tags)[i] = str_or_empty(json_text(json_at(list, i)));
}
