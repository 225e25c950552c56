/* contact_columns.h: what a list of contacts shows, and in which order */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_COLUMNS_H
#define DOMAIN_CONTACT_CONTACT_COLUMNS_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/attribute.h"
#include "model/contact.h"
#include "model/contact_query.h"
#include "storage/db.h"

/*
 * A column has a key: that of a field, "tags", "campaigns", "status",
 * "last_active", "created_at", "updated_at", or "attr.NAME". Columns in an
 * address and in a member's settings are their keys with commas between; a
 * comma or backslash of a name has a backslash in front.
 */
enum column_kind {
	COLUMN_FIELD,
	COLUMN_TAGS,
	COLUMN_STATUS, /* formats.md A9; from here to the next: the book's own
			*/
	COLUMN_CAMPAIGNS,
	COLUMN_LAST_ACTIVE,
	COLUMN_CREATED_AT,
	COLUMN_UPDATED_AT,
	COLUMN_ATTRIBUTE
};

struct contact_column {
	enum column_kind kind;
	enum contact_field field;	   /* COLUMN_FIELD */
	const struct attribute *attribute; /* COLUMN_ATTRIBUTE */
	const char *key;
	const char *label; /* of the list: "Mobile Number" */
};

struct column_list {
	struct contact_column *items;
	size_t count;
};

/* Lists are in the arena and borrow from `attributes`. All: fields, tags,
 * status and times, attributes. Default: those of the contacts page. */
struct column_list contact_columns_all(
    struct arena *a, const struct attribute_list *attributes);
struct column_list contact_columns_default(struct arena *a);

/* The column of a key; false when there is none. The case of an attribute's
 * name does not matter. */
bool contact_columns_find(struct arena *a,
    const struct attribute_list *attributes, const char *key,
    struct contact_column *out);

/* Adds the columns of a text to the list, each once; false, and what is
 * unknown in *unknown, when there is no such column. With unknown NULL, those
 * that do not exist (any more) are left out. */
bool contact_columns_add(struct arena *a,
    const struct attribute_list *attributes, const char *text,
    struct column_list *list, const char **unknown);
/* Adds the column of one key; false when there is none. */
bool contact_columns_append(struct arena *a,
    const struct attribute_list *attributes, const char *key,
    struct column_list *list);
/* The text of a list. */
const char *contact_columns_text(
    struct arena *a, const struct column_list *list);

bool contact_columns_has(const struct column_list *list, enum column_kind kind);

/* Makes a query sort by a column. Its direction is left as it is. */
void contact_columns_sort(struct arena *a, const struct contact_column *column,
    struct contact_query *query);

/* The columns that a member has chosen, else the default ones. */
enum status contact_columns_of_member(struct db *db, struct arena *a,
    struct member_id member, struct column_list *out, struct err *e);
/* Keeps them; an empty list: the default ones again. */
enum status contact_columns_keep(struct db *db, struct arena *a,
    struct member_id member, const struct column_list *list, struct err *e);

#endif
