/* test_contact_state.c: which state of a chat follows which */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/contact/contact.h"
#include "domain/contact/contact_state.h"

/* One row a state before, in the order of `keys`, '1' where it is allowed. */
static const char *const keys[] = {
    "", "requesting", "intervened", "closed", "handled_by_assistant"};
static const char *const allowed[] = {
    "01111", /* none */
    "01111", /* requesting */
    "01110", /* intervened */
    "01010", /* closed */
    "01111", /* handled by assistant */
};

static void test_each_pair(void **state)
{
	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < 5; k++)
			assert_int_equal(contact_state_allows(keys[i], keys[k]),
			    i == k || allowed[i][k] == '1');
	assert_false(contact_state_allows("closed", "asleep"));
}

static void test_next(void **state)
{
	const struct contact_state *next[CONTACT_STATES];

	(void)state;
	assert_int_equal(contact_state_next("", next), CONTACT_STATES);
	assert_int_equal(contact_state_next("requesting", next), 3);
	assert_int_equal(contact_state_next("intervened", next), 2);
	assert_int_equal(contact_state_next("handled_by_assistant", next), 3);
	assert_int_equal(contact_state_next("closed", next), 1);
	assert_string_equal(next[0]->key, "requesting");
}

static void test_refusal(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(contact_state_refusal(&a, "closed", "intervened"),
	    "A chat that is Closed cannot become Intervened. It can become "
	    "Requesting (requesting).");
	assert_string_equal(contact_state_refusal(&a, "intervened", ""),
	    "The state of a chat that is Intervened cannot be taken away. It "
	    "can become Requesting (requesting) or Closed (closed).");
	assert_string_equal(contact_state_label("x"), "x");
	arena_release(&a);
}

/* formats.md A9: at most 24 hours old. */
static void test_active(void **state)
{
	struct contact c = {.last_active = 1000};
	int64_t day = 24 * 3600 * 1000;

	(void)state;
	assert_true(contact_is_active(&c, 1000));
	assert_true(contact_is_active(&c, 1000 + day));
	assert_false(contact_is_active(&c, 1001 + day));
	c.last_active = 0;
	assert_false(contact_is_active(&c, 1000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_pair),
	    cmocka_unit_test(test_next),
	    cmocka_unit_test(test_refusal),
	    cmocka_unit_test(test_active),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
