/* test_token.c: scopes and ends of API tokens */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "domain/token.h"

static void test_scopes(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_int_equal(token_scope_of("read"), SCOPE_READ);
	assert_int_equal(token_scope_of("Erase"), SCOPE_ERASE);
	assert_int_equal(token_scope_of(""), 0);
	assert_int_equal(token_scope_of("all"), 0);
	assert_string_equal(
	    token_scopes_text(&a, SCOPES_ALL), "read, write, import, erase");
	assert_string_equal(
	    token_scopes_text(&a, SCOPE_WRITE | SCOPE_ERASE), "write, erase");
	assert_string_equal(token_scopes_text(&a, 0), "none");
	arena_release(&a);
}

static void test_expiry(void **state)
{
	int64_t noon, ms;

	(void)state;
	assert_true(clock_parse("2026-10-31T12:00:00Z", false, &noon));
	assert_true(token_read_expiry("", noon, &ms));
	assert_int_equal(ms, 0);
	/* A day with all of it. */
	assert_true(token_read_expiry("2026-10-31", noon, &ms));
	assert_int_equal(ms, noon + 12 * 3600 * 1000);
	assert_false(token_read_expiry("2026-10-30", noon, &ms));
	assert_false(token_read_expiry("2026-10-31T12:00:00Z", noon, &ms));
	assert_true(token_read_expiry("2026-10-31T12:00:00.001Z", noon, &ms));
	assert_false(token_read_expiry("2026-02-30", noon, &ms));
	assert_false(token_read_expiry("soon", noon, &ms));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scopes),
	    cmocka_unit_test(test_expiry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
