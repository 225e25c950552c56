/* test_arena.c: memory that is given back all at once */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void test_alloc(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_int_equal(a.used, 0);
	for (size_t n = 0; n < 5000; n += 7) {
		unsigned char *p = arena_alloc(&a, n);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xa5, n);
	}
	assert_true(a.used > 5000);
	char *large = arena_alloc(&a, 10u << 20);

	large[(10u << 20) - 1] = 'x';
	arena_reset(&a);
	assert_int_equal(a.used, 0);
	assert_non_null(arena_alloc(&a, 1));
	arena_release(&a);
	assert_non_null(arena_alloc(&a, 1));
	arena_release(&a);
}

static void test_copies(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(arena_strdup(&a, ""), "");
	assert_string_equal(arena_strdup(&a, "Rubrica"), "Rubrica");
	assert_string_equal(arena_strndup(&a, "Rubrica", 3), "Rub");
	assert_string_equal(arena_strndup(&a, NULL, 0), "");
	assert_memory_equal(arena_memdup(&a, "a\0b", 3), "a\0b", 3);
	assert_string_equal(arena_printf(&a, "%d rows", 3), "3 rows");
	assert_string_equal(arena_printf(&a, "%s", ""), "");
	char *wide = arena_printf(&a, "%70000d", 5);

	assert_int_equal(strlen(wide), 70000);
	assert_int_equal(wide[69999], '5');
	arena_release(&a);
}

struct trace {
	char text[8];
	size_t n;
};

static struct trace trace;

static void note(void *arg)
{
	trace.text[trace.n++] = *(char *)arg;
}

static void test_hooks(void **state)
{
	char names[] = "abc";
	struct arena a;

	(void)state;
	trace = (struct trace){0};
	arena_init(&a);
	arena_on_reset(&a, note, &names[0]);
	arena_on_reset(&a, note, &names[1]);
	arena_reset(&a);
	assert_string_equal(trace.text, "ba");
	arena_reset(&a);
	assert_string_equal(trace.text, "ba");
	arena_on_reset(&a, note, &names[2]);
	arena_release(&a);
	assert_string_equal(trace.text, "bac");
}

static void test_grow(void **state)
{
	(void)state;
	struct arena a;
	size_t room = 0;
	int *items = NULL;

	arena_init(&a);
	for (int i = 0; i < 1000; i++) {
		int *before = items;
		size_t had = room;

		items = arena_grow(&a, items, (size_t)i, &room, sizeof(*items));
		assert_true((size_t)i < room);
		assert_int_equal(items == before, had == room);
		assert_int_equal(items[room - 1], 0);
		items[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_release(&a);
}

static void test_process_memory(void **state)
{
	(void)state;
	char *p = xmalloc(0);

	p = xrealloc(p, 10);
	memcpy(p, "123456789", 10);
	char *q = xstrdup(p);

	assert_string_equal(q, "123456789");
	free(p);
	free(q);
	int *zeros = xcalloc(4, sizeof(*zeros));

	assert_int_equal(zeros[3], 0);
	free(zeros);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_alloc),
	    cmocka_unit_test(test_copies),
	    cmocka_unit_test(test_hooks),
	    cmocka_unit_test(test_grow),
	    cmocka_unit_test(test_process_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
