/* fuzz_address.c: street and house number apart */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/import/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_digit(const char *z)
{
	const char *end = z + strlen(z);

	while (z < end)
		if (utf8_is_digit(utf8_next(&z, end)))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *street = NULL;
	const char *number = NULL;
	const char *p = (const char *)data;
	struct arena a;

	if (!utf8_valid(p, size, NULL))
		return 0;
	arena_init(&a);
	const char *line = arena_strndup(&a, p, size);

	if (address_split(&a, line, &street, &number)) {
		assert(*street && *number && has_digit(number));
		/* A semicolon round the number becomes ", ". */
		assert(strlen(street) + strlen(number) <= strlen(line) + 2);
		assert(utf8_valid(street, strlen(street), NULL));
		assert(utf8_valid(number, strlen(number), NULL));
		assert(strstr(line, number));
	} else {
		assert(!street && !number);
	}
	arena_release(&a);
	return 0;
}
