/* attribute_types.h: the nine types of custom attributes */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ATTRIBUTE_TYPES_H
#define DOMAIN_ATTRIBUTE_TYPES_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/attribute.h"

/* How values of a type are compared in SQL and in sorts. */
enum comparison {
	COMPARE_TEXT,
	COMPARE_NUMBER,
	COMPARE_TIME,
	COMPARE_FLAG,
	COMPARE_NONE
};

/* formats.md section 6; a type is one row, in attribute_types.c. */
struct attribute_type_info {
	const char *key;    /* "TEXT", as in a header and in SQL */
	const char *label;  /* for a person */
	const char *widget; /* of the form: text, number, date, time,
			     * datetime, checkbox, json, location */
	const char *hint;   /* what is accepted, for messages: "YYYY-MM-DD" */
	enum comparison comparison;
	/*
	 * Reads a trimmed, non-empty text as a person or a file has it. Gives
	 * the form that is kept, in the arena, or NULL when it is not of the
	 * type. strict: only true/false are booleans (Meta Humans).
	 */
	const char *(*parse)(struct arena *a, const char *text, bool strict);
	/* The kept form as a JSON value (text quoted, numbers bare, ...). */
	const char *(*to_json)(struct arena *a, const char *kept);
};

extern const struct attribute_type_info attribute_types[TYPE_COUNT];

/* By key, in any letter case; false when there is no such type. */
bool attribute_type_find(const char *key, enum attribute_type *out);

/* The kept form of a member of the attributes JSON: the inverse of to_json
 * (texts without quotes, everything else as JSON text). */
struct json_t;
const char *attribute_kept_from_json(struct arena *a, const struct json_t *v);

#endif
