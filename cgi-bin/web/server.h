/* server.h: the processes that answer requests */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "base/conf.h"
#include "web/view.h"

/* Listens on VAR/run/web.sock and keeps conf.web_children children at work
 * until SIGTERM or SIGINT; each then ends the request it has. Returns the
 * program's exit code. */
int server_run(const struct conf *c, struct views *views);

#endif
