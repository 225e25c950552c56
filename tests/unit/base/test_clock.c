/* test_clock.c: moments, written and read */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

struct moment_case {
	const char *text;
	const char *utc; /* NULL: refused */
};

static const struct moment_case moments[] = {
    {"2022-10-31T19:30:00.000+05:30", "2022-10-31T14:00:00.000Z"},
    {"2022-10-31T14:00:00Z", "2022-10-31T14:00:00.000Z"},
    {"2022-10-31", "2022-10-31T00:00:00.000Z"},
    {"2022-10-31T19:30Z", "2022-10-31T19:30:00.000Z"},
    {"2022-10-31T19:30:00+0530", "2022-10-31T14:00:00.000Z"},
    {"2022-10-31t14:00:00z", "2022-10-31T14:00:00.000Z"},
    {"2022-10-31T14:00:00.1234567Z", "2022-10-31T14:00:00.123Z"},
    {"2022-10-31T14:00:00,5Z", "2022-10-31T14:00:00.500Z"},
    {"2022-12-31T23:00:00-02:00", "2023-01-01T01:00:00.000Z"},
    {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"},
    {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
    {"0001-01-01", "0001-01-01T00:00:00.000Z"},
    {"0400-02-29", "0400-02-29T00:00:00.000Z"},
    {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
    {"", NULL},
    {"2022", NULL},
    {"2022-10", NULL},
    {"2022-10-32", NULL},
    {"2023-02-29", NULL},
    {"1900-02-29", NULL},
    {"0000-01-01", NULL},
    {"22-10-31", NULL},
    {"+2022-10-31", NULL},
    {"2022-10-31 14:00:00Z", NULL},
    {"2022-10-31T", NULL},
    {"2022-10-31Z", NULL},
    {"2022-10-31T14:00:00", NULL},
    {"2022-10-31T24:00:00Z", NULL},
    {"2022-10-31T14:60:00Z", NULL},
    {"2022-10-31T14:00:60Z", NULL},
    {"2022-10-31T14:00:00.Z", NULL},
    {"2022-10-31T14:00:00+24:00", NULL},
    {"2022-10-31T14:00:00+05:60", NULL},
    {"2022-10-31T14:00:00+05", NULL},
    {"2022-10-31T14:00:00+05:30Z", NULL},
    {"2022-10-31T14:00:00Z ", NULL},
    {"2022-10-31T14:00:00Z+01:00", NULL},
    {"2022-10-3\xd9\xa1", NULL},
    {"0001-01-01T00:00:00+00:01", NULL},
    {"9999-12-31T23:59:59-00:01", NULL},
    {"2022-10-31T14", NULL},
    {"2022-W44-1", NULL},
    {"\xff\xff\xff\xff", NULL},
};

static void test_parse(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(moments) / sizeof(*moments); i++) {
		const struct moment_case *c = &moments[i];
		char text[32] = "";
		int64_t ms = 12345;

		if (clock_parse(c->text, false, &ms))
			clock_format(ms, text);
		else if (ms != 12345)
			wrong++;
		if (strcmp(text, c->utc ? c->utc : "") == 0)
			continue;
		print_error("\"%s\": %s\n", c->text, text);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void test_zone_optional(void **state)
{
	int64_t with;
	int64_t without;

	(void)state;
	assert_true(clock_parse("2022-10-31T14:00:00", true, &without));
	assert_true(clock_parse("2022-10-31T14:00:00Z", true, &with));
	assert_true(with == without);
	assert_false(clock_parse("2022-10-31T14:00:00x", true, &with));
}

static void test_days(void **state)
{
	int64_t day = clock_days(1, 1, 1);

	(void)state;
	assert_int_equal(clock_days(1970, 1, 1), 0);
	assert_int_equal(clock_days(1969, 12, 31), -1);
	assert_int_equal(clock_days(2000, 3, 1), 11017);
	/* Each day that exists is the one after the day before. */
	for (int year = 1; year <= 2404; year++)
		for (int month = 1; month <= 12; month++)
			for (int d = 1; d <= 31; d++)
				if (clock_date_exists(year, month, d))
					assert_true(clock_days(year, month,
							d) == day++);
	assert_false(clock_date_exists(10000, 1, 1));
	assert_false(clock_date_exists(2022, 4, 31));
	assert_false(clock_date_exists(2022, 1, 0));
	assert_false(clock_date_exists(2022, 0, 1));
}

static void test_clocks(void **state)
{
	int64_t start = clock_monotonic();

	(void)state;
	clock_sleep(2);
	assert_true(clock_monotonic() > start);
	assert_true(clock_now() > 1600000000000LL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_zone_optional),
	    cmocka_unit_test(test_days),
	    cmocka_unit_test(test_clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
