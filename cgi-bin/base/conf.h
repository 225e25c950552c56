/* conf.h: where things are: the options of every program of ours */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>

/*
 * Every program takes its options from the environment, so that one setting
 * serves the supervisor and its children alike:
 *
 *	RUBRICA_VAR        the folder of data, sockets and logs (default "var")
 *	RUBRICA_HOME       the folder that holds templates/, static/ and sql/
 *	RUBRICA_DB_HOST    empty: VAR/mariadb.sock; else a host (a cluster)
 *	RUBRICA_DB_PORT    for a host
 *	RUBRICA_DB_USER, RUBRICA_DB_NAME, RUBRICA_DB_PASSWORD
 *	                   default: rubrica, rubrica, and the first line of
 *	                   VAR/run/db.password
 *	RUBRICA_PRIVACY_KEY
 *	                   the secret with which people who were erased are
 *	                   known again; default: the first line of
 *	                   VAR/run/privacy.key
 *	RUBRICA_WEB_CHILDREN, RUBRICA_WEB_REQUESTS
 *	                   forked children, and requests before one is renewed
 *	RUBRICA_LEASE_MS   how long a worker that does not answer keeps its
 *	                   import (default 10000); each batch renews it
 *	RUBRICA_IDLE_MS    how long a worker or a sender without anything to do
 *	                   rests before it looks again (default 200)
 *	RUBRICA_UNTIL_IDLE of a worker, not empty: it ends instead, once it has
 *	                   looked for all kinds of work; for tests
 *	RUBRICA_HOOK_RETRY_MS, RUBRICA_HOOK_TIMEOUT_MS
 *	                   the pause after the first failed delivery to an
 *	                   outgoing webhook, which all later ones are multiples
 *	                   of, and how long a receiver has for its answer
 *	                   (default 10000 each)
 *	RUBRICA_BATCH_ROWS rows of an import, or contacts of a bulk change, that
 *	                   are written together (at most and by default 2000):
 *	                   fewer, to test what lies between batches; the same
 *	                   for all workers
 */
struct conf {
	const char *var;
	const char *home;
	const char *db_host; /* "" for the socket */
	const char *db_socket;
	const char *db_user;
	const char *db_name;
	const char *db_password;
	const char *privacy_key; /* "": there is none yet */
	unsigned db_port;
	unsigned web_children;
	unsigned web_requests;
	unsigned lease_ms;
	unsigned idle_ms;
	unsigned batch_rows;
	unsigned sheet_rows;	/* of XLSX, the header's too */
	unsigned sheet_columns; /* lowered by tests alone */
	unsigned hook_retry_ms;
	unsigned hook_timeout_ms;
	bool until_idle;
};

/* Fills c from the environment; strings live as long as the process. A number
 * that is none ends the process with a message. */
void conf_load(struct conf *c);

/* VAR joined with a relative path; the caller frees. */
char *conf_var_path(const struct conf *c, const char *relative);
/* The same for HOME. */
char *conf_home_path(const struct conf *c, const char *relative);

#endif
