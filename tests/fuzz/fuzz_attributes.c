/* fuzz_attributes.c: attributes merged into a contact's */
/* SPDX-License-Identifier: MIT */
/*
 * The first line is what the contact has; then a line with a name and one with
 * its value, and so on. An empty value takes the attribute away.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "domain/attributes.h"

#define MOST 32u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *line_of(struct arena *a, const char **p, const char *end)
{
	const char *at = *p;
	const char *lf = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
	const char *stop = lf ? lf : end;

	*p = lf ? lf + 1 : end;
	return arena_strndup(a, at, (size_t)(stop - at));
}

/* The members of a text, in order, and written back the same. */
static void check(struct arena *a, const char *text)
{
	struct attribute_member *members = NULL;
	size_t count = 0;
	struct str out;

	assert(attributes_parse(a, text, &members, &count));
	for (size_t i = 1; i < count; i++)
		assert(strcmp(members[i - 1].name, members[i].name) < 0);
	for (size_t i = 0; i < count; i++)
		assert(attributes_get(members, count, members[i].name) ==
		       members[i].json);
	str_init(&out, 2 * ATTRIBUTES_MAX);
	attributes_write(&out, members, count);
	assert(strcmp(str_text(&out), text) == 0);
	str_release(&out);
}

static void check_changes(struct arena *a, const char *text,
    const struct attribute_member *changes, size_t n)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	attributes_parse(a, text, &members, &count);
	for (size_t i = 0; i < n; i++) {
		const struct attribute_member *last = &changes[i];

		for (size_t k = i + 1; k < n; k++)
			if (strcmp(changes[k].name, last->name) == 0)
				last = &changes[k];
		const char *json = attributes_get(members, count, last->name);

		assert(
		    last->json ? json && strcmp(json, last->json) == 0 : !json);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct attribute_member changes[MOST];
	struct json_t *v;
	struct err e;
	const char *p = (const char *)data;
	const char *end = p + size;
	struct arena a;
	size_t n = 0;

	if (!utf8_valid(p, size, NULL))
		return 0;
	arena_init(&a);
	const char *old = line_of(&a, &p, end);
	struct attribute_member *had = NULL;
	size_t had_count = 0;

	/* Made canonical: its escapes need not be ours. */
	if (json_parse(&a, old, strlen(old), &v, &e) != STATUS_OK ||
	    !attributes_parse(&a, old, &had, &had_count))
		had_count = 0;
	old = attributes_merge(&a, "{}", had, had_count);
	assert(old);
	check(&a, old);
	while (p < end && n < MOST) {
		const char *name = line_of(&a, &p, end);
		const char *value = line_of(&a, &p, end);

		if (json_parse(&a, value, strlen(value), &v, &e) == STATUS_OK)
			value = json_dump(&a, v, false);
		else
			value = NULL;
		changes[n++] = (struct attribute_member){name, value};
	}
	const char *merged = attributes_merge(&a, old, changes, n);

	assert(merged);
	check(&a, merged);
	check_changes(&a, merged, changes, n);
	assert(strcmp(attributes_merge(&a, merged, changes, n), merged) == 0);
	assert(json_parse(&a, merged, strlen(merged), &v, &e) == STATUS_OK);
	arena_release(&a);
	return 0;
}
