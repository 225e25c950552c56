/* event_value.c: texts, numbers and moments as WhatsApp's events have them */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/event_value.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/phone.h"
#include "base/str.h"
#include "base/utf8.h"

#define SECONDS_MAX 4102444800.0 /* 2100: what is above are milliseconds */
#define EARLIEST 1230768000000.0 /* ms: 2009, when WhatsApp began */
#define AHEAD_MAX 600000.0	 /* ms: clocks differ by less */

enum {
	ESCAPE_LENGTH = 6 /* of a backslash, u and four digits */
};

/* --- texts --- */

/* The code unit of an escape "\uXXXX"; -1 for anything else. */
static long escaped_unit(const char *p, const char *end)
{
	char hex[5] = "";

	if (end - p < ESCAPE_LENGTH || p[0] != '\\' || p[1] != 'u')
		return -1;
	memcpy(hex, p + 2, 4);
	return strspn(hex, "0123456789abcdefABCDEF") == 4
		   ? strtol(hex, NULL, 16)
		   : -1;
}

static bool is_high(long unit)
{
	return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low(long unit)
{
	return unit >= 0xdc00 && unit <= 0xdfff;
}

/* The bytes of an escape, or of the pair of escapes that are one character; of
 * others than "\uXXXX" only what could hide where the next one begins. *taken
 * is false for one that no text can have. */
static size_t escape_size(const char *p, const char *end, bool *taken)
{
	long unit = escaped_unit(p, end);

	*taken = true;
	if (unit < 0)
		return end - p > 1 && (p[1] == '\\' || p[1] == '"') ? 2 : 1;
	if (is_high(unit) && is_low(escaped_unit(p + ESCAPE_LENGTH, end)))
		return 2 * ESCAPE_LENGTH;
	*taken = unit && !is_high(unit) && !is_low(unit);
	return ESCAPE_LENGTH;
}

const char *event_clean(struct arena *a, const char *p, size_t n, size_t *len)
{
	static const char mark[] = "\xef\xbf\xbd";
	const char *end = p + n;
	char *out = arena_raw(a, n * 3 + 1);
	size_t at = 0;

	while (p < end) {
		const char *from = p;
		bool taken;

		if (*p == '\\')
			p += escape_size(p, end, &taken);
		else
			taken = utf8_next(&p, end) >= 0;
		size_t size = taken ? (size_t)(p - from) : sizeof(mark) - 1;

		memcpy(out + at, taken ? from : mark, size);
		at += size;
	}
	*len = at;
	return out;
}

const char *event_cut(struct arena *a, const char *z, size_t max)
{
	const char *p = z;
	const char *end = z + strlen(z);

	while (p < end && max--)
		utf8_next(&p, end);
	return arena_strndup(a, z, (size_t)(p - z));
}

const char *event_field(struct arena *a, const char *z, enum contact_field f)
{
	size_t n = strlen(z);

	utf8_trim(&z, &n);
	char *copy = arena_strndup(a, z, n);

	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return event_cut(a, copy, contact_fields[f].max_length);
}

const char *event_text(const struct json_t *v, const char *key)
{
	return str_or_empty(json_get_text(v, key));
}

const char *event_id(struct arena *a, const struct json_t *v, const char *key)
{
	int64_t n;

	if (json_int(json_get(v, key), &n))
		return arena_printf(a, "%lld", (long long)n);
	return event_text(v, key);
}

/* --- moments --- */

/* What a text or number says; 0 for none. */
static double amount(const struct json_t *v)
{
	const char *text = json_text(v);
	double n = 0;

	if (!text)
		return json_number(v, &n) ? n : 0;
	size_t digits = strspn(text, "0123456789");

	if (!digits || (text[digits] && text[digits] != '.'))
		return 0;
	return strtod(text, NULL);
}

int64_t event_moment(const struct json_t *v, int64_t now)
{
	double n = amount(json_get(v, "timestamp"));

	if (n <= SECONDS_MAX)
		n *= 1000;
	return n >= EARLIEST && n <= (double)now + AHEAD_MAX ? (int64_t)n : now;
}

/* --- numbers --- */

const char *event_phone(struct arena *a, const char *digits)
{
	char e164[PHONE_SIZE];

	digits += *digits == '+';
	size_t n = strspn(digits, "0123456789");

	if (n < 5 || n > 15 || digits[n] || *digits == '0')
		return "";
	const char *plus = arena_printf(a, "+%s", digits);

	if (phone_parse(plus, "", e164) == PHONE_NOT_POSSIBLE)
		return plus;
	return arena_strdup(a, e164);
}

const char *event_phone_alias(struct arena *a, const char *e164)
{
	size_t n = strlen(e164);

	if (str_starts(e164, "+55")) { /* area, two digits, then the number */
		if (n == 14 && e164[5] == '9' && e164[6] >= '6')
			return arena_printf(a, "%.5s%s", e164, e164 + 6);
		if (n == 13 && e164[5] >= '6')
			return arena_printf(a, "%.5s9%s", e164, e164 + 5);
	} else if (str_starts(e164, "+54")) {
		if (n == 14 && e164[3] == '9')
			return arena_printf(a, "+54%s", e164 + 4);
		if (n == 13 && e164[3] != '9')
			return arena_printf(a, "+549%s", e164 + 3);
	}
	return "";
}
