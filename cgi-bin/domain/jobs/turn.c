/* turn.c: how long one piece of work goes on while others wait */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/turn.h"

#include "base/clock.h"

void turn_begin(struct turn *t)
{
	t->until = clock_monotonic() + t->ms;
}

bool turn_over(const struct turn *t)
{
	return *t->stop || clock_monotonic() >= t->until;
}

void turn_share(struct turn *t)
{
	if (!t->others || *t->stop || !turn_over(t))
		return;
	t->others(t->arg);
	turn_begin(t);
}
