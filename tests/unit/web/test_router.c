/* test_router.c: which addresses there are */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "web/router.h"

/* The address of a row, with a number for its {id}. */
static const char *address_of(
    struct arena *a, const struct route *r, const char *id)
{
	const char *path = r->path;
	const char *at = strstr(path, "{id}");

	if (at)
		path = arena_printf(
		    a, "%.*s%s%s", (int)(at - path), path, id, at + 4);
	at = strstr(path, "{n}");
	return at ? arena_printf(
			a, "%.*s%s%s", (int)(at - path), path, id, at + 3)
		  : path;
}

static void test_each_row(void **state)
{
	struct arena a;
	uint64_t id = 0, number = 0;

	(void)state;
	arena_init(&a);
	for (const struct route *r = router_table(); r->path; r++) {
		bool has_id = strstr(r->path, "{id}") != NULL;

		assert_ptr_equal(
		    router_find(
			address_of(&a, r, "123456789012345678"), &id, &number),
		    r);
		assert_int_equal(id, has_id ? 123456789012345678 : 0);
		if (str_equal(r->path, "/"))
			continue;
		assert_null(
		    router_find(arena_printf(&a, "%s/", address_of(&a, r, "1")),
			&id, &number));
		assert_null(
		    router_find(arena_printf(&a, "/%s", address_of(&a, r, "1")),
			&id, &number));
		assert_null(
		    router_find(arena_printf(&a, "%sx", address_of(&a, r, "x")),
			&id, &number));
	}
	arena_release(&a);
}

static void test_ids(void **state)
{
	static const char *const bad[] = {"", "0", "01", "-1", "+1", "1x", "x",
	    " 1", "1 ", "1.0", "1e3", "0x1", "1234567890123456789",
	    "12345678901234567890", "\xd9\xa1"};
	struct arena a;
	uint64_t id, number;

	(void)state;
	arena_init(&a);
	for (const struct route *r = router_table(); r->path; r++) {
		if (!strstr(r->path, "{id}"))
			continue;
		for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
			assert_ptr_not_equal(
			    router_find(
				address_of(&a, r, bad[i]), &id, &number),
			    r);
	}
	arena_release(&a);
}

static void test_nothing(void **state)
{
	static const char *const paths[] = {"", "x", "//", "/Login", "/login?",
	    "/login.cs", "/team/1", "/../login", "/./login", "/{id}",
	    "/contacts/{id}"};
	uint64_t id, number;

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		assert_null(router_find(paths[i], &id, &number));
	assert_true(router_has("/team"));
	assert_false(router_has("/healthz"));
	assert_false(router_has("/nothing"));
}

static void test_allow(void **state)
{
	struct arena a;
	uint64_t id, number;

	(void)state;
	arena_init(&a);
	assert_string_equal(
	    router_allow(&a, router_find("/login", &id, &number)),
	    "GET, HEAD, POST");
	assert_string_equal(
	    router_allow(&a, router_find("/healthz", &id, &number)),
	    "GET, HEAD");
	arena_release(&a);
}

/* Nothing but the login and the health check is open to strangers. */
static void test_strangers(void **state)
{
	(void)state;
	for (const struct route *r = router_table(); r->path; r++) {
		bool open = str_equal(r->path, "/login") ||
			    str_equal(r->path, "/healthz") ||
			    str_starts(r->path, "/webhooks/");

		assert_int_equal(r->role == ROLE_NONE, open);
		assert_non_null(r->handler);
		assert_int_equal(r->kind == ROUTE_API,
		    str_starts(r->path, "/api/") ||
			str_starts(r->path, "/webhooks/"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_row),
	    cmocka_unit_test(test_ids),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_allow),
	    cmocka_unit_test(test_strangers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
