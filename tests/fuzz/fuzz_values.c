/* fuzz_values.c: a cell as a date, a number, a name */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/phone.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_date(const char *text)
{
	char again[32];
	int64_t ms, back;

	if (!clock_parse(text, true, &ms))
		return;
	clock_format(ms, again);
	assert(clock_parse(again, false, &back) && back == ms);
}

static void as_phone(const char *text)
{
	static const char *const regions[] = {"", "IT", "US", "IN", "ZZ"};
	char e164[PHONE_SIZE], again[PHONE_SIZE], pretty[40];

	for (size_t i = 0; i < sizeof(regions) / sizeof(*regions); i++) {
		enum phone_verdict v = phone_parse(text, regions[i], e164);

		assert((v == PHONE_NOT_POSSIBLE) == (e164[0] == '\0'));
		if (v != PHONE_VALID)
			continue;
		assert(e164[0] == '+' && strlen(e164) <= 16);
		assert(phone_parse(e164, "", again) == PHONE_VALID);
		assert(strcmp(e164, again) == 0);
	}
	phone_pretty(text, pretty);
}

static void as_text(struct arena *a, const char *text, size_t n)
{
	const char *p = text;
	size_t left = n;

	utf8_trim(&p, &left);
	assert(p >= text && p + left <= text + n);
	if (!utf8_valid(text, n, NULL))
		return;
	assert(utf8_length(text) <= n);
	const char *folded = utf8_fold(a, text);

	assert(utf8_valid(folded, strlen(folded), NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;

	arena_init(&a);
	const char *text = arena_strndup(&a, (const char *)data, size);

	as_date(text);
	as_phone(text);
	as_text(&a, text, strlen(text));
	arena_release(&a);
	return 0;
}
