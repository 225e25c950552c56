/* test_nginx_conf.c: the names in nginx.conf */
/* SPDX-License-Identifier: MIT */
#include "cli/nginx_conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct nginx_name names[] = {
    {"@PORT@", "8080"},
    {"@VAR@", "/a b@VAR@"},
    {"@EMPTY@", ""},
    {NULL, NULL},
};

static void test_filled(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
	    {"", ""},
	    {"listen @PORT@;", "listen 8080;"},
	    {"@PORT@@PORT@", "80808080"},
	    {"\"@VAR@/x\"", "\"/a b@VAR@/x\""},
	    {"[@EMPTY@]", "[]"},
	    {"a@example.com @ @@ location @up {", /* no names */
		"a@example.com @ @@ location @up {"},
	    {"@PORT", "@PORT"},
	    {"@P", "@P"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str out;

		str_init(&out, 1000);
		assert_null(nginx_conf_fill(&out, cases[i].text, names));
		assert_string_equal(str_text(&out), cases[i].expected);
		str_release(&out);
	}
}

static void test_unknown(void **state)
{
	struct str out;

	(void)state;
	str_init(&out, 1000);
	assert_string_equal(
	    nginx_conf_fill(&out, "x @NONE@ y", names), "@NONE@ y");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_filled),
	    cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
