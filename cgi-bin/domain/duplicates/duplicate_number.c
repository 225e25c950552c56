/* duplicate_number.c: one number that is spelled as two */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/duplicate_number.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define LONG_TAIL 9u
#define SHORT_TAIL 8u
#define LONG_SPACE 1000000000u /* tails of eight digits come after these */
#define SHORT_NUMBER 10u       /* digits in all */
#define DIGITS_MAX 20u

/* The digits of a number; 0 when the text is none. */
static size_t digits_of(const char *text, uint8_t digits[DIGITS_MAX])
{
	size_t n = 0;

	for (; *text; text++) {
		if (*text >= '0' && *text <= '9') {
			if (n == DIGITS_MAX)
				return 0;
			digits[n++] = (uint8_t)(*text - '0');
		} else if (!strchr("+ -()./'", *text)) {
			return 0;
		}
	}
	return n;
}

static uint32_t tail_of(const uint8_t *digits, size_t n, size_t length)
{
	uint32_t tail = 0;

	for (size_t i = n - length; i < n; i++)
		tail = tail * 10 + digits[i];
	return tail;
}

size_t number_tails(const char *text, uint32_t tails[NUMBER_TAILS])
{
	uint8_t digits[DIGITS_MAX];
	size_t n = digits_of(text, digits), count = 0;

	if (n >= LONG_TAIL)
		tails[count++] = tail_of(digits, n, LONG_TAIL);
	if (n >= SHORT_TAIL && n <= SHORT_NUMBER)
		tails[count++] = LONG_SPACE + tail_of(digits, n, SHORT_TAIL);
	return count;
}

bool number_attribute(struct arena *a, const char *name)
{
	static const char *const parts[] = {"phone", "mobile", "mobil", "cell",
	    "whatsapp", "telefon", "celular", "handy", "number 2", "msisdn"};
	const char *folded = utf8_fold_bare(a, name);

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strstr(folded, parts[i]))
			return true;
	return false;
}

/* The next word from *p; its length, 0 after the last. */
static size_t next_word(const char **p, const char **word)
{
	*p += strspn(*p, " ,.;-'");
	*word = *p;
	*p += strcspn(*p, " ,.;-'");
	return (size_t)(*p - *word);
}

static bool has_word(const char *text, const char *word, size_t n)
{
	const char *other;
	size_t m;

	while ((m = next_word(&text, &other)))
		if (m == n && memcmp(other, word, n) == 0)
			return true;
	return false;
}

bool names_alike(struct arena *a, const char *one, const char *other)
{
	const char *x = utf8_fold_bare(a, one), *y = utf8_fold_bare(a, other);
	const char *word;
	size_t n;

	if (!*x || !*y)
		return true;
	while ((n = next_word(&x, &word)))
		if (utf8_length(arena_strndup(a, word, n)) > 1 &&
		    has_word(y, word, n))
			return true;
	return false;
}
