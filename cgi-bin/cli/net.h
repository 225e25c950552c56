/* net.h: the address that nginx listens on */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_NET_H
#define CLI_NET_H

#include <stdbool.h>

#include "cli/options.h"

/* NULL when LISTEN and PORT are free to be listened on, else the reason, in
 * words that last as long as the process. */
const char *net_port_problem(const struct options *o);

/* True when /healthz answers 200 there. Waits a second at most. */
bool net_healthy(const struct options *o);

#endif
