/* test_duplicate_finder.c: looks through the book for duplicates */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "domain/contact/contact.h"
#include "domain/duplicates/duplicate_finder.h"
#include "domain/duplicates/duplicates.h"
#include "storage/duplicate_look_store.h"
#include "storage/duplicate_store.h"
#include "support/store_test.h"

static const struct actor nobody = {.address = ""};

static int setup(void **state)
{
	(void)state;
	conf_load(&conf);
	conf.lease_ms = 100;
	db = db_new(&conf, false);
	arena_init(&a);
	return 0;
}

static struct contact_id make(const char *email)
{
	struct contact_draft d = {.has_tags = false};
	struct contact_result r;

	d.value[FIELD_EMAIL] = email;
	OK(contact_create(db, &a, &nobody, &d, &r, &e));
	return r.contact.id;
}

static const char *new_email(void)
{
	static unsigned n;

	return arena_printf(
	    &a, "finder.%lld.%u@example.org", (long long)clock_now(), n++);
}

static bool suggested(struct contact_id one, struct contact_id other)
{
	struct duplicate_pair pair = {one, other, 0};
	enum status st = duplicate_store_get(db, &pair, &e);

	assert_true(st == STATUS_OK || st == STATUS_NOT_FOUND);
	return st == STATUS_OK && (pair.reasons & REASON_EMAIL);
}

/* Pieces of a look, at most `most`; how many there were. */
static int work(struct duplicate_finder *f, const char *owner, int most)
{
	int n = 0;

	while (n < most &&
	       duplicate_finder_work(f, &conf, db, owner, &e) == STATUS_OK)
		n++;
	return n;
}

static struct duplicate_look look(void)
{
	struct duplicate_look l;

	OK(duplicate_look_get(db, &a, &l, &e));
	return l;
}

static void test_whole_look(void **state)
{
	struct duplicate_finder *f = duplicate_finder_new(DUPLICATE_PAIRS_MAX);
	const char *email = new_email();
	struct contact_id one = make(email), other = make(email);

	(void)state;
	OK(duplicate_look_ask(db, &e));
	assert_true(work(f, "one", 10000) < 10000);
	assert_int_equal(look().step, LOOK_IDLE);
	assert_true(look().as_of > 0);
	assert_true(suggested(one, other));
	/* Nothing has changed, and nobody asks. */
	clock_sleep(1100);
	assert_int_equal(work(f, "one", 10), 0);
	duplicate_finder_free(f);
}

static void test_dismissed(void **state)
{
	struct duplicate_finder *f = duplicate_finder_new(DUPLICATE_PAIRS_MAX);
	const char *email = new_email();
	struct contact_id one = make(email), other = make(email);

	(void)state;
	OK(duplicates_dismiss(db, &a, &nobody, other, one, &e));
	OK(duplicate_look_ask(db, &e));
	work(f, "one", 10000);
	assert_false(suggested(one, other));
	OK(duplicates_take_back(db, &a, &nobody, one, other, &e));
	OK(duplicate_look_ask(db, &e));
	clock_sleep(1100);
	work(f, "one", 10000);
	assert_true(suggested(one, other));
	duplicate_finder_free(f);
}

/* The worker is gone in the middle: another one goes on, once the lease is
 * over, and the first one, back again, writes nothing any more. */
static void test_taken_up(void **state)
{
	const char *email = new_email();
	struct contact_id one = make(email), other = make(email);

	(void)state;
	for (int k = 1; k < 8; k++) {
		struct duplicate_finder *gone =
		    duplicate_finder_new(DUPLICATE_PAIRS_MAX);
		struct duplicate_finder *next =
		    duplicate_finder_new(DUPLICATE_PAIRS_MAX);

		OK(duplicate_look_ask(db, &e));
		if (work(gone, "gone", k) < k)
			k = 100;
		uint64_t number = look().look;

		if (look().step != LOOK_IDLE) {
			assert_int_equal(work(next, "next", 1), 0);
			clock_sleep(1200);
			assert_true(work(next, "next", 10000) < 10000);
			assert_int_equal(look().look, number);
			assert_int_equal(work(gone, "gone", 10), 0);
		}
		assert_int_equal(look().step, LOOK_IDLE);
		assert_true(suggested(one, other));
		duplicate_finder_free(gone);
		duplicate_finder_free(next);
	}
}

static void test_enough(void **state)
{
	struct duplicate_finder *f = duplicate_finder_new(1);

	(void)state;
	for (int i = 0; i < 3; i++) {
		const char *email = new_email();

		make(email);
		make(email);
	}
	OK(duplicate_look_ask(db, &e));
	assert_true(work(f, "one", 1000) < 1000);
	assert_int_equal(look().step, LOOK_IDLE);
	assert_true(look().pairs >= 1);
	duplicate_finder_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whole_look),
	    cmocka_unit_test(test_dismissed),
	    cmocka_unit_test(test_taken_up),
	    cmocka_unit_test(test_enough),
	};

	return cmocka_run_group_tests(tests, setup, store_test_close);
}
