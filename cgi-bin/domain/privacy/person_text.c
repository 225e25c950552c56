/* person_text.c: texts that name a person, and the same without */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/phone.h"
#include "base/url.h"
#include "base/utf8.h"
#include "domain/import/row_key.h"
#include "domain/privacy/person_keys.h"

/* Digits that a look at a whole file compares. */
#define TAIL 6
#define TAIL_MODULO 1000000u
/* National numbers of fewer digits say nothing. */
#define NATIONAL_MIN 6u
/* Of so many they count also among other digits. */
#define NATIONAL_LONG 9u
#define DIGITS_MAX 128u
#define WITHIN_MIN 6u /* of a value within another text */

/* --- numbers --- */

/* The value of a digit of any script, or -1. */
static int digit_of(int32_t c)
{
	static const int32_t zeros[] = {0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6,
	    0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0,
	    0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10};

	for (size_t i = 0; i < sizeof(zeros) / sizeof(*zeros); i++)
		if (c >= zeros[i] && c < zeros[i] + 10)
			return (int)(c - zeros[i]);
	return -1;
}

/* What may stand between the digits of one number. */
static bool is_between(int32_t c)
{
	return (c > 0 && c < 0x80 && strchr(" \t\r\n-./()[]+'", (int)c)) ||
	       c == 0xA0 || c == 0xFF0B || c == 0x3000 ||
	       (c >= 0x2000 && c <= 0x2015) || c == 0x202F || c == 0x2212;
}

/* "+919876543210" without its calling code. */
static const char *national_of(const char *phone)
{
	const char *digits = phone + (*phone == '+');

	for (size_t n = 1; n <= 3 && digits[n]; n++) {
		unsigned code = 0;

		for (size_t i = 0; i < n; i++)
			code = code * 10 + (unsigned)(digits[i] - '0');
		if (phone_calling_code_exists(code))
			return digits + n;
	}
	return digits;
}

static enum naming number_in(const char *digits, const char *phone)
{
	const char *whole = phone + (*phone == '+');
	const char *national = national_of(phone);
	size_t n = strlen(national);
	size_t have = strlen(digits);

	if (strstr(digits, whole))
		return NAMING_SURE;
	if (n < NATIONAL_MIN || have < n)
		return NAMING_NONE;
	if (n >= NATIONAL_LONG && strstr(digits, national))
		return NAMING_LOOSE;
	if (!str_equal(digits + have - n, national))
		return NAMING_NONE;
	return strspn(digits, "0") >= have - n ? NAMING_LOOSE : NAMING_NONE;
}

static enum naming digits_name(
    const struct person_keys *k, char *digits, size_t n)
{
	const struct text_set *phones = &k->keys[SUPPRESSION_PHONE];
	enum naming found = NAMING_NONE;

	digits[n] = '\0';
	for (size_t i = 0; n >= TAIL && i < phones->count; i++) {
		enum naming one = number_in(digits, phones->items[i]);

		if (one > found)
			found = one;
	}
	return found;
}

/* Each run of digits, with what may stand between them. */
static enum naming numbers_in(const struct person_keys *k, const char *text)
{
	const char *p = text;
	const char *end = text + strlen(text);
	char digits[DIGITS_MAX + 1];
	size_t n = 0;
	enum naming found = NAMING_NONE;

	while (p < end && found != NAMING_SURE) {
		int32_t c = utf8_next(&p, end);
		int d = digit_of(c);

		if (d >= 0 && n < DIGITS_MAX)
			digits[n++] = (char)('0' + d);
		if (d >= 0 || (is_between(c) && n < DIGITS_MAX))
			continue;
		enum naming one = digits_name(k, digits, n);

		found = one > found ? one : found;
		n = 0;
	}
	enum naming last = digits_name(k, digits, n);

	return last > found ? last : found;
}

/* --- e-mail addresses --- */

static bool is_local(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 ||
	       (c && strchr("._%+-", c));
}

static bool goes_on(const char *after)
{
	unsigned char next = (unsigned char)after[0];

	if (next == '.' || next == '-')
		next = (unsigned char)after[1];
	return next && next != '.' && next != '-' && is_local(next);
}

/* Not as a part of a longer address. */
static bool has_address(const char *folded, const char *email)
{
	const char *at = folded;

	while ((at = strstr(at, email))) {
		if ((at == folded || !is_local((unsigned char)at[-1])) &&
		    !goes_on(at + strlen(email)))
			return true;
		at++;
	}
	return false;
}

static bool emails_in(
    struct arena *a, const struct person_keys *k, const char *text)
{
	const struct text_set *emails = &k->keys[SUPPRESSION_EMAIL];

	if (!emails->count || !strchr(text, '@'))
		return false;
	const char *folded = fold_email(a, text);

	for (size_t i = 0; i < emails->count; i++)
		if (has_address(folded, emails->items[i]))
			return true;
	return false;
}

enum naming person_named(
    struct arena *a, const struct person_keys *k, const char *text)
{
	return emails_in(a, k, text) ? NAMING_SURE : numbers_in(k, text);
}

bool person_is_in_event(
    struct arena *a, const struct person_keys *k, const char *body)
{
	const struct text_set *ids = &k->keys[SUPPRESSION_WA_USER_ID];

	for (size_t i = 0; i < ids->count; i++)
		if (strstr(body, ids->items[i]))
			return true;
	return person_named(a, k, body) == NAMING_SURE;
}

/* --- a quick look --- */

static bool tail_is_in(const struct text_set *phones, uint32_t last)
{
	for (size_t i = 0; i < phones->count; i++) {
		size_t n = strlen(phones->items[i]);

		if (n > TAIL &&
		    strtoul(phones->items[i] + n - TAIL, NULL, 10) == last)
			return true;
	}
	return false;
}

static bool digits_may_be_in(
    const struct text_set *phones, const char *text, size_t length)
{
	const char *p = text;
	const char *end = text + length;
	uint32_t last = 0;
	size_t n = 0;

	if (!phones->count)
		return false;
	while (p < end) {
		unsigned char c = (unsigned char)*p;
		int d = c < 0x80 ? c - '0' : digit_of(utf8_next(&p, end));

		p += c < 0x80;
		if (d < 0 || d > 9)
			continue;
		last = (last * 10 + (uint32_t)d) % TAIL_MODULO;
		if (++n >= TAIL && tail_is_in(phones, last))
			return true;
	}
	return false;
}

static bool is_ascii(const char *text)
{
	while (*text && (unsigned char)*text < 0x80)
		text++;
	return !*text;
}

static bool email_may_be_in(const char *email, const char *text, size_t length)
{
	const char *end = text + length;
	size_t local = strcspn(email, "@");
	size_t n = strlen(email);

	for (const char *at = text; (at = memchr(at, '@', (size_t)(end - at)));
	     at++) {
		if (!is_ascii(email))
			return true;
		if ((size_t)(at - text) >= local &&
		    (size_t)(end - at) >= n - local &&
		    strncasecmp(at - local, email, n) == 0)
			return true;
	}
	return false;
}

static bool texts_may_be_in(
    const struct text_set *ids, const char *text, size_t length)
{
	for (size_t i = 0; i < ids->count; i++)
		if (memmem(text, length, ids->items[i], strlen(ids->items[i])))
			return true;
	return false;
}

bool person_may_be_in(
    const struct person_keys *k, const char *text, size_t length)
{
	const struct text_set *emails = &k->keys[SUPPRESSION_EMAIL];

	if (digits_may_be_in(&k->keys[SUPPRESSION_PHONE], text, length))
		return true;
	for (size_t i = 0; i < emails->count; i++)
		if (email_may_be_in(emails->items[i], text, length))
			return true;
	return texts_may_be_in(&k->keys[SUPPRESSION_USER_ID], text, length) ||
	       texts_may_be_in(&k->keys[SUPPRESSION_WA_USER_ID], text, length);
}

/* --- texts of others --- */

bool person_is_told(const struct scrubbing *s, const char *text)
{
	const struct person_keys *k = s->keys;

	if (str_empty(text))
		return false;
	return person_named(s->arena, k, text) != NAMING_NONE ||
	       text_set_has(&k->keys[SUPPRESSION_USER_ID], text) ||
	       text_set_has(&k->keys[SUPPRESSION_WA_USER_ID], text) ||
	       (text_set_has(&k->values, text) && s->only_theirs(s->arg, text));
}

bool person_is_within(const struct scrubbing *s, const char *text)
{
	const struct text_set *values = &s->keys->values;

	if (person_named(s->arena, s->keys, text) != NAMING_NONE)
		return true;
	for (size_t i = 0; i < values->count; i++)
		if (utf8_length(values->items[i]) >= WITHIN_MIN &&
		    strstr(text, values->items[i]) &&
		    s->only_theirs(s->arg, values->items[i]))
			return true;
	return false;
}

/* A value as it is told between '~', where '\' stands before '~' and '\'. */
static const char *plain_part(struct arena *a, const char *part, size_t n)
{
	char *out = arena_raw(a, n + 1);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		if (part[i] == '\\' && i + 1 < n)
			i++;
		out[k++] = part[i];
	}
	out[k] = '\0';
	return out;
}

static size_t part_length(const char *part)
{
	size_t n = 0;

	while (part[n] && part[n] != '~')
		n += part[n] == '\\' && part[n + 1] ? 2 : 1;
	return n;
}

/* The value of one parameter; *told when something of it went. */
static const char *scrub_value(
    const struct scrubbing *s, const char *value, bool *told)
{
	struct str out;

	if (!strchr(value, '~') && person_is_told(s, value)) {
		*told = true;
		return SCRUBBED;
	}
	str_init(&out, 1u << 20);
	for (const char *p = value;;) {
		size_t n = part_length(p);

		if (person_is_told(s, plain_part(s->arena, p, n))) {
			*told = true;
			str_addz(&out, SCRUBBED);
		} else {
			str_add(&out, p, n);
		}
		p += n;
		if (!*p)
			break;
		str_addc(&out, *p++);
	}
	const char *text = arena_strdup(s->arena, str_text(&out));

	str_release(&out);
	return text;
}

const char *person_scrub_query(const struct scrubbing *s, const char *query)
{
	struct arena *a = s->arena;
	struct str out;
	bool told = false;

	str_init(&out, 1u << 20);
	for (const char *p = query; *p;) {
		size_t n = strcspn(p, "&");
		const char *equals = memchr(p, '=', n);
		size_t name_n = equals ? (size_t)(equals - p) : n;
		size_t length;

		if (p > query)
			str_addc(&out, '&');
		str_add(&out, p, name_n);
		if (equals) {
			const char *value = url_unescape(
			    a, equals + 1, n - name_n - 1, &length);

			str_addc(&out, '=');
			str_addz(
			    &out, url_escape(a, scrub_value(s, value, &told)));
		}
		p += n + (p[n] == '&');
	}
	const char *text = told ? arena_strdup(a, str_text(&out)) : NULL;

	str_release(&out);
	return text;
}

/* --- JSON --- */

struct scrubber {
	const struct scrubbing *s;
	struct json_writer w;
	bool told;
};

static void scrub(struct scrubber *x, const struct json_t *v);

static bool scrub_member(void *arg, const char *key, struct json_t *value)
{
	struct scrubber *x = arg;

	json_key(&x->w, key);
	scrub(x, value);
	return true;
}

/* Nested no deeper than what json_parse() takes. */
static void scrub(struct scrubber *x, const struct json_t *v)
{
	enum json_type type = json_type_of(v);

	if (type == JSON_IS_STRING) {
		bool told = person_is_told(x->s, json_text(v));

		x->told |= told;
		json_put_text(&x->w, told ? SCRUBBED : json_text(v));
	} else if (type == JSON_IS_ARRAY) {
		json_open(&x->w, '[');
		for (size_t i = 0; i < json_count(v); i++)
			scrub(x, json_at(v, i));
		json_close(&x->w, ']');
	} else if (type == JSON_IS_OBJECT) {
		json_open(&x->w, '{');
		json_members(v, scrub_member, x);
		json_close(&x->w, '}');
	} else {
		json_put_raw(&x->w, json_dump(x->s->arena, v, false));
	}
}

const char *person_scrub_json(const struct scrubbing *s, const char *json)
{
	struct scrubber x = {.s = s};
	struct json_t *v;
	struct str out;

	if (json_parse(s->arena, json, strlen(json), &v, NULL) != STATUS_OK)
		return NULL;
	str_init(&out, 16u << 20);
	json_writer_init(&x.w, &out);
	scrub(&x, v);
	const char *text =
	    x.told && !out.full ? arena_strdup(s->arena, str_text(&out)) : NULL;

	str_release(&out);
	return text;
}
