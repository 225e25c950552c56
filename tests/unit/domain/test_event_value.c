/* test_event_value.c: tests of domain/whatsapp/event_value.c */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "domain/whatsapp/event_value.h"

#define NOW INT64_C(1767225600000)
#define MARK "\xef\xbf\xbd"

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

static void test_clean(void **state)
{
	static const struct {
		const char *text;
		const char *clean;
	} cases[] = {
	    {"", ""},
	    {"plain è", "plain è"},
	    {"x\xffy\xc3", "x" MARK "y" MARK},
	    {"\\u0000", MARK},
	    {"\\\\u0000", "\\\\u0000"},
	    {"\\\\\\u0000", "\\\\" MARK},
	    {"\\u00e8\\n\\\"\\u0041", "\\u00e8\\n\\\"\\u0041"},
	    {"\\ud83c\\udf38", "\\ud83c\\udf38"},
	    {"\\uD83C\\uDF38", "\\uD83C\\uDF38"},
	    {"\\ud83c", MARK},
	    {"\\udf38x", MARK "x"},
	    {"\\ud83c\\ud83c\\udf38", MARK "\\ud83c\\udf38"},
	    {"\\ud83c\\u0041", MARK "\\u0041"},
	    {"\\ud83c\\\\udf38", MARK "\\\\udf38"},
	    {"\\ud8", "\\ud8"},
	    {"\\uzzzz", "\\uzzzz"},
	    {"\\", "\\"},
	    {"\\\xff", "\\" MARK},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t n;
		const char *p =
		    event_clean(&a, cases[i].text, strlen(cases[i].text), &n);

		assert_string_equal(arena_strndup(&a, p, n), cases[i].clean);
	}
}

static void test_moment(void **state)
{
	static const struct {
		const char *json;
		int64_t moment;
	} cases[] = {
	    {"1767225000", INT64_C(1767225000000)},
	    {"\"1767225000\"", INT64_C(1767225000000)},
	    {"1767225000123", INT64_C(1767225000123)},
	    {"\"1767225000123\"", INT64_C(1767225000123)},
	    {"1767225000.5", INT64_C(1767225000500)},
	    {"\"1767225000.5\"", INT64_C(1767225000500)},
	    {"1767225600", NOW},
	    {"1767225660", NOW + 60000}, /* clocks differ */
	    {"1767226260", NOW},
	    {"4000000000", NOW},
	    {"\"99999999999999999999999\"", NOW},
	    {"0", NOW},
	    {"86400", NOW}, /* before there was WhatsApp */
	    {"-1767225000", NOW},
	    {"\"-1\"", NOW},
	    {"\"soon\"", NOW},
	    {"\"17 o'clock\"", NOW},
	    {"\"\"", NOW},
	    {"null", NOW},
	    {"[]", NOW},
	    {"true", NOW},
	};
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *json =
		    arena_printf(&a, "{\"timestamp\":%s}", cases[i].json);
		struct json_t *v;

		assert_int_equal(
		    json_parse(&a, json, strlen(json), &v, &e), STATUS_OK);
		if (event_moment(v, NOW) != cases[i].moment)
			fail_msg("%s", cases[i].json);
	}
	assert_int_equal(event_moment(NULL, NOW), NOW);
}

static void test_phone(void **state)
{
	static const char *const cases[][2] = {
	    {"393471234567", "+393471234567"},
	    {"+393471234567", "+393471234567"},
	    {"5215512345678", "+525512345678"},
	    {"++393471234567", ""},
	    {"+", ""},
	    {"", ""},
	    {"0393471234567", ""},
	    {"39347 1234567", ""},
	    {"1234", ""},
	    {"1234567890123456", ""},
	    {"99912345", "+99912345"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(event_phone(&a, cases[i][0]), cases[i][1]);
}

/* Of each pair the one is the other's alias. */
static void test_alias(void **state)
{
	static const char *const pairs[][2] = {
	    {"+5511987654321", "+551187654321"},
	    {"+5531971234567", "+553171234567"},
	    {"+5491123456789", "+541123456789"},
	};
	static const char *const none[] = {"", "+393471234567",
	    "+551132345678", /* a fixed line */
	    "+5511932345678", "+55119876543210", "+54112345678"};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		for (int k = 0; k < 2; k++)
			assert_string_equal(event_phone_alias(&a, pairs[i][k]),
			    pairs[i][1 - k]);
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		assert_string_equal(event_phone_alias(&a, none[i]), "");
}

static void test_texts(void **state)
{
	struct err e = {0};
	static const char json[] = "{\"n\":393471,\"t\":\"x\",\"f\":1.5}";
	struct json_t *v;

	(void)state;
	assert_int_equal(json_parse(&a, json, strlen(json), &v, &e), STATUS_OK);
	assert_string_equal(event_id(&a, v, "n"), "393471");
	assert_string_equal(event_id(&a, v, "t"), "x");
	assert_string_equal(event_id(&a, v, "f"), "");
	assert_string_equal(event_id(&a, v, "none"), "");
	assert_string_equal(event_text(v, "t"), "x");
	assert_string_equal(event_text(v, "n"), "");
	assert_string_equal(event_text(NULL, "n"), "");
	assert_string_equal(event_cut(&a, "èab", 2), "èa");
	assert_string_equal(
	    event_field(&a, " a\nb\xe2\x80\x8b ", FIELD_NAME), "a b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_clean),
	    cmocka_unit_test(test_moment),
	    cmocka_unit_test(test_phone),
	    cmocka_unit_test(test_alias),
	    cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
