/* test_problem.c: every problem has a code, a level and a title */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/import/problem.h"

static void test_table(void **state)
{
	(void)state;
	for (int i = 0; i < PROBLEM_CODES; i++) {
		const struct problem_info *p = &problem_infos[i];

		assert_non_null(p->code);
		assert_non_null(p->title);
		assert_int_equal(strspn(p->code, "abcdefghijklmnopqrstuvwxyz-"),
		    strlen(p->code));
		if (i < ROW_LIMIT)
			assert_int_equal(p->level, PROBLEM_REJECT);
		else if (i < TAG_UNKNOWN)
			assert_int_equal(p->level, PROBLEM_SKIP);
		else
			assert_int_equal(p->level, PROBLEM_WARNING);
		for (int k = 0; k < i; k++)
			assert_true(strcmp(p->code, problem_infos[k].code) ||
				    p->level != problem_infos[k].level);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_table)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
