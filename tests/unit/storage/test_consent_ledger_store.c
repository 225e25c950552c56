/* test_consent_ledger_store.c: entries come back, and stay as they are */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "storage/consent_ledger_store.h"
#include "storage/consent_store.h"
#include "storage/contact_store.h"
#include "storage/contact_trash_store.h"
#include "support/store_test.h"

#define NOW INT64_C(1700000000123)

static struct contact_id make(void)
{
	struct contact c = {.attributes = "{}", .version = 1};

	OK(contact_store_reserve(db, 1, &c.id.n, &e));
	for (int i = 0; i < FIELD_COUNT; i++)
		c.value[i] = "";
	c.value[FIELD_USER_ID] =
	    arena_printf(&a, "ledger %llu", (unsigned long long)c.id.n);
	c.created_at = c.updated_at = NOW;
	OK(contact_store_insert(db, &c, NULL, &e));
	return c.id;
}

static struct consent_entry entry_of(struct contact_id id)
{
	return (struct consent_entry){
	    .contact = id,
	    .purpose = PURPOSE_EMAIL,
	    .status = CONSENT_WITHDRAWN,
	    .basis = BASIS_CONTRACT,
	    .words = "Sì, \"grazie\"",
	    .evidence_at = NOW - 5,
	    .at = NOW,
	    .origin = ORIGIN_MESSAGE,
	    .job = {12},
	    .message = "wamid.1",
	    .detail = "STOP",
	};
}

static size_t list(struct contact_id id, const struct ledger_place *below,
    size_t limit, struct ledger_step **steps)
{
	size_t n = 0;

	OK(consent_ledger_store_list(db, &a, id, below, limit, steps, &n, &e));
	return n;
}

static void assert_comes_back(const struct consent_entry *x)
{
	assert_int_equal(x->purpose, PURPOSE_EMAIL);
	assert_int_equal(x->status, CONSENT_WITHDRAWN);
	assert_int_equal(x->basis, BASIS_CONTRACT);
	assert_string_equal(x->words, "Sì, \"grazie\"");
	assert_int_equal(x->evidence_at, NOW - 5);
	assert_int_equal(x->at, NOW);
	assert_int_equal(x->origin, ORIGIN_MESSAGE);
	assert_int_equal(x->job.n, 12);
	assert_int_equal(x->member.n, 0);
	assert_string_equal(x->message, "wamid.1");
	assert_string_equal(x->detail, "STOP");
	assert_string_equal(x->member_name, "");
	assert_false(x->undone);
}

static void test_one_and_many(void **state)
{
	struct contact_id id = make();
	struct consent_entry x = entry_of(id);
	struct consent_entry many[2] = {x, x};
	struct ledger_step *steps;

	(void)state;
	OK(consent_ledger_store_add(db, &x, NULL, &e));
	many[1].at = NOW + 1;
	many[1].evidence_at = 0;
	OK(consent_ledger_store_add_many(db, &a, many, 2, &e));
	assert_int_equal(list(id, &ledger_newest, 10, &steps), 3);
	assert_int_equal(steps[0].place.at, NOW + 1);
	assert_int_equal(steps[0].entry.evidence_at, 0);
	assert_comes_back(&steps[1].entry);
	assert_comes_back(&steps[2].entry);
	assert_true(steps[1].entry.id > steps[2].entry.id);
}

static void put_row(uint64_t import, struct contact_id id, unsigned says,
    const char *evidence, int64_t now)
{
	const struct import_contact row = {2, id.n, says, evidence};

	OK(import_contact_put(
	    db, &a, (struct import_id){import}, &row, 1, now, &e));
}

static void test_with_rows_of_files(void **state)
{
	struct contact_id id = make();
	struct consent_entry x = entry_of(id);
	struct ledger_step *steps;
	uint64_t import = 4000000000u - id.n * 2;

	(void)state;
	put_row(import, id, SAYS_EMAIL | SAYS_WHATSAPP, "", NOW - 10);
	OK(consent_ledger_store_add(db, &x, NULL, &e));
	put_row(import + 1, id, SAYS_OPTED_IN, "2023-01-02T03:04:05.678Z",
	    NOW + 10);
	assert_int_equal(list(id, &ledger_newest, 10, &steps), 3);
	assert_int_equal(steps[0].says, SAYS_OPTED_IN);
	assert_int_equal(steps[0].entry.evidence_at, INT64_C(1672628645678));
	assert_int_equal(steps[0].entry.import.n, import + 1);
	assert_int_equal(steps[0].entry.import_row, 2);
	assert_true(steps[0].had_withdrawn[PURPOSE_EMAIL]);
	assert_false(steps[0].had_withdrawn[PURPOSE_PROFILING]);
	assert_int_equal(steps[1].entry.origin, ORIGIN_MESSAGE);
	assert_int_equal(steps[2].says, SAYS_EMAIL | SAYS_WHATSAPP);
	assert_int_equal(steps[2].entry.evidence_at, 0);
	assert_false(steps[2].had_withdrawn[PURPOSE_EMAIL]);
	assert_int_equal(list(id, &steps[0].place, 1, &steps), 1);
	assert_int_equal(steps[0].entry.origin, ORIGIN_MESSAGE);
	assert_int_equal(list(id, &steps[0].place, 9, &steps), 1);
	assert_int_equal(steps[0].entry.import.n, import);
}

static const char *const updates[] = {
    "UPDATE contact_consent SET status = 'given' WHERE contact_id = ?",
    "UPDATE import_contact SET says = 'opted_in' WHERE contact_id = ?",
    "UPDATE consent SET words = '' WHERE import_id = ?",
    "DELETE FROM consent WHERE import_id = ?",
};

static void test_nothing_is_changed(void **state)
{
	struct contact_id id = make();
	struct import_id import = {4000000000u - id.n * 2};
	const struct consent words = {.words_version = "1", .words = "I have"};
	const struct actor nobody = {.address = ""};
	struct consent_entry x = entry_of(id);
	struct consent now;
	struct ledger_step *steps;

	(void)state;
	OK(consent_ledger_store_add(db, &x, NULL, &e));
	put_row(import.n, id, SAYS_EMAIL, "", NOW - 10);
	OK(consent_store_insert(db, import, &words, &nobody, &e));
	for (size_t i = 0; i < sizeof(updates) / sizeof(*updates); i++) {
		struct db_query *q = db_query(db, updates[i]);

		db_put_u64(q, i < 2 ? id.n : import.n);
		assert_int_equal(db_exec(q, NULL, &e), STATUS_FAILED);
		assert_non_null(strstr(e.message, "only ever added to"));
	}
	OK(consent_store_get(db, &a, import, &now, &e));
	assert_string_equal(now.words, "I have");
	assert_int_equal(list(id, &ledger_newest, 10, &steps), 2);
	assert_comes_back(&steps[0].entry);
}

static void test_it_goes_with_the_contact(void **state)
{
	static const struct batch_origin nobody;
	struct contact_id id = make();
	struct consent_entry x = entry_of(id);
	struct ledger_step *steps;
	uint64_t n;

	(void)state;
	OK(consent_ledger_store_add(db, &x, NULL, &e));
	put_row(4000000000u - id.n * 2, id, SAYS_EMAIL, "", NOW - 10);
	OK(contact_batch_trash(
	    db, &a, &id.n, 1, REVISION_TRASH, &nobody, NOW, &n, &e));
	OK(contact_batch_purge(db, &a, &id.n, 1, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(list(id, &ledger_newest, 10, &steps), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_and_many),
	    cmocka_unit_test(test_with_rows_of_files),
	    cmocka_unit_test(test_nothing_is_changed),
	    cmocka_unit_test(test_it_goes_with_the_contact),
	};

	return cmocka_run_group_tests(tests, store_test_open, store_test_close);
}
