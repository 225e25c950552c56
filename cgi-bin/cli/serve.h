/* serve.h: the supervisor */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_SERVE_H
#define CLI_SERVE_H

#include <stdbool.h>

/*
 * Starts everything on VAR (or the database alone), keeps it running until
 * SIGTERM or SIGINT, and stops it. Gives the exit status. ready_fd: where a
 * byte is written when it answers, after which standard output and error are
 * no longer used; -1 for the foreground.
 */
int serve(bool database_only, int ready_fd);

#endif
