/* test_phone.c: telephone numbers, good, bad and hostile */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/phone.h"

struct phone_case {
	const char *text;
	const char *region;
	const char *e164; /* NULL: not possible */
};

static const struct phone_case cases[] = {
    {"9876543210", "IN", "+919876543210"},
    {"919876543210", "IN", "+919876543210"},
    {"+919876543210", "IN", "+919876543210"},
    {"+919876543210", "", "+919876543210"},
    {"09876543210", "IN", "+919876543210"},
    {"00919876543210", "IN", "+919876543210"},
    {"01115417543010", "US", "+15417543010"},
    {"+15417543010", "IN", "+15417543010"},
    {"(541) 754-3010", "US", "+15417543010"},
    {"(91) 9876543210", "IN", "+919876543210"},
    {"(+91) 98765-43210", "", "+919876543210"},
    {"98765.43210", "IN", "+919876543210"},
    {"  98765 43210\t", "IN", "+919876543210"},
    {"98765\xc2\xa0"
     "43210",
	"IN", "+919876543210"},
    {"\xe2\x80\xaa+91 98765 43210\xe2\x80\xac", "", "+919876543210"},
    {"'9876543210", "IN", "+919876543210"},
    {"+91\xe2\x80\x91"
     "98765\xe2\x80\x93"
     "43210",
	"", "+919876543210"},
    {"९८७६५४३२१०", "IN", "+919876543210"},
    {"٩٨٧٦٥٤٣٢١٠", "IN", "+919876543210"},
    {"＋９１９８７６５４３２１０", "", "+919876543210"},
    {"+44 (0)20 7946 0958", "", "+442079460958"},
    {"06 1234 5678", "IT", "+390612345678"},
    {"+39 06 1234 5678", "", "+390612345678"},
    {"089/12345678", "DE", "+498912345678"},
    {"+52 1 55 1234 5678", "", "+525512345678"},
    {"+800 1234 5678", "", "+80012345678"},
    {"+229 01 95 12 34 56", "", "+2290195123456"},
    {"01 95 12 34 56", "BJ", "+2290195123456"},
    {"+229 02 95 12 34 56", "", NULL},
    {"+229 01 15 12 34 56", "", NULL},
    {"9876543210", "", NULL},
    {"00919876543210", "", "+919876543210"},
    {"00 39 333 1234567", "", "+393331234567"},
    {"000919876543210", "", NULL},
    {"0098765", "", NULL},
    {"011919876543210", "", NULL},
    {"15417543010", "IN", NULL},
    {"987654321", "IN", NULL},
    {"98765432101", "IN", NULL},
    {"+91987654321", "", NULL},
    {"+919876543210", "XX", "+919876543210"},
    {"9876543210", "XX", NULL},
    {"9.19877E+11", "IN", NULL},
    {"9.87654E+09", "IN", NULL},
    {"9876543210.0", "IN", NULL},
    {"9,876,543,210", "IN", NULL},
    {"1800FLOWERS", "US", NULL},
    {"1-800-FLOWERS", "US", NULL},
    {"N/A", "IN", NULL},
    {"-", "IN", NULL},
    {"", "IN", NULL},
    {"+", "IN", NULL},
    {"0", "IN", NULL},
    {"0000000000", "IN", NULL},
    {"9876543210 / 9876543211", "IN", NULL},
    {"9876543210, 9876543211", "IN", NULL},
    {"9876543210;9876543211", "IN", NULL},
    {"5551234/5551235", "DE", NULL},
    {"+15417543010 ::: +15417543011", "", NULL},
    {"9876543210\n9876543211", "IN", NULL},
    {"9876543210 ext. 5", "IN", NULL},
    {"9876543210x5", "IN", NULL},
    {"9876543210#5", "IN", NULL},
    {"tel:+919876543210", "", NULL},
    {"98765+43210", "IN", NULL},
    {"++919876543210", "", NULL},
    {"=\"9876543210\"", "IN", NULL},
    {"#####", "IN", NULL},
    {"+999123456789", "", NULL},
    {"+0123456789", "", NULL},
    {"+1234567890123456", "", NULL},
    {"\xff\xfe\x80", "IN", NULL},
    {"98765\xff"
     "43210",
	"IN", NULL},
    {"+91%s%n", "", NULL},
};

static void test_parse(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct phone_case *c = &cases[i];
		char e164[PHONE_SIZE] = "untouched";
		enum phone_verdict v = phone_parse(c->text, c->region, e164);

		if (v == (c->e164 ? PHONE_VALID : PHONE_NOT_POSSIBLE) &&
		    strcmp(e164, c->e164 ? c->e164 : "") == 0)
			continue;
		print_error(
		    "\"%s\" (%s): %d %s\n", c->text, c->region, (int)v, e164);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

/* A range that is newer than the library's data. */
static void test_unknown_range(void **state)
{
	char e164[PHONE_SIZE];

	(void)state;
	assert_int_equal(
	    phone_parse("+65 8080 1234", "", e164), PHONE_POSSIBLE);
	assert_string_equal(e164, "+6580801234");
	assert_int_equal(phone_national(65, "80801234", e164), PHONE_POSSIBLE);
	assert_string_equal(e164, "+6580801234");
	assert_int_equal(phone_parse("80801234", "SG", e164), PHONE_POSSIBLE);
}

static void test_national(void **state)
{
	static const char *const bad[] = {"09876543210", "919876543210",
	    "987654321", "98765432101", "", "9", "+919876543210", "98765 43210",
	    "98765a3210", "9876543210 ", "९८७६५४३२१०", "1234567890123456"};
	char e164[PHONE_SIZE];

	(void)state;
	assert_int_equal(phone_national(91, "9876543210", e164), PHONE_VALID);
	assert_string_equal(e164, "+919876543210");
	assert_int_equal(phone_national(39, "0612345678", e164), PHONE_VALID);
	assert_string_equal(e164, "+390612345678");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_not_equal(
		    phone_national(91, bad[i], e164), PHONE_VALID);
	assert_int_equal(
	    phone_national(999, "9876543210", e164), PHONE_NOT_POSSIBLE);
	assert_string_equal(e164, "");
	assert_int_equal(
	    phone_national(0, "9876543210", e164), PHONE_NOT_POSSIBLE);
	assert_int_equal(
	    phone_national(UINT32_MAX, "9876543210", e164), PHONE_NOT_POSSIBLE);
}

/* A mobile number of each region, read in every way. */
static void check_region(const char *region)
{
	char example[PHONE_SIZE];
	char code[16];
	char e164[PHONE_SIZE];
	char pretty[40];

	if (!phone_example(region, example))
		return;
	snprintf(code, sizeof(code), "%u", phone_calling_code(region));
	const char *national = example + 1 + strlen(code);

	assert_memory_equal(example + 1, code, strlen(code));
	assert_int_equal(phone_parse(example, "", e164), PHONE_VALID);
	assert_string_equal(e164, example);
	assert_int_equal(phone_parse(national, region, e164), PHONE_VALID);
	assert_string_equal(e164, example);
	assert_int_equal(
	    phone_national(phone_calling_code(region), national, e164),
	    PHONE_VALID);
	assert_string_equal(e164, example);
	phone_pretty(example, pretty);
	assert_int_equal(phone_parse(pretty, "", e164), PHONE_VALID);
	assert_string_equal(e164, example);
}

static void test_regions(void **state)
{
	const char *const *regions = phone_regions();
	size_t n = 0;

	(void)state;
	for (; regions[n]; n++) {
		if (n)
			assert_true(strcmp(regions[n - 1], regions[n]) < 0);
		assert_true(phone_calling_code(regions[n]) > 0);
		check_region(regions[n]);
	}
	assert_true(n > 200);
	assert_int_equal(phone_calling_code("IN"), 91);
	assert_int_equal(phone_calling_code("XX"), 0);
	assert_int_equal(phone_calling_code(""), 0);
}

static void test_codes(void **state)
{
	const unsigned *codes = phone_calling_codes();

	(void)state;
	assert_int_equal(codes[0], 1);
	for (size_t i = 0; codes[i]; i++) {
		assert_true(i == 0 || codes[i - 1] < codes[i]);
		assert_true(phone_calling_code_exists(codes[i]));
		assert_non_null(phone_region_of_code(codes[i]));
	}
	assert_string_equal(phone_region_of_code(1), "US");
	assert_string_equal(phone_region_of_code(44), "GB");
	assert_string_equal(phone_region_of_code(800), "001");
	assert_null(phone_region_of_code(999));
	assert_null(phone_region_of_code(0));
	assert_null(phone_region_of_code(1000));
	assert_false(phone_calling_code_exists(210));
}

/* A number that is taken as it is comes out as the library would read it:
 * "00" sends the same digits through its parser. */
static void test_short_cut(void **state)
{
	unsigned seed = 3;
	size_t valid = 0;

	(void)state;
	for (const unsigned *code = phone_calling_codes(); *code; code++)
		for (int i = 0; i < 300; i++) {
			char text[40] = "00";
			char plus[PHONE_SIZE];
			char parsed[PHONE_SIZE];
			size_t n =
			    (size_t)snprintf(text + 2, 8, "%u", *code) + 2;
			size_t end = n + 6 + (unsigned)i % 6;

			while (n < end) {
				seed = seed * 1103515245u + 12345u;
				text[n++] = (char)('0' + (seed >> 16) % 10);
			}
			text[n] = '\0';
			text[1] = '+';
			if (phone_parse(text + 1, "", plus) != PHONE_VALID)
				continue;
			text[1] = '0';
			valid++;
			assert_int_equal(
			    phone_parse(text, "DE", parsed), PHONE_VALID);
			assert_string_equal(parsed, plus);
		}
	assert_true(valid > 1000);
}

static void test_pretty(void **state)
{
	char out[40];
	char long_text[200];

	(void)state;
	phone_pretty("+919876543210", out);
	assert_string_equal(out, "+91 98765 43210");
	phone_pretty("", out);
	assert_string_equal(out, "");
	phone_pretty("no number", out);
	assert_string_equal(out, "no number");
	memset(long_text, 'x', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	phone_pretty(long_text, out);
	assert_int_equal(strlen(out), 39);
}

static void test_hostile(void **state)
{
	static const char *const fills[] = {
	    "9", "+", "(", " ", "\xe2\x80\x8b", "/", "\xff", "٩", "0"};
	char *text = malloc(20001);
	char e164[PHONE_SIZE];
	unsigned seed = 5;

	(void)state;
	assert_non_null(text);
	for (size_t f = 0; f < sizeof(fills) / sizeof(*fills); f++) {
		size_t n = strlen(fills[f]);

		for (size_t i = 0; i < 5000; i++)
			memcpy(text + i * n, fills[f], n);
		text[5000 * n] = '\0';
		assert_int_equal(
		    phone_parse(text, "IN", e164), PHONE_NOT_POSSIBLE);
		assert_int_equal(
		    phone_national(91, text, e164), PHONE_NOT_POSSIBLE);
	}
	for (int round = 0; round < 20000; round++) {
		size_t n = 1 + seed % 24;

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (seed >> 28)
				      ? "+0123456789()-. /"[(seed >> 16) % 17]
				      : (char)((seed >> 16) % 255 + 1);
		}
		text[n] = '\0';
		enum phone_verdict v = phone_parse(text, "DE", e164);

		assert_int_equal(v == PHONE_NOT_POSSIBLE, e164[0] == '\0');
		assert_true(strlen(e164) <= 16);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_unknown_range),
	    cmocka_unit_test(test_national),
	    cmocka_unit_test(test_regions),
	    cmocka_unit_test(test_codes),
	    cmocka_unit_test(test_short_cut),
	    cmocka_unit_test(test_pretty),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
