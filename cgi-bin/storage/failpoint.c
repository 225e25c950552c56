/* failpoint.c: lets a test kill or fail at a chosen database call */
/* SPDX-License-Identifier: MIT */
#include "storage/failpoint.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/str.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned long long wanted; /* 0: never */
static int with = SIGKILL;
static unsigned long long error; /* 0: it kills */
static unsigned long long times = 1;
static atomic_ullong passes;
static atomic_ullong requests;

static void read_wish(void)
{
	const char *signal_name = getenv("RUBRICA_FAILPOINT_SIGNAL");

	if (!str_to_u64(str_or_empty(getenv("RUBRICA_FAILPOINT")), &wanted))
		wanted = 0;
	if (str_equal(str_or_empty(signal_name), "STOP"))
		with = SIGSTOP;
	str_to_u64(str_or_empty(getenv("RUBRICA_FAILPOINT_ERROR")), &error);
	str_to_u64(str_or_empty(getenv("RUBRICA_FAILPOINT_TIMES")), &times);
}

void failpoint_pass(void)
{
	pthread_once(&once, read_wish);
	if (wanted && !error && atomic_fetch_add(&passes, 1) + 1 == wanted)
		raise(with);
}

unsigned failpoint_error(void)
{
	pthread_once(&once, read_wish);
	if (!error || !wanted)
		return 0;
	unsigned long long n = atomic_fetch_add(&requests, 1) + 1;

	return n >= wanted && n - wanted < times ? (unsigned)error : 0;
}
