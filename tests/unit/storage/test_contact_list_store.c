/* test_contact_list_store.c: contacts in order, by pages, with conditions */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "storage/contact_list_store.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"
#include "support/store_test.h"

#define COUNT 40

static const char *city; /* that only this run's contacts have */
static struct contact rows[COUNT];

/* Names come twice each, a third has no number, half have no e-mail. */
static void make_row(size_t i, uint64_t id)
{
	struct contact *c = &rows[i];
	unsigned long long n = (unsigned long long)id;

	for (int f = 0; f < FIELD_COUNT; f++)
		c->value[f] = "";
	c->id.n = id;
	c->value[FIELD_CITY] = city;
	c->value[FIELD_NAME] = arena_printf(&a, "N%02zu", (i * 7) % COUNT / 2);
	if (i % 3)
		c->value[FIELD_PHONE] = arena_printf(&a, "+999%011llu", n);
	if (i % 2)
		c->value[FIELD_EMAIL] =
		    arena_printf(&a, "E%llu@example.org", n * 7919 % 1000);
	c->value[FIELD_USER_ID] = "u";
	c->attributes = i == 5 ? "{\"k\\\"\":\"Z\xc3\xab\",\"n\":2.0}" : "{}";
	c->created_at = c->updated_at = clock_now();
	c->version = 1;
	OK(contact_store_insert(db, c, NULL, &e));
}

static int setup(void **state)
{
	uint64_t first = 0;

	store_test_open(state);
	OK(contact_store_reserve(db, COUNT, &first, &e));
	city = arena_printf(&a, "city %llu", (unsigned long long)first);
	for (size_t i = 0; i < COUNT; i++)
		make_row(i, first + i);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		contact_store_delete(db, rows[i].id, &e);
	return store_test_close(state);
}

static struct contact_query here(size_t limit)
{
	struct contact_condition *c = arena_alloc(&a, 4 * sizeof(*c));
	const char **values = arena_alloc(&a, sizeof(*values));
	struct contact_query q = {
	    .conditions = c, .condition_count = 1, .limit = limit};

	values[0] = city;
	c->subject = SUBJECT_FIELD;
	c->field = FIELD_CITY;
	c->values = values;
	c->value_count = 1;
	return q;
}

/* As they were made, and by some of the fields; tests/store has all orders. */
static const enum contact_field orders[] = {
    FIELD_COUNT, FIELD_NAME, FIELD_PHONE, FIELD_EMAIL};
#define ORDERS (sizeof(orders) / sizeof(*orders))

static void set_order(struct contact_query *q, size_t i)
{
	q->sort = orders[i] == FIELD_COUNT ? SORT_CREATED : SORT_FIELD;
	q->sort_field = orders[i];
}

static const char *sort_value(
    const struct contact_query *q, const struct contact *c)
{
	if (q->sort == SORT_CREATED)
		return "";
	const char *value = c->value[q->sort_field];

	return *value || q->sort_field == FIELD_NAME ? value : NULL;
}

static void move_to(
    struct contact_query *q, enum cursor_kind kind, const struct contact *c)
{
	q->cursor.kind = kind;
	q->cursor.id = c->id.n;
	q->cursor.value = sort_value(q, c);
}

/* Walks to the end and back; every contact has to come once, each way. */
static void walk(size_t order, bool descending)
{
	struct contact_query q = here(7), whole = here(COUNT);
	struct contact_page page, all;
	size_t seen = 0;

	set_order(&q, order);
	set_order(&whole, order);
	q.descending = whole.descending = descending;
	OK(contact_list_store_page(db, &a, &whole, &all, &e));
	assert_int_equal(all.count, COUNT);
	assert_false(all.has_next || all.has_previous);
	do {
		OK(contact_list_store_page(db, &a, &q, &page, &e));
		assert_int_equal(page.has_previous, seen > 0);
		for (size_t i = 0; i < page.count; i++)
			assert_int_equal(
			    page.rows[i].id.n, all.rows[seen++].id.n);
		move_to(&q, CURSOR_AFTER, &page.rows[page.count - 1]);
	} while (page.has_next);
	assert_int_equal(seen, COUNT);
	seen -= page.count;
	do {
		move_to(&q, CURSOR_BEFORE, &page.rows[0]);
		OK(contact_list_store_page(db, &a, &q, &page, &e));
		assert_true(page.has_next);
		for (size_t i = page.count; i > 0; i--)
			assert_int_equal(
			    page.rows[i - 1].id.n, all.rows[--seen].id.n);
	} while (page.has_previous);
	assert_int_equal(seen, 0);
}

static void test_walks(void **state)
{
	(void)state;
	for (size_t i = 0; i < ORDERS; i++) {
		walk(i, false);
		walk(i, true);
	}
}

/* The same with the unfiltered statement: others' contacts are among them, so
 * only the order is looked at. */
static void test_unfiltered(void **state)
{
	(void)state;
	for (size_t i = 0; i < ORDERS; i++) {
		struct contact_query q = {.limit = 11};
		struct contact_page first, second, back;

		set_order(&q, i);
		OK(contact_list_store_page(db, &a, &q, &first, &e));
		assert_int_equal(first.count, 11);
		move_to(&q, CURSOR_AFTER, &first.rows[10]);
		OK(contact_list_store_page(db, &a, &q, &second, &e));
		assert_true(second.count > 0);
		move_to(&q, CURSOR_BEFORE, &second.rows[0]);
		OK(contact_list_store_page(db, &a, &q, &back, &e));
		assert_int_equal(back.count, 11);
		for (size_t k = 0; k < 11; k++)
			assert_int_equal(back.rows[k].id.n, first.rows[k].id.n);
	}
}

static uint64_t total(const struct contact_query *q, uint64_t bound)
{
	uint64_t n = 0;

	OK(contact_list_store_total(db, q, bound, &n, &e));
	return n;
}

static void test_totals(void **state)
{
	struct contact_query q = here(7), all = {.limit = 7};
	uint64_t lately = 0;

	(void)state;
	assert_int_equal(total(&q, 0), COUNT);
	assert_int_equal(total(&q, 100), COUNT);
	assert_int_equal(total(&q, 9), 10);
	assert_true(total(&all, 0) >= COUNT);
	OK(contact_list_store_total_lately(db, all.marks, 0, &lately, &e));
	assert_int_equal(lately, total(&all, 0));
	OK(contact_list_store_total_lately(
	    db, (struct contact_marks){1, 1}, 0, &lately, &e));
	assert_int_equal(lately, total(&all, 0));
}

static void test_attributes(void **state)
{
	struct contact_query q = here(7);
	struct contact_condition *c = &q.conditions[1];
	static const char *const text[] = {"ZE"}, *const number[] = {"2"};
	static const char *const json[] = {"\"Z\xc3\xab\""};

	(void)state;
	q.condition_count = 2;
	*c = (struct contact_condition){
	    .subject = SUBJECT_ATTRIBUTE_TEXT, .name = "$.\"k\\\"\""};
	c->values = text;
	assert_int_equal(total(&q, 0), 1);
	c->subject = SUBJECT_ATTRIBUTE_JSON;
	c->values = json;
	assert_int_equal(total(&q, 0), 1);
	c->subject = SUBJECT_ATTRIBUTE_NUMBER;
	c->name = "$.\"n\"";
	c->values = number;
	assert_int_equal(total(&q, 0), 1);
	c->name = "$.\"none\"";
	assert_int_equal(total(&q, 0), 0);
}

static void test_tags_and_segments(void **state)
{
	struct contact_query q = here(COUNT);
	struct contact_segments *segments;
	struct contact_page page;
	struct segment_id segment;
	struct known_tags known;
	const char *names[] = {"zeta", "Alpha", "\xc3\xa9mile", "zeta"};
	struct tag_id tag;

	(void)state;
	OK(tag_store_set(db, rows[3].id, names, 4, &e));
	OK(tag_store_set(db, rows[9].id, names, 1, &e));
	OK(segment_store_ensure(db, city, &segment, &e));
	OK(contact_list_store_page(db, &a, &q, &page, &e));
	for (size_t i = 0; i < page.count; i++)
		assert_int_equal(page.rows[i].tag_count,
		    page.rows[i].id.n == rows[3].id.n	? 3
		    : page.rows[i].id.n == rows[9].id.n ? 1
							: 0);
	assert_string_equal(page.rows[3].tags[0], "Alpha");
	assert_string_equal(page.rows[3].tags[2], "zeta");

	OK(contact_list_store_know_tags(db, &a, &known, &e));
	for (size_t i = 0; i < page.count; i++)
		page.rows[i].tag_count = 0;
	OK(contact_list_store_chunk_tags(
	    db, &a, &known, page.rows, page.count, &e));
	assert_int_equal(page.rows[3].tag_count, 3);
	assert_string_equal(page.rows[3].tags[1], "\xc3\xa9mile");
	assert_int_equal(page.rows[4].tag_count, 0);
	assert_int_equal(page.rows[9].tag_count, 1);
	OK(contact_list_store_segments(
	    db, &a, page.rows, page.count, &segments, &e));
	assert_int_equal(segments[3].count, 0);

	OK(tag_store_find(db, "tag", "ZETA", &tag, &e));
	q.conditions[1].subject = SUBJECT_TAG;
	q.conditions[1].id = tag.n;
	q.condition_count = 2;
	assert_int_equal(total(&q, 0), 2);
	for (size_t i = 0; i < ORDERS; i++) {
		set_order(&q, i);
		OK(contact_list_store_page(db, &a, &q, &page, &e));
		assert_int_equal(page.count, 2);
	}
	OK(tag_store_set(db, rows[3].id, names, 0, &e));
	OK(tag_store_set(db, rows[9].id, names, 0, &e));
	assert_int_equal(total(&q, 0), 0);
}

/* Made by an import or changed by it, each once, also when it did both. */
static void test_import(void **state)
{
	uint64_t import = rows[0].id.n + 1000000000;
	struct contact_revision r = {.version = 1, .at = 1, .before = "{}"};
	struct contact_query q = here(2);
	struct contact_page page;
	size_t seen = 0;

	(void)state;
	r.import.n = import;
	for (size_t i = 0; i < 10; i++) {
		r.contact = rows[i % 5].id;
		OK(contact_revision_insert(db, &r, &e));
	}
	r.contact.n = rows[0].id.n + 2000000000; /* deleted since */
	OK(contact_revision_insert(db, &r, &e));
	q.conditions[1].subject = SUBJECT_IMPORT;
	q.conditions[1].id = import;
	q.condition_count = 2;
	assert_int_equal(total(&q, 0), 5);
	assert_int_equal(total(&q, 3), 4);
	do {
		OK(contact_list_store_page(db, &a, &q, &page, &e));
		for (size_t i = 0; i < page.count; i++)
			assert_int_equal(page.rows[i].id.n, rows[seen++].id.n);
		move_to(&q, CURSOR_AFTER, &page.rows[page.count - 1]);
	} while (page.has_next);
	assert_int_equal(seen, 5);
	move_to(&q, CURSOR_BEFORE, &page.rows[0]);
	OK(contact_list_store_page(db, &a, &q, &page, &e));
	assert_int_equal(page.rows[0].id.n, rows[2].id.n);
	assert_int_equal(total(&q, 0), 5);
	q.cursor.kind = CURSOR_NONE;
	set_order(&q, 1);
	q.limit = 10;
	OK(contact_list_store_page(db, &a, &q, &page, &e));
	assert_int_equal(page.count, 5);
	assert_int_equal(total(&q, 0), 5);
}

/* LIKE's own letters are letters. */
static void test_words(void **state)
{
	static const char *const cases[] = {"%", "_", "\\", "n1", "N\\01", "'"};
	static const int found[] = {0, 0, 0, 20, 0, 0};
	struct contact_query q = here(7);

	(void)state;
	q.condition_count = 2;
	q.conditions[1].subject = SUBJECT_WORDS;
	q.conditions[1].value_count = 1;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		q.conditions[1].values = &cases[i];
		assert_int_equal(total(&q, 0), found[i]);
	}
}

static void test_stream(void **state)
{
	struct contact_query q = here(7);
	struct db *other = db_new(&conf, false);
	struct db_query *stream;
	struct contact c;
	size_t n = 0;

	(void)state;
	OK(contact_list_store_stream(other, &a, &q, &stream, &e));
	while (db_next(stream, &e) == STATUS_OK) {
		contact_row_read(stream, &a, &c);
		assert_int_equal(c.id.n, rows[n++].id.n);
	}
	db_done(stream);
	assert_int_equal(n, COUNT);
	db_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_walks),
	    cmocka_unit_test(test_unfiltered),
	    cmocka_unit_test(test_totals),
	    cmocka_unit_test(test_attributes),
	    cmocka_unit_test(test_tags_and_segments),
	    cmocka_unit_test(test_import),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_stream),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
