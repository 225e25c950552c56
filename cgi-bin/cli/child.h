/* child.h: processes that are started, restarted and stopped */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_CHILD_H
#define CLI_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * A process of the supervisor. It is the head of its own process group, so
 * that Ctrl-C reaches the supervisor alone, and what it leaves behind when it
 * dies is killed with the group. It ends when the supervisor ends.
 */
struct child {
	const char *name;	 /* "web": run/web.pid, log/web.log */
	const char *const *argv; /* argv[0] is a path; ends with NULL */
	int stop_signal;	 /* asks it to end in order */
	unsigned patience;	 /* seconds until it is killed; 0: SIGTERM */
	/* Folders of VAR that are emptied before each start, as one that was
	 * killed leaves its files behind; ends with NULL. NULL: none. */
	const char *const *scratch;
	pid_t pid;	 /* 0: not running */
	int64_t started; /* ms of clock_monotonic */
	int64_t due;	 /* when to start it again; 0: it is not due */
	int64_t pause;	 /* ms between its next death and its start */
	unsigned deaths; /* all of them */
};

#define FAMILY_MAX 5
struct family {
	const char *var;
	struct child *children[FAMILY_MAX]; /* in the order of their start */
	size_t count;
	bool stop; /* SIGTERM or SIGINT has come */
};

/* From here on SIGCHLD, SIGTERM and SIGINT are taken by family_wait only, and
 * SIGHUP is ignored. */
void family_init(struct family *f, const char *var);

/* Starts the child and adds it to the family. */
void family_add(struct family *f, struct child *c);

/* Waits up to ms for something to happen: takes what has died, and starts it
 * again after a pause of 0.2 s that doubles up to 5 s, and is 0.2 s again
 * after 30 s of life. False when it is time to stop. */
bool family_wait(struct family *f, int64_t ms);

/* Stops the last of the family, one after the other, until `keep` are left. */
void family_stop(struct family *f, size_t keep);

/* Runs a program to its end, with a file of VAR as its standard input and the
 * log of `name` as its output; true when it ends with status 0. */
bool child_run(const char *var, const char *name, const char *const *argv,
    const char *input);

#endif
