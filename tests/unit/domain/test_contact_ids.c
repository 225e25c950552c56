/* test_contact_ids.c: contacts by their numbers */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "domain/filter/contact_ids.h"

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

static void test_added(void **state)
{
	struct contact_ids ids = {0};

	(void)state;
	assert_true(contact_ids_add(&a, "", &ids));
	assert_int_equal(ids.count, 0);
	assert_true(contact_ids_add(&a, "9,7,9", &ids));
	assert_true(contact_ids_add(&a, "12", &ids));
	assert_true(contact_ids_add(&a, "7,", &ids));
	assert_string_equal(contact_ids_text(&a, &ids), "7,9,12");
}

static void test_refused(void **state)
{
	static const char *const wrong[] = {
	    "x", "0", "-1", "1,,2", "1, 2", "1.5", "99999999999999999999", ","};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct contact_ids ids = {0};

		if (contact_ids_add(&a, wrong[i], &ids))
			fail_msg("%s", wrong[i]);
		assert_false(ids.full);
	}
}

static void test_many(void **state)
{
	struct contact_ids ids = {0};
	struct str s;

	(void)state;
	str_init(&s, 100000);
	for (int i = 1; i <= CONTACT_IDS_MAX; i++)
		str_printf(&s, "%d,", i);
	assert_true(contact_ids_add(&a, str_text(&s), &ids));
	assert_false(ids.full);
	assert_false(contact_ids_add(&a, "1001", &ids));
	assert_true(ids.full);
	assert_int_equal(ids.count, CONTACT_IDS_MAX);
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_added),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests_name(
	    "contact_ids", tests, setup, teardown);
}
