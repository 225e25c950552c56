/* mariadb.h: the private MariaDB of a VAR */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_MARIADB_H
#define CLI_MARIADB_H

#include <stdbool.h>

#include "cli/child.h"
#include "cli/options.h"

/* Makes VAR/data with the server's own tables when there is none. It is made
 * under another name first, so that one that was cut off does not count.
 * Ends the process with a message when it cannot. */
void mariadb_prepare(const struct options *o);

/* The server as a child: its options are all on its command line, and those
 * of the machine are not read. c lives as long as the process. */
void mariadb_child(const struct options *o, struct child *c);

/* True when the server greets: it is up, and its accounts are set up. */
bool mariadb_answers(const struct options *o);

#endif
