/* test_multipart.c: bodies with files, well-formed and hostile */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "web/multipart.h"

#define TYPE "multipart/form-data; boundary=BB"
#define FIELD(name, value)                                                     \
	"--BB\r\nContent-Disposition: form-data; name=\"" name                 \
	"\"\r\n\r\n" value "\r\n"
#define FILE_PART(disposition, content)                                        \
	"--BB\r\nContent-Disposition: form-data; " disposition                 \
	"\r\nContent-Type: text/csv\r\n\r\n" content "\r\n"
#define END "--BB--\r\n"

static struct arena arena;
static struct form form;
static struct upload file;
static struct err err;
static const char *body;

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static enum status parse_n(const char *type, const char *p, size_t n)
{
	/* A copy of its own size, so that a sanitizer sees an overrun. */
	char *copy = arena_memdup(&arena, p, n);

	body = copy;
	form = (struct form){0};
	file = (struct upload){0};
	return multipart_parse(&arena, type, copy, n, &form, &file, &err);
}

static enum status parse(const char *p)
{
	return parse_n(TYPE, p, strlen(p));
}

static void assert_content(const char *content)
{
	assert_true(file.present);
	assert_int_equal(file.length, strlen(content));
	assert_memory_equal(body + file.offset, content, strlen(content));
}

static void test_well_formed(void **state)
{
	(void)state;
	assert_int_equal(
	    parse(FIELD("a", "1") FILE_PART(
		"name=\"file\"; filename=\"people.csv\"", "x,y\r\n1,2")
		    FIELD("b", "two\r\nlines") FIELD("c", "") END),
	    STATUS_OK);
	assert_int_equal(form.count, 3);
	assert_string_equal(form_text(&form, "a"), "1");
	assert_string_equal(form_text(&form, "b"), "two\r\nlines");
	assert_string_equal(form_find(&form, "c"), "");
	assert_string_equal(file.name, "people.csv");
	assert_string_equal(file.type, "text/csv");
	assert_content("x,y\r\n1,2");
}

static void test_content_types(void **state)
{
	static const char good[] = FIELD("a", "1") END;
	static const char *const accepted[] = {TYPE,
	    "multipart/form-data;boundary=BB",
	    "Multipart/Form-Data; charset=utf-8; Boundary=\"BB\"",
	    "multipart/form-data; boundary=BB;",
	    "multipart/form-data ; boundary=BB ; a=b"};
	static const char *const refused[] = {"", "multipart/form-data",
	    "multipart/mixed; boundary=BB", "multipart/form-data; boundary=",
	    "multipart/form-data; boundary=\"BB",
	    "multipart/form-data; boundary=\"\"",
	    "multipart/form-data; boundary", "multipart/form-data, boundary=BB",
	    "multipart/form-data; boundary=\"BB \"",
	    "multipart/form-data; boundary=YY",
	    "multipart/form-data; boundary="
	    "12345678901234567890123456789012345678901234567890"
	    "123456789012345678901"};

	(void)state;
	for (size_t i = 0; i < sizeof(accepted) / sizeof(*accepted); i++)
		assert_int_equal(
		    parse_n(accepted[i], good, sizeof(good) - 1), STATUS_OK);
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		assert_int_equal(parse_n(refused[i], good, sizeof(good) - 1),
		    STATUS_INVALID);
}

static void test_file_names(void **state)
{
	static const struct {
		const char *disposition;
		const char *name;
	} cases[] = {
	    {"name=\"file\"; filename=\"a.csv\"", "a.csv"},
	    {"name=file; filename=a.csv", "a.csv"},
	    {"name=\"file\"; filename=\"C:\\dir\\a.csv\"", "a.csv"},
	    {"name=\"file\"; filename=\"../../etc/passwd\"", "passwd"},
	    {"name=\"file\"; filename=\"/\"", ""},
	    {"name=\"file\"; filename=\"a\\\"b.csv\"", "a\"b.csv"},
	    {"name=\"file\"; filename=\"a%22b.csv\"", "a\"b.csv"},
	    {"name=\"file\"; filename=\"50% off.csv\"", "50% off.csv"},
	    {"name=\"file\"; filename=\"a;b=c.csv\"", "a;b=c.csv"},
	    {"name=\"file\"; filename=\"\xc3\xa9.csv\"", "\xc3\xa9.csv"},
	    {"name=\"file\"; filename=\"\xe9.csv\"", "_.csv"},
	    {"name=\"file\"; filename=\"a\x01\x7f.csv\"", "a__.csv"},
	    {"name=\"file\"; filename=\"\xe2\x80\xaevsc.exe\"", "_vsc.exe"},
	    {"name=\"file\"; filename=\"x\"; "
	     "filename*=UTF-8''%e2%82%ac%20rates.csv",
		"\xe2\x82\xac rates.csv"},
	    {"name=\"file\"; filename*=utf-8'en'%C3%A9.csv; filename=\"x\"",
		"\xc3\xa9.csv"},
	    {"name=\"file\"; filename=\"x\"; filename*=iso-8859-1''%e9", "x"},
	    {"name=\"file\"; filename=\"x\"; filename*=UTF-8", "x"},
	    {"name=\"file\"; filename=\"x\"; filename*=UTF-8''%2e%2e%2f%00y",
		"_y"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *text = arena_printf(&arena,
		    "--BB\r\nContent-Disposition: form-data; "
		    "%s\r\n\r\ndata\r\n--BB--",
		    cases[i].disposition);

		assert_int_equal(parse(text), STATUS_OK);
		assert_string_equal(file.name, cases[i].name);
		assert_content("data");
	}
}

static void test_long_file_name(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 8192);
	str_addz(&s, "--BB\r\nContent-Disposition: form-data; name=\"file\"; "
		     "filename=\"");
	for (int i = 0; i < 300; i++)
		str_addz(&s, "\xc3\xa9");
	str_addz(&s, "\"\r\n\r\n\r\n" END);
	assert_int_equal(parse(str_text(&s)), STATUS_OK);
	assert_int_equal(strlen(file.name), 254);
	str_release(&s);
}

static void test_empty_file(void **state)
{
	(void)state;
	assert_int_equal(
	    parse(FILE_PART("name=\"file\"; filename=\"\"", "") END),
	    STATUS_OK);
	assert_false(file.present);
	assert_int_equal(
	    parse(FILE_PART("name=\"file\"; filename=\"a.csv\"", "") END),
	    STATUS_OK);
	assert_content("");
	assert_int_equal(
	    parse(FILE_PART("name=\"photo\"; filename=\"a.png\"", "x") END),
	    STATUS_OK);
	assert_false(file.present);
}

static void test_content_like_a_boundary(void **state)
{
	static const char content[] =
	    "--BB\n\r\n--BBX\r\n--BB-\r\n-BB--\r\r\n--X"
	    "\r\n\r\n";

	(void)state;
	assert_int_equal(
	    parse(FILE_PART("name=\"file\"; filename=\"a\"",
		"--BB\n\r\n--BBX\r\n--BB-\r\n-BB--\r\r\n--X\r\n\r\n") END),
	    STATUS_OK);
	assert_content(content);
}

static void test_malformed(void **state)
{
	static const char *const bad[] = {
	    "",
	    "--BB",
	    "--BB\r\n",
	    "--BB-",
	    "-BB--",
	    "hello",
	    "\r\n--BB--",
	    "preamble\r\n" FIELD("a", "1") END,
	    FIELD("a", "1"),
	    FIELD("a", "1") "--BB",
	    FIELD("a", "1") "--BB-",
	    FIELD("a", "1") "--BB\r\n",
	    FIELD("a", "1") "--BB\r\n\r\n\r\n" END,
	    "--BB\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END,
	    "--BB\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n\r\n" END,
	    "--BB\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" END,
	    "--BB\r\nContent-Disposition: form-data; name=\"a\" b\r\n\r\n\r\n" END,
	    "--BB\r\nContent-Disposition: form-data; =a\r\n\r\n1\r\n" END,
	    "--BB\r\nno colon\r\n\r\n1\r\n" END,
	    "--BB\r\n: empty\r\n\r\n1\r\n" END,
	    "--BB\r\nContent-Type: text/plain\r\n\r\n1\r\n" END,
	    "--BB\nContent-Disposition: form-data; name=\"a\"\n\n1\n--BB--\n",
	    FIELD("a", "\xff") END,
	    FIELD("\xff", "a") END,
	    FILE_PART("name=\"file\"; filename=\"a\"", "1")
		FILE_PART("name=\"file\"; filename=\"b\"", "2") END,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(parse(bad[i]), STATUS_INVALID);
}

static void test_nul(void **state)
{
	static const char text[] = "--BB\r\nContent-Disposition: form-data; "
				   "name=\"a\"\r\n\r\n1\0002\r\n--BB--";

	(void)state;
	assert_int_equal(parse_n(TYPE, text, sizeof(text) - 1), STATUS_INVALID);
}

/* Every beginning of a good body is refused, and read within its bounds. */
static void test_cut(void **state)
{
	static const char good[] = FIELD("a", "1")
	    FILE_PART("name=\"file\"; filename*=UTF-8''%41.csv", "x") "--BB--";

	(void)state;
	for (size_t n = 0; n < sizeof(good) - 1; n++) {
		char *copy = malloc(n ? n : 1);

		memcpy(copy, good, n);
		form = (struct form){0};
		file = (struct upload){0};
		assert_int_equal(
		    multipart_parse(&arena, TYPE, copy, n, &form, &file, &err),
		    STATUS_INVALID);
		free(copy);
	}
	assert_int_equal(parse(good), STATUS_OK);
}

static void test_long_headers(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 1u << 20);
	str_addz(&s, "--BB\r\nContent-Disposition: form-data; name=\"a\"\r\n");
	for (int i = 0; i < 2000; i++)
		str_addz(&s, "X-More: 1\r\n");
	str_addz(&s, "\r\n1\r\n" END);
	assert_int_equal(parse(str_text(&s)), STATUS_INVALID);
	str_reset(&s);
	str_addz(&s, "--BB\r\nContent-Disposition: form-data; name=\"");
	for (int i = 0; i < 20000; i++)
		str_addc(&s, 'a');
	str_addz(&s, "\"\r\n\r\n1\r\n" END);
	assert_int_equal(parse(str_text(&s)), STATUS_INVALID);
	str_release(&s);
}

static void test_too_much(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 16u << 20);
	for (unsigned i = 0; i <= MULTIPART_PARTS_MAX; i++)
		str_addz(&s, FIELD("a", "1"));
	str_addz(&s, END);
	assert_int_equal(parse(str_text(&s)), STATUS_TOO_LARGE);
	str_reset(&s);
	str_addz(&s, "--BB\r\nContent-Disposition: form-data; "
		     "name=\"a\"\r\n\r\n");
	for (unsigned i = 0; i <= MULTIPART_TEXT_MAX; i++)
		str_addc(&s, 'a');
	str_addz(&s, "\r\n" END);
	assert_int_equal(parse(str_text(&s)), STATUS_TOO_LARGE);
	str_release(&s);
}

/* A file full of almost-boundaries is read in linear time. */
static void test_near_misses(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 32u << 20);
	str_addz(&s, "--BB\r\nContent-Disposition: form-data; name=\"file\"; "
		     "filename=\"a\"\r\n\r\n");
	while (s.len < 8u << 20)
		str_addz(&s, "\r\n--BB \t \r\r\n--BBX");
	str_addz(&s, "\r\n" END);
	assert_int_equal(parse_n(TYPE, s.data, s.len), STATUS_OK);
	assert_true(file.length > 7u << 20);
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(test_well_formed, tear_down),
	    cmocka_unit_test_teardown(test_content_types, tear_down),
	    cmocka_unit_test_teardown(test_file_names, tear_down),
	    cmocka_unit_test_teardown(test_long_file_name, tear_down),
	    cmocka_unit_test_teardown(test_empty_file, tear_down),
	    cmocka_unit_test_teardown(test_content_like_a_boundary, tear_down),
	    cmocka_unit_test_teardown(test_malformed, tear_down),
	    cmocka_unit_test_teardown(test_nul, tear_down),
	    cmocka_unit_test_teardown(test_cut, tear_down),
	    cmocka_unit_test_teardown(test_long_headers, tear_down),
	    cmocka_unit_test_teardown(test_too_much, tear_down),
	    cmocka_unit_test_teardown(test_near_misses, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
