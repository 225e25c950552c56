/* test_contact_order.c: pages in every order that a list can have */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_columns.h"
#include "domain/contact/contact_cursor.h"
#include "domain/contact/contact_list.h"
#include "storage/contact_store.h"
#include "storage/member_setting_store.h"
#include "storage/tag_store.h"
#include "support/store_test.h"

#define COUNT 60

static uint64_t first;
static struct attribute_list attributes;
static const char *city;

/* Empty ones, ties, letters that are the same but for case or accent, signs
 * that a pattern or an escape would take for its own, and long ones that
 * differ late. */
static const char *text_of(size_t i)
{
	static const char *const texts[] = {"", "a", "A", "\xc3\xa1", "b", "Z",
	    "\xf0\x9f\x98\x80", "\xe0\xa4\x85", "=1+1", "a b", "'", "\\", "%",
	    "10", "9", ""};

	if (i % 17 == 16)
		return arena_printf(&a, "%060d%c", 0, 'z' - (int)i % 3);
	return texts[i * 7 % 16];
}

static const char *json_of(enum attribute_type type, size_t i)
{
	static const char *const numbers[] = {"-2.5", "0", "10", "9", "\"007\"",
	    "1e3", "\"2.50\"", "123456789012345678", "123456789012345679"};

	switch (type) {
	case TYPE_NUMBER:
		return numbers[i % 9];
	case TYPE_DATE:
		return arena_printf(&a, "\"20%02zu-02-03\"", i % 7);
	case TYPE_BOOLEAN:
		return i % 2 ? "true" : "false";
	case TYPE_OBJECT:
		return arena_printf(&a, "{\"k\":%zu}", i % 5);
	case TYPE_TEXT:
	case TYPE_TIME:
	case TYPE_DATETIME:
	case TYPE_ARRAY:
	case TYPE_LOCATION:
	case TYPE_COUNT:
		break;
	}
	return arena_printf(&a, "\"T%zu\xc3\xab\"", i % 11);
}

static const char *attributes_of(size_t i)
{
	const char *text = "";

	for (size_t k = 0; k < attributes.count; k++)
		if ((i + k) % 4)
			text = arena_printf(&a, "%s%s\"%s\":%s", text,
			    *text ? "," : "", attributes.items[k].name,
			    json_of(attributes.items[k].type, i));
	return arena_printf(&a, "{%s}", text);
}

static void set_last_active(uint64_t id, int64_t ms)
{
	struct db_query *q =
	    db_query(db, "UPDATE contact SET last_active = ? WHERE id = ?");

	db_put_time(q, ms);
	db_put_u64(q, id);
	OK(db_exec(q, NULL, &e));
}

static void make_row(size_t i)
{
	struct contact c = {.id = {first + i}, .version = 1};
	unsigned long long n = (unsigned long long)c.id.n;

	for (int f = 0; f < FIELD_COUNT; f++)
		c.value[f] = text_of(i + (size_t)f);
	c.value[FIELD_CITY] = city;
	c.value[FIELD_HOUSE_NUMBER] = i % 3 ? "7" : "";
	c.value[FIELD_ACCOUNT] = arena_printf(&a, "%0250zu", i / 2);
	c.value[FIELD_STATE] = i % 2 ? "closed" : "";
	c.value[FIELD_PHONE] =
	    i % 3 ? arena_printf(&a, "+999%011llu", n * 7919 % 100000) : "";
	c.value[FIELD_WA_USER_ID] = i % 4 ? arena_printf(&a, "w%llu", n) : "";
	c.value[FIELD_USER_ID] = "u";
	c.value[FIELD_WHATSAPP_OPTED] = i % 3 ? i % 3 == 1 ? "yes" : "no" : "";
	c.value[FIELD_WHATSAPP_OPTED_AT] =
	    i % 5 ? arena_printf(
			&a, "2022-10-%02zuT14:00:00.%03zuZ", i % 28 + 1, i % 2)
		  : "";
	c.attributes = attributes_of(i);
	c.created_at = c.updated_at = clock_now() - (int64_t)(i % 9);
	OK(contact_store_insert(db, &c, NULL, &e));
	if (i % 4)
		set_last_active(c.id.n, c.created_at - (int64_t)(i % 13));
	if (i % 3) {
		const char *tag = arena_printf(&a, "%s t%zu", city, i % 4);

		OK(tag_store_set(db, c.id, &tag, 1, &e));
	}
}

static int setup(void **state)
{
	static struct attribute items[] = {{{0}, "bool", "", TYPE_BOOLEAN},
	    {{0}, "date", "", TYPE_DATE}, {{0}, "n,1", "", TYPE_NUMBER},
	    {{0}, "object", "", TYPE_OBJECT}, {{0}, "text", "", TYPE_TEXT}};

	store_test_open(state);
	OK(contact_store_reserve(db, COUNT, &first, &e));
	city = arena_printf(&a, "city %llu", (unsigned long long)first);
	attributes.items = items;
	attributes.count = 5;
	for (size_t i = 0; i < COUNT; i++)
		make_row(i);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		contact_store_delete(db, (struct contact_id){first + i}, &e);
	return store_test_close(state);
}

static struct contact_filter filter_of(
    const struct contact_column *column, bool descending, size_t limit)
{
	struct contact_condition *c = arena_alloc(&a, sizeof(*c));
	struct contact_filter f;

	memset(&f, 0, sizeof(f));
	c->subject = SUBJECT_FIELD;
	c->field = FIELD_CITY;
	c->values = &city;
	c->value_count = 1;
	f.query.conditions = c;
	f.query.condition_count = 1;
	f.query.limit = limit;
	f.query.descending = descending;
	contact_columns_sort(&a, column, &f.query);
	return f;
}

static void turn(
    struct contact_filter *f, enum cursor_kind kind, const char *cursor)
{
	f->query.cursor.kind = kind;
	if (cursor)
		assert_true(contact_cursor_read(&a, cursor, &f->query));
}

/* By pages to the end and back, each contact comes once, where the whole list
 * has it. */
static void walk(const struct contact_column *column, bool descending)
{
	struct contact_filter f = filter_of(column, descending, 7);
	struct contact_filter whole = filter_of(column, descending, COUNT);
	struct contact_list all, list;
	size_t seen = 0;

	OK(contact_list_load(db, &a, &whole, TOTAL_EXACT, &all, &e));
	assert_int_equal(all.page.count, COUNT);
	for (;;) {
		OK(contact_list_load(db, &a, &f, TOTAL_BOUNDED, &list, &e));
		assert_int_equal(list.total, COUNT);
		assert_false(list.total_more);
		for (size_t i = 0; i < list.page.count; i++, seen++)
			if (list.page.rows[i].id.n != all.page.rows[seen].id.n)
				fail_msg("%s %d: %zu is another", column->key,
				    descending, seen);
		if (!list.next)
			break;
		turn(&f, CURSOR_AFTER, list.next);
	}
	assert_int_equal(seen, COUNT);
	turn(&f, CURSOR_END, NULL);
	for (;;) {
		OK(contact_list_load(db, &a, &f, TOTAL_BOUNDED, &list, &e));
		for (size_t i = list.page.count; i > 0; i--)
			assert_int_equal(list.page.rows[i - 1].id.n,
			    all.page.rows[--seen].id.n);
		if (!list.previous)
			break;
		turn(&f, CURSOR_BEFORE, list.previous);
	}
	assert_int_equal(seen, 0);
}

static void test_walks(void **state)
{
	struct column_list all = contact_columns_all(&a, &attributes);

	(void)state;
	for (size_t i = 0; i < all.count; i++) {
		walk(&all.items[i], false);
		walk(&all.items[i], true);
	}
}

/* All contacts, or all of them by a condition that always holds. */
static struct contact_filter everybody(
    const char *key, bool descending, bool plain)
{
	static struct contact_condition holds = {.subject = SUBJECT_ALL};
	struct contact_column column;
	struct contact_filter f;

	assert_true(contact_columns_find(&a, &attributes, key, &column));
	f = filter_of(&column, descending, 7);
	f.query.conditions = plain ? NULL : &holds;
	f.query.condition_count = plain ? 0 : 1;
	return f;
}

/* Pages of all contacts by tags are put together another way than those of
 * some: both have the same contacts and the same neighbours. */
static void compare_pages(const char *key, bool descending, bool from_end)
{
	struct contact_filter plain = everybody(key, descending, true);
	struct contact_filter other = everybody(key, descending, false);
	struct contact_list x, y;
	size_t seen = 0;

	if (from_end) {
		turn(&plain, CURSOR_END, NULL);
		turn(&other, CURSOR_END, NULL);
	}
	for (;; seen += x.page.count) {
		OK(contact_list_load(db, &a, &plain, TOTAL_BOUNDED, &x, &e));
		OK(contact_list_load(db, &a, &other, TOTAL_BOUNDED, &y, &e));
		assert_int_equal(x.page.count, y.page.count);
		for (size_t i = 0; i < x.page.count; i++)
			assert_int_equal(
			    x.page.rows[i].id.n, y.page.rows[i].id.n);
		const char *on = from_end ? x.previous : x.next;
		const char *on_other = from_end ? y.previous : y.next;

		assert_int_equal(on == NULL, on_other == NULL);
		if (!on)
			break;
		assert_string_equal(on, on_other);
		turn(&plain, from_end ? CURSOR_BEFORE : CURSOR_AFTER, on);
		turn(&other, from_end ? CURSOR_BEFORE : CURSOR_AFTER, on);
	}
	assert_true(seen + x.page.count >= COUNT);
}

static void compare_all_pages(void)
{
	for (int i = 0; i < 8; i++)
		compare_pages(i & 4 ? "campaigns" : "tags", i & 1, i & 2);
}

static void run(const char *sql, const char *name)
{
	struct db_query *q = db_query(db, sql);

	if (name)
		db_put_text(q, name);
	OK(db_exec(q, NULL, &e));
}

static void test_name_after_name(void **state)
{
	const char *name = arena_printf(&a, "%s t1", city);

	(void)state;
	/* A second tag before or after the first, and campaigns. */
	for (size_t i = 0; i < COUNT; i += 5) {
		const char *tags[] = {arena_printf(&a, "%s a%zu", city, i % 2),
		    arena_printf(&a, "%s t%zu", city, i % 4)};

		OK(tag_store_set(
		    db, (struct contact_id){first + i}, tags, 2, &e));
	}
	run("INSERT INTO campaign (name, created_at) SELECT CONCAT(?, ' c', seq),"
	    " NOW() FROM seq_1_to_3",
	    city);
	run("INSERT INTO contact_campaign (campaign_id, contact_id) SELECT c.id,"
	    " contact.id FROM campaign c JOIN contact ON (contact.id + c.id) % 3"
	    " = 1 WHERE contact.city = ?",
	    city);
	compare_all_pages();
	/* A tag is gone, and its links not yet. */
	run("INSERT INTO catalog_job (kind, old_id, old_name, new_id, new_name,"
	    " created_at) SELECT 'tag', id, name, 0, '', NOW() FROM tag"
	    " WHERE name = ?",
	    name);
	run("DELETE FROM tag WHERE name = ?", name);
	compare_all_pages();
	run("DELETE FROM catalog_job WHERE old_name = ?", name);
	run("DELETE FROM contact_tag WHERE tag_id NOT IN (SELECT id FROM tag)",
	    NULL);
	run("DELETE FROM contact_campaign WHERE campaign_id IN"
	    " (SELECT id FROM campaign WHERE name LIKE CONCAT(?, '%'))",
	    city);
	run("DELETE FROM campaign WHERE name LIKE CONCAT(?, '%')", city);
}

/* The values in order: those without come first. */
static void test_values(void **state)
{
	struct contact_column column;
	struct contact_filter f;
	struct contact_list list;
	double last = -1e300;

	(void)state;
	assert_true(contact_columns_find(&a, &attributes, "attr.N,1", &column));
	f = filter_of(&column, false, COUNT);
	OK(contact_list_load(db, &a, &f, TOTAL_EXACT, &list, &e));
	for (size_t i = 0; i < COUNT; i++) {
		const char *at =
		    strstr(list.page.rows[i].attributes, "\"n,1\":");

		if (!at) {
			assert_true(last == -1e300);
			continue;
		}
		at += strlen("\"n,1\":");
		double n = strtod(*at == '"' ? at + 1 : at, NULL);

		assert_true(n >= last);
		last = n;
	}
}

static void test_texts(void **state)
{
	struct column_list list = {.count = 0}, again = {.count = 0};
	const char *unknown = NULL;

	(void)state;
	assert_true(contact_columns_add(
	    &a, &attributes, " tags,attr.N\\,1, ,name,tags", &list, &unknown));
	assert_int_equal(list.count, 3);
	const char *text = contact_columns_text(&a, &list);

	assert_string_equal(text, "tags,attr.n\\,1,name");
	assert_true(
	    contact_columns_add(&a, &attributes, text, &again, &unknown));
	assert_int_equal(again.count, 3);
	assert_false(
	    contact_columns_add(&a, &attributes, "name,no", &list, &unknown));
	assert_string_equal(unknown, "no");
	assert_int_equal(contact_columns_default(&a).count, 9);
}

static void test_of_member(void **state)
{
	struct member_id member = {first + 1000000000};
	struct column_list list = {.count = 0};

	(void)state;
	OK(contact_columns_of_member(db, &a, member, &list, &e));
	assert_int_equal(list.count, 9);
	list.count = 0;
	contact_columns_add(&a, &attributes, "city,phone", &list, NULL);
	OK(contact_columns_keep(db, &a, member, &list, &e));
	OK(contact_columns_of_member(db, &a, member, &list, &e));
	assert_string_equal(contact_columns_text(&a, &list), "city,phone");
	/* An attribute that is no longer there is left out. */
	OK(member_setting_set(
	    db, member, "contacts.columns", "attr.gone since,city", &e));
	OK(contact_columns_of_member(db, &a, member, &list, &e));
	assert_string_equal(contact_columns_text(&a, &list), "city");
	list.count = 0;
	OK(contact_columns_keep(db, &a, member, &list, &e));
	OK(contact_columns_of_member(db, &a, member, &list, &e));
	assert_int_equal(list.count, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_walks),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_name_after_name),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_of_member),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
