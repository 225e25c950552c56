/* test_str.c: strings that grow up to a cap, and helpers */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static void test_growth(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 100000);
	assert_string_equal(str_text(&s), "");
	for (int i = 0; i < 1000; i++)
		str_printf(&s, "%03d,", i);
	assert_int_equal(s.len, 4000);
	assert_memory_equal(s.data, "000,001,002,", 12);
	assert_int_equal(s.data[s.len], '\0');
	str_reset(&s);
	assert_string_equal(str_text(&s), "");
	str_addz(&s, "abc");
	str_addc(&s, '!');
	str_add(&s, NULL, 0);
	str_add(&s, "\0x", 2);
	assert_int_equal(s.len, 6);
	assert_memory_equal(s.data, "abc!\0x", 7);
	str_release(&s);
	assert_string_equal(str_text(&s), "");
	str_addz(&s, "again");
	assert_string_equal(str_text(&s), "again");
	str_release(&s);
}

/* What does not fit is left out, with all that comes after it. */
static void test_cap(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 5);
	str_addz(&s, "12345");
	assert_false(s.full);
	str_addz(&s, "");
	assert_false(s.full);
	str_addc(&s, '6');
	assert_true(s.full);
	assert_string_equal(str_text(&s), "12345");
	str_reset(&s);
	assert_false(s.full);
	str_addz(&s, "123");
	str_printf(&s, "%s", "456");
	str_addc(&s, '7');
	assert_true(s.full);
	assert_string_equal(str_text(&s), "123");
	str_reset(&s);
	str_add(&s, "x", SIZE_MAX);
	assert_true(s.full);
	str_release(&s);
	str_init(&s, 0);
	str_addc(&s, 'x');
	assert_true(s.full);
	assert_string_equal(str_text(&s), "");
	str_release(&s);
}

static void test_helpers(void **state)
{
	(void)state;
	assert_true(str_empty(NULL));
	assert_true(str_empty(""));
	assert_false(str_empty(" "));
	assert_string_equal(str_or_empty(NULL), "");
	assert_string_equal(str_or_empty("a"), "a");
	assert_true(str_equal("a", "a"));
	assert_false(str_equal("a", "A"));
	assert_true(str_equal_nocase("Content-TYPE", "content-type"));
	assert_false(str_equal_nocase("abc", "abcd"));
	assert_false(str_equal_nocase("abcd", "abc"));
	assert_false(str_equal_nocase("É", "é"));
	assert_false(str_equal_nocase("@", "`"));
	assert_true(str_starts("import", "imp"));
	assert_true(str_starts("import", ""));
	assert_false(str_starts("im", "imp"));
	assert_true(str_ends("file.csv", ".csv"));
	assert_false(str_ends("csv", ".csv"));
}

static void test_numbers(void **state)
{
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "0x1",
	    "1e3", "9223372036854775808", "18446744073709551616",
	    "99999999999999999999999999", "1\xd9\xa1"};
	unsigned long long n = 77;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(str_to_u64(bad[i], &n));
		assert_int_equal(n, 77);
	}
	assert_true(str_to_u64("0", &n));
	assert_int_equal(n, 0);
	assert_true(str_to_u64("0042", &n));
	assert_int_equal(n, 42);
	assert_true(str_to_u64("9223372036854775807", &n));
	assert_true(n == INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_growth),
	    cmocka_unit_test(test_cap),
	    cmocka_unit_test(test_helpers),
	    cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
