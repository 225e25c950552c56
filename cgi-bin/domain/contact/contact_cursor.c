/* contact_cursor.c: a place in a list, as text for an address */
/* SPDX-License-Identifier: MIT */
/*
 * Inside: CHECK_BYTES of a digest, then "name d 4711 =Asha": sort, direction
 * (a or d), id, and '=' with the value or '-' for none; all in base64url.
 */
#include "domain/contact/contact_cursor.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"

#define CHECK_BYTES 6
#define CURSOR_MAX 4000

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const char *contact_sort_name(const struct contact_query *q)
{
	return q->sort_name ? q->sort_name : "created";
}

static char *encode(struct arena *a, const unsigned char *p, size_t n)
{
	char *out = arena_alloc(a, n * 4 / 3 + 4);
	char *to = out;
	unsigned bits = 0, count = 0;

	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (count += 8; count >= 6; count -= 6)
			*to++ = alphabet[bits >> (count - 6) & 63];
	}
	if (count)
		*to++ = alphabet[bits << (6 - count) & 63];
	*to = '\0';
	return out;
}

/* NULL when a character is none of the alphabet's. NUL-ended. */
static unsigned char *decode(struct arena *a, const char *text, size_t *n)
{
	size_t length = strlen(text);
	unsigned char *out = arena_alloc(a, length + 1);
	unsigned bits = 0, count = 0;

	*n = 0;
	for (size_t i = 0; i < length; i++) {
		const char *at = strchr(alphabet, text[i]);

		if (!at)
			return NULL;
		bits = (bits << 6 | (unsigned)(at - alphabet)) & 0xffff;
		count += 6;
		if (count >= 8) {
			count -= 8;
			out[(*n)++] = (unsigned char)(bits >> count);
		}
	}
	return out;
}

static void digest(const char *text, unsigned char out[CHECK_BYTES])
{
	unsigned char all[CRYPTO_HASH_BYTES];

	crypto_sha256(text, strlen(text), all);
	memcpy(out, all, CHECK_BYTES);
}

static const char *moment(struct arena *a, int64_t ms)
{
	return ms ? arena_printf(a, "%lld", (long long)ms) : NULL;
}

/* The first signs of a text. */
static const char *signs(struct arena *a, const char *text)
{
	const char *p = text, *end = text + strlen(text);

	for (int i = 0; i < SORT_SIGNS && p < end; i++)
		utf8_next(&p, end);
	return arena_strndup(a, text, (size_t)(p - text));
}

static const char *attribute_value(
    struct arena *a, const struct contact_query *q, const struct contact *c)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	attributes_parse(a, c->attributes, &members, &count);
	const char *json =
	    attributes_get(members, count, q->sort_name + strlen("attr."));

	if (!json || q->sort == SORT_ATTRIBUTE_JSON)
		return json ? signs(a, json) : NULL;
	return signs(a, attributes_plain(a, json));
}

/* What a contact is sorted by; NULL: it has none. */
static const char *sort_value(
    struct arena *a, const struct contact_query *q, const struct contact *c)
{
	switch (q->sort) {
	case SORT_CREATED:
	case SORT_COUNT:
		break;
	case SORT_FIELD: {
		const char *value = c->value[q->sort_field];
		bool none = contact_fields[q->sort_field].nullable && !*value;

		return none ? NULL : value;
	}
	case SORT_LAST_ACTIVE:
	case SORT_STATUS:
		return moment(a, c->last_active);
	case SORT_UPDATED:
		return moment(a, c->updated_at);
	case SORT_TAGS:
		return c->tag_count ? c->tags[0] : NULL;
	case SORT_CAMPAIGNS:
		return c->campaign_count ? c->campaigns[0] : NULL;
	case SORT_ATTRIBUTE_TEXT:
	case SORT_ATTRIBUTE_NUMBER:
	case SORT_ATTRIBUTE_JSON:
		return attribute_value(a, q, c);
	}
	return "";
}

const char *contact_cursor_write(
    struct arena *a, const struct contact_query *q, const struct contact *c)
{
	const char *value = sort_value(a, q, c);
	const char *text =
	    arena_printf(a, "%s %c %llu %c%s", contact_sort_name(q),
		q->descending ? 'd' : 'a', (unsigned long long)c->id.n,
		value ? '=' : '-', str_or_empty(value));
	size_t n = strlen(text);
	unsigned char *raw = arena_alloc(a, CHECK_BYTES + n);

	digest(text, raw);
	memcpy(raw + CHECK_BYTES, text, n);
	return encode(a, raw, CHECK_BYTES + n);
}

/* The text inside of a cursor; NULL when it is damaged. */
static char *open_cursor(struct arena *a, const char *text)
{
	unsigned char check[CHECK_BYTES];
	size_t n;

	if (strlen(text) > CURSOR_MAX)
		return NULL;
	unsigned char *raw = decode(a, text, &n);

	if (!raw || n <= CHECK_BYTES ||
	    !utf8_valid((char *)raw + CHECK_BYTES, n - CHECK_BYTES, NULL))
		return NULL;
	digest((char *)raw + CHECK_BYTES, check);
	/* The last letter has bits that stand for nothing: they are zero. */
	if (memcmp(check, raw, CHECK_BYTES) != 0 ||
	    !str_equal(encode(a, raw, n), text))
		return NULL;
	return (char *)raw + CHECK_BYTES;
}

bool contact_cursor_read(
    struct arena *a, const char *text, struct contact_query *q)
{
	char *p = open_cursor(a, text);
	const char *order = arena_printf(
	    a, "%s %c ", contact_sort_name(q), q->descending ? 'd' : 'a');
	unsigned long long id;

	if (!p || !str_starts(p, order))
		return false;
	p += strlen(order);
	char *blank = strchr(p, ' ');

	if (!blank || (blank[1] != '=' && blank[1] != '-'))
		return false;
	*blank = '\0';
	if (!str_to_u64(p, &id))
		return false;
	q->cursor.id = id;
	q->cursor.value = blank[1] == '=' ? blank + 2 : NULL;
	return true;
}
