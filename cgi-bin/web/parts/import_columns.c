/* import_columns.c: the columns of a file on the pages of the wizard */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_columns.h"

#include <string.h>

#include "base/str.h"
#include "domain/attribute_types.h"
#include "web/parts/import_writes.h"

/* With more of them, the selects name only attributes that a column has: the
 * page would be many megabytes. Others are chosen by name. */
#define OPTIONS_MAX 20000u

static const struct {
	enum field_group group;
	const char *label;
} groups[] = {
    {GROUP_IDENTITY, "Identity"},
    {GROUP_NAME, "Name"},
    {GROUP_PLACE, "Place"},
    {GROUP_WHATSAPP, "WhatsApp"},
};
#define GROUPS (sizeof(groups) / sizeof(*groups))

const char *column_target_value(struct arena *a, const struct column_target *t)
{
	switch (t->kind) {
	case TARGET_UNDECIDED:
		return "";
	case TARGET_NONE:
		return "none";
	case TARGET_FIELD:
		return contact_fields[t->field].key;
	case TARGET_COUNTRY_CODE:
		return "country_code";
	case TARGET_REASON:
		return "opt_out_reason";
	case TARGET_TAGS:
		return "tags";
	case TARGET_ATTRIBUTE:
		if (t->create)
			return "new";
		return arena_printf(a, "attr:%s", t->attribute);
	}
	return "";
}

const char *column_target_text(struct arena *a, const struct column_target *t)
{
	switch (t->kind) {
	case TARGET_UNDECIDED:
		return "not decided yet";
	case TARGET_NONE:
		return "not imported";
	case TARGET_FIELD:
		return contact_fields[t->field].label;
	case TARGET_COUNTRY_CODE:
		return "Country code of the phone";
	case TARGET_REASON:
		return "Reason of the opt-out";
	case TARGET_TAGS:
		return "Tags";
	case TARGET_ATTRIBUTE:
		return arena_printf(a, "%s %s (%s)",
		    t->create ? "new attribute" : "attribute", t->attribute,
		    attribute_types[t->type].label);
	}
	return "";
}

static const struct attribute *book_attribute(
    const struct import_plan *p, const char *name)
{
	for (size_t i = 0; i < p->book.count; i++) {
		if (str_equal_nocase(p->book.items[i].name, name))
			return &p->book.items[i];
	}
	return NULL;
}

static struct column_target attribute_target(
    const struct import_plan *p, const char *name, const char *type)
{
	struct column_target t = {.kind = TARGET_ATTRIBUTE};
	const struct attribute *known = book_attribute(p, name);

	t.attribute = name;
	t.create = known == NULL;
	t.type = TYPE_TEXT;
	if (known != NULL) {
		t.attribute = known->name;
		t.type = known->type;
	} else {
		attribute_type_find(type, &t.type);
	}
	return t;
}

static bool field_target(const char *value, struct column_target *t)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		if (!str_equal(contact_fields[i].key, value))
			continue;
		t->kind = TARGET_FIELD;
		t->field = (enum contact_field)i;
		return true;
	}
	return false;
}

/* What the select of a column says. */
static struct column_target target_of(struct arena *a,
    const struct import_plan *p, const struct form *f, size_t number,
    const char *value)
{
	struct column_target t = {.kind = TARGET_UNDECIDED};

	if (str_equal(value, "none")) {
		t.kind = TARGET_NONE;
	} else if (str_equal(value, "tags")) {
		t.kind = TARGET_TAGS;
	} else if (str_equal(value, "country_code")) {
		t.kind = TARGET_COUNTRY_CODE;
	} else if (str_equal(value, "opt_out_reason")) {
		t.kind = TARGET_REASON;
	} else if (str_equal(value, "new")) {
		return attribute_target(p,
		    form_trimmed(a, f, arena_printf(a, "n%zu", number)),
		    form_text(f, arena_printf(a, "t%zu", number)));
	} else if (str_starts(value, "attr:")) {
		if (book_attribute(p, value + 5) != NULL)
			return attribute_target(p, value + 5, "");
	} else {
		field_target(value, &t);
	}
	return t;
}

/* What becomes of a column that nobody has chosen anything for. */
static struct column_target rest_target(
    const struct import_plan *p, size_t i, const char *rest)
{
	struct column_target t = {.kind = TARGET_UNDECIDED};

	if (str_equal(rest, "none"))
		t.kind = TARGET_NONE;
	else if (str_equal(rest, "create"))
		return attribute_target(p, p->columns[i].name, "TEXT");
	return t;
}

static bool target_same(
    const struct column_target *x, const struct column_target *y)
{
	if (x->kind != y->kind)
		return false;
	if (x->kind == TARGET_FIELD)
		return x->field == y->field;
	if (x->kind == TARGET_ATTRIBUTE)
		return x->type == y->type &&
		       str_equal(x->attribute, y->attribute);
	return true;
}

void columns_read(struct arena *a, const struct form *f, const char *rest,
    struct import_plan *p)
{
	for (size_t i = 0; i < p->mapping.count; i++) {
		struct column_target *old = &p->mapping.columns[i];
		const char *value =
		    form_find(f, arena_printf(a, "c%zu", i + 1));
		struct column_target t;

		if (value == NULL)
			continue;
		t = target_of(a, p, f, i + 1, value);
		if (t.kind == TARGET_UNDECIDED)
			t = rest_target(p, i, rest);
		t.guessed = old->guessed && target_same(old, &t);
		column_write_read(&p->rules,
		    form_text(f, arena_printf(a, "w%zu", i + 1)), &t);
		*old = t;
	}
}

/* kind: what the target's write rules depend on. */
static void add_option(
    struct node *group, const char *value, const char *label, const char *kind)
{
	struct node *o = node_add(group, "Options");

	node_set(o, "Value", value);
	node_set(o, "Label", label);
	if (!str_equal(kind, "field"))
		node_set(o, "Kind", str_empty(kind) ? "none" : kind);
}

static const char *field_kind(const struct import_plan *p, int field)
{
	const struct column_target t = {
	    .kind = TARGET_FIELD, .field = (enum contact_field)field};

	return column_write_kind(&p->rules, &t);
}

/* All that a list of opt-outs has. */
static void fill_optout_group(struct node *root)
{
	static const enum contact_field keys[] = {
	    FIELD_PHONE, FIELD_EMAIL, FIELD_WHATSAPP_OPTED_AT};
	struct node *group = node_add(root, "Groups");

	node_set(group, "Label", "Opt-out");
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		add_option(group, contact_fields[keys[i]].key,
		    i == 2 ? "Time of the opt-out"
			   : contact_fields[keys[i]].label,
		    "");
	add_option(group, "country_code", "Country code of the phone", "");
	add_option(group, "opt_out_reason", "Reason of the opt-out", "");
}

static void fill_field_groups(struct node *root, const struct import_plan *p)
{
	for (size_t g = 0; g < GROUPS; g++) {
		struct node *group = node_add(root, "Groups");

		node_set(group, "Label", groups[g].label);
		for (int i = 0; i < FIELD_COUNT; i++) {
			if (contact_fields[i].group != groups[g].group)
				continue;
			add_option(group, contact_fields[i].key,
			    contact_fields[i].label, field_kind(p, i));
			if (i == FIELD_PHONE) {
				add_option(group, "country_code",
				    "Country code of the phone", "");
			}
		}
		if (groups[g].group == GROUP_WHATSAPP)
			add_option(group, "tags", "Tags", "tags");
	}
}

static void fill_attributes(
    struct arena *a, struct node *root, const struct import_plan *p)
{
	struct node *group;

	if (p->book.count == 0)
		return;
	if (p->book.count * p->column_count > OPTIONS_MAX) {
		node_set_flag(root, "AttributesByName", 1);
		return;
	}
	group = node_add(root, "Groups");
	node_set(group, "Label", "Attributes of the book");
	for (size_t i = 0; i < p->book.count; i++) {
		const struct attribute *at = &p->book.items[i];

		add_option(group, arena_printf(a, "attr:%s", at->name),
		    str_empty(at->label) ? at->name : at->label,
		    at->type == TYPE_ARRAY ? "list" : "field");
	}
}

static void fill_types(struct node *root)
{
	for (int i = 0; i < TYPE_COUNT; i++) {
		struct node *n = node_add(root, "Types");

		node_set(n, "Value", attribute_types[i].key);
		node_set(n, "Label", attribute_types[i].label);
	}
}

static void fill_column(struct arena *a, struct node *root,
    const struct import_plan *p, size_t i, bool by_name)
{
	const struct import_column *c = &p->columns[i];
	const struct column_target *t = &p->mapping.columns[i];
	struct node *n = node_add(root, "Columns");
	uint64_t total = p->row.head.total_rows;
	bool typed = t->kind == TARGET_ATTRIBUTE && (t->create || by_name);

	node_set_int(n, "Number", (int64_t)i + 1);
	node_set(n, "Header", c->name);
	for (size_t k = 0; k < c->sample_count; k++)
		node_set(node_add(n, "Sample"), "Text", c->samples[k]);
	node_set_count(n, "Filled", c->filled);
	node_set_int(
	    n, "Percent", total == 0 ? 0 : (int64_t)(c->filled * 100 / total));
	node_set(n, "Value", typed ? "new" : column_target_value(a, t));
	node_set(n, "Target", column_target_text(a, t));
	node_set_flag(n, "Out", t->kind == TARGET_NONE);
	node_set_flag(n, "New", typed);
	node_set(n, "Name", typed ? t->attribute : c->name);
	node_set(n, "Type", attribute_types[typed ? t->type : TYPE_TEXT].key);
	node_set_flag(n, "Guessed", t->guessed);
	column_write_fill(a, n, &p->rules, t);
}

void columns_fill_targets(
    struct arena *a, struct node *root, const struct import_plan *p)
{
	for (size_t i = 0; i < p->column_count; i++) {
		fill_column(a, root, p, i, false);
		if (column_write_changed(&p->rules, &p->mapping.columns[i]))
			node_set_flag(root, "WritesChanged", true);
	}
}

static bool has_field(const struct import_plan *p, enum contact_field field)
{
	for (size_t i = 0; i < p->mapping.count; i++) {
		if (p->mapping.columns[i].kind == TARGET_FIELD &&
		    p->mapping.columns[i].field == field)
			return true;
	}
	return false;
}

static bool has_kind(const struct import_plan *p, enum target_kind kind)
{
	for (size_t i = 0; i < p->mapping.count; i++) {
		if (p->mapping.columns[i].kind == kind)
			return true;
	}
	return false;
}

/* One line of the list of mandatory columns; values are the selects' values
 * of which one has to be chosen. */
static void add_need(
    struct node *root, const char *label, const char *values, bool linked)
{
	struct node *n = node_add(root, "Needs");

	node_set(n, "Label", label);
	node_set(n, "Values", values);
	node_set_flag(n, "Linked", linked);
}

static void fill_needs(struct node *root, const struct import_plan *p)
{
	unsigned need = p->rules.required;
	bool phone = has_field(p, FIELD_PHONE);
	bool email = has_field(p, FIELD_EMAIL);

	if (need & REQUIRE_PHONE_OR_EMAIL)
		add_need(root, "Phone number or e-mail", "phone email",
		    phone || email);
	if (need & REQUIRE_NAME)
		add_need(root, "Name", "name first_name last_name",
		    has_field(p, FIELD_NAME) ||
			has_field(p, FIELD_FIRST_NAME) ||
			has_field(p, FIELD_LAST_NAME));
	if (need & REQUIRE_COUNTRY_CODE)
		add_need(root, "Country code", "country_code",
		    has_kind(p, TARGET_COUNTRY_CODE));
	if (need & REQUIRE_PHONE)
		add_need(root, "Phone number", "phone", phone);
	if (need & REQUIRE_EMAIL)
		add_need(root, "E-mail", "email", email);
}

/* formats.md S4: what is missed when it is not linked. */
static void fill_recommended(struct node *root, const struct import_plan *p)
{
	static const enum contact_field wanted[] = {
	    FIELD_FIRST_NAME, FIELD_LAST_NAME, FIELD_PHONE};

	if (!p->format->asks_last_mapping)
		return;
	for (size_t i = 0; i < 3; i++) {
		struct node *n = node_add(root, "Wishes");

		node_set(n, "Label", contact_fields[wanted[i]].label);
		node_set(n, "Values", contact_fields[wanted[i]].key);
		node_set_flag(n, "Linked", has_field(p, wanted[i]));
	}
}

/* Columns without a choice have their message at the place, and one line in
 * the list on top for all of them. */
static void fill_messages(struct arena *a, struct node *root,
    const struct import_plan *p, const struct map_messages *m)
{
	struct node *columns = node_child(root, "Columns");

	for (size_t i = 0; i < m->count; i++) {
		const struct map_message *one = &m->items[i];
		size_t at = one->column - 1;
		struct node *n;

		if (one->column == 0 || at >= p->mapping.count) {
			node_set(node_add(root, "Messages"), "Text", one->text);
			continue;
		}
		node_set(node_child(columns, arena_printf(a, "%zu", at)),
		    "Error", one->text);
		if (p->mapping.columns[at].kind == TARGET_UNDECIDED)
			continue;
		n = node_add(root, "Messages");
		node_set(n, "Text", one->text);
		node_set_int(n, "Column", one->column);
		node_set(n, "Header", p->columns[at].name);
	}
}

/* Columns that say nothing need no choice: they are left out by themselves. */
void columns_leave_empty(struct import_plan *p)
{
	for (size_t i = 0; i < p->mapping.count; i++) {
		struct column_target *t = &p->mapping.columns[i];

		if (t->kind == TARGET_UNDECIDED && p->columns[i].filled == 0)
			t->kind = TARGET_NONE;
	}
}

void columns_fill(struct arena *a, struct node *root,
    const struct import_plan *p, const struct map_messages *messages)
{
	bool by_name = p->book.count * p->column_count > OPTIONS_MAX;
	uint64_t left = 0, first = 0;

	node_set_flag(root, "OptOut", p->format->optout);
	if (p->format->optout)
		fill_optout_group(root);
	else
		fill_field_groups(root, p);
	write_kinds_fill(a, root, &p->rules);
	if (!p->format->optout)
		fill_attributes(a, root, p);
	fill_types(root);
	fill_needs(root, p);
	fill_recommended(root, p);
	for (size_t i = 0; i < p->column_count; i++) {
		fill_column(a, root, p, i, by_name);
		if (p->mapping.columns[i].kind == TARGET_UNDECIDED &&
		    left++ == 0)
			first = i + 1;
	}
	if (left > 0) {
		node_set_count(root, "Left", left);
		node_set_int(root, "LeftFirst", (int64_t)first);
	}
	node_set_flag(root, "Stopped", messages->count > 0);
	fill_messages(a, root, p, messages);
}
