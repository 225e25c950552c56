/* test_sniff.c: encodings, delimiters, headers, and files that are no text */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/import/sniff.h"

/* Looks at a copy that ends where the bytes end, so that no byte over is
 * read. */
static struct sniffed sniff(const char *bytes, size_t n, bool whole)
{
	struct sniffed s;
	char *copy = xmalloc(n);

	memcpy(copy, bytes, n);
	sniff_bytes(copy, n, whole, &s);
	free(copy);
	return s;
}

struct encoding_case {
	const char *bytes;
	size_t n;
	enum encoding encoding;
	size_t bom;
	bool unsupported;
};

#define ENC(bytes, encoding, bom)                                              \
	{                                                                      \
		bytes, sizeof(bytes) - 1, ENCODING_##encoding, bom, false      \
	}
#define FOREIGN(bytes)                                                         \
	{                                                                      \
		bytes, sizeof(bytes) - 1, ENCODING_WINDOWS1252, 0, true        \
	}

static const struct encoding_case encodings[] = {
    ENC("", UTF8, 0),
    ENC("Name,Phone\nAsha,91\n", UTF8, 0),
    ENC("\xEF\xBB\xBFName\n", UTF8, 3),
    ENC("Name\nZo\xC3\xAB\n\xE5\xB1\xB1\n", UTF8, 0),
    ENC("\xFF\xFEN\0a\0", UTF16LE, 2),
    ENC("\xFE\xFF\0N\0a", UTF16BE, 2),
    ENC("N\0a\0m\0e\0\n\0", UTF16LE, 0),
    ENC("\0N\0a\0m\0e\0\n", UTF16BE, 0),
    /* an emoji, whose second unit ends in a NUL */
    ENC("N\0a\0m\0e\0\n\0A\0d\0a\0\x3D\xD8\0\xDE\n\0", UTF16LE, 0),
    ENC("\0N\0a\0m\0e\0\n\0A\0d\0a\xD8\x3D\xDE\0\0\n", UTF16BE, 0),
    /* Western 8-bit texts, however short */
    ENC("Name\nRen\xE9\n", WINDOWS1252, 0),
    ENC("Nome,Citt\xE0\nJos\xE9,Forl\xEC\n", WINDOWS1252, 0),
    ENC("Name,Stadt\nJ\xFCrgen Gr\xF6\xDF,M\xFCnchen\n", WINDOWS1252, 0),
    ENC("S\xF8ren \xC5kesson,Malm\xF6\n\x93Quoted\x94 \x80 5\n", WINDOWS1252,
	0),
    /* UTF-8 with faults stays UTF-8: decoding names the line */
    ENC("Zo\xC3\xAB\nRen\xE9\nJos\xC3\xA9\n", UTF8, 0),
    ENC("a\nbad\xC0\xAFname\n", UTF8, 0),
    ENC("a\nbad\xED\xA0\x80name\n", UTF8, 0),
    ENC("a\nbad\xE2\x82,x\n", UTF8, 0),
    /* scripts whose 8-bit encodings are not read: windows-1251, KOI8-R,
     * Shift_JIS, GB18030, Mac Roman */
    FOREIGN("Name,City\n\xC8\xE2\xE0\xED \xCF\xE5\xF2\xF0\xEE\xE2,"
	    "\xCC\xEE\xF1\xEA\xE2\xE0\n\xCE\xEB\xFC\xE3\xE0,"
	    "\xD2\xE2\xE5\xF0\xFC\n"),
    FOREIGN("Name,City\n\xE9\xD7\xC1\xCE \xF0\xC5\xD4\xD2\xCF\xD7,"
	    "\xED\xCF\xD3\xCB\xD7\xC1\n\xEF\xCC\xD8\xC7\xC1,"
	    "\xF4\xD7\xC5\xD2\xD8\n"),
    FOREIGN("Name,City\n\x8E\x52\x93\x63 \x91\xBE\x98\x59,\x93\x8C\x8B\x9E\n"
	    "\x8D\xB2\x93\xA1 \x89\xD4\x8E\x71,\x89\xA1\x95\x6C\n"),
    FOREIGN("Name,City\n\xC9\xBD\xCC\xEF \xCC\xAB\xC0\xC9,"
	    "\xB6\xAB\xBE\xA9\n\xD7\xF4\xCC\xD9 \xBB\xA8\xD7\xD3\n"),
    FOREIGN("Name,City\nJos\x8E M\x9Fller,Z\x9Frich\nRen\x8E Fa\x8D\x61\n"),
};

static void test_encodings(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
		const struct encoding_case *c = &encodings[i];
		struct sniffed s = sniff(c->bytes, c->n, true);

		assert_true(s.text);
		assert_int_equal(s.encoding, c->encoding);
		assert_int_equal(s.bom, c->bom);
		assert_int_equal(s.unsupported, c->unsupported);
		assert_int_equal(*s.why != '\0', c->unsupported);
	}
}

static void test_cut_character(void **state)
{
	(void)state;
	struct sniffed s = sniff("Name\nZo\xC3", 8, false);

	assert_int_equal(s.encoding, ENCODING_UTF8);
	s = sniff("Name\nJos\xE9", 9, true);
	assert_int_equal(s.encoding, ENCODING_WINDOWS1252);
}

static void test_not_text(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *says;
	} files[] = {
	    {"PK\3\4\24\0\6\0", 8, "spreadsheet"},
	    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "Excel"},
	    {"%PDF-1.7", 8, "PDF"},
	    {"\x1F\x8B\x08", 3, "gzip"},
	    {"\x89PNG\r\n", 6, "image"},
	    {"\xFF\xD8\xFF\xE0", 4, "image"},
	    {"a,b\n\0\0\0\0\1", 9, "NUL"},
	    {"ab\0cdefgh", 9, "NUL"},
	    {"  \n<!DOCTYPE html>", 18, "HTML"},
	    {"<HTML><body>", 12, "HTML"},
	    {"\xEF\xBB\xBF<table>", 10, "HTML"},
	    {"<\0t\0a\0b\0l\0e\0>\0", 14, "HTML"},
	    {"BEGIN:VCARD\r\nVERSION:3.0", 24, "vCard"},
	    {"dn: cn=x", 8, "LDIF"},
	    {"{\"a\":1}", 7, "JSON"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct sniffed s = sniff(files[i].bytes, files[i].n, true);

		assert_false(s.text);
		assert_non_null(strstr(s.why, files[i].says));
		assert_non_null(strstr(s.why, "CSV"));
	}
}

static void test_delimiters(void **state)
{
	static const struct {
		const char *text;
		char delimiter;
	} files[] = {
	    {"Name,Phone\nA,1\n", ','},
	    {"Name;Phone\nA;1\n", ';'},
	    {"Name\tPhone\nA\t1\n", '\t'},
	    {"Name|Phone\nA|1\n", '|'},
	    {"Name\nA\nB\n", ','},
	    {"x", ','},
	    {"\n\n", ','},
	    /* tags and prices do not mislead */
	    {"Name,Phone,Tags\nA,1,x|y|z\nB,2,x|y\n", ','},
	    {"Name;Price;City\nA;1,50;X\nB;2,75;Y\n", ';'},
	    {"Name;Price\nA;1,50\nB;2,75\n", ';'},
	    {"a,b,c\na,b,c|d|e|f\n", ','},
	    {"one|two,two|three\nfour|five,five|six\n", '|'},
	    /* quotes are respected */
	    {"\"A;B;C\",\"1\"\n\"D;E;F\",\"2\"\n", ','},
	    {"\"Field1,1,1\";Field2;\"Field3\"\n", ';'},
	    {"Name;Note\n\"a,b\nc,d\";\"x\"\n", ';'},
	    /* a hint for spreadsheets decides */
	    {"sep=;\na,b;c,d\n", ';'},
	    {"\"sep=\t\"\na,b\n", '\t'},
	    {"sep=|\r\na,b\r\n", '|'},
	    /* a row that is torn is outvoted */
	    {"a;b;c\n1;2;3\n4;5;6\n7,x\n8;9;0\n", ';'},
	};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct sniffed s =
		    sniff(files[i].text, strlen(files[i].text), true);

		assert_int_equal(s.delimiter, files[i].delimiter);
	}
}

static void test_header(void **state)
{
	static const struct {
		const char *text;
		bool header;
	} files[] = {
	    {"Name,Country Code,Phone Number\nAsha,91,9876543210\n", true},
	    {"user.username,user.phone_no\n", true},
	    {"Nom;T\xC3\xA9l\xC3\xA9phone\nJean;06\n", true},
	    {"Colour,Shape\nred,round\n", true},
	    {"Name,$City\n", true},
	    {"birthday||DATE,x\n", true},
	    {"\n,,\n  Name  ,  Email  \n", true},
	    {"sep=,\nName,Phone\n", true},
	    {"Asha,91,9876543210\nRavi,91,9876543211\n", false},
	    {"John Doe,John,Doe,john@doe.invalid\n", false},
	    {"+39 333 123,Mario\n", false},
	    {"a@example.com\n", false},
	    {"\xEF\xBC\x8B\xEF\xBC\x93\xEF\xBC\x99\n", false},
	    {"\xE0\xA5\xAF\xE0\xA5\xAE\n", false},
	    {"", false},
	    {"Name,Phone,2024\nx,1,2\n", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct sniffed s =
		    sniff(files[i].text, strlen(files[i].text), true);

		assert_int_equal(
		    s.header && strlen(files[i].text) > 0, files[i].header);
	}
}

static void test_names(void **state)
{
	enum encoding e = ENCODING_UTF8;
	char d = 0;

	(void)state;
	for (int i = 0; i < ENCODING_COUNT; i++) {
		assert_true(encoding_find(encoding_name((enum encoding)i), &e));
		assert_int_equal(e, i);
	}
	assert_true(encoding_find("UTF-16LE", &e));
	assert_false(encoding_find("latin-9", &e));
	assert_false(encoding_find("", &e));
	for (const char *p = ",;\t|"; *p; p++) {
		const char itself[2] = {*p, '\0'};

		assert_true(delimiter_find(delimiter_name(*p), &d));
		assert_int_equal(d, *p);
		assert_true(delimiter_find(itself, &d));
		assert_int_equal(d, *p);
	}
	assert_true(delimiter_find("Semicolon", &d));
	assert_false(delimiter_find("x", &d));
}

/* Bytes of all kinds never break it. */
static void test_noise(void **state)
{
	uint32_t seed = 3;
	char bytes[96];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		for (size_t k = 0; k < sizeof bytes; k++) {
			seed = seed * 1664525u + 1013904223u;
			bytes[k] = i % 2 ? (char)(seed >> 20)
					 : "a\",;\n\r|\t@"[(seed >> 20) % 9];
		}
		(void)sniff(bytes, seed % sizeof bytes, i % 3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_encodings),
	    cmocka_unit_test(test_cut_character),
	    cmocka_unit_test(test_not_text),
	    cmocka_unit_test(test_delimiters),
	    cmocka_unit_test(test_header),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
