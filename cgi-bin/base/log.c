/* log.c: one line an event, on standard error */
/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *process_name = "rubrica";
static int copy_fd = -1;

void log_init(const char *process)
{
	process_name = process;
}

void log_copy_to(int fd)
{
	copy_fd = fd;
}

static void write_line(const char *level, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* One write() a line, so that lines of several processes do not mix. */
static void write_line(const char *level, const char *format, va_list ap)
{
	char line[1536];
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	size_t n = strftime(line, sizeof(line), "%Y-%m-%dT%H:%M:%S", &tm);
	int m = snprintf(line + n, sizeof(line) - n,
	    ".%03ldZ %s[%d] %s: ", now.tv_nsec / 1000000, process_name,
	    (int)getpid(), level);

	n += (size_t)m;
	size_t start = n;

	m = vsnprintf(line + n, sizeof(line) - n - 1, format, ap);
	if (m > 0)
		n += (size_t)m;
	if (n > sizeof(line) - 2)
		n = sizeof(line) - 2;
	for (size_t i = start; i < n; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	line[n++] = '\n';
	if (copy_fd >= 0 && write(copy_fd, line, n) < 0)
		copy_fd = -1; /* a full disk is no reason to end */
	if (write(STDERR_FILENO, line, n) < 0)
		return; /* there is nowhere left to say it */
}

void log_info(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	write_line("info", format, ap);
	va_end(ap);
}

void log_warn(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	write_line("warn", format, ap);
	va_end(ap);
}

void log_error(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	write_line("error", format, ap);
	va_end(ap);
}

void log_err(const char *doing, enum status st, const struct err *e)
{
	log_error("%s: %s: %s (%s:%d)", doing, status_word(st), e->message,
	    e->file ? e->file : "?", e->line);
}

void log_fatal(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	write_line("fatal", format, ap);
	va_end(ap);
	exit(EXIT_FAILURE);
}
