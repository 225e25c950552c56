/* test_http_client.c: which addresses requests may be sent to */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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

/* Refused before anything is sent, in each spelling. */
static void test_no_receiver(void **state)
{
	static const char *const urls[] = {
	    "http://169.254.169.254/latest",
	    "http://2852039166/",
	    "http://0xa9.0xfe.0xa9.0xfe/",
	    "http://[::ffff:169.254.169.254]/",
	    "http://[fe80::1]/",
	    "http://[ff02::1]/",
	    "http://224.0.0.1:9/",
	    "http://255.255.255.255:9/",
	};
	static const char *const headers[] = {NULL};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		const struct http_post post = {
		    .url = urls[i], .headers = headers, .body = ""};
		struct http_client *c = http_client_new(2000);
		struct http_answer answer = {.error = ""};

		assert_true(http_client_post(c, &post));
		for (int k = 0; k < 50 && !http_client_next(c, &answer); k++)
			http_client_wait(c, 100);
		if (answer.code || !strstr(answer.error, "169.254"))
			fail_msg("%s: %s", urls[i], answer.error);
		http_client_free(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_bad_request),
	    cmocka_unit_test(test_no_receiver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
