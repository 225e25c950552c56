/* filter_shape.c: a filter without what it says of people */
/* SPDX-License-Identifier: MIT */
#include "domain/filter/filter_shape.h"

#include <string.h>

#include "base/str.h"
#include "domain/filter/contact_filter.h"

#define MASK "\xe2\x80\xa6"

/* What says nothing of one person. */
static const char *const open_fields[] = {"tag", "segment", "campaign",
    "import", "id", "status", "state", "source", "whatsapp_opted",
    "whatsapp_opted_at", "last_active", "created_at", "updated_at", "match"};

static bool is_open(const char *field)
{
	for (size_t i = 0; i < sizeof(open_fields) / sizeof(*open_fields); i++)
		if (str_equal(open_fields[i], field))
			return true;
	return false;
}

static bool is_row(const char *name)
{
	return str_equal(name, "where") || strncmp(name, "any", 3) == 0 ||
	       strncmp(name, "all", 3) == 0;
}

/* The value of a row, "city~is~Pune", with its field and operator. */
static const char *row_shape(struct arena *a, const char *value)
{
	struct filter_row row;

	if (!filter_row_read(a, value, &row))
		return MASK;
	if (is_open(row.field))
		return value;
	return arena_printf(
	    a, "%s~%s%s", row.field, row.op, row.value_count ? "~" MASK : "");
}

static const char *value_shape(struct arena *a, const struct filter_param *p)
{
	if (is_row(p->name))
		return row_shape(a, p->value);
	return is_open(p->name) ? p->value : MASK;
}

/* Not in the middle of a sign. */
static const char *finish(struct arena *a, struct str *s)
{
	size_t n = s->len < FILTER_SHAPE_MAX ? s->len : FILTER_SHAPE_MAX;
	const char *text = str_text(s);

	while (n < s->len && n && (text[n] & 0xc0) == 0x80)
		n--;
	text = arena_strndup(a, text, n);
	str_release(s);
	return text;
}

const char *filter_shape(struct arena *a, const char *text)
{
	struct filter_param *params;
	size_t count = 0;
	struct str s;

	if (contact_filter_split(a, text, &params, &count, NULL) != STATUS_OK)
		return MASK;
	if (!count)
		return "everybody";
	str_init(&s, 2 * FILTER_SHAPE_MAX);
	for (size_t i = 0; i < count; i++)
		str_printf(&s, "%s%s=%s", i ? ", " : "", params[i].name,
		    value_shape(a, &params[i]));
	return finish(a, &s);
}
