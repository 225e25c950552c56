/* retry.c: when a delivery that failed is sent again */
/* SPDX-License-Identifier: MIT */
#include "domain/hooks/retry.h"

#define RETRY_AFTER_MAX 3600 /* seconds */
#define FAILS_LONG 25920     /* first pauses: of 10 s, three days */

int64_t hook_retry_pause(
    int64_t first_ms, uint64_t attempts, int64_t retry_after, unsigned chance)
{
	static const int64_t pauses[HOOK_ATTEMPTS - 1] = {
	    1, 3, 12, 60, 360, 2160};

	if (attempts < 1 || attempts >= HOOK_ATTEMPTS)
		return -1;
	int64_t pause = first_ms * pauses[attempts - 1];

	pause += pause / 5 * (chance % 256) / 256;
	if (retry_after > RETRY_AFTER_MAX)
		retry_after = RETRY_AFTER_MAX;
	return pause > retry_after * 1000 ? pause : retry_after * 1000;
}

bool hook_fails_long(int64_t first_ms, int64_t since, int64_t now)
{
	return since && now - since > first_ms * FAILS_LONG;
}
