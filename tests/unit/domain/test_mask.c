/* test_mask.c: cells are overwritten where they lie, in every encoding */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/import/decode.h"
#include "domain/privacy/mask.h"

/* A file's bytes, in pieces of `piece`, with one range overwritten. */
static void over(enum encoding encoding, const void *bytes, size_t n,
    size_t piece, struct mask_range range, unsigned char *out)
{
	struct mask m;

	memcpy(out, bytes, n);
	mask_init(&m, encoding, ',', &range, 1);
	for (size_t i = 0; i < n; i += piece)
		mask_piece(&m, out + i, n - i < piece ? n - i : piece);
}

static void decode(
    enum encoding encoding, const void *bytes, size_t n, struct str *out)
{
	struct decoder d;

	decoder_init(&d, encoding);
	str_init(out, 4096);
	assert_int_equal(decoder_feed(&d, bytes, n, out), STATUS_OK);
	assert_int_equal(decoder_finish(&d), STATUS_OK);
}

static void check(
    enum encoding encoding, const void *bytes, size_t n, const char *second_row)
{
	unsigned char masked[256];
	struct str was, now;

	decode(encoding, bytes, n, &was);
	const char *from = strstr(str_text(&was), "\r\n") + 2;
	const char *to = strstr(from, "\r\n");
	const struct mask_range range = {
	    (uint64_t)(from - str_text(&was)), (uint64_t)(to - str_text(&was))};

	for (size_t piece = 2; piece <= n; piece += 2) {
		over(encoding, bytes, n, piece < 4 ? 4 : piece, range, masked);
		decode(encoding, masked, n, &now);
		assert_int_equal(was.len, now.len);
		assert_memory_equal(str_text(&was), str_text(&now), range.from);
		assert_string_equal(
		    str_text(&was) + range.to, str_text(&now) + range.to);
		assert_int_equal(strlen(second_row), range.to - range.from);
		assert_memory_equal(str_text(&now) + range.from, second_row,
		    strlen(second_row));
		assert_true(mask_is_done(
		    str_text(&now) + range.from, range.to - range.from, ','));
		str_release(&now);
	}
	assert_false(mask_is_done(from, (size_t)(to - from), ','));
	str_release(&was);
}

static void test_each_encoding(void **state)
{
	static const char utf8[] = "a,b\r\nJos\xC3\xA9,\"x, \"\"y\"\"\"\r\nz,1";
	static const char bom[] = "\xEF\xBB\xBF"
				  "a,b\r\nJos\xC3\xA9,\xE2\x82\xAC \r\nz,1";
	static const char latin[] = "a,b\r\nJos\xE9,\x80 9\r\nz\xE9,1";
	static const char le[] = "\xFF\xFE"
				 "a\0,\0b\0\r\0\n\0J\0\xE9\0,\0\xAC\x20 \0"
				 "\x3D\xD8\x00\xDE\r\0\n\0z";
	static const char be[] = "\xFE\xFF"
				 "\0a\0,\0b\0\r\0\n\0J\0\xE9\0,\x20\xAC\0 "
				 "\xD8\x3D\xDE\x00\0\r\0\n\0z";

	(void)state;
	check(ENCODING_UTF8, utf8, sizeof(utf8) - 1, "xxxxx,\"x, \"\"x\"\"\"");
	check(ENCODING_UTF8, bom, sizeof(bom) - 1, "xxxxx,xxx ");
	check(ENCODING_WINDOWS1252, latin, sizeof(latin) - 1,
	    "xxx\xC3\x97,\xE2\x80\xA2 x");
	check(ENCODING_UTF16LE, le, sizeof(le),
	    "x\xC3\x97,\xE2\x80\xA2 \xC3\x97\xC3\x97");
	check(ENCODING_UTF16BE, be, sizeof(be) - 1,
	    "x\xC3\x97,\xE2\x80\xA2 \xC3\x97\xC3\x97");
}

static void test_places_of_cells(void **state)
{
	static const char raw[] = "ab,\"c,\"\"d\",, \"e\" ,f\"\"g,h";
	static const char *const cells[] = {
	    "ab", "\"c,\"\"d\"", "", " \"e\" ", "f\"\"g", "h"};
	const struct record r = {
	    .raw = raw, .raw_len = sizeof(raw) - 1, .offset = 100};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct mask_range at = mask_cell(&r, ',', i);

		assert_int_equal(at.to - at.from, strlen(cells[i]));
		assert_memory_equal(
		    raw + at.from - 100, cells[i], strlen(cells[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_encoding),
	    cmocka_unit_test(test_places_of_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
