/* settings.c: changing a setting of the book */
/* SPDX-License-Identifier: MIT */
#include "domain/settings.h"

#include <string.h>

#include "base/phone.h"
#include "base/str.h"
#include "base/utf8.h"
#include "storage/audit_store.h"

static const char *text_problem(
    struct arena *a, const struct setting *s, const char *value)
{
	if (!utf8_valid(value, strlen(value), NULL))
		return "Enter text in UTF-8.";
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p < ' ')
			return "Enter it in one line.";
	if (utf8_length(value) < s->min || utf8_length(value) > s->max)
		return arena_printf(a, "Enter a text of %llu to %llu letters.",
		    (unsigned long long)s->min, (unsigned long long)s->max);
	return NULL;
}

static const char *count_problem(
    struct arena *a, const struct setting *s, const char *value)
{
	unsigned long long n;

	if (str_to_u64(value, &n) && n >= s->min && n <= s->max)
		return NULL;
	return arena_printf(a, "Enter a whole number from %llu to %llu.",
	    (unsigned long long)s->min, (unsigned long long)s->max);
}

static const char *country_problem(const char *value)
{
	if (!*value)
		return NULL;
	for (const char *const *r = phone_regions(); *r; r++)
		if (str_equal(*r, value))
			return NULL;
	return "Choose a country from the list, or none.";
}

static const char *choice_problem(
    struct arena *a, const struct setting *s, const char *value)
{
	size_t n = strlen(value);
	const char *p = s->choices;

	while (n) {
		size_t length = strcspn(p, " ");

		if (length == n && strncmp(p, value, n) == 0)
			return NULL;
		if (!p[length])
			break;
		p += length + 1;
	}
	return arena_printf(a, "Choose one of: %s.", s->choices);
}

const char *settings_problem(
    struct arena *a, const struct setting *s, const char *value)
{
	switch (s->kind) {
	case SETTING_TEXT:
	case SETTING_SECRET:
		return text_problem(a, s, value);
	case SETTING_COUNT:
		return count_problem(a, s, value);
	case SETTING_COUNTRY:
		return country_problem(value);
	case SETTING_CHOICE:
		return choice_problem(a, s, value);
	}
	return NULL;
}

enum status settings_change(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *value,
    const char **problem, struct err *e)
{
	const struct setting *s = setting_find(name);
	const char *before;
	enum status st;

	*problem = s ? settings_problem(a, s, value)
		     : "There is no setting of this name.";
	if (*problem)
		return ERR(e, STATUS_INVALID, "%s: %s", name, *problem);
	st = setting_get(db, a, name, &before, e);
	if (st != STATUS_OK || str_equal(before, value))
		return st;
	st = setting_set(db, name, value, e);
	if (st == STATUS_OK)
		st = audit_add(db, actor, "setting.change", name,
		    s->kind == SETTING_SECRET
			? (*value ? "set" : "taken away")
			: arena_printf(a, "%s -> %s", before, value),
		    e);
	return st;
}
