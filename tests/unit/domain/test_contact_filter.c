/* test_contact_filter.c: the parameters of a list of contacts */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/contact/contact_cursor.h"
#include "domain/contact/phone_search.h"
#include "domain/filter/contact_filter.h"

static struct arena a;

static struct attribute attributes[] = {
    {{1}, "Lifetime \"value\"", "", TYPE_NUMBER},
    {{2}, "plan", "", TYPE_TEXT},
    {{3}, "vip", "", TYPE_BOOLEAN},
};
static const struct attribute_list book = {attributes, 3};
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

static void parse_one(
    const char *name, const char *value, struct contact_filter *f)
{
	struct filter_param *p = arena_alloc(&a, sizeof(*p));

	p->name = name;
	p->value = value;
	contact_filter_parse(&a, p, 1, &context, f);
}

/* The one condition that a parameter becomes. */
static const struct contact_condition *condition(
    const char *name, const char *value)
{
	struct contact_filter f;

	parse_one(name, value, &f);
	assert_int_equal(f.message_count, 0);
	assert_int_equal(f.query.condition_count, 1);
	assert_int_equal(f.param_count, 1);
	return &f.query.conditions[0];
}

static void expect(const char *name, const char *value,
    enum contact_subject subject, const char *first)
{
	const struct contact_condition *c = condition(name, value);

	assert_int_equal(c->subject, subject);
	assert_string_equal(c->values[0], first);
}

static void refuse(const char *name, const char *value)
{
	struct contact_filter f;

	parse_one(name, value, &f);
	assert_int_equal(f.message_count, 1);
	assert_string_equal(f.messages[0].name, name);
	assert_int_equal(f.query.condition_count, 0);
}

static void test_search_box(void **state)
{
	const struct contact_condition *c;

	(void)state;
	expect("q", "Ann@Example.org", SUBJECT_EMAIL_START, "Ann@Example.org");
	expect("q", "@example.org", SUBJECT_EMAIL_PART, "@example.org");
	expect("q", " 98765 43210 ", SUBJECT_PHONE, "+919876543210");
	c = condition("q", "Zo\xc3\xab  \xe3\x80\x80 Alpha");
	assert_int_equal(c->subject, SUBJECT_WORDS);
	assert_int_equal(c->value_count, 2);
	assert_string_equal(c->values[0], "Zo\xc3\xab");
	assert_string_equal(c->values[1], "Alpha");
	expect("q", "365", SUBJECT_WORDS, "365");
	expect("q", "2004 Ltd", SUBJECT_WORDS, "2004");
}

static void test_fields(void **state)
{
	(void)state;
	expect("city", " Pune ", SUBJECT_FIELD, "Pune");
	expect("state", "Handled by Assistant", SUBJECT_FIELD,
	    "handled_by_assistant");
	expect("whatsapp_opted", "UNKNOWN", SUBJECT_FIELD, "");
	expect("whatsapp_opted", "true", SUBJECT_FIELD, "yes");
	expect("phone", "+1 541-754-3010", SUBJECT_PHONE, "+15417543010");
	expect("tag", "a b", SUBJECT_TAG, "a b");
	expect("segment", "s", SUBJECT_SEGMENT, "s");
	assert_int_equal(condition("import", "12")->id, 12);
	assert_int_equal(condition("status", "ACTIVE")->moment,
	    context.now - CONTACT_ACTIVE_MS);
	assert_int_equal(
	    condition("status", "inactive")->subject, SUBJECT_INACTIVE);
}

static void test_attributes(void **state)
{
	const struct contact_condition *c =
	    condition("attr.lifetime \"VALUE\"", "4.50");

	(void)state;
	assert_int_equal(c->subject, SUBJECT_ATTRIBUTE_NUMBER);
	assert_string_equal(c->name, "$.\"Lifetime \\\"value\\\"\"");
	assert_string_equal(c->values[0], "4.50");
	expect("attr.plan", "gold", SUBJECT_ATTRIBUTE_TEXT, "gold");
	expect("attr.vip", "Yes", SUBJECT_ATTRIBUTE_JSON, "true");
	refuse("attr.plans", "x");
	refuse("attr.vip", "maybe");
	refuse("attr.", "x");
}

static void test_refused(void **state)
{
	static char long_value[1500];
	struct contact_filter f;

	(void)state;
	refuse("nickname", "x");
	refuse("status", "asleep");
	refuse("state", "x");
	refuse("whatsapp_opted", "x");
	refuse("whatsapp_opted_at", "soon");
	refuse("phone", "abc");
	refuse("phone", "123");
	refuse("import", "0");
	refuse("import", "-1");
	refuse("import", "99999999999999999999");
	refuse("sort", "plan");
	refuse("sort", "attr.plans");
	refuse("columns", "name,plan");
	refuse("dir", "up");
	refuse("limit", "0");
	refuse("limit", "1x");
	memset(long_value, 'x', sizeof(long_value) - 1);
	refuse("q", long_value);
	parse_one("nickname", "x", &f);
	assert_int_equal(f.unknown_count, 1);
	parse_one("nickname", " ", &f);
	assert_int_equal(f.message_count, 0);
	parse_one("status", "x", &f);
	assert_int_equal(f.unknown_count, 0);
}

static void test_order(void **state)
{
	struct contact_filter f;
	const struct filter_param params[] = {
	    {"sort", "name"}, {"dir", "desc"}, {"limit", "1000"}};

	(void)state;
	contact_filter_parse(&a, NULL, 0, &context, &f);
	assert_int_equal(f.query.sort, SORT_CREATED);
	assert_true(f.query.descending);
	assert_int_equal(f.query.limit, CONTACTS_PER_PAGE);
	parse_one("sort", "email", &f);
	assert_false(f.query.descending);
	contact_filter_parse(&a, params, 3, &context, &f);
	assert_int_equal(f.query.sort, SORT_FIELD);
	assert_int_equal(f.query.sort_field, FIELD_NAME);
	assert_true(f.query.descending);
	assert_int_equal(f.query.limit, CONTACTS_LIMIT_MAX);
}

static void test_many(void **state)
{
	static struct filter_param params[300];
	struct contact_filter f;

	(void)state;
	for (size_t i = 0; i < 300; i++) {
		params[i].name = "city";
		params[i].value = "x";
	}
	contact_filter_parse(&a, params, 100, &context, &f);
	assert_int_equal(f.query.condition_count, 100);
	assert_int_equal(f.message_count, 0);
	contact_filter_parse(&a, params, 101, &context, &f);
	assert_int_equal(f.query.condition_count, 0);
	assert_int_equal(f.message_count, 1);
	for (size_t i = 0; i < 300; i++) {
		params[i].name = i % 2 ? "any1" : "where";
		params[i].value = i % 5 ? "city~is~x" : "nonsense";
	}
	contact_filter_parse(&a, params, 300, &context, &f);
	assert_int_equal(f.message_count, 1);
	assert_string_equal(f.messages[0].name, "filter");
	assert_non_null(strstr(f.messages[0].value, "300"));
}

/* What is read from a text, and written again. */
static const char *again(const char *text)
{
	struct filter_param *params;
	struct contact_filter f;
	struct err e;
	size_t count;

	if (contact_filter_split(&a, text, &params, &count, &e) != STATUS_OK)
		return NULL;
	contact_filter_parse(&a, params, count, &context, &f);
	return contact_filter_text(&a, &f);
}

static void test_text(void **state)
{
	(void)state;
	assert_string_equal(again(""), "");
	assert_string_equal(again("&&"), "");
	assert_string_equal(again("tag=a+b&tag=c%26d&limit=9&sort=name"),
	    "tag=a%20b&tag=c%26d");
	assert_string_equal(again("city=Z%C3%BCrich"), "city=Z%C3%BCrich");
	assert_string_equal(
	    again("any9=city~is~a&where=email~empty&all1=tag~any~x&"
		  "any9=city~is~b&match=any&tag=t"),
	    "any1=city~is~a&where=email~empty&all2=tag~any~x&any1=city~is~b&"
	    "tag=t&match=any");
	assert_string_equal(
	    again("where=email~empty&match=any"), "where=email~empty");
	assert_null(again("city=%"));
	assert_null(again("city=%00"));
	assert_null(again("city=%ff"));
}

static void test_groups(void **state)
{
	struct filter_param params[] = {{"where", "city~is~a"},
	    {"any1", "city~is~b"}, {"any1", "city~is~c"}, {"tag", "t"},
	    {"match", "any"}};
	struct contact_filter f;

	(void)state;
	contact_filter_parse(&a, params, 5, &context, &f);
	assert_int_equal(f.message_count, 0);
	assert_int_equal(f.query.condition_count, 2);
	assert_int_equal(f.query.conditions[0].subject, SUBJECT_TAG);
	assert_int_equal(f.query.conditions[1].subject, SUBJECT_ANY);
	assert_int_equal(f.query.conditions[1].part_count, 2);
	assert_int_equal(f.query.conditions[1].parts[1].part_count, 2);
	contact_filter_parse(&a, params, 4, &context, &f);
	assert_int_equal(f.query.condition_count, 3);
	assert_int_equal(f.query.conditions[2].subject, SUBJECT_ANY);
	refuse("match", "some");
	refuse("where", "city");
	refuse("where", "city~is~");
	refuse("any1", "colour~is~red");
	refuse("any", "city~is~x");
	refuse("any1234", "city~is~x");
	refuse("anyone", "city~is~x");
}

/* --- cursors --- */

static struct contact contact_with(enum contact_field f, const char *value)
{
	struct contact c = {.id = {4711}};

	for (int i = 0; i < FIELD_COUNT; i++)
		c.value[i] = "";
	c.value[f] = value;
	return c;
}

static struct contact_query sorted_by(enum contact_field f)
{
	struct contact_query q = {.sort = SORT_FIELD, .sort_field = f};

	q.sort_name = contact_fields[f].key;
	return q;
}

static void round_trip(enum contact_field f, const char *value)
{
	struct contact_query q = sorted_by(f);
	struct contact c = contact_with(f, value);
	const char *text = contact_cursor_write(&a, &q, &c);

	assert_true(contact_cursor_read(&a, text, &q));
	assert_int_equal(q.cursor.id, 4711);
	if (*value || !contact_fields[f].nullable)
		assert_string_equal(q.cursor.value, value);
	else
		assert_null(q.cursor.value);
	q.descending = true;
	assert_false(contact_cursor_read(&a, text, &q));
	q.descending = false;
	q = sorted_by(f == FIELD_NAME ? FIELD_EMAIL : FIELD_NAME);
	assert_false(contact_cursor_read(&a, text, &q));
}

static void test_cursor(void **state)
{
	struct contact_query q = {.sort = SORT_CREATED};
	struct contact c = contact_with(FIELD_NAME, "x");

	(void)state;
	round_trip(FIELD_NAME, "Zo\xc3\xab =1 -2 \xf0\x9f\x99\x82");
	round_trip(FIELD_NAME, "");
	round_trip(FIELD_PHONE, "+919876543210");
	round_trip(FIELD_PHONE, "");
	round_trip(FIELD_EMAIL, "a@b.example");
	assert_true(
	    contact_cursor_read(&a, contact_cursor_write(&a, &q, &c), &q));
	assert_int_equal(q.cursor.id, 4711);
}

static void test_damaged_cursor(void **state)
{
	struct contact_query q = sorted_by(FIELD_NAME);
	struct contact c = contact_with(FIELD_NAME, "Asha Rao");
	const char *text = contact_cursor_write(&a, &q, &c);
	size_t n = strlen(text);
	static char huge[9000];

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char *bad = arena_strdup(&a, text);

		assert_false(
		    contact_cursor_read(&a, arena_strndup(&a, text, i), &q));
		bad[i] = bad[i] == 'A' ? 'z' : 'A';
		assert_false(contact_cursor_read(&a, bad, &q));
		bad[i] = '*';
		assert_false(contact_cursor_read(&a, bad, &q));
	}
	memset(huge, 'A', sizeof(huge) - 1);
	assert_false(contact_cursor_read(&a, huge, &q));
}

/* --- numbers --- */

static bool has(const char **texts, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(texts[i], text) == 0)
			return true;
	return false;
}

static void finds(const char *text, const char *number)
{
	struct phone_search s;

	assert_true(phone_search_read(&a, text, "IN", false, &s));
	assert_int_equal(s.start_count, 0);
	if (!has(s.numbers, s.number_count, number))
		fail_msg("%s does not find %s", text, number);
}

static void test_phones(void **state)
{
	static const char *const none[] = {"", "123", "12a45", "abc", "+",
	    "++12345", "1234+5", "12345678901234567890", "9.19877E+11",
	    "12:30:45", "#1234"};
	struct phone_search s;

	(void)state;
	finds("+91 98765 43210", "+919876543210");
	finds("0091 98765 43210", "+919876543210");
	finds("919876543210", "+919876543210");
	finds("98765-43210", "+919876543210");
	finds("098765 43210", "+919876543210");
	finds("(541) 754-3010", "+15417543010");
	finds("06 12 34 56 78", "+33612345678");
	finds("06 698 12345", "+390669812345");
	finds("\xd9\xa0\xd9\xa5\xd9\xa0\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5"
	      "\xd9\xa6\xd9\xa7",
	    "+966501234567");
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		assert_false(phone_search_read(&a, none[i], "IN", true, &s));
	assert_true(phone_search_read(&a, "+9198", "IN", true, &s));
	assert_true(has(s.starts, s.start_count, "+9198"));
	assert_true(phone_search_read(&a, "0987", "IN", true, &s));
	assert_true(has(s.starts, s.start_count, "+91987"));
	assert_true(phone_search_read(&a, "9876", "", true, &s));
	assert_true(has(s.starts, s.start_count, "+9876"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_search_box),
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_attributes),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_cursor),
	    cmocka_unit_test(test_damaged_cursor),
	    cmocka_unit_test(test_phones),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
