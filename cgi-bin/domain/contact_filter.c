/* contact_filter.c: the parameters of a list of contacts */
/* SPDX-License-Identifier: MIT */
#include "domain/contact_filter.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/contact_cursor.h"
#include "domain/phone_search.h"
#include "storage/attribute_store.h"
#include "storage/segment_store.h"
#include "storage/setting_store.h"
#include "storage/tag_store.h"

#define VALUE_MAX 1000u
#define WORDS_MAX 16u

struct parser {
	struct arena *arena;
	const struct filter_context *context;
	struct contact_filter *out;
	const char *name; /* of the parameter at hand */
	const char *value;
};

static void complain(struct parser *p, const char *text)
{
	struct filter_param *m = &p->out->messages[p->out->message_count++];

	m->name = p->name;
	m->value = text;
}

static struct contact_condition *add(
    struct parser *p, enum contact_subject subject)
{
	struct contact_query *q = &p->out->query;
	struct contact_condition *c = &q->conditions[q->condition_count++];
	struct filter_param *param = &p->out->params[p->out->param_count++];
	const char **values = arena_alloc(p->arena, sizeof(*values));

	param->name = p->name;
	param->value = p->value;
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

static void parse_import(struct parser *p)
{
	unsigned long long id;

	if (str_to_u64(p->value, &id) && id)
		add(p, SUBJECT_IMPORT)->id = id;
	else
		complain(p, "This is not the number of an import.");
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
	for (int i = 0; i < SORT_COUNT; i++)
		if (str_equal(
			p->value, contact_sort_name((enum contact_sort)i))) {
			p->out->query.sort = (enum contact_sort)i;
			p->out->query.descending = i == SORT_CREATED;
			return;
		}
	complain(p, "Contacts can be sorted by created, name, phone or email.");
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
    {"import", parse_import},
    {"status", parse_status},
    {"phone", parse_phone},
    {"sort", parse_sort},
    {"limit", parse_limit},
    {"dir", parse_nothing},
    {"after", parse_nothing},
    {"before", parse_nothing},
};

static const char *state_of(const char *text)
{
	for (size_t i = 0; i < CONTACT_STATES; i++)
		if (str_equal_nocase(text, contact_states[i].key) ||
		    str_equal_nocase(text, contact_states[i].label))
			return contact_states[i].key;
	return NULL;
}

static const char *opted_of(const char *text)
{
	if (str_equal_nocase(text, "yes") || str_equal_nocase(text, "true"))
		return "yes";
	if (str_equal_nocase(text, "no") || str_equal_nocase(text, "false"))
		return "no";
	return str_equal_nocase(text, "unknown") ? "" : NULL;
}

static void parse_field(struct parser *p, enum contact_field field)
{
	const char *value = p->value;
	int64_t ms;

	if (field == FIELD_STATE)
		value = state_of(value);
	if (field == FIELD_WHATSAPP_OPTED)
		value = opted_of(value);
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

static void parse_one(struct parser *p)
{
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
	if (contact_cursor_read(p->arena, cursor, q)) {
		q->cursor.kind = *after ? CURSOR_AFTER : CURSOR_BEFORE;
		return;
	}
	p->out->bad_cursor = true;
	complain(p, "This page of the list cannot be found: begin with the "
		    "first page.");
}

void contact_filter_parse(struct arena *a, const struct filter_param *params,
    size_t count, const struct filter_context *context,
    struct contact_filter *out)
{
	struct parser p = {.arena = a, .context = context, .out = out};

	memset(out, 0, sizeof(*out));
	out->query.descending = true;
	out->query.limit = CONTACTS_PER_PAGE;
	size_t room =
	    count < FILTER_CONDITIONS_MAX ? count : FILTER_CONDITIONS_MAX;

	out->query.conditions =
	    arena_alloc(a, room * sizeof(*out->query.conditions));
	out->params = arena_alloc(a, room * sizeof(*out->params));
	out->messages = arena_alloc(a, (count + 2) * sizeof(*out->messages));
	for (size_t i = 0; i < count; i++) {
		p.name = params[i].name;
		p.value = trimmed(a, params[i].value);
		if (!*p.value)
			continue;
		if (i >= FILTER_CONDITIONS_MAX)
			complain(&p, "These are too many conditions.");
		else if (strlen(p.value) > VALUE_MAX &&
			 !str_equal(p.name, "after") &&
			 !str_equal(p.name, "before"))
			complain(&p, "This value is too long.");
		else
			parse_one(&p);
	}
	parse_order(&p, params, count);
}

/* --- with the book --- */

static bool asks_for(
    const struct filter_param *params, size_t count, const char *start)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts(params[i].name, start) && *params[i].value)
			return true;
	return false;
}

static enum status resolve(
    struct db *db, struct contact_condition *c, struct err *e)
{
	enum status st = STATUS_OK;

	if (c->subject == SUBJECT_TAG) {
		struct tag_id id = {0};

		st = tag_store_find(db, "tag", c->values[0], &id, e);
		c->id = id.n;
	} else if (c->subject == SUBJECT_SEGMENT) {
		struct segment_id id = {0};

		st = segment_store_find(db, c->values[0], &id, e);
		c->id = id.n;
	}
	if (st != STATUS_NOT_FOUND)
		return st;
	c->subject = SUBJECT_NOTHING;
	return STATUS_OK;
}

enum status contact_filter_load(struct db *db, struct arena *a,
    const struct filter_param *params, size_t count, struct contact_filter *out,
    struct err *e)
{
	struct attribute_list attributes = {NULL, 0};
	struct filter_context context = {"", &attributes, clock_now()};
	enum status st = STATUS_OK;

	if (asks_for(params, count, "q") || asks_for(params, count, "phone"))
		st = setting_get(db, a, "book.country", &context.country, e);
	if (st == STATUS_OK && asks_for(params, count, "attr."))
		st = attribute_store_list(db, a, &attributes, e);
	if (st != STATUS_OK)
		return st;
	contact_filter_parse(a, params, count, &context, out);
	for (size_t i = 0; st == STATUS_OK && i < out->query.condition_count;
	     i++)
		st = resolve(db, &out->query.conditions[i], e);
	return st;
}

const char *contact_filter_value(
    const struct contact_filter *f, const char *name)
{
	for (size_t i = 0; i < f->param_count; i++)
		if (str_equal(f->params[i].name, name))
			return f->params[i].value;
	return "";
}
