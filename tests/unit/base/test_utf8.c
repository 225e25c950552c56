/* test_utf8.c: well-formed text, and what Unicode says of it */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

struct bytes {
	const char *p;
	size_t n;
	size_t where; /* of the first malformed byte; n when there is none */
};

#define BYTES(text, where)                                                     \
	{                                                                      \
		text, sizeof(text) - 1, where                                  \
	}

static void test_valid(void **state)
{
	static const struct bytes texts[] = {
	    BYTES("", 0),
	    BYTES("plain", 5),
	    BYTES("na\xc3\xafve", 6),
	    BYTES("\xf0\x9f\x98\x80", 4),
	    BYTES("\xf4\x8f\xbf\xbf", 4),
	    BYTES("\xef\xbf\xbf", 3),
	    BYTES("a\0b", 1),
	    BYTES("12345678\0", 8),
	    BYTES("123456789\xff", 9),
	    BYTES("\x80", 0),
	    BYTES("ab\xc3", 2),
	    BYTES("\xc0\xaf", 0),
	    BYTES("\xe0\x80\xaf", 0),
	    BYTES("\xf0\x80\x80\xaf", 0),
	    BYTES("x\xed\xa0\x80", 1),
	    BYTES("\xf4\x90\x80\x80", 0),
	    BYTES("\xf8\x88\x80\x80\x80", 0),
	    BYTES("caf\xe9 au lait", 3),
	    BYTES("abcdefgh\xe2\x82", 8),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct bytes *t = &texts[i];
		/* In memory of its own: a read behind the end is seen. */
		char *copy = malloc(t->n ? t->n : 1);
		size_t where = t->n;

		assert_non_null(copy);
		memcpy(copy, t->p, t->n);
		assert_int_equal(
		    utf8_valid(copy, t->n, &where), t->where == t->n);
		assert_int_equal(where, t->where);
		assert_int_equal(
		    utf8_valid(copy, t->n, NULL), t->where == t->n);
		free(copy);
	}
}

static void test_next(void **state)
{
	const char text[] = "a\xc3\xa9\xff\xf0\x9f\x98\x80\xe2\x82";
	const char *p = text;
	const char *end = text + sizeof(text) - 1;

	(void)state;
	assert_int_equal(utf8_next(&p, end), 'a');
	assert_int_equal(utf8_next(&p, end), 0xe9);
	assert_int_equal(utf8_next(&p, end), -1);
	assert_int_equal(utf8_next(&p, end), 0x1f600);
	assert_int_equal(utf8_next(&p, end), -1);
	assert_int_equal(utf8_next(&p, end), -1);
	assert_ptr_equal(p, end);
	assert_int_equal(utf8_length("na\xc3\xafve \xf0\x9f\x98\x80"), 7);
	assert_int_equal(utf8_length(""), 0);
}

static void assert_trimmed(const char *text, const char *expected)
{
	const char *p = text;
	size_t n = strlen(text);

	utf8_trim(&p, &n);
	assert_int_equal(n, strlen(expected));
	assert_memory_equal(p, expected, n);
}

static void test_trim(void **state)
{
	(void)state;
	assert_trimmed("", "");
	assert_trimmed("x", "x");
	assert_trimmed(" \t\r\n\v\f", "");
	assert_trimmed("  a b  ", "a b");
	assert_trimmed("\xc2\xa0 a \xc2\xa0", "a");
	assert_trimmed("\xef\xbb\xbf"
		       "a",
	    "a");
	assert_trimmed("\xe2\x80\x8b"
		       "a\xe2\x80\x8b",
	    "a");
	assert_trimmed("\xe3\x80\x80\xe2\x80\xa8"
		       "a\xe2\x80\xa9",
	    "a");
	assert_trimmed("\xe2\x80\x8b\xc2\x85", "");
	assert_trimmed("a\xff ", "a\xff");
	assert_trimmed(" \x80 ", "\x80");
	assert_trimmed("\xc3\xa9 ", "\xc3\xa9");
}

static void test_kinds(void **state)
{
	static const int32_t letters[] = {
	    'a', 'Z', 0xe9, 0x3a9, 0x416, 0x5d0, 0x627, 0x936, 0x4e2d, 0xac00};
	static const int32_t marks[] = {0x301, 0x93f, 0x94d, 0x64b, 0xe31};
	static const int32_t neither[] = {'1', ' ', '-', '\'', '_', '.', 0xd7,
	    0x661, 0x2019, 0x1f600, -1, 0x110000, 0};

	(void)state;
	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++) {
		assert_true(utf8_is_letter(letters[i]));
		assert_false(utf8_is_mark(letters[i]));
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		assert_true(utf8_is_mark(marks[i]));
		assert_false(utf8_is_letter(marks[i]));
	}
	for (size_t i = 0; i < sizeof(neither) / sizeof(*neither); i++) {
		assert_false(utf8_is_letter(neither[i]));
		assert_false(utf8_is_mark(neither[i]));
	}
	assert_true(utf8_is_space(0x3000));
	assert_true(utf8_is_space('\t'));
	assert_false(utf8_is_space('a'));
	assert_false(utf8_is_space(0x200b));
	assert_false(utf8_is_space(-1));
}

static void test_digits(void **state)
{
	/* The zeros of some scripts; the last is a mathematical one. */
	static const int32_t zeros[] = {'0', 0x660, 0x6f0, 0x966, 0x9e6, 0xe50,
	    0xff10, 0x1d7ce, 0x1d7e2, 0x1d7f6};

	(void)state;
	for (size_t i = 0; i < sizeof(zeros) / sizeof(*zeros); i++)
		for (int d = 0; d < 10; d++) {
			assert_true(utf8_is_digit(zeros[i] + d));
			assert_int_equal(utf8_digit_value(zeros[i] + d), d);
		}
	assert_int_equal(utf8_digit_value('a'), -1);
	assert_int_equal(utf8_digit_value(0xb2), -1);
	assert_int_equal(utf8_digit_value(0x2167), -1);
	assert_int_equal(utf8_digit_value(-1), -1);
}

static void test_fold(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(utf8_fold(&a, ""), "");
	assert_string_equal(
	    utf8_fold(&a, "  Phone \t Number "), "phone number");
	assert_string_equal(utf8_fold(&a, "STRA\xc3\x9f"
					  "E"),
	    "strasse");
	/* e with an accent, as one code point and as two */
	assert_string_equal(utf8_fold(&a, "CAFE\xcc\x81"), "caf\xc3\xa9");
	assert_string_equal(utf8_fold(&a, "CAF\xc3\x89"), "caf\xc3\xa9");
	assert_string_equal(
	    utf8_fold(&a, "\xce\xa3\xcf\x82"), "\xcf\x83\xcf\x83");
	assert_string_equal(utf8_fold(&a, "a\xc2\xa0\xe3\x80\x80"
					  "B"),
	    "a b");
	assert_string_equal(utf8_fold(&a, "A\xff B"), "A\xff B");
	assert_string_equal(utf8_fold_bare(&a, " CAF\xc3\x89 "), "cafe");
	assert_string_equal(utf8_fold_bare(&a, "Cafe\xcc\x81"), "cafe");
	assert_string_equal(utf8_fold_bare(&a, "Plain"), "plain");
	assert_string_equal(utf8_fold_bare(&a, "A\xff"), "A\xff");
	assert_string_equal(utf8_nfc(&a, "Cafe\xcc\x81"), "Caf\xc3\xa9");
	assert_string_equal(utf8_nfc(&a, "Plain  Text"), "Plain  Text");
	assert_string_equal(utf8_nfc(&a, "\xc3\x28"), "\xc3\x28");
	arena_release(&a);
}

static void test_words(void **state)
{
	static const char *const pairs[][2] = {
	    {"", ""},
	    {" \n ", ""},
	    {"?! \xf0\x9f\x91\x8d", ""},
	    {"  Hello,   World!", "hello world"},
	    {"ARR\xc3\x8aT", "arret"},
	    {"Stra\xc3\x9f"
	     "e",
		"strasse"},
	    /* Turkish I with and without dot; full width; a tilde that is
	     * composed; an Indian vowel sign and its points; Arabic with
	     * vowel points, stretched; a digit of another script */
	    {"\xc4\xb0PTAL \xc4\xb1", "iptal i"},
	    {"\xef\xbc\xb3\xef\xbc\xb4op", "stop"},
	    {"n\xcc\x83o", "no"},
	    {"\xe0\xa4\x95\xe0\xa5\x8b", "\xe0\xa4\x95\xe0\xa5\x8b"},
	    {"\xd9\x82\xd9\x90\xd9\x80\xd9\x81", "\xd9\x82\xd9\x81"},
	    {"\xd9\xa4#2", "4 2"},
	    {"a\xe2\x80\x8d"
	     "b",
		"ab"},
	    {"1\xef\xb8\x8f\xe2\x83\xa3", "1"},
	    {"A\xff", ""},
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		assert_string_equal(utf8_words(&a, pairs[i][0]), pairs[i][1]);
	arena_release(&a);
}

/* Any bytes at all: nothing reads behind the end or stands still. */
static void test_noise(void **state)
{
	struct arena a;
	unsigned seed = 7;

	(void)state;
	arena_init(&a);
	for (int round = 0; round < 5000; round++) {
		size_t n = seed % 40;
		char *text = malloc(n + 1);
		size_t where;

		assert_non_null(text);
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (char)((seed >> 16) % 255 + 1);
		}
		text[n] = '\0';
		const char *p = text;

		while (p < text + n)
			utf8_next(&p, text + n);
		assert_ptr_equal(p, text + n);
		utf8_valid(text, n, &where);
		const char *fold = utf8_fold(&a, text);

		assert_string_equal(utf8_fold(&a, fold), fold);
		assert_true(strlen(utf8_words(&a, text)) <= n * 6);
		p = text;
		utf8_trim(&p, &n);
		free(text);
		arena_reset(&a);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_valid),
	    cmocka_unit_test(test_next),
	    cmocka_unit_test(test_trim),
	    cmocka_unit_test(test_kinds),
	    cmocka_unit_test(test_digits),
	    cmocka_unit_test(test_fold),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
