/* options.h: what the supervisor and the commands are told */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>

#include "base/conf.h"

/*
 * Besides what base/conf.h names, from the environment:
 *
 *	RUBRICA_LISTEN, RUBRICA_PORT       127.0.0.1 and 8080
 *	RUBRICA_PROXY                      none; the IPv4 address of a server in
 *	                                   front, whose X-Forwarded-For is
 *	                                   believed
 *	RUBRICA_ADMIN_EMAIL, RUBRICA_ADMIN_PASSWORD
 *	                                   of the first admin, when there is
 *	                                   no member yet
 *	RUBRICA_BUFFER_POOL                of MariaDB; a quarter of the
 *	                                   machine's memory, 256 MiB to 8 GiB
 *	RUBRICA_REDO_LOG                   the size of its log, 512M
 */
struct options {
	struct conf conf;     /* var and home are absolute */
	const char *programs; /* the folder of this program and its sisters */
	const char *os_user;  /* the name of who runs us */
	const char *listen;   /* an IPv4 address */
	unsigned port;
	const char *proxy;	    /* an IPv4 address, or "" */
	const char *admin_email;    /* "" when not given */
	const char *admin_password; /* "" when not given */
	const char *buffer_pool;
	const char *redo_log;
	bool own_database; /* false: RUBRICA_DB_HOST names a server */
};

/* Fills o and puts the absolute paths into the environment, for the children.
 * Ends the process with a message when VAR is not there (make: when it cannot
 * be made) or a value is of no use. With make, VAR's folders and the password
 * of the database are made too. */
void options_load(struct options *o, bool make);

#endif
