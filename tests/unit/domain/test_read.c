/* test_read.c: records of CSV texts, fed in pieces of every size */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/import/problem.h"
#include "domain/import/read.h"

/* Records are written as "row@line:cell|cell" with '!' after the row when a
 * stray quote was seen, and '/' between records. */
struct dump {
	struct str s;
	const char *text; /* the whole text, to compare the raw bytes */
	size_t stop_after;
	size_t records;
};

static bool on_record(void *arg, const struct record *r)
{
	struct dump *d = arg;

	if (d->records++)
		str_addc(&d->s, '/');
	str_printf(&d->s, "%d%s@%d:", (int)r->row, r->stray_quote ? "!" : "",
	    (int)r->line);
	for (size_t i = 0; i < r->count; i++) {
		if (i)
			str_addc(&d->s, '|');
		assert_int_equal(r->lengths[i], strlen(r->cells[i]));
		str_add(&d->s, r->cells[i], r->lengths[i]);
	}
	if (d->text) {
		assert_memory_equal(r->raw, d->text + r->offset, r->raw_len);
		assert_true(r->offset + r->raw_len <= r->end);
		assert_true(r->end <= strlen(d->text));
	}
	return d->records != d->stop_after;
}

struct read_case {
	char delimiter;
	const char *text;
	const char *records;
	int refusal; /* -1: none */
	const char *says;
};

#define OK(delimiter, text, records)                                           \
	{                                                                      \
		delimiter, text, records, -1, ""                               \
	}

static const struct read_case cases[] = {
    OK(',', "", ""),
    OK(',', "\n\n", ""),
    OK(',', "a,b\n1,2\n", "1@1:a|b/2@2:1|2"),
    OK(',', "a,b\r\n1,2\r\n", "1@1:a|b/2@2:1|2"),
    OK(',', "a,b\r1,2\r", "1@1:a|b/2@2:1|2"),
    OK(',', "a,b\n1,2", "1@1:a|b/2@2:1|2"),
    OK(',', "a\r\nb\nc\rd", "1@1:a/2@2:b/3@3:c/4@4:d"),
    OK(';', "a;b,c\n", "1@1:a|b,c"),
    OK('\t', "a\t b \tc\n", "1@1:a|b|c"),
    OK('|', "a|b", "1@1:a|b"),
    OK(',', "a,,\n", "1@1:a||"),
    /* blank records are no rows but count */
    OK(',', "a\n\n  \nb\n,,,\n\"\",\nc", "1@1:a/4@4:b/7@7:c"),
    OK(',', "\r\n\r\na", "3@3:a"),
    /* quotes */
    OK(',', "\"a\",\"b\"", "1@1:a|b"),
    OK(',', "\"a,b\",c", "1@1:a,b|c"),
    OK(',', "\"say \"\"hi\"\"\",\"\"\"\"", "1@1:say \"hi\"|\""),
    OK(',', " \"a\" , \" b \" ", "1@1:a| b "),
    OK(',', "\"a\nb\",c\nd", "1@1:a\nb|c/2@3:d"),
    OK(',', "\"a\r\nb\rc\",d\r\ne", "1@1:a\r\nb\rc|d/2@4:e"),
    OK(',', "\"a\r\",d\re", "1@1:a\r|d/2@3:e"),
    OK(',', "\"\n\n\"\"\n\",x\n\ny", "1@1:\n\n\"\n|x/3@6:y"),
    OK(',', "x,\"C:\\\"\ny", "1@1:x|C:\\/2@2:y"),
    /* a quote within an unquoted cell stays, and is told */
    OK(',', "5\" pipe,x\ny", "1!@1:5\" pipe|x/2@2:y"),
    OK(',', "a \"b\" c,d", "1!@1:a \"b\" c|d"),
    OK(',', "a,b\"\n\"c\"", "1!@1:a|b\"/2@2:c"),
    /* the hint for spreadsheets */
    OK(';', "sep=;\na;b", "2@2:a|b"),
    OK(';', "\"sep=;\"\r\na;b", "2@2:a|b"),
    OK(';', "a;b\nsep=;\n", "1@1:a|b/2@2:sep=|"),
    OK(',', "sep=long\na", "1@1:sep=long/2@2:a"),
    /* what cannot be read on */
    {',', "a,b\n1,\"2\n3,4\n", "1@1:a|b", REFUSED_UNTERMINATED_QUOTE,
	"opens on line 2 "},
    {',', "a\n\"b", "1@1:a", REFUSED_UNTERMINATED_QUOTE, "opens on line 2 "},
    {',', "a\n\"b\r", "1@1:a", REFUSED_UNTERMINATED_QUOTE, "line 2 "},
    {',', "a\n\"b\"c,d\ne", "1@1:a", REFUSED_UNTERMINATED_QUOTE,
	"On line 2 there is text"},
    {',', "\"a,\"b,c\nd,e", "", REFUSED_UNTERMINATED_QUOTE, "On line 1 "},
    {',', "a,\"b\nc\"d", "", REFUSED_UNTERMINATED_QUOTE,
	"On line 2 there is text after a closing quotation mark (the cell "
	"opens on line 1)"},
    {',', "\"a\" \"b\"", "", REFUSED_UNTERMINATED_QUOTE, "On line 1 "},
};

static void read_in_pieces(const struct read_case *c, size_t piece)
{
	struct dump d = {.text = c->text};
	struct reader *r = reader_new(c->delimiter, on_record, &d);
	size_t n = strlen(c->text);
	enum status st = STATUS_OK;
	const char *message;

	str_init(&d.s, 1u << 20);
	for (size_t at = 0; at < n && st == STATUS_OK; at += piece) {
		size_t len = n - at < piece ? n - at : piece;
		char *copy = xmalloc(len); /* so that no byte over is read */

		memcpy(copy, c->text + at, len);
		st = reader_feed(r, copy, len);
		free(copy);
	}
	if (st == STATUS_OK)
		st = reader_finish(r);
	assert_string_equal(str_text(&d.s), c->records);
	assert_int_equal(reader_refusal(r, &message), c->refusal);
	assert_int_equal(st, c->refusal < 0 ? STATUS_OK : STATUS_INVALID);
	assert_non_null(strstr(message, c->says));
	reader_free(r);
	str_release(&d.s);
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t piece = 1; piece < 40; piece++)
			read_in_pieces(&cases[i], piece);
}

/* What a run that was broken off needs: the position at a record's end. */
static void test_seek(void **state)
{
	const char *text = "a,b\n\"1\n2\",x\n\n\r\n3,\"y\"\r\n4,z";
	size_t n = strlen(text);

	(void)state;
	for (size_t stop = 1; stop <= 4; stop++) {
		struct dump d = {.text = text, .stop_after = stop};
		struct reader *r = reader_new(',', on_record, &d);
		uint64_t row;
		uint64_t line;
		uint64_t offset;

		str_init(&d.s, 4096);
		assert_int_equal(reader_feed(r, text, n), STATUS_OK);
		if (stop == 4)
			assert_int_equal(reader_finish(r), STATUS_OK);
		assert_true(reader_stopped(r));
		assert_int_equal(reader_finish(r), STATUS_OK);
		reader_position(r, &row, &line, &offset);
		reader_free(r);
		d.stop_after = 0;
		r = reader_new(',', on_record, &d);
		reader_seek(r, row, line, offset);
		assert_int_equal(
		    reader_feed(r, text + offset, n - offset), STATUS_OK);
		assert_int_equal(reader_finish(r), STATUS_OK);
		assert_string_equal(
		    str_text(&d.s), "1@1:a|b/2@2:1\n2|x/5@6:3|y/6@7:4|z");
		reader_free(r);
		str_release(&d.s);
	}
}

static void test_nul(void **state)
{
	struct dump d = {.text = NULL};
	struct reader *r = reader_new(',', on_record, &d);
	const char *message;

	(void)state;
	str_init(&d.s, 4096);
	assert_int_equal(reader_feed(r, "a\0b\n", 4), STATUS_INVALID);
	assert_int_equal(reader_refusal(r, &message), REFUSED_NOT_TEXT);
	assert_int_equal(reader_finish(r), STATUS_INVALID);
	reader_free(r);
	str_release(&d.s);
}

/* Feeds one piece again and again until it is refused. */
static int feed_until_refused(const char *begin, char fill, const char **says)
{
	static char message[512];
	static char piece[65536];
	struct dump d = {.text = NULL};
	struct reader *r = reader_new(',', on_record, &d);
	enum status st;
	size_t times = 0;

	str_init(&d.s, 1u << 20);
	memset(piece, fill, sizeof piece);
	st = reader_feed(r, begin, strlen(begin));
	while (st == STATUS_OK && times++ < 2 * RECORD_MAX / sizeof piece)
		st = reader_feed(r, piece, sizeof piece);
	assert_int_equal(st, STATUS_INVALID);
	assert_int_equal(d.records, 0);
	int code = reader_refusal(r, says);

	snprintf(message, sizeof message, "%s", *says);
	*says = message;
	reader_free(r);
	str_release(&d.s);
	return code;
}

static void test_caps(void **state)
{
	const char *says;

	(void)state;
	assert_int_equal(
	    feed_until_refused("a", 'x', &says), REFUSED_TOO_LARGE);
	assert_non_null(strstr(says, "line 1 "));
	assert_int_equal(feed_until_refused("\n\n\"a\n", 'x', &says),
	    REFUSED_UNTERMINATED_QUOTE);
	assert_non_null(strstr(says, "not closed within 4 MB"));
	assert_non_null(strstr(says, "line 3 "));
	assert_int_equal(feed_until_refused("\"a\n", '\n', &says),
	    REFUSED_UNTERMINATED_QUOTE);
}

static void test_columns(void **state)
{
	struct dump d = {.text = NULL};
	struct reader *r = reader_new(',', on_record, &d);
	char *wide = xmalloc(COLUMNS_MAX + 1);
	const char *message;

	(void)state;
	str_init(&d.s, 1u << 20);
	memset(wide, ',', COLUMNS_MAX);
	wide[0] = 'a';
	wide[COLUMNS_MAX] = '\n';
	/* one comma less than columns */
	assert_int_equal(reader_feed(r, wide, COLUMNS_MAX), STATUS_OK);
	assert_int_equal(reader_feed(r, "\n", 1), STATUS_OK);
	assert_int_equal(d.records, 1);
	wide[0] = ',';
	assert_int_equal(reader_feed(r, wide, COLUMNS_MAX + 1), STATUS_INVALID);
	assert_int_equal(reader_refusal(r, &message), REFUSED_TOO_LARGE);
	free(wide);
	reader_free(r);
	str_release(&d.s);
}

/* Bytes of all kinds never break the reader. */
static void test_noise(void **state)
{
	static const char alphabet[] = "a\",\n\r \t;\xC3";
	uint32_t seed = 7;
	char text[64];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct dump d = {.text = text};
		struct reader *r = reader_new(',', on_record, &d);

		str_init(&d.s, 1u << 16);
		for (size_t k = 0; k < sizeof text - 1; k++) {
			seed = seed * 1664525u + 1013904223u;
			text[k] = alphabet[(seed >> 16) % 9];
		}
		text[sizeof text - 1] = '\0';
		size_t cut = seed % 63;

		if (reader_feed(r, text, cut) == STATUS_OK)
			(void)reader_feed(r, text + cut, 63 - cut);
		(void)reader_finish(r);
		reader_free(r);
		str_release(&d.s);
	}
}

static void test_csv_put(void **state)
{
	static const char *const cells[][2] = {{"a", "a"}, {"", ""},
	    {"a b", "a b"}, {"a,b", "\"a,b\""}, {"a;b", "a;b"},
	    {"say \"hi\"", "\"say \"\"hi\"\"\""}, {"\"", "\"\"\"\""},
	    {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""}, {" a", "\" a\""},
	    {"a\t", "\"a\t\""}};

	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct str s;

		str_init(&s, 100);
		csv_put(&s, ',', true, cells[i][0]);
		assert_string_equal(str_text(&s), cells[i][1]);
		str_reset(&s);
		csv_put(&s, ',', true, "x");
		csv_put(&s, ',', false, cells[i][0]);
		assert_memory_equal(str_text(&s), "x,", 2);
		assert_string_equal(str_text(&s) + 2, cells[i][1]);
		str_release(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_seek),
	    cmocka_unit_test(test_nul),
	    cmocka_unit_test(test_caps),
	    cmocka_unit_test(test_columns),
	    cmocka_unit_test(test_noise),
	    cmocka_unit_test(test_csv_put),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
