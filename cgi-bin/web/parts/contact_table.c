/* contact_table.c: contacts as a table with the columns that were chosen */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_table.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/contact/contact_state.h"
#include "web/parts/contact_params.h"
#include "web/parts/contact_view.h"

#define CELL_SIGNS 200 /* the rest is on the contact's own page */
#define LONG_SIGNS 20  /* may not fit: said in full in the title */

/* --- which columns --- */

static bool is_text(const struct contact_column *c)
{
	return c->kind == COLUMN_ATTRIBUTE ||
	       (c->kind == COLUMN_FIELD && c->field != FIELD_STATE &&
		   c->field != FIELD_WHATSAPP_OPTED_AT);
}

static bool is_name(const struct contact_column *c)
{
	return c->kind == COLUMN_FIELD && c->field == FIELD_NAME;
}

/* The column that leads to the contact: the name, else the first text. */
static size_t head_of(const struct column_list *columns)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < columns->count; i++) {
		if (is_name(&columns->items[i]))
			return i;
		if (first == SIZE_MAX && is_text(&columns->items[i]))
			first = i;
	}
	return first;
}

static void put_name_first(struct arena *a, struct column_list *columns)
{
	struct column_list all = {.count = 0};

	contact_columns_add(a, &(struct attribute_list){.count = 0},
	    contact_fields[FIELD_NAME].key, &all, NULL);
	struct contact_column *items =
	    arena_alloc(a, (columns->count + 1) * sizeof(*items));

	items[0] = all.items[0];
	if (columns->count)
		memcpy(
		    items + 1, columns->items, columns->count * sizeof(*items));
	columns->items = items;
	columns->count++;
}

enum status contact_table_columns(struct request *rq,
    const struct contact_filter *f, struct column_list *out, struct err *e)
{
	enum status st = contact_params_chosen(rq, f, out, e);

	if (st == STATUS_OK && head_of(out) == SIZE_MAX)
		put_name_first(rq->arena, out);
	return st;
}

/* --- their heads --- */

static const char *kind_of(const struct contact_column *c)
{
	switch (c->kind) {
	case COLUMN_TAGS:
	case COLUMN_CAMPAIGNS:
		return "Tags";
	case COLUMN_STATUS:
		return "Status";
	case COLUMN_LAST_ACTIVE:
	case COLUMN_CREATED_AT:
	case COLUMN_UPDATED_AT:
		return "Time";
	case COLUMN_ATTRIBUTE:
		return c->attribute->type == TYPE_DATETIME ? "Moment" : "Text";
	case COLUMN_FIELD:
		break;
	}
	if (c->field == FIELD_NAME)
		return "Name";
	if (c->field == FIELD_PHONE)
		return "Phone";
	if (c->field == FIELD_STATE)
		return "State";
	return c->field == FIELD_WHATSAPP_OPTED_AT ? "Moment" : "Text";
}

static bool is_sorted_by(
    const struct contact_query *q, const struct contact_column *c)
{
	return q->sort == SORT_CREATED ? c->kind == COLUMN_CREATED_AT
				       : str_equal(q->sort_name, c->key);
}

/* Times begin with the latest. */
static bool begins_down(const struct contact_column *c)
{
	return c->kind == COLUMN_CREATED_AT || c->kind == COLUMN_UPDATED_AT ||
	       c->kind == COLUMN_LAST_ACTIVE;
}

static void fill_column(struct arena *a, struct node *n,
    const struct contact_filter *f, const struct contact_column *c)
{
	const struct contact_query *q = &f->query;
	bool here = is_sorted_by(q, c);
	bool down = here ? !q->descending : begins_down(c);

	node_set(n, "Label", c->label);
	node_set_flag(n, kind_of(c), true);
	node_set_flag(n, "Amount",
	    c->kind == COLUMN_ATTRIBUTE && c->attribute->type == TYPE_NUMBER);
	node_set(n, "Path",
	    arena_printf(
		a, "/contacts%s", contact_params_sorted(a, f, c, down)));
	if (here)
		node_set(n, "Sort", q->descending ? "descending" : "ascending");
}

/* --- cells --- */

struct row {
	struct arena *arena;
	struct node *cells;
	const struct contact *contact;
	struct attribute_member *members;
	size_t member_count;
	bool has_email; /* in a column of its own */
	int64_t now;
};

/* Nothing for an empty one. */
static void set_text(struct row *r, const char *at, const char *value)
{
	const char *p = value, *end = value + strlen(value);
	size_t signs = 0;

	if (!*value)
		return;
	while (p < end && signs < CELL_SIGNS) {
		utf8_next(&p, end);
		signs++;
	}
	if (p < end)
		value = arena_printf(
		    r->arena, "%.*s\xe2\x80\xa6", (int)(p - value), value);
	node_set(r->cells, at, value);
	if (signs > LONG_SIGNS)
		node_set_flag(node_child(r->cells, at), "Long", true);
}

static void set_moment(struct row *r, const char *at, const char *text)
{
	int64_t ms = 0;

	if (clock_parse(text, true, &ms))
		node_set_time(r->cells, at, ms, r->now);
}

static void set_phone(struct row *r, const char *at)
{
	const char *const *value = r->contact->value;

	set_text(r, at, contact_view_phone(r->arena, value[FIELD_PHONE]));
	if (!*value[FIELD_PHONE] && *value[FIELD_EMAIL] && !r->has_email)
		node_set(node_child(r->cells, at), "Email", value[FIELD_EMAIL]);
}

static void set_names(
    struct row *r, const char *at, const char *const *names, size_t count)
{
	if (count)
		contact_view_names(node_child(r->cells, at), names, count);
}

static void set_state(struct row *r, const char *at)
{
	const char *key = r->contact->value[FIELD_STATE];

	if (!*key)
		return;
	node_set(r->cells, at, contact_state_label(key));
	node_set(node_child(r->cells, at), "Dot", contact_view_state_dot(key));
}

static void set_field(struct row *r, const char *at, enum contact_field f)
{
	const char *value = r->contact->value[f];

	if (f == FIELD_PHONE)
		set_phone(r, at);
	else if (f == FIELD_STATE)
		set_state(r, at);
	else if (f == FIELD_WHATSAPP_OPTED_AT)
		set_moment(r, at, value);
	else if (f == FIELD_WHATSAPP_OPTED && *value)
		set_text(r, at, str_equal(value, "yes") ? "Yes" : "No");
	else if (f != FIELD_NAME)
		set_text(r, at, value);
}

static void set_attribute(
    struct row *r, const char *at, const struct attribute *attribute)
{
	const char *json =
	    attributes_get(r->members, r->member_count, attribute->name);
	const char *text = json ? attributes_plain(r->arena, json) : "";

	if (attribute->type == TYPE_DATETIME)
		set_moment(r, at, text);
	else
		set_text(r, at, text);
}

static void set_cell(
    struct row *r, const char *at, const struct contact_column *c)
{
	switch (c->kind) {
	case COLUMN_FIELD:
		set_field(r, at, c->field);
		break;
	case COLUMN_TAGS:
		set_names(r, at, r->contact->tags, r->contact->tag_count);
		break;
	case COLUMN_CAMPAIGNS:
		set_names(
		    r, at, r->contact->campaigns, r->contact->campaign_count);
		break;
	case COLUMN_STATUS:
		node_set_flag(
		    r->cells, at, contact_is_active(r->contact, r->now));
		break;
	case COLUMN_LAST_ACTIVE:
		node_set_time(r->cells, at, r->contact->last_active, r->now);
		break;
	case COLUMN_CREATED_AT:
		node_set_time(r->cells, at, r->contact->created_at, r->now);
		break;
	case COLUMN_UPDATED_AT:
		node_set_time(r->cells, at, r->contact->updated_at, r->now);
		break;
	case COLUMN_ATTRIBUTE:
		set_attribute(r, at, c->attribute);
		break;
	}
}

static bool shows(const struct column_list *columns, enum column_kind kind,
    enum contact_field field)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->items[i].kind == kind &&
		    (kind != COLUMN_FIELD || columns->items[i].field == field))
			return true;
	return false;
}

void contact_table_fill(struct arena *a, struct node *root,
    const struct contact_filter *f, const struct column_list *columns,
    const struct contact_list *list)
{
	size_t head = head_of(columns);
	bool attributes = shows(columns, COLUMN_ATTRIBUTE, FIELD_COUNT);
	struct row r = {.arena = a, .now = clock_now()};

	r.has_email = shows(columns, COLUMN_FIELD, FIELD_EMAIL);
	for (size_t i = 0; i < columns->count; i++) {
		struct node *n = node_add(root, "Columns");

		fill_column(a, n, f, &columns->items[i]);
		node_set_int(n, "I", (int64_t)i);
		node_set_flag(n, "Head", i == head);
	}
	for (size_t i = 0; i < list->page.count; i++) {
		struct node *n = node_add(root, "Contacts");
		const struct contact *c = &list->page.rows[i];
		char at[24];

		r.contact = c;
		r.cells = node_child(n, "Cells");
		if (attributes)
			attributes_parse(
			    a, c->attributes, &r.members, &r.member_count);
		node_set_int(n, "Id", (int64_t)c->id.n);
		node_set(n, "Title", contact_view_title(a, c));
		for (size_t k = 0; k < columns->count; k++) {
			snprintf(at, sizeof(at), "%zu", k);
			set_cell(&r, at, &columns->items[k]);
		}
	}
}
