/* start.c: the supervisor in the background */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/serve.h"
#include "cli/vardir.h"

#define STOP_MS 180000

static void background(int out, int ready) __attribute__((noreturn));

static void background(int out, int ready)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	setsid();
	dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	close(null);
	close(out);
	exit(serve(false, ready));
}

/* Prints what the background says until it says no more. */
static void pass_on(int from)
{
	char piece[1024];
	ssize_t n;

	while ((n = read(from, piece, sizeof(piece))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0)
			fwrite(piece, 1, (size_t)n, stdout);
	fflush(stdout);
}

int command_start(int argc, char **argv)
{
	int out[2], ready[2], status;
	char byte = 0;

	(void)argc;
	(void)argv;
	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(ready, O_CLOEXEC) < 0)
		log_fatal("cannot make a pipe: %s", strerror(errno));
	pid_t pid = fork();

	if (pid < 0)
		log_fatal("cannot start: %s", strerror(errno));
	if (pid == 0) {
		close(out[0]);
		close(ready[0]);
		background(out[1], ready[1]);
	}
	close(out[1]);
	close(ready[1]);
	pass_on(out[0]);
	if (read(ready[0], &byte, 1) == 1)
		return EXIT_SUCCESS;
	waitpid(pid, &status, 0);
	return EXIT_FAILURE;
}

/* The pid of the supervisor, which may just be about to write it. */
static pid_t supervisor_pid(const char *var)
{
	pid_t pid = 0;

	for (int i = 0; i < 50 && vardir_locked(var); i++) {
		pid = vardir_pid(var, "supervisor");
		if (pid)
			break;
		clock_sleep(100);
	}
	return pid;
}

int command_stop(int argc, char **argv)
{
	const char *var = getenv("RUBRICA_VAR");
	struct options o;

	(void)argc;
	(void)argv;
	char *run = vardir_path(str_empty(var) ? "var" : var, "run");
	bool there = access(run, F_OK) == 0;

	free(run);
	if (!there)
		return EXIT_SUCCESS;
	options_load(&o, false);
	if (!vardir_locked(o.conf.var))
		return EXIT_SUCCESS;
	pid_t pid = supervisor_pid(o.conf.var);
	int64_t end = clock_monotonic() + STOP_MS;

	if (pid && kill(pid, SIGTERM) < 0 && errno != ESRCH)
		log_fatal("cannot stop %d: %s", (int)pid, strerror(errno));
	while (vardir_locked(o.conf.var)) {
		if (clock_monotonic() > end)
			log_fatal("%d does not end", (int)pid);
		clock_sleep(50);
	}
	return EXIT_SUCCESS;
}
