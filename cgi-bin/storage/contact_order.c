/* contact_order.c: the order of a contact query, and where its page begins */
/* SPDX-License-Identifier: MIT */
/*
 * What a list is sorted by is an expression of the contact alone, which may
 * have a parameter, the path of an attribute. A page begins after the values
 * of its cursor, so the expression has to compare with a bound value exactly
 * as ORDER BY compares two rows: an ENUM as text, a number as a DOUBLE, long
 * texts by their first signs, because ORDER BY looks at so many bytes only.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/str.h"
#include "storage/contact_sql.h"

#define STRING(x) #x
#define NUMBER_TEXT(x) STRING(x)
#define FIRST_SIGNS(text) "LEFT(" text ", " NUMBER_TEXT(SORT_SIGNS) ")"

/* The words of an enumeration are sorted as words. */
static const char *column_of(enum contact_field f)
{
	return f == FIELD_WHATSAPP_OPTED
		   ? "CAST(contact.whatsapp_opted AS CHAR)"
		   : contact_field_columns[f];
}

/* SORT_CREATED has none, SORT_FIELD its field's. */
static const char *const sort_values[SORT_COUNT] = {
    [SORT_LAST_ACTIVE] = "contact.last_active",
    [SORT_STATUS] = "contact.last_active",
    [SORT_UPDATED] = "contact.updated_at",
    [SORT_TAGS] = "(SELECT MIN(tag.name) FROM contact_tag "
		  "JOIN tag ON tag.id = contact_tag.tag_id "
		  "WHERE contact_tag.contact_id = contact.id "
		  "AND tag.kind = 'tag')",
    [SORT_CAMPAIGNS] =
	"(SELECT MIN(campaign.name) FROM contact_campaign "
	"JOIN campaign ON campaign.id = contact_campaign.campaign_id "
	"WHERE contact_campaign.contact_id = contact.id)",
    [SORT_ATTRIBUTE_TEXT] = FIRST_SIGNS(
	"JSON_VALUE(contact.attributes, ?)") " COLLATE utf8mb4_uca1400_ai_ci",
    [SORT_ATTRIBUTE_NUMBER] =
	"CAST(JSON_VALUE(contact.attributes, ?) AS DOUBLE)",
    [SORT_ATTRIBUTE_JSON] = FIRST_SIGNS("CONCAT(JSON_COMPACT(JSON_EXTRACT("
					"contact.attributes, ?)))"),
};

static bool has_path(enum contact_sort sort)
{
	return sort == SORT_ATTRIBUTE_TEXT || sort == SORT_ATTRIBUTE_NUMBER ||
	       sort == SORT_ATTRIBUTE_JSON;
}

static void add_value(struct contact_sql *b, const struct contact_query *query)
{
	contact_sql_add(b, query->sort == SORT_FIELD
			       ? column_of(query->sort_field)
			       : sort_values[query->sort]);
	if (has_path(query->sort))
		contact_sql_text(b, query->sort_path);
}

/* The status is told by the time, and "active" comes before "inactive". */
static bool value_descends(const struct contact_query *query, bool descending)
{
	return query->sort == SORT_STATUS ? !descending : descending;
}

/* The cursor's value at a '?', as what the statement compares it with. */
static void add_bound(struct contact_sql *b, const struct contact_query *query)
{
	const char *value = query->cursor.value;
	int64_t ms = 0;

	if (query->sort == SORT_ATTRIBUTE_NUMBER) {
		contact_sql_add(b, "CAST(? AS DOUBLE)");
		contact_sql_text(b, value);
		return;
	}
	contact_sql_add(b, "?");
	if (query->sort == SORT_FIELD &&
	    query->sort_field == FIELD_WHATSAPP_OPTED_AT) {
		clock_parse(value, true, &ms);
		contact_sql_time(b, ms);
	} else if (query->sort == SORT_LAST_ACTIVE ||
		   query->sort == SORT_STATUS || query->sort == SORT_UPDATED) {
		contact_sql_time(b, strtoll(value, NULL, 10));
	} else {
		contact_sql_text(b, value);
	}
}

static bool can_be_null(const struct contact_query *query)
{
	return query->sort == SORT_FIELD
		   ? contact_fields[query->sort_field].nullable
		   : query->sort != SORT_UPDATED;
}

/* Of the contacts with the cursor's value, those after its id. */
static void add_same(
    struct contact_sql *b, const struct contact_query *query, bool descending)
{
	contact_sql_add(b, "(");
	add_value(b, query);
	if (query->cursor.value) {
		contact_sql_add(b, " = ");
		add_bound(b, query);
	} else {
		contact_sql_add(b, " IS NULL");
	}
	contact_sql_add(b, " AND ");
	contact_sql_add(b, b->id);
	contact_sql_add(b, descending ? " < ?" : " > ?");
	contact_sql_number(b, query->cursor.id);
	contact_sql_add(b, ")");
}

/* Rows after the cursor in the order that the statement has. No value (NULL)
 * comes before all others, as in ORDER BY. */
void contact_sql_cursor(
    struct contact_sql *b, const struct contact_query *query, bool descending)
{
	const struct contact_cursor *c = &query->cursor;

	if (c->kind != CURSOR_AFTER && c->kind != CURSOR_BEFORE)
		return;
	contact_sql_and(b);
	if (query->sort == SORT_CREATED) {
		contact_sql_add(b, b->id);
		contact_sql_add(b, descending ? " < ?" : " > ?");
		contact_sql_number(b, c->id);
		return;
	}
	bool down = value_descends(query, descending);

	contact_sql_add(b, "(");
	add_same(b, query, descending);
	if (c->value) {
		contact_sql_add(b, " OR ");
		add_value(b, query);
		contact_sql_add(b, down ? " < " : " > ");
		add_bound(b, query);
	}
	if (c->value ? down && can_be_null(query) : !down) {
		contact_sql_add(b, " OR ");
		add_value(b, query);
		contact_sql_add(b, c->value ? " IS NULL" : " IS NOT NULL");
	}
	contact_sql_add(b, ")");
}

/*
 * A unique index is not known to the server to hold ids in order, so that
 * ORDER BY phone, id would sort all rows. It does hold them so: a list without
 * conditions is read off it. Not where only those without a phone are left
 * and their ids run backwards: there the server is free to take any order.
 */
bool contact_sql_by_phone(
    const struct contact_sql *b, const struct contact_query *query)
{
	const struct contact_cursor *c = &query->cursor;
	bool descending = query->descending != (c->kind == CURSOR_BEFORE);

	if (query->sort != SORT_FIELD || query->sort_field != FIELD_PHONE ||
	    b->scans || query->trash)
		return false;
	return c->kind == CURSOR_NONE || c->kind == CURSOR_END || c->value ||
	       !descending;
}

void contact_sql_order(
    struct contact_sql *b, const struct contact_query *query, bool descending)
{
	contact_sql_add(b, " ORDER BY ");
	if (query->sort != SORT_CREATED) {
		add_value(b, query);
		contact_sql_add(
		    b, value_descends(query, descending) ? " DESC" : "");
		if (contact_sql_by_phone(b, query))
			return;
		contact_sql_add(b, ", ");
	}
	contact_sql_add(b, b->id);
	if (descending)
		contact_sql_add(b, " DESC");
}
