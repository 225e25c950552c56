/* test_fix.c: tests of domain/import/fix.c and changes.c */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "domain/import/changes.h"
#include "domain/import/fix.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* A row of three cells. */
static struct record record(
    uint64_t row, const char *a, const char *b, const char *c)
{
	struct record r = {.row = row, .count = 3};

	r.cells = arena_alloc(&arena, 3 * sizeof(*r.cells));
	r.lengths = arena_alloc(&arena, 3 * sizeof(*r.lengths));
	r.cells[0] = a;
	r.cells[1] = b;
	r.cells[2] = c;
	for (size_t i = 0; i < 3; i++)
		r.lengths[i] = strlen(r.cells[i]);
	return r;
}

static const char *joined(const struct record *r)
{
	const char *text = "";

	for (size_t i = 0; i < r->count; i++) {
		assert_int_equal(strlen(r->cells[i]), r->lengths[i]);
		text = arena_printf(
		    &arena, "%s%s%s", text, i ? "~" : "", r->cells[i]);
	}
	return text;
}

/* The row as corrected; NULL when it stays as it is. */
static const char *fixed(const struct fixes *f, struct record r, uint64_t *used)
{
	struct record out;

	return fixes_apply(f, &arena, &r, &out, used) ? joined(&out) : NULL;
}

static const struct import_fix items[] = {
    {.kind = FIX_VALUE, .column = 2, .old_value = "Yes", .new_value = "TRUE"},
    {.kind = FIX_VALUE, .column = 2, .old_value = "", .new_value = "FALSE"},
    {.kind = FIX_CELL, .row = 4, .column = 3, .new_value = "Roma"},
    {.kind = FIX_CELL, .row = 4, .column = 1, .new_value = "Ana"},
    {.kind = FIX_OUT, .row = 9},
    {.kind = FIX_VALUE, .column = 3, .old_value = "a", .new_value = "b"},
    {.kind = FIX_VALUE, .column = 3, .old_value = "b", .new_value = "c"},
    {.kind = FIX_VALUE, .column = 1, .old_value = "x", .new_value = "y"},
    {.kind = FIX_VALUE, .column = 1, .old_value = "y", .new_value = "x"},
    {.kind = FIX_CELL, .row = 5, .column = 5, .new_value = "far"},
    {.kind = FIX_CELL, .row = 6, .column = 2, .new_value = "Yes"},
};
#define ITEMS (sizeof(items) / sizeof(*items))

static void test_values_everywhere_in_a_column(void **state)
{
	struct fixes f;
	uint64_t used[ITEMS] = {0};

	(void)state;
	fixes_index(&f, &arena, items, ITEMS);
	assert_string_equal(
	    fixed(&f, record(2, "Yes", "Yes", "Yes"), used), "Yes~TRUE~Yes");
	assert_string_equal(
	    fixed(&f, record(3, "Bo", "", "Oslo"), used), "Bo~FALSE~Oslo");
	assert_null(fixed(&f, record(3, "Bo", "yes", "Oslo"), used));
	assert_null(fixed(&f, record(3, "Bo", "Yes ", "Oslo"), used));
	/* One after the other, in whatever order they were made. */
	assert_string_equal(
	    fixed(&f, record(3, "Bo", "no", "a"), used), "Bo~no~c");
	assert_int_equal(used[0], 1);
	assert_int_equal(used[1], 1);
	assert_int_equal(used[5], 1);
	assert_int_equal(used[6], 1);
}

static void test_a_circle_ends(void **state)
{
	struct fixes f;

	(void)state;
	fixes_index(&f, &arena, items, ITEMS);
	assert_non_null(fixed(&f, record(3, "x", "no", "d"), NULL));
}

static void test_cells_of_one_row(void **state)
{
	struct fixes f;
	struct record r = record(4, "Anna", "no", "Rom");
	struct record out;

	(void)state;
	fixes_index(&f, &arena, items, ITEMS);
	assert_true(fixes_apply(&f, &arena, &r, &out, NULL));
	assert_string_equal(joined(&out), "Ana~no~Roma");
	assert_ptr_equal(out.cells[1], r.cells[1]);
	assert_string_equal(r.cells[0], "Anna");
	/* A cell that the row does not have. */
	assert_string_equal(
	    fixed(&f, record(5, "Bo", "no", "d"), NULL), "Bo~no~d~~far");
	/* A value's correction counts for a corrected cell as well. */
	assert_string_equal(
	    fixed(&f, record(6, "Bo", "maybe", "d"), NULL), "Bo~TRUE~d");
}

static void test_rows_left_out(void **state)
{
	struct fixes f;
	struct record r = record(9, "Bo", "no", "d");
	struct checked_row row;
	const struct check_context none = {0};

	(void)state;
	fixes_index(&f, &arena, items, ITEMS);
	assert_true(fixes_leave_out(&f, 9));
	assert_false(fixes_leave_out(&f, 4));
	assert_false(fixes_leave_out(&f, 8));
	assert_false(fixes_leave_out(&f, UINT64_MAX));
	assert_false(fixes_leave_out(NULL, 9));
	fixes_check_row(&arena, &f, &none, &r, &row, NULL);
	assert_int_equal(row.row, 9);
	assert_int_equal(row.problem_count, 1);
	assert_string_equal(row.problems[0].code, "left-out");
	assert_false(row.rejected);
}

static void test_no_corrections(void **state)
{
	struct fixes f;

	(void)state;
	fixes_index(&f, &arena, items, 0);
	assert_null(fixed(&f, record(4, "Anna", "Yes", "Rom"), NULL));
	assert_null(fixed(NULL, record(4, "Anna", "Yes", "Rom"), NULL));
	assert_false(fixes_leave_out(&f, 9));
}

static void test_changes_there_and_back(void **state)
{
	struct changes c;
	struct changes_reader r;
	struct changed_row row;
	size_t n;

	(void)state;
	changes_init(&c, &arena);
	changes_end_row(&c, UINT64_MAX);
	changes_note(&c, "city");
	changes_note(&c, "attributes.Size");
	changes_end_row(&c, 7);
	changes_note(&c, "attributes.Size");
	changes_end_row(&c, 8);
	assert_int_equal(c.field_count, 2);
	assert_int_equal(c.rows[0], 1);
	assert_int_equal(c.rows[1], 2);
	const char *packed = changes_pack(&c, &n);

	changes_release(&c);
	changes_open(&r, &arena, packed, n);
	assert_true(changes_next(&r, &row));
	assert_true(row.contact == UINT64_MAX && row.field_count == 0);
	assert_true(changes_next(&r, &row));
	assert_int_equal(row.contact, 7);
	assert_int_equal(row.field_count, 2);
	assert_string_equal(row.fields[0], "city");
	assert_string_equal(row.fields[1], "attributes.Size");
	assert_true(changes_next(&r, &row));
	assert_string_equal(row.fields[0], "attributes.Size");
	assert_false(changes_next(&r, &row));
	/* Cut anywhere it ends early, and nothing else happens. */
	for (size_t cut = 0; cut < n; cut++) {
		changes_open(
		    &r, &arena, arena_memdup(&arena, packed, cut), cut);
		while (changes_next(&r, &row))
			assert_true(row.field_count <= 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		test_values_everywhere_in_a_column, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		test_a_circle_ends, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		test_cells_of_one_row, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		test_rows_left_out, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		test_no_corrections, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		test_changes_there_and_back, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
