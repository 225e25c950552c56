/* fuzz_guard.c: cells that spreadsheets must not run */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "domain/export/csv_guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;

	arena_init(&a);
	const char *cell = arena_strndup(&a, (const char *)data, size);
	const char *written =
	    csv_guard(cell) ? arena_printf(&a, "'%s", cell) : cell;

	assert(!*written || !strchr("=+-@\t\r\n", *written));
	assert(strcmp(csv_unguard(written), cell) == 0);
	const char *bare = csv_unguard(cell);

	assert(bare == cell || (bare == cell + 1 && *cell == '\''));
	arena_release(&a);
	return 0;
}
