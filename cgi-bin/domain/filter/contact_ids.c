/* contact_ids.c: contacts that were chosen one by one, by their numbers */
/* SPDX-License-Identifier: MIT */
#include "domain/filter/contact_ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static int by_number(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a;
	const uint64_t y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void sort_once(struct contact_ids *ids)
{
	size_t n = 0;

	qsort(ids->items, ids->count, sizeof(*ids->items), by_number);
	for (size_t i = 0; i < ids->count; i++)
		if (!n || ids->items[n - 1] != ids->items[i])
			ids->items[n++] = ids->items[i];
	ids->count = n;
}

bool contact_ids_add(struct arena *a, const char *text, struct contact_ids *ids)
{
	bool good = true;

	if (!ids->items)
		ids->items =
		    arena_alloc(a, CONTACT_IDS_MAX * sizeof(*ids->items));
	while (*text && good) {
		size_t n = strcspn(text, ",");
		unsigned long long id = 0;

		ids->full |= ids->count == CONTACT_IDS_MAX;
		good = !ids->full &&
		       str_to_u64(arena_strndup(a, text, n), &id) && id;
		if (good)
			ids->items[ids->count++] = id;
		text += n + (text[n] == ',');
	}
	sort_once(ids);
	return good;
}

const char *contact_ids_text(struct arena *a, const struct contact_ids *ids)
{
	struct str s;

	str_init(&s, 64u << 10);
	for (size_t i = 0; i < ids->count; i++)
		str_printf(&s, "%s%llu", i ? "," : "",
		    (unsigned long long)ids->items[i]);
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}
