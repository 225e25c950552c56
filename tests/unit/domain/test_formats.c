/* test_formats.c: the table of formats, its rules, headers and samples */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "domain/import/formats.h"

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

/* formats.md section 1, as a table: one line a rule, one column a format. */
static const char *const presets[][6] = {
    {"", "generic", "aisensy", "metahumans", "isendu", "interakt"},
    {"key", "phone_else_email", "phone", "phone", "email", "phone"},
    {"required", "phone_or_email", "name,phone", "phone", "email",
	"phone,country_code"},
    {"phone_form", "any", "plus_or_national", "digits", "any", "split"},
    {"phone_check", "valid", "valid", "valid", "valid", "valid"},
    {"country", "", "IN", "", "", ""},
    {"name_rule", "any", "any", "any", "any", "letters"},
    {"duplicates", "last_wins", "last_wins", "last_wins", "last_wins",
	"first_wins"},
    {"existing", "update", "update", "update", "update", "update"},
    {"blank", "keep", "keep", "clear", "keep", "keep"},
    {"unknown_tag", "create", "drop", "create", "create", "create"},
    {"unknown_column", "ask", "ask", "create", "ask", "ask"},
    {"typed_header", "yes", "no", "yes", "no", "no"},
    {"fixed_header", "no", "no", "yes", "no", "no"},
    {"row_limit", "1000000", "1000000", "1000", "1000000", "500000"},
    {"size_limit", "52428800", "52428800", "52428800", "52428800", "52428800"},
    {"source", "IMPORT", "IMPORT", "IMPORT", "IMPORT", "IMPORT"},
    {"segment", "optional", "optional", "required", "optional", "optional"},
    {"house_number_in_address", "no", "no", "no", "no", "no"},
};

#define PRESETS (sizeof presets / sizeof *presets)

static void test_presets(void **state)
{
	(void)state;
	for (size_t k = 1; k < 6; k++) {
		const struct import_format *f =
		    import_format_find(presets[0][k]);

		assert_non_null(f);
		for (size_t i = 1; i < PRESETS; i++)
			assert_string_equal(
			    import_rule_get(&arena, &f->rules, presets[i][0]),
			    presets[i][k]);
		assert_int_equal(
		    f->rules.row_limit_cuts, str_equal(f->key, "metahumans"));
	}
	assert_null(import_format_find("excel"));
	assert_null(import_format_find(""));
}

/* A rule that is in the table of rules is in that of presets. */
static void test_rule_infos(void **state)
{
	size_t n = 0;

	(void)state;
	for (const struct rule_info *i = import_rule_infos; i->name; i++, n++) {
		assert_string_equal(i->name, presets[n + 1][0]);
		assert_non_null(i->label);
		assert_non_null(i->help);
		for (size_t k = 0; i->values && i->values[k]; k++)
			assert_non_null(i->value_labels[k]);
	}
	assert_int_equal(n, PRESETS - 1);
}

static void test_rule_set(void **state)
{
	static const struct {
		const char *name;
		const char *value;
		const char *then; /* NULL: refused */
	} sets[] = {
	    {"key", "user_id", "user_id"},
	    {"key", "Email", "email"},
	    {"key", "name", NULL},
	    {"key", "", NULL},
	    {"required", "phone, name", "name,phone"},
	    {"required", "name|phone_or_email", "name,phone_or_email"},
	    {"required", "", ""},
	    {"required", "title", NULL},
	    {"phone_form", "split", "split"},
	    {"phone_check", "possible", "possible"},
	    {"phone_check", "none", NULL},
	    {"country", "it", "IT"},
	    {"country", "", ""},
	    {"country", "XX", NULL},
	    {"country", "ITA", NULL},
	    {"country", "9", NULL},
	    {"name_rule", "letters_marks", "letters_marks"},
	    {"duplicates", "merge", "merge"},
	    {"existing", "update_only", "update_only"},
	    {"blank", "clear", "clear"},
	    {"unknown_tag", "reject", "reject"},
	    {"unknown_column", "ignore", "ignore"},
	    {"typed_header", "false", "no"},
	    {"typed_header", "TRUE", "yes"},
	    {"typed_header", "maybe", NULL},
	    {"fixed_header", "yes", "yes"},
	    {"row_limit", "10", "10"},
	    {"row_limit", "0", NULL},
	    {"row_limit", "-1", NULL},
	    {"row_limit", "ten", NULL},
	    {"size_limit", "18446744073709551616", NULL},
	    {"source", "Fair 2024", "Fair 2024"},
	    {"source", "", ""},
	    {"segment", "required", "required"},
	    {"segment", "yes", "required"},
	    {"house_number_in_address", "true", "yes"},
	    {"no_such_rule", "yes", NULL},
	    {"", "yes", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		struct import_rules r = import_formats[0].rules;
		bool set = import_rule_set(&r, sets[i].name, sets[i].value);

		assert_int_equal(set, sets[i].then != NULL);
		if (set)
			assert_string_equal(
			    import_rule_get(&arena, &r, sets[i].name),
			    sets[i].then);
		else
			assert_memory_equal(
			    &r, &import_formats[0].rules, sizeof r);
	}
}

static void test_source_length(void **state)
{
	struct import_rules r = import_formats[0].rules;
	char text[140];

	(void)state;
	memset(text, 'x', sizeof text);
	text[128] = '\0';
	assert_true(import_rule_set(&r, "source", text));
	text[128] = 'x';
	text[129] = '\0';
	assert_false(import_rule_set(&r, "source", text));
	assert_null(import_rule_get(&arena, &r, "no_such_rule"));
}

static void test_rules_json(void **state)
{
	(void)state;
	for (const struct import_format *f = import_formats; f->key; f++) {
		struct import_rules r = import_formats[0].rules;
		const char *json = import_rules_json(&arena, &f->rules);

		assert_true(import_rules_parse(&arena, json, &r));
		assert_string_equal(import_rules_json(&arena, &r), json);
	}
	struct import_rules r = import_formats[0].rules;

	assert_true(import_rules_parse(&arena,
	    "{\"row_limit\": 7, \"typed_header\": false, \"x\": 1}", &r));
	assert_int_equal(r.row_limit, 7);
	assert_false(r.typed_header);
	assert_int_equal(r.key, KEY_PHONE_ELSE_EMAIL);
	assert_false(import_rules_parse(&arena, "{\"key\": 1}", &r));
	assert_false(import_rules_parse(&arena, "[]", &r));
	assert_false(import_rules_parse(&arena, "", &r));
	assert_false(import_rules_parse(&arena, "{", &r));
}

static void test_headers(void **state)
{
	(void)state;
	/* folded as header_fold() leaves them, and none twice */
	for (const struct header_synonym *h = generic_headers; h->header; h++) {
		assert_string_equal(header_fold(&arena, h->header), h->header);
		for (const struct header_synonym *k = h + 1; k->header; k++)
			assert_string_not_equal(k->header, h->header);
	}
	for (const struct import_format *f = import_formats; f->key; f++)
		for (const struct header_synonym *h = f->headers; h->header;
		     h++)
			assert_string_equal(
			    header_fold(&arena, h->header), h->header);
	assert_string_equal(
	    header_fold(&arena, "  User.Phone_No "), "user phone no");
	assert_string_equal(
	    header_fold(&arena, "Phone 1 - Value"), "phone 1 value");
	assert_string_equal(header_fold(&arena, ""), "");
	assert_string_equal(header_fold(&arena, "-"), "");
}

static void test_header_find(void **state)
{
	const struct import_format *generic = import_format_find("generic");
	const struct import_format *meta = import_format_find("metahumans");
	size_t better;
	size_t worse;

	(void)state;
	assert_int_equal(
	    import_header_find(generic, "whatsapp number", &better)->field,
	    FIELD_PHONE);
	assert_int_equal(
	    import_header_find(generic, "home phone", &worse)->field,
	    FIELD_PHONE);
	assert_true(better < worse);
	assert_null(import_header_find(generic, "colour", NULL));
	assert_null(import_header_find(meta, "phone", NULL));
	assert_int_equal(import_header_find(meta, "user phone no", NULL)->field,
	    FIELD_PHONE);
}

static void test_guess(void **state)
{
	static const struct {
		const char *format;
		const char *reason;
		const char *header[9];
	} guesses[] = {
	    {"generic", "no other", {"Name", "Email", "Phone"}},
	    {"generic", "no other", {NULL}},
	    {"generic", "no other", {"Colour", "", "Shape"}},
	    {"aisensy", "Mobile Number as its second",
		{"Name", "Mobile Number", "first message"}},
	    {"aisensy", "Mobile", {"Name", "Mobile Number"}},
	    {"aisensy", "$City", {"Name", "Phone", "$City"}},
	    {"generic", "no other", {"Display Name", "Mobile Number"}},
	    {"metahumans", "second",
		{"username", "user.phone_no", "user.e", "Phone"}},
	    {"metahumans", "first",
		{"user.username", "user.phone_no", "user.email"}},
	    {"isendu", "House number", {"Email", "Address", "House number"}},
	    {"isendu", "third", {"E-mail", "First name", "Last name"}},
	    {"interakt", "Phone Number", {"Country Code", "Phone Number"}},
	    {"interakt", "WhatsApp", {"Phone", "WhatsApp Opted"}},
	    {"generic", "WhatsApp user id",
		{"Phone", "WhatsApp user id", "House number", "First message",
		    "WhatsApp opted", "WhatsApp opted at"}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
		const char *reason;
		size_t n = 0;

		while (guesses[i].header[n])
			n++;
		const struct import_format *f =
		    import_format_guess(&arena, guesses[i].header, n, &reason);

		assert_string_equal(f->key, guesses[i].format);
		assert_non_null(strstr(reason, guesses[i].reason));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_presets),
	    cmocka_unit_test(test_rule_infos),
	    cmocka_unit_test(test_rule_set),
	    cmocka_unit_test(test_source_length),
	    cmocka_unit_test(test_rules_json),
	    cmocka_unit_test(test_headers),
	    cmocka_unit_test(test_header_find),
	    cmocka_unit_test(test_guess),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
