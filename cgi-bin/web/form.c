/* form.c: names and values that came with a request */
/* SPDX-License-Identifier: MIT */
/*
 * Fields stand in an array in the order sent. From INDEX_FROM fields on a hash
 * index of names is kept (open addressing, at most half full, entries are
 * field numbers plus one); the hash is seeded at random, so that nobody can
 * choose names that all collide.
 */
#include "web/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/url.h"
#include "base/utf8.h"

#define INDEX_FROM 24u

static uint64_t hash_of(const char *name)
{
	static uint64_t seed;
	uint64_t h;

	if (!seed)
		crypto_random(&seed, sizeof(seed));
	h = seed;
	for (; *name; name++) {
		h = (h ^ (unsigned char)*name) * 0x100000001b3u;
		h ^= h >> 29;
	}
	return h;
}

/* The place of a name: that of its first field, or a free one. */
static uint32_t *index_place(const struct form *f, const char *name)
{
	size_t mask = f->index_size - 1;
	size_t at = (size_t)hash_of(name) & mask;

	while (
	    f->index[at] && strcmp(f->fields[f->index[at] - 1].name, name) != 0)
		at = (at + 1) & mask;
	return &f->index[at];
}

static void index_add(struct form *f, size_t field)
{
	uint32_t *place = index_place(f, f->fields[field].name);

	if (!*place)
		*place = (uint32_t)field + 1;
}

static void grow(struct arena *a, struct form *f)
{
	size_t space = f->space ? f->space * 2 : 16;
	struct form_field *fields = arena_alloc(a, space * sizeof(*fields));

	if (f->count)
		memcpy(fields, f->fields, f->count * sizeof(*fields));
	f->fields = fields;
	f->space = space;
	if (space <= INDEX_FROM)
		return;
	f->index_size = space * 2;
	f->index = arena_alloc(a, f->index_size * sizeof(*f->index));
	for (size_t i = 0; i < f->count; i++)
		index_add(f, i);
}

enum status form_add(struct arena *a, struct form *f, const char *name,
    const char *value, size_t length)
{
	if (f->count == FORM_FIELDS_MAX)
		return STATUS_TOO_LARGE;
	if (f->count == f->space)
		grow(a, f);
	f->fields[f->count++] = (struct form_field){name, value, length};
	if (f->index)
		index_add(f, f->count - 1);
	return STATUS_OK;
}

static enum status add_pair(
    struct arena *a, struct form *f, const char *p, size_t n, struct err *e)
{
	const char *equals = memchr(p, '=', n);
	size_t name_n = equals ? (size_t)(equals - p) : n;
	size_t length = 0;
	const char *name = url_unescape(a, p, name_n, &length);
	const char *value = "";

	length = 0;
	if (name && equals)
		value = url_unescape(a, equals + 1, n - name_n - 1, &length);
	if (!name || !value)
		return ERR(e, STATUS_INVALID,
		    "a field that is not well-formed: number %zu",
		    f->count + 1);
	if (form_add(a, f, name, value, length) != STATUS_OK)
		return ERR(e, STATUS_TOO_LARGE, "more than %u fields",
		    FORM_FIELDS_MAX);
	return STATUS_OK;
}

enum status form_parse(
    struct arena *a, struct form *f, const char *text, size_t n, struct err *e)
{
	const char *p = text;
	const char *end = text + n;
	enum status st = STATUS_OK;

	while (st == STATUS_OK && p < end) {
		const char *stop = memchr(p, '&', (size_t)(end - p));

		if (!stop)
			stop = end;
		if (stop > p)
			st = add_pair(a, f, p, (size_t)(stop - p), e);
		p = stop + 1;
	}
	return st;
}

/* The number of the first field of a name; count when there is none. */
static size_t first_of(const struct form *f, const char *name)
{
	if (f->index) {
		uint32_t found = *index_place(f, name);

		return found ? found - 1 : f->count;
	}
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->fields[i].name, name) == 0)
			return i;
	return f->count;
}

const char *form_find(const struct form *f, const char *name)
{
	size_t i = first_of(f, name);

	return i < f->count ? f->fields[i].value : NULL;
}

const char *form_text(const struct form *f, const char *name)
{
	return str_or_empty(form_find(f, name));
}

const char *form_trimmed(
    struct arena *a, const struct form *f, const char *name)
{
	const char *p = form_text(f, name);
	size_t n = strlen(p);

	utf8_trim(&p, &n);
	return arena_strndup(a, p, n);
}

bool form_checked(const struct form *f, const char *name)
{
	const char *value = form_text(f, name);

	return *value && !str_equal(value, "0") &&
	       !str_equal_nocase(value, "false") &&
	       !str_equal_nocase(value, "no");
}

const char *form_nth(const struct form *f, const char *name, size_t i)
{
	for (size_t k = first_of(f, name); k < f->count; k++)
		if (strcmp(f->fields[k].name, name) == 0 && i-- == 0)
			return f->fields[k].value;
	return NULL;
}
