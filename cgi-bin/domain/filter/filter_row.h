/* filter_row.h: one condition of a filter: field, operator, values */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_FILTER_ROW_H
#define DOMAIN_FILTER_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/attribute.h"
#include "model/contact_field.h"

/*
 * The text of a condition has its parts with '~' between: FIELD~OPERATOR, and
 * then none, one, two or several values, as the operator takes them. A '~' or
 * '\' in a part is written with a '\' before it.
 *
 *	city~is~Pune   attr.LTV~between~10~20   tag~any~vip~gold   email~empty
 */
struct filter_row {
	const char *field; /* "city", "attr.LTV", "tag" */
	const char *op;
	const char **values; /* trimmed; none is "" */
	size_t value_count;
	size_t group; /* 0: of the filter itself; else number of its group */
};

/* The kind of a field says which operators it has. */
enum filter_kind {
	KIND_TEXT,
	KIND_ID, /* a text that is compared with case elsewhere */
	KIND_PHONE,
	KIND_STATE,
	KIND_OPTED,
	KIND_STATUS,
	KIND_MOMENT,
	KIND_NUMBER, /* from here on of attributes */
	KIND_WORDS,
	KIND_DATE,
	KIND_TIME,
	KIND_DATETIME,
	KIND_FLAG,
	KIND_LIST,
	KIND_THING, /* only there or not there */
	KIND_TAG,
	KIND_SEGMENT,
	KIND_IMPORT,
	KIND_CAMPAIGN,
	KIND_COUNT
};

struct filter_field {
	const char *key;
	const char *label; /* for a person */
	enum filter_kind kind;
	enum contact_field field;	   /* FIELD_COUNT: none of these */
	const struct attribute *attribute; /* or NULL */
};

enum filter_arity {
	VALUES_NONE,
	VALUES_ONE,
	VALUES_TWO,
	VALUES_MANY /* one or more */
};

struct filter_op {
	unsigned kinds; /* bits 1 << kind */
	const char *key;
	const char *label; /* between the field's label and the value */
	enum filter_arity arity;
};

/* Reads the text; INVALID parts are missing: false when it has no operator, an
 * empty part, or more than FILTER_VALUES_MAX values. */
#define FILTER_VALUES_MAX 100u
bool filter_row_read(struct arena *a, const char *text, struct filter_row *out);
/* The text of a row. */
const char *filter_row_text(struct arena *a, const struct filter_row *row);

/* The fields that are no columns and no attributes have a table; i counts
 * through all of the book's, in the order of a menu. False after the last. */
bool filter_field_at(struct arena *a, const struct attribute_list *attributes,
    size_t i, struct filter_field *out);
/* By key; attributes without regard to case. False: there is no such field. */
bool filter_field_find(struct arena *a, const struct attribute_list *attributes,
    const char *key, struct filter_field *out);

/* The operators, in the order of a menu; ends with a key NULL. */
extern const struct filter_op filter_ops[];
/* NULL: the kind does not have it. */
const struct filter_op *filter_op_find(enum filter_kind kind, const char *key);
/* What the kind's operators are, for a message: "is, is not, empty". */
const char *filter_ops_of(struct arena *a, enum filter_kind kind);

/*
 * The plain parameter that asks for the same (city=Pune, tag=vip), where there
 * is one; false otherwise.
 */
bool filter_row_plain(struct arena *a, const struct filter_field *field,
    const struct filter_row *row, const char **name, const char **value);

#endif
