/* retry.h: when a delivery that failed is sent again */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_HOOK_RETRY_H
#define DOMAIN_HOOK_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#define HOOK_ATTEMPTS 7 /* the first one and six more */

/*
 * The pause in ms after a number of attempts that failed; -1 when it was the
 * last one. first_ms: the pause after the first attempt (10 s); those after it
 * are 30 s, 2 min, 10 min, 1 h and 6 h, in that proportion. chance, any number,
 * makes it up to a fifth longer. retry_after: the seconds that the receiver
 * asked for, 0 when it did not; more than an hour is an hour. The longer of
 * both counts. Pure.
 */
int64_t hook_retry_pause(
    int64_t first_ms, uint64_t attempts, int64_t retry_after, unsigned chance);

/* Whether one that has been failing for a time is to be switched off: after
 * three days (with a first pause of 10 s, and in that proportion). */
bool hook_fails_long(int64_t first_ms, int64_t since, int64_t now);

#endif
