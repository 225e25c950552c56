/* contact_view.c: contacts in templates */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_view.h"

#include <string.h>

#include "base/phone.h"
#include "base/str.h"

#define TAGS_SHOWN 3

/* Numbers that were shown lately, as people read them: the phone library takes
 * longer for one than the rest of its row. */
#define PHONES_KEPT 1024u

struct kept_phone {
	char e164[PHONE_SIZE];
	char pretty[40];
};

static struct kept_phone *kept_phone(const char *e164)
{
	static struct kept_phone kept[PHONES_KEPT];
	uint32_t hash = 2166136261u;

	for (const char *p = e164; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 16777619u;
	return &kept[hash % PHONES_KEPT];
}

const char *contact_view_phone(struct arena *a, const char *e164)
{
	struct kept_phone *k = kept_phone(e164);
	size_t n = strlen(e164);

	if (!n || n >= sizeof(k->e164))
		return e164;
	if (!str_equal(k->e164, e164)) {
		memcpy(k->e164, e164, n + 1);
		phone_pretty(e164, k->pretty);
	}
	return arena_strdup(a, k->pretty);
}

const char *contact_view_title(struct arena *a, const struct contact *c)
{
	static const enum contact_field others[] = {
	    FIELD_EMAIL, FIELD_USERNAME, FIELD_USER_ID, FIELD_WA_USER_ID};

	if (*c->value[FIELD_NAME])
		return c->value[FIELD_NAME];
	if (*c->value[FIELD_PHONE])
		return contact_view_phone(a, c->value[FIELD_PHONE]);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (*c->value[others[i]])
			return c->value[others[i]];
	return "No name";
}

const char *contact_view_state_dot(const char *key)
{
	if (str_equal(key, "requesting"))
		return "warn";
	if (str_equal(key, "intervened"))
		return "busy";
	return str_equal(key, "handled_by_assistant") ? "good" : "plain";
}

void contact_view_names(struct node *n, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count && i < TAGS_SHOWN; i++)
		node_set(node_add(n, "Tags"), "Name", names[i]);
	if (count > TAGS_SHOWN)
		node_set_int(n, "MoreTags", (int64_t)count - TAGS_SHOWN);
}
