/* write_rules.c: what a column may do to contacts that are in the book */
/* SPDX-License-Identifier: MIT */
#include "domain/import/write_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"

#define LIST_CAP (4u << 20)

static const char *const write_words[] = {
    [WRITE_DEFAULT] = "",
    [WRITE_OVERWRITE] = "overwrite",
    [WRITE_FILL] = "fill",
    [WRITE_APPEND] = "append",
    [WRITE_NEVER] = "never",
};
static const char *const empty_words[] = {
    [EMPTY_DEFAULT] = "",
    [EMPTY_KEEP] = "keep",
    [EMPTY_CLEAR] = "clear",
};

const char *column_write_word(enum column_write w)
{
	return write_words[w];
}

bool column_write_find(const char *word, enum column_write *out)
{
	for (int i = 0; i <= WRITE_NEVER; i++) {
		if (!str_equal(write_words[i], word))
			continue;
		*out = (enum column_write)i;
		return true;
	}
	return false;
}

const char *column_empty_word(enum column_empty e)
{
	return empty_words[e];
}

bool column_empty_find(const char *word, enum column_empty *out)
{
	for (int i = 0; i <= EMPTY_CLEAR; i++) {
		if (!str_equal(empty_words[i], word))
			continue;
		*out = (enum column_empty)i;
		return true;
	}
	return false;
}

static bool is_field(const struct column_target *t, enum contact_field f)
{
	return t->kind == TARGET_FIELD && t->field == f;
}

/* The one column that contacts are found by. */
static bool is_key(
    const struct import_rules *rules, const struct column_target *t)
{
	switch (rules->key) {
	case KEY_PHONE:
		return is_field(t, FIELD_PHONE);
	case KEY_EMAIL:
		return is_field(t, FIELD_EMAIL);
	case KEY_USER_ID:
		return is_field(t, FIELD_USER_ID);
	case KEY_PHONE_ELSE_EMAIL:
		break;
	}
	return false;
}

/* One of two. */
static bool is_half_key(
    const struct import_rules *rules, const struct column_target *t)
{
	return rules->key == KEY_PHONE_ELSE_EMAIL &&
	       (is_field(t, FIELD_PHONE) || is_field(t, FIELD_EMAIL));
}

static bool is_consent(const struct column_target *t)
{
	return is_field(t, FIELD_WHATSAPP_OPTED) ||
	       is_field(t, FIELD_WHATSAPP_OPTED_AT);
}

bool column_has_write(
    const struct import_rules *rules, const struct column_target *t)
{
	bool value = t->kind == TARGET_FIELD || t->kind == TARGET_TAGS ||
		     t->kind == TARGET_ATTRIBUTE;

	return value && !is_key(rules, t);
}

bool column_allows_write(const struct import_rules *rules,
    const struct column_target *t, enum column_write w)
{
	switch (w) {
	case WRITE_DEFAULT:
		return true;
	case WRITE_OVERWRITE:
		return column_has_write(rules, t) || is_key(rules, t);
	case WRITE_FILL:
		return column_has_write(rules, t);
	case WRITE_APPEND:
		return t->kind == TARGET_TAGS ||
		       (t->kind == TARGET_ATTRIBUTE && t->type == TYPE_ARRAY);
	case WRITE_NEVER:
		return column_has_write(rules, t) && !is_half_key(rules, t);
	}
	return false;
}

bool column_allows_empty(const struct import_rules *rules,
    const struct column_target *t, enum column_empty e)
{
	switch (e) {
	case EMPTY_DEFAULT:
		return true;
	case EMPTY_KEEP:
		return column_has_write(rules, t) || is_key(rules, t);
	case EMPTY_CLEAR:
		return column_has_write(rules, t) && !is_consent(t) &&
		       t->write != WRITE_NEVER &&
		       rules->duplicates != DUPLICATES_MERGE;
	}
	return false;
}

enum column_write column_write_of(const struct column_target *t)
{
	if (t->write != WRITE_DEFAULT)
		return t->write;
	return t->kind == TARGET_TAGS ? WRITE_APPEND : WRITE_OVERWRITE;
}

bool column_clears(
    const struct import_rules *rules, const struct column_target *t)
{
	if (is_consent(t) || rules->duplicates == DUPLICATES_MERGE)
		return false;
	if (t->empty != EMPTY_DEFAULT)
		return t->empty == EMPTY_CLEAR;
	return rules->blank == BLANK_CLEAR &&
	       column_write_of(t) == WRITE_OVERWRITE;
}

bool column_write_changed(
    const struct import_rules *rules, const struct column_target *t)
{
	struct column_target plain = *t;

	plain.write = WRITE_DEFAULT;
	plain.empty = EMPTY_DEFAULT;
	return column_write_of(t) != column_write_of(&plain) ||
	       column_clears(rules, t) != column_clears(rules, &plain);
}

void column_write_settle(
    const struct import_rules *rules, struct column_target *t)
{
	if (!column_allows_write(rules, t, t->write))
		t->write = WRITE_DEFAULT;
	if (!column_allows_empty(rules, t, t->empty))
		t->empty = EMPTY_DEFAULT;
}

/* --- of a whole mapping --- */

/* By how little they change a contact. */
static int caution(enum column_write w)
{
	static const int steps[] = {
	    [WRITE_DEFAULT] = 0,
	    [WRITE_OVERWRITE] = 0,
	    [WRITE_APPEND] = 1,
	    [WRITE_FILL] = 2,
	    [WRITE_NEVER] = 3,
	};

	return steps[w];
}

static struct field_rule rule_of(
    const struct import_rules *rules, const struct column_target *t)
{
	return (struct field_rule){column_write_of(t), column_clears(rules, t)};
}

static void follow(struct field_rule *made, const struct field_rule *source)
{
	if (caution(source->write) > caution(made->write))
		made->write = source->write;
	made->clears &= source->clears;
}

/* A name that is made of others is written as they are; of two, as the more
 * cautious one. */
static void made_name(struct write_rules *out, const bool *has)
{
	struct field_rule *name = &out->fields[FIELD_NAME];
	bool first = has[FIELD_FIRST_NAME];

	if (first)
		*name = out->fields[FIELD_FIRST_NAME];
	if (has[FIELD_LAST_NAME] && first)
		follow(name, &out->fields[FIELD_LAST_NAME]);
	else if (has[FIELD_LAST_NAME])
		*name = out->fields[FIELD_LAST_NAME];
}

void write_rules_make(const struct import_rules *rules, const struct mapping *m,
    struct write_rules *out)
{
	const struct field_rule plain = {
	    WRITE_OVERWRITE, rules->blank == BLANK_CLEAR &&
				 rules->duplicates != DUPLICATES_MERGE};
	bool has[FIELD_COUNT] = {false};

	for (int i = 0; i < FIELD_COUNT; i++)
		out->fields[i] = plain;
	out->tags = (struct field_rule){WRITE_APPEND, false};
	out->attributes_plain = true;
	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *t = &m->columns[i];

		if (t->kind == TARGET_FIELD)
			out->fields[t->field] = rule_of(rules, t);
		if (t->kind == TARGET_FIELD)
			has[t->field] = true;
		if (t->kind == TARGET_TAGS)
			out->tags = rule_of(rules, t);
		if (t->kind == TARGET_ATTRIBUTE)
			out->attributes_plain &=
			    !column_write_changed(rules, t);
	}
	out->tags_plain = out->tags.write == WRITE_APPEND && !out->tags.clears;
	if (!has[FIELD_NAME])
		made_name(out, has);
	out->house_follows =
	    rules->house_number_in_address && !has[FIELD_HOUSE_NUMBER];
}

bool field_rule_writes(
    const struct field_rule *r, const char *old, const char *value)
{
	if (!*value)
		return r->clears;
	switch (r->write) {
	case WRITE_DEFAULT:
	case WRITE_OVERWRITE:
		return true;
	case WRITE_FILL:
	case WRITE_APPEND:
		return !*old;
	case WRITE_NEVER:
		break;
	}
	return false;
}

/* --- lists --- */

struct element {
	const char *text;
	size_t place;
};

static int compare_elements(const void *a, const void *b)
{
	const struct element *x = a;
	const struct element *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* The texts of both lists, one behind the other. */
static struct element *elements_of(
    struct arena *a, const struct json_t *old, const struct json_t *new)
{
	size_t was = json_count(old);
	size_t n = was + json_count(new);
	struct element *out = arena_alloc(a, (n + 1) * sizeof(*out));

	for (size_t i = 0; i < n; i++)
		out[i] = (struct element){
		    json_dump(a,
			i < was ? json_at(old, i) : json_at(new, i - was),
			false),
		    i};
	return out;
}

/* Those of the first list, and the others that nothing before them equals. */
static const char *join(
    struct arena *a, const struct json_t *old, const struct json_t *new)
{
	size_t was = json_count(old);
	size_t n = was + json_count(new);
	struct element *sorted = elements_of(a, old, new);
	const char **texts = arena_alloc(a, (n + 1) * sizeof(*texts));
	struct json_writer w;
	struct str out;

	qsort(sorted, n, sizeof(*sorted), compare_elements);
	for (size_t i = 0; i < n; i++)
		if (sorted[i].place < was || !i ||
		    !str_equal(sorted[i].text, sorted[i - 1].text))
			texts[sorted[i].place] = sorted[i].text;
	str_init(&out, LIST_CAP);
	json_writer_init(&w, &out);
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		if (texts[i])
			json_put_raw(&w, texts[i]);
	json_close(&w, ']');
	const char *text = arena_strndup(a, str_text(&out), out.len);

	str_release(&out);
	return text;
}

const char *json_list_join(struct arena *a, const char *old, const char *new)
{
	struct json_t *was;
	struct json_t *more;

	if (json_parse(a, old, strlen(old), &was, NULL) != STATUS_OK ||
	    json_type_of(was) != JSON_IS_ARRAY ||
	    json_parse(a, new, strlen(new), &more, NULL) != STATUS_OK ||
	    json_type_of(more) != JSON_IS_ARRAY)
		return new;
	return join(a, was, more);
}
