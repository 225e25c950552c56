/* test_hook_retry.c: when a delivery that failed is sent again; signatures */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/hooks/retry.h"
#include "domain/hooks/signature.h"

#define SECOND 1000

static void test_pauses(void **state)
{
	static const int64_t seconds[] = {10, 30, 120, 600, 3600, 21600};

	(void)state;
	for (uint64_t k = 1; k < HOOK_ATTEMPTS; k++) {
		int64_t least = seconds[k - 1] * SECOND;

		assert_int_equal(hook_retry_pause(10 * SECOND, k, 0, 0), least);
		int64_t most = hook_retry_pause(10 * SECOND, k, 0, 255);

		assert_true(most > least && most <= least + least / 5);
	}
	assert_int_equal(
	    hook_retry_pause(10 * SECOND, HOOK_ATTEMPTS, 0, 0), -1);
	assert_int_equal(hook_retry_pause(10 * SECOND, 1000, 60, 0), -1);
	assert_int_equal(hook_retry_pause(10 * SECOND, 0, 0, 0), -1);
}

static void test_retry_after(void **state)
{
	(void)state;
	assert_int_equal(hook_retry_pause(10 * SECOND, 1, 60, 0), 60 * SECOND);
	assert_int_equal(hook_retry_pause(10 * SECOND, 1, 5, 0), 10 * SECOND);
	assert_int_equal(
	    hook_retry_pause(10 * SECOND, 1, INT64_MAX / 2, 0), 3600 * SECOND);
	assert_int_equal(
	    hook_retry_pause(10 * SECOND, 6, 60, 0), 21600 * SECOND);
}

static void test_fails_long(void **state)
{
	const int64_t day = INT64_C(86400) * SECOND;

	(void)state;
	assert_false(hook_fails_long(10 * SECOND, 0, 100 * day));
	assert_false(hook_fails_long(10 * SECOND, day, 4 * day));
	assert_true(hook_fails_long(10 * SECOND, day, 4 * day + 1));
}

/* The numbers of RFC 4231, test case 2, and of `openssl dgst`. */
static void test_signatures(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(
	    hook_signature_body(&a, "Jefe", "what do ya want for nothing?"),
	    "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964"
	    "ec3843");
	assert_string_equal(
	    hook_signature_timed(&a, "secret", 1700000000, "{}"),
	    "t=1700000000,v1="
	    "b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163");
	arena_release(&a);
}

static void test_headers(void **state)
{
	const struct hook_delivery d = {
	    .uid = "0e54", .event = "contact.changed", .body = "{}"};
	const char *const *h;
	struct arena a;

	(void)state;
	arena_init(&a);
	h = hook_request_headers(&a, &d, "sha256=aa", "t=7,v1=bb", 7999);
	assert_string_equal(h[0], "Content-Type: application/json");
	assert_string_equal(h[1], "X-Rubrica-Event: contact.changed");
	assert_string_equal(h[2], "X-Rubrica-Delivery: 0e54");
	assert_string_equal(h[3], "X-Rubrica-Timestamp: 7");
	assert_string_equal(h[4], "X-Rubrica-Signature-256: sha256=aa");
	assert_string_equal(h[5], "X-Rubrica-Signature: t=7,v1=bb");
	assert_null(h[6]);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_pauses),
	    cmocka_unit_test(test_retry_after),
	    cmocka_unit_test(test_fails_long),
	    cmocka_unit_test(test_signatures),
	    cmocka_unit_test(test_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
