/* test_vardir.c: the folder of data, its small files and its lock */
/* SPDX-License-Identifier: MIT */
#include "cli/vardir.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/log_files.h"

static char root[] = "/tmp/rubrica-vardir-XXXXXX";
static char *var;

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(root))
		return -1;
	var = vardir_path(root, "with a blank/var");
	vardir_make(var);
	vardir_fill(var);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	vardir_remove_tree(root, "");
	free(var);
	return 0;
}

static void read_text(const char *name, char *text, size_t size)
{
	char *path = vardir_path(var, name);
	FILE *f = fopen(path, "re");

	assert_non_null(f);
	text[fread(text, 1, size - 1, f)] = '\0';
	fclose(f);
	free(path);
}

static void test_password(void **state)
{
	char first[100], second[100];
	char *path = vardir_path(var, "run/db.password");
	struct stat st;

	(void)state;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	read_text("run/db.password", first, sizeof(first));
	assert_int_equal(strlen(first), 43);
	vardir_fill(var); /* a second start keeps it */
	read_text("run/db.password", second, sizeof(second));
	assert_string_equal(first, second);
	free(path);
}

static void test_empty(void **state)
{
	char *folder = vardir_path(var, "tmp/body");
	char *tmp = vardir_path(var, "tmp");

	(void)state;
	assert_int_equal(mkdir(folder, 0700), 0);
	vardir_write(var, "tmp/body/a", "one", 0600);
	vardir_write(var, "tmp/b", "two", 0600);
	vardir_empty(var, "tmp/body");
	vardir_empty(var, "tmp/nothing"); /* none is fine */
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(mkdir(folder, 0700), 0);
	vardir_write(var, "tmp/body/a", "one", 0600);
	vardir_empty(var, "tmp");
	assert_int_equal(rmdir(tmp), 0);
	assert_int_equal(mkdir(tmp, 0700), 0);
	free(folder);
	free(tmp);
}

static void test_write(void **state)
{
	char text[100];

	(void)state;
	vardir_write(var, "run/a", "one", 0600);
	vardir_write(var, "run/a", "two", 0600);
	read_text("run/a", text, sizeof(text));
	assert_string_equal(text, "two");
	vardir_remove(var, "run/a");
	vardir_remove(var, "run/a"); /* none is fine */
	vardir_remove_tree(var, "run/none");
}

static void test_pid(void **state)
{
	(void)state;
	assert_int_equal(vardir_pid(var, "web"), 0);
	vardir_write_pid(var, "web", 1234);
	assert_int_equal(vardir_pid(var, "web"), 1234);
	vardir_write(var, "run/web.pid", "12x\n", 0600);
	assert_int_equal(vardir_pid(var, "web"), 0);
	vardir_write(var, "run/web.pid", "99999999999999999999\n", 0600);
	assert_int_equal(vardir_pid(var, "web"), 0);
	/* This process writes to no log of VAR. */
	vardir_write_pid(var, "web", getpid());
	assert_false(vardir_left_over(var, "web"));
	vardir_remove_pid(var, "web");
	assert_false(vardir_left_over(var, "web"));
}

static void test_lock(void **state)
{
	int status = 0;

	(void)state;
	assert_false(vardir_locked(var));
	assert_true(vardir_lock(var));
	pid_t pid = fork();

	if (pid == 0)
		_exit(vardir_locked(var) && !vardir_lock(var) ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void write_log(const char *name, const char *mode, const char *text)
{
	char *path = vardir_path(var, name);
	FILE *f = fopen(path, mode);

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

static void test_long_logs(void **state)
{
	char text[100];
	char *path = vardir_path(var, "log/web.log");
	FILE *writer = fopen(path, "ae"); /* as a program that goes on */

	(void)state;
	assert_non_null(writer);
	write_log("log/web.log", "ae", "long enough\n");
	write_log("log/nginx.log", "we", "short\n");
	write_log("log/notes", "we", "long enough, but no log\n");
	log_files_trim(var, 8);
	read_text("log/web.log.old", text, sizeof(text));
	assert_string_equal(text, "long enough\n");
	read_text("log/nginx.log", text, sizeof(text));
	assert_string_equal(text, "short\n");
	read_text("log/notes", text, sizeof(text));
	assert_string_equal(text, "long enough, but no log\n");
	fputs("and on it goes\n", writer);
	fclose(writer);
	read_text("log/web.log", text, sizeof(text));
	assert_string_equal(text, "and on it goes\n");
	log_files_trim(var, 8);
	read_text("log/web.log.old", text, sizeof(text));
	assert_string_equal(text, "and on it goes\n");
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_password),
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_write),
	    cmocka_unit_test(test_pid),
	    cmocka_unit_test(test_lock),
	    cmocka_unit_test(test_long_logs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
