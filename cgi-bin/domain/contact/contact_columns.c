/* contact_columns.c: what a list of contacts shows, and in which order */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_columns.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "storage/attribute_store.h"
#include "storage/member_setting_store.h"

#define SETTING "contacts.columns"
#define TEXT_MAX (1u << 20)

static const struct contact_column own_columns[] = {
    {COLUMN_TAGS, FIELD_COUNT, NULL, "tags", "Tags"},
    {COLUMN_STATUS, FIELD_COUNT, NULL, "status", "Status"},
    {COLUMN_CAMPAIGNS, FIELD_COUNT, NULL, "campaigns", "Campaigns"},
    {COLUMN_LAST_ACTIVE, FIELD_COUNT, NULL, "last_active", "Last Active"},
    {COLUMN_CREATED_AT, FIELD_COUNT, NULL, "created_at", "Created At"},
    {COLUMN_UPDATED_AT, FIELD_COUNT, NULL, "updated_at", "Updated At"},
};
#define OWN (sizeof(own_columns) / sizeof(*own_columns))

static const char default_columns[] =
    "name,phone,tags,source,first_message,status,state,last_active,created_at";

static struct contact_column of_field(enum contact_field f)
{
	struct contact_column c = {COLUMN_FIELD, f, NULL, contact_fields[f].key,
	    contact_fields[f].label};

	if (f == FIELD_PHONE)
		c.label = "Mobile Number";
	else if (f == FIELD_FIRST_MESSAGE)
		c.label = "First Message";
	return c;
}

static struct contact_column of_attribute(
    struct arena *a, const struct attribute *attribute)
{
	const char *label = attribute->label;

	return (struct contact_column){COLUMN_ATTRIBUTE, FIELD_COUNT, attribute,
	    arena_printf(a, "attr.%s", attribute->name),
	    str_empty(label) ? attribute->name : label};
}

struct column_list contact_columns_all(
    struct arena *a, const struct attribute_list *attributes)
{
	struct column_list all = {.count = 0};

	all.items = arena_alloc(
	    a, (FIELD_COUNT + OWN + attributes->count) * sizeof(*all.items));
	for (int f = 0; f < FIELD_COUNT; f++)
		all.items[all.count++] = of_field((enum contact_field)f);
	for (size_t i = 0; i < OWN; i++)
		all.items[all.count++] = own_columns[i];
	for (size_t i = 0; i < attributes->count; i++)
		all.items[all.count++] = of_attribute(a, &attributes->items[i]);
	return all;
}

struct column_list contact_columns_default(struct arena *a)
{
	struct column_list list = {.count = 0};

	contact_columns_add(a, &(struct attribute_list){.count = 0},
	    default_columns, &list, NULL);
	return list;
}

static const struct attribute *find_attribute(
    struct arena *a, const struct attribute_list *all, const char *name)
{
	const char *wanted = utf8_fold(a, name);

	for (size_t i = 0; i < all->count; i++)
		if (str_equal(wanted, utf8_fold(a, all->items[i].name)))
			return &all->items[i];
	return NULL;
}

bool contact_columns_find(struct arena *a,
    const struct attribute_list *attributes, const char *key,
    struct contact_column *out)
{
	for (size_t i = 0; i < OWN; i++)
		if (str_equal(key, own_columns[i].key)) {
			*out = own_columns[i];
			return true;
		}
	for (int f = 0; f < FIELD_COUNT; f++)
		if (str_equal(key, contact_fields[f].key)) {
			*out = of_field((enum contact_field)f);
			return true;
		}
	if (!str_starts(key, "attr."))
		return false;
	const struct attribute *found =
	    find_attribute(a, attributes, key + strlen("attr."));

	if (found)
		*out = of_attribute(a, found);
	return found != NULL;
}

static bool has(const struct column_list *list, const char *key)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->items[i].key, key))
			return true;
	return false;
}

static void append(struct arena *a, struct column_list *list,
    const struct contact_column *column)
{
	/* Room is a power of two, so the count tells when it is full. */
	if ((list->count & (list->count - 1)) == 0) {
		struct contact_column *old = list->items;
		size_t room = list->count ? list->count * 2 : 1;

		list->items = arena_alloc(a, room * sizeof(*old));
		if (list->count)
			memcpy(list->items, old, list->count * sizeof(*old));
	}
	list->items[list->count++] = *column;
}

/* The next key of a text, without its backslashes and the blanks around. */
static const char *next_key(struct arena *a, const char **text)
{
	const char *p = *text;
	char *key = arena_alloc(a, strlen(p) + 1);
	size_t n = 0;

	for (; *p && *p != ','; p++) {
		if (*p == '\\' && p[1])
			p++;
		key[n++] = *p;
	}
	*text = *p ? p + 1 : p;
	const char *from = key;

	utf8_trim(&from, &n);
	return arena_strndup(a, from, n);
}

bool contact_columns_append(struct arena *a,
    const struct attribute_list *attributes, const char *key,
    struct column_list *list)
{
	struct contact_column column;

	if (!contact_columns_find(a, attributes, key, &column))
		return false;
	if (!has(list, column.key))
		append(a, list, &column);
	return true;
}

bool contact_columns_add(struct arena *a,
    const struct attribute_list *attributes, const char *text,
    struct column_list *list, const char **unknown)
{
	while (*text) {
		const char *key = next_key(a, &text);

		if (*key && !contact_columns_append(a, attributes, key, list) &&
		    unknown) {
			*unknown = key;
			return false;
		}
	}
	return true;
}

const char *contact_columns_text(
    struct arena *a, const struct column_list *list)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			str_addc(&s, ',');
		for (const char *p = list->items[i].key; *p; p++) {
			if (*p == ',' || *p == '\\')
				str_addc(&s, '\\');
			str_addc(&s, *p);
		}
	}
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}

static enum contact_sort attribute_sort(const struct attribute *attribute)
{
	switch (attribute_types[attribute->type].comparison) {
	case COMPARE_NUMBER:
		return SORT_ATTRIBUTE_NUMBER;
	case COMPARE_TEXT:
	case COMPARE_TIME: /* ISO 8601: the text has their order */
		return SORT_ATTRIBUTE_TEXT;
	case COMPARE_FLAG:
	case COMPARE_NONE:
		break;
	}
	return SORT_ATTRIBUTE_JSON;
}

bool contact_columns_has(const struct column_list *list, enum column_kind kind)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].kind == kind)
			return true;
	return false;
}

void contact_columns_sort(struct arena *a, const struct contact_column *column,
    struct contact_query *query)
{
	static const enum contact_sort sorts[] = {
	    [COLUMN_FIELD] = SORT_FIELD,
	    [COLUMN_TAGS] = SORT_TAGS,
	    [COLUMN_STATUS] = SORT_STATUS,
	    [COLUMN_CAMPAIGNS] = SORT_CAMPAIGNS,
	    [COLUMN_LAST_ACTIVE] = SORT_LAST_ACTIVE,
	    [COLUMN_CREATED_AT] = SORT_CREATED,
	    [COLUMN_UPDATED_AT] = SORT_UPDATED,
	};

	query->sort_field = column->field;
	query->sort_name = NULL;
	query->sort_path = NULL;
	if (column->kind == COLUMN_ATTRIBUTE) {
		query->sort = attribute_sort(column->attribute);
		query->sort_path = attributes_path(a, column->attribute->name);
	} else {
		query->sort = sorts[column->kind];
	}
	if (query->sort != SORT_CREATED)
		query->sort_name = column->key;
}

/* --- of a member --- */

enum status contact_columns_of_member(struct db *db, struct arena *a,
    struct member_id member, struct column_list *out, struct err *e)
{
	struct attribute_list attributes = {NULL, 0};
	const char *text = "";
	enum status st = member_setting_get(db, a, member, SETTING, &text, e);

	out->count = 0;
	if (st == STATUS_OK && strstr(text, "attr."))
		st = attribute_store_list(db, a, &attributes, e);
	if (st == STATUS_OK)
		contact_columns_add(a, &attributes, text, out, NULL);
	if (st == STATUS_OK && !out->count)
		*out = contact_columns_default(a);
	return st;
}

enum status contact_columns_keep(struct db *db, struct arena *a,
    struct member_id member, const struct column_list *list, struct err *e)
{
	return member_setting_set(
	    db, member, SETTING, contact_columns_text(a, list), e);
}
