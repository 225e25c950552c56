/* test_duplicate_number.c: one number that is spelled as two */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/duplicates/duplicate_number.h"
#include "domain/duplicates/duplicates.h"

static bool same(const char *one, const char *other)
{
	uint32_t a[NUMBER_TAILS], b[NUMBER_TAILS];
	size_t n = number_tails(one, a), m = number_tails(other, b);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (a[i] == b[k])
				return true;
	return false;
}

static void test_numbers(void **state)
{
	static const struct {
		const char *one;
		const char *other;
		bool same;
	} cases[] = {
	    {"+919876543210", "+919876543210", true},
	    /* without its country, with a trunk zero, under another code */
	    {"+919876543210", "9876543210", true},
	    {"+919876543210", "09876543210", true},
	    {"+919876543210", "+19876543210", true},
	    {"+447911123456", "+4407911123456", true},
	    /* marks of mobiles */
	    {"+5215512345678", "+52 55 1234 5678", true},
	    {"+5491112345678", "+541112345678", true},
	    /* eight digits are all of a Norwegian number */
	    {"+4791234567", "91234567", true},
	    {"+4791234567", "+4591234567", true},
	    {"(+91) 98765-43210", "+919876543210", true},
	    {"+919876543210", "+919876543211", false},
	    {"+919876543210", "+918876543210", true},
	    {"+919876543210", "+919976543210", false},
	    {"+919876543210", "76543210", false},
	    /* too short, letters, too long */
	    {"1234567", "1234567", false},
	    {"U98765432", "98765432", false},
	    {"", "", false},
	    {"123456789012345678901", "123456789012345678901", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (same(cases[i].one, cases[i].other) != cases[i].same)
			fail_msg("%s, %s", cases[i].one, cases[i].other);
		assert_int_equal(
		    same(cases[i].other, cases[i].one), cases[i].same);
	}
}

static void test_names(void **state)
{
	static const struct {
		const char *one;
		const char *other;
		bool alike;
	} cases[] = {
	    {"Jos\xc3\xa9 Garc\xc3\xad"
	     "a",
		"JOSE garcia P\xc3\xa9rez", true},
	    {"Garcia, Jose", "Jose", true},
	    {"Anna-Maria", "Maria", true},
	    {"", "Maria", true},
	    {"", "", true},
	    {"Ann", "Anna", false},
	    {"A B", "A C", false},
	    {"Maria", "Ole", false},
	    {"\xe4\xbc\x9f \xe7\x8e\x8b", "\xe7\x8e\x8b", false},
	    {"\xe6\x95\x8f\xe4\xbf\x8a", "\xe6\x95\x8f\xe4\xbf\x8a", true},
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (names_alike(&a, cases[i].one, cases[i].other) !=
		    cases[i].alike)
			fail_msg("%s, %s", cases[i].one, cases[i].other);
	assert_true(number_attribute(&a, "Alt Phone"));
	assert_true(number_attribute(&a, "WHATSAPP 2"));
	assert_true(number_attribute(&a, "Tel\xc3\xa9"
					 "fono"));
	assert_false(number_attribute(&a, "Loyalty"));
	arena_release(&a);
}

static void test_parameters(void **state)
{
	static const char *const damaged[] = {"", "-", "1", "1-", "-2", "2-1",
	    "1-1", "1-2-3", "a-b", "1 -2", "1-99999999999999999999"};
	struct duplicate_pair pair;
	unsigned reason;

	(void)state;
	assert_true(duplicate_cursor_read("12-34", &pair));
	assert_int_equal(pair.first.n, 12);
	assert_int_equal(pair.second.n, 34);
	for (size_t i = 0; i < sizeof(damaged) / sizeof(*damaged); i++)
		assert_false(duplicate_cursor_read(damaged[i], &pair));
	assert_true(duplicate_reason_read("", &reason));
	assert_int_equal(reason, 0);
	assert_true(duplicate_reason_read("number", &reason));
	assert_int_equal(reason, REASON_NUMBER);
	assert_false(duplicate_reason_read("phone", &reason));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
