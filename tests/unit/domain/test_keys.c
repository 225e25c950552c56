/* test_keys.c: tests of domain/import/keys.c, headers.c and people.c */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "domain/import/headers.h"
#include "domain/import/keys.h"
#include "domain/import/marks.h"
#include "domain/import/people.h"
#include "domain/import/row_key.h"

#define MANY 300000u

static void test_keys_keep_the_first_row(void **state)
{
	struct keys k;

	(void)state;
	keys_init(&k);
	assert_int_equal(keys_find(&k, 7), 0);
	keys_add(&k, 7, 2);
	keys_add(&k, 7, 9);
	assert_int_equal(keys_find(&k, 7), 2);
	for (uint64_t i = 1; i <= MANY; i++)
		keys_add(&k, i * 4096, i);
	for (uint64_t i = 1; i <= MANY; i++)
		assert_int_equal(keys_find(&k, i * 4096), i);
	assert_false(keys_twice(&k, 4096));
	keys_mark(&k, 4096);
	assert_true(keys_twice(&k, 4096));
	keys_release(&k);
}

static void test_keys_pack(void **state)
{
	unsigned char bytes[2 * KEYS_ENTRY];
	struct keys k;

	(void)state;
	keys_init(&k);
	keys_pack(bytes, UINT64_MAX, 3);
	keys_pack(bytes + KEYS_ENTRY, 0x0123456789abcdefu, 4000000000u);
	keys_unpack(&k, bytes, sizeof(bytes));
	assert_int_equal(keys_find(&k, UINT64_MAX), 3);
	assert_int_equal(keys_find(&k, 0x0123456789abcdefu), 4000000000u);
	keys_unpack(&k, bytes, KEYS_ENTRY - 1); /* a cut entry is none */
	assert_int_equal(k.count, 2);
	keys_release(&k);
}

static void test_row_key(void **state)
{
	struct arena a;
	struct checked_row r = {.row = 1};

	(void)state;
	arena_init(&a);
	assert_null(row_key(&a, &r, KEY_PHONE_ELSE_EMAIL));
	r.value[FIELD_EMAIL] = "Ana@X.example";
	assert_string_equal(
	    row_key(&a, &r, KEY_PHONE_ELSE_EMAIL), "ana@x.example");
	r.value[FIELD_PHONE] = "+919876543210";
	assert_string_equal(
	    row_key(&a, &r, KEY_PHONE_ELSE_EMAIL), "+919876543210");
	assert_string_equal(row_key(&a, &r, KEY_EMAIL), "ana@x.example");
	assert_null(row_key(&a, &r, KEY_USER_ID));
	assert_int_not_equal(key_hash('p', "x"), key_hash('e', "x"));
	arena_release(&a);
}

static void test_headers_hash(void **state)
{
	struct arena a;
	unsigned char one[CRYPTO_HASH_BYTES];
	unsigned char two[CRYPTO_HASH_BYTES];
	const char *plain[] = {"Name", "Phone"};
	const char *corrected[] = {"phone", "NAME", "Error"};
	const char *other[] = {"Name", "Error", "Phone"};

	(void)state;
	arena_init(&a);
	headers_hash(&a, plain, 2, one);
	headers_hash(&a, corrected, 3, two);
	assert_memory_equal(one, two, sizeof(one));
	headers_hash(&a, other, 3, two);
	assert_memory_not_equal(one, two, sizeof(one));
	headers_hash(&a, NULL, 2, two);
	assert_memory_not_equal(one, two, sizeof(one));
	assert_true(headers_end_in_result(&a, corrected, 3));
	assert_false(headers_end_in_result(&a, other, 3));
	assert_false(headers_end_in_result(&a, NULL, 3));
	arena_release(&a);
}

static struct contact person(uint64_t id, const char *phone, const char *email)
{
	struct contact c = {.id = {id}};

	for (int i = 0; i < FIELD_COUNT; i++)
		c.value[i] = "";
	c.value[FIELD_PHONE] = phone;
	c.value[FIELD_EMAIL] = email;
	return c;
}

static void test_people(void **state)
{
	struct arena a;
	struct people p;
	size_t n;

	(void)state;
	arena_init(&a);
	people_init(&p, &a, 10);
	struct contact ana = person(1, "+911", "ana@x.example");
	struct contact bo = person(2, "+912", "ANA@x.example");
	struct target *first = people_add(&p, &ana);

	assert_ptr_equal(people_add(&p, &ana), first); /* once */
	people_add(&p, &bo);
	assert_int_equal(p.count, 2);
	assert_ptr_equal(people_find(&p, KEY_BY_PHONE, "+911", &n), first);
	assert_int_equal(n, 1);
	people_find(&p, KEY_BY_EMAIL, "ana@x.example", &n);
	assert_int_equal(n, 2);
	/* A key that was given up is found no more, the new one is. */
	first->contact.value[FIELD_PHONE] = "+919";
	people_index(&p, first);
	assert_null(people_find(&p, KEY_BY_PHONE, "+911", &n));
	assert_ptr_equal(people_find(&p, KEY_BY_PHONE, "+919", &n), first);
	assert_null(people_find(&p, KEY_BY_USER_ID, "+919", &n));
	arena_release(&a);
}

static void test_marks(void **state)
{
	struct marks m = {0};
	size_t wrong = 0, wrongly_twice = 0;

	(void)state;
	assert_false(marks_has(&m, 7));
	assert_false(marks_twice(&m, 7));
	marks_init(&m, MANY);
	for (uint64_t i = 0; i < MANY; i++)
		marks_add(&m, key_hash('p', i % 2 ? "x" : "y") + i * i * 977);
	for (uint64_t i = 0; i < MANY; i++)
		assert_true(marks_has(
		    &m, key_hash('p', i % 2 ? "x" : "y") + i * i * 977));
	marks_add(&m, 1);
	marks_add(&m, 1);
	assert_true(marks_twice(&m, 1));
	for (uint64_t i = 0; i < MANY; i++) {
		uint64_t other = key_hash('e', "z") + i * 7919 * 7919;

		wrong += marks_has(&m, other);
		wrongly_twice += marks_twice(&m, other);
	}
	assert_true(wrong < MANY / 50);
	assert_true(wrongly_twice < MANY / 100);
	marks_release(&m);
	assert_int_equal(m.bits, 0);
	/* Memory has an end, whatever the file. */
	marks_init(&m, UINT64_C(1) << 40);
	assert_int_equal(m.bits, (size_t)MARKS_BYTES * 8);
	marks_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_keys_keep_the_first_row),
	    cmocka_unit_test(test_keys_pack),
	    cmocka_unit_test(test_row_key),
	    cmocka_unit_test(test_headers_hash),
	    cmocka_unit_test(test_people),
	    cmocka_unit_test(test_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
