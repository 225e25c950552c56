/* export_cell.c: what stands in the cells of an export */
/* SPDX-License-Identifier: MIT */
#include "domain/export/export_cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact.h"
#include "domain/export/xlsx.h"

const char *export_header(struct arena *a, const struct contact_column *column)
{
	if (column->kind == COLUMN_FIELD)
		return contact_fields[column->field].label;
	if (column->kind != COLUMN_ATTRIBUTE)
		return column->label;
	return arena_printf(a, "%s||%s", column->attribute->name,
	    attribute_type_keys[column->attribute->type]);
}

void export_row_init(struct export_row *r, struct arena *a,
    const struct contact *c, bool parse, bool typed, int64_t now)
{
	*r = (struct export_row){
	    .arena = a, .contact = c, .now = now, .typed = typed};
	if (parse)
		attributes_parse(
		    a, c->attributes, &r->members, &r->member_count);
}

static struct export_cell text_cell(const char *text)
{
	return (struct export_cell){.kind = CELL_TEXT, .text = text};
}

/* Only what a spreadsheet gives back as it was written. */
static struct export_cell number_cell(const char *text)
{
	struct export_cell cell = text_cell(text);
	char again[40];

	cell.number = strtod(text, NULL);
	snprintf(again, sizeof(again), "%.15g", cell.number);
	if (str_equal(again, text))
		cell.kind = CELL_NUMBER;
	return cell;
}

static struct export_cell time_cell(const char *text, enum cell_kind kind)
{
	struct export_cell cell = text_cell(text);

	if (clock_parse(text, true, &cell.ms) && xlsx_has_day(cell.ms))
		cell.kind = kind;
	return cell;
}

static struct export_cell moment_cell(const struct export_row *r, int64_t ms)
{
	char text[32] = "";

	if (ms)
		clock_format(ms, text);
	const char *copy = arena_strdup(r->arena, text);

	return r->typed ? time_cell(copy, CELL_MOMENT) : text_cell(copy);
}

static struct export_cell flag_cell(const char *text)
{
	struct export_cell cell = text_cell(text);

	cell.flag = str_equal(text, "true");
	if (cell.flag || str_equal(text, "false"))
		cell.kind = CELL_FLAG;
	return cell;
}

static struct export_cell attribute_cell(
    const struct export_row *r, const struct attribute *attribute)
{
	const char *json =
	    attributes_get(r->members, r->member_count, attribute->name);
	const char *text = json ? attributes_plain(r->arena, json) : "";

	if (!*text || !r->typed)
		return text_cell(text);
	switch (attribute->type) {
	case TYPE_NUMBER:
		return number_cell(text);
	case TYPE_BOOLEAN:
		return flag_cell(text);
	case TYPE_DATE:
		return time_cell(text, CELL_DAY);
	case TYPE_DATETIME:
		return time_cell(text, CELL_MOMENT);
	case TYPE_TEXT:
	case TYPE_TIME:
	case TYPE_ARRAY:
	case TYPE_OBJECT:
	case TYPE_LOCATION:
	case TYPE_COUNT:
		break;
	}
	return text_cell(text);
}

/* "a|b" of tags or campaigns. */
static const char *names_text(
    const struct export_row *r, const char *const *names, size_t count)
{
	if (!count)
		return "";
	size_t length = 0;

	for (size_t i = 0; i < count; i++)
		length += strlen(names[i]) + 1;
	char *text = arena_raw(r->arena, length);
	char *end = text;

	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(names[i]);

		memcpy(end, names[i], n);
		end += n;
		*end++ = '|';
	}
	end[-1] = '\0';
	/* Without a bar, or after a quotation mark, it would be divided where
	 * it must not be. */
	if (text[0] == '"')
		return arena_printf(r->arena, "|%s", text);
	if (count == 1 && (text[0] == '*' || strpbrk(text, ",;:")))
		return arena_printf(r->arena, "%s|", text);
	return text;
}

struct export_cell export_cell(
    const struct export_row *r, const struct contact_column *column)
{
	const struct contact *c = r->contact;

	switch (column->kind) {
	case COLUMN_FIELD:
		break;
	case COLUMN_TAGS:
		return text_cell(names_text(r, c->tags, c->tag_count));
	case COLUMN_CAMPAIGNS:
		return text_cell(
		    names_text(r, c->campaigns, c->campaign_count));
	case COLUMN_STATUS:
		return text_cell(
		    contact_is_active(c, r->now) ? "Active" : "Inactive");
	case COLUMN_LAST_ACTIVE:
		return moment_cell(r, c->last_active);
	case COLUMN_CREATED_AT:
		return moment_cell(r, c->created_at);
	case COLUMN_UPDATED_AT:
		return moment_cell(r, c->updated_at);
	case COLUMN_ATTRIBUTE:
		return attribute_cell(r, column->attribute);
	}
	if (column->field == FIELD_WHATSAPP_OPTED_AT && r->typed)
		return time_cell(c->value[column->field], CELL_MOMENT);
	return text_cell(c->value[column->field]);
}
