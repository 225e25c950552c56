/* test_revert.c: what undoing a change makes of one contact */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "domain/jobs/revert.h"

#define MINE 1
#define THEIRS 0

static struct arena a;
static struct arena scratch;
static struct revert r;
static struct contact contact;
static struct revert_now now;
static struct revert_plan plan;
static const char *unknown; /* what the book has no more */

static bool is_known(void *arg, enum revert_thing thing, const char *name)
{
	(void)arg;
	(void)thing;
	return !unknown || strcmp(unknown, name) != 0;
}

static int setup(void **state)
{
	(void)state;
	arena_init(&a);
	arena_init(&scratch);
	memset(&contact, 0, sizeof(contact));
	memset(&now, 0, sizeof(now));
	for (int f = 0; f < FIELD_COUNT; f++)
		contact.value[f] = "";
	contact.attributes = "{}";
	now.contact = &contact;
	now.known = is_known;
	now.at = 1000;
	now.segment = "";
	unknown = NULL;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	arena_release(&scratch);
	return 0;
}

static void see(const char *before, bool mine)
{
	arena_reset(&scratch);
	assert_true(revert_see(&r, &scratch, before, mine));
}

static void names(enum revert_thing thing, const char *text)
{
	char *copy = arena_strdup(&a, text);
	struct revert_names *n = &now.sets[thing];

	n->names = arena_alloc(&a, 10 * sizeof(char *));
	for (char *p = copy; p && *p;) {
		char *end = strchr(p, ',');

		if (end)
			*end++ = '\0';
		n->names[n->count++] = p;
		p = end;
	}
	if (!now.by)
		now.by = arena_alloc(&a, 10 * sizeof(*now.by));
}

static const char *joined(const struct revert_names *n)
{
	const char *text = "";

	for (size_t i = 0; i < n->count; i++)
		text =
		    arena_printf(&a, "%s%s%s", text, i ? "," : "", n->names[i]);
	return text;
}

static void end(enum revert_outcome outcome, const char *image)
{
	revert_end(&r, &now, &plan);
	const char *is = revert_image(&a, &now, &plan);

	assert_int_equal(plan.outcome, outcome);
	if (image) {
		assert_non_null(is);
		assert_string_equal(is, image);
	} else {
		assert_null(is);
	}
}

static void test_values_go_back(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"name\":\"Zoe\"}", THEIRS); /* long before */
	see("{\"name\":\"Ann\",\"email\":null,\"attributes.LTV\":null}", MINE);
	see("{\"name\":\"Anne\",\"city\":\"\"}", MINE); /* a second row */
	contact.value[FIELD_NAME] = "Anna";
	contact.value[FIELD_EMAIL] = "a@x";
	contact.value[FIELD_CITY] = "Rome";
	contact.value[FIELD_AREA] = "Lazio";
	contact.attributes = "{\"LTV\":5,\"x\":\"y\"}";
	end(REVERT_CHANGED, "{\"email\":\"a@x\",\"name\":\"Anna\","
			    "\"city\":\"Rome\",\"attributes.LTV\":5}");
	assert_string_equal(plan.contact.value[FIELD_NAME], "Ann");
	assert_string_equal(plan.contact.value[FIELD_EMAIL], "");
	assert_string_equal(plan.contact.value[FIELD_AREA], "Lazio");
	assert_string_equal(plan.contact.attributes, "{\"x\":\"y\"}");
	assert_int_equal(plan.kept_count, 0);
}

static void test_changed_since_is_kept(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"name\":\"Ann\",\"city\":\"Bari\",\"area\":\"A\"}", MINE);
	see("{\"name\":\"Anna\",\"area\":\"B\"}", THEIRS);
	contact.value[FIELD_NAME] = "Annabel";
	contact.value[FIELD_CITY] = "Rome";
	contact.value[FIELD_AREA] = "A"; /* somebody did it already */
	end(REVERT_KEPT, "{\"city\":\"Rome\"}");
	assert_string_equal(plan.contact.value[FIELD_NAME], "Annabel");
	assert_string_equal(plan.contact.value[FIELD_CITY], "Bari");
	assert_int_equal(plan.kept_count, 1);
	assert_string_equal(plan.kept[0].field, "name");
	assert_string_equal(
	    plan.kept[0].reason, "Changed since from “Anna” to “Annabel”.");
}

static void test_changed_and_back_is_not_kept(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"name\":\"Ann\"}", MINE);
	see("{\"name\":\"Anna\"}", THEIRS);
	see("{\"name\":\"Annabel\"}", THEIRS);
	contact.value[FIELD_NAME] = "Anna";
	end(REVERT_CHANGED, "{\"name\":\"Anna\"}");
	assert_string_equal(plan.contact.value[FIELD_NAME], "Ann");
}

/* Somebody's value between two changes of the origin is the one to go to. */
static void test_in_between(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"name\":\"Ann\"}", MINE);
	see("{\"name\":\"Anna\"}", THEIRS);
	see("{\"name\":\"Carl\"}", MINE);
	contact.value[FIELD_NAME] = "Dora";
	end(REVERT_CHANGED, "{\"name\":\"Dora\"}");
	assert_string_equal(plan.contact.value[FIELD_NAME], "Carl");
}

static void test_tags_one_by_one(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"_tags\":[\"a\",\"gone\",\"lost\"]}", MINE); /* a, new, too */
	see("{\"_tags\":[\"a\",\"new\",\"too\"]}", THEIRS); /* takes too */
	names(THING_TAG, "a,new,hot");
	unknown = "lost";
	end(REVERT_KEPT, "{\"_tags\":[\"a\",\"new\",\"hot\"]}");
	assert_string_equal(joined(&plan.sets[THING_TAG]), "a,gone,hot");
	assert_int_equal(plan.kept_count, 1);
	assert_string_equal(
	    plan.kept[0].reason, "“lost” is not in the book any more.");
}

static void test_attribute_that_is_gone(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"attributes.LTV\":7}", MINE);
	unknown = "LTV";
	end(REVERT_KEPT, NULL);
	assert_string_equal(plan.kept[0].field, "attributes.LTV");
}

static void test_created_goes_to_the_trash(void **state)
{
	(void)state;
	revert_begin(&r, &a, true);
	see("{\"name\":\"Ann\"}", MINE);
	see("{\"city\":\"\",\"_tags\":[\"a\"]}", THEIRS);
	see("{\"city\":\"Rome\",\"_tags\":[\"a\",\"b\"]}", THEIRS);
	contact.value[FIELD_NAME] = "Anna";
	names(THING_TAG, "a");
	names(THING_SEGMENT, "May");
	now.by = (const enum membership[]){MEMBER_BY_ORIGIN};
	end(REVERT_CHANGED,
	    "{\"_tags\":[\"a\"],\"_segments\":[\"May\"],\"_trashed_at\":null}");
	assert_int_equal(plan.contact.trashed_at, 1000);
	assert_string_equal(plan.contact.value[FIELD_NAME], "Anna");
	assert_int_equal(plan.sets[THING_TAG].count, 0);
	assert_int_equal(plan.sets[THING_SEGMENT].count, 0);
}

static void test_created_and_changed_since_stays(void **state)
{
	(void)state;
	revert_begin(&r, &a, true);
	see("{\"city\":\"\",\"_tags\":[]}", THEIRS);
	contact.value[FIELD_CITY] = "Rome";
	names(THING_TAG, "hot");
	names(THING_SEGMENT, "May,June");
	now.by = (const enum membership[]){MEMBER_BY_ORIGIN, MEMBER_BY_OTHER};
	end(REVERT_KEPT, NULL);
	assert_int_equal(plan.kept_count, 3);
	assert_string_equal(
	    plan.kept[0].reason, "Changed since from nothing to “Rome”.");
	assert_string_equal(plan.kept[1].field, "_tags");
	assert_string_equal(plan.kept[1].reason, "“hot” was added since.");
	assert_string_equal(
	    plan.kept[2].reason, "“June” came by another import.");
	assert_int_equal(plan.contact.trashed_at, 0);
}

/* Imports leave no revision of the places in their segments. */
static void test_place_that_came_and_went(void **state)
{
	(void)state;
	revert_begin(&r, &a, true);
	see("{\"city\":\"\",\"_segments\":[\"May\",\"June\"]}", THEIRS);
	names(THING_SEGMENT, "May");
	now.by = (const enum membership[]){MEMBER_BY_ORIGIN};
	now.segment = "may";
	end(REVERT_CHANGED,
	    "{\"_tags\":[],\"_segments\":[\"May\"],\"_trashed_at\":null}");
}

static void test_place_that_somebody_took(void **state)
{
	(void)state;
	revert_begin(&r, &a, true);
	see("{\"_segments\":[\"May\",\"June\"]}", THEIRS);
	now.segment = "may";
	end(REVERT_KEPT, NULL);
	assert_int_equal(plan.kept_count, 1);
	assert_string_equal(plan.kept[0].reason, "“May” was taken off since.");
}

static void test_place_that_came_back_from_the_trash(void **state)
{
	static const char *const taken[] = {"old", "June"};
	static const char *const images[] = {NULL,
	    "{\"_tags\":[],\"_segments\":[\"May\"],\"_trashed_at\":null}"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		teardown(state);
		setup(state);
		revert_begin(&r, &a, false);
		see("{\"_segments\":[\"Old\"],\"_trashed_at\":null}", THEIRS);
		see("{\"_segments\":[],\"_trashed_at\":\"1970-01-01T00:00:00."
		    "077Z\"}",
		    MINE);
		see(arena_printf(
			&a, "{\"_segments\":[\"May\",\"%s\"]}", taken[i]),
		    THEIRS);
		names(THING_SEGMENT, "May");
		now.by = (const enum membership[]){MEMBER_BY_ORIGIN};
		now.segment = "May";
		end(i ? REVERT_CHANGED : REVERT_KEPT, images[i]);
	}
}

static void test_created_and_in_the_trash(void **state)
{
	(void)state;
	revert_begin(&r, &a, true);
	see("{\"_tags\":[\"a\"],\"_segments\":[],\"_trashed_at\":null}",
	    THEIRS);
	contact.trashed_at = 77;
	end(REVERT_UNCHANGED, NULL);
}

static void test_changed_and_in_the_trash(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"name\":\"Ann\"}", MINE);
	see("{\"_tags\":[],\"_segments\":[],\"_trashed_at\":null}", THEIRS);
	contact.value[FIELD_NAME] = "Anna";
	contact.trashed_at = 77;
	end(REVERT_KEPT, NULL);
	assert_int_equal(plan.kept_count, 1);
	assert_string_equal(plan.kept[0].field, "_trashed_at");
}

static void test_segments_of_the_import(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	names(THING_SEGMENT, "May,June,Own");
	now.by = (const enum membership[]){
	    MEMBER_BY_ORIGIN, MEMBER_BY_OTHER, MEMBER_BY_HAND};
	end(REVERT_CHANGED, "{\"_segments\":[\"May\",\"June\",\"Own\"]}");
	assert_string_equal(joined(&plan.sets[THING_SEGMENT]), "June,Own");
}

/* An import came between: what it put there is not the job's. */
static void test_segment_that_an_import_added(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"_segments\":[]}", MINE);
	names(THING_SEGMENT, "Bulk,June");
	now.by = (const enum membership[]){MEMBER_BY_HAND, MEMBER_BY_OTHER};
	end(REVERT_CHANGED, "{\"_segments\":[\"Bulk\",\"June\"]}");
	assert_string_equal(joined(&plan.sets[THING_SEGMENT]), "June");
}

/* The undo of an undo: out of the trash, with what it had. */
static void test_out_of_the_trash(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"_tags\":[\"a\"],\"_segments\":[\"May\"],\"_trashed_at\":null}",
	    MINE);
	contact.trashed_at = 1000;
	end(REVERT_CHANGED, "{\"_tags\":[],\"_segments\":[],"
			    "\"_trashed_at\":\"1970-01-01T00:00:01.000Z\"}");
	assert_int_equal(plan.contact.trashed_at, 0);
	assert_string_equal(joined(&plan.sets[THING_TAG]), "a");
	assert_string_equal(joined(&plan.sets[THING_SEGMENT]), "May");
}

/* And back into it, unless somebody changed it since. */
static void test_back_into_the_trash(void **state)
{
	static const char image[] = "{\"_tags\":[],\"_segments\":[],"
				    "\"_trashed_at\":"
				    "\"1970-01-01T00:00:01.000Z\"}";

	(void)state;
	revert_begin(&r, &a, false);
	see(image, MINE);
	names(THING_TAG, "a");
	end(REVERT_CHANGED,
	    "{\"_tags\":[\"a\"],\"_segments\":[],\"_trashed_at\":null}");
	assert_int_equal(plan.contact.trashed_at, 1000);

	revert_begin(&r, &a, false);
	see(image, MINE);
	see("{\"name\":\"Ann\"}", THEIRS);
	contact.value[FIELD_NAME] = "Anna";
	end(REVERT_KEPT, NULL);
	assert_int_equal(plan.contact.trashed_at, 0);
	assert_string_equal(plan.kept[0].field, "name");
}

/* A merge: the one that went, and the one that took its number. */
static void test_unmerge(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"phone\":\"+391\",\"_tags\":[],\"_segments\":[],"
	    "\"_campaigns\":[\"c\"],\"_trashed_at\":null,"
	    "\"_merged_into\":null}",
	    MINE);
	contact.trashed_at = 5;
	contact.merged_into = 9;
	end(REVERT_CHANGED,
	    "{\"phone\":null,\"_tags\":[],\"_segments\":[],\"_campaigns\":[],"
	    "\"_trashed_at\":\"1970-01-01T00:00:00.005Z\",\"_merged_into\":9}");
	assert_string_equal(plan.contact.value[FIELD_PHONE], "+391");
	assert_int_equal(plan.contact.merged_into, 0);
	assert_string_equal(joined(&plan.sets[THING_CAMPAIGN]), "c");
}

static void test_keep_one_field(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	see("{\"phone\":\"+391\",\"name\":\"Ann\"}", MINE);
	contact.value[FIELD_PHONE] = "+392";
	contact.value[FIELD_NAME] = "Anna";
	end(REVERT_CHANGED, "{\"phone\":\"+392\",\"name\":\"Anna\"}");
	revert_keep(&a, &plan, &contact, FIELD_PHONE, "taken");
	assert_int_equal(plan.outcome, REVERT_KEPT);
	assert_string_equal(
	    revert_image(&a, &now, &plan), "{\"name\":\"Anna\"}");
}

static void test_broken(void **state)
{
	(void)state;
	revert_begin(&r, &a, false);
	assert_false(revert_see(&r, &scratch, "{\"name\"", MINE));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    T(test_values_go_back),
	    T(test_changed_since_is_kept),
	    T(test_changed_and_back_is_not_kept),
	    T(test_in_between),
	    T(test_tags_one_by_one),
	    T(test_attribute_that_is_gone),
	    T(test_created_goes_to_the_trash),
	    T(test_created_and_changed_since_stays),
	    T(test_place_that_came_and_went),
	    T(test_place_that_somebody_took),
	    T(test_place_that_came_back_from_the_trash),
	    T(test_created_and_in_the_trash),
	    T(test_changed_and_in_the_trash),
	    T(test_segments_of_the_import),
	    T(test_segment_that_an_import_added),
	    T(test_out_of_the_trash),
	    T(test_back_into_the_trash),
	    T(test_unmerge),
	    T(test_keep_one_field),
	    T(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
