/* nginx_conf.h: nginx.conf for this PORT and VAR */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_NGINX_CONF_H
#define CLI_NGINX_CONF_H

#include "base/str.h"
#include "cli/options.h"

/* Writes VAR/run/nginx.conf: HOME/nginx.conf with its names between @ signs
 * replaced. Ends the process with a message when it cannot. */
void nginx_conf_write(const struct options *o);

struct nginx_name {
	const char *name; /* "@PORT@" */
	const char *value;
};
/* The replacement alone. names ends with a NULL name. Returns the first name
 * that is not in the table, or NULL when all were. */
const char *nginx_conf_fill(
    struct str *out, const char *text, const struct nginx_name *names);

#endif
