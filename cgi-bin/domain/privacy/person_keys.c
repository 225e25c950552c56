/* person_keys.c: everything that a person is known by */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/person_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "domain/import/row_key.h"

#define VALUES_MAX 5000u

bool text_set_has(const struct text_set *s, const char *text)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_equal(s->items[i], text))
			return true;
	return false;
}

void text_set_add(struct arena *a, struct text_set *s, const char *text)
{
	if (str_empty(text) || s->count == VALUES_MAX || text_set_has(s, text))
		return;
	if (s->count == s->space) {
		size_t space = s->space ? s->space * 2 : 8;
		const char **items = arena_raw(a, space * sizeof(*items));

		if (s->count)
			memcpy(items, s->items, s->count * sizeof(*items));
		s->items = items;
		s->space = space;
	}
	s->items[s->count++] = arena_strdup(a, text);
}

void person_keys_add(struct arena *a, struct person_keys *k,
    enum suppression_kind kind, const char *value)
{
	if (str_empty(value))
		return;
	text_set_add(a, &k->keys[kind],
	    kind == SUPPRESSION_EMAIL ? fold_email(a, value) : value);
}

static int compare_rows(const void *a, const void *b)
{
	const struct person_row *x = a;
	const struct person_row *y = b;

	if (x->import != y->import)
		return x->import < y->import ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

void person_rows_add(
    struct arena *a, struct person_keys *k, const uint64_t *pairs, size_t count)
{
	struct person_row *rows =
	    arena_raw(a, (k->row_count + count + 1) * sizeof(*rows));

	if (k->row_count)
		memcpy(rows, k->rows, k->row_count * sizeof(*rows));
	for (size_t i = 0; i < count; i++)
		rows[k->row_count++] =
		    (struct person_row){pairs[i * 2], pairs[i * 2 + 1]};
	k->rows = rows;
}

void person_rows_sort(struct person_keys *k)
{
	size_t kept = 0;

	if (k->row_count)
		qsort(k->rows, k->row_count, sizeof(*k->rows), compare_rows);
	for (size_t i = 0; i < k->row_count; i++)
		if (!kept || compare_rows(&k->rows[kept - 1], &k->rows[i]))
			k->rows[kept++] = k->rows[i];
	k->row_count = kept;
}

bool person_rows_have(
    const struct person_keys *k, uint64_t import, uint64_t row)
{
	const struct person_row key = {import, row};

	return k->row_count && bsearch(&key, k->rows, k->row_count,
				   sizeof(*k->rows), compare_rows);
}

/* --- as JSON --- */

static void put_texts(struct json_writer *w, const struct text_set *s)
{
	json_open(w, '[');
	for (size_t i = 0; i < s->count; i++)
		json_put_text(w, s->items[i]);
	json_close(w, ']');
}

void person_keys_write(struct str *out, const struct person_keys *k)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_open(&w, '{');
	for (int i = 0; i < SUPPRESSION_KINDS; i++) {
		json_key(&w, suppression_kinds[i]);
		put_texts(&w, &k->keys[i]);
	}
	json_key(&w, "values");
	put_texts(&w, &k->values);
	json_key(&w, "rows");
	json_open(&w, '[');
	for (size_t i = 0; i < k->row_count; i++) {
		json_put_int(&w, (int64_t)k->rows[i].import);
		json_put_int(&w, (int64_t)k->rows[i].row);
	}
	json_close(&w, ']');
	json_key(&w, "later");
	json_open(&w, '[');
	for (size_t i = 0; i < k->later_count; i++)
		json_put_int(&w, (int64_t)k->later[i]);
	json_close(&w, ']');
	json_close(&w, '}');
}

static void read_texts(
    struct arena *a, const struct json_t *v, struct text_set *out)
{
	for (size_t i = 0; i < json_count(v); i++)
		text_set_add(a, out, json_text(json_at(v, i)));
}

static uint64_t number_at(const struct json_t *v, size_t i)
{
	int64_t n = 0;

	json_int(json_at(v, i), &n);
	return (uint64_t)n;
}

bool person_keys_read(
    struct arena *a, const char *json, struct person_keys *out)
{
	struct json_t *v;

	*out = (struct person_keys){.row_count = 0};
	if (json_parse(a, json, strlen(json), &v, NULL) != STATUS_OK)
		return false;
	for (int i = 0; i < SUPPRESSION_KINDS; i++)
		read_texts(a, json_get(v, suppression_kinds[i]), &out->keys[i]);
	read_texts(a, json_get(v, "values"), &out->values);
	const struct json_t *rows = json_get(v, "rows");
	const struct json_t *later = json_get(v, "later");

	out->row_count = json_count(rows) / 2;
	out->rows = arena_alloc(a, (out->row_count + 1) * sizeof(*out->rows));
	for (size_t i = 0; i < out->row_count; i++)
		out->rows[i] = (struct person_row){
		    number_at(rows, i * 2), number_at(rows, i * 2 + 1)};
	out->later_count = json_count(later);
	out->later =
	    arena_alloc(a, (out->later_count + 1) * sizeof(*out->later));
	for (size_t i = 0; i < out->later_count; i++)
		out->later[i] = number_at(later, i);
	return true;
}
