/* test_dynamic_segment.c: names in the filters of dynamic segments */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/filter/dynamic_segment.h"

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

static void expect(enum filter_name kind, const char *text, const char *old,
    const char *new, const char *after)
{
	const char *out = filter_text_renamed(&a, text, kind, old, new);

	assert_string_equal(out, after);
	/* A text without the name is the same one, not only an equal one. */
	assert_int_equal(out == text, strcmp(text, after) == 0);
}

static void test_names(void **state)
{
	(void)state;
	expect(FILTER_NAME_TAG, "tag=a%20b&where=tag~any~x~A%20B&tag=c", "a b",
	    "d&e", "tag=d%26e&where=tag~any~x~d%26e&tag=c");
	expect(FILTER_NAME_TAG, "tag=ab&city=a&where=city~is~a", "a", "b",
	    "tag=ab&city=a&where=city~is~a");
	expect(FILTER_NAME_SEGMENT,
	    "segment=s&any1=segment~not-in~s~t&match=any", "S", "u~v",
	    "segment=u~v&any1=segment~not-in~u%5C~v~t&match=any");
	expect(FILTER_NAME_ATTRIBUTE,
	    "attr.Plan=x&where=attr.plan~empty&all2=attr.plans~is~plan", "plan",
	    "a~b",
	    "attr.a~b=x&where=attr.a%5C~b~empty&all2=attr.plans~is~plan");
	expect(FILTER_NAME_FIRST_MESSAGE,
	    "first_message=hi&where=first_message~not~Hi&where=name~is~hi",
	    "hi", "hello",
	    "first_message=hello&where=first_message~not~hello&where=name~is~"
	    "hi");
	expect(FILTER_NAME_TAG, "", "a", "b", "");
	expect(FILTER_NAME_TAG, "tag=%", "a", "b", "tag=%");
	expect(FILTER_NAME_TAG, "where=tag", "tag", "b", "where=tag");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
