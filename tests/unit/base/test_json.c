/* test_json.c: reading JSON texts, and writing them */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static struct json_t *parse(struct arena *a, const char *text)
{
	struct json_t *v = NULL;
	struct err e = {0};

	if (json_parse(a, text, strlen(text), &v, &e) != STATUS_OK) {
		assert_true(strlen(e.message) > 0);
		return NULL;
	}
	return v;
}

static void test_read(void **state)
{
	struct arena a;
	int64_t n = 0;
	double d = 0;
	bool b = false;

	(void)state;
	arena_init(&a);
	struct json_t *v = parse(&a,
	    " {\"s\":\"caf\\u00e9\",\"i\":-42,\"r\":2.5,\"t\":true,\"n\":null,"
	    "\"a\":[1,\"x\"],\"o\":{}} ");

	assert_int_equal(json_type_of(v), JSON_IS_OBJECT);
	assert_int_equal(json_count(v), 7);
	assert_string_equal(json_get_text(v, "s"), "caf\xc3\xa9");
	assert_true(json_int(json_get(v, "i"), &n));
	assert_true(n == -42);
	assert_false(json_int(json_get(v, "r"), &n));
	assert_true(json_number(json_get(v, "r"), &d) && d == 2.5);
	assert_true(json_number(json_get(v, "i"), &d) && d == -42);
	assert_true(json_bool(json_get(v, "t"), &b) && b);
	assert_false(json_bool(json_get(v, "i"), &b));
	assert_int_equal(json_type_of(json_get(v, "n")), JSON_IS_NULL);
	assert_null(json_get(v, "missing"));
	assert_null(json_get_text(v, "i"));
	assert_null(json_get(json_get(v, "a"), "s"));
	assert_int_equal(json_count(json_get(v, "a")), 2);
	assert_int_equal(json_count(json_get(v, "s")), 0);
	assert_string_equal(json_text(json_at(json_get(v, "a"), 1)), "x");
	assert_null(json_at(json_get(v, "a"), 2));
	assert_null(json_at(v, 0));
	/* What is not there is of no type, and gives nothing. */
	assert_int_equal(json_type_of(NULL), JSON_IS_NULL);
	assert_string_equal(json_dump(&a, NULL, true), "null");
	assert_null(json_text(NULL));
	assert_false(json_int(NULL, &n));
	assert_false(json_bool(NULL, &b));
	assert_int_equal(json_count(NULL), 0);
	assert_int_equal(json_type_of(parse(&a, "\"alone\"")), JSON_IS_STRING);
	arena_release(&a);
}

static void test_refused(void **state)
{
	static const char *const bad[] = {"", " ", "{", "}", "[1,]", "{\"a\"}",
	    "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "'a'", "01", "+1", ".5",
	    "1.", "0x1", "NaN", "nul", "true false", "[1] x", "\"\\u0000\"",
	    "\"\x01\"", "\"\xff\"", "\"\xed\xa0\x80\"", "\"\\ud800\"",
	    "\"\\x\"", "\"open", "1e999", "99999999999999999999", "// no\n1",
	    "\xef\xbb\xbf{}"};
	struct arena a;
	struct json_t *v = NULL;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (parse(&a, bad[i]))
			fail_msg("taken: %s", bad[i]);
	}
	assert_int_equal(
	    json_parse(&a, "\"a\0b\"", 5, &v, NULL), STATUS_INVALID);
	arena_release(&a);
}

static void test_depth(void **state)
{
	char text[400000];
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t depth = 63; depth <= 65; depth++) {
		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		text[2 * depth] = '\0';
		assert_int_equal(parse(&a, text) != NULL, depth <= 64);
	}
	memset(text, '[', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_null(parse(&a, text));
	/* Brackets in a string are not deep. */
	text[0] = text[sizeof(text) - 2] = '"';
	assert_non_null(parse(&a, text));
	arena_release(&a);
}

static bool add_key(void *arg, const char *key, struct json_t *value)
{
	struct str *s = arg;

	str_addz(s, key);
	str_addc(s, json_type_of(value) == JSON_IS_NUMBER ? '#' : '?');
	return s->len < 6;
}

static void test_members(void **state)
{
	struct arena a;
	struct str s;

	(void)state;
	arena_init(&a);
	str_init(&s, 100);
	json_members(
	    parse(&a, "{\"z\":1,\"b\":null,\"a\":2,\"c\":3}"), add_key, &s);
	assert_string_equal(str_text(&s), "z#b?a#");
	str_reset(&s);
	json_members(parse(&a, "[1]"), add_key, &s);
	assert_string_equal(str_text(&s), "");
	str_release(&s);
	arena_release(&a);
}

struct dump_case {
	const char *text;
	const char *dumped;
};

static void test_dump(void **state)
{
	static const struct dump_case dumps[] = {
	    {"{ \"b\" : 1, \"a\" : [ ] }", "{\"b\":1,\"a\":[]}"},
	    {"[true,false,null,\"\"]", "[true,false,null,\"\"]"},
	    {"[72.87,0.1,1e3,-1.50,1e-7,1e300]",
		"[72.87,0.1,1000.0,-1.5,1e-07,1e+300]"},
	    {"9223372036854775807", "9223372036854775807"},
	    {"\"\\u00e9\\/\\n\\u001f\\\"\\\\\"",
		"\"\xc3\xa9/\\n\\u001f\\\"\\\\\""},
	    {"\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\""},
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(dumps) / sizeof(*dumps); i++) {
		char *text = json_dump(&a, parse(&a, dumps[i].text), false);

		assert_string_equal(text, dumps[i].dumped);
		assert_string_equal(
		    json_dump(&a, parse(&a, text), false), text);
	}
	assert_string_equal(
	    json_dump(&a,
		parse(&a, "{\"b\":{\"z\":1,\"a\":2},\"a\":3,\"B\":4}"), true),
	    "{\"B\":4,\"a\":3,\"b\":{\"z\":1,\"a\":2}}");
	arena_release(&a);
}

static void test_write(void **state)
{
	struct json_writer w;
	struct str out;

	(void)state;
	str_init(&out, 1000);
	json_writer_init(&w, &out);
	json_open(&w, '{');
	json_pair_int(&w, "id", INT64_MIN);
	json_pair_text(&w, "name", "A \"b\"\t\x7f");
	json_pair_text(&w, "none", NULL);
	json_pair_bool(&w, "on", true);
	json_key(&w, "list");
	json_open(&w, '[');
	json_put_int(&w, 1);
	json_open(&w, '[');
	json_close(&w, ']');
	json_put_text(&w, "x");
	json_put_bool(&w, false);
	json_put_null(&w);
	json_put_raw(&w, "{\"r\":1}");
	json_close(&w, ']');
	json_pair_int(&w, "z", 0);
	json_close(&w, '}');
	assert_string_equal(str_text(&out),
	    "{\"id\":-9223372036854775808,\"name\":\"A \\\"b\\\"\\t\x7f\","
	    "\"none\":null,\"on\":true,\"list\":[1,[],\"x\",false,null,"
	    "{\"r\":1}],\"z\":0}");
	str_release(&out);
}

/* Every byte there is, in any order, comes out as a string that reads back. */
static void test_quote(void **state)
{
	struct arena a;
	struct str out;
	unsigned seed = 11;

	(void)state;
	arena_init(&a);
	str_init(&out, 10000);
	json_quote(&out, "a\xff\xe2\x82z");
	assert_string_equal(
	    str_text(&out), "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"");
	for (int round = 0; round < 2000; round++) {
		char text[64];
		size_t n = seed % 60;

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (char)((seed >> 16) % 255 + 1);
		}
		text[n] = '\0';
		str_reset(&out);
		json_quote(&out, text);
		struct json_t *v = parse(&a, str_text(&out));

		assert_non_null(v);
		assert_string_equal(json_dump(&a, v, false), str_text(&out));
		arena_reset(&a);
	}
	str_release(&out);
	arena_release(&a);
}

/* Whatever an object is cut to, what is made of it reads back, and has only
 * members that it had. */
static void test_whole(void **state)
{
	static const char *const cases[][2] = {
	    {"{}", "{}"},
	    {"", "{}"},
	    {"{", "{}"},
	    {"{\"", "{}"},
	    {"{\"a\":", "{}"},
	    {"{\"a\":\"x\",\"b\":", "{\"a\":\"x\"}"},
	    {"{\"a\":[1,2],\"b\":\"", "{\"a\":[1,2]}"},
	    {"{\"a\":{\"c\":1,", "{}"},
	};
	static const char text[] = "{\"a,}\":\"x\\\",\",\"b\":[1,{\"c\":2}],"
				   "\"d\":\"\\\\\",\"e\":null}";
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(json_whole(&a, cases[i][0]), cases[i][1]);
	assert_string_equal(json_whole(&a, text), text);
	for (size_t n = 0; n < strlen(text); n++) {
		const char *cut = arena_strndup(&a, text, n);
		const char *whole = json_whole(&a, cut);

		assert_non_null(parse(&a, whole));
		assert_memory_equal(whole, text, strlen(whole) - 1);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_read),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_depth),
	    cmocka_unit_test(test_members),
	    cmocka_unit_test(test_dump),
	    cmocka_unit_test(test_write),
	    cmocka_unit_test(test_quote),
	    cmocka_unit_test(test_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
