/* turn.h: how long one piece of work goes on while others wait */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_TURN_H
#define DOMAIN_TURN_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A worker has several kinds of work and does one thing at a time. What can
 * easily be taken up again (a job) goes on until turn_over() and is given back.
 * What cannot (an import, which would read its file again) calls turn_share()
 * between its batches: when its time is over, the others have theirs, over the
 * same connection, and then it goes on.
 */
struct turn {
	const volatile sig_atomic_t *stop; /* true: the worker is to end */
	int64_t ms;			   /* how long a share is */
	int64_t until;			   /* when this one ends; monotonic */
	/* A share of all other work; NULL: there is none. */
	void (*others)(void *arg);
	void *arg;
};

/* A share of ms from now on. */
void turn_begin(struct turn *t);
/* True when its time is over, or the worker is to end. */
bool turn_over(const struct turn *t);
/* Lets others do theirs when its time is over, and begins anew. Not within a
 * transaction. */
void turn_share(struct turn *t);

#endif
