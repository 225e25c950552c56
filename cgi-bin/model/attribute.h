/* attribute.h: a custom attribute of the book */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_ATTRIBUTE_H
#define MODEL_ATTRIBUTE_H

#include <stddef.h>

#include "model/id.h"

/* formats.md section 6; the table of what each means is
 * domain/attribute_types.c. The numbers are not stored, the keys are. */
enum attribute_type {
	TYPE_TEXT,
	TYPE_NUMBER,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_DATETIME,
	TYPE_BOOLEAN,
	TYPE_ARRAY,
	TYPE_OBJECT,
	TYPE_LOCATION,
	TYPE_COUNT
};

/* The words that are stored: "TEXT", "NUMBER" ... */
extern const char *const attribute_type_keys[TYPE_COUNT];

struct attribute {
	struct attribute_id id; /* 0: to be created when the import starts */
	const char *name;	/* unique, compared by case-folded form */
	const char *label;	/* for a person; "" is the name */
	enum attribute_type type;
};

struct attribute_list {
	struct attribute *items; /* sorted by name */
	size_t count;
};

#endif
