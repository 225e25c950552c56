/* test_decode.c: bytes in four encodings, fed in pieces of every size */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/import/decode.h"

struct decode_case {
	enum encoding encoding;
	const char *bytes;
	size_t n;
	const char *text; /* NULL: refused */
	int line;	  /* where it is refused */
	bool nul;
};

#define U8 ENCODING_UTF8
#define LE ENCODING_UTF16LE
#define BE ENCODING_UTF16BE
#define WIN ENCODING_WINDOWS1252
#define GOOD(e, b, t)                                                          \
	{                                                                      \
		e, b, sizeof(b) - 1, t, 0, false                               \
	}
#define BAD(e, b, line)                                                        \
	{                                                                      \
		e, b, sizeof(b) - 1, NULL, line, false                         \
	}
#define NUL(e, b, line)                                                        \
	{                                                                      \
		e, b, sizeof(b) - 1, NULL, line, true                          \
	}

static const struct decode_case cases[] = {
    GOOD(U8, "", ""),
    GOOD(U8, "abc\n", "abc\n"),
    GOOD(U8, "Zo\xC3\xAB \xE5\xB1\xB1 \xF0\x9F\x8F\x99!",
	"Zo\xC3\xAB \xE5\xB1\xB1 \xF0\x9F\x8F\x99!"),
    GOOD(U8, "\xEF\xBB\xBFName", "Name"),
    GOOD(U8, "\xEF\xBB\xBF", ""),
    GOOD(U8, "a\xEF\xBB\xBF", "a\xEF\xBB\xBF"),
    GOOD(U8, "\xEF\xBB\xBF\xEF\xBB\xBFx", "\xEF\xBB\xBFx"),
    GOOD(U8, "\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80",
	"\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80"),
    BAD(U8, "a\nb\nJos\xE9,x\n", 3),
    BAD(U8, "a\r\nb\r\nJos\xE9,x\r\n", 3),
    BAD(U8, "a\rb\rJos\xE9,x\r", 3),
    BAD(U8, "\xC0\xAF", 1),	    /* overlong */
    BAD(U8, "\xE0\x80\xAF", 1),	    /* overlong */
    BAD(U8, "\xC0\x80", 1),	    /* overlong NUL */
    BAD(U8, "\xED\xA0\x80", 1),	    /* surrogate */
    BAD(U8, "\xF4\x90\x80\x80", 1), /* over U+10FFFF */
    BAD(U8, "\xF8\x88\x80\x80\x80", 1),
    BAD(U8, "\x80", 1),
    BAD(U8, "\xFF", 1),
    BAD(U8, "x\n\xC3(", 2),
    BAD(U8, "x\n\xC3", 2), /* ends within a character */
    NUL(U8, "12345678\n12\0 45678", 2),
    GOOD(LE, "\xFF\xFEN\0\xEB\0\n\0", "N\xC3\xAB\n"),
    GOOD(LE, "N\0", "N"),
    GOOD(BE, "\xFE\xFF\0N\0\xEB\0\n", "N\xC3\xAB\n"),
    GOOD(LE, "\x3C\xD8\xD9\xDF!\0", "\xF0\x9F\x8F\x99!"),
    GOOD(BE, "\xD8\x3C\xDF\xD9\0!", "\xF0\x9F\x8F\x99!"),
    GOOD(BE, "\x5C\x71\x75\x30", "\xE5\xB1\xB1\xE7\x94\xB0"),
    BAD(LE, "\n\0\x3C\xD8x\0", 2),
    BAD(LE, "\n\0\xD9\xDFx\0", 2),
    BAD(LE, "\n\0x", 2),
    BAD(LE, "\n\0\x3C\xD8", 2),
    NUL(BE, "\0\n\0\0\0x", 2),
    GOOD(WIN, "Jos\xE9 \x80 \x93hi\x94 \xFF\xA0",
	"Jos\xC3\xA9 \xE2\x82\xAC \xE2\x80\x9Chi\xE2\x80\x9D "
	"\xC3\xBF\xC2\xA0"),
    GOOD(WIN, "\xEF\xBB\xBF", "\xC3\xAF\xC2\xBB\xC2\xBF"),
    BAD(WIN, "a\n\x81", 2),
    BAD(WIN, "a\n\x8D", 2),
    NUL(WIN, "a\n\n\0", 3),
};

static void decode_in_pieces(const struct decode_case *c, size_t piece)
{
	struct decoder d;
	struct str out;
	enum status st = STATUS_OK;

	decoder_init(&d, c->encoding);
	str_init(&out, 4096);
	for (size_t at = 0; at < c->n && st == STATUS_OK; at += piece) {
		size_t len = c->n - at < piece ? c->n - at : piece;
		char *copy = xmalloc(len); /* so that no byte over is read */

		memcpy(copy, c->bytes + at, len);
		st = decoder_feed(&d, copy, len, &out);
		free(copy);
	}
	if (st == STATUS_OK)
		st = decoder_finish(&d);
	if (c->text) {
		assert_int_equal(st, STATUS_OK);
		assert_string_equal(str_text(&out), c->text);
	} else {
		assert_int_equal(st, STATUS_INVALID);
		assert_int_equal(d.line, c->line);
		assert_int_equal(d.nul, c->nul);
	}
	str_release(&out);
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t piece = 1; piece < 24; piece++)
			decode_in_pieces(&cases[i], piece);
}

static void test_full(void **state)
{
	struct decoder d;
	struct str out;

	(void)state;
	decoder_init(&d, ENCODING_UTF8);
	str_init(&out, 4);
	assert_int_equal(decoder_feed(&d, "12345", 5, &out), STATUS_TOO_LARGE);
	str_release(&out);
}

/* A stray NUL in a long text marks its place; many of them refuse it. */
static void test_stray_nul(void **state)
{
	char text[2 * NUL_SHARE];
	struct decoder d;
	struct str out;

	(void)state;
	memset(text, 'x', sizeof text);
	text[NUL_SHARE + 10] = '\0';
	decoder_init(&d, ENCODING_UTF8);
	str_init(&out, 8192);
	assert_int_equal(decoder_feed(&d, text, sizeof text, &out), STATUS_OK);
	assert_int_equal(out.len, sizeof text - 1 + strlen(NUL_MARK));
	assert_memory_equal(
	    out.data + NUL_SHARE + 10, NUL_MARK, strlen(NUL_MARK));
	text[0] = '\0';
	assert_int_equal(decoder_feed(&d, text, 300, &out), STATUS_OK);
	assert_int_equal(decoder_feed(&d, text, 1, &out), STATUS_INVALID);
	assert_true(d.nul);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_stray_nul),
	    cmocka_unit_test(test_cases), cmocka_unit_test(test_full)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
