/* test_contact_rewind.c: a contact as it was */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/contact/contact_rewind.h"

static struct arena a;

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

static struct contact_was now(void)
{
	static const char *tags[] = {"x"};
	struct contact_was was = {
	    .contact = {
		.attributes = "{\"Size\":4}", .tags = tags, .tag_count = 1}};

	for (int i = 0; i < FIELD_COUNT; i++)
		was.contact.value[i] = "now";
	return was;
}

static void test_what_it_names(void **state)
{
	struct contact_was was = now();

	(void)state;
	assert_true(contact_rewind(&a,
	    "{\"city\":\"P\\u00fcr \\\"x\\\"\",\"phone\":null,"
	    "\"attributes.Size\":null,\"attributes.Note\":\"n\","
	    "\"_tags\":[\"a\",\"b\"],\"_segments\":[\"s\"],\"_later\":1}",
	    &was));
	assert_string_equal(was.contact.value[FIELD_CITY], "P\xc3\xbcr \"x\"");
	assert_string_equal(was.contact.value[FIELD_PHONE], "");
	assert_string_equal(was.contact.value[FIELD_NAME], "now");
	assert_string_equal(was.contact.attributes, "{\"Note\":\"n\"}");
	assert_int_equal(was.contact.tag_count, 2);
	assert_string_equal(was.contact.tags[1], "b");
	assert_int_equal(was.segment_count, 1);
	assert_string_equal(was.segments[0], "s");
}

static void test_trash(void **state)
{
	struct contact_was was = now();

	(void)state;
	assert_true(contact_rewind(&a,
	    "{\"_tags\":[],\"_segments\":[],"
	    "\"_trashed_at\":\"2023-11-14T22:13:20.123Z\"}",
	    &was));
	assert_int_equal(was.contact.trashed_at, 1700000000123);
	assert_int_equal(was.contact.tag_count, 0);
	assert_true(contact_rewind(&a, "{\"_trashed_at\":null}", &was));
	assert_int_equal(was.contact.trashed_at, 0);
}

static void test_broken(void **state)
{
	struct contact_was was = now();

	(void)state;
	assert_false(contact_rewind(&a, "", &was));
	assert_false(contact_rewind(&a, "[]", &was));
	assert_false(contact_rewind(&a, "{\"city\":\"x\"", &was));
	assert_string_equal(was.contact.value[FIELD_CITY], "now");
	assert_true(contact_rewind(&a, "{}", &was));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_it_names),
	    cmocka_unit_test(test_trash),
	    cmocka_unit_test(test_broken),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
