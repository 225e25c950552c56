/* log.h: one line an event, on standard error */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

/* Names the process in every later line ("web", "worker", "rubrica"). The
 * string must outlive the process. */
void log_init(const char *process);

/* Writes every later line to fd too; -1: no more. */
void log_copy_to(int fd);

/* A line: UTC time, process and pid, level, message. Control characters in
 * the message are printed as '?', so that a line stays a line. */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The failure of an operation with its place in the source. */
void log_err(const char *doing, enum status st, const struct err *e);

/* Logs and ends the process: for start-up, and for memory that is not to be
 * had. */
void log_fatal(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));

#endif
