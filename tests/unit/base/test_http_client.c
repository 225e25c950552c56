/* test_http_client.c: which addresses requests may be sent to */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/http_client.h"

#define MOST 59

static void test_good(void **state)
{
	static const char *const urls[] = {
	    "http://example.org",
	    "https://example.org/a/b?c=d&e=%20#f",
	    "HTTPS://EXAMPLE.org:8443/",
	    "http://127.0.0.1:8080/x",
	    "http://[::1]/",
	    "http://localhost",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++)
		if (http_url_problem(urls[i], MOST))
			fail_msg(
			    "%s: %s", urls[i], http_url_problem(urls[i], MOST));
}

static void test_bad(void **state)
{
	static const char *const urls[] = {
	    "",
	    "http",
	    "http://",
	    "http:///path",
	    "http://:80/",
	    "//example.org",
	    "example.org",
	    "file:///etc/passwd",
	    "gopher://example.org/",
	    "scp://example.org/x",
	    "javascript:alert(1)",
	    "http:example.org",
	    " http://example.org",
	    "http://example.org/ x",
	    "http://example.org/\r\nX: y",
	    "http://user@example.org/",
	    "http://user:password@example.org/",
	    "http://:password@example.org/",
	    "http://example.org\\@other.example/",
	    "http://example.org:99999/",
	    "http://example.org:x/",
	    "http://[::1/",
	    "http://b\xc3\xbc"
	    "cher.example/",
	    "http://example.org/0123456789012345678901234567890123456789x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++)
		if (!http_url_problem(urls[i], MOST))
			fail_msg("%s is taken", urls[i]);
}

static void test_bad_request(void **state)
{
	static const char *const headers[] = {NULL};
	const struct http_post post = {.url = "file:///etc/passwd",
	    .headers = headers,
	    .body = "",
	    .body_length = 0};
	struct http_client *c = http_client_new(1000);
	struct http_answer answer;

	(void)state;
	assert_false(http_client_post(c, &post));
	assert_int_equal(http_client_count(c), 0);
	http_client_wait(c, 0);
	assert_false(http_client_next(c, &answer));
	http_client_free(c);
	http_client_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_bad_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
