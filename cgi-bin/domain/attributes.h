/* attributes.h: the custom attributes of a contact, as canonical JSON */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ATTRIBUTES_H
#define DOMAIN_ATTRIBUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * contact.attributes is a JSON object in one canonical form: no white space
 * between its parts, keys sorted by their bytes and each once, each value in
 * the form that its type's to_json() gives. So two contacts have the same
 * attributes exactly when the texts are equal. Nothing here reads into the
 * values: they are moved as they are.
 */
struct attribute_member {
	const char *name; /* without escapes */
	const char *json; /* the value; for merging NULL: take it away */
};

/* Longest text of all attributes of a contact. */
#define ATTRIBUTES_MAX (1u << 20)

/* The members of a canonical text, in order; in the arena. False when the
 * text is not an object of this form. */
bool attributes_parse(struct arena *a, const char *text,
    struct attribute_member **out, size_t *count);

/* The same of any compact JSON object, in the order of the text: what a
 * revision keeps. */
bool attributes_scan(struct arena *a, const char *text,
    struct attribute_member **out, size_t *count);

/* The value of a name, or NULL: of members in order. */
const char *attributes_get(
    const struct attribute_member *members, size_t count, const char *name);

/* Members (in order, none with a NULL value) as canonical text, appended. */
void attributes_write(
    struct str *out, const struct attribute_member *members, size_t count);

/*
 * The text with `changes` made to it, which may be in any order (of the same
 * name twice, the last one stands); in the arena. NULL when `old` is not
 * canonical, or the new text would be longer than ATTRIBUTES_MAX.
 */
const char *attributes_merge(struct arena *a, const char *old,
    const struct attribute_member *changes, size_t count);

/* The JSON path of a name: $."LTV"; in the arena. */
const char *attributes_path(struct arena *a, const char *name);

/* A JSON string or other value as the text that a form or a cell shows: a
 * string without its quotes and escapes, everything else as it is; in the
 * arena. */
const char *attributes_plain(struct arena *a, const char *json);

#endif
