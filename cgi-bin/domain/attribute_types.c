/* attribute_types.c: the nine types of custom attributes */
/* SPDX-License-Identifier: MIT */
#include "domain/attribute_types.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

/*
 * A value has three forms: as a file or a person writes it, as it is kept,
 * and as a member of the attributes JSON. What is kept must come back from
 * the JSON byte for byte, or a contact that nobody touched would count as
 * changed. So a number whose written form JSON would not give back ("007",
 * "+5", "2.50", a telephone number's twenty digits) is a JSON string.
 */
enum {
	LONGEST_TEXT = 4000,  /* code points */
	LONGEST_NUMBER = 100, /* characters */
	SURE_DIGITS = 18      /* a whole number of so many fits 63 bits */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *parse_text(struct arena *a, const char *text, bool strict)
{
	(void)strict;
	if (utf8_length(text) > LONGEST_TEXT)
		return NULL;
	return arena_strdup(a, text);
}

static size_t skip_digits(const char **p)
{
	size_t n = 0;

	for (; is_digit(**p); n++)
		(*p)++;
	return n;
}

/* A decimal number at *p: [+-] digits [. digits] [e [+-] digits], with a
 * digit on at least one side of the point. *p is moved behind it. */
static bool read_decimal(const char **p, double *out)
{
	const char *start = *p;

	if (**p == '+' || **p == '-')
		(*p)++;
	size_t digits = skip_digits(p);

	if (**p == '.') {
		(*p)++;
		digits += skip_digits(p);
	}
	if (digits == 0)
		return false;
	if (**p == 'e' || **p == 'E') {
		(*p)++;
		if (**p == '+' || **p == '-')
			(*p)++;
		if (skip_digits(p) == 0)
			return false;
	}
	if (*p - start > LONGEST_NUMBER)
		return false;
	*out = strtod(start, NULL);
	return isfinite(*out);
}

static const char *parse_number(struct arena *a, const char *text, bool strict)
{
	const char *p = text;
	double unused;

	(void)strict;
	if (!read_decimal(&p, &unused) || *p)
		return NULL;
	return arena_strdup(a, text);
}

static const char *parse_date(struct arena *a, const char *text, bool strict)
{
	int64_t unused;

	(void)strict;
	if (strnlen(text, 11) != 10 || !clock_parse(text, false, &unused))
		return NULL;
	return arena_strdup(a, text);
}

/* Two digits at p as a number below the limit; -1 when they are not. */
static int two_digits(const char *p, int limit)
{
	if (!is_digit(p[0]) || !is_digit(p[1]))
		return -1;
	int v = (p[0] - '0') * 10 + (p[1] - '0');

	return v < limit ? v : -1;
}

static const char *parse_time(struct arena *a, const char *text, bool strict)
{
	size_t n = strnlen(text, 9);

	(void)strict;
	if (n != 5 && n != 8)
		return NULL;
	if (two_digits(text, 24) < 0 || text[2] != ':' ||
	    two_digits(text + 3, 60) < 0)
		return NULL;
	if (n == 8 && (text[5] != ':' || two_digits(text + 6, 60) < 0))
		return NULL;
	return arena_printf(a, "%s%s", text, n == 5 ? ":00" : "");
}

static const char *parse_datetime(
    struct arena *a, const char *text, bool strict)
{
	char kept[32];
	int64_t ms;

	(void)strict;
	if (!clock_parse(text, false, &ms))
		return NULL;
	clock_format(ms, kept);
	return arena_strdup(a, kept);
}

static const char *parse_boolean(struct arena *a, const char *text, bool strict)
{
	(void)a;
	if (str_equal_nocase(text, "true"))
		return "true";
	if (str_equal_nocase(text, "false"))
		return "false";
	if (strict)
		return NULL;
	if (str_equal_nocase(text, "yes") || str_equal(text, "1"))
		return "true";
	if (str_equal_nocase(text, "no") || str_equal(text, "0"))
		return "false";
	return NULL;
}

static const char *parse_json(
    struct arena *a, const char *text, enum json_type type)
{
	struct json_t *v;

	if (json_parse(a, text, strlen(text), &v, NULL) != STATUS_OK ||
	    json_type_of(v) != type)
		return NULL;
	return json_dump(a, v, false);
}

static const char *parse_array(struct arena *a, const char *text, bool strict)
{
	(void)strict;
	return parse_json(a, text, JSON_IS_ARRAY);
}

static const char *parse_object(struct arena *a, const char *text, bool strict)
{
	(void)strict;
	return parse_json(a, text, JSON_IS_OBJECT);
}

/* {"latitude": .., "longitude": ..} and nothing else. */
static bool read_location_json(
    struct arena *a, const char *text, double *latitude, double *longitude)
{
	struct json_t *v;

	return json_parse(a, text, strlen(text), &v, NULL) == STATUS_OK &&
	       json_type_of(v) == JSON_IS_OBJECT && json_count(v) == 2 &&
	       json_number(json_get(v, "latitude"), latitude) &&
	       json_number(json_get(v, "longitude"), longitude);
}

/* "19.07,72.87", with or without a blank behind the comma. */
static bool read_location_pair(
    const char *text, double *latitude, double *longitude)
{
	const char *p = text;

	if (!read_decimal(&p, latitude))
		return false;
	p += strspn(p, " ");
	if (*p++ != ',')
		return false;
	p += strspn(p, " ");
	return read_decimal(&p, longitude) && !*p;
}

static const char *parse_location(
    struct arena *a, const char *text, bool strict)
{
	double latitude;
	double longitude;
	bool read = *text == '{'
			? read_location_json(a, text, &latitude, &longitude)
			: read_location_pair(text, &latitude, &longitude);

	(void)strict;
	if (!read || fabs(latitude) > 90 || fabs(longitude) > 180)
		return NULL;
	/* Written and read again: the form that JSON gives back. */
	return parse_json(a,
	    arena_printf(a, "{\"latitude\":%.15g,\"longitude\":%.15g}",
		latitude, longitude),
	    JSON_IS_OBJECT);
}

static const char *quoted(struct arena *a, const char *kept)
{
	struct str out;

	/* Each byte can become six: \u001f. */
	str_init(&out, strlen(kept) * 6 + 2);
	json_quote(&out, kept);
	const char *json = arena_strndup(a, out.data, out.len);

	str_release(&out);
	return json;
}

static const char *as_it_is(struct arena *a, const char *kept)
{
	(void)a;
	return kept;
}

/* A whole number that needs no closer look. */
static bool is_plain_integer(const char *text)
{
	const char *p = *text == '-' ? text + 1 : text;
	size_t n = strspn(p, "0123456789");

	return n > 0 && n <= SURE_DIGITS && !p[n] && *p != '0';
}

static const char *number_to_json(struct arena *a, const char *kept)
{
	struct json_t *v;

	if (is_plain_integer(kept))
		return kept;
	if (json_parse(a, kept, strlen(kept), &v, NULL) == STATUS_OK &&
	    str_equal(json_dump(a, v, false), kept))
		return kept;
	return quoted(a, kept);
}

const struct attribute_type_info attribute_types[TYPE_COUNT] = {
    [TYPE_TEXT] = {"TEXT", "Text", "text", "at most 4,000 characters",
	COMPARE_TEXT, parse_text, quoted},
    [TYPE_NUMBER] = {"NUMBER", "Number", "number",
	"a number such as 42, -3.5 or 1e3, without thousands separators",
	COMPARE_NUMBER, parse_number, number_to_json},
    [TYPE_DATE] = {"DATE", "Date", "date", "YYYY-MM-DD, a day that exists",
	COMPARE_TIME, parse_date, quoted},
    [TYPE_TIME] = {"TIME", "Time", "time", "HH:MM or HH:MM:SS, 24 hours",
	COMPARE_TIME, parse_time, quoted},
    [TYPE_DATETIME] = {"DATETIME", "Date and time", "datetime",
	"a date and time such as 2022-10-31T19:30:00+05:30 or "
	"2022-10-31T14:00:00Z",
	COMPARE_TIME, parse_datetime, quoted},
    [TYPE_BOOLEAN] = {"BOOLEAN", "Yes or no", "checkbox", "true or false",
	COMPARE_FLAG, parse_boolean, as_it_is},
    [TYPE_ARRAY] = {"ARRAY", "List", "json",
	"a JSON array such as [\"a\", \"b\"]", COMPARE_NONE, parse_array,
	as_it_is},
    [TYPE_OBJECT] = {"OBJECT", "Object", "json",
	"a JSON object such as {\"size\": \"M\"}", COMPARE_NONE, parse_object,
	as_it_is},
    [TYPE_LOCATION] = {"LOCATION", "Location", "location",
	"latitude and longitude such as 19.07,72.87", COMPARE_NONE,
	parse_location, as_it_is},
};

bool attribute_type_find(const char *key, enum attribute_type *out)
{
	for (int i = 0; i < TYPE_COUNT; i++) {
		if (!str_equal_nocase(key, attribute_types[i].key))
			continue;
		*out = (enum attribute_type)i;
		return true;
	}
	return false;
}

const char *attribute_kept_from_json(struct arena *a, const struct json_t *v)
{
	const char *text = json_text(v);

	return text ? arena_strdup(a, text) : json_dump(a, v, false);
}
