/* test_contact_trash_store.c: into the trash, out of it, and away */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "storage/contact_list_store.h"
#include "storage/contact_store.h"
#include "storage/contact_trash_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"
#include "support/store_test.h"

#define NOW 1700000000123

static const struct batch_origin nobody;

static const char *unique(const char *word)
{
	static int n;

	return arena_printf(
	    &a, "%s %lld %d", word, (long long)clock_now(), n++);
}

static struct contact_id make(const char *const *tags, size_t n)
{
	struct contact c = {
	    .attributes = "{}", .version = 1, .created_at = NOW};

	OK(contact_store_reserve(db, 1, &c.id.n, &e));
	for (int i = 0; i < FIELD_COUNT; i++)
		c.value[i] = "";
	c.value[FIELD_USER_ID] =
	    arena_printf(&a, "trash %llu", (unsigned long long)c.id.n);
	c.updated_at = NOW;
	OK(contact_store_insert(db, &c, NULL, &e));
	OK(tag_store_set(db, c.id, tags, n, &e));
	return c.id;
}

static uint64_t trash(const struct contact_id *ids, size_t n)
{
	uint64_t numbers[8], changed = 0;

	for (size_t i = 0; i < n; i++)
		numbers[i] = ids[i].n;
	OK(contact_batch_trash(
	    db, &a, numbers, n, REVISION_TRASH, &nobody, NOW, &changed, &e));
	return changed;
}

static uint64_t restore(struct contact_id id)
{
	uint64_t changed = 0;

	OK(contact_batch_restore(db, &a, &id.n, 1, REVISION_RESTORE, &nobody,
	    NOW + 1, &changed, &e));
	return changed;
}

static struct contact get(struct contact_id id)
{
	struct contact c;

	OK(contact_store_get(db, &a, id, false, &c, &e));
	return c;
}

static size_t segments_of(struct contact_id id, struct segment **rows)
{
	size_t n;

	OK(segment_store_of_contact(db, &a, id, rows, &n, &e));
	return n;
}

static const struct contact_revision *newest(struct contact_id id)
{
	struct contact_revision *rows;
	size_t n;

	OK(contact_revision_list(db, &a, id, 0, 1, &rows, &n, &e));
	assert_int_equal(n, 1);
	return rows;
}

static void test_there_and_back(void **state)
{
	const char *tags[] = {unique("kept \xc3\xa4\"|"), unique("renamed")};
	const char *segment = unique("segment");
	struct contact_id ids[2] = {make(tags, 2), make(NULL, 0)};
	struct segment *rows;
	struct segment_id s;
	struct tag_id t;

	(void)state;
	OK(segment_store_ensure(db, segment, &s, &e));
	OK(contact_batch_add_segment(
	    db, s.n, (struct import_id){0}, &ids[0].n, 1, &e));
	assert_int_equal(trash(ids, 2), 2);
	struct contact c = get(ids[0]);

	assert_int_equal(c.trashed_at, NOW);
	assert_int_equal(c.version, 2);
	assert_int_equal(c.tag_count, 0);
	assert_int_equal(segments_of(ids[0], &rows), 0);
	assert_int_equal(newest(ids[0])->kind, REVISION_TRASH);
	assert_int_equal(newest(ids[0])->version, 1);
	assert_string_equal(newest(ids[1])->before,
	    "{\"_tags\":[],\"_segments\":[],\"_trashed_at\":null}");
	assert_int_equal(trash(ids, 2), 0); /* they are there already */

	OK(tag_store_find(db, "tag", tags[1], &t, &e));
	OK(tag_store_rename(db, t, unique("otherwise"), &e));
	assert_int_equal(restore(ids[0]), 1);
	assert_int_equal(restore(ids[0]), 0);
	c = get(ids[0]);
	assert_int_equal(c.trashed_at, 0);
	assert_int_equal(c.version, 3);
	assert_int_equal(c.tag_count, 1);
	assert_string_equal(c.tags[0], tags[0]);
	assert_int_equal(segments_of(ids[0], &rows), 1);
	assert_string_equal(rows[0].name, segment);
	assert_string_equal(newest(ids[0])->before,
	    "{\"_tags\":[],\"_segments\":[],\"_trashed_at\":"
	    "\"2023-11-14T22:13:20.123Z\"}");
}

/* What it had the last time comes back, not what it had once. */
static void test_twice(void **state)
{
	const char *tags[] = {unique("first"), unique("second")};
	struct contact_id id = make(tags, 1);

	(void)state;
	trash(&id, 1);
	restore(id);
	OK(tag_store_set(db, id, tags + 1, 1, &e));
	trash(&id, 1);
	restore(id);
	struct contact c = get(id);

	assert_int_equal(c.tag_count, 1);
	assert_string_equal(c.tags[0], tags[1]);
}

static void test_purge(void **state)
{
	const char *tags[] = {unique("gone")};
	struct contact_id ids[2] = {make(tags, 1), make(tags, 1)};
	uint64_t numbers[] = {ids[0].n, ids[1].n}, purged = 0;
	struct contact_revision *rows;
	struct contact c;
	size_t n;

	(void)state;
	trash(ids, 1);
	OK(contact_batch_purge(db, &a, numbers, 2, &purged, &e));
	assert_int_equal(purged, 1); /* the other one is not in the trash */
	assert_int_equal(
	    contact_store_get(db, &a, ids[0], false, &c, &e), STATUS_NOT_FOUND);
	OK(contact_revision_list(db, &a, ids[0], 0, 9, &rows, &n, &e));
	assert_int_equal(n, 0);
	assert_int_equal(get(ids[1]).tag_count, 1);
	assert_int_equal(restore(ids[0]), 0);
}

/* Lists and totals see what is in the book, or what is in the trash. */
static void test_lists(void **state)
{
	struct contact_id id = make(NULL, 0);
	const char *value = get(id).value[FIELD_USER_ID];
	struct contact_condition condition = {.subject = SUBJECT_FIELD,
	    .field = FIELD_USER_ID,
	    .values = &value,
	    .value_count = 1};
	struct contact_query q = {
	    .conditions = &condition, .condition_count = 1, .limit = 5};
	const struct contact_query all = {.limit = 5};
	struct contact_page page;
	uint64_t before = 0, after = 0, total = 0;

	(void)state;
	OK(contact_list_store_total(db, &all, 0, &before, &e));
	trash(&id, 1);
	OK(contact_list_store_total(db, &all, 0, &after, &e));
	assert_int_equal(after, before - 1);
	OK(contact_list_store_page(db, &a, &q, &page, &e));
	assert_int_equal(page.count, 0);
	OK(contact_list_store_total(db, &q, 0, &total, &e));
	assert_int_equal(total, 0);
	q.trash = true;
	OK(contact_list_store_page(db, &a, &q, &page, &e));
	assert_int_equal(page.count, 1);
	assert_int_equal(page.rows[0].trashed_at, NOW);
	OK(contact_list_store_total(db, &q, 0, &total, &e));
	assert_int_equal(total, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_there_and_back),
	    cmocka_unit_test(test_twice),
	    cmocka_unit_test(test_purge),
	    cmocka_unit_test(test_lists),
	};
	return cmocka_run_group_tests(tests, store_test_open, store_test_close);
}
