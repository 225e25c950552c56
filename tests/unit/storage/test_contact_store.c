/* test_contact_store.c: one contact and its revisions */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "storage/attribute_store.h"
#include "storage/contact_batch_store.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"
#include "support/store_test.h"

/* Every field has a value of its own, unique in the book where it has to be. */
static struct contact full(void)
{
	struct contact c = {.attributes = "{\"a\":[1,2]}", .version = 1};
	uint64_t id = 0;

	OK(contact_store_reserve(db, 1, &id, &e));
	c.id.n = id;
	for (int i = 0; i < FIELD_COUNT; i++)
		c.value[i] =
		    arena_printf(&a, "%s \xc3\xab\xf0\x9f\x99\x82 %llu",
			contact_fields[i].key, (unsigned long long)id);
	c.value[FIELD_PHONE] =
	    arena_printf(&a, "+998%011llu", (unsigned long long)id);
	c.value[FIELD_HOUSE_NUMBER] = "12/B";
	c.value[FIELD_WHATSAPP_OPTED] = "no";
	c.value[FIELD_WHATSAPP_OPTED_AT] = "2022-10-31T14:00:00.123Z";
	c.value[FIELD_STATE] = "closed";
	c.created_at = c.updated_at = 1700000000123;
	return c;
}

static void same(const struct contact *x, const struct contact *y)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		assert_string_equal(x->value[i], y->value[i]);
	assert_string_equal(x->attributes, y->attributes);
	assert_int_equal(x->created_at, y->created_at);
	assert_int_equal(x->updated_at, y->updated_at);
	assert_int_equal(x->version, y->version);
}

static void test_reserve(void **state)
{
	uint64_t first = 0, second = 0;

	(void)state;
	OK(contact_store_reserve(db, 1000, &first, &e));
	OK(contact_store_reserve(db, 1, &second, &e));
	assert_true(first > 0);
	assert_true(second >= first + 1000);
}

static void test_write_and_read(void **state)
{
	struct contact c = full(), got;
	struct contact_id found = {0};

	(void)state;
	OK(contact_store_insert(db, &c, NULL, &e));
	OK(contact_store_get(db, &a, c.id, false, &got, &e));
	same(&c, &got);
	assert_int_equal(got.last_active, 0);
	OK(contact_store_find(
	    db, FIELD_PHONE, c.value[FIELD_PHONE], &found, &e));
	assert_int_equal(found.n, c.id.n);
	OK(contact_store_find(
	    db, FIELD_WA_USER_ID, c.value[FIELD_WA_USER_ID], &found, &e));
	assert_int_equal(contact_store_find(db, FIELD_PHONE, "+1", &found, &e),
	    STATUS_NOT_FOUND);
	OK(contact_store_delete(db, c.id, &e));
	assert_int_equal(
	    contact_store_get(db, &a, c.id, false, &got, &e), STATUS_NOT_FOUND);
}

static void test_empty(void **state)
{
	struct contact c = full(), got;

	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++)
		c.value[i] = "";
	OK(contact_store_insert(db, &c, NULL, &e));
	OK(contact_store_get(db, &a, c.id, false, &got, &e));
	same(&c, &got);
	OK(contact_store_delete(db, c.id, &e));
}

static void test_update(void **state)
{
	struct contact c = full(), got;

	(void)state;
	OK(contact_store_insert(db, &c, NULL, &e));
	c.value[FIELD_NAME] = "new";
	c.value[FIELD_PHONE] = "";
	c.attributes = "{}";
	c.updated_at++;
	OK(contact_store_update(db, &c, &e));
	assert_int_equal(contact_store_update(db, &c, &e), STATUS_CONFLICT);
	c.version++;
	OK(contact_store_get(db, &a, c.id, false, &got, &e));
	same(&c, &got);
	OK(contact_store_delete(db, c.id, &e));
}

static void test_taken(void **state)
{
	struct contact c = full(), d = full();

	(void)state;
	OK(contact_store_insert(db, &c, NULL, &e));
	d.value[FIELD_PHONE] = c.value[FIELD_PHONE];
	assert_int_equal(
	    contact_store_insert(db, &d, NULL, &e), STATUS_CONFLICT);
	d.value[FIELD_PHONE] = "";
	d.value[FIELD_WA_USER_ID] = c.value[FIELD_WA_USER_ID];
	assert_int_equal(
	    contact_store_insert(db, &d, NULL, &e), STATUS_CONFLICT);
	OK(contact_store_delete(db, c.id, &e));
}

static void test_revisions(void **state)
{
	struct contact c = full();
	struct contact_revision r = {.contact = c.id, .before = "{}"};
	struct contact_revision *rows;
	size_t n;

	(void)state;
	for (uint64_t version = 1; version <= 5; version++) {
		r.version = version;
		r.at = 1700000000000 + (int64_t)version;
		r.import_row = version == 2 ? 7 : 0;
		r.kind = version == 5 ? REVISION_DELETE : REVISION_UPDATE;
		r.before = arena_printf(&a, "{\"v\":%d}", (int)version);
		OK(contact_revision_insert(db, &r, &e));
	}
	OK(contact_revision_list(db, &a, c.id, 0, 3, &rows, &n, &e));
	assert_int_equal(n, 3);
	assert_int_equal(rows[0].version, 5);
	assert_int_equal(rows[0].kind, REVISION_DELETE);
	assert_string_equal(rows[0].before, "{\"v\":5}");
	assert_string_equal(rows[0].member_name, "");
	OK(contact_revision_list(db, &a, c.id, rows[2].id, 3, &rows, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].version, 2);
	assert_int_equal(rows[0].import_row, 7);
	OK(contact_revision_since(db, &a, c.id, 3, &rows, &n, &e));
	assert_int_equal(n, 3);
	assert_int_equal(rows[0].version, 3);
	assert_int_equal(rows[0].at, 1700000000003);
}

static void test_names(void **state)
{
	const char *name =
	    arena_printf(&a, "na\xc3\xafve %lld", (long long)clock_now());
	struct tag_id tag, again;
	struct segment_id segment, same_segment;
	struct attribute_id attribute;
	struct attribute_list all;
	bool seen = false;

	(void)state;
	OK(tag_store_ensure(db, "tag", name, &tag, &e));
	OK(tag_store_ensure(db, "tag", name, &again, &e));
	assert_int_equal(tag.n, again.n);
	OK(tag_store_insert(db, "first_message", name, &again, &e));
	assert_int_not_equal(tag.n, again.n);
	assert_int_equal(
	    tag_store_insert(db, "tag", name, &again, &e), STATUS_CONFLICT);
	OK(segment_store_ensure(db, name, &segment, &e));
	OK(segment_store_ensure(db, name, &same_segment, &e));
	assert_int_equal(segment.n, same_segment.n);
	assert_int_equal(
	    segment_store_insert(db, name, &segment, &e), STATUS_CONFLICT);
	OK(attribute_store_insert(db, name, "", "LOCATION", &attribute, &e));
	assert_int_equal(
	    attribute_store_insert(db, name, "", "TEXT", &attribute, &e),
	    STATUS_CONFLICT);
	OK(attribute_store_list(db, &a, &all, &e));
	for (size_t i = 0; i < all.count; i++)
		if (strcmp(all.items[i].name, name) == 0) {
			assert_int_equal(all.items[i].type, TYPE_LOCATION);
			seen = true;
		}
	assert_true(seen);
}

/* More numbers than a list of one statement takes. */
static void test_owners(void **state)
{
	enum {
		N = 1203
	};
	struct contact c = full();
	struct contact_owners owners = {0};
	const char *phones[N];

	(void)state;
	OK(contact_store_insert(db, &c, NULL, &e));
	for (unsigned i = 0; i < N; i++)
		phones[i] = arena_printf(&a, "+00%u", i);
	OK(contact_batch_owners(db, &a, false, phones, N, &owners, &e));
	assert_int_equal(owners.count, 0);
	phones[1] = phones[N - 1] = c.value[FIELD_PHONE];
	OK(contact_batch_owners(db, &a, false, phones, N, &owners, &e));
	assert_int_equal(owners.count, 2);
	assert_int_equal(owners.items[0].id, c.id.n);
	assert_string_equal(owners.items[1].value, c.value[FIELD_PHONE]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reserve),
	    cmocka_unit_test(test_write_and_read),
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_update),
	    cmocka_unit_test(test_taken),
	    cmocka_unit_test(test_revisions),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_owners),
	};
	return cmocka_run_group_tests(tests, store_test_open, store_test_close);
}
