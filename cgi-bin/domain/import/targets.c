/* targets.c: what columns can become, compared with the attributes of a book */
/* SPDX-License-Identifier: MIT */
#include "domain/import/targets.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

const char *text_trimmed(struct arena *a, const char *text)
{
	size_t n = strlen(text);

	utf8_trim(&text, &n);
	return arena_strndup(a, text, n);
}

void book_index_make(
    struct arena *a, const struct attribute_list *book, struct book_index *out)
{
	size_t n = book ? book->count : 0;

	out->book = book;
	out->names = arena_alloc(a, n * sizeof *out->names);
	out->labels = arena_alloc(a, n * sizeof *out->labels);
	for (size_t i = 0; i < n; i++) {
		out->names[i] = utf8_fold(a, book->items[i].name);
		out->labels[i] =
		    utf8_fold(a, str_or_empty(book->items[i].label));
	}
}

const struct attribute *book_index_find(
    struct arena *a, const struct book_index *x, const char *name)
{
	const char *folded = utf8_fold(a, name);
	size_t n = x->book ? x->book->count : 0;

	for (size_t i = 0; i < n; i++)
		if (str_equal(x->names[i], folded))
			return &x->book->items[i];
	for (size_t i = 0; i < n && *folded; i++)
		if (str_equal(x->labels[i], folded))
			return &x->book->items[i];
	return NULL;
}

struct column_target attribute_target(struct arena *a,
    const struct book_index *x, const char *name, enum attribute_type type)
{
	const char *trimmed = text_trimmed(a, name);
	const struct attribute *known = book_index_find(a, x, trimmed);

	if (known)
		return (struct column_target){.kind = TARGET_ATTRIBUTE,
		    .attribute = known->name,
		    .type = known->type,
		    .create = known->id.n == 0};
	return (struct column_target){.kind = TARGET_ATTRIBUTE,
	    .attribute = trimmed,
	    .type = type,
	    .create = true};
}

const char *target_key(struct arena *a, const struct column_target *t)
{
	switch (t->kind) {
	case TARGET_UNDECIDED:
	case TARGET_NONE:
	case TARGET_TAGS:
		return NULL;
	case TARGET_COUNTRY_CODE:
		return "country_code";
	case TARGET_REASON:
		return "opt_out_reason";
	case TARGET_FIELD:
		return contact_fields[t->field].key;
	case TARGET_ATTRIBUTE:
		return arena_printf(
		    a, "=%s", utf8_fold(a, str_or_empty(t->attribute)));
	}
	return NULL;
}
