/* test_attributes.c: custom attributes as canonical JSON */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/attributes.h"

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

static void test_parse(void **state)
{
	static const char text[] =
	    "{\"a\":\"x,}\\\"\",\"b\":[1,{\"c\":\"]\"}],\"e\\\"\\u00e9\":true,"
	    "\"\xf0\x9f\x99\x82\":-1.5e3}";
	struct attribute_member *m;
	size_t n;
	struct str s;

	(void)state;
	assert_true(attributes_parse(&a, text, &m, &n));
	assert_int_equal(n, 4);
	assert_string_equal(attributes_get(m, n, "a"), "\"x,}\\\"\"");
	assert_string_equal(attributes_get(m, n, "b"), "[1,{\"c\":\"]\"}]");
	assert_string_equal(attributes_get(m, n, "e\"\xc3\xa9"), "true");
	assert_string_equal(attributes_get(m, n, "\xf0\x9f\x99\x82"), "-1.5e3");
	assert_null(attributes_get(m, n, "c"));
	assert_null(attributes_get(m, n, ""));

	str_init(&s, 1000);
	attributes_write(&s, m, n);
	assert_string_equal(str_text(&s),
	    "{\"a\":\"x,}\\\"\",\"b\":[1,{\"c\":\"]\"}],\"e\\\"\xc3\xa9\":true,"
	    "\"\xf0\x9f\x99\x82\":-1.5e3}");
	str_release(&s);

	assert_true(attributes_parse(&a, "{}", &m, &n));
	assert_int_equal(n, 0);
}

static void test_refused(void **state)
{
	static const char *const bad[] = {"", "{", "{}x", "[]", "null",
	    "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{\"a\":1}}",
	    "{a:1}", "{\"a\":\"x}", "{\"a\":[1}", "{\"a\":1 }", "{ \"a\":1}",
	    "{\"b\":1,\"a\":1}", "{\"a\":1,\"a\":2}", "{\"a\":\"\\",
	    "{\"a\":[\"", "{\"a\\", "{\"a\":1\"b\":2}"};
	struct attribute_member *m;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(attributes_parse(&a, bad[i], &m, &n));
		assert_null(attributes_merge(&a, bad[i], NULL, 0));
	}
}

static void test_escapes(void **state)
{
	static const struct {
		const char *json;
		const char *plain;
	} cases[] = {
	    {"\"\"", ""},
	    {"\"a\\nb\\t\\\\\\/\\\"\"", "a\nb\t\\/\""},
	    {"\"\\u0041\\u20ac\"", "A\xe2\x82\xac"},
	    {"\"\\ud83d\\ude42\"", "\xf0\x9f\x99\x82"},
	    {"\"\\ud83d\"", "\xef\xbf\xbd"},
	    {"\"\\ud83dx\"", "\xef\xbf\xbdx"},
	    {"12.50", "12.50"},
	    {"[\"a\"]", "[\"a\"]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
		    attributes_plain(&a, cases[i].json), cases[i].plain);
}

static void expect_merge(const char *old, const struct attribute_member *m,
    size_t n, const char *text)
{
	assert_string_equal(attributes_merge(&a, old, m, n), text);
}

static void test_merge(void **state)
{
	const struct attribute_member changes[] = {
	    {"z", "1"}, {"b", "\"new\""}, {"a", NULL}, {"z", "2"}};
	const struct attribute_member gone[] = {{"a", NULL}, {"x", NULL}};

	(void)state;
	expect_merge("{}", changes, 4, "{\"b\":\"new\",\"z\":2}");
	expect_merge("{\"a\":1,\"b\":2,\"c\":3}", changes, 4,
	    "{\"b\":\"new\",\"c\":3,\"z\":2}");
	expect_merge("{\"a\":1}", gone, 2, "{}");
	expect_merge("{\"b\":{\"a\":1}}", gone, 2, "{\"b\":{\"a\":1}}");
	expect_merge("{\"b\":1}", NULL, 0, "{\"b\":1}");
}

/* Every beginning of a text is refused, and read without harm. */
static void test_cut(void **state)
{
	static const char text[] =
	    "{\"a\":\"\\u00e9\\n\",\"b\":{\"c\":[1,2,\"]\"]},\"d\\\\\":null}";
	struct attribute_member *m;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		char *cut = malloc(i + 1);

		assert_non_null(cut);
		memcpy(cut, text, i);
		cut[i] = '\0';
		assert_false(attributes_parse(&a, cut, &m, &n));
		free(cut);
	}
	assert_true(attributes_parse(&a, text, &m, &n));
}

static void test_noise(void **state)
{
	static const char bytes[] = "{}[]\",:\\u0a1";
	struct attribute_member *m;
	size_t n;
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[24] = "{\"";
		size_t length = seed % 20;

		for (size_t k = 2; k < 2 + length; k++) {
			seed = seed * 1664525 + 1013904223;
			text[k] = bytes[(seed >> 16) % (sizeof(bytes) - 1)];
		}
		seed = seed * 1664525 + 1013904223;
		attributes_parse(&a, text, &m, &n);
		attributes_plain(&a, text + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_escapes),
	    cmocka_unit_test(test_merge),
	    cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_noise),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
