/* err.h: what a function can come to, and why */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/*
 * A function that can fail returns an enum status and takes a struct err,
 * which is set once, where the failure happens, and logged once, at the edge
 * (server, worker, command line). Bad user input is not an error but data: a
 * list of field messages beside STATUS_INVALID.
 */
enum status {
	STATUS_OK,
	STATUS_NOT_FOUND, /* no such row, page, file */
	STATUS_INVALID,	  /* the user's values are not allowed */
	STATUS_CONFLICT,  /* a unique key, or a version that has moved on */
	STATUS_DENIED,	  /* not logged in, or not with this role */
	STATUS_TOO_LARGE, /* over a limit of ours */
	STATUS_BUSY,	  /* a deadlock or a lock wait: worth a retry */
	STATUS_LOST,	  /* the database is not reachable: reconnect first */
	STATUS_FULL,	  /* no room on a disk: somebody has to make some */
	STATUS_FAILED	  /* anything else; the message says what */
};

struct err {
	char message[512]; /* for the log, never for a visitor */
	const char *file;
	int line;
};

/* Sets e (which may be NULL) and returns st, so that a failure reads
 *	return ERR(e, STATUS_FAILED, "cannot open %s", path);
 */
#define ERR(e, st, ...) err_set((e), (st), __FILE__, __LINE__, __VA_ARGS__)

enum status err_set(struct err *e, enum status st, const char *file, int line,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A status as a word for the log. */
const char *status_word(enum status st);

#endif
