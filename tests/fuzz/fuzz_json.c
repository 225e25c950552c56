/* fuzz_json.c: JSON texts; what is written is read again */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct json_t *v, *w;
	struct err e = {0};
	struct arena a;

	arena_init(&a);
	if (json_parse(&a, (const char *)data, size, &v, &e) == STATUS_OK) {
		const char *text = json_dump(&a, v, true);

		assert(json_parse(&a, text, strlen(text), &w, &e) == STATUS_OK);
		assert(strcmp(text, json_dump(&a, w, true)) == 0);
	}
	arena_release(&a);
	return 0;
}
