/* clock.h: moments in time */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A moment is a count of milliseconds since 1970-01-01 UTC. */

/* Now. */
int64_t clock_now(void);
/* Milliseconds of a clock that never goes back: for durations only. */
int64_t clock_monotonic(void);
/* Sleeps; a signal may end it early. */
void clock_sleep(int64_t ms);

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
int64_t clock_days(int year, int month, int day);
/* True for a day that exists, year 1 to 9999. */
bool clock_date_exists(int year, int month, int day);

/* "2022-10-31T14:00:00.000Z", for the years 1 to 9999; out has room for 32
 * bytes. */
void clock_format(int64_t ms, char out[32]);

/*
 * ISO 8601 / RFC 3339 (formats.md I12, section 6 DATETIME): a date, or a date
 * and 'T' and a time with or without seconds and fractions, with 'Z' or an
 * offset of +hh:mm or +hhmm. A date alone is its midnight UTC. A time without
 * zone is refused unless zone_optional, and then is UTC. Seconds of 60 are
 * refused, and so are moments before the year 1 or after 9999 UTC. Returns
 * false and leaves *ms for anything else.
 */
bool clock_parse(const char *text, bool zone_optional, int64_t *ms);

#endif
