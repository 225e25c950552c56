/* fix.c: corrections are laid over the rows of a file as they are read */
/* SPDX-License-Identifier: MIT */
#include "domain/import/fix.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "domain/import/problem.h"
#include "domain/import/row_key.h"

/* Texts that become others in turn: more than these is going in a circle. */
#define STEPS_MAX 16

/* --- finding them --- */

static size_t value_slot(
    const struct fixes *f, unsigned column, const char *text)
{
	size_t mask = f->value_size - 1;
	size_t i = (size_t)(key_hash('f', text) + column * 0x9e3779b9u) & mask;

	for (; f->values[i]; i = (i + 1) & mask) {
		const struct import_fix *x = &f->items[f->values[i] - 1];

		if (x->column == column && str_equal(x->old_value, text))
			break;
	}
	return i;
}

/* Index + 1 of the correction of a text in a column, or 0. */
static uint32_t find_value(
    const struct fixes *f, unsigned column, const char *text)
{
	return f->values[value_slot(f, column, text)];
}

static void index_values(struct fixes *f, struct arena *a, size_t values)
{
	for (f->value_size = 64; f->value_size < values * 2;)
		f->value_size *= 2;
	f->values = arena_alloc(a, f->value_size * sizeof(*f->values));
	f->columns = arena_alloc(a, f->column_count * sizeof(*f->columns));
	for (size_t i = 0; i < f->count; i++) {
		const struct import_fix *x = &f->items[i];

		if (x->kind != FIX_VALUE)
			continue;
		f->values[value_slot(f, x->column, x->old_value)] =
		    (uint32_t)i + 1;
		f->columns[x->column - 1] = true;
	}
}

static int by_row(const void *a, const void *b, void *items)
{
	const struct import_fix *all = items;
	const struct import_fix *x = &all[*(const uint32_t *)a];
	const struct import_fix *y = &all[*(const uint32_t *)b];

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

void fixes_index(struct fixes *f, struct arena *a,
    const struct import_fix *items, size_t count)
{
	size_t values = 0;
	struct import_fix *all = arena_memdup(a, items, count * sizeof(*items));

	*f = (struct fixes){.items = all, .count = count};
	f->rows = arena_raw(a, (count + 1) * sizeof(*f->rows));
	for (size_t i = 0; i < count; i++) {
		if (items[i].kind != FIX_VALUE) {
			f->rows[f->row_count++] = (uint32_t)i;
			continue;
		}
		values++;
		if (items[i].column > f->column_count)
			f->column_count = items[i].column;
	}
	qsort_r(f->rows, f->row_count, sizeof(*f->rows), by_row, all);
	if (values)
		index_values(f, a, values);
}

/* The place of the first correction of a row (or of a later one) in f->rows. */
static size_t first_of_row(const struct fixes *f, uint64_t row)
{
	size_t low = 0, high = f->row_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (f->items[f->rows[middle]].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The next correction of a row, from place *at on; NULL after the last. */
static const struct import_fix *next_of_row(
    const struct fixes *f, uint64_t row, size_t *at)
{
	if (*at >= f->row_count || f->items[f->rows[*at]].row != row)
		return NULL;
	return &f->items[f->rows[(*at)++]];
}

bool fixes_leave_out(const struct fixes *f, uint64_t row)
{
	size_t at = f ? first_of_row(f, row) : 0;
	const struct import_fix *x;

	while (f && (x = next_of_row(f, row, &at)))
		if (x->kind == FIX_OUT)
			return true;
	return false;
}

/* --- correcting --- */

struct fixing {
	const struct fixes *f;
	struct arena *arena;
	const struct record *from;
	struct record *to; /* a copy of it once the first cell is corrected */
	bool changed;
	uint64_t *used;
};

static void copy_record(struct fixing *x, size_t cells)
{
	const struct record *r = x->from;
	size_t n = cells > r->count ? cells : r->count;

	*x->to = *r;
	x->to->count = n;
	x->to->cells = arena_raw(x->arena, n * sizeof(*x->to->cells));
	x->to->lengths = arena_raw(x->arena, n * sizeof(*x->to->lengths));
	for (size_t i = 0; i < n; i++) {
		x->to->cells[i] = i < r->count ? r->cells[i] : "";
		x->to->lengths[i] = i < r->count ? r->lengths[i] : 0;
	}
	x->changed = true;
}

/* How many cells the row has with the last correction of its own. */
static size_t cells_of(const struct fixes *f, const struct record *r)
{
	size_t at = first_of_row(f, r->row);
	size_t cells = r->count;
	const struct import_fix *x;

	while ((x = next_of_row(f, r->row, &at)))
		if (x->column > cells)
			cells = x->column;
	return cells;
}

static void set_cell(struct fixing *x, size_t column, uint32_t index)
{
	const char *text = x->f->items[index].new_value;

	if (!x->changed)
		copy_record(x, cells_of(x->f, x->from));
	x->to->cells[column] = text;
	x->to->lengths[column] = strlen(text);
	if (x->used)
		x->used[index]++;
}

static void fix_cells(struct fixing *x)
{
	size_t at = first_of_row(x->f, x->from->row);
	const struct import_fix *fix;

	while ((fix = next_of_row(x->f, x->from->row, &at)))
		if (fix->kind == FIX_CELL)
			set_cell(
			    x, fix->column - 1, (uint32_t)(fix - x->f->items));
}

static const char *cell(const struct fixing *x, size_t column)
{
	const struct record *r = x->changed ? x->to : x->from;

	return column < r->count ? r->cells[column] : "";
}

static void fix_values(struct fixing *x)
{
	const struct fixes *f = x->f;
	size_t cells = x->from->count;

	for (size_t i = 0; i < f->column_count; i++) {
		if (!f->columns[i] || i >= (x->changed ? x->to->count : cells))
			continue;
		for (int step = 0; step < STEPS_MAX; step++) {
			uint32_t found =
			    find_value(f, (unsigned)i + 1, cell(x, i));

			if (!found)
				break;
			set_cell(x, i, found - 1);
		}
	}
}

bool fixes_apply(const struct fixes *f, struct arena *a, const struct record *r,
    struct record *out, uint64_t *used)
{
	struct fixing x = {f, a, r, out, false, used};

	if (!f || !f->count)
		return false;
	fix_cells(&x);
	fix_values(&x);
	return x.changed;
}

void checked_row_skip(struct arena *a, const struct record *r,
    enum problem_code code, const char *message, struct checked_row *out)
{
	struct problem *p = arena_alloc(a, sizeof(*p));

	*out = (struct checked_row){.row = r->row};
	p->row = r->row;
	p->column_name = "";
	p->code = problem_infos[code].code;
	p->level = problem_infos[code].level;
	p->message = message;
	out->problems = p;
	out->problem_count = 1;
}

void fixes_check_row(struct arena *a, const struct fixes *f,
    const struct check_context *c, const struct record *r,
    struct checked_row *out, uint64_t *used)
{
	struct record fixed;

	if (fixes_leave_out(f, r->row))
		checked_row_skip(a, r, LEFT_OUT,
		    "You left this row out before the import.", out);
	else if (fixes_apply(f, a, r, &fixed, used))
		check_row(a, c, &fixed, out);
	else
		check_row(a, c, r, out);
}
