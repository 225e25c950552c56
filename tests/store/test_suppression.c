/* test_suppression.c: the list of people who are not to come back */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "domain/privacy/suppression.h"
#include "storage/suppression_store.h"
#include "support/store_test.h"

static struct conf other; /* with another secret */
static struct db *other_db;

static int setup(void **state)
{
	(void)state;
	conf_load(&conf);
	other = conf;
	other.privacy_key = "another secret than that of the file";
	db = db_new(&conf, false);
	other_db = db_new(&other, false);
	arena_init(&a);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_free(db);
	db_free(other_db);
	arena_release(&a);
	return 0;
}

static struct suppression_value phone(const char *value, size_t person)
{
	return (struct suppression_value){SUPPRESSION_PHONE, value, person};
}

static struct suppression_value email(const char *value, size_t person)
{
	return (struct suppression_value){SUPPRESSION_EMAIL, value, person};
}

static uint64_t entries(void)
{
	struct suppression_state state;

	OK(suppression_state_get(db, SUPPRESSION_LOOK, &state, &e));
	return state.entries;
}

static void add(const struct suppression_value *values, size_t n,
    enum suppression_reason reason, int64_t at)
{
	OK(db_begin(db, &e));
	OK(suppression_add(db, &a, values, n, reason, at, "test", &e));
	OK(db_commit(db, &e));
}

static struct suppression look(struct suppression_value value)
{
	struct suppression *found;

	OK(suppression_look(db, &a, &value, 1, false, &found, &e));
	return found ? *found : (struct suppression){.listed = false};
}

static void lift(const struct suppression *s, uint64_t expected)
{
	uint64_t lifted = 0;

	OK(db_begin(db, &e));
	OK(suppression_lift(db, s, 1, &lifted, &e));
	OK(db_commit(db, &e));
	assert_int_equal(lifted, expected);
}

static void test_added_and_found(void **state)
{
	const struct suppression_value keys[] = {
	    phone("+391110000001", 0),
	    email("Ada@Example.org", 0),
	    {SUPPRESSION_USER_ID, "", 0},
	    {SUPPRESSION_WA_USER_ID, NULL, 0},
	    phone("+391110000001", 0),
	};
	uint64_t before = entries();

	(void)state;
	add(keys, 5, SUPPRESSION_ERASED, 1000);
	assert_int_equal(entries(), before + 2);
	assert_true(look(keys[0]).listed);
	assert_true(look(email("aDA@example.ORG", 0)).listed);
	assert_int_equal(look(keys[0]).at, 1000);
	assert_int_equal(look(keys[0]).reason, SUPPRESSION_ERASED);
	assert_int_equal(look(keys[0]).person, look(keys[1]).person);
	assert_false(look(phone("+391110000009", 0)).listed);
	/* An id that looks like the number is not the number. */
	assert_false(look(
	    (struct suppression_value){SUPPRESSION_USER_ID, "+391110000001", 0})
			 .listed);
}

static void test_many_are_looked_up_at_once(void **state)
{
	struct suppression_value keys[1203];
	struct suppression *found;

	(void)state;
	for (size_t i = 0; i < 1203; i++)
		keys[i] = phone(arena_printf(&a, "+392%09zu", i), i);
	add(keys, 1203, SUPPRESSION_OPTED_OUT, 5);
	keys[7].value = "";
	keys[600].value = "+393000000000";
	OK(suppression_look(db, &a, keys, 1203, true, &found, &e));
	assert_non_null(found);
	for (size_t i = 0; i < 1203; i++)
		assert_int_equal(found[i].listed, i != 7 && i != 600);
	assert_int_not_equal(found[1].person, found[2].person);
}

/* How many of some keys are listed; so many that what the process remembers of
 * the list is used. */
static size_t listed_of(const struct suppression_value *keys, size_t n)
{
	struct suppression *found;
	size_t count = 0;

	OK(db_begin(db, &e));
	OK(suppression_look(db, &a, keys, n, true, &found, &e));
	OK(db_commit(db, &e));
	for (size_t i = 0; found && i < n; i++)
		count += found[i].listed;
	return count;
}

static void test_the_list_changes_between_looks(void **state)
{
	struct suppression_value keys[1000];
	struct db *second = db_new(&conf, false);

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		keys[i] = phone(arena_printf(&a, "+394%09zu", i), i);
	assert_int_equal(listed_of(keys, 1000), 0);
	/* What was not committed is not remembered. */
	OK(db_begin(db, &e));
	OK(suppression_add(db, &a, keys, 1, SUPPRESSION_ERASED, 5, "test", &e));
	db_rollback(db);
	assert_int_equal(listed_of(keys, 1000), 0);
	/* Another process adds some, one by one. */
	for (size_t i = 0; i < 3; i++) {
		OK(db_begin(second, &e));
		OK(suppression_add(second, &a, &keys[i * 400], 1,
		    SUPPRESSION_ERASED, 5, "test", &e));
		OK(db_commit(second, &e));
		assert_int_equal(listed_of(keys, 1000), i + 1);
	}
	struct suppression s = look(keys[400]);

	lift(&s, 1);
	assert_int_equal(listed_of(keys, 1000), 2);
	db_free(second);
}

static void test_added_twice(void **state)
{
	struct suppression_value key = phone("+391110000002", 0);
	uint64_t before = entries();

	(void)state;
	add(&key, 1, SUPPRESSION_ERASED, 2000);
	add(&key, 1, SUPPRESSION_OPTED_OUT, 1000);
	assert_int_equal(entries(), before + 1);
	assert_int_equal(look(key).reason, SUPPRESSION_ERASED);
	assert_int_equal(look(key).at, 2000);
	add(&key, 1, SUPPRESSION_OPTED_OUT, 3000);
	assert_int_equal(look(key).at, 3000);
}

static void test_lifted(void **state)
{
	const struct suppression_value keys[] = {phone("+391110000003", 0),
	    email("bo@example.org", 0), phone("+391110000004", 1),
	    email("shared@example.org", 1)};
	struct suppression s;

	(void)state;
	add(keys, 4, SUPPRESSION_ERASED, 0);
	/* An e-mail address may be that of several people. */
	s = look(keys[3]);
	lift(&s, 1);
	assert_true(look(keys[2]).listed);
	/* A number is one person's: all keys of the person go. */
	s = look(keys[0]);
	lift(&s, 2);
	assert_false(look(keys[1]).listed);
	assert_true(look(keys[2]).listed);
}

static void test_another_secret_is_noticed(void **state)
{
	struct suppression_value key = phone("+391110000005", 0);
	struct suppression *found;

	(void)state;
	add(&key, 1, SUPPRESSION_ERASED, 0);
	OK(suppression_usable(db, &e));
	assert_int_equal(suppression_usable(other_db, &e), STATUS_DENIED);
	assert_int_equal(
	    suppression_look(other_db, &a, &key, 1, false, &found, &e),
	    STATUS_DENIED);
	OK(db_begin(other_db, &e));
	assert_int_equal(suppression_add(other_db, &a, &key, 1,
			     SUPPRESSION_ERASED, 0, "test", &e),
	    STATUS_DENIED);
	db_rollback(other_db);
}

static void test_what_proves_a_consent(void **state)
{
	const struct suppression s = {.listed = true, .at = 1000};
	int64_t latest = 5000;

	(void)state;
	assert_true(
	    suppression_proven(&s, "yes", "1970-01-01T00:00:02.000Z", latest));
	assert_true(
	    suppression_proven(&s, "yes", "1970-01-01T00:00:05.000Z", latest));
	assert_false(
	    suppression_proven(&s, "yes", "1970-01-01T00:00:01.000Z", latest));
	assert_false(
	    suppression_proven(&s, "yes", "1970-01-01T00:00:05.001Z", latest));
	assert_false(
	    suppression_proven(&s, "no", "1970-01-01T00:00:02.000Z", latest));
	assert_false(suppression_proven(&s, "yes", "", latest));
	assert_false(suppression_proven(&s, NULL, NULL, latest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_added_and_found),
	    cmocka_unit_test(test_many_are_looked_up_at_once),
	    cmocka_unit_test(test_the_list_changes_between_looks),
	    cmocka_unit_test(test_added_twice),
	    cmocka_unit_test(test_lifted),
	    cmocka_unit_test(test_another_secret_is_noticed),
	    cmocka_unit_test(test_what_proves_a_consent),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
