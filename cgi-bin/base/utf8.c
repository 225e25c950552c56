/* utf8.c: text in UTF-8, and what Unicode says of it */
/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

enum {
	ZERO_WIDTH_SPACE = 0x200b,
	BOM = 0xfeff
};

/* How many of the n bytes at p are ASCII without NUL, from the first on. */
static size_t ascii_run(const char *p, size_t n)
{
	size_t i = 0;

	while (n - i >= 8) {
		uint64_t w;

		memcpy(&w, p + i, 8);
		/* The second term has a high bit where a byte is zero. */
		if (((w | (w - 0x0101010101010101u)) & 0x8080808080808080u))
			break;
		i += 8;
	}
	while (i < n && p[i] > 0)
		i++;
	return i;
}

/* The code point at p and its length in bytes; 0 bytes when malformed. */
static size_t decode(const char *p, size_t n, int32_t *c)
{
	utf8proc_ssize_t used = utf8proc_iterate(
	    (const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, c);

	return used > 0 ? (size_t)used : 0;
}

bool utf8_valid(const char *p, size_t n, size_t *where)
{
	size_t i = 0;

	for (;;) {
		int32_t c;

		i += ascii_run(p + i, n - i);
		if (i == n)
			return true;
		size_t used = decode(p + i, n - i, &c);

		if (used == 0 || c == 0)
			break;
		i += used;
	}
	if (where)
		*where = i;
	return false;
}

int32_t utf8_next(const char **p, const char *end)
{
	int32_t c;
	size_t used = decode(*p, (size_t)(end - *p), &c);

	*p += used ? used : 1;
	return used ? c : -1;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t utf8_length(const char *z)
{
	size_t n = 0;

	for (; *z; z++)
		n += !is_continuation(*z);
	return n;
}

bool utf8_is_space(int32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	utf8proc_category_t k = utf8proc_category(c);

	return k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL ||
	       k == UTF8PROC_CATEGORY_ZP || c == 0x85;
}

static bool is_trimmed(int32_t c)
{
	return utf8_is_space(c) || c == BOM || c == ZERO_WIDTH_SPACE;
}

void utf8_trim(const char **p, size_t *n)
{
	const char *from = *p;
	const char *to = from + *n;

	while (from < to) {
		const char *next = from;

		if (!is_trimmed(utf8_next(&next, to)))
			break;
		from = next;
	}
	while (to > from) {
		const char *last = to - 1;

		while (last > from && is_continuation(*last))
			last--;
		const char *next = last;

		if (!is_trimmed(utf8_next(&next, to)) || next != to)
			break;
		to = last;
	}
	*p = from;
	*n = (size_t)(to - from);
}

bool utf8_is_letter(int32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	utf8proc_category_t k = utf8proc_category(c);

	return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_mark(int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_digit(int32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9';
	return utf8proc_category(c) == UTF8PROC_CATEGORY_ND;
}

int utf8_digit_value(int32_t c)
{
	if (!utf8_is_digit(c))
		return -1;
	if (c < 0x80)
		return c - '0';
	/* Five alphabets of mathematical digits stand side by side; every
	 * other script's ten digits stand alone. */
	if (c >= 0x1d7ce && c <= 0x1d7ff)
		return (c - 0x1d7ce) % 10;
	int value = 0;

	while (value < 9 && utf8_is_digit(c - value - 1))
		value++;
	return value;
}

static bool is_ascii(const char *z, size_t n)
{
	return ascii_run(z, n) == n;
}

/* Makes white space runs one blank, takes it off the ends; in place. */
static void squeeze(char *z, size_t n)
{
	const char *p = z;
	const char *end = z + n;
	char *to = z;
	bool blank = false;

	while (p < end) {
		const char *start = p;

		if (utf8_is_space(utf8_next(&p, end))) {
			blank = to > z;
			continue;
		}
		if (blank)
			*to++ = ' ';
		blank = false;
		memmove(to, start, (size_t)(p - start));
		to += p - start;
	}
	*to = '\0';
}

static char *map(struct arena *a, const char *z, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)z,
	    (utf8proc_ssize_t)strlen(z), &mapped, options | UTF8PROC_STABLE);

	if (n < 0)
		return arena_strdup(a, z);
	char *copy = arena_strndup(a, (const char *)mapped, (size_t)n);

	free(mapped);
	return copy;
}

static char *fold(struct arena *a, const char *z, utf8proc_option_t options)
{
	size_t n = strlen(z);
	char *folded;

	if (!utf8_valid(z, n, NULL))
		return arena_strdup(a, z);
	if (is_ascii(z, n)) {
		folded = arena_strndup(a, z, n);
		for (char *p = folded; *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p - 'A' + 'a');
	} else {
		folded = map(a, z, options);
	}
	squeeze(folded, strlen(folded));
	return folded;
}

char *utf8_fold(struct arena *a, const char *z)
{
	return fold(a, z, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

char *utf8_fold_bare(struct arena *a, const char *z)
{
	return fold(
	    a, z, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
}

/* Marks that a word is the same without: accents, and the vowel points of
 * Hebrew and Arabic, but not the vowels of scripts that write them so. */
static bool is_accent(int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	if (k == UTF8PROC_CATEGORY_ME)
		return true;
	return k == UTF8PROC_CATEGORY_MN &&
	       (c < 0x700 || (c >= 0x1ab0 && c <= 0x1aff) ||
		   (c >= 0x1dc0 && c <= 0x1dff) ||
		   (c >= 0x20d0 && c <= 0x20ff) ||
		   (c >= 0xfe20 && c <= 0xfe2f));
}

/* Appends a code point of a word; 0 for what only parts words. */
static size_t put_of_word(int32_t c, char *to)
{
	int digit = utf8_digit_value(c);

	if (digit >= 0) {
		*to = (char)('0' + digit);
		return 1;
	}
	if (c == 0x131) /* the Turkish i without a dot */
		c = 'i';
	if (!utf8_is_letter(c) && !utf8_is_mark(c))
		return 0;
	return (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)to);
}

/* In place: nothing gets longer. */
static void keep_words(char *z)
{
	const char *p = z;
	const char *end = z + strlen(z);
	char *to = z;
	bool blank = false;

	while (p < end) {
		int32_t c = utf8_next(&p, end);
		char piece[4];

		if (is_accent(c) || c == 0x640) /* and Arabic's stretching */
			continue;
		size_t n = put_of_word(c, piece);

		if (!n) {
			blank = to > z;
			continue;
		}
		if (blank)
			*to++ = ' ';
		blank = false;
		memcpy(to, piece, n);
		to += n;
	}
	*to = '\0';
}

char *utf8_words(struct arena *a, const char *z)
{
	if (!utf8_valid(z, strlen(z), NULL))
		return arena_strdup(a, "");
	char *words = map(a, z,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE);

	keep_words(words);
	return utf8_nfc(a, words);
}

char *utf8_nfc(struct arena *a, const char *z)
{
	size_t n = strlen(z);

	if (is_ascii(z, n))
		return arena_strndup(a, z, n);
	return map(a, z, UTF8PROC_COMPOSE);
}
