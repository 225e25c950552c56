/* test_whatsapp_event.c: tests of domain/whatsapp/event.c */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "domain/whatsapp/event.h"

#define NOW INT64_C(1767225600000)

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

static struct wa_event parse(const char *body)
{
	struct wa_event out;
	struct err e = {0};

	assert_int_equal(
	    wa_event_parse(&a, body, strlen(body), NOW, &out, &e), STATUS_OK);
	return out;
}

/* A change of the field "messages" with this value. */
static struct wa_event value(const char *json)
{
	return parse(arena_printf(&a,
	    "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":%s}]}"
	    "]}",
	    json));
}

static void test_message(void **state)
{
	struct wa_event e = value(
	    "{\"contacts\":[{\"profile\":{\"name\":\" Asha\\nRao \"},"
	    "\"wa_id\":\"919876543210\",\"user_id\":\"IN.1\"}],\"messages\":"
	    "[{\"from\":\"919876543210\",\"id\":\"wamid.1\",\"timestamp\":"
	    "\"1767225000\",\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}]}");
	const struct wa_item *item = e.items;

	(void)state;
	assert_int_equal(e.count, 1);
	assert_int_equal(item->kind, WA_MESSAGE);
	assert_string_equal(item->person.phone, "+919876543210");
	assert_string_equal(item->person.wa_user_id, "IN.1");
	assert_string_equal(item->person.name, "Asha Rao");
	assert_string_equal(item->message.wa_id, "wamid.1");
	assert_string_equal(item->message.text, "Hi");
	assert_int_equal(item->message.at, INT64_C(1767225000000));
}

static void test_times(void **state)
{
	static const char *const times[] = {"1767225000", "\"1767225000\"",
	    "\"soon\"", "-5", "99999999999999", "\"99999999999999999999\"",
	    "null", "1.5"};

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		struct wa_event e = value(arena_printf(&a,
		    "{\"messages\":[{\"from\":\"919876543210\",\"id\":\"w\","
		    "\"type\":\"text\",\"timestamp\":%s}]}",
		    times[i]));

		assert_int_equal(e.items[0].message.at,
		    i < 2 ? INT64_C(1767225000000) : NOW);
	}
}

/* The only person of the list is the sender, if there is one sender. */
static void test_who(void **state)
{
	struct wa_event e = value(
	    "{\"contacts\":[{\"profile\":{\"name\":\"A\"},\"user_id\":\"B1\"}],"
	    "\"messages\":[{\"id\":\"w\",\"type\":\"text\"}]}");

	(void)state;
	assert_string_equal(e.items[0].person.wa_user_id, "B1");
	assert_string_equal(e.items[0].person.phone, "");
	e = value("{\"contacts\":[{\"profile\":{\"name\":\"A\"},\"wa_id\":"
		  "\"39347\"}],\"messages\":[{\"from\":\"919876543210\","
		  "\"id\":\"w\",\"type\":\"text\"}]}");
	assert_string_equal(e.items[0].person.name, "A");
	e = value("{\"contacts\":[{\"profile\":{\"name\":\"A\"},\"wa_id\":"
		  "\"39347\"}],\"messages\":[{\"from\":\"919876543210\","
		  "\"id\":\"w\",\"type\":\"text\"},{\"from\":\"39348123456\","
		  "\"id\":\"v\",\"type\":\"text\"}]}");
	assert_string_equal(e.items[0].person.name, "");
	e = value("{\"messages\":[{\"id\":\"w\",\"type\":\"text\"}]}");
	assert_int_equal(e.items[0].kind, WA_OTHER);
	e = value("{\"messages\":[{\"from\":\"x\",\"id\":\"w\"}]}");
	assert_int_equal(e.items[0].kind, WA_OTHER);
	e = value("{\"messages\":[{\"from\":\"919876543210\"}]}");
	assert_int_equal(e.items[0].kind, WA_OTHER);
}

static void test_bodies(void **state)
{
	static const char *const wrong[] = {"", "x", "[]", "null", "7", "{",
	    "{} {}", "{\"entry\":7}", "{\"entry\":{}}"};
	struct wa_event out;
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(wa_event_parse(&a, wrong[i], strlen(wrong[i]),
				     NOW, &out, &e),
		    STATUS_INVALID);
	assert_int_equal(parse("{}").count, 0);
	assert_int_equal(parse("{\"entry\":[7,{\"changes\":{}}]}").count, 2);
	assert_int_equal(
	    parse("{\"entry\":[{\"changes\":{\"a\":1}}]}").count, 1);
	assert_int_equal(value("{\"messages\":[]}").count, 0);
	assert_int_equal(value("{\"messages\":[7,[],null]}").count, 3);
}

/* What has another shape is kept as it came. */
static void test_other_shapes(void **state)
{
	static const char *const values[] = {"7", "null", "[1]", "{}",
	    "{\"messages\":{\"a\":1}}", "{\"messages\":\"x\"}",
	    "{\"statuses\":7,\"messages\":[]}", "{\"groups\":[1]}",
	    "{\"errors\":[{\"code\":1}]}"};
	struct wa_event e;

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		e = value(values[i]);
		assert_int_equal(e.count, 1);
		assert_int_equal(e.items[0].kind, WA_OTHER);
		assert_string_equal(e.items[0].field, "messages");
		assert_non_null(strstr(e.items[0].body, values[i]));
	}
	e = value("{\"errors\":[1],\"statuses\":[{\"id\":\"w\","
		  "\"status\":\"sent\"}]}");
	assert_int_equal(e.count, 2);
	e = parse("{\"object\":\"instagram\",\"entry\":[{\"changes\":["
		  "{\"field\":\"messages\",\"value\":{\"messages\":[{"
		  "\"from\":\"393471234567\",\"id\":\"w\"}]}}]}]}");
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, WA_OTHER);
	assert_string_equal(e.items[0].field, "instagram");
}

/* Numbers that no 64 bits hold stand in fields that nobody reads. */
static void test_large_numbers(void **state)
{
	struct wa_event e =
	    value("{\"messages\":[{\"from\":\"919876543210\",\"id\":\"w\","
		  "\"type\":\"text\",\"timestamp\":1767225000,\"big\":"
		  "123456789012345678901234567890}]}");

	(void)state;
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, WA_MESSAGE);
	assert_int_equal(e.items[0].message.at, INT64_C(1767225000000));
}

/* Who writes without a number is told from others by the user id. */
static void test_user_ids(void **state)
{
	struct wa_event e =
	    value("{\"contacts\":[{\"profile\":{\"name\":\"A\"},\"user_id\":"
		  "\"B.1\",\"wa_id\":\"919876543210\"}],\"messages\":[{"
		  "\"from_user_id\":\"B.1\",\"id\":\"w\",\"type\":\"text\"},{"
		  "\"from_user_id\":\"B.2\",\"id\":\"v\",\"type\":\"text\"}]}");

	(void)state;
	assert_string_equal(e.items[0].person.phone, "+919876543210");
	assert_string_equal(e.items[1].person.wa_user_id, "B.2");
	assert_string_equal(e.items[1].person.phone, "");
	assert_string_equal(e.items[1].person.name, "");
	e = value("{\"user_id_update\":[{\"wa_id\":\"919876543210\","
		  "\"user_id\":{\"previous\":\"B.1\",\"current\":\"B.3\"}},"
		  "{\"user_id\":{\"previous\":\"B.1\"}},{\"user_id\":7}]}");
	assert_int_equal(e.count, 3);
	assert_int_equal(e.items[0].kind, WA_NEW_USER_ID);
	assert_string_equal(e.items[0].person.wa_user_id, "B.1");
	assert_string_equal(e.items[0].new_user_id, "B.3");
	assert_int_equal(e.items[1].kind, WA_OTHER);
	assert_int_equal(e.items[2].kind, WA_OTHER);
	e = value("{\"messages\":[{\"id\":\"w\",\"type\":\"system\","
		  "\"system\":{\"type\":\"user_changed_user_id\","
		  "\"user_id\":\"B.3\",\"body\":\"User I changed from x "
		  "changed from B.1 to B.3\"}}]}");
	assert_int_equal(e.items[0].kind, WA_NEW_NUMBER);
	assert_string_equal(e.items[0].person.wa_user_id, "B.1");
	assert_string_equal(e.items[0].new_user_id, "B.3");
	e = value("{\"message_echoes\":[{\"id\":\"w\",\"type\":\"text\","
		  "\"to_user_id\":\"B.1\"}]}");
	assert_int_equal(e.items[0].kind, WA_ECHO);
	assert_string_equal(e.items[0].person.wa_user_id, "B.1");
}

static void test_other_spellings(void **state)
{
	struct wa_event e =
	    value("{\"contacts\":[{\"wa_id\":\"551187654321\"}],\"messages\":"
		  "[{\"from\":\"5511987654321\",\"id\":\"w\"}]}");

	(void)state;
	assert_string_equal(e.items[0].person.phone, "+5511987654321");
	assert_string_equal(e.items[0].person.alias, "+551187654321");
	e = value("{\"messages\":[{\"from\":541123456789,\"id\":\"w\"}]}");
	assert_string_equal(e.items[0].person.phone, "+541123456789");
	assert_string_equal(e.items[0].person.alias, "+5491123456789");
}

static void test_edit(void **state)
{
	struct wa_event e = value(
	    "{\"messages\":[{\"from\":\"393471234567\",\"id\":\"w\","
	    "\"type\":\"edit\",\"edit\":{\"original_message_id\":\"v\","
	    "\"message\":{\"type\":\"text\",\"text\":{\"body\":\"Now\"}}}}]"
	    "}");

	(void)state;
	assert_string_equal(e.items[0].message.text, "Now");
	e = value("{\"messages\":[{\"from\":\"393471234567\",\"id\":\"w\","
		  "\"type\":\"edit\",\"edit\":{\"message\":{\"type\":"
		  "\"edit\"}}}]}");
	assert_string_equal(e.items[0].message.text, "");
}

/* More than is taken is refused as a whole, not cut. */
static void test_too_many(void **state)
{
	struct str s;
	struct wa_event out;
	struct err e = {0};

	(void)state;
	for (int extra = 0; extra < 2; extra++) {
		str_init(&s, 1 << 20);
		str_addz(&s, "{\"entry\":[");
		for (int i = 1; i < WA_ITEMS_MAX + extra; i++)
			str_addz(&s, "7,");
		str_addz(&s, "7]}");
		assert_int_equal(
		    wa_event_parse(&a, s.data, s.len, NOW, &out, &e),
		    extra ? STATUS_TOO_LARGE : STATUS_OK);
		str_release(&s);
	}
}

/* An escaped NUL is not the end of a text; "\\u0000" is six signs. */
static void test_nul(void **state)
{
	struct wa_event e = value(
	    "{\"messages\":[{\"from\":\"919876543210\",\"id\":\"w\",\"type\":"
	    "\"text\",\"text\":{\"body\":\"a\\u0000b\\\\u0000c\xff\"}}]}");

	(void)state;
	assert_string_equal(e.items[0].message.text, "a\xef\xbf\xbd"
						     "b\\u0000c\xef\xbf\xbd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_message),
	    cmocka_unit_test(test_times),
	    cmocka_unit_test(test_who),
	    cmocka_unit_test(test_bodies),
	    cmocka_unit_test(test_too_many),
	    cmocka_unit_test(test_nul),
	    cmocka_unit_test(test_other_shapes),
	    cmocka_unit_test(test_large_numbers),
	    cmocka_unit_test(test_user_ids),
	    cmocka_unit_test(test_other_spellings),
	    cmocka_unit_test(test_edit),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
