/* test_contact_compare.c: which of two values stays, unless somebody chooses
 */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/contact/contact_compare.h"

static struct arena a;

static struct contact empty(void)
{
	struct contact c = {.attributes = "{}"};

	for (int f = 0; f < FIELD_COUNT; f++)
		c.value[f] = "";
	return c;
}

static struct comparison compared(
    const struct contact *mine, const struct contact *theirs)
{
	struct comparison c;

	contact_compare(&a, mine, theirs, &c);
	return c;
}

static void test_fields(void **state)
{
	static const struct {
		enum contact_field field;
		const char *mine;
		const char *theirs;
		enum merge_side side;
	} cases[] = {
	    {FIELD_CITY, "", "Pune", MERGE_OTHER},
	    {FIELD_CITY, "Pune", "", MERGE_THIS},
	    {FIELD_CITY, "Pune", "Agra", MERGE_THIS},
	    {FIELD_NAME, "Ann", "Ann Berg", MERGE_OTHER},
	    /* longer in signs, not in bytes */
	    {FIELD_NAME, "Anna", "\xe7\x8e\x8b\xe6\x95\x8f", MERGE_THIS},
	    {FIELD_EMAIL, "a@b.example", "longer@b.example", MERGE_THIS},
	    {FIELD_EMAIL, "", "a@b.example", MERGE_OTHER},
	    {FIELD_PHONE, "+4712345678", "+919876543210", MERGE_THIS},
	    {FIELD_SOURCE, "API", "IMPORT", MERGE_THIS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct contact mine = empty(), theirs = empty();

		mine.value[cases[i].field] = cases[i].mine;
		theirs.value[cases[i].field] = cases[i].theirs;
		struct comparison c = compared(&mine, &theirs);

		assert_int_equal(c.count, 1);
		assert_string_equal(
		    c.rows[0].key, contact_fields[cases[i].field].key);
		assert_int_equal(c.rows[0].side, cases[i].side);
		assert_true(c.rows[0].differ);
		assert_false(c.rows[0].decided);
	}
}

static void test_state(void **state)
{
	struct contact mine = empty(), theirs = empty();

	(void)state;
	mine.value[FIELD_STATE] = "closed";
	theirs.value[FIELD_STATE] = "requesting";
	mine.last_active = 1;
	assert_int_equal(compared(&mine, &theirs).rows[0].side, MERGE_THIS);
	theirs.last_active = 2;
	assert_int_equal(compared(&mine, &theirs).rows[0].side, MERGE_OTHER);
}

static void test_consent(void **state)
{
	static const char early[] = "2023-01-01T00:00:00.000Z";
	static const char late[] = "2024-01-01T00:00:00.000Z";
	static const struct {
		const char *mine;
		const char *at;
		const char *theirs;
		const char *other_at;
		enum merge_side side;
	} cases[] = {
	    {"no", early, "yes", late, MERGE_OTHER},
	    {"no", late, "yes", early, MERGE_THIS},
	    {"no", early, "yes", early, MERGE_THIS},
	    {"no", "", "yes", late, MERGE_THIS},
	    {"no", early, "yes", "", MERGE_THIS},
	    {"yes", late, "no", early, MERGE_THIS},
	    {"yes", early, "no", late, MERGE_OTHER},
	    {"yes", early, "no", early, MERGE_OTHER},
	    {"yes", late, "no", "", MERGE_OTHER},
	    {"yes", "", "no", early, MERGE_OTHER},
	    {"yes", early, "yes", late, MERGE_OTHER},
	    {"no", late, "no", early, MERGE_THIS},
	    {"", "", "yes", "", MERGE_OTHER},
	    {"no", "", "", "", MERGE_THIS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct contact mine = empty(), theirs = empty();

		mine.value[FIELD_WHATSAPP_OPTED] = cases[i].mine;
		mine.value[FIELD_WHATSAPP_OPTED_AT] = cases[i].at;
		theirs.value[FIELD_WHATSAPP_OPTED] = cases[i].theirs;
		theirs.value[FIELD_WHATSAPP_OPTED_AT] = cases[i].other_at;
		struct comparison c = compared(&mine, &theirs);

		for (size_t k = 0; k < c.count; k++) {
			if (c.rows[k].side != cases[i].side)
				fail_msg("case %zu", i);
			assert_true(c.rows[k].decided);
		}
	}
}

static void test_attributes(void **state)
{
	struct contact mine = empty(), theirs = empty();

	(void)state;
	mine.attributes = "{\"a\":1,\"b\":\"x\",\"c\":[1]}";
	theirs.attributes = "{\"a\":1,\"b\":\"xy\",\"d\":false}";
	struct comparison c = compared(&mine, &theirs);

	assert_int_equal(c.count, 4);
	assert_false(comparison_find(&c, "attributes.a")->differ);
	assert_int_equal(
	    comparison_find(&c, "attributes.b")->side, MERGE_OTHER);
	assert_int_equal(comparison_find(&c, "attributes.c")->side, MERGE_THIS);
	assert_int_equal(
	    comparison_find(&c, "attributes.d")->side, MERGE_OTHER);
	assert_string_equal(
	    comparison_find(&c, "attributes.d")->theirs_json, "false");
	assert_null(comparison_find(&c, "attributes.d")->mine_json);
	assert_null(comparison_find(&c, "city"));
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_state),
	    cmocka_unit_test(test_consent),
	    cmocka_unit_test(test_attributes),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
