/* test_audit_filter.c: the parameters of the audit log, and its words */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/audit_filter.h"

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

/* A filter of one parameter. */
static struct audit_filter with(const char *name, const char *value)
{
	const char *values[AUDIT_PARAMS] = {NULL};
	struct audit_filter f;

	for (size_t i = 0; i < AUDIT_PARAMS; i++)
		if (strcmp(audit_param_names[i], name) == 0)
			values[i] = value;
	audit_filter_read(&a, values, 50, &f);
	return f;
}

static void test_empty(void **state)
{
	struct audit_filter f = with("q", "  ");

	(void)state;
	assert_null(f.first_problem);
	assert_false(f.filtered);
	assert_null(f.query.words);
	assert_int_equal(f.query.limit, 50);
	assert_string_equal(audit_filter_text(&a, &f, NULL), "");
}

static void test_values(void **state)
{
	struct audit_filter f = with("member", "7");

	(void)state;
	assert_int_equal(f.query.member.n, 7);
	f = with("member", "whatsapp");
	assert_int_equal(f.query.by, AUDIT_BY_WHATSAPP);
	f = with("action", "import.undo");
	assert_int_equal(f.query.actions.count, 1);
	f = with("action", "imports");
	assert_true(f.query.actions.count > 5);
	f = with("from", "1970-01-02");
	assert_int_equal(f.query.from, 86400000);
	f = with("to", "1970-01-02"); /* with the day */
	assert_int_equal(f.query.until, 2 * 86400000);
	f = with("to", "1970-01-02T00:00:00Z");
	assert_int_equal(f.query.until, 86400000);
	f = with("subject", " Contact 7 ");
	assert_string_equal(f.query.subject, "contact 7");
	f = with("subject", "Ann");
	assert_string_equal(f.query.subject, "Ann");
	f = with("after", "5-6");
	assert_int_equal(f.query.after.at, 5);
	assert_int_equal(f.query.after.id, 6);
	assert_false(f.filtered);
	f = with("limit", "1000");
	assert_int_equal(f.query.limit, 1000);
}

static void test_refused(void **state)
{
	static const char *const wrong[][2] = {{"member", "0"},
	    {"member", "member"}, {"member", "ann"}, {"token", "0"},
	    {"token", "-1"}, {"action", "import"}, {"action", "privacy.none"},
	    {"from", "2026-13-01"}, {"from", "2026-01-01T10:00"},
	    {"to", "yesterday"}, {"address", "\xc3\xa9"}, {"limit", "0"},
	    {"limit", "1001"}, {"after", "5"}, {"after", "0-1"},
	    {"after", "99999999999999999-1"}};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct audit_filter f = with(wrong[i][0], wrong[i][1]);

		if (!f.first_problem)
			fail_msg("%s=%s", wrong[i][0], wrong[i][1]);
		assert_int_equal(
		    f.bad_place, strcmp(wrong[i][0], "after") == 0);
	}
}

static void test_text(void **state)
{
	struct audit_filter f = with("q", "a & b");
	struct audit_place place = {12, 3};

	(void)state;
	assert_string_equal(audit_filter_text(&a, &f, NULL), "?q=a%20%26%20b");
	assert_string_equal(
	    audit_filter_text(&a, &f, &place), "?q=a%20%26%20b&after=12-3");
	assert_string_equal(audit_filter_shape(&a, &f), "?q=\xe2\x80\xa6");
	assert_string_equal(audit_filter_value(&f, "q"), "a & b");
	assert_string_equal(audit_filter_value(&f, "nose"), "");
}

/* Each action has one row, a word that the log can hold and a sentence; each
 * group is one that can be asked for. */
static void test_words(void **state)
{
	(void)state;
	for (const struct audit_word *w = audit_words; w->action; w++) {
		assert_ptr_equal(audit_word_find(w->action), w);
		assert_true(strlen(w->action) <= 64);
		assert_true(w->group < AUDIT_GROUP_COUNT);
		assert_true(strlen(w->sentence) > 5);
		assert_int_equal(audit_group_of(w->action), AUDIT_GROUP_COUNT);
	}
	assert_string_equal(audit_sentence("not.known"), "not.known");
	assert_true(audit_actions_with(&a, "EXPORTED").count >= 2);
	assert_int_equal(audit_actions_with(&a, "qqq").count, 0);
}

static void test_who(void **state)
{
	struct audit entry = {.action = "contact.create", .address = ""};

	(void)state;
	assert_int_equal(audit_by_of(&entry), AUDIT_BY_COMMAND);
	entry.action = "trash.expire";
	assert_int_equal(audit_by_of(&entry), AUDIT_BY_ITSELF);
	entry.action = "contact.create";
	entry.address = "192.0.2.1";
	assert_int_equal(audit_by_of(&entry), AUDIT_BY_WHATSAPP);
	entry.action = "login.failure";
	assert_int_equal(audit_by_of(&entry), AUDIT_BY_STRANGER);
	entry.member.n = 1;
	assert_int_equal(audit_by_of(&entry), AUDIT_BY_MEMBER);
	entry.token.n = 1;
	assert_int_equal(audit_by_of(&entry), AUDIT_BY_TOKEN);
}

static void test_paths(void **state)
{
	static const char *const cases[][2] = {{"contact 7", "/contacts/7"},
	    {"import 12", "/imports/12"}, {"member 1", "/team"},
	    {"trash", "/trash"}, {"contact x", ""}, {"contacts", ""},
	    {"book.name", ""}, {"javascript:alert(1)", ""}, {"", ""}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
		    audit_subject_path(&a, cases[i][0]), cases[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_who),
	    cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests_name(
	    "audit_filter", tests, setup, teardown);
}
