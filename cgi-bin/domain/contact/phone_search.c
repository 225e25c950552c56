/* phone_search.c: what a typed number may stand for in the book */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/phone_search.h"

#include <string.h>

#include "base/phone.h"
#include "base/str.h"
#include "base/utf8.h"

#define DIGITS_MIN 4
#define DIGITS_MAX 15

static bool is_filler(int32_t c)
{
	return utf8_is_space(c) || (c > 0 && c < 128 && strchr("()[]-./", c));
}

/* The digits of the text, at most DIGITS_MAX + 2 of them (00 in front); *plus:
 * a '+' comes first. -1 when there is anything that no number has. */
static int read_digits(const char *text, char out[DIGITS_MAX + 3], bool *plus)
{
	const char *end = text + strlen(text);
	int n = 0;

	*plus = false;
	while (text < end) {
		int32_t c = utf8_next(&text, end);
		int digit = c < 0 ? -1 : utf8_digit_value(c);

		if (digit >= 0 && n < DIGITS_MAX + 2)
			out[n++] = (char)('0' + digit);
		else if (digit >= 0)
			return -1;
		else if (c == '+' && n == 0 && !*plus)
			*plus = true;
		else if (!is_filler(c))
			return -1;
	}
	out[n] = '\0';
	return n;
}

bool phone_search_looks_like(const char *text)
{
	char digits[DIGITS_MAX + 3];
	bool plus;

	return read_digits(text, digits, &plus) >= DIGITS_MIN;
}

static void add_number(
    struct arena *a, struct phone_search *s, unsigned code, const char *digits)
{
	size_t n = strlen(digits);

	if (n < DIGITS_MIN || n + (code > 99	 ? 3
				      : code > 9 ? 2
						 : 1) >
				  DIGITS_MAX)
		return;
	s->numbers[s->number_count++] = arena_printf(a, "+%u%s", code, digits);
}

static void add_nationals(
    struct arena *a, struct phone_search *s, const char *digits)
{
	for (const unsigned *code = phone_calling_codes(); *code; code++) {
		add_number(a, s, *code, digits);
		if (digits[0] == '0')
			add_number(a, s, *code, digits + 1);
	}
}

static void add_starts(struct arena *a, struct phone_search *s,
    const char *digits, const char *region)
{
	unsigned code = phone_calling_code(region);

	s->starts[s->start_count++] = arena_printf(a, "+%s", digits);
	if (code)
		s->starts[s->start_count++] = arena_printf(
		    a, "+%u%s", code, digits[0] == '0' ? digits + 1 : digits);
}

static size_t count_codes(void)
{
	const unsigned *code = phone_calling_codes();
	size_t n = 0;

	while (code[n])
		n++;
	return n;
}

bool phone_search_read(struct arena *a, const char *text, const char *region,
    bool starts, struct phone_search *out)
{
	char digits[DIGITS_MAX + 3];
	char e164[PHONE_SIZE];
	bool plus;
	int n = read_digits(text, digits, &plus);

	if (n < DIGITS_MIN)
		return false;
	out->numbers =
	    arena_alloc(a, (2 * count_codes() + 2) * sizeof(*out->numbers));
	out->starts = arena_alloc(a, 2 * sizeof(*out->starts));
	out->number_count = 0;
	out->start_count = 0;
	if (phone_parse(text, region, e164) != PHONE_NOT_POSSIBLE)
		out->numbers[out->number_count++] = arena_strdup(a, e164);
	bool abroad = !plus && str_starts(digits, "00") && n > DIGITS_MIN + 1;
	const char *whole = abroad ? digits + 2 : digits;

	if (strlen(whole) <= DIGITS_MAX)
		out->numbers[out->number_count++] =
		    arena_printf(a, "+%s", whole);
	if (!plus && !abroad)
		add_nationals(a, out, digits);
	if (starts && (plus || abroad))
		out->starts[out->start_count++] = arena_printf(a, "+%s", whole);
	else if (starts)
		add_starts(a, out, digits, region);
	return true;
}
