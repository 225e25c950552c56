/* test_contact_check.c: what a contact may be */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/attribute_types.h"
#include "domain/contact/contact.h"

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

/* The kept form of a field's value; NULL when it is refused. */
static const char *kept(
    enum contact_field f, const char *value, const struct contact *had)
{
	const struct contact_rules rules = {"IN"};
	struct contact_draft d = {.value = {NULL}};
	struct contact_result out = {.messages = NULL};

	d.value[f] = value;
	if (contact_check(&a, &rules, &d, had, &out))
		return d.value[f];
	assert_int_equal(out.message_count, 1);
	assert_string_equal(out.messages[0].field, contact_fields[f].key);
	return NULL;
}

struct field_case {
	enum contact_field field;
	const char *typed;
	const char *kept; /* NULL: refused */
};

static void test_fields(void **state)
{
	static const struct field_case cases[] = {
	    {FIELD_PHONE, " 98765 43210 ", "+919876543210"},
	    {FIELD_PHONE, "+1 (541) 754-3010", "+15417543010"},
	    {FIELD_PHONE, "", ""},
	    {FIELD_PHONE, "12345", NULL},
	    {FIELD_PHONE, "+91 1234", NULL},
	    {FIELD_PHONE, "9.19877E+11", NULL},
	    {FIELD_PHONE, "1800FLOWERS", NULL},
	    {FIELD_EMAIL, " A@b.example ", "A@b.example"},
	    {FIELD_EMAIL, "a@b", NULL},
	    {FIELD_EMAIL, "a b@c.example", NULL},
	    {FIELD_WHATSAPP_OPTED, "TRUE", "yes"},
	    {FIELD_WHATSAPP_OPTED, "No", "no"},
	    {FIELD_WHATSAPP_OPTED, "unknown", ""},
	    {FIELD_WHATSAPP_OPTED, "maybe", NULL},
	    {FIELD_WHATSAPP_OPTED_AT, "2022-10-31T19:30:00.000+05:30",
		"2022-10-31T14:00:00.000Z"},
	    {FIELD_WHATSAPP_OPTED_AT, "2022-10-31", "2022-10-31T00:00:00.000Z"},
	    {FIELD_WHATSAPP_OPTED_AT, "2022-02-30", NULL},
	    {FIELD_STATE, "Handled by Assistant", "handled_by_assistant"},
	    {FIELD_STATE, "asleep", NULL},
	    {FIELD_NAME, "\xc2\xa0 Zo\xc3\xab ", "Zo\xc3\xab"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = kept(cases[i].field, cases[i].typed, NULL);

		if (cases[i].kept)
			assert_string_equal(got, cases[i].kept);
		else
			assert_null(got);
	}
}

static void test_lengths(void **state)
{
	char text[1200] = "";

	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++) {
		size_t max = contact_fields[i].max_length;

		if (i == FIELD_PHONE || i == FIELD_EMAIL ||
		    i == FIELD_WHATSAPP_OPTED || i == FIELD_WHATSAPP_OPTED_AT ||
		    i == FIELD_STATE)
			continue;
		text[0] = '\0';
		for (size_t n = 0; n < max; n++)
			memcpy(text + 2 * n, "\xc3\xab", 3);
		assert_non_null(kept((enum contact_field)i, text, NULL));
		memcpy(text + 2 * max, "x", 2);
		assert_null(kept((enum contact_field)i, text, NULL));
	}
}

/* What the book has already is not judged by newer rules. */
static void test_kept_as_it_was(void **state)
{
	struct contact had;

	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++)
		had.value[i] = "";
	had.attributes = "{}";
	had.value[FIELD_PHONE] = "+6580812345";
	had.value[FIELD_EMAIL] = "not an address";
	assert_string_equal(
	    kept(FIELD_PHONE, "+6580812345", &had), "+6580812345");
	assert_non_null(kept(FIELD_EMAIL, "not an address", &had));
	assert_null(kept(FIELD_EMAIL, "not an address!", &had));
}

static void test_attributes(void **state)
{
	static const struct attribute day = {{7}, "Day", "", TYPE_DATE};
	const struct contact_rules rules = {""};
	struct draft_attribute values[] = {{&day, "2024-02-29", NULL}};
	struct contact_draft d = {.attributes = values, .attribute_count = 1};
	struct contact_result out = {.messages = NULL};

	(void)state;
	assert_true(contact_check(&a, &rules, &d, NULL, &out));
	assert_string_equal(values[0].json, "\"2024-02-29\"");
	values[0].text = "";
	assert_true(contact_check(&a, &rules, &d, NULL, &out));
	assert_null(values[0].json);
	values[0].text = "2023-02-29";
	assert_false(contact_check(&a, &rules, &d, NULL, &out));
	assert_string_equal(out.messages[0].field, "attributes.Day");
}

/* A browser's ends of lines are no change; other text is. */
static void test_ends_of_lines(void **state)
{
	static const struct attribute note = {{7}, "Note", "", TYPE_TEXT};
	static const struct {
		const char *had;
		const char *sent;
		bool same;
	} rows[] = {
	    {"a\r\nb", "a\nb", true},
	    {"a\rb", "a\nb", true},
	    {"a\nb", "a\nb", true},
	    {"a\n\rb", "a\n\nb", true},
	    {"a\r\nb", "ab", false},
	    {"a\r\nb", "a\nb\nc", false},
	    {"a\r\nb", "a\n\nb", false},
	};
	const struct contact_rules rules = {""};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *json =
		    attribute_types[TYPE_TEXT].to_json(&a, rows[i].had);
		struct draft_attribute values[] = {{&note, rows[i].sent, NULL}};
		struct contact_draft d = {.attributes = values,
		    .attribute_count = 1,
		    .from_form = true};
		struct contact_result out = {.messages = NULL};
		struct contact had = {0};

		for (int f = 0; f < FIELD_COUNT; f++)
			had.value[f] = "";
		had.value[FIELD_ADDRESS] = rows[i].had;
		had.attributes = arena_printf(&a, "{\"Note\":%s}", json);
		d.value[FIELD_ADDRESS] = rows[i].sent;
		assert_true(contact_check(&a, &rules, &d, &had, &out));
		assert_int_equal(
		    strcmp(values[0].json, json) == 0, rows[i].same);
		assert_int_equal(
		    strcmp(d.value[FIELD_ADDRESS], rows[i].had) == 0,
		    rows[i].same);
		/* The API says what it means. */
		d.from_form = false;
		values[0].text = rows[i].sent;
		assert_true(contact_check(&a, &rules, &d, &had, &out));
		assert_int_equal(strcmp(values[0].json, json) == 0,
		    strcmp(rows[i].had, rows[i].sent) == 0);
	}
}

static void expect_tags(
    const char *text, size_t count, const char *first, const char *written)
{
	const char **tags;
	size_t n;

	contact_tags_read(&a, text, &tags, &n);
	assert_int_equal(n, count);
	if (n)
		assert_string_equal(tags[0], first);
	assert_string_equal(contact_tags_write(&a, tags, n), written);
}

static void test_tags(void **state)
{
	(void)state;
	expect_tags("", 0, "", "");
	expect_tags(" , ,", 0, "", "");
	expect_tags("a, b ,A,c", 3, "a", "a, b, c");
	expect_tags("a, b | c", 2, "a, b", "a, b | c");
	expect_tags("a, b |", 1, "a, b", "a, b |");
	expect_tags("a\nb", 2, "a", "a, b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_lengths),
	    cmocka_unit_test(test_kept_as_it_was),
	    cmocka_unit_test(test_attributes),
	    cmocka_unit_test(test_ends_of_lines),
	    cmocka_unit_test(test_tags),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
