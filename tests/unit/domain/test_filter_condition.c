/* test_filter_condition.c: the conditions of a filter, and their texts */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "domain/filter/filter_condition.h"

static struct arena a;

static struct attribute attributes[] = {
    {{1}, "LTV", "Lifetime value", TYPE_NUMBER},
    {{2}, "plan", "", TYPE_TEXT},
    {{3}, "vip", "", TYPE_BOOLEAN},
    {{4}, "since", "", TYPE_DATE},
    {{5}, "seen", "", TYPE_DATETIME},
    {{6}, "opens", "", TYPE_TIME},
    {{7}, "langs", "", TYPE_ARRAY},
    {{8}, "box", "", TYPE_OBJECT},
    {{9}, "a~b.is", "", TYPE_TEXT},
};
static const struct attribute_list book = {attributes, 9};
/* 2001-09-09T01:46:40Z */
static const struct filter_context context = {"IN", &book, 1000000000000};

static int setup(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

static struct contact_condition make(const char *text)
{
	struct contact_condition c;
	struct filter_row row;

	if (!filter_row_read(&a, text, &row))
		fail_msg("%s is not read", text);
	const char *problem = filter_condition_make(&a, &row, &context, &c);

	if (problem)
		fail_msg("%s: %s", text, problem);
	return c;
}

static void refuse(const char *text, const char *part)
{
	struct contact_condition c;
	struct filter_row row;

	if (!filter_row_read(&a, text, &row))
		fail_msg("%s is not read", text);
	const char *problem = filter_condition_make(&a, &row, &context, &c);

	if (!problem || !strstr(problem, part))
		fail_msg("%s: %s", text, problem ? problem : "is taken");
}

static void again(const char *text, const char *as)
{
	struct filter_row row;

	assert_true(filter_row_read(&a, text, &row));
	assert_string_equal(filter_row_text(&a, &row), as);
}

static void test_texts(void **state)
{
	static const char *const broken[] = {"", "~", "city", "city~", "~is",
	    "city~is~", "city~is~ ", "city~is~~x", "city~any~a~",
	    "city~is~a~ ~b"};
	static char many[500];
	struct filter_row row;

	(void)state;
	again("city~is~Pune", "city~is~Pune");
	again(" city ~ is ~ New Delhi ", "city~is~New Delhi");
	again("attr.a\\~b.is~is~x\\~y\\~", "attr.a\\~b.is~is~x\\~y\\~");
	again("city~is~a\\b", "city~is~a\\\\b");
	again("city~is~\\", "city~is~\\\\");
	assert_true(filter_row_read(&a, "tag~any~a\\~~\\~b\\\\", &row));
	assert_string_equal(row.values[0], "a~");
	assert_string_equal(row.values[1], "~b\\");
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++)
		if (filter_row_read(&a, broken[i], &row) && *row.op)
			fail_msg("%s is read", broken[i]);
	memcpy(many, "tag~any", 8);
	for (size_t i = 0; i <= FILTER_VALUES_MAX; i++)
		memcpy(many + 7 + 2 * i, "~x", 3);
	assert_false(filter_row_read(&a, many, &row));
	many[7 + 2 * FILTER_VALUES_MAX] = '\0';
	assert_true(filter_row_read(&a, many, &row));
	assert_int_equal(row.value_count, FILTER_VALUES_MAX);
}

/* Every operator of every field is taken with as many values as it asks for,
 * and with no other number. */
static void test_all_operators(void **state)
{
	static const char *const values[KIND_COUNT] = {
	    [KIND_TEXT] = "x",
	    [KIND_ID] = "x",
	    [KIND_PHONE] = "98765 43210",
	    [KIND_STATE] = "closed",
	    [KIND_OPTED] = "no",
	    [KIND_STATUS] = "active",
	    [KIND_MOMENT] = "2020-02-29",
	    [KIND_NUMBER] = "-1e3",
	    [KIND_WORDS] = "x",
	    [KIND_DATE] = "2020-02-29",
	    [KIND_TIME] = "09:30",
	    [KIND_DATETIME] = "2020-02-29T09:30:00+05:30",
	    [KIND_FLAG] = "yes",
	    [KIND_LIST] = "x",
	    [KIND_THING] = "x",
	    [KIND_TAG] = "x",
	    [KIND_SEGMENT] = "x",
	    [KIND_IMPORT] = "7",
	    [KIND_CAMPAIGN] = "x",
	};
	struct filter_field f;

	(void)state;
	for (size_t i = 0; filter_field_at(&a, &book, i, &f); i++)
		for (const struct filter_op *op = filter_ops; op->key; op++) {
			const char *value[3] = {
			    values[f.kind], values[f.kind], values[f.kind]};
			struct filter_row row = {f.key, op->key, value,
			    op->arity == VALUES_MANY ? 2 : (size_t)op->arity,
			    0};
			struct contact_condition c;

			if (!(op->kinds & 1u << f.kind))
				continue;
			if (strstr(op->key, "last"))
				value[0] = "30";
			const char *problem =
			    filter_condition_make(&a, &row, &context, &c);

			if (problem)
				fail_msg("%s %s: %s", f.key, op->key, problem);
			row.value_count = op->arity == VALUES_MANY ? 0 : 3;
			assert_non_null(
			    filter_condition_make(&a, &row, &context, &c));
		}
}

static void test_words(void **state)
{
	struct contact_condition c = make("city~not~Pune");

	(void)state;
	assert_int_equal(c.subject, SUBJECT_FIELD);
	assert_int_equal(c.field, FIELD_CITY);
	assert_true(c.negated);
	c = make("user_id~is~U1");
	assert_int_equal(c.test, TEST_IS_LOOSE);
	c = make("email~empty");
	assert_int_equal(c.test, TEST_FILLED);
	assert_true(c.negated);
	c = make("whatsapp_opted~is~unknown");
	assert_string_equal(c.values[0], "");
	c = make("state~is~Handled by Assistant");
	assert_string_equal(c.values[0], "handled_by_assistant");
	c = make("attr.PLAN~starts~go");
	assert_int_equal(c.subject, SUBJECT_ATTRIBUTE_TEXT);
	assert_string_equal(c.name, "$.\"plan\"");
	c = make("attr.a\\~b.is~is~x");
	assert_string_equal(c.name, "$.\"a~b.is\"");
}

static void test_phones(void **state)
{
	struct contact_condition c = make("phone~is~98765 43210");

	(void)state;
	assert_int_equal(c.subject, SUBJECT_PHONE);
	assert_int_equal(c.start_count, 0);
	c = make("phone~starts~+39");
	assert_int_equal(c.subject, SUBJECT_FIELD);
	assert_string_equal(c.values[0], "+39");
	c = make("phone~starts~0039");
	assert_string_equal(c.values[0], "+39");
	c = make("phone~starts~98765");
	assert_int_equal(c.subject, SUBJECT_PHONE);
	assert_int_equal(c.value_count, 0);
	assert_string_equal(c.starts[1], "+9198765");
	c = make("phone~contains~(98) 7-65");
	assert_string_equal(c.values[0], "98765");
	refuse("phone~is~abc", "telephone");
	refuse("phone~contains~a", "digits");
	refuse("phone~starts~1+2", "digits");
}

static int64_t at(const char *text)
{
	int64_t ms = 0;

	assert_true(clock_parse(text, false, &ms));
	return ms;
}

static void expect_range(const char *text, const char *from, const char *until)
{
	struct contact_condition c = make(text);

	assert_int_equal(c.subject, SUBJECT_MOMENT);
	assert_true(c.from == (from ? at(from) : INT64_MIN));
	assert_true(c.until == (until ? at(until) : INT64_MAX));
}

static void test_moments(void **state)
{
	(void)state;
	expect_range("created_at~is~2020-02-29", "2020-02-29", "2020-03-01");
	expect_range("created_at~before~2020-02-29", NULL, "2020-02-29");
	expect_range("created_at~after~2020-02-29", "2020-03-01", NULL);
	expect_range("last_active~between~2020-02-28~2020-02-29", "2020-02-28",
	    "2020-03-01");
	expect_range("updated_at~after~2020-02-29T10:00:00Z",
	    "2020-02-29T10:00:00.001Z", NULL);
	expect_range("whatsapp_opted_at~is~2020-02-29T10:00:00+05:30",
	    "2020-02-29T04:30:00Z", "2020-02-29T04:30:00.001Z");
	expect_range("last_active~last~2", "2001-09-07T01:46:40Z",
	    "2001-09-09T01:46:40.001Z");
	refuse("created_at~is~2020-02-30", "day such as");
	refuse("created_at~last~0", "number of days");
	refuse("created_at~last~-1", "number of days");
	refuse("created_at~last~36501", "number of days");
	refuse("created_at~last~1e3", "number of days");
}

static void expect_texts(const char *text, const char *from, const char *until)
{
	struct contact_condition c = make(text);

	assert_int_equal(c.subject, SUBJECT_ATTRIBUTE_RANGE);
	if (from)
		assert_string_equal(c.values[0], from);
	else
		assert_null(c.values[0]);
	if (until)
		assert_string_equal(c.values[1], until);
	else
		assert_null(c.values[1]);
}

static void test_attribute_times(void **state)
{
	(void)state;
	expect_texts("attr.since~is~2020-02-29", "2020-02-29", "2020-03-01");
	expect_texts("attr.since~before~2020-02-29", NULL, "2020-02-29");
	expect_texts("attr.since~last~1", "2001-09-08", "2001-09-10");
	expect_texts("attr.since~is~9999-12-31", "9999-12-31", NULL);
	assert_int_equal(
	    make("attr.since~after~9999-12-31").subject, SUBJECT_NOTHING);
	expect_texts("attr.seen~before~2020-02-29T10:00:00Z", NULL,
	    "2020-02-29T10:00:00.000Z");
	expect_texts("attr.seen~between~2020-02-28~2020-02-29",
	    "2020-02-28T00:00:00.000Z", "2020-03-01T00:00:00.000Z");
	expect_texts("attr.opens~is~09:30", "09:30:00", "09:30:01");
	expect_texts("attr.opens~after~23:59:59", "24:00:00", NULL);
	refuse("attr.since~is~2020-02-29T10:00:00Z", "a day such as");
	refuse("attr.opens~is~9.30", "a time such as");
	refuse("attr.opens~last~3", "no operator");
}

static void test_several(void **state)
{
	struct contact_condition c = make("tag~all~a~b");

	(void)state;
	assert_int_equal(c.subject, SUBJECT_ALL);
	assert_int_equal(c.part_count, 2);
	assert_int_equal(c.parts[1].subject, SUBJECT_TAG);
	assert_string_equal(c.parts[1].values[0], "b");
	c = make("tag~none~a~b");
	assert_int_equal(c.subject, SUBJECT_TAG);
	assert_int_equal(c.value_count, 2);
	assert_true(c.negated);
	c = make("attr.langs~all~en~it");
	assert_int_equal(c.parts[0].subject, SUBJECT_ATTRIBUTE_LIST);
	assert_string_equal(c.parts[0].name, "$.\"langs\"");
	c = make("import~met~3~4");
	assert_int_equal(c.subject, SUBJECT_ANY);
	assert_int_equal(c.parts[1].id, 4);
	c = make("import~error~3");
	assert_int_equal(c.subject, SUBJECT_IMPORT_ERROR);
	refuse("import~made~x", "number of an import");
	refuse("import~made~0", "number of an import");
}

static void test_refused(void **state)
{
	static char text[2000];

	(void)state;
	refuse("colour~is~red", "no field \"colour\"");
	refuse("attr.colour~is~red", "no field");
	refuse("city~more~3", "it has is, not, contains");
	refuse("attr.box~is~1", "no operator");
	refuse("city~IS~x", "no operator");
	refuse("city~is", "takes one value");
	refuse("city~is~a~b", "takes one value");
	refuse("city~empty~x", "takes no value");
	refuse("attr.LTV~between~1", "takes two values");
	refuse("tag~any", "at least one value");
	refuse("attr.LTV~more~many", "Lifetime value takes a number");
	refuse("attr.vip~is~maybe", "true or false");
	refuse("status~is~asleep", "active or inactive");
	refuse("state~is~asleep", "requesting");
	refuse("whatsapp_opted~is~maybe", "yes, no or unknown");
	memcpy(text, "city~is~", 9);
	memset(text + 8, 'x', 1500);
	refuse(text, "too long");
	refuse("city'; DROP TABLE contact; --~is~x", "no field");
}

static void expect_plain(const char *text, const char *name)
{
	struct filter_field f;
	struct filter_row row;
	const char *plain = NULL, *value = NULL;

	assert_true(filter_row_read(&a, text, &row));
	assert_true(filter_field_find(&a, &book, row.field, &f));
	bool is = filter_row_plain(&a, &f, &row, &plain, &value);

	assert_true(is == (name != NULL));
	if (name)
		assert_string_equal(plain, name);
}

static void test_plain(void **state)
{
	(void)state;
	expect_plain("city~is~x", "city");
	expect_plain("tag~any~x", "tag");
	expect_plain("tag~any~x~y", NULL);
	expect_plain("tag~none~x", NULL);
	expect_plain("segment~in~x", "segment");
	expect_plain("attr.ltv~is~3", "attr.LTV");
	expect_plain("user_id~is~x", NULL);
	expect_plain("created_at~is~2020-01-01", NULL);
	expect_plain("city~not~x", NULL);
}

static void test_for_people(void **state)
{
	struct filter_words w;
	struct filter_row row;

	(void)state;
	assert_true(filter_row_read(&a, "attr.ltv~between~1~2", &row));
	assert_true(filter_words_of(&a, &row, &book, &w));
	assert_string_equal(w.field, "Lifetime value");
	assert_string_equal(w.op, "is between");
	assert_string_equal(w.values, "1 and 2");
	row.op = "x";
	assert_false(filter_words_of(&a, &row, &book, &w));
	row.field = "x";
	assert_false(filter_words_of(&a, &row, &book, &w));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_all_operators),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_phones),
	    cmocka_unit_test(test_moments),
	    cmocka_unit_test(test_attribute_times),
	    cmocka_unit_test(test_several),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_plain),
	    cmocka_unit_test(test_for_people),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
