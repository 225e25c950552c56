/* contact_cursor.c: a place in a list, as text for an address */
/* SPDX-License-Identifier: MIT */
/*
 * Inside: CHECK_BYTES of a digest, then "name d 4711 =Asha": sort, direction
 * (a or d), id, and '=' with the value or '-' for none; all in base64url.
 */
#include "domain/contact_cursor.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"

#define CHECK_BYTES 6
#define CURSOR_MAX 4000

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const char *contact_sort_name(enum contact_sort s)
{
	static const char *const names[SORT_COUNT] = {
	    [SORT_CREATED] = "created",
	    [SORT_NAME] = "name",
	    [SORT_PHONE] = "phone",
	    [SORT_EMAIL] = "email",
	};

	return names[s];
}

enum contact_field contact_sort_field(enum contact_sort s)
{
	static const enum contact_field fields[SORT_COUNT] = {
	    [SORT_CREATED] = FIELD_COUNT,
	    [SORT_NAME] = FIELD_NAME,
	    [SORT_PHONE] = FIELD_PHONE,
	    [SORT_EMAIL] = FIELD_EMAIL,
	};

	return fields[s];
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

const char *contact_cursor_write(
    struct arena *a, const struct contact_query *q, const struct contact *c)
{
	enum contact_field f = contact_sort_field(q->sort);
	const char *value = f == FIELD_COUNT ? "" : c->value[f];
	bool none = f != FIELD_COUNT && contact_fields[f].nullable && !*value;
	const char *text = arena_printf(a, "%s %c %llu %c%s",
	    contact_sort_name(q->sort), q->descending ? 'd' : 'a',
	    (unsigned long long)c->id.n, none ? '-' : '=', value);
	size_t n = strlen(text);
	unsigned char *raw = arena_alloc(a, CHECK_BYTES + n);

	digest(text, raw);
	memcpy(raw + CHECK_BYTES, text, n);
	return encode(a, raw, CHECK_BYTES + n);
}

bool contact_cursor_read(
    struct arena *a, const char *text, struct contact_query *q)
{
	unsigned char check[CHECK_BYTES];
	unsigned long long id;
	size_t n;

	if (strlen(text) > CURSOR_MAX)
		return false;
	unsigned char *raw = decode(a, text, &n);

	if (!raw || n <= CHECK_BYTES ||
	    !utf8_valid((char *)raw + CHECK_BYTES, n - CHECK_BYTES, NULL))
		return false;
	char *p = (char *)raw + CHECK_BYTES;

	digest(p, check);
	if (memcmp(check, raw, CHECK_BYTES) != 0)
		return false;
	const char *order = arena_printf(
	    a, "%s %c ", contact_sort_name(q->sort), q->descending ? 'd' : 'a');

	if (!str_starts(p, order))
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
