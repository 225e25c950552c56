/* map_edit.c: the user's mapping: read, checked, stored */
/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/import/map.h"
#include "domain/import/targets.h"
#include "domain/import/write_rules.h"

#define MESSAGES_MAX                                                           \
	(sizeof((struct map_messages *)0)->items / sizeof(struct map_message))
/* Longest name of an attribute, in characters. */
#define ATTRIBUTE_NAME_MAX 128

__attribute__((format(printf, 4, 5))) static void say(struct arena *a,
    struct map_messages *out, size_t column, const char *format, ...)
{
	va_list ap;

	if (out->count == MESSAGES_MAX)
		return;
	va_start(ap, format);
	out->items[out->count].column = (unsigned)column;
	out->items[out->count++].text = arena_vprintf(a, format, ap);
	va_end(ap);
}

/* What applying a JSON mapping looks at. */
struct apply {
	struct arena *arena;
	struct book_index book;
	const char *const *header;
	const char **folded;
	struct mapping *m;
	bool *named; /* columns that the JSON names */
	struct map_messages *out;
};

/* The column (from 0) that a key names: by its header as it is, by the header
 * in any letter case, by its number from 1; -1 when it names none. */
static int find_column(const struct apply *x, const char *key)
{
	const char *folded = header_fold(x->arena, key);
	size_t n = x->m->count;
	unsigned long long number;

	for (size_t i = 0; x->header && i < n; i++)
		if (strcmp(x->header[i], key) == 0)
			return (int)i;
	for (size_t i = 0; x->header && i < n && *folded; i++)
		if (strcmp(x->folded[i], folded) == 0)
			return (int)i;
	if (str_to_u64(key, &number) && number >= 1 && number <= n)
		return (int)number - 1;
	return -1;
}

/* A built-in field by its key, then by its label or a synonym. */
static bool find_key(const char *word, struct column_target *t)
{
	*t = (struct column_target){.kind = TARGET_FIELD};
	for (int i = 0; i < FIELD_COUNT; i++) {
		t->field = (enum contact_field)i;
		if (str_equal(contact_fields[i].key, word))
			return true;
	}
	t->kind = TARGET_COUNTRY_CODE;
	if (str_equal(word, "country_code"))
		return true;
	t->kind = TARGET_REASON;
	if (str_equal(word, "opt_out_reason"))
		return true;
	t->kind = TARGET_TAGS;
	return str_equal(word, "tags");
}

static bool find_label(
    struct arena *a, const char *word, struct column_target *t)
{
	const char *folded = header_fold(a, word);

	*t = (struct column_target){.kind = TARGET_FIELD};
	for (int i = 0; i < FIELD_COUNT; i++) {
		t->field = (enum contact_field)i;
		if (str_equal(header_fold(a, contact_fields[i].label), folded))
			return true;
	}
	const struct header_synonym *s =
	    import_header_find(&import_formats[0], folded, NULL);

	if (!s)
		return false;
	*t = (struct column_target){.kind = s->kind, .field = s->field};
	return true;
}

static bool find_attribute(
    struct apply *x, const char *word, struct column_target *t)
{
	const struct attribute *known =
	    book_index_find(x->arena, &x->book, word);

	if (!known)
		return false;
	*t = attribute_target(x->arena, &x->book, known->name, known->type);
	return true;
}

static bool read_word(
    struct apply *x, size_t column, const char *word, struct column_target *t)
{
	word = text_trimmed(x->arena, word);
	if (!*word) {
		*t = (struct column_target){.kind = TARGET_NONE};
		return true;
	}
	if (find_key(word, t) || find_attribute(x, word, t) ||
	    find_label(x->arena, word, t))
		return true;
	say(x->arena, x->out, column,
	    "\"%s\" is neither a field nor an attribute of the book. Name one "
	    "of these, or create an attribute.",
	    problem_value(x->arena, word));
	return false;
}

/* An attribute by its name, created with the type where it is not there. */
static bool read_attribute(struct apply *x, size_t column, const char *name,
    const char *word, struct column_target *t)
{
	enum attribute_type type = TYPE_TEXT;

	name = text_trimmed(x->arena, name);
	if (!*name) {
		say(x->arena, x->out, column,
		    "Give the attribute a name: {\"attribute\": \"birthday\", "
		    "\"type\": \"DATE\"}.");
		return false;
	}
	if (!str_empty(word) && !attribute_type_find(word, &type)) {
		say(x->arena, x->out, column,
		    "There is no type \"%s\". Use TEXT, NUMBER, DATE, TIME, "
		    "DATETIME, BOOLEAN, ARRAY, OBJECT or LOCATION.",
		    problem_value(x->arena, word));
		return false;
	}
	*t = attribute_target(x->arena, &x->book, name, type);
	if (str_empty(word) || t->type == type)
		return true;
	say(x->arena, x->out, column,
	    "The attribute %s is of type %s in the book, not %s. Leave the "
	    "type out, or take another name.",
	    problem_value(x->arena, name), attribute_types[t->type].key,
	    attribute_types[type].key);
	return false;
}

/* An object's members; texts are NULL where they are not. */
struct column_words {
	const char *to;
	const char *attribute;
	const char *type;
	const char *write;
	const char *empty;
	bool out; /* "to": null */
	const char
	    *unknown; /* the first other member, or one that is no text */
};

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct column_words *w = arg;
	const char *text = json_text(value);

	if (str_equal(key, "to") && json_type_of(value) == JSON_IS_NULL)
		w->out = true;
	else if (str_equal(key, "to") && text)
		w->to = text;
	else if (str_equal(key, "attribute") && text)
		w->attribute = text;
	else if (str_equal(key, "type") && text)
		w->type = text;
	else if (str_equal(key, "write") && text)
		w->write = text;
	else if (str_equal(key, "empty") && text)
		w->empty = text;
	else if (!w->unknown)
		w->unknown = key;
	return true;
}

/* What the object says the column becomes; without a word it stays. */
static bool read_to(struct apply *x, size_t column,
    const struct column_words *w, struct column_target *t)
{
	const struct column_target was = x->m->columns[column - 1];

	if (w->attribute && w->to) {
		say(x->arena, x->out, column,
		    "Write \"to\" or \"attribute\", not both.");
		return false;
	}
	if (w->attribute)
		return read_attribute(x, column, w->attribute, w->type, t);
	if (w->to && w->type)
		return read_attribute(x, column, w->to, w->type, t);
	if (w->to)
		return read_word(x, column, w->to, t);
	if (w->type)
		return read_attribute(x, column, "", w->type, t);
	*t = w->out ? (struct column_target){.kind = TARGET_NONE} : was;
	return true;
}

/* {"to": word, "write": rule, "empty": rule} and its like. */
static bool read_object(
    struct apply *x, size_t column, struct json_t *v, struct column_target *t)
{
	struct column_words w = {.out = false};

	json_members(v, read_member, &w);
	if (!w.attribute && !w.to && !w.write && !w.empty && !w.out &&
	    !w.unknown)
		return read_attribute(x, column, "", w.type, t);
	if (w.unknown) {
		say(x->arena, x->out, column,
		    "\"%s\" is not understood here. A column's object has the "
		    "texts \"to\" (or \"attribute\" and \"type\"), "
		    "\"write\" and \"empty\".",
		    problem_value(x->arena, w.unknown));
		return false;
	}
	if (!read_to(x, column, &w, t))
		return false;
	if (w.write && !column_write_find(w.write, &t->write)) {
		say(x->arena, x->out, column,
		    "\"%s\" is no write rule. Use overwrite, fill, append or "
		    "never.",
		    problem_value(x->arena, w.write));
		return false;
	}
	if (w.empty && !column_empty_find(w.empty, &t->empty)) {
		say(x->arena, x->out, column,
		    "\"%s\" is nothing that an empty cell does. Use keep or "
		    "clear.",
		    problem_value(x->arena, w.empty));
		return false;
	}
	return true;
}

static bool apply_member(void *arg, const char *key, struct json_t *value)
{
	struct apply *x = arg;
	int column = find_column(x, key);
	struct column_target t = {.kind = TARGET_NONE};
	bool good = true;

	if (column < 0) {
		say(x->arena, x->out, 0,
		    "The file has no column \"%s\". Name a column by its "
		    "header, or by its number from 1.",
		    problem_value(x->arena, key));
		return true;
	}
	size_t number = (size_t)column + 1;

	if (json_text(value))
		good = read_word(x, number, json_text(value), &t);
	else if (json_type_of(value) == JSON_IS_OBJECT)
		good = read_object(x, number, value, &t);
	else if (json_type_of(value) != JSON_IS_NULL) {
		say(x->arena, x->out, number,
		    "Write the key of a field, the name of an attribute, "
		    "{\"to\": one of these, \"write\": rule}, or null to leave "
		    "the column out.");
		good = false;
	}
	if (good)
		x->m->columns[column] = t;
	x->named[column] |= good;
	return true;
}

/* A guess gives way to a column that was chosen for the same field. */
static void yield_guesses(struct apply *x)
{
	size_t n = x->m->count;
	const char **keys = arena_alloc(x->arena, n * sizeof *keys);

	for (size_t i = 0; i < n; i++)
		keys[i] = target_key(x->arena, &x->m->columns[i]);
	for (size_t i = 0; i < n; i++) {
		struct column_target *t = &x->m->columns[i];

		for (size_t k = 0; k < n && keys[i] && t->guessed; k++)
			if (x->named[k] && keys[k] && !x->named[i] &&
			    strcmp(keys[i], keys[k]) == 0)
				*t = (struct column_target){
				    .kind = TARGET_UNDECIDED};
	}
}

void map_apply_json(struct arena *a, const char *json,
    const struct attribute_list *book, const char *const *header,
    size_t columns, struct mapping *m, struct map_messages *out)
{
	struct apply x = {.arena = a, .header = header, .m = m, .out = out};
	struct json_t *v;

	if (json_parse(a, json, strlen(json), &v, NULL) != STATUS_OK ||
	    json_type_of(v) != JSON_IS_OBJECT) {
		say(a, out, 0,
		    "The mapping has to be a JSON object: {\"Header\": "
		    "\"field\"}.");
		return;
	}
	if (m->count > columns)
		m->count = columns;
	book_index_make(a, book, &x.book);
	x.named = arena_alloc(a, columns * sizeof *x.named);
	x.folded = arena_alloc(a, columns * sizeof *x.folded);
	for (size_t i = 0; header && i < columns; i++)
		x.folded[i] = header_fold(a, header[i]);
	json_members(v, apply_member, &x);
	yield_guesses(&x);
}

static bool has_kind(const struct mapping *m, enum target_kind kind)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->columns[i].kind == kind)
			return true;
	return false;
}

static bool has_field(const struct mapping *m, enum contact_field field)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->columns[i].kind == TARGET_FIELD &&
		    m->columns[i].field == field)
			return true;
	return false;
}

/* What a target is called in a message. */
static const char *target_label(const struct column_target *t)
{
	switch (t->kind) {
	case TARGET_FIELD:
		return contact_fields[t->field].label;
	case TARGET_COUNTRY_CODE:
		return "Country code";
	case TARGET_TAGS:
		return "Tags";
	case TARGET_REASON:
		return "Reason of the opt-out";
	case TARGET_ATTRIBUTE:
		return str_or_empty(t->attribute);
	case TARGET_UNDECIDED:
	case TARGET_NONE:
		break;
	}
	return "A column that is left out";
}

static void check_twice(
    struct arena *a, const struct mapping *m, struct map_messages *out)
{
	const char **keys = arena_alloc(a, m->count * sizeof *keys);

	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *t = &m->columns[i];

		keys[i] = target_key(a, t);
		for (size_t k = 0; k < i && keys[i]; k++) {
			if (!keys[k] || strcmp(keys[i], keys[k]) != 0)
				continue;
			say(a, out, i + 1,
			    "%s is already chosen for column %zu. Choose it "
			    "once.",
			    target_label(t), k + 1);
			break;
		}
	}
}

static void check_takes(struct arena *a, const struct import_format *f,
    const struct mapping *m, struct map_messages *out)
{
	for (size_t i = 0; i < m->count; i++) {
		if (map_takes(f, &m->columns[i]))
			continue;
		say(a, out, i + 1,
		    f->optout
			? "A list of opt-outs takes phone numbers, e-mail "
			  "addresses, the time of the opt-out and its reason. "
			  "Choose one of these, or \"do not import\"."
			: "Only a list of opt-outs has a reason. Choose "
			  "another field, or \"do not import\".");
	}
}

static void check_attributes(
    struct arena *a, const struct mapping *m, struct map_messages *out)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *t = &m->columns[i];

		if (t->kind != TARGET_ATTRIBUTE)
			continue;
		if (str_empty(t->attribute))
			say(a, out, i + 1, "Give the attribute a name.");
		else if (utf8_length(t->attribute) > ATTRIBUTE_NAME_MAX)
			say(a, out, i + 1,
			    "The attribute's name is longer than %d "
			    "characters. Give it a shorter one.",
			    ATTRIBUTE_NAME_MAX);
	}
}

static void check_required(struct arena *a, const struct import_rules *rules,
    const struct mapping *m, struct map_messages *out)
{
	bool phone = has_field(m, FIELD_PHONE);
	bool email = has_field(m, FIELD_EMAIL);
	bool code = has_kind(m, TARGET_COUNTRY_CODE);
	bool name = has_field(m, FIELD_NAME) ||
		    has_field(m, FIELD_FIRST_NAME) ||
		    has_field(m, FIELD_LAST_NAME);
	bool split = rules->phone_form == FORM_SPLIT;

	if ((rules->required & REQUIRE_NAME) && !name)
		say(a, out, 0, "Choose the column that has the name.");
	if (!phone &&
	    ((rules->required & REQUIRE_PHONE) || rules->key == KEY_PHONE))
		say(a, out, 0, "Choose the column that has the phone number.");
	if (!code &&
	    ((rules->required & REQUIRE_COUNTRY_CODE) || (split && phone)))
		say(a, out, 0, "Choose the column that has the country code.");
	if (!email &&
	    ((rules->required & REQUIRE_EMAIL) || rules->key == KEY_EMAIL))
		say(a, out, 0,
		    "Choose the column that has the e-mail address.");
	if (!phone && !email &&
	    ((rules->required & REQUIRE_PHONE_OR_EMAIL) ||
		rules->key == KEY_PHONE_ELSE_EMAIL))
		say(a, out, 0,
		    "Choose the column that has the phone number, or the one "
		    "that has the e-mail address.");
	if (rules->key == KEY_USER_ID && !has_field(m, FIELD_USER_ID))
		say(a, out, 0, "Choose the column that has the user ID.");
}

/* A country code beside numbers that carry their own would not be read. */
static void check_country_code(struct arena *a,
    const struct import_rules *rules, const struct mapping *m,
    struct map_messages *out)
{
	if (rules->phone_form == FORM_SPLIT || rules->phone_form == FORM_ANY)
		return;
	for (size_t i = 0; i < m->count; i++)
		if (m->columns[i].kind == TARGET_COUNTRY_CODE)
			say(a, out, i + 1,
			    "This format has no column for the country code. "
			    "Choose \"do not import\", or change the rule "
			    "\"Phone numbers are written\".");
}

static void settle_undecided(
    struct arena *a, bool ask, struct mapping *m, struct map_messages *out)
{
	for (size_t i = 0; i < m->count; i++) {
		if (m->columns[i].kind != TARGET_UNDECIDED)
			continue;
		if (ask)
			say(a, out, i + 1,
			    "Choose what this column becomes, or \"do not "
			    "import\".");
		else
			m->columns[i].kind = TARGET_NONE;
	}
}

static void check_write(struct arena *a, const struct import_rules *rules,
    const struct column_target *t, size_t column, struct map_messages *out)
{
	if (!column_allows_write(rules, t, t->write))
		say(a, out, column, "%s cannot have the write rule \"%s\"%s.",
		    target_label(t), column_write_word(t->write),
		    t->write == WRITE_APPEND  ? ": only tags and lists can"
		    : t->kind == TARGET_FIELD ? ": contacts are found by it"
					      : "");
	else if (!column_allows_empty(rules, t, t->empty))
		say(a, out, column,
		    "An empty cell of %s cannot \"%s\": choose that it keeps "
		    "what is there.",
		    target_label(t), column_empty_word(t->empty));
}

/* Columns of tags are taken together. */
static void check_tag_rules(struct arena *a, const struct import_rules *rules,
    const struct mapping *m, struct map_messages *out)
{
	const struct column_target *first = NULL;

	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *t = &m->columns[i];

		if (t->kind != TARGET_TAGS)
			continue;
		if (!first)
			first = t;
		else if (column_write_of(t) != column_write_of(first) ||
			 column_clears(rules, t) != column_clears(rules, first))
			say(a, out, i + 1,
			    "All columns of tags have one write rule: they are "
			    "taken together. Choose the same for each.");
	}
}

static void check_writes(struct arena *a, const struct import_rules *rules,
    const struct mapping *m, struct map_messages *out)
{
	for (size_t i = 0; i < m->count; i++)
		check_write(a, rules, &m->columns[i], i + 1, out);
	check_tag_rules(a, rules, m, out);
}

void map_validate(struct arena *a, const struct import_format *f,
    const struct import_rules *rules, bool ask, struct mapping *m,
    struct map_messages *out)
{
	check_takes(a, f, m, out);
	check_required(a, rules, m, out);
	check_twice(a, m, out);
	check_country_code(a, rules, m, out);
	check_attributes(a, m, out);
	check_writes(a, rules, m, out);
	settle_undecided(a, ask, m, out);
}

/*
 * The stored form: a list with one member a column: false is undecided, null
 * is not imported, {"field": key} or {"attribute": name, "type": TYPE,
 * "create": true}; "guessed": true where it was, "write" and "empty" where a
 * rule was chosen.
 */
static void put_target(struct json_writer *w, const struct column_target *t)
{
	if (t->kind == TARGET_UNDECIDED) {
		json_put_bool(w, false);
		return;
	}
	if (t->kind == TARGET_NONE && !t->guessed) {
		json_put_null(w);
		return;
	}
	json_open(w, '{');
	if (t->kind == TARGET_FIELD)
		json_pair_text(w, "field", contact_fields[t->field].key);
	if (t->kind == TARGET_COUNTRY_CODE)
		json_pair_text(w, "field", "country_code");
	if (t->kind == TARGET_TAGS)
		json_pair_text(w, "field", "tags");
	if (t->kind == TARGET_REASON)
		json_pair_text(w, "field", "opt_out_reason");
	if (t->kind == TARGET_ATTRIBUTE) {
		json_pair_text(w, "attribute", t->attribute);
		json_pair_text(w, "type", attribute_types[t->type].key);
	}
	if (t->kind == TARGET_ATTRIBUTE && t->create)
		json_pair_bool(w, "create", true);
	if (t->guessed)
		json_pair_bool(w, "guessed", true);
	if (t->write != WRITE_DEFAULT)
		json_pair_text(w, "write", column_write_word(t->write));
	if (t->empty != EMPTY_DEFAULT)
		json_pair_text(w, "empty", column_empty_word(t->empty));
	json_close(w, '}');
}

const char *map_to_json(struct arena *a, const struct mapping *m)
{
	struct json_writer w;
	struct str out;

	str_init(&out, 16u << 20);
	json_writer_init(&w, &out);
	json_open(&w, '[');
	for (size_t i = 0; i < m->count; i++)
		put_target(&w, &m->columns[i]);
	json_close(&w, ']');
	const char *json = arena_strdup(a, str_text(&out));

	str_release(&out);
	return json;
}

static bool get_target(
    struct arena *a, const struct json_t *v, struct column_target *t)
{
	const char *field = json_get_text(v, "field");
	const char *name = json_get_text(v, "attribute");
	const char *type = json_get_text(v, "type");
	bool flag = false;

	*t = (struct column_target){.kind = TARGET_NONE};
	if (json_type_of(v) == JSON_IS_NULL)
		return true;
	if (json_type_of(v) == JSON_IS_BOOL) {
		t->kind = TARGET_UNDECIDED;
		return true;
	}
	if (json_type_of(v) != JSON_IS_OBJECT)
		return false;
	if (field && !find_key(field, t))
		return false;
	if (name) {
		t->kind = TARGET_ATTRIBUTE;
		t->attribute = arena_strdup(a, name);
		if (!type || !attribute_type_find(type, &t->type))
			return false;
	}
	t->create = json_bool(json_get(v, "create"), &flag) && flag;
	t->guessed = json_bool(json_get(v, "guessed"), &flag) && flag;
	return column_write_find(
		   str_or_empty(json_get_text(v, "write")), &t->write) &&
	       column_empty_find(
		   str_or_empty(json_get_text(v, "empty")), &t->empty);
}

bool map_from_json(struct arena *a, const char *json, struct mapping *m)
{
	struct json_t *v;

	if (json_parse(a, json, strlen(json), &v, NULL) != STATUS_OK ||
	    json_type_of(v) != JSON_IS_ARRAY)
		return false;
	m->count = json_count(v);
	m->columns = arena_alloc(a, m->count * sizeof *m->columns);
	for (size_t i = 0; i < m->count; i++)
		if (!get_target(a, json_at(v, i), &m->columns[i]))
			return false;
	return true;
}
