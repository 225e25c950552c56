/* fuzz_filter.c: query strings as filters of contacts */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "domain/filter/contact_filter.h"
#include "domain/filter/dynamic_segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct attribute attributes[] = {
    {{1}, "LTV", "", TYPE_NUMBER},
    {{2}, "a~b.is", "", TYPE_TEXT},
    {{3}, "vip", "", TYPE_BOOLEAN},
    {{4}, "since", "", TYPE_DATE},
    {{5}, "seen", "", TYPE_DATETIME},
    {{6}, "opens", "", TYPE_TIME},
    {{7}, "langs", "", TYPE_ARRAY},
    {{8}, "box", "", TYPE_OBJECT},
};
static const struct attribute_list book = {attributes, 8};
static const struct filter_context context = {"IN", &book, 1000000000000};

static bool parse(struct arena *a, const char *text, struct contact_filter *out)
{
	struct filter_param *params;
	struct err e;
	size_t count;

	if (contact_filter_split(a, text, &params, &count, &e) != STATUS_OK)
		return false;
	contact_filter_parse(a, params, count, &context, out);
	return true;
}

static size_t leaves(const struct contact_condition *c, size_t n)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (c[i].part_count)
			sum += leaves(c[i].parts, c[i].part_count);
		else
			sum++;
	}
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct contact_filter f, again;
	struct arena a;

	arena_init(&a);
	const char *text = arena_strndup(&a, (const char *)data, size);

	if (parse(&a, text, &f)) {
		const char *short_text = contact_filter_text(&a, &f);

		/* What was understood is understood again, as the same. */
		assert(parse(&a, short_text, &again));
		assert(f.message_count || !again.message_count);
		assert(
		    f.message_count ||
		    strcmp(contact_filter_text(&a, &again), short_text) == 0);
		assert(leaves(f.query.conditions, f.query.condition_count) <=
		       FILTER_CONDITIONS_MAX);
		if (!f.message_count)
			assert(again.query.condition_count ==
			       f.query.condition_count);
		for (int kind = 0; kind <= FILTER_NAME_FIRST_MESSAGE; kind++)
			assert(parse(&a,
			    filter_text_renamed(&a, short_text,
				(enum filter_name)kind, "x", "y~\\&=%"),
			    &again));
	}
	arena_release(&a);
	return 0;
}
