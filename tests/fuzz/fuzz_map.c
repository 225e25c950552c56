/* fuzz_map.c: a header and what a user says of it become a mapping */
/* SPDX-License-Identifier: MIT */
/* The first byte picks a format; the first line is the JSON of a mapping, the
 * second the header, with commas. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/import/map.h"
#include "domain/import/write_rules.h"

#define COLUMNS 64u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct attribute items[] = {
    {.id = {1}, .name = "birthday", .label = "", .type = TYPE_DATE},
    {.id = {2}, .name = "Customer Type", .label = "", .type = TYPE_TEXT},
    {.id = {3}, .name = "ltv", .label = "Lifetime Value", .type = TYPE_NUMBER},
};
static const struct attribute_list book = {items, 3};

static void check_messages(const struct map_messages *m, size_t columns)
{
	assert(m->count <= sizeof(m->items) / sizeof(*m->items));
	for (size_t i = 0; i < m->count; i++) {
		const char *text = m->items[i].text;

		assert(m->items[i].column <= columns && *text);
		assert(utf8_valid(text, strlen(text), NULL));
	}
}

/* What is stored is what is read again. */
static void store_and_load(struct arena *a, const struct mapping *m)
{
	struct mapping back = {0};
	const char *json = map_to_json(a, m);

	assert(map_from_json(a, json, &back));
	assert(back.count == m->count);
	assert(strcmp(map_to_json(a, &back), json) == 0);
}

/* A mapping that passed has each field and attribute once at most, and
 * nothing undecided. */
static void check_valid(
    const struct import_rules *rules, const struct mapping *m)
{
	bool field[FIELD_COUNT] = {false};

	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *t = &m->columns[i];

		assert(t->kind != TARGET_UNDECIDED);
		assert(column_allows_write(rules, t, t->write));
		assert(column_allows_empty(rules, t, t->empty));
		if (t->kind == TARGET_FIELD) {
			assert(t->field < FIELD_COUNT && !field[t->field]);
			field[t->field] = true;
		}
		if (t->kind != TARGET_ATTRIBUTE)
			continue;
		assert(t->attribute && *t->attribute && t->type < TYPE_COUNT);
		for (size_t k = 0; k < i; k++)
			assert(m->columns[k].kind != TARGET_ATTRIBUTE ||
			       strcmp(m->columns[k].attribute, t->attribute));
	}
}

/* What is resolved has no defaults left, and settling a valid mapping changes
 * nothing of it. */
static void check_writes(const struct import_rules *rules, struct mapping *m)
{
	struct write_rules w;

	write_rules_make(rules, m, &w);
	for (int i = 0; i < FIELD_COUNT; i++)
		assert(w.fields[i].write != WRITE_DEFAULT);
	assert(!w.fields[FIELD_WHATSAPP_OPTED].clears ||
	       rules->blank == BLANK_CLEAR);
	for (size_t i = 0; i < m->count; i++) {
		struct column_target was = m->columns[i];

		column_write_settle(rules, &m->columns[i]);
		assert(m->columns[i].write == was.write);
		assert(m->columns[i].empty == was.empty);
	}
}

/* Joining a list with itself adds nothing; what it adds stays added. */
static void join(struct arena *a, const char *json)
{
	const char *once = json_list_join(a, "[1]", json);

	if (*once == '[')
		assert(strcmp(json_list_join(a, once, json), once) == 0);
}

static void try_format(struct arena *a, const struct import_format *f, bool ask,
    const char *json, const char *const *header, size_t n)
{
	struct map_messages told = {0};
	struct map_messages faults = {0};
	struct mapping m = {0};
	enum problem_code code;
	const char *message = NULL;

	map_guess(a, f, &f->rules, &book, header, n, &m);
	assert(m.count == n);
	store_and_load(a, &m);
	if (*json)
		map_apply_json(a, json, &book, header, n, &m, &told);
	check_messages(&told, n);
	assert(m.count == n);
	store_and_load(a, &m);
	map_validate(a, f, &f->rules, ask, &m, &faults);
	check_messages(&faults, n);
	store_and_load(a, &m);
	if (!faults.count) {
		check_valid(&f->rules, &m);
		check_writes(&f->rules, &m);
	}
	if (map_refuses(a, &f->rules, f, &book, header, n, &code, &message)) {
		assert(code < PROBLEM_CODES && message && *message);
		assert(utf8_valid(message, strlen(message), NULL));
	}
}

static size_t split(struct arena *a, char *line, const char **header)
{
	size_t n = 0;

	while (line && n < COLUMNS) {
		char *comma = strchr(line, ',');

		if (comma)
			*comma++ = '\0';
		header[n++] = arena_strdup(a, line);
		line = comma;
	}
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *header[COLUMNS];
	const char *reason = NULL;
	struct mapping loaded = {0};
	struct arena a;

	if (size < 2 || !utf8_valid((const char *)data + 1, size - 1, NULL))
		return 0;
	arena_init(&a);
	char *json = arena_strndup(&a, (const char *)data + 1, size - 1);
	char *line = strchr(json, '\n');

	if (line)
		*line++ = '\0';
	else
		line = json;
	size_t n = split(&a, line, header);
	size_t formats = 0;

	while (import_formats[formats].key)
		formats++;
	assert(import_format_guess(&a, header, n, &reason) && reason);
	try_format(&a, &import_formats[data[0] % formats], data[0] & 0x80,
	    line == json ? "" : json, header, n);
	join(&a, json);
	if (map_from_json(&a, json, &loaded))
		store_and_load(&a, &loaded);
	arena_release(&a);
	return 0;
}
