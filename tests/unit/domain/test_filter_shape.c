/* test_filter_shape.c: filters for the audit log */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "domain/filter/filter_shape.h"

static struct arena a;

static int setup(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

static void test_masked(void **state)
{
	static const char *const cases[][2] = {
	    {"", "everybody"},
	    {"phone=%2B39333", "phone=…"},
	    {"q=ann&tag=vip", "q=…, tag=vip"},
	    {"email=ann%40example.org&status=active", "email=…, status=active"},
	    {"attr.LTV=7", "attr.LTV=…"},
	    {"where=city~not~Pune&where=tag~any~vip~gold",
		"where=city~not~…, where=tag~any~vip~gold"},
	    {"where=name~empty", "where=name~empty"},
	    {"any1=phone~is~%2B39333&any1=state~is~closed&match=any",
		"any1=phone~is~…, any1=state~is~closed, match=any"},
	    {"where=nonsense", "where=…"},
	    {"x=%zz", "…"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(filter_shape(&a, cases[i][0]), cases[i][1]);
}

static void test_long(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 100000);
	for (int i = 0; i < 1000; i++)
		str_printf(&s, "%sq=x", i ? "&" : "");
	const char *shape = filter_shape(&a, str_text(&s));
	size_t n = strlen(shape);

	assert_true(n <= FILTER_SHAPE_MAX && n > FILTER_SHAPE_MAX - 4);
	assert_true(((unsigned char)shape[n - 1] & 0xc0) == 0x80 ||
		    (unsigned char)shape[n - 1] < 0x80);
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_masked),
	    cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests_name(
	    "filter_shape", tests, setup, teardown);
}
