/* filter_row.c: one condition of a filter: field, operator, values */
/* SPDX-License-Identifier: MIT */
#include "domain/filter/filter_row.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define ROW_MAX (128u << 10)

/* --- the text --- */

/* The next part, without escapes; *p is moved behind the separator,
 * or becomes NULL at the end. */
static const char *next_part(struct arena *a, const char **p)
{
	char *out = arena_raw(a, strlen(*p) + 1);
	const char *at = *p;
	bool more = false;
	size_t n = 0;

	for (; *at && !more; at++) {
		more = *at == '~';
		if (*at == '\\' && (at[1] == '~' || at[1] == '\\'))
			at++;
		if (!more)
			out[n++] = *at;
	}
	out[n] = '\0';
	*p = more ? at : NULL;
	const char *z = out;

	utf8_trim(&z, &n);
	return arena_strndup(a, z, n);
}

bool filter_row_read(struct arena *a, const char *text, struct filter_row *out)
{
	const char *p = text;
	size_t room = 1;

	memset(out, 0, sizeof(*out));
	for (const char *c = text; *c; c++)
		room += *c == '~';
	if (room > 2 * (FILTER_VALUES_MAX + 2))
		return false;
	out->values = arena_alloc(a, room * sizeof(*out->values));
	out->field = next_part(a, &p);
	out->op = p ? next_part(a, &p) : "";
	while (p && out->value_count <= FILTER_VALUES_MAX) {
		const char *value = next_part(a, &p);

		if (!*value)
			return false;
		out->values[out->value_count++] = value;
	}
	return *out->field && *out->op && out->value_count <= FILTER_VALUES_MAX;
}

static void add_part(struct str *s, const char *part)
{
	if (s->len)
		str_addc(s, '~');
	for (; *part; part++) {
		if (*part == '~' || *part == '\\')
			str_addc(s, '\\');
		str_addc(s, *part);
	}
}

const char *filter_row_text(struct arena *a, const struct filter_row *row)
{
	struct str s;

	str_init(&s, ROW_MAX);
	add_part(&s, row->field);
	add_part(&s, row->op);
	for (size_t i = 0; i < row->value_count; i++)
		add_part(&s, row->values[i]);
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}

/* --- fields --- */

static const struct filter_field own_fields[] = {
    {"tag", "Tag", KIND_TAG, FIELD_COUNT, NULL},
    {"segment", "Segment", KIND_SEGMENT, FIELD_COUNT, NULL},
    {"import", "Import", KIND_IMPORT, FIELD_COUNT, NULL},
    {"campaign", "Campaign", KIND_CAMPAIGN, FIELD_COUNT, NULL},
    {"status", "Status", KIND_STATUS, FIELD_COUNT, NULL},
    {"last_active", "Last active", KIND_MOMENT, FIELD_COUNT, NULL},
    {"created_at", "Created at", KIND_MOMENT, FIELD_COUNT, NULL},
    {"updated_at", "Updated at", KIND_MOMENT, FIELD_COUNT, NULL},
};
#define OWN_FIELDS (sizeof(own_fields) / sizeof(*own_fields))

static const enum filter_kind field_kinds[FIELD_COUNT] = {
    [FIELD_PHONE] = KIND_PHONE,
    [FIELD_WA_USER_ID] = KIND_ID,
    [FIELD_USER_ID] = KIND_ID,
    [FIELD_WHATSAPP_OPTED] = KIND_OPTED,
    [FIELD_WHATSAPP_OPTED_AT] = KIND_MOMENT,
    [FIELD_STATE] = KIND_STATE,
};

static const enum filter_kind attribute_kinds[TYPE_COUNT] = {
    [TYPE_TEXT] = KIND_WORDS,
    [TYPE_NUMBER] = KIND_NUMBER,
    [TYPE_DATE] = KIND_DATE,
    [TYPE_TIME] = KIND_TIME,
    [TYPE_DATETIME] = KIND_DATETIME,
    [TYPE_BOOLEAN] = KIND_FLAG,
    [TYPE_ARRAY] = KIND_LIST,
    [TYPE_OBJECT] = KIND_THING,
    [TYPE_LOCATION] = KIND_THING,
};

bool filter_field_at(struct arena *a, const struct attribute_list *attributes,
    size_t i, struct filter_field *out)
{
	if (i < OWN_FIELDS) {
		*out = own_fields[i];
		return true;
	}
	i -= OWN_FIELDS;
	if (i < FIELD_COUNT) {
		*out = (struct filter_field){contact_fields[i].key,
		    contact_fields[i].label, field_kinds[i],
		    (enum contact_field)i, NULL};
		return true;
	}
	i -= FIELD_COUNT;
	if (i >= attributes->count)
		return false;
	const struct attribute *one = &attributes->items[i];

	*out = (struct filter_field){arena_printf(a, "attr.%s", one->name),
	    *one->label ? one->label : one->name, attribute_kinds[one->type],
	    FIELD_COUNT, one};
	return true;
}

static bool find_attribute(struct arena *a,
    const struct attribute_list *attributes, const char *name, size_t *at)
{
	const char *wanted = utf8_fold(a, name);

	for (size_t i = 0; i < attributes->count; i++)
		if (str_equal(
			wanted, utf8_fold(a, attributes->items[i].name))) {
			*at = i;
			return true;
		}
	return false;
}

bool filter_field_find(struct arena *a, const struct attribute_list *attributes,
    const char *key, struct filter_field *out)
{
	size_t at;

	if (str_starts(key, "attr."))
		return find_attribute(a, attributes, key + 5, &at) &&
		       filter_field_at(
			   a, attributes, OWN_FIELDS + FIELD_COUNT + at, out);
	for (size_t i = 0; i < OWN_FIELDS + FIELD_COUNT; i++)
		if (filter_field_at(a, attributes, i, out) &&
		    str_equal(out->key, key))
			return true;
	return false;
}

/* --- operators --- */

#define TEXTS (1u << KIND_TEXT | 1u << KIND_ID | 1u << KIND_WORDS)
#define CHOICES                                                                \
	(1u << KIND_STATE | 1u << KIND_OPTED | 1u << KIND_STATUS |             \
	    1u << KIND_FLAG)
#define TIMES                                                                  \
	(1u << KIND_MOMENT | 1u << KIND_DATE | 1u << KIND_TIME |               \
	    1u << KIND_DATETIME)
#define DAYS (1u << KIND_MOMENT | 1u << KIND_DATE | 1u << KIND_DATETIME)
#define NUMBERS (1u << KIND_NUMBER)
#define PHONES (1u << KIND_PHONE)
#define LISTS (1u << KIND_LIST)
#define SETS (1u << KIND_TAG | 1u << KIND_CAMPAIGN)
#define EMPTIES                                                                \
	(TEXTS | TIMES | NUMBERS | PHONES | LISTS | 1u << KIND_THING |         \
	    1u << KIND_STATE | 1u << KIND_FLAG)

const struct filter_op filter_ops[] = {
    {TEXTS | CHOICES | TIMES | NUMBERS | PHONES, "is", "is", VALUES_ONE},
    {TEXTS | CHOICES | TIMES | NUMBERS | PHONES, "not", "is not", VALUES_ONE},
    {TEXTS | PHONES | LISTS, "contains", "contains", VALUES_ONE},
    {TEXTS | PHONES | LISTS, "lacks", "does not contain", VALUES_ONE},
    {TEXTS | PHONES, "starts", "starts with", VALUES_ONE},
    {NUMBERS, "more", "is more than", VALUES_ONE},
    {NUMBERS, "less", "is less than", VALUES_ONE},
    {TIMES, "before", "is before", VALUES_ONE},
    {TIMES, "after", "is after", VALUES_ONE},
    {TIMES | NUMBERS, "between", "is between", VALUES_TWO},
    {DAYS, "last", "is in the last", VALUES_ONE},
    {DAYS, "not-last", "is not in the last", VALUES_ONE},
    {SETS | LISTS, "any", "is any of", VALUES_MANY},
    {SETS | LISTS, "all", "has all of", VALUES_MANY},
    {SETS | LISTS, "none", "is none of", VALUES_MANY},
    {1u << KIND_SEGMENT, "in", "is any of", VALUES_MANY},
    {1u << KIND_SEGMENT, "not-in", "is none of", VALUES_MANY},
    {1u << KIND_IMPORT, "made", "made it, number", VALUES_MANY},
    {1u << KIND_IMPORT, "changed", "changed it, number", VALUES_MANY},
    {1u << KIND_IMPORT, "met", "made or changed it, number", VALUES_MANY},
    {1u << KIND_IMPORT, "error", "has it in a row in error, number",
	VALUES_MANY},
    {SETS, "empty", "has none at all", VALUES_NONE},
    {SETS, "filled", "has at least one", VALUES_NONE},
    {EMPTIES, "empty", "is empty", VALUES_NONE},
    {EMPTIES, "filled", "is not empty", VALUES_NONE},
    {0, NULL, NULL, VALUES_NONE},
};

const struct filter_op *filter_op_find(enum filter_kind kind, const char *key)
{
	for (const struct filter_op *op = filter_ops; op->key; op++)
		if ((op->kinds & 1u << kind) && str_equal(op->key, key))
			return op;
	return NULL;
}

const char *filter_ops_of(struct arena *a, enum filter_kind kind)
{
	struct str s;

	str_init(&s, ROW_MAX);
	for (const struct filter_op *op = filter_ops; op->key; op++)
		if (op->kinds & 1u << kind)
			str_printf(&s, "%s%s", s.len ? ", " : "", op->key);
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}

/* --- plain parameters --- */

static bool has_plain(const struct filter_field *field, const char *op)
{
	switch (field->kind) {
	case KIND_TEXT:
	case KIND_PHONE:
	case KIND_STATE:
	case KIND_OPTED:
	case KIND_STATUS:
	case KIND_NUMBER:
	case KIND_WORDS:
	case KIND_FLAG:
		return str_equal(op, "is");
	case KIND_TAG:
		return str_equal(op, "any") || str_equal(op, "all");
	case KIND_SEGMENT:
		return str_equal(op, "in");
	case KIND_IMPORT:
		return str_equal(op, "met");
	case KIND_ID:
	case KIND_MOMENT:
	case KIND_DATE:
	case KIND_TIME:
	case KIND_DATETIME:
	case KIND_LIST:
	case KIND_THING:
	case KIND_CAMPAIGN:
	case KIND_COUNT:
		break;
	}
	return false;
}

bool filter_row_plain(struct arena *a, const struct filter_field *field,
    const struct filter_row *row, const char **name, const char **value)
{
	if (row->group || row->value_count != 1 || !has_plain(field, row->op))
		return false;
	*name = arena_strdup(a, field->key);
	*value = row->values[0];
	return true;
}
