/* retention.h: what is kept for a time only: files, messages, events */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_RETENTION_H
#define DOMAIN_RETENTION_H

#include "storage/retention_store.h"

/*
 * A rule is a setting of days, 0 for ever. What has reached that age is
 * deleted by the worker, a batch a transaction, the oldest first:
 *   files     the bytes of the files of imports that ended, and all that was
 *             kept of their cells (samples, values in findings, corrections);
 *             the import, its counts and outcomes stay, and so does its undo
 *   uploads   the same of files that nobody started to import: they are
 *             cancelled
 *   messages  by the time that they were sent
 *   events    of WhatsApp that nothing was done with
 */
struct retention_rule {
	const char *name;    /* row of the table retention */
	const char *setting; /* its days */
	const char *things;  /* "messages", for the audit log and the page */
	/* Deletes at most `limit`, within a transaction; *count: how many. */
	enum status (*batch)(struct db *db, int64_t upto, uint64_t days,
	    size_t limit, uint64_t *count, struct err *e);
	size_t limit;
};

/* Ends with a NULL name. */
extern const struct retention_rule retention_rules[];

/* A batch of the first rule that has something to delete, or a piece of a file
 * that a rule gave up; NOT_FOUND when nothing is due. Several workers do
 * nothing twice, and one that dies leaves nothing half-done: what a run came
 * to is in the audit log once it ends. */
enum status retention_work(struct db *db, struct err *e);

/* What a settings page says of a rule. */
struct retention_state {
	uint64_t days;
	uint64_t due; /* now; counted up to RETENTION_DUE_MAX */
	struct retention_run run;
};
#define RETENTION_DUE_MAX 10000u
enum status retention_state(struct db *db, const struct retention_rule *r,
    struct retention_state *out, struct err *e);

#endif
