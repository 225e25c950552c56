/* contact_filter.c: the parameters of a list of contacts */
/* SPDX-License-Identifier: MIT */
#include "domain/filter/contact_filter.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/contact/contact_cursor.h"
#include "domain/contact/phone_search.h"
#include "domain/filter/contact_ids.h"
#include "domain/filter/filter_condition.h"

#define VALUE_MAX 1000u
#define ROW_TEXT_MAX 16000u
#define GROUP_DIGITS 3u
#define WORDS_MAX 16u

struct parser {
	struct arena *arena;
	const struct filter_context *context;
	struct contact_filter *out;
	const char *name; /* of the parameter at hand */
	const char *value;
	/* The conditions of rows: of the filter itself and of groups. */
	struct contact_condition *made;
	size_t made_count; /* all of them, and with how many values */
	size_t asked;
	struct contact_ids ids;
	size_t ids_at;	  /* their condition, and their parameter */
	size_t ids_param; /* when there are any */
};

static void complain(struct parser *p, const char *text)
{
	struct filter_param *m = &p->out->messages[p->out->message_count++];

	m->name = p->name;
	m->value = text;
}

static void add_param(struct parser *p, const char *name, const char *value)
{
	struct filter_param *param = &p->out->params[p->out->param_count++];

	param->name = name;
	param->value = value;
}

static struct contact_condition *add(
    struct parser *p, enum contact_subject subject)
{
	struct contact_query *q = &p->out->query;
	struct contact_condition *c = &q->conditions[q->condition_count++];
	const char **values = arena_alloc(p->arena, sizeof(*values));

	add_param(p, p->name, p->value);
	p->asked++;
	memset(c, 0, sizeof(*c));
	values[0] = p->value;
	c->subject = subject;
	c->values = values;
	c->value_count = 1;
	return c;
}

static void set_value(
    struct parser *p, struct contact_condition *c, const char *value)
{
	const char **values = arena_alloc(p->arena, sizeof(*values));

	values[0] = value;
	c->values = values;
}

static void add_phone(struct parser *p, bool starts)
{
	struct phone_search s;

	if (!phone_search_read(
		p->arena, p->value, p->context->country, starts, &s)) {
		complain(p, "This is no telephone number.");
		return;
	}
	struct contact_condition *c = add(p, SUBJECT_PHONE);

	c->values = s.numbers;
	c->value_count = s.number_count;
	c->starts = s.starts;
	c->start_count = s.start_count;
}

static void add_words(struct parser *p)
{
	const char *at = p->value;
	const char *end = at + strlen(at);
	const char **words = arena_alloc(p->arena, WORDS_MAX * sizeof(*words));
	size_t count = 0;

	while (at < end && count < WORDS_MAX) {
		const char *from = at;
		const char *past = at;

		while (at < end) {
			past = at;
			if (utf8_is_space(utf8_next(&at, end)))
				break;
			past = at;
		}
		if (past > from)
			words[count++] = arena_strndup(
			    p->arena, from, (size_t)(past - from));
	}
	struct contact_condition *c = add(p, SUBJECT_WORDS);

	c->values = words;
	c->value_count = count;
}

static void parse_q(struct parser *p)
{
	if (phone_search_looks_like(p->value))
		add_phone(p, true);
	else if (p->value[0] == '@')
		add(p, SUBJECT_EMAIL_PART);
	else if (strchr(p->value, '@'))
		add(p, SUBJECT_EMAIL_START);
	else
		add_words(p);
}

static void parse_tag(struct parser *p)
{
	add(p, SUBJECT_TAG);
}

static void parse_segment(struct parser *p)
{
	add(p, SUBJECT_SEGMENT);
}

static void parse_campaign(struct parser *p)
{
	add(p, SUBJECT_CAMPAIGN);
}

static void parse_import(struct parser *p)
{
	unsigned long long id;

	if (str_to_u64(p->value, &id) && id)
		add(p, SUBJECT_IMPORT)->id = id;
	else
		complain(p, "This is not the number of an import.");
}

/* All of them together are one condition. */
static void parse_ids(struct parser *p)
{
	struct contact_filter *f = p->out;
	bool first = !p->ids.items;

	if (!contact_ids_add(p->arena, p->value, &p->ids)) {
		complain(p, !p->ids.full
				? "These are not numbers of contacts, like "
				  "7,9,12."
				: "At most 1000 contacts can be asked for by "
				  "their numbers.");
		return;
	}
	if (!p->ids.count)
		return;
	if (first) {
		p->ids_at = f->query.condition_count;
		p->ids_param = f->param_count;
		add(p, SUBJECT_IDS);
	}
	struct contact_condition *c = &f->query.conditions[p->ids_at];

	c->id = p->ids.items[0];
	c->ids = p->ids.items;
	c->id_count = p->ids.count;
	f->params[p->ids_param].value = contact_ids_text(p->arena, &p->ids);
}

static void parse_status(struct parser *p)
{
	bool active = str_equal_nocase(p->value, "active");

	if (!active && !str_equal_nocase(p->value, "inactive")) {
		complain(p, "The status is active or inactive.");
		return;
	}
	add(p, active ? SUBJECT_ACTIVE : SUBJECT_INACTIVE)->moment =
	    p->context->now - CONTACT_ACTIVE_MS;
}

static void parse_phone(struct parser *p)
{
	add_phone(p, false);
}

static void parse_sort(struct parser *p)
{
	struct contact_column column;
	const char *key =
	    str_equal(p->value, "created") ? "created_at" : p->value;

	if (!contact_columns_find(
		p->arena, p->context->attributes, key, &column)) {
		complain(p, "Contacts can be sorted by created, or by a column "
			    "that the book has.");
		return;
	}
	contact_columns_sort(p->arena, &column, &p->out->query);
	p->out->query.descending = p->out->query.sort == SORT_CREATED;
}

static void parse_columns(struct parser *p)
{
	const char *unknown = NULL;

	if (str_equal(p->value, "all") || str_equal(p->value, "list")) {
		p->out->columns_asked =
		    *p->value == 'a' ? COLUMNS_ALL : COLUMNS_LIST;
		return;
	}
	p->out->columns_asked = COLUMNS_NAMED;
	if (!contact_columns_add(p->arena, p->context->attributes, p->value,
		&p->out->columns, &unknown))
		complain(p, arena_printf(p->arena,
				"There is no column \"%.60s\".", unknown));
}

static void parse_limit(struct parser *p)
{
	unsigned long long n;

	if (!str_to_u64(p->value, &n) || !n)
		complain(p, "The limit is a whole number from 1 to 200.");
	else
		p->out->query.limit =
		    n < CONTACTS_LIMIT_MAX ? (size_t)n : CONTACTS_LIMIT_MAX;
}

static void parse_nothing(struct parser *p)
{
	(void)p; /* read apart, once the sort is known */
}

static const struct {
	const char *name;
	void (*parse)(struct parser *p);
} own_params[] = {
    {"q", parse_q},
    {"tag", parse_tag},
    {"segment", parse_segment},
    {"campaign", parse_campaign},
    {"import", parse_import},
    {"id", parse_ids},
    {"status", parse_status},
    {"phone", parse_phone},
    {"sort", parse_sort},
    {"columns", parse_columns},
    {"limit", parse_limit},
    {"dir", parse_nothing},
    {"after", parse_nothing},
    {"before", parse_nothing},
};

static void parse_field(struct parser *p, enum contact_field field)
{
	const char *value = p->value;
	int64_t ms;

	if (field == FIELD_STATE)
		value = filter_state_of(value);
	if (field == FIELD_WHATSAPP_OPTED)
		value = filter_opted_of(value);
	if (field == FIELD_WHATSAPP_OPTED_AT && !clock_parse(value, true, &ms))
		value = NULL;
	if (!value) {
		complain(p, "The field cannot have this value.");
		return;
	}
	struct contact_condition *c = add(p, SUBJECT_FIELD);

	c->field = field;
	set_value(p, c, value);
}

static void parse_attribute(struct parser *p, const char *name)
{
	const struct attribute_list *all = p->context->attributes;
	const char *wanted = utf8_fold(p->arena, name);
	const struct attribute *found = NULL;

	for (size_t i = 0; i < all->count; i++)
		if (str_equal(wanted, utf8_fold(p->arena, all->items[i].name)))
			found = &all->items[i];
	if (!found) {
		complain(p, "There is no such attribute.");
		return;
	}
	const struct attribute_type_info *type = &attribute_types[found->type];
	const char *kept = type->parse(p->arena, p->value, false);

	if (!kept) {
		complain(
		    p, arena_printf(p->arena, "The attribute %s takes: %s.",
			   found->name, type->hint));
		return;
	}
	bool number = type->comparison == COMPARE_NUMBER;
	bool text = type->comparison == COMPARE_TEXT;
	struct contact_condition *c = add(p, number ? SUBJECT_ATTRIBUTE_NUMBER
					     : text ? SUBJECT_ATTRIBUTE_TEXT
						    : SUBJECT_ATTRIBUTE_JSON);

	c->name = attributes_path(p->arena, found->name);
	set_value(p, c, number || text ? kept : type->to_json(p->arena, kept));
}

/* --- rows --- */

/* Of "any12": true, and whether it begins with any. */
static bool is_group(const char *name, bool *any)
{
	*any = str_starts(name, "any");
	if (!*any && !str_starts(name, "all"))
		return false;
	size_t n = strspn(name + 3, "0123456789");

	return n >= 1 && n <= GROUP_DIGITS && !name[3 + n];
}

/* The number of the group that a parameter names, which may be a new one: its
 * own name is by its place among all. */
static size_t group_of(struct parser *p, bool any, const char **names)
{
	struct contact_filter *f = p->out;
	size_t i = 0;

	while (i < f->group_count && !str_equal(names[i], p->name))
		i++;
	if (i == f->group_count) {
		names[i] = p->name;
		f->groups[i].any = any;
		f->groups[i].name =
		    arena_printf(p->arena, "%s%zu", any ? "any" : "all", i + 1);
		f->group_count++;
	}
	return i + 1;
}

static void parse_row(struct parser *p, size_t group)
{
	struct contact_filter *f = p->out;

	if (p->asked > FILTER_CONDITIONS_MAX) {
		p->asked++;
		return;
	}
	struct filter_row *row = &f->rows[f->row_count];
	const char *problem = "This is no condition: it is written "
			      "field~operator~value.";
	const char *name = group ? f->groups[group - 1].name : p->name;

	if (strlen(p->value) > ROW_TEXT_MAX) {
		complain(p, "This condition is too long.");
		return;
	}
	if (filter_row_read(p->arena, p->value, row))
		problem = filter_condition_make(
		    p->arena, row, p->context, &p->made[f->row_count]);
	row->group = group;
	p->asked += row->value_count ? row->value_count : 1;
	if (problem) {
		complain(p, problem);
		return;
	}
	f->row_count++;
	add_param(p, name, filter_row_text(p->arena, row));
}

static void parse_match(struct parser *p)
{
	p->out->match_any = str_equal(p->value, "any");
	if (!p->out->match_any && !str_equal(p->value, "all"))
		complain(p, "Match is all or any.");
}

/* The parts of one group; of the filter itself: with its groups, as if they
 * were rows. */
static struct contact_condition gather(struct parser *p, size_t group, bool any)
{
	struct contact_filter *f = p->out;
	size_t room = f->row_count + f->group_count;
	struct contact_condition all = {
	    .subject = any ? SUBJECT_ANY : SUBJECT_ALL,
	    .parts = arena_alloc(p->arena, room * sizeof(all)),
	};

	for (size_t i = 0; i < f->row_count; i++)
		if (f->rows[i].group == group)
			all.parts[all.part_count++] = p->made[i];
	for (size_t i = 0; !group && i < f->group_count; i++) {
		struct contact_condition part =
		    gather(p, i + 1, f->groups[i].any);

		if (part.part_count)
			all.parts[all.part_count++] = part;
	}
	return all;
}

/* What the rows ask for stands behind the plain parameters. */
static void add_rows(struct parser *p)
{
	struct contact_query *q = &p->out->query;
	struct contact_condition all = gather(p, 0, p->out->match_any);

	if (p->out->match_any && all.part_count > 1) {
		q->conditions[q->condition_count++] = all;
		add_param(p, "match", "any");
		return;
	}
	for (size_t i = 0; i < all.part_count; i++)
		q->conditions[q->condition_count++] = all.parts[i];
}

static void parse_one(struct parser *p, const char **group_names)
{
	bool any;

	if (str_equal(p->name, "where")) {
		parse_row(p, 0);
		return;
	}
	if (str_equal(p->name, "match")) {
		parse_match(p);
		return;
	}
	if (is_group(p->name, &any)) {
		parse_row(p, group_of(p, any, group_names));
		return;
	}
	for (size_t i = 0; i < sizeof(own_params) / sizeof(*own_params); i++)
		if (str_equal(p->name, own_params[i].name)) {
			own_params[i].parse(p);
			return;
		}
	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(p->name, contact_fields[i].key)) {
			parse_field(p, (enum contact_field)i);
			return;
		}
	if (str_starts(p->name, "attr.")) {
		parse_attribute(p, p->name + 5);
		return;
	}
	complain(p, "There is no such filter.");
	p->out->unknown_count++;
}

static const char *trimmed(struct arena *a, const char *z)
{
	size_t n = strlen(z);

	utf8_trim(&z, &n);
	return arena_strndup(a, z, n);
}

static const char *last_of(
    const struct filter_param *params, size_t count, const char *name)
{
	const char *value = "";

	for (size_t i = 0; i < count; i++)
		if (str_equal(params[i].name, name))
			value = params[i].value;
	return value;
}

/* What can only be read when the sort is known. */
static void parse_order(
    struct parser *p, const struct filter_param *params, size_t count)
{
	struct contact_query *q = &p->out->query;
	const char *dir = last_of(params, count, "dir");
	const char *after = last_of(params, count, "after");
	const char *before = last_of(params, count, "before");
	const char *cursor = *after ? after : before;

	p->name = "dir";
	if (str_equal(dir, "asc") || str_equal(dir, "desc"))
		q->descending = str_equal(dir, "desc");
	else if (*dir)
		complain(p, "The direction is asc or desc.");
	if (!*cursor)
		return;
	p->name = *after ? "after" : "before";
	if (!*after && str_equal(before, "end")) {
		q->cursor.kind = CURSOR_END;
		return;
	}
	if (contact_cursor_read(p->arena, cursor, q)) {
		q->cursor.kind = *after ? CURSOR_AFTER : CURSOR_BEFORE;
		return;
	}
	p->out->bad_cursor = true;
	complain(p, "This page of the list cannot be found: begin with the "
		    "first page.");
}

static bool is_long(const struct parser *p)
{
	bool any;

	return strlen(p->value) > VALUE_MAX && !str_equal(p->name, "after") &&
	       !str_equal(p->name, "id") && !str_equal(p->name, "before") &&
	       !str_equal(p->name, "where") && !str_equal(p->name, "columns") &&
	       !is_group(p->name, &any);
}

static void make_room(struct parser *p, size_t count)
{
	struct contact_filter *f = p->out;
	struct arena *a = p->arena;
	size_t room = count + 1;

	f->query.conditions =
	    arena_alloc(a, 2 * room * sizeof(*f->query.conditions));
	f->params = arena_alloc(a, room * sizeof(*f->params));
	f->rows = arena_alloc(a, room * sizeof(*f->rows));
	f->groups = arena_alloc(a, room * sizeof(*f->groups));
	p->made = arena_alloc(a, room * sizeof(*p->made));
	f->messages = arena_alloc(a, (count + 4) * sizeof(*f->messages));
}

/* Nothing of a filter that has more is kept. */
static void check_number(struct parser *p)
{
	if (p->asked <= FILTER_CONDITIONS_MAX)
		return;
	p->out->message_count = 0;
	p->out->query.condition_count = p->out->param_count = 0;
	p->out->row_count = p->out->group_count = 0;
	p->name = "filter";
	complain(p, arena_printf(p->arena,
			"A filter has at most %d conditions; this one has %zu.",
			FILTER_CONDITIONS_MAX, p->asked));
}

void contact_filter_parse(struct arena *a, const struct filter_param *params,
    size_t count, const struct filter_context *context,
    struct contact_filter *out)
{
	struct parser p = {.arena = a, .context = context, .out = out};
	const char **names = arena_alloc(a, (count + 1) * sizeof(*names));

	memset(out, 0, sizeof(*out));
	out->query.descending = true;
	out->query.limit = CONTACTS_PER_PAGE;
	make_room(&p, count);
	for (size_t i = 0; i < count; i++) {
		p.name = params[i].name;
		p.value = trimmed(a, params[i].value);
		if (!*p.value)
			continue;
		if (is_long(&p))
			complain(&p, "This value is too long.");
		else
			parse_one(&p, names);
	}
	add_rows(&p);
	check_number(&p);
	parse_order(&p, params, count);
}

const char *contact_filter_value(
    const struct contact_filter *f, const char *name)
{
	for (size_t i = 0; i < f->param_count; i++)
		if (str_equal(f->params[i].name, name))
			return f->params[i].value;
	return "";
}
