/* test_ahead.c: tests of domain/import/ahead.c */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/str.h"
#include "domain/import/ahead.h"

/* A batch of rows with the numbers first, first + 1, ... */
static void fill(struct batch *b, unsigned first, size_t n)
{
	b->count = n;
	for (size_t i = 0; i < n; i++) {
		b->rows[i] = (struct checked_row){.row = i + 2};
		b->rows[i].value[FIELD_PHONE] =
		    arena_printf(&b->arena, "+39%u", first + (unsigned)i);
	}
}

static void test_the_last_batches_are_known(void **state)
{
	struct batch *b = xcalloc(1, sizeof(*b));
	struct ahead_recent recent;

	(void)state;
	arena_init(&b->arena);
	ahead_recent_init(&recent);
	assert_false(ahead_recent_has(&recent, "+391000"));
	for (unsigned i = 1; i <= AHEAD_BATCHES; i++) {
		fill(b, i * 1000, 200);
		ahead_recent_add(&recent, b);
	}
	assert_true(ahead_recent_has(&recent, "+391000"));
	assert_true(ahead_recent_has(&recent, "+391199"));
	assert_false(ahead_recent_has(&recent, "+391200"));
	fill(b, 9000, 1);
	ahead_recent_add(&recent, b);
	assert_true(ahead_recent_has(&recent, "+399000"));
	assert_true(ahead_recent_has(&recent, "+392000"));
	assert_false(ahead_recent_has(&recent, "+391000"));
	ahead_recent_release(&recent);
	arena_release(&b->arena);
	free(b);
}

static void test_rows_in_error_do_not_count(void **state)
{
	struct batch *b = xcalloc(1, sizeof(*b));
	struct ahead_recent recent;

	(void)state;
	arena_init(&b->arena);
	ahead_recent_init(&recent);
	fill(b, 5, 3);
	b->rows[0].rejected = true;
	b->rows[1].value[FIELD_PHONE] = "";
	b->rows[2].phone_free = true;
	ahead_recent_add(&recent, b);
	assert_false(ahead_recent_has(&recent, "+395"));
	assert_true(ahead_recent_has(&recent, "+397"));
	ahead_forget(b);
	assert_false(b->rows[2].phone_free);
	ahead_recent_release(&recent);
	arena_release(&b->arena);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_last_batches_are_known),
	    cmocka_unit_test(test_rows_in_error_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
