/* test_form.c: fields of forms and query strings */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "web/form.h"

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static enum status parse(struct form *f, const char *text)
{
	struct err e;

	*f = (struct form){0};
	return form_parse(&arena, f, text, strlen(text), &e);
}

static void test_values(void **state)
{
	struct form f;

	(void)state;
	assert_int_equal(
	    parse(&f, "a=1&b=x+y&c=%C3%A9%26%3d&d&=e&&a=2"), STATUS_OK);
	assert_int_equal(f.count, 6);
	assert_string_equal(form_text(&f, "a"), "1");
	assert_string_equal(form_nth(&f, "a", 1), "2");
	assert_null(form_nth(&f, "a", 2));
	assert_string_equal(form_text(&f, "b"), "x y");
	assert_string_equal(form_text(&f, "c"), "\xc3\xa9&=");
	assert_string_equal(form_find(&f, "d"), "");
	assert_string_equal(form_text(&f, ""), "e");
	assert_null(form_find(&f, "z"));
	assert_string_equal(form_text(&f, "z"), "");
	assert_int_equal(parse(&f, ""), STATUS_OK);
	assert_int_equal(f.count, 0);
	assert_null(form_find(&f, "a"));
}

static void test_refused(void **state)
{
	static const char *const bad[] = {"a=%", "a=%4", "a=%4g", "a=%g4",
	    "%=1", "a=%00", "a%00b=1", "a=%ff", "a=\xff", "a=%C3", "\xe2\x82=1",
	    "a=%ED%A0%80", "a=1&b=%C0%AF", "a=% 1", "a=%+1"};
	struct form f;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(parse(&f, bad[i]), STATUS_INVALID);
	assert_int_equal(parse(&f, "a=%41%2b"), STATUS_OK);
	assert_string_equal(form_text(&f, "a"), "A+");
}

static void test_nul_byte(void **state)
{
	struct form f = {0};
	struct err e;

	(void)state;
	assert_int_equal(
	    form_parse(&arena, &f, "a=1\0b", 5, &e), STATUS_INVALID);
}

static void test_trimmed(void **state)
{
	struct form f;

	(void)state;
	assert_int_equal(
	    parse(&f, "a=+%09x+y%C2%A0%0A&b=++&c=1&d=0&e=&f=No&g=on"),
	    STATUS_OK);
	assert_string_equal(form_trimmed(&arena, &f, "a"), "x y");
	assert_string_equal(form_trimmed(&arena, &f, "b"), "");
	assert_string_equal(form_trimmed(&arena, &f, "z"), "");
	assert_true(form_checked(&f, "c"));
	assert_false(form_checked(&f, "d"));
	assert_false(form_checked(&f, "e"));
	assert_false(form_checked(&f, "f"));
	assert_true(form_checked(&f, "g"));
	assert_false(form_checked(&f, "z"));
}

/* As many fields as are let through, found by the index, and one more. */
static void test_many(void **state)
{
	struct form f;
	struct str s;
	char name[32];

	(void)state;
	str_init(&s, 1u << 20);
	for (unsigned i = 0; i < FORM_FIELDS_MAX; i++)
		str_printf(&s, "n%u=%u&", i, i);
	assert_int_equal(parse(&f, str_text(&s)), STATUS_OK);
	assert_int_equal(f.count, FORM_FIELDS_MAX);
	for (unsigned i = 0; i < FORM_FIELDS_MAX; i += 7) {
		snprintf(name, sizeof(name), "n%u", i);
		assert_string_equal(form_text(&f, name), name + 1);
	}
	assert_null(form_find(&f, "n12000"));
	str_addz(&s, "more=1");
	assert_int_equal(parse(&f, str_text(&s)), STATUS_TOO_LARGE);
	str_release(&s);
}

/* The same name over and over stays in order. */
static void test_same_name(void **state)
{
	struct form f;
	struct str s;

	(void)state;
	str_init(&s, 1u << 20);
	for (unsigned i = 0; i < 100; i++)
		str_printf(&s, "id=%u&", i);
	assert_int_equal(parse(&f, str_text(&s)), STATUS_OK);
	assert_string_equal(form_text(&f, "id"), "0");
	assert_string_equal(form_nth(&f, "id", 99), "99");
	assert_null(form_nth(&f, "id", 100));
	str_release(&s);
}

static void test_url_escape(void **state)
{
	struct form f;
	const char *all = "a Z-._~+&=%/?#\"'<>\xc3\xa9\n";
	const char *escaped = url_escape(&arena, all);

	(void)state;
	assert_string_equal(
	    url_escape(&arena, "a b&\xc3\xa9"), "a%20b%26%C3%A9");
	assert_int_equal(strcspn(escaped, "&=+/?#\"'<> "), strlen(escaped));
	assert_int_equal(
	    parse(&f, arena_printf(&arena, "v=%s", escaped)), STATUS_OK);
	assert_string_equal(form_text(&f, "v"), all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(test_values, tear_down),
	    cmocka_unit_test_teardown(test_refused, tear_down),
	    cmocka_unit_test_teardown(test_nul_byte, tear_down),
	    cmocka_unit_test_teardown(test_trimmed, tear_down),
	    cmocka_unit_test_teardown(test_many, tear_down),
	    cmocka_unit_test_teardown(test_same_name, tear_down),
	    cmocka_unit_test_teardown(test_url_escape, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
