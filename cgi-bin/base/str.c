/* str.c: a growing string with a cap, and small helpers for C strings */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void str_init(struct str *s, size_t cap)
{
	*s = (struct str){.cap = cap};
}

/* Makes room for n more bytes and a NUL; false when the cap forbids it. */
static bool reserve(struct str *s, size_t n)
{
	if (s->full || n > s->cap || s->len > s->cap - n) {
		s->full = true;
		return false;
	}
	size_t need = s->len + n + 1;

	if (need > s->space) {
		size_t space = s->space ? s->space * 2 : 256;

		s->space = space < need ? need : space;
		s->data = xrealloc(s->data, s->space);
	}
	return true;
}

void str_add(struct str *s, const void *p, size_t n)
{
	if (!reserve(s, n))
		return;
	if (n)
		memcpy(s->data + s->len, p, n);
	s->len += n;
	s->data[s->len] = '\0';
}

void str_addz(struct str *s, const char *z)
{
	str_add(s, z, strlen(z));
}

void str_addc(struct str *s, char c)
{
	str_add(s, &c, 1);
}

void str_printf(struct str *s, const char *format, ...)
{
	va_list ap;
	va_list again;

	va_start(ap, format);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, format, ap);

	va_end(ap);
	if (n >= 0 && reserve(s, (size_t)n)) {
		vsnprintf(s->data + s->len, (size_t)n + 1, format, again);
		s->len += (size_t)n;
	}
	va_end(again);
}

void str_reset(struct str *s)
{
	s->len = 0;
	s->full = false;
	if (s->data)
		s->data[0] = '\0';
}

void str_release(struct str *s)
{
	free(s->data);
	str_init(s, s->cap);
}

const char *str_text(const struct str *s)
{
	return s->data ? s->data : "";
}

bool str_empty(const char *z)
{
	return !z || !*z;
}

const char *str_or_empty(const char *z)
{
	return z ? z : "";
}

bool str_equal(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool str_equal_nocase(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return *a == *b;
}

bool str_starts(const char *z, const char *prefix)
{
	return strncmp(z, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *z, const char *suffix)
{
	size_t n = strlen(z);
	size_t m = strlen(suffix);

	return n >= m && strcmp(z + n - m, suffix) == 0;
}

bool str_to_u64(const char *z, unsigned long long *out)
{
	unsigned long long v = 0;

	if (!*z)
		return false;
	for (; *z; z++) {
		if (*z < '0' || *z > '9')
			return false;
		unsigned digit = (unsigned)(*z - '0');

		if (v > ((unsigned long long)LLONG_MAX - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*out = v;
	return true;
}
