/* fuzz_check.c: records become rows, by the rules of each format */
/* SPDX-License-Identifier: MIT */
/*
 * The first byte picks the format, the second some rules, the third how the
 * columns are mapped: by the header, or one field after the other. The rest is
 * a text with commas.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/phone.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/export/csv_guard.h"
#include "domain/import/check.h"
#include "domain/import/map.h"

#define ROWS 8u
#define COLUMNS (FIELD_COUNT + 2 + TYPE_COUNT)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct attribute items[TYPE_COUNT] = {
    {.name = "a text", .label = "", .type = TYPE_TEXT},
    {.name = "number", .label = "", .type = TYPE_NUMBER},
    {.name = "day", .label = "", .type = TYPE_DATE},
    {.name = "hour", .label = "", .type = TYPE_TIME},
    {.name = "moment", .label = "", .type = TYPE_DATETIME},
    {.name = "flag", .label = "", .type = TYPE_BOOLEAN},
    {.name = "list", .label = "", .type = TYPE_ARRAY},
    {.name = "object", .label = "", .type = TYPE_OBJECT},
    {.name = "place", .label = "", .type = TYPE_LOCATION},
};
static const struct attribute_list book = {items, TYPE_COUNT};

struct fuzz {
	struct arena arena;
	struct import_rules rules;
	struct check_context context;
	struct mapping mapping;
	bool by_header;
	uint8_t first; /* of the columns, without a header */
	size_t rows;
};

/* Column i is field i, then come country code, tags, attributes. */
static struct column_target target(size_t i)
{
	struct column_target t = {.kind = TARGET_FIELD};

	i %= COLUMNS;
	if (i < FIELD_COUNT) {
		t.field = (enum contact_field)i;
	} else if (i < FIELD_COUNT + 2) {
		t.kind = i == FIELD_COUNT ? TARGET_COUNTRY_CODE : TARGET_TAGS;
	} else {
		t.kind = TARGET_ATTRIBUTE;
		t.type = (enum attribute_type)(i - FIELD_COUNT - 2);
		t.attribute = items[t.type].name;
	}
	return t;
}

static void map_all(struct arena *a, struct mapping *m, size_t first)
{
	m->count = COLUMNS;
	m->columns = arena_alloc(a, COLUMNS * sizeof(*m->columns));
	for (size_t i = 0; i < COLUMNS; i++)
		m->columns[i] = target(first + i);
}

static void map_header(struct fuzz *f, const struct record *r)
{
	const char **header =
	    arena_alloc(&f->arena, r->count * sizeof(*header));

	for (size_t i = 0; i < r->count; i++)
		header[i] = arena_strdup(&f->arena, r->cells[i]);
	map_guess(&f->arena, f->context.format, &f->rules, &book, header,
	    r->count, &f->mapping);
	f->context.header = header;
	f->context.columns = r->count;
}

static void check_problems(
    const struct checked_row *row, const struct record *r, size_t columns)
{
	bool rejected = false;

	for (size_t i = 0; i < row->problem_count; i++) {
		const struct problem *p = &row->problems[i];
		size_t code = 0;

		while (
		    code < PROBLEM_CODES && problem_infos[code].code != p->code)
			code++;
		assert(code < PROBLEM_CODES);
		assert(p->level == problem_infos[code].level);
		assert(p->row == r->row && *p->message);
		assert(p->column <= (columns > r->count ? columns : r->count));
		assert(utf8_valid(p->message, strlen(p->message), NULL));
		assert(!strpbrk(p->message, "\r\n\t"));
		rejected |= p->level == PROBLEM_REJECT;
	}
	assert(row->rejected == rejected);
}

/* What gets into the book. */
static void check_values(const struct checked_row *row)
{
	char e164[PHONE_SIZE];
	int64_t ms;

	for (int i = 0; i < FIELD_COUNT; i++) {
		const char *text = str_or_empty(row->value[i]);
		const char *p = text;
		size_t n = strlen(text);

		assert(utf8_valid(text, n, NULL));
		assert(utf8_length(text) <= contact_fields[i].max_length);
		utf8_trim(&p, &n);
		assert(p == text && n == strlen(text));
	}
	const char *phone = str_or_empty(row->value[FIELD_PHONE]);
	const char *email = str_or_empty(row->value[FIELD_EMAIL]);
	const char *opted = str_or_empty(row->value[FIELD_WHATSAPP_OPTED]);
	const char *at = str_or_empty(row->value[FIELD_WHATSAPP_OPTED_AT]);

	assert(!*phone || (phone_parse(phone, "", e164) != PHONE_NOT_POSSIBLE &&
			      strcmp(phone, e164) == 0));
	assert(!*email || email_is_valid(email));
	assert(
	    !*opted || strcmp(opted, "yes") == 0 || strcmp(opted, "no") == 0);
	assert(!*at || clock_parse(at, false, &ms));
}

/* A cell as the export writes it and the reader gives it. */
static void put(struct record *r, const char **cells, size_t *lengths,
    struct arena *a, const char *text)
{
	const char *cell =
	    csv_guard(text) ? arena_printf(a, "'%s", text) : text;

	cells[r->count] = cell;
	lengths[r->count++] = strlen(cell);
}

/* As contact_export.c writes them. */
static const char *tags_text(struct arena *a, const struct checked_row *row)
{
	const char *text = row->tag_count ? row->tags[0] : "";

	for (size_t i = 1; i < row->tag_count; i++)
		text = arena_printf(a, "%s|%s", text, row->tags[i]);
	if (text[0] == '"')
		text = arena_printf(a, "|%s", text);
	else if (row->tag_count == 1 &&
		 (text[0] == '*' || strpbrk(text, ",;:")))
		text = arena_printf(a, "%s|", text);
	return text;
}

static const char *attribute_text(
    struct fuzz *f, const struct checked_row *row, enum attribute_type type)
{
	for (size_t i = 0; i < row->attribute_count; i++) {
		const struct row_attribute *x = &row->attributes[i];
		const struct column_target *t = &f->mapping.columns[x->column];

		if (x->json && t->type == type &&
		    strcmp(t->attribute, items[type].name) == 0)
			return attributes_plain(&f->arena, x->json);
	}
	return "";
}

static void come_back_tags(
    const struct checked_row *row, const struct checked_row *again)
{
	assert(again->tag_count == row->tag_count);
	for (size_t i = 0; i < row->tag_count; i++)
		assert(strcmp(again->tags[i], row->tags[i]) == 0);
}

/* Exported and imported again by the generic format, it is the same. */
static void come_back(struct fuzz *f, const struct checked_row *row)
{
	struct arena *a = &f->arena;
	const struct import_format *generic = import_format_find("generic");
	const char *cells[COLUMNS];
	size_t lengths[COLUMNS];
	struct record r = {.row = 2, .cells = cells, .lengths = lengths};
	struct import_rules rules = generic->rules;
	struct mapping mapping;
	struct checked_row again;
	struct check_context c = {.rules = &rules,
	    .format = generic,
	    .mapping = &mapping,
	    .columns = COLUMNS};

	rules.phone_check = CHECK_POSSIBLE;
	rules.required = 0;
	map_all(a, &mapping, 0);
	mapping.columns[FIELD_COUNT].kind = TARGET_NONE;
	for (int i = 0; i < FIELD_COUNT; i++)
		put(&r, cells, lengths, a, str_or_empty(row->value[i]));
	put(&r, cells, lengths, a, "");
	put(&r, cells, lengths, a, tags_text(a, row));
	for (int i = 0; i < TYPE_COUNT; i++)
		put(&r, cells, lengths, a,
		    attribute_text(f, row, (enum attribute_type)i));
	check_row(a, &c, &r, &again);
	check_problems(&again, &r, COLUMNS);
	for (int i = 0; i < FIELD_COUNT; i++)
		assert(strcmp(str_or_empty(again.value[i]),
			   str_or_empty(row->value[i])) == 0);
	come_back_tags(row, &again);
	for (size_t i = 0; i < again.attribute_count; i++) {
		const struct row_attribute *x = &again.attributes[i];
		const char *text =
		    attribute_text(f, row, mapping.columns[x->column].type);

		assert(strcmp(x->json ? attributes_plain(a, x->json) : "",
			   text) == 0);
	}
}

static bool on_record(void *arg, const struct record *r)
{
	struct fuzz *f = arg;
	struct checked_row row;

	if (f->by_header && !f->mapping.count) {
		map_header(f, r);
		return true;
	}
	check_row(&f->arena, &f->context, r, &row);
	check_problems(&row, r, f->context.columns);
	if (!row.rejected) {
		check_values(&row);
		come_back(f, &row);
	}
	return ++f->rows < ROWS;
}

static void set_rules(struct import_rules *r, uint8_t b)
{
	static const char countries[][3] = {"", "IN", "US", "IT"};

	r->phone_check = b & 1 ? CHECK_POSSIBLE : CHECK_VALID;
	r->house_number_in_address = b & 2;
	r->name_rule = b & 4 ? r->name_rule : NAME_LETTERS_MARKS;
	memcpy(r->country, countries[b >> 3 & 3], 3);
	if (b & 0x20)
		r->required = 0;
	if (b & 0x40)
		r->phone_form = FORM_SPLIT;
	if (b & 0x80)
		r->key = KEY_EMAIL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz f = {0};
	size_t formats = 0;

	if (size < 4 || !utf8_valid((const char *)data + 3, size - 3, NULL))
		return 0;
	while (import_formats[formats].key)
		formats++;
	arena_init(&f.arena);
	f.context.format = &import_formats[data[0] % formats];
	f.rules = f.context.format->rules;
	f.context.rules = &f.rules;
	f.context.mapping = &f.mapping;
	f.by_header = data[2] >= 128;
	set_rules(&f.rules, data[1]);
	if (!f.by_header) {
		map_all(&f.arena, &f.mapping, data[2]);
		f.context.columns = COLUMNS;
	}
	struct reader *r = reader_new(',', on_record, &f);

	if (reader_feed(r, (const char *)data + 3, size - 3) == STATUS_OK)
		reader_finish(r);
	reader_free(r);
	arena_release(&f.arena);
	return 0;
}
