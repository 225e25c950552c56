/* bootstrap.h: the accounts and the database that a private MariaDB gets */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_BOOTSTRAP_H
#define STORAGE_BOOTSTRAP_H

#include "base/conf.h"
#include "base/str.h"

/*
 * Statements, one a line, that a server runs by --init-file at each start:
 * the database is there; the application's user has the password of c, and
 * may read and write the rows of the database and nothing else; os_user, when
 * it comes through the socket, is administrator without a password. They
 * change nothing when all that is so.
 */
void bootstrap_sql(struct str *out, const struct conf *c, const char *os_user);

/* What makes a data directory, before the statements of the server's own
 * files: its root account, too, is for the socket only. */
extern const char bootstrap_first[];

#endif
