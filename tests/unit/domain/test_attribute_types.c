/* test_attribute_types.c: what each type takes, keeps and gives back */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/attribute_types.h"

struct value_case {
	enum attribute_type type;
	const char *text;
	const char *kept; /* NULL: not of the type */
	const char *json; /* NULL: do not look */
};

static const struct value_case cases[] = {
    {TYPE_TEXT, "any text", "any text", "\"any text\""},
    {TYPE_TEXT, "say \"hi\"\n\\", "say \"hi\"\n\\",
	"\"say \\\"hi\\\"\\n\\\\\""},
    {TYPE_TEXT, "Ünïcødé 漢字 😀", "Ünïcødé 漢字 😀", "\"Ünïcødé 漢字 😀\""},
    {TYPE_TEXT, "42", "42", "\"42\""},
    {TYPE_TEXT, "{\"a\":1}", "{\"a\":1}", "\"{\\\"a\\\":1}\""},

    {TYPE_NUMBER, "42", "42", "42"},
    {TYPE_NUMBER, "-3.5", "-3.5", "-3.5"},
    {TYPE_NUMBER, "0", "0", "0"},
    {TYPE_NUMBER, "1e3", "1e3", "\"1e3\""},
    {TYPE_NUMBER, "72.87", "72.87", "72.87"},
    {TYPE_NUMBER, "0.1", "0.1", "0.1"},
    {TYPE_NUMBER, "-0", "-0", "\"-0\""},
    {TYPE_NUMBER, "+5", "+5", "\"+5\""},
    {TYPE_NUMBER, ".5", ".5", "\".5\""},
    {TYPE_NUMBER, "5.", "5.", "\"5.\""},
    {TYPE_NUMBER, "007", "007", "\"007\""},
    {TYPE_NUMBER, "2.50", "2.50", "\"2.50\""},
    {TYPE_NUMBER, "9223372036854775807", "9223372036854775807",
	"9223372036854775807"},
    {TYPE_NUMBER, "92233720368547758070", "92233720368547758070",
	"\"92233720368547758070\""},
    {TYPE_NUMBER, "0.12345678901234567890", "0.12345678901234567890",
	"\"0.12345678901234567890\""},
    {TYPE_NUMBER, "abc", NULL, NULL},
    {TYPE_NUMBER, "1,000", NULL, NULL},
    {TYPE_NUMBER, "1.000,5", NULL, NULL},
    {TYPE_NUMBER, "1 000", NULL, NULL},
    {TYPE_NUMBER, "3,5", NULL, NULL},
    {TYPE_NUMBER, "0x10", NULL, NULL},
    {TYPE_NUMBER, "NaN", NULL, NULL},
    {TYPE_NUMBER, "inf", NULL, NULL},
    {TYPE_NUMBER, "1e999", NULL, NULL},
    {TYPE_NUMBER, "1e", NULL, NULL},
    {TYPE_NUMBER, "e5", NULL, NULL},
    {TYPE_NUMBER, "-", NULL, NULL},
    {TYPE_NUMBER, ".", NULL, NULL},
    {TYPE_NUMBER, "--5", NULL, NULL},
    {TYPE_NUMBER, "1.2.3", NULL, NULL},
    {TYPE_NUMBER, "4२", NULL, NULL},
    {TYPE_NUMBER, "₹42", NULL, NULL},

    {TYPE_DATE, "2022-10-31", "2022-10-31", "\"2022-10-31\""},
    {TYPE_DATE, "2020-02-29", "2020-02-29", NULL},
    {TYPE_DATE, "0400-02-29", "0400-02-29", NULL},
    {TYPE_DATE, "9999-12-31", "9999-12-31", NULL},
    {TYPE_DATE, "2021-02-29", NULL, NULL},
    {TYPE_DATE, "2100-02-29", NULL, NULL},
    {TYPE_DATE, "2022-13-01", NULL, NULL},
    {TYPE_DATE, "2022-00-01", NULL, NULL},
    {TYPE_DATE, "2022-10-00", NULL, NULL},
    {TYPE_DATE, "0000-01-01", NULL, NULL},
    {TYPE_DATE, "31/10/2022", NULL, NULL},
    {TYPE_DATE, "2022/10/31", NULL, NULL},
    {TYPE_DATE, "20221031", NULL, NULL},
    {TYPE_DATE, "22-10-31", NULL, NULL},
    {TYPE_DATE, "2022-10-31T14:00:00Z", NULL, NULL},
    {TYPE_DATE, "2022-10-3\xd9\xa1", NULL, NULL},
    {TYPE_DATE, "2022-10-31Z", NULL, NULL},

    {TYPE_TIME, "19:30", "19:30:00", "\"19:30:00\""},
    {TYPE_TIME, "00:00:00", "00:00:00", NULL},
    {TYPE_TIME, "23:59:59", "23:59:59", NULL},
    {TYPE_TIME, "24:00", NULL, NULL},
    {TYPE_TIME, "12:60", NULL, NULL},
    {TYPE_TIME, "12:30:60", NULL, NULL},
    {TYPE_TIME, "7:30", NULL, NULL},
    {TYPE_TIME, "7:30 PM", NULL, NULL},
    {TYPE_TIME, "12:30:00.5", NULL, NULL},
    {TYPE_TIME, "12-30", NULL, NULL},
    {TYPE_TIME, "noon", NULL, NULL},

    {TYPE_DATETIME, "2022-10-31T19:30:00.000+05:30", "2022-10-31T14:00:00.000Z",
	"\"2022-10-31T14:00:00.000Z\""},
    {TYPE_DATETIME, "2022-10-31T14:00:00Z", "2022-10-31T14:00:00.000Z", NULL},
    {TYPE_DATETIME, "2022-10-31", "2022-10-31T00:00:00.000Z", NULL},
    {TYPE_DATETIME, "1963-06-19t08:30:06.283185z", "1963-06-19T08:30:06.283Z",
	NULL},
    {TYPE_DATETIME, "0400-02-29T12:00Z", "0400-02-29T12:00:00.000Z", NULL},
    {TYPE_DATETIME, "1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z",
	NULL},
    {TYPE_DATETIME, "2022-10-31T19:30:00", NULL, NULL},
    {TYPE_DATETIME, "2022-10-31 19:30:00Z", NULL, NULL},
    {TYPE_DATETIME, "2022-10-31T24:00:00Z", NULL, NULL},
    {TYPE_DATETIME, "2022-10-31T19:30:61Z", NULL, NULL},
    {TYPE_DATETIME, "2022-10-31T19:30:00+24:00", NULL, NULL},
    {TYPE_DATETIME, "2022-10-31T19:30:00+05", NULL, NULL},
    {TYPE_DATETIME, "2022-10-31T19:30:00+05:30Z", NULL, NULL},
    {TYPE_DATETIME, "0001-01-01T00:00:00+01:00", NULL, NULL},
    {TYPE_DATETIME, "9999-12-31T23:59:59-01:00", NULL, NULL},
    {TYPE_DATETIME, "10/31/2022 7:30 PM", NULL, NULL},

    {TYPE_BOOLEAN, "true", "true", "true"},
    {TYPE_BOOLEAN, "FALSE", "false", "false"},
    {TYPE_BOOLEAN, "True", "true", NULL},
    {TYPE_BOOLEAN, "Yes", "true", NULL},
    {TYPE_BOOLEAN, "no", "false", NULL},
    {TYPE_BOOLEAN, "1", "true", NULL},
    {TYPE_BOOLEAN, "0", "false", NULL},
    {TYPE_BOOLEAN, "maybe", NULL, NULL},
    {TYPE_BOOLEAN, "2", NULL, NULL},
    {TYPE_BOOLEAN, "t", NULL, NULL},

    {TYPE_ARRAY, "[ \"a\", 1 , true, null ]", "[\"a\",1,true,null]",
	"[\"a\",1,true,null]"},
    {TYPE_ARRAY, "[]", "[]", "[]"},
    {TYPE_ARRAY, "[72.87, 1.0, [2]]", "[72.87,1.0,[2]]", NULL},
    {TYPE_ARRAY, "{}", NULL, NULL},
    {TYPE_ARRAY, "[1,]", NULL, NULL},
    {TYPE_ARRAY, "['a']", NULL, NULL},
    {TYPE_ARRAY, "a,b", NULL, NULL},
    {TYPE_ARRAY, "[1] [2]", NULL, NULL},

    {TYPE_OBJECT, "{\"b\": 1, \"a\": [2, 3]}", "{\"b\":1,\"a\":[2,3]}",
	"{\"b\":1,\"a\":[2,3]}"},
    {TYPE_OBJECT, "{}", "{}", "{}"},
    {TYPE_OBJECT, "[]", NULL, NULL},
    {TYPE_OBJECT, "{\"a\":1,\"a\":2}", NULL, NULL},
    {TYPE_OBJECT, "{a:1}", NULL, NULL},
    {TYPE_OBJECT, "{\"a\":", NULL, NULL},

    {TYPE_LOCATION, "{\"latitude\": 19.07, \"longitude\": 72.87}",
	"{\"latitude\":19.07,\"longitude\":72.87}",
	"{\"latitude\":19.07,\"longitude\":72.87}"},
    {TYPE_LOCATION, "{\"longitude\": 72.87, \"latitude\": 19.07}",
	"{\"latitude\":19.07,\"longitude\":72.87}", NULL},
    {TYPE_LOCATION, "19.07,72.87", "{\"latitude\":19.07,\"longitude\":72.87}",
	NULL},
    {TYPE_LOCATION, "-90, +180", "{\"latitude\":-90,\"longitude\":180}", NULL},
    {TYPE_LOCATION, "0.0000001,0", "{\"latitude\":1e-07,\"longitude\":0}",
	NULL},
    {TYPE_LOCATION, "90.1,0", NULL, NULL},
    {TYPE_LOCATION, "0,-180.5", NULL, NULL},
    {TYPE_LOCATION, "19.07", NULL, NULL},
    {TYPE_LOCATION, "19.07,72.87,5", NULL, NULL},
    {TYPE_LOCATION, "19.07;72.87", NULL, NULL},
    {TYPE_LOCATION, "{\"latitude\": 91, \"longitude\": 0}", NULL, NULL},
    {TYPE_LOCATION, "{\"latitude\": \"1\", \"longitude\": 0}", NULL, NULL},
    {TYPE_LOCATION, "{\"latitude\": 1}", NULL, NULL},
    {TYPE_LOCATION, "{\"latitude\": 1, \"longitude\": 2, \"name\": 3}", NULL,
	NULL},
    {TYPE_LOCATION, "Mumbai", NULL, NULL},
};

/* What the attributes column gives back is what was put there. */
static bool comes_back(struct arena *a, const char *json, const char *kept)
{
	const char *text = arena_printf(a, "{\"x\":%s}", json);
	struct json_t *v;

	for (int round = 0; round < 2; round++) {
		if (json_parse(a, text, strlen(text), &v, NULL) != STATUS_OK)
			return false;
		if (!str_equal(
			attribute_kept_from_json(a, json_get(v, "x")), kept))
			return false;
		text = json_dump(a, v, true);
	}
	return true;
}

static bool is_right(struct arena *a, const struct value_case *c)
{
	const struct attribute_type_info *type = &attribute_types[c->type];
	const char *kept = type->parse(a, c->text, false);

	if (!kept || !c->kept)
		return kept == c->kept;
	const char *json = type->to_json(a, kept);
	const char *again = type->parse(a, kept, true);

	return str_equal(kept, c->kept) && comes_back(a, json, kept) &&
	       (!c->json || str_equal(json, c->json)) && again &&
	       str_equal(again, kept);
}

static void test_values(void **state)
{
	size_t accepted[TYPE_COUNT] = {0};
	size_t refused[TYPE_COUNT] = {0};
	size_t wrong = 0;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct value_case *c = &cases[i];

		if (c->kept)
			accepted[c->type]++;
		else
			refused[c->type]++;
		if (is_right(&a, c))
			continue;
		const char *kept =
		    attribute_types[c->type].parse(&a, c->text, false);

		print_error("%s \"%s\": %s, %s\n", attribute_types[c->type].key,
		    c->text, str_or_empty(kept),
		    kept ? attribute_types[c->type].to_json(&a, kept) : "");
		wrong++;
	}
	arena_release(&a);
	assert_int_equal(wrong, 0);
	for (int t = 0; t < TYPE_COUNT; t++) {
		assert_true(accepted[t] > 0);
		assert_true(refused[t] > 0 || t == TYPE_TEXT);
	}
}

static void test_table(void **state)
{
	enum attribute_type found;

	(void)state;
	for (int t = 0; t < TYPE_COUNT; t++) {
		const struct attribute_type_info *type = &attribute_types[t];

		assert_true(strlen(type->key) > 0);
		assert_true(strlen(type->label) > 0);
		assert_true(strlen(type->widget) > 0);
		assert_true(strlen(type->hint) > 0);
		assert_true(attribute_type_find(type->key, &found));
		assert_int_equal(found, t);
	}
	assert_true(attribute_type_find("dateTime", &found));
	assert_int_equal(found, TYPE_DATETIME);
	assert_false(attribute_type_find("", &found));
	assert_false(attribute_type_find("STRING", &found));
	assert_false(attribute_type_find("DATE ", &found));
}

static void test_strict(void **state)
{
	static const char *const loose[] = {"yes", "No", "1", "0"};
	const struct attribute_type_info *type = &attribute_types[TYPE_BOOLEAN];
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 4; i++)
		assert_null(type->parse(&a, loose[i], true));
	assert_string_equal(type->parse(&a, "tRUE", true), "true");
	arena_release(&a);
}

static void test_lengths(void **state)
{
	const struct attribute_type_info *text = &attribute_types[TYPE_TEXT];
	char *long_text = calloc(3, 5000);
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 4000; i++)
		memcpy(long_text + 3 * i, "\xe0\xa4\xb6", 3);
	assert_string_equal(text->parse(&a, long_text, false), long_text);
	memcpy(long_text + 12000, "x", 2);
	assert_null(text->parse(&a, long_text, false));
	memset(long_text, '9', 5000);
	long_text[5000] = '\0';
	for (int t = TYPE_NUMBER; t < TYPE_COUNT; t++)
		assert_null(attribute_types[t].parse(&a, long_text, false));
	memset(long_text, '[', 5000);
	for (int t = TYPE_NUMBER; t < TYPE_COUNT; t++)
		assert_null(attribute_types[t].parse(&a, long_text, false));
	arena_release(&a);
	free(long_text);
}

/* No type breaks on what another type, or nobody, takes. */
static void test_hostile(void **state)
{
	static const char *const texts[] = {"\xff\xfe", "{", "[", "\"", "\\",
	    "-", "+", "T", ":", "{\"latitude\"", "2022-", "2022-10-31T", "1e+",
	    "\xe2\x82", "%s%n", "'; DROP TABLE contact; --", "=1+1", "null"};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int t = TYPE_NUMBER; t < TYPE_COUNT; t++)
		for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
			assert_null(
			    attribute_types[t].parse(&a, texts[i], false));
	for (int t = 0; t < TYPE_COUNT; t++)
		for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
			const char *kept =
			    attribute_types[t].parse(&a, cases[i].text, false);

			if (kept)
				assert_true(comes_back(&a,
				    attribute_types[t].to_json(&a, kept),
				    kept));
		}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_strict),
	    cmocka_unit_test(test_lengths),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
