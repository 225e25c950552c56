/* test_account.c: the rules of members and settings, without a database */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/account.h"
#include "domain/settings.h"
#include "storage/member_store.h"

/* n times the letter, in the arena. */
static const char *repeated(struct arena *a, const char *letter, size_t n)
{
	const char *z = "";

	for (size_t i = 0; i < n; i++)
		z = arena_printf(a, "%s%s", z, letter);
	return z;
}

static void test_email(void **state)
{
	static const char *const good[] = {"a@b.c", "ada.l+x@mail.example.com",
	    "O'Neil@example.com", "\xc3\xa9@example.com", "a-b_c@1.de"};
	static const char *const bad[] = {"", "a", "@b.c", "a@", "a@b", "a@b.",
	    "a@.c", "a b@c.de", "a@b c.de", "a@b@c.de", "<a@b.c>", "a,b@c.de",
	    "a\n@b.c", "a@b.c\x7f", "\"a\"@b.c", "a\\b@c.de"};
	struct arena a;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_null(account_email_problem(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_non_null(account_email_problem(bad[i]));
	arena_init(&a);
	assert_null(account_email_problem(
	    arena_printf(&a, "%s@b.cd", repeated(&a, "a", 249))));
	assert_non_null(account_email_problem(
	    arena_printf(&a, "%s@b.cd", repeated(&a, "a", 250))));
	arena_release(&a);
}

static void test_name(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_null(account_name_problem("Ada"));
	assert_null(
	    account_name_problem("\xe0\xa4\x85\xe0\xa4\xa6\xe0\xa4\xbe"));
	assert_null(account_name_problem(repeated(&a, "\xc3\xa9", 100)));
	assert_non_null(account_name_problem(repeated(&a, "\xc3\xa9", 101)));
	assert_non_null(account_name_problem(""));
	assert_non_null(account_name_problem("a\tb"));
	arena_release(&a);
}

static void test_password(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_null(account_password_problem("0123456789"));
	assert_null(account_password_problem("          "));
	assert_null(account_password_problem(repeated(&a, "\xc3\xa9", 10)));
	assert_null(account_password_problem(repeated(&a, "a", 256)));
	assert_non_null(account_password_problem("012345678"));
	assert_non_null(account_password_problem(""));
	assert_non_null(account_password_problem(repeated(&a, "\xc3\xa9", 9)));
	assert_non_null(account_password_problem(repeated(&a, "a", 257)));
	arena_release(&a);
}

static void test_roles(void **state)
{
	(void)state;
	for (enum role r = ROLE_VIEWER; r <= ROLE_ADMIN; r++)
		assert_int_equal(role_of(role_word(r)), r);
	assert_int_equal(role_of(""), ROLE_NONE);
	assert_int_equal(role_of("owner"), ROLE_NONE);
	assert_int_equal(role_of(NULL), ROLE_NONE);
	assert_int_equal(role_of("Admin"), ROLE_NONE);
}

static void test_settings(void **state)
{
	static const struct {
		const char *name;
		const char *value;
		bool allowed;
	} cases[] = {
	    {"book.name", "Kunden", true},
	    {"book.name", "", false},
	    {"book.name", "two\nlines", false},
	    {"book.name", "\xff", false},
	    {"book.country", "", true},
	    {"book.country", "IN", true},
	    {"book.country", "in", false},
	    {"book.country", "ZZ", false},
	    {"import.size_limit", "1024", true},
	    {"import.size_limit", "1023", false},
	    {"import.size_limit", "2147483649", false},
	    {"import.size_limit", "5e7", false},
	    {"import.size_limit", "-1", false},
	    {"import.size_limit", "99999999999999999999", false},
	    {"import.row_limit", "1", true},
	    {"import.row_limit", "0", false},
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct setting *s = setting_find(cases[i].name);

		assert_non_null(s);
		assert_int_equal(
		    settings_problem(&a, s, cases[i].value) == NULL,
		    cases[i].allowed);
	}
	for (const struct setting *s = settings; s->name; s++)
		assert_null(settings_problem(&a, s, s->value));
	assert_null(setting_find("nothing"));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_email),
	    cmocka_unit_test(test_name),
	    cmocka_unit_test(test_password),
	    cmocka_unit_test(test_roles),
	    cmocka_unit_test(test_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
