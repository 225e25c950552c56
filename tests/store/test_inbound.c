/* test_inbound.c: events of WhatsApp while processes die */
/* SPDX-License-Identifier: MIT */
/*
 * A body with an event of each kind is taken by a process that is killed at
 * its first, second, third ... database call, until one comes through. After
 * each, the book has all of the body or nothing; delivered again, all of it;
 * and once more, nothing else.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/conf.h"
#include "domain/whatsapp/inbound.h"
#include "storage/db.h"

#define PASSES_MAX 400 /* more than any body needs */
#define WHOLE 11

static struct conf conf;
static struct db *db;
static struct arena a;
static struct err e;
static unsigned long long run; /* tells this run's people from others' */

/* --- the body --- */

/* The people of a round have the run, the round and their own digit in their
 * numbers. */
static const char *number(unsigned round, unsigned who)
{
	return arena_printf(&a, "39347%06llu%03u%u", run % 1000000, round, who);
}

static const char *change(const char *field, const char *value)
{
	return arena_printf(
	    &a, "{\"field\":\"%s\",\"value\":%s}", field, value);
}

static const char *message(unsigned round, unsigned who, const char *text)
{
	return arena_printf(&a,
	    "{\"messages\":[{\"from\":\"%s\",\"id\":\"in.%llu.%u.%u\",\"type\":"
	    "\"text\",\"timestamp\":\"1767225600\",\"text\":{\"body\":\"%s\"}}]"
	    "}",
	    number(round, who), run, round, who, text);
}

static const char *entry(const char *const *changes)
{
	const char *text = "";

	for (; *changes; changes++)
		text = arena_printf(
		    &a, "%s%s%s", text, *text ? "," : "", *changes);
	return arena_printf(&a, "{\"entry\":[{\"changes\":[%s]}]}", text);
}

/* Persons 1, 2 and 3 are in the book, and 1 was written to; 4 is a stranger. */
static const char *before_body(unsigned round)
{
	const char *const changes[] = {
	    change("messages", message(round, 1, "Hello")),
	    change("messages", message(round, 2, "Hello")),
	    change("messages", message(round, 3, "Hello")),
	    change("smb_message_echoes",
		arena_printf(&a,
		    "{\"message_echoes\":[{\"to\":\"%s\",\"id\":\"out.%llu.%u\""
		    ",\"type\":\"text\",\"timestamp\":\"1767225600\",\"text\":"
		    "{\"body\":\"We write\"}}]}",
		    number(round, 1), run, round)),
	    NULL};

	return entry(changes);
}

static const char *new_number(unsigned round)
{
	return arena_printf(&a,
	    "{\"messages\":[{\"from\":\"%s\",\"id\":\"new.%llu.%u\",\"type\":"
	    "\"system\",\"timestamp\":\"1767225700\",\"system\":{\"type\":"
	    "\"user_changed_number\",\"wa_id\":\"%s\",\"body\":\"x\"}}]}",
	    number(round, 2), run, round, number(round, 5));
}

static const char *body(unsigned round)
{
	const char *const changes[] = {
	    change("messages", message(round, 4, "Stop")),
	    change("messages",
		arena_printf(&a,
		    "{\"statuses\":[{\"id\":\"out.%llu.%u\",\"status\":\"read\""
		    ",\"timestamp\":\"1767225700\"}]}",
		    run, round)),
	    change("user_preferences",
		arena_printf(&a,
		    "{\"user_preferences\":[{\"wa_id\":\"%s\",\"value\":"
		    "\"stop\",\"timestamp\":1767225700}]}",
		    number(round, 3))),
	    change("messages", new_number(round)),
	    change(arena_printf(&a, "kind.%llu.%u", run, round), "{\"any\":1}"),
	    NULL};

	return entry(changes);
}

static enum status take(struct db *by, const char *text)
{
	struct wa_event event;
	enum status st =
	    wa_event_parse(&a, text, strlen(text), clock_now(), &event, &e);

	return st == STATUS_OK ? inbound_take(by, &a, "192.0.2.7", &event, &e)
			       : st;
}

/* --- what is in the book --- */

static unsigned count(const char *sql, const char *value)
{
	struct db_query *q = db_query(db, sql);

	db_put_text(q, value);
	assert_int_equal(db_one(q, &e), STATUS_OK);
	uint64_t n = db_get_u64(q);

	db_done(q);
	return (unsigned)n;
}

static unsigned count_person(const char *sql, unsigned round, unsigned who)
{
	return count(sql, arena_printf(&a, "+%s", number(round, who)));
}

/* 0 when nothing of the body is there, WHOLE when all of it is, once. */
static unsigned done(unsigned round)
{
	static const char person[] =
	    "SELECT COUNT(*) FROM contact WHERE phone = ?";
	static const char opted[] = "SELECT COUNT(*) FROM contact WHERE"
				    " phone = ? AND whatsapp_opted = 'no'";
	static const char entries[] =
	    "SELECT COUNT(*) FROM contact_consent JOIN contact"
	    " ON contact.id = contact_id WHERE phone = ?";
	static const char messages[] =
	    "SELECT COUNT(*) FROM message WHERE wa_id = ?";
	unsigned n =
	    count_person(person, round, 4) + count_person(opted, round, 4) +
	    count_person(opted, round, 3) + count_person(entries, round, 4) +
	    count_person(entries, round, 3) + count_person(person, round, 5) +
	    1 - count_person(person, round, 2);

	n += count(messages, arena_printf(&a, "in.%llu.%u.4", run, round));
	n += count(messages, arena_printf(&a, "new.%llu.%u", run, round));
	n += count("SELECT COUNT(*) FROM message WHERE wa_id = ? AND"
		   " status = 'read'",
	    arena_printf(&a, "out.%llu.%u", run, round));
	return n + count("SELECT COUNT(*) FROM webhook_event WHERE field = ?",
		       arena_printf(&a, "kind.%llu.%u", run, round));
}

/* --- a process that takes the body --- */

static int taker(const char *path)
{
	char text[1 << 14];
	FILE *f = fopen(path, "r");
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

	if (f)
		fclose(f);
	text[n] = '\0';
	conf_load(&conf);
	arena_init(&a);
	return take(db_new(&conf, false), text) == STATUS_OK ? 0 : 1;
}

/* How the process ended that takes the body with these wishes. */
static int deliver(const char *text, unsigned k, const char *error)
{
	char path[] = "/tmp/rubrica-inbound-XXXXXX";
	int how;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	pid_t pid = fork();

	if (pid == 0) {
		char wish[16];

		snprintf(wish, sizeof(wish), "%u", k);
		setenv("RUBRICA_FAILPOINT", wish, 1);
		if (error)
			setenv("RUBRICA_FAILPOINT_ERROR", error, 1);
		execl("/proc/self/exe", "taker", path, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &how, 0), pid);
	unlink(path);
	return how;
}

/* --- tests --- */

static int setup(void **state)
{
	(void)state;
	conf_load(&conf);
	db = db_new(&conf, false);
	arena_init(&a);
	run = (unsigned long long)clock_now();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_free(db);
	arena_release(&a);
	return 0;
}

static void prepare(unsigned round)
{
	if (take(db, before_body(round)) != STATUS_OK)
		fail_msg("%s", e.message);
	assert_int_equal(done(round), 0);
}

static void test_killed_anywhere(void **state)
{
	unsigned whole = 0;
	unsigned nothing = 0;
	int how = -1;

	(void)state;
	for (unsigned k = 1; k < PASSES_MAX && how != 0; k++) {
		prepare(k);
		how = deliver(body(k), k, NULL);
		if (how != 0)
			assert_int_equal(WTERMSIG(how), SIGKILL);
		unsigned n = done(k);

		if (n != 0 && n != WHOLE)
			fail_msg("call %u: %u of %u", k, n, WHOLE);
		whole += n == WHOLE;
		nothing += n == 0;
		if (n == 0)
			assert_int_equal(take(db, body(k)), STATUS_OK);
		assert_int_equal(done(k), WHOLE);
	}
	assert_int_equal(how, 0);
	/* Killed before the commit, after it, and not at all. */
	assert_true(nothing > 20 && whole >= 2);
}

static void test_again(void **state)
{
	(void)state;
	prepare(900);
	assert_int_equal(take(db, body(900)), STATUS_OK);
	assert_int_equal(take(db, body(900)), STATUS_OK);
	/* An event that has no id is kept each time that it comes. */
	assert_int_equal(done(900), WHOLE + 1);
}

/* A deadlock, and a connection that is lost, are tried again. */
static void test_errors_anywhere(void **state)
{
	static const char *const errors[] = {"1213", "2013"};

	(void)state;
	for (unsigned i = 0; i < 2; i++)
		for (unsigned k = 1; k < 60; k += 3) {
			unsigned round = 500 + i * 100 + k;

			prepare(round);
			int how = deliver(body(round), k, errors[i]);
			unsigned n = done(round);

			if (n != (how == 0 ? WHOLE : 0))
				fail_msg("error %s at %u: %u", errors[i], k, n);
		}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_killed_anywhere),
	    cmocka_unit_test(test_again),
	    cmocka_unit_test(test_errors_anywhere),
	};

	if (argc > 1)
		return taker(argv[1]);
	return cmocka_run_group_tests(tests, setup, teardown);
}
