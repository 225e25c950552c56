/* test_consent_ledger.c: what a change and a row of a file leave behind */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/consent/consent_record.h"

#define TIME_1 "2026-01-02T03:04:05.678Z"
#define TIME_2 "2026-02-02T03:04:05.678Z"

static struct contact opted(const char *value, const char *at)
{
	struct contact c = {.id = {7}};

	for (int i = 0; i < FIELD_COUNT; i++)
		c.value[i] = "";
	c.value[FIELD_WHATSAPP_OPTED] = value;
	c.value[FIELD_WHATSAPP_OPTED_AT] = at;
	return c;
}

static const struct consent_entry by_job = {
    .origin = ORIGIN_JOB, .job = {3}, .words = "w"};

static void test_a_change(void **state)
{
	struct contact no = opted("no", TIME_1);
	struct contact yes = opted("yes", TIME_2);
	struct contact none = opted("", "");
	struct consent_entry x;

	(void)state;
	assert_true(consent_ledger_change(&no, &yes, &by_job, &x));
	assert_int_equal(x.contact.n, 7);
	assert_int_equal(x.purpose, PURPOSE_WHATSAPP_MARKETING);
	assert_int_equal(x.status, CONSENT_GIVEN);
	assert_int_equal(x.evidence_at, INT64_C(1770001445678));
	assert_int_equal(x.origin, ORIGIN_JOB);
	assert_string_equal(x.words, "w");
	assert_true(consent_ledger_change(&yes, &no, &by_job, &x));
	assert_int_equal(x.status, CONSENT_WITHDRAWN);
	assert_true(consent_ledger_change(&yes, &none, &by_job, &x));
	assert_int_equal(x.status, CONSENT_UNKNOWN);
	assert_int_equal(x.evidence_at, 0);
}

static void test_a_new_contact(void **state)
{
	struct contact none = opted("", "");
	struct contact yes = opted("yes", TIME_1);
	struct consent_entry x;

	(void)state;
	assert_false(consent_ledger_change(NULL, &none, &by_job, &x));
	assert_true(consent_ledger_change(NULL, &yes, &by_job, &x));
	assert_int_equal(x.status, CONSENT_GIVEN);
}

static void test_no_change(void **state)
{
	struct contact yes = opted("yes", TIME_1);
	struct contact later = opted("yes", TIME_2);
	struct contact none = opted("", "");
	struct consent_entry x;

	(void)state;
	assert_false(consent_ledger_change(&yes, &yes, &by_job, &x));
	assert_false(consent_ledger_change(&none, &none, &by_job, &x));
	assert_true(consent_ledger_change(&yes, &later, &by_job, &x));
}

static void test_evidence_of_its_own(void **state)
{
	struct contact none = opted("", "");
	struct contact yes = opted("yes", TIME_1);
	struct consent_entry how = by_job;
	struct consent_entry x;

	(void)state;
	how.evidence_at = 5;
	assert_true(consent_ledger_change(&none, &yes, &how, &x));
	assert_int_equal(x.evidence_at, 5);
}

static void test_who_may_opt_in(void **state)
{
	struct contact no = opted("no", TIME_1);
	struct contact yes = opted("yes", TIME_1);
	const int64_t now = INT64_C(1780000000000);

	(void)state;
	assert_true(consent_may_opt(&yes, "no", NULL, now, false));
	assert_true(consent_may_opt(&yes, "", NULL, now, false));
	assert_true(consent_may_opt(&no, "no", NULL, now, false));
	assert_false(consent_may_opt(&no, "yes", NULL, now, false));
	assert_false(consent_may_opt(&no, "", NULL, now, false));
	assert_true(consent_may_opt(&no, "yes", NULL, now, true));
	assert_true(consent_may_opt(&no, "yes", TIME_2, now, false));
	assert_false(consent_may_opt(&no, "yes", TIME_1, now, false));
	assert_false(consent_may_opt(
	    &no, "yes", "2999-01-01T00:00:00.000Z", now, false));
	no.value[FIELD_WHATSAPP_OPTED_AT] = "";
	no.updated_at = now - 5;
	assert_false(consent_may_opt(&no, "yes", TIME_2, now, false));
}

static bool check(
    struct consent_draft d, struct consent_entry *x, const char **field)
{
	static struct arena a;
	struct contact_result out = {.message_count = 0};

	arena_release(&a);
	arena_init(&a);
	*x = (struct consent_entry){.id = 0};
	bool good = consent_draft_check(&a, &d, 1000000000000, x, &out);

	*field = out.message_count ? out.messages[0].field : "";
	return good;
}

static void test_drafts(void **state)
{
	const struct consent_draft good = {"email", "given", "", "a\nb", "", 0};
	struct consent_draft d = good;
	struct consent_entry x;
	const char *field;

	(void)state;
	assert_true(check(d, &x, &field));
	assert_int_equal(x.purpose, PURPOSE_EMAIL);
	assert_int_equal(x.basis, BASIS_CONSENT);
	assert_string_equal(x.words, "a\nb");
	d.status = "withdrawn";
	d.evidence_at = "2001-01-01T00:00";
	assert_true(check(d, &x, &field));
	assert_int_equal(x.basis, BASIS_NONE);
	assert_int_equal(x.evidence_at, INT64_C(978307200000));
	d.evidence_at = "2002-01-01";
	assert_false(check(d, &x, &field));
	assert_string_equal(field, "evidence_at");
	d = good;
	d.purpose = "";
	assert_false(check(d, &x, &field));
	assert_string_equal(field, "purpose");
	d = good;
	d.status = "unknown";
	assert_false(check(d, &x, &field));
	assert_string_equal(field, "status");
	d = good;
	d.basis = "Consent";
	assert_false(check(d, &x, &field));
	assert_string_equal(field, "basis");
	d = good;
	d.words = "\xff";
	assert_false(check(d, &x, &field));
	assert_string_equal(field, "words");
}

static struct ledger_step row_of_file(unsigned says)
{
	return (struct ledger_step){
	    .says = says,
	    .entry = {.status = CONSENT_GIVEN,
		.basis = BASIS_CONSENT,
		.words = "I confirm",
		.words_version = "1",
		.evidence_at = 9,
		.origin = ORIGIN_IMPORT},
	};
}

static void test_words_of_an_import(void **state)
{
	struct consent_entry x[CONSENT_PURPOSES];
	struct ledger_step s = row_of_file(SAYS_WHATSAPP | SAYS_EMAIL);

	(void)state;
	s.had_withdrawn[PURPOSE_EMAIL] = true;
	assert_int_equal(consent_ledger_entries(&s, x), 3);
	assert_int_equal(x[0].purpose, PURPOSE_WHATSAPP_MARKETING);
	assert_int_equal(x[0].status, CONSENT_GIVEN);
	assert_false(x[0].own_cell);
	assert_int_equal(x[0].evidence_at, 0);
	assert_int_equal(x[1].purpose, PURPOSE_PROFILING);
	assert_false(x[1].outweighed);
	assert_int_equal(x[2].purpose, PURPOSE_EMAIL);
	assert_true(x[2].outweighed);
}

static void test_cells_of_a_file(void **state)
{
	struct consent_entry x[CONSENT_PURPOSES];
	struct ledger_step in = row_of_file(SAYS_OPTED_IN | SAYS_CONFIRMED);
	struct ledger_step out = row_of_file(SAYS_OPTED_OUT);
	struct ledger_step kept = row_of_file(0);

	(void)state;
	in.had_withdrawn[PURPOSE_WHATSAPP_MARKETING] = true;
	assert_int_equal(consent_ledger_entries(&in, x), 2);
	assert_int_equal(x[0].status, CONSENT_GIVEN);
	assert_true(x[0].own_cell);
	assert_true(x[0].confirmed);
	assert_false(x[0].outweighed);
	assert_int_equal(x[0].evidence_at, 9);
	assert_int_equal(consent_ledger_entries(&out, x), 2);
	assert_int_equal(x[0].status, CONSENT_WITHDRAWN);
	assert_string_equal(x[0].words, "");
	assert_int_equal(x[0].evidence_at, 9);
	assert_int_equal(consent_ledger_entries(&kept, x), 1);
	assert_int_equal(x[0].purpose, PURPOSE_PROFILING);
}

static void test_places(void **state)
{
	struct ledger_place p = {1700000000123, 1, 42}, q;
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(ledger_place_text(&a, &p), "1700000000123.1.42");
	assert_true(ledger_place_read("1700000000123.1.42", &q));
	assert_int_equal(q.key, 42);
	assert_int_equal(q.at, p.at);
	assert_false(ledger_place_read("", &q));
	assert_false(ledger_place_read("1.2", &q));
	assert_false(ledger_place_read("1.2.3x", &q));
	assert_false(ledger_place_read("-1.2.3", &q));
	assert_false(ledger_place_read("999999999999999.2.3", &q));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_change),
	    cmocka_unit_test(test_a_new_contact),
	    cmocka_unit_test(test_no_change),
	    cmocka_unit_test(test_evidence_of_its_own),
	    cmocka_unit_test(test_who_may_opt_in),
	    cmocka_unit_test(test_drafts),
	    cmocka_unit_test(test_words_of_an_import),
	    cmocka_unit_test(test_cells_of_a_file),
	    cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
