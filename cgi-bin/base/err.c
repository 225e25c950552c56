/* err.c: what a function can come to, and why */
/* SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

enum status err_set(struct err *e, enum status st, const char *file, int line,
    const char *format, ...)
{
	va_list ap;

	if (!e)
		return st;
	va_start(ap, format);
	vsnprintf(e->message, sizeof(e->message), format, ap);
	va_end(ap);
	e->file = file;
	e->line = line;
	return st;
}

const char *status_word(enum status st)
{
	static const char *const words[] = {
	    [STATUS_OK] = "ok",
	    [STATUS_NOT_FOUND] = "not found",
	    [STATUS_INVALID] = "invalid",
	    [STATUS_CONFLICT] = "conflict",
	    [STATUS_DENIED] = "denied",
	    [STATUS_TOO_LARGE] = "too large",
	    [STATUS_BUSY] = "busy",
	    [STATUS_FULL] = "disk full",
	    [STATUS_LOST] = "connection lost",
	    [STATUS_FAILED] = "failed",
	};

	return words[st];
}
