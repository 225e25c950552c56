/* test_write_rules.c: what a column may do to contacts that are there */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "domain/import/formats.h"
#include "domain/import/map.h"
#include "domain/import/optout.h"
#include "domain/import/write_rules.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const char *const header[] = {
    "Phone", "E-mail", "City", "Tags", "List", "Opted", "Code", "Nothing"};
#define COLUMNS 8

static struct attribute items[] = {{{1}, "List", "", TYPE_ARRAY}};
static const struct attribute_list book = {items, 1};

static struct mapping mapped(
    const char *format, const char *json, struct map_messages *out)
{
	const struct import_format *f = import_format_find(format);
	struct mapping m;

	*out = (struct map_messages){.count = 0};
	map_guess(&arena, f, &f->rules, &book, header, COLUMNS, &m);
	map_apply_json(&arena,
	    "{\"Opted\": \"whatsapp_opted\", \"Nothing\": null,"
	    " \"Code\": null}",
	    &book, header, COLUMNS, &m, out);
	map_apply_json(&arena, json, &book, header, COLUMNS, &m, out);
	return m;
}

/* A mapping of generic, or aisensy, and whether its rules are allowed. */
static const struct {
	const char *format;
	const char *json;
	bool allowed;
} cases[] = {
    {"generic", "{\"City\": {\"to\": \"city\", \"write\": \"fill\"}}", true},
    {"generic", "{\"City\": {\"write\": \"fill\", \"empty\": \"clear\"}}",
	true},
    {"generic", "{\"City\": {\"write\": \"never\"}}", true},
    {"generic", "{\"City\": {\"write\": \"never\", \"empty\": \"clear\"}}",
	false},
    {"generic", "{\"City\": {\"write\": \"append\"}}", false},
    {"generic", "{\"City\": {\"write\": \"always\"}}", false},
    {"generic", "{\"City\": {\"empty\": \"maybe\"}}", false},
    {"generic", "{\"City\": {\"to\": \"city\", \"wirte\": \"fill\"}}", false},
    {"generic", "{\"City\": {\"to\": 7}}", false},
    {"generic", "{\"City\": {\"to\": \"city\", \"attribute\": \"x\"}}", false},
    {"generic", "{\"City\": {\"type\": \"TEXT\"}}", false},
    {"generic", "{\"City\": {\"to\": \"Shoes\", \"type\": \"TEXT\"}}", true},
    {"generic", "{\"City\": {\"to\": \"Shoes\"}}", false},
    {"generic", "{\"City\": {\"to\": null}}", true},
    {"generic", "{\"City\": {\"to\": null, \"write\": \"fill\"}}", false},
    {"generic", "{\"Tags\": {\"write\": \"append\"}}", true},
    {"generic", "{\"Tags\": {\"write\": \"overwrite\"}}", true},
    {"generic", "{\"List\": {\"write\": \"append\"}}", true},
    {"generic", "{\"Opted\": {\"write\": \"fill\"}}", true},
    {"generic", "{\"Opted\": {\"empty\": \"clear\"}}", false},
    /* one of two keys */
    {"generic", "{\"Phone\": {\"write\": \"fill\"}}", true},
    {"generic", "{\"Phone\": {\"write\": \"never\"}}", false},
    {"generic", "{\"E-mail\": {\"write\": \"never\"}}", false},
    /* the key */
    {"aisensy", "{\"Phone\": {\"write\": \"overwrite\"}}", true},
    {"aisensy", "{\"Phone\": {\"write\": \"fill\"}}", false},
    {"aisensy", "{\"Phone\": {\"empty\": \"clear\"}}", false},
    {"aisensy", "{\"E-mail\": {\"write\": \"never\"}}", true},
    /* what is not written */
    {"interakt", "{\"Code\": {\"to\": \"country_code\", \"write\": \"fill\"}}",
	false},
    {"generic", "{\"Nothing\": {\"write\": \"fill\"}}", false},
    /* columns of tags are taken together */
    {"generic", "{\"City\": \"tags\", \"Tags\": {\"write\": \"overwrite\"}}",
	false},
    {"generic",
	"{\"City\": {\"to\": \"tags\", \"write\": \"fill\"},"
	" \"Tags\": {\"write\": \"fill\"}}",
	true},
};

static void test_allowed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct import_format *f =
		    import_format_find(cases[i].format);
		struct import_rules rules = f->rules;
		struct map_messages out;
		struct mapping m = mapped(cases[i].format, cases[i].json, &out);

		rules.required = 0;
		if (!out.count)
			map_validate(&arena, f, &rules, false, &m, &out);
		if ((out.count == 0) != cases[i].allowed)
			fail_msg("%s %s: %s", cases[i].format, cases[i].json,
			    out.count ? out.items[0].text : "accepted");
	}
}

static struct column_target field(
    enum contact_field f, enum column_write w, enum column_empty e)
{
	return (struct column_target){
	    .kind = TARGET_FIELD, .field = f, .write = w, .empty = e};
}

static void test_defaults(void **state)
{
	struct import_rules rules = import_formats[0].rules;
	struct column_target city = field(FIELD_CITY, 0, 0);
	struct column_target opted = field(FIELD_WHATSAPP_OPTED, 0, 0);
	struct column_target tags = {.kind = TARGET_TAGS};

	(void)state;
	assert_int_equal(column_write_of(&city), WRITE_OVERWRITE);
	assert_int_equal(column_write_of(&tags), WRITE_APPEND);
	assert_false(column_clears(&rules, &city));
	rules.blank = BLANK_CLEAR;
	assert_true(column_clears(&rules, &city));
	assert_false(column_clears(&rules, &tags));
	assert_false(column_clears(&rules, &opted));
	assert_false(column_write_changed(&rules, &city));
	city.empty = EMPTY_CLEAR;
	assert_false(column_write_changed(&rules, &city));
	city.empty = EMPTY_KEEP;
	assert_true(column_write_changed(&rules, &city));
	/* What fills does not take away, unless it is said. */
	city = field(FIELD_CITY, WRITE_FILL, 0);
	assert_false(column_clears(&rules, &city));
	city.empty = EMPTY_CLEAR;
	assert_true(column_clears(&rules, &city));
	rules.duplicates = DUPLICATES_MERGE;
	assert_false(column_clears(&rules, &city));
	tags.write = WRITE_OVERWRITE;
	rules.duplicates = DUPLICATES_LAST_WINS;
	assert_true(column_clears(&rules, &tags));
}

static void test_settle(void **state)
{
	struct import_rules rules = import_format_find("aisensy")->rules;
	struct column_target phone = field(FIELD_PHONE, WRITE_NEVER, 0);
	struct column_target city = field(FIELD_CITY, WRITE_NEVER, 0);

	(void)state;
	column_write_settle(&rules, &phone);
	column_write_settle(&rules, &city);
	assert_int_equal(phone.write, WRITE_DEFAULT);
	assert_int_equal(city.write, WRITE_NEVER);
	city = field(FIELD_CITY, WRITE_NEVER, EMPTY_CLEAR);
	column_write_settle(&rules, &city);
	assert_int_equal(city.empty, EMPTY_DEFAULT);
}

/* A name that is made of two columns follows the one that changes less. */
static void test_made_name(void **state)
{
	struct import_rules rules = import_formats[0].rules;
	struct column_target columns[] = {
	    field(FIELD_FIRST_NAME, WRITE_OVERWRITE, EMPTY_CLEAR),
	    field(FIELD_LAST_NAME, WRITE_FILL, 0),
	    field(FIELD_NAME, WRITE_NEVER, 0),
	};
	struct write_rules w;

	(void)state;
	write_rules_make(&rules, &(struct mapping){columns, 2}, &w);
	assert_int_equal(w.fields[FIELD_NAME].write, WRITE_FILL);
	assert_false(w.fields[FIELD_NAME].clears);
	assert_true(w.fields[FIELD_FIRST_NAME].clears);
	write_rules_make(&rules, &(struct mapping){columns, 1}, &w);
	assert_true(w.fields[FIELD_NAME].clears);
	write_rules_make(&rules, &(struct mapping){columns, 3}, &w);
	assert_int_equal(w.fields[FIELD_NAME].write, WRITE_NEVER);
	assert_true(w.tags_plain);
	assert_true(w.attributes_plain);
}

static void test_field_rule(void **state)
{
	const struct field_rule fill = {WRITE_FILL, false};
	const struct field_rule never = {WRITE_NEVER, false};
	const struct field_rule clear = {WRITE_OVERWRITE, true};

	(void)state;
	assert_true(field_rule_writes(&fill, "", "x"));
	assert_false(field_rule_writes(&fill, "y", "x"));
	assert_false(field_rule_writes(&fill, "y", ""));
	assert_false(field_rule_writes(&never, "", "x"));
	assert_true(field_rule_writes(&clear, "y", ""));
	assert_true(field_rule_writes(&clear, "y", "x"));
}

static void test_list_join(void **state)
{
	static const char *const lists[][3] = {
	    {"[]", "[1]", "[1]"},
	    {"[1,2]", "[2,3,3]", "[1,2,3]"},
	    {"[1,1]", "[1]", "[1,1]"},
	    {"[\"a\"]", "[\"A\",[1],{\"x\":1}]", "[\"a\",\"A\",[1],{\"x\":1}]"},
	    {"\"text\"", "[1,1]", "[1,1]"},
	    {"[1]", "[]", "[1]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		assert_string_equal(
		    json_list_join(&arena, lists[i][0], lists[i][1]),
		    lists[i][2]);
}

static void test_json(void **state)
{
	struct map_messages out;
	struct mapping m = mapped("generic",
	    "{\"City\": {\"write\": \"fill\", \"empty\": \"clear\"},"
	    " \"Tags\": {\"write\": \"overwrite\"}}",
	    &out);
	const char *json = map_to_json(&arena, &m);
	struct mapping again;

	(void)state;
	assert_int_equal(out.count, 0);
	assert_true(map_from_json(&arena, json, &again));
	assert_int_equal(again.columns[2].write, WRITE_FILL);
	assert_int_equal(again.columns[2].empty, EMPTY_CLEAR);
	assert_int_equal(again.columns[3].write, WRITE_OVERWRITE);
	assert_int_equal(again.columns[0].write, WRITE_DEFAULT);
	assert_string_equal(map_to_json(&arena, &again), json);
	assert_false(map_from_json(&arena,
	    "[{\"field\": \"city\", \"write\": \"sometimes\"}]", &again));
}

#define DAY (24LL * 3600 * 1000)

/* The file came on 2024-06-01; the contact opted out on 2024-05-01. */
static void test_proof(void **state)
{
	const char *since = "2024-05-01T12:00:00.000Z";
	const int64_t uploaded = 1717200000000; /* 2024-06-01 */
	static const struct {
		const char *proof;
		enum optout_proof is;
	} proofs[] = {
	    {"", PROOF_NONE},
	    {"2024-05-01T12:00:00.001Z", PROOF_NEWER},
	    {"2024-05-01T12:00:00.000Z", PROOF_OLD},
	    {"2020-01-01T00:00:00.000Z", PROOF_OLD},
	    {"2024-06-01T00:00:00.000Z", PROOF_NEWER},
	    {"2024-06-01T00:00:00.001Z", PROOF_FUTURE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(proofs) / sizeof(*proofs); i++) {
		assert_int_equal(
		    optout_proof(since, 0, proofs[i].proof, uploaded),
		    proofs[i].is);
		assert_non_null(optout_message(proofs[i].is));
	}
	/* Nobody knows when: before the contact's last change. */
	assert_int_equal(optout_proof("", uploaded - DAY,
			     "2024-05-30T00:00:00.000Z", uploaded),
	    PROOF_OLD);
	assert_int_equal(optout_proof("", uploaded - DAY,
			     "2024-05-31T12:00:00.000Z", uploaded),
	    PROOF_NEWER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_allowed),
	    cmocka_unit_test(test_defaults),
	    cmocka_unit_test(test_settle),
	    cmocka_unit_test(test_made_name),
	    cmocka_unit_test(test_field_rule),
	    cmocka_unit_test(test_list_join),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_proof),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
