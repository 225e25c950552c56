/* session.h: what each command on the book has open */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "base/arena.h"
#include "cli/options.h"
#include "model/member.h"
#include "storage/db.h"

struct cli_session {
	struct options options;
	struct arena arena;
	struct db *db;
	struct actor actor; /* the command line: no member, no address */
	struct err err;
};

/* Connects, as the application or as administrator; ends the process with a
 * message when the database is not there. */
void cli_open(struct cli_session *s, bool admin);
/* Releases it, and turns an outcome into an exit status: a failure is logged
 * as that of `doing`. */
int cli_close(struct cli_session *s, enum status st, const char *doing);
/* Says what is wrong with what was typed; STATUS_INVALID. */
enum status cli_refuse(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
