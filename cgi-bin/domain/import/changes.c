/* changes.c: which fields the rows of a batch change in the book */
/* SPDX-License-Identifier: MIT */
#include "domain/import/changes.h"

#include <string.h>

/* A batch has BATCH_ROWS rows of at most as many fields as a file has
 * columns; more than this is not kept. */
#define PACKED_CAP (12u << 20)
#define FIELDS_MAX UINT16_MAX

static void put_number(struct str *out, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		str_addc(out, (char)(unsigned char)(v >> (8 * i)));
}

void changes_init(struct changes *c, struct arena *a)
{
	*c = (struct changes){.arena = a};
	str_init(&c->rows_packed, PACKED_CAP);
	str_init(&c->fields_of_row, 2 * FIELDS_MAX);
}

void changes_release(struct changes *c)
{
	str_release(&c->rows_packed);
	str_release(&c->fields_of_row);
}

static void add_field(struct changes *c, const char *field)
{
	struct arena *a = c->arena;

	if (c->field_count == c->field_space) {
		size_t space = c->field_space ? c->field_space * 2 : 32;
		const char **fields = arena_raw(a, space * sizeof(*fields));
		uint64_t *rows = arena_raw(a, space * sizeof(*rows));

		if (c->field_count) {
			memcpy(fields, c->fields,
			    c->field_count * sizeof(*fields));
			memcpy(rows, c->rows, c->field_count * sizeof(*rows));
		}
		c->fields = fields;
		c->rows = rows;
		c->field_space = space;
	}
	c->rows[c->field_count] = 0;
	c->fields[c->field_count++] = arena_strdup(a, field);
}

/* Rows mostly change the same fields in the same order: the search begins
 * after the one that was found last. */
static size_t index_of(struct changes *c, const char *field)
{
	for (size_t i = 0; i < c->field_count; i++) {
		size_t k = (c->hint + i) % c->field_count;

		if (str_equal(c->fields[k], field))
			return k;
	}
	if (c->field_count < FIELDS_MAX)
		add_field(c, field);
	return c->field_count - 1;
}

void changes_note(struct changes *c, const char *field)
{
	size_t i = index_of(c, field);

	c->rows[i]++;
	c->hint = i + 1;
	put_number(&c->fields_of_row, i, 2);
}

void changes_end_row(struct changes *c, uint64_t contact)
{
	put_number(&c->rows_packed, contact, 8);
	put_number(&c->rows_packed, c->fields_of_row.len / 2, 2);
	str_add(
	    &c->rows_packed, str_text(&c->fields_of_row), c->fields_of_row.len);
	str_reset(&c->fields_of_row);
	c->hint = 0;
}

const char *changes_pack(const struct changes *c, size_t *n)
{
	struct str out;

	str_init(&out, PACKED_CAP);
	put_number(&out, c->field_count, 4);
	for (size_t i = 0; i < c->field_count; i++)
		str_add(&out, c->fields[i], strlen(c->fields[i]) + 1);
	str_add(&out, str_text(&c->rows_packed), c->rows_packed.len);
	*n = out.full ? 0 : out.len;
	const char *packed = arena_memdup(c->arena, str_text(&out), *n);

	str_release(&out);
	return packed;
}

/* --- reading --- */

static bool get_number(struct changes_reader *r, int bytes, uint64_t *out)
{
	if (r->end - r->at < bytes)
		return false;
	*out = 0;
	for (int i = bytes - 1; i >= 0; i--)
		*out = *out << 8 | (unsigned char)r->at[i];
	r->at += bytes;
	return true;
}

void changes_open(
    struct changes_reader *r, struct arena *a, const char *bytes, size_t n)
{
	uint64_t count;

	*r = (struct changes_reader){a, bytes, bytes + n, NULL, 0};
	if (!get_number(r, 4, &count) || count > FIELDS_MAX)
		return;
	r->fields = arena_raw(a, (size_t)count * sizeof(*r->fields));
	while (r->field_count < count) {
		const char *end = memchr(r->at, '\0', (size_t)(r->end - r->at));

		if (!end) {
			r->at = r->end;
			return;
		}
		r->fields[r->field_count++] = r->at;
		r->at = end + 1;
	}
}

bool changes_next(struct changes_reader *r, struct changed_row *out)
{
	uint64_t count, index;

	if (!get_number(r, 8, &out->contact) || !get_number(r, 2, &count))
		return false;
	out->field_count = 0;
	out->fields = arena_raw(r->arena, (size_t)count * sizeof(*out->fields));
	while (count--) {
		if (!get_number(r, 2, &index) || index >= r->field_count)
			return false;
		out->fields[out->field_count++] = r->fields[index];
	}
	return true;
}
