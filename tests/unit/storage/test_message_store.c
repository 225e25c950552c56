/* test_message_store.c: messages of a person, page by page */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/clock.h"
#include "storage/contact_store.h"
#include "storage/message_store.h"
#include "support/store_test.h"

#define PEOPLE 3
#define EACH 7
#define PAGE 4
#define BEGIN INT64_C(1700000000000)

static struct contact_id ids[PEOPLE];

static void run(const char *sql, uint64_t one, uint64_t other)
{
	struct db_query *q = db_query(db, sql);

	db_put_u64(q, one);
	db_put_u64(q, other);
	OK(db_exec(q, NULL, &e));
}

/* A person whose contacts were merged one into the next; some messages have
 * their moment in common. */
static void make_person(void)
{
	bool fresh;

	for (int i = 0; i < PEOPLE; i++) {
		OK(contact_store_reserve(db, 1, &ids[i].n, &e));
		run("INSERT INTO contact (id, merged_into, created_at,"
		    " updated_at) VALUES (?, NULLIF(?, 0), NOW(3), NOW(3))",
		    ids[i].n, i ? ids[i - 1].n : 0);
		for (int k = 0; k < EACH; k++) {
			const struct message m = {
			    .contact = ids[i],
			    .wa_id = arena_printf(&a, "page.%llu.%d",
				(unsigned long long)ids[i].n, k),
			    .type = "text",
			    .text = "",
			    .body = "{}",
			    .status = "",
			    .at = BEGIN + (k / 2) * 1000,
			};

			OK(message_store_add(db, &m, clock_now(), &fresh, &e));
			assert_true(fresh);
		}
	}
}

/* Each once, newest first, whatever contact it came to. */
static void test_pages(void **state)
{
	int64_t until = INT64_MAX;
	uint64_t below = 0, last_id = 0;
	int64_t last = INT64_MAX;
	size_t n = PAGE, seen = 0;

	(void)state;
	make_person();
	while (n == PAGE) {
		struct message *rows;

		OK(message_store_list(
		    db, &a, ids[0], until, below, PAGE, &rows, &n, &e));
		for (size_t i = 0; i < n; i++) {
			assert_true(
			    rows[i].at < last ||
			    (rows[i].at == last && rows[i].id < last_id));
			assert_int_equal(rows[i].contact.n, ids[0].n);
			last = until = rows[i].at;
			last_id = below = rows[i].id;
		}
		seen += n;
	}
	assert_int_equal(seen, PEOPLE * EACH);
}

static void test_part_of_a_person(void **state)
{
	struct message *rows;
	size_t n;

	(void)state;
	OK(message_store_list(
	    db, &a, ids[1], INT64_MAX, 0, 100, &rows, &n, &e));
	assert_int_equal(n, 2 * EACH);
	OK(message_store_list(db, &a, ids[1], BEGIN, 0, 100, &rows, &n, &e));
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_part_of_a_person),
	};
	return cmocka_run_group_tests(tests, store_test_open, store_test_close);
}
