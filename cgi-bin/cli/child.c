/* child.c: processes that are started, restarted and stopped */
/* SPDX-License-Identifier: MIT */
#include "cli/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/vardir.h"

#define PAUSE_FIRST 200
#define PAUSE_MOST 5000
#define LIFE_GOOD 30000

static void wanted_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGCHLD);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
}

void family_init(struct family *f, const char *var)
{
	sigset_t set;

	*f = (struct family){.var = var};
	wanted_signals(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
}

/* In the new process: standard output and error are the log, standard input
 * is a file of VAR or nothing. */
static void redirect(const char *var, const char *name, const char *input)
{
	char relative[64];

	snprintf(relative, sizeof(relative), "log/%s.log", name);
	int log = open(vardir_path(var, relative),
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
	int in = open(input ? vardir_path(var, input) : "/dev/null",
	    O_RDONLY | O_CLOEXEC);

	if (log < 0 || in < 0)
		log_fatal("cannot open the log or input of %s: %s", name,
		    strerror(errno));
	dup2(in, STDIN_FILENO);
	dup2(log, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
}

static void become(const char *var, const char *name, const char *const *argv,
    const char *input, pid_t parent) __attribute__((noreturn));

static void become(const char *var, const char *name, const char *const *argv,
    const char *input, pid_t parent)
{
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1); /* it died before it could be watched */
	redirect(var, name, input);
	signal(SIGHUP, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* execv does not change what it gets; its type is of before const. */
	execv(argv[0], (char *const *)(uintptr_t)argv);
	log_error("cannot run %s: %s", argv[0], strerror(errno));
	_exit(127);
}

static pid_t spawn(const char *var, const char *name, const char *const *argv,
    const char *input)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid == 0)
		become(var, name, argv, input, parent);
	if (pid < 0)
		log_error("cannot start %s: %s", name, strerror(errno));
	else
		setpgid(pid, pid);
	return pid;
}

bool child_run(const char *var, const char *name, const char *const *argv,
    const char *input)
{
	pid_t pid = spawn(var, name, argv, input);
	int status = 0;

	if (pid < 0)
		return false;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void plan_restart(struct child *c)
{
	if (clock_monotonic() - c->started > LIFE_GOOD)
		c->pause = PAUSE_FIRST;
	c->due = clock_monotonic() + c->pause;
	c->pause *= 2;
	if (c->pause > PAUSE_MOST)
		c->pause = PAUSE_MOST;
}

static void child_start(struct family *f, struct child *c)
{
	for (size_t i = 0; c->scratch && c->scratch[i]; i++)
		vardir_empty(f->var, c->scratch[i]);
	c->due = 0;
	c->started = clock_monotonic();
	c->pid = spawn(f->var, c->name, c->argv, NULL);
	if (c->pid < 0) {
		c->pid = 0;
		plan_restart(c);
		return;
	}
	vardir_write_pid(f->var, c->name, c->pid);
	log_info("%s started, pid %d", c->name, (int)c->pid);
}

void family_add(struct family *f, struct child *c)
{
	c->pause = PAUSE_FIRST;
	f->children[f->count++] = c;
	child_start(f, c);
}

static void child_ended(struct family *f, struct child *c, int status)
{
	kill(-c->pid, SIGKILL); /* what it may have left behind */
	if (WIFSIGNALED(status))
		log_warn("%s (pid %d) was ended by signal %d", c->name,
		    (int)c->pid, WTERMSIG(status));
	else
		log_info("%s (pid %d) ended with status %d", c->name,
		    (int)c->pid, WEXITSTATUS(status));
	c->pid = 0;
	c->deaths++;
	vardir_remove_pid(f->var, c->name);
}

/* Takes the processes that have ended. */
static void reap(struct family *f, bool restart)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (size_t i = 0; i < f->count; i++) {
			struct child *c = f->children[i];

			if (c->pid != pid)
				continue;
			child_ended(f, c, status);
			if (restart)
				plan_restart(c);
		}
}

static void start_due(struct family *f)
{
	for (size_t i = 0; i < f->count; i++) {
		struct child *c = f->children[i];

		if (c->due && c->due <= clock_monotonic())
			child_start(f, c);
	}
}

/* Waits for a signal; 0 when none came in that time. */
static int wait_signal(int64_t ms)
{
	struct timespec time = {ms / 1000, ms % 1000 * 1000000};
	sigset_t set;

	wanted_signals(&set);
	int number = sigtimedwait(&set, NULL, &time);

	return number < 0 ? 0 : number;
}

bool family_wait(struct family *f, int64_t ms)
{
	int64_t now = clock_monotonic();

	for (size_t i = 0; i < f->count; i++) {
		int64_t due = f->children[i]->due;

		if (due && due - now < ms)
			ms = due > now ? due - now : 0;
	}
	int number = wait_signal(ms);

	if (number == SIGTERM || number == SIGINT)
		f->stop = true;
	reap(f, !f->stop);
	if (!f->stop)
		start_due(f);
	return !f->stop;
}

static bool wait_end(struct family *f, const struct child *c, int64_t ms)
{
	int64_t end = clock_monotonic() + ms;

	while (c->pid && clock_monotonic() < end) {
		wait_signal(100);
		reap(f, false);
	}
	return c->pid == 0;
}

static void child_stop(struct family *f, struct child *c)
{
	c->due = 0;
	if (c->pid == 0)
		return;
	kill(c->pid, c->stop_signal);
	if (wait_end(f, c, (int64_t)c->patience * 1000))
		return;
	kill(c->pid, SIGTERM);
	if (wait_end(f, c, 3000))
		return;
	log_warn("%s does not end: it is killed", c->name);
	kill(-c->pid, SIGKILL);
	wait_end(f, c, 10000);
}

void family_stop(struct family *f, size_t keep)
{
	f->stop = true;
	while (f->count > keep) {
		child_stop(f, f->children[f->count - 1]);
		f->count--;
	}
}
