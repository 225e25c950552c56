/* attributes.c: the custom attributes of a contact, as canonical JSON */
/* SPDX-License-Identifier: MIT */
/*
 * A small scanner in place of a JSON library: an import runs it once a row.
 * It finds where members begin and end; the database has checked that the
 * text is JSON (the column's type), and the values came from to_json().
 */
#include "domain/attributes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

#define DEPTH_MAX 64

/* Past the closing quote of the string that begins at p; NULL: no end. */
static const char *skip_string(const char *p)
{
	for (p++; *p; p++) {
		if (*p == '"')
			return p + 1;
		if (*p == '\\' && !*++p)
			return NULL;
	}
	return NULL;
}

/* Past an array or object. */
static const char *skip_nested(const char *p)
{
	int depth = 0;

	while (*p) {
		if (*p == '"') {
			p = skip_string(p);
			if (!p)
				return NULL;
			continue;
		}
		if (*p == '{' || *p == '[')
			depth++;
		if ((*p == '}' || *p == ']') && --depth == 0)
			return p + 1;
		if (depth > DEPTH_MAX)
			return NULL;
		p++;
	}
	return NULL;
}

static const char *skip_value(const char *p)
{
	if (*p == '"')
		return skip_string(p);
	if (*p == '{' || *p == '[')
		return skip_nested(p);
	size_t n = strcspn(p, ",}] \t\r\n\"");

	return n ? p + n : NULL;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Four hex digits at p; 0 when they are not. */
static uint32_t hex_unit(const char *p)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++) {
		int d = hex_digit(p[i]);

		if (d < 0)
			return 0;
		v = v << 4 | (uint32_t)d;
	}
	return v;
}

static char *put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*out++ = (char)(0xe0 | c >> 12);
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	} else {
		*out++ = (char)(0xf0 | c >> 18);
		*out++ = (char)(0x80 | (c >> 12 & 0x3f));
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	}
	return out;
}

/* The code point of the \u at *p (past the 'u'), with its second half when it
 * has one; moves *p to its last digit. 0: none. */
static uint32_t read_unicode(const char **p, const char *end)
{
	if (end - *p < 4)
		return 0;
	uint32_t c = hex_unit(*p);

	*p += 3;
	if (c < 0xd800 || c > 0xdfff)
		return c;
	if (c > 0xdbff || end - *p < 7 || (*p)[1] != '\\' || (*p)[2] != 'u')
		return 0;
	uint32_t low = hex_unit(*p + 3);

	if (low < 0xdc00 || low > 0xdfff)
		return 0;
	*p += 6;
	return 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
}

static char plain_escape(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c; /* the quote, the backslash, the slash */
	}
}

/* The inside of a JSON string, n bytes, without escapes. */
static const char *unescape(struct arena *a, const char *p, size_t n)
{
	const char *end = p + n;
	char *out = arena_raw(a, n + 1);
	char *to = out;

	if (!memchr(p, '\\', n)) {
		memcpy(out, p, n);
		out[n] = '\0';
		return out;
	}
	for (; p < end; p++) {
		if (*p != '\\' || p + 1 == end) {
			*to++ = *p;
			continue;
		}
		if (*++p != 'u') {
			*to++ = plain_escape(*p);
			continue;
		}
		p++;
		uint32_t c = read_unicode(&p, end);

		to = put_utf8(to, c ? c : 0xfffd);
	}
	*to = '\0';
	return out;
}

/* Reads "name":value at *p and moves on. */
static bool read_member(
    struct arena *a, const char **p, struct attribute_member *m)
{
	const char *from = *p;
	const char *end = *from == '"' ? skip_string(from) : NULL;

	if (!end || *end != ':')
		return false;
	m->name = unescape(a, from + 1, (size_t)(end - from) - 2);
	from = end + 1;
	end = skip_value(from);
	if (!end)
		return false;
	m->json = arena_strndup(a, from, (size_t)(end - from));
	*p = end;
	return true;
}

bool attributes_scan(struct arena *a, const char *text,
    struct attribute_member **out, size_t *count)
{
	size_t room = 0;
	const char *p = text;

	*out = NULL;
	*count = 0;
	if (*p++ != '{')
		return false;
	if (*p == '}')
		return !p[1];
	for (;;) {
		*out = arena_grow(a, *out, *count, &room, sizeof(**out));
		if (!read_member(a, &p, &(*out)[(*count)++]))
			return false;
		if (*p == '}')
			return !p[1];
		if (*p++ != ',')
			return false;
	}
}

bool attributes_parse(struct arena *a, const char *text,
    struct attribute_member **out, size_t *count)
{
	if (!attributes_scan(a, text, out, count))
		return false;
	for (size_t i = 1; i < *count; i++)
		if (strcmp((*out)[i - 1].name, (*out)[i].name) >= 0)
			return false;
	return true;
}

const char *attributes_get(
    const struct attribute_member *members, size_t count, const char *name)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;
		int order = strcmp(name, members[middle].name);

		if (order == 0)
			return members[middle].json;
		if (order < 0)
			count = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

void attributes_write(
    struct str *out, const struct attribute_member *members, size_t count)
{
	str_addc(out, '{');
	for (size_t i = 0; i < count; i++) {
		if (i)
			str_addc(out, ',');
		json_quote(out, members[i].name);
		str_addc(out, ':');
		str_addz(out, members[i].json);
	}
	str_addc(out, '}');
}

/* By name; of one name, in the order given. */
static void sort_changes(struct attribute_member *m, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct attribute_member one = m[i];
		size_t j = i;

		for (; j > 0 && strcmp(m[j - 1].name, one.name) > 0; j--)
			m[j] = m[j - 1];
		m[j] = one;
	}
}

/* Of each name the last; returns how many are left. */
static size_t keep_last(struct attribute_member *m, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (i + 1 == count || strcmp(m[i].name, m[i + 1].name) != 0)
			m[kept++] = m[i];
	return kept;
}

/* Two sorted lists become one; where both have a name, the second's stands. */
static size_t merge(struct attribute_member *out,
    const struct attribute_member *had, size_t had_count,
    const struct attribute_member *new, size_t new_count)
{
	size_t i = 0, j = 0, n = 0;

	while (i < had_count || j < new_count) {
		int order = i == had_count   ? 1
			    : j == new_count ? -1
					     : strcmp(had[i].name, new[j].name);

		if (order < 0) {
			out[n++] = had[i++];
			continue;
		}
		if (order == 0)
			i++;
		if (new[j].json)
			out[n++] = new[j];
		j++;
	}
	return n;
}

const char *attributes_merge(struct arena *a, const char *old,
    const struct attribute_member *changes, size_t count)
{
	struct attribute_member *had;
	size_t had_count;
	struct str s;

	if (!attributes_parse(a, old, &had, &had_count))
		return NULL;
	if (!count)
		return old;
	struct attribute_member *new =
	    arena_memdup(a, changes, count * sizeof(*changes));
	struct attribute_member *all =
	    arena_alloc(a, (had_count + count) * sizeof(*all));

	sort_changes(new, count);
	count = keep_last(new, count);
	count = merge(all, had, had_count, new, count);
	str_init(&s, ATTRIBUTES_MAX);
	attributes_write(&s, all, count);
	const char *text =
	    s.full ? NULL : arena_strndup(a, str_text(&s), s.len);

	str_release(&s);
	return text;
}

const char *attributes_path(struct arena *a, const char *name)
{
	char *path = arena_raw(a, 2 * strlen(name) + 5);
	char *to = path;

	memcpy(to, "$.\"", 3);
	for (to += 3; *name; *to++ = *name++)
		if (*name == '"' || *name == '\\')
			*to++ = '\\';
	memcpy(to, "\"", 2);
	return path;
}

const char *attributes_plain(struct arena *a, const char *json)
{
	const char *end = *json == '"' ? skip_string(json) : NULL;

	if (!end || *end)
		return arena_strdup(a, json);
	return unescape(a, json + 1, (size_t)(end - json) - 2);
}
