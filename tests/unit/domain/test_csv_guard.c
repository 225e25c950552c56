/* test_csv_guard.c: no cell runs, and every cell comes back */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/export/csv_guard.h"

static void guard(const char *cell, char *out, size_t size)
{
	snprintf(out, size, "%s%s", csv_guard(cell) ? "'" : "", cell);
}

static void expect(const char *cell, const char *written)
{
	char out[64];

	guard(cell, out, sizeof(out));
	assert_string_equal(out, written);
	assert_string_equal(csv_unguard(out), cell);
}

static void test_cases(void **state)
{
	(void)state;
	expect("", "");
	expect("Asha", "Asha");
	expect("+919876543210", "'+919876543210");
	expect("=1+1", "'=1+1");
	expect("-3.5", "'-3.5");
	expect("@SUM(A1)", "'@SUM(A1)");
	expect("\t=1", "'\t=1");
	expect("\r=1", "'\r=1");
	expect("\n=1", "'\n=1");
	expect("'", "'");
	expect("'quoted'", "'quoted'");
	expect("'=1", "''=1");
	expect("''", "'''");
	expect("''=1", "'''=1");
	expect("a=1", "a=1");
	expect("\xef\xbc\x9d"
	       "1",
	    "\xef\xbc\x9d"
	    "1");
}

/* All texts of up to five of the bytes that matter. */
static void test_all(void **state)
{
	static const char bytes[] = "'=+-@\t\r\na";
	const size_t n = sizeof(bytes) - 1;

	(void)state;
	for (size_t length = 0, all = 1; length <= 5; length++, all *= n)
		for (size_t i = 0; i < all; i++) {
			char cell[8] = "", out[16];
			size_t rest = i;

			for (size_t k = 0; k < length; k++, rest /= n)
				cell[k] = bytes[rest % n];
			guard(cell, out, sizeof(out));
			assert_string_equal(csv_unguard(out), cell);
			assert_null(out[0] && out[0] != 'a' && out[0] != '\''
					? out
					: NULL);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
