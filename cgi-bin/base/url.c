/* url.c: the escapes of query strings and forms */
/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

static bool is_unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

const char *url_escape(struct arena *a, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out = arena_raw(a, strlen(text) * 3 + 1);
	char *p = out;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (is_unreserved(*text)) {
			*p++ = *text;
			continue;
		}
		*p++ = '%';
		*p++ = hex[c >> 4];
		*p++ = hex[c & 15];
	}
	*p = '\0';
	return out;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

const char *url_unescape(
    struct arena *a, const char *p, size_t n, size_t *length)
{
	char *out = arena_raw(a, n + 1);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		char c = p[i] == '+' ? ' ' : p[i];

		if (c == '%') {
			bool whole = n - i > 2;
			int high = whole ? digit_of(p[i + 1]) : -1;
			int low = whole ? digit_of(p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high * 16 + low);
			i += 2;
		}
		out[k++] = c;
	}
	out[k] = '\0';
	*length = k;
	return utf8_valid(out, k, NULL) ? out : NULL;
}
