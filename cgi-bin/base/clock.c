/* clock.c: moments in time */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

/* 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z */
#define FIRST_MOMENT (-62135596800000LL)
#define LAST_MOMENT 253402300799999LL

static int64_t read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t clock_monotonic(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

void clock_sleep(int64_t ms)
{
	struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};

	nanosleep(&t, NULL);
}

/* Howard Hinnant's days_from_civil: years begin in March, so that the leap
 * day is the last of its year. */
int64_t clock_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t m = month > 2 ? month - 3 : month + 9;
	int64_t day_of_year = (153 * m + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
			     year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

bool clock_date_exists(int year, int month, int day)
{
	static const int lengths[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return day <= lengths[month - 1] + (month == 2 && leap);
}

/* v as n digits and what stands after them; where the next begins. */
static char *put_digits(char *out, unsigned v, int n, char after)
{
	for (int i = n - 1; i >= 0; i--, v /= 10)
		out[i] = (char)('0' + v % 10);
	out[n] = after;
	return out + n + 1;
}

/* By hand, since imports, exports and lists do it for each contact. */
void clock_format(int64_t ms, char out[32])
{
	int64_t rest = ms % 1000;
	struct tm tm;

	if (rest < 0)
		rest += 1000;
	time_t seconds = (time_t)((ms - rest) / 1000);

	gmtime_r(&seconds, &tm);
	out = put_digits(out, (unsigned)(tm.tm_year + 1900) % 10000u, 4, '-');
	out = put_digits(out, (unsigned)(tm.tm_mon + 1), 2, '-');
	out = put_digits(out, (unsigned)tm.tm_mday, 2, 'T');
	out = put_digits(out, (unsigned)tm.tm_hour, 2, ':');
	out = put_digits(out, (unsigned)tm.tm_min, 2, ':');
	out = put_digits(out, (unsigned)tm.tm_sec, 2, '.');
	out = put_digits(out, (unsigned)rest, 3, 'Z');
	*out = '\0';
}

/* Reads exactly n ASCII digits at *p and moves on; -1 when they are not. */
static int digits(const char **p, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		char c = (*p)[i];

		if (c < '0' || c > '9')
			return -1;
		v = v * 10 + (c - '0');
	}
	*p += n;
	return v;
}

static bool take(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

/* hh:mm[:ss[.fraction]]; *ms of the day. */
static bool parse_time(const char **p, int64_t *ms)
{
	int hour = digits(p, 2);

	if (hour < 0 || hour > 23 || !take(p, ':'))
		return false;
	int minute = digits(p, 2);
	int second = 0;
	int64_t fraction = 0;

	if (minute < 0 || minute > 59)
		return false;
	if (take(p, ':')) {
		second = digits(p, 2);
		if (second < 0 || second > 59)
			return false;
		if (take(p, '.') || take(p, ',')) {
			int scale = 100;

			if (**p < '0' || **p > '9')
				return false;
			for (; **p >= '0' && **p <= '9'; (*p)++) {
				fraction += (**p - '0') * scale;
				scale /= 10;
			}
		}
	}
	*ms = ((hour * 60 + minute) * 60 + second) * 1000LL + fraction;
	return true;
}

/* Z, +hh:mm or +hhmm; *ms is what the local time is ahead of UTC. */
static bool parse_zone(const char **p, bool optional, int64_t *ms)
{
	*ms = 0;
	if (!**p)
		return optional;
	if (take(p, 'Z') || take(p, 'z'))
		return true;
	int sign = **p == '-' ? -1 : 1;

	if (**p != '+' && **p != '-')
		return false;
	(*p)++;
	int hour = digits(p, 2);

	if (hour < 0 || hour > 23)
		return false;
	take(p, ':');
	int minute = digits(p, 2);

	if (minute < 0 || minute > 59)
		return false;
	*ms = sign * (hour * 60 + minute) * 60000LL;
	return true;
}

bool clock_parse(const char *text, bool zone_optional, int64_t *ms)
{
	const char *p = text;
	int year = digits(&p, 4);
	bool dash = year >= 0 && take(&p, '-');
	int month = dash ? digits(&p, 2) : -1;

	dash = month >= 0 && take(&p, '-');
	int day = dash ? digits(&p, 2) : -1;
	int64_t of_day = 0;
	int64_t ahead = 0;

	if (day < 0 || !clock_date_exists(year, month, day))
		return false;
	if (*p) {
		if (!take(&p, 'T') && !take(&p, 't'))
			return false;
		if (!parse_time(&p, &of_day) ||
		    !parse_zone(&p, zone_optional, &ahead) || *p)
			return false;
	}
	int64_t moment =
	    clock_days(year, month, day) * 86400000LL + of_day - ahead;

	/* An offset can lead out of the years that clock_format writes. */
	if (moment < FIRST_MOMENT || moment > LAST_MOMENT)
		return false;
	*ms = moment;
	return true;
}
