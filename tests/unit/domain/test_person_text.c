/* test_person_text.c: which texts name a person, and the same without */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/privacy/person_keys.h"

static struct arena a;
static struct person_keys keys;

static int setup(void **state)
{
	(void)state;
	arena_init(&a);
	person_keys_add(&a, &keys, SUPPRESSION_PHONE, "+919876501234");
	person_keys_add(&a, &keys, SUPPRESSION_EMAIL, "Ana.B@Example.org");
	person_keys_add(&a, &keys, SUPPRESSION_USER_ID, "U-1");
	text_set_add(&a, &keys.values, "Pune");
	text_set_add(&a, &keys.values, "Ana B");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

static bool only_name(void *arg, const char *value)
{
	(void)arg;
	return strcmp(value, "Ana B") == 0;
}

static const struct scrubbing scrubbing = {&a, &keys, only_name, NULL};

static void test_naming(void **state)
{
	static const struct {
		const char *text;
		enum naming naming;
	} cases[] = {
	    {"+919876501234", NAMING_SURE},
	    {"+91 98765-01234", NAMING_SURE},
	    {"0091 (98765) 01.234", NAMING_SURE},
	    {"ask 91 98765 01234, or mail", NAMING_SURE},
	    {"9876501234", NAMING_LOOSE},
	    {"098765 01234", NAMING_LOOSE},
	    {"\xD9\xA9\xD9\xA8\xD9\xA7\xD9\xA6\xD9\xA5\xD9\xA0\xD9\xA1\xD9\xA2"
	     "\xD9\xA3\xD9\xA4",
		NAMING_LOOSE},
	    {"+919876501235", NAMING_NONE},
	    {"98765, 01234", NAMING_NONE},
	    {"01234", NAMING_NONE},
	    {"", NAMING_NONE},
	    {"write to ANA.B@example.ORG.", NAMING_SURE},
	    {"<ana.b@example.org>", NAMING_SURE},
	    {"diana.b@example.org", NAMING_NONE},
	    {"ana.b@example.org.uk", NAMING_NONE},
	    {"ana.b@example.orgs", NAMING_NONE},
	    {"Ana B", NAMING_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum naming n = person_named(&a, &keys, cases[i].text);

		if (n != cases[i].naming)
			fail_msg("%s: %d", cases[i].text, (int)n);
		if (n != NAMING_NONE)
			assert_true(person_may_be_in(
			    &keys, cases[i].text, strlen(cases[i].text)));
	}
	assert_false(person_may_be_in(&keys, "Bo,+919800000001,b@c.de", 23));
	assert_true(person_may_be_in(&keys, "Bo,U-1", 6));
}

static void query(const char *text, const char *wanted)
{
	const char *now = person_scrub_query(&scrubbing, text);

	if (!wanted)
		assert_null(now);
	else
		assert_string_equal(now, wanted);
}

static void test_queries(void **state)
{
	(void)state;
	query("city=Pune&tag=a", NULL);
	query("", NULL);
	query("phone=%2B919876501234&city=Pune", "phone=erased&city=Pune");
	query("where=email~is~ana.b%40example.org", "where=email~is~erased");
	query("where=name~is~Ana%20B&where=city~not~Pune",
	    "where=name~is~erased&where=city~not~Pune");
	query("q=98765%2001234", "q=erased");
	query("user_id=U-1&limit=7", "user_id=erased&limit=7");
	query("a&b=&c", NULL);
}

static void test_json(void **state)
{
	(void)state;
	assert_null(person_scrub_json(&scrubbing, "{\"city\":\"Pune\"}"));
	assert_null(person_scrub_json(&scrubbing, "no json"));
	assert_string_equal(
	    person_scrub_json(&scrubbing,
		"{\"a\":[1,null,\"+91 98765 01234\",{\"b\":\"U-1\"}],"
		"\"c\":true}"),
	    "{\"a\":[1,null,\"erased\",{\"b\":\"erased\"}],\"c\":true}");
}

static void test_kept_and_read_back(void **state)
{
	struct person_row rows[] = {{2, 5}, {1, 9}, {2, 3}};
	uint64_t later[] = {4};
	struct person_keys k = keys;
	struct person_keys back;
	struct str out;

	(void)state;
	k.rows = rows;
	k.row_count = 3;
	k.later = later;
	k.later_count = 1;
	person_rows_sort(&k);
	str_init(&out, 1u << 16);
	person_keys_write(&out, &k);
	assert_true(person_keys_read(&a, str_text(&out), &back));
	assert_true(
	    text_set_has(&back.keys[SUPPRESSION_EMAIL], "ana.b@example.org"));
	assert_true(text_set_has(&back.values, "Ana B"));
	assert_true(person_rows_have(&back, 2, 3));
	assert_false(person_rows_have(&back, 1, 3));
	assert_int_equal(back.later[0], 4);
	assert_false(person_keys_read(&a, "{", &back));
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_naming),
	    cmocka_unit_test(test_queries),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_kept_and_read_back),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
