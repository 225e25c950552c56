/* test_import_columns.c: the mapping form laid over a plan */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#define COLUMNS 6

struct fixture {
	struct arena arena;
	struct import_plan plan;
	struct column_target targets[COLUMNS];
	struct import_column columns[COLUMNS];
	struct attribute book[2];
	struct form form;
};

static int set_up(void **state)
{
	static const char *const names[COLUMNS] = {
	    "Name", "Phone", "Colour", "Size", "Empty", "Column F"};
	struct fixture *f = xcalloc(1, sizeof(*f));

	arena_init(&f->arena);
	for (size_t i = 0; i < COLUMNS; i++) {
		f->columns[i].name = names[i];
		f->columns[i].filled = i == 4 ? 0 : 3;
	}
	f->targets[0] = (struct column_target){
	    .kind = TARGET_FIELD, .field = FIELD_NAME, .guessed = true};
	f->book[0] = (struct attribute){.name = "Colour", .type = TYPE_TEXT};
	f->book[1] = (struct attribute){.name = "Size", .type = TYPE_NUMBER};
	f->plan.columns = f->columns;
	f->plan.column_count = COLUMNS;
	f->plan.mapping = (struct mapping){f->targets, COLUMNS};
	f->plan.book = (struct attribute_list){f->book, 2};
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	free(f);
	return 0;
}

static void read_form(struct fixture *f, const char *text, const char *rest)
{
	memset(&f->form, 0, sizeof(f->form));
	assert_int_equal(
	    form_parse(&f->arena, &f->form, text, strlen(text), NULL),
	    STATUS_OK);
	columns_read(&f->arena, &f->form, rest, &f->plan);
}

static void test_fields(void **state)
{
	struct fixture *f = *state;

	read_form(
	    f, "c1=first_name&c2=phone&c3=none&c4=tags&c5=country_code", "");
	assert_int_equal(f->targets[0].field, FIELD_FIRST_NAME);
	assert_false(f->targets[0].guessed);
	assert_int_equal(f->targets[1].field, FIELD_PHONE);
	assert_int_equal(f->targets[2].kind, TARGET_NONE);
	assert_int_equal(f->targets[3].kind, TARGET_TAGS);
	assert_int_equal(f->targets[4].kind, TARGET_COUNTRY_CODE);
	assert_int_equal(f->targets[5].kind, TARGET_UNDECIDED);
}

static void test_what_is_not_sent_stays(void **state)
{
	struct fixture *f = *state;

	read_form(f, "c2=phone", "none");
	assert_int_equal(f->targets[0].field, FIELD_NAME);
	assert_true(f->targets[0].guessed);
	assert_int_equal(f->targets[5].kind, TARGET_UNDECIDED);
}

static void test_same_choice_stays_recognised(void **state)
{
	struct fixture *f = *state;

	read_form(f, "c1=name", "");
	assert_true(f->targets[0].guessed);
}

static void test_attributes(void **state)
{
	struct fixture *f = *state;

	read_form(f,
	    "c3=attr:Colour&c4=new&n4=%20Weight%20&t4=NUMBER&c5=new&n5=size"
	    "&t5=TEXT&c6=attr:Nothing",
	    "");
	assert_int_equal(f->targets[2].kind, TARGET_ATTRIBUTE);
	assert_false(f->targets[2].create);
	assert_string_equal(f->targets[3].attribute, "Weight");
	assert_true(f->targets[3].create);
	assert_int_equal(f->targets[3].type, TYPE_NUMBER);
	/* A name that the book has is that attribute, with its own type. */
	assert_string_equal(f->targets[4].attribute, "Size");
	assert_false(f->targets[4].create);
	assert_int_equal(f->targets[4].type, TYPE_NUMBER);
	assert_int_equal(f->targets[5].kind, TARGET_UNDECIDED);
}

static void test_hostile(void **state)
{
	struct fixture *f = *state;

	read_form(f,
	    "c0=phone&c7=phone&c99999999999=phone&c1=id&c2=TAGS&c3=attr:"
	    "&c4=new&t4=NOTHING",
	    "");
	assert_int_equal(f->targets[0].kind, TARGET_UNDECIDED);
	assert_int_equal(f->targets[1].kind, TARGET_UNDECIDED);
	assert_int_equal(f->targets[2].kind, TARGET_UNDECIDED);
	assert_int_equal(f->targets[3].kind, TARGET_ATTRIBUTE);
	assert_string_equal(f->targets[3].attribute, "");
	assert_int_equal(f->targets[3].type, TYPE_TEXT);
}

static void test_rest(void **state)
{
	struct fixture *f = *state;

	read_form(f, "c1=name&c2=&c3=&c6=", "none");
	assert_int_equal(f->targets[1].kind, TARGET_NONE);
	assert_int_equal(f->targets[2].kind, TARGET_NONE);
	read_form(f, "c3=&c6=", "create");
	assert_int_equal(f->targets[2].kind, TARGET_ATTRIBUTE);
	assert_false(f->targets[2].create);
	assert_string_equal(f->targets[5].attribute, "Column F");
	assert_true(f->targets[5].create);
	read_form(f, "c3=", "anything");
	assert_int_equal(f->targets[2].kind, TARGET_UNDECIDED);
}

static void test_empty_columns(void **state)
{
	struct fixture *f = *state;

	columns_leave_empty(&f->plan);
	assert_int_equal(f->targets[0].kind, TARGET_FIELD);
	assert_int_equal(f->targets[1].kind, TARGET_UNDECIDED);
	assert_int_equal(f->targets[4].kind, TARGET_NONE);
}

static void test_values_come_back(void **state)
{
	struct fixture *f = *state;

	read_form(f, "c1=email&c2=tags&c3=attr:Colour&c4=new&n4=W&c5=none", "");
	static const char *const values[] = {
	    "email", "tags", "attr:Colour", "new", "none", ""};

	for (size_t i = 0; i < COLUMNS; i++)
		assert_string_equal(
		    column_target_value(&f->arena, &f->targets[i]), values[i]);
	assert_string_equal(
	    column_target_text(&f->arena, &f->targets[5]), "not decided yet");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_fields),
	    TEST(test_what_is_not_sent_stays),
	    TEST(test_same_choice_stays_recognised),
	    TEST(test_attributes),
	    TEST(test_hostile),
	    TEST(test_rest),
	    TEST(test_empty_columns),
	    TEST(test_values_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
