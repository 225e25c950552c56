/* catalog_job.h: contacts follow a renamed, merged or deleted tag */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CATALOG_CATALOG_JOB_H
#define DOMAIN_CATALOG_CATALOG_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "storage/db.h"

/* Contacts of one transaction. */
#define CATALOG_BATCH 2000u

/*
 * What a change of a tag, first message, attribute, segment or campaign leaves
 * to do in the contacts. A job is a row of catalog_job, made in the transaction
 * of the change itself. It is done in batches with a checkpoint, by who made
 * the change, by the worker, or by both at once: whoever stops, the rest can
 * still be done.
 *
 * Each contact that changes gets a revision, by the member of the change.
 */
struct catalog_progress {
	uint64_t changed; /* contacts, so far */
	bool finished;
};

/* Does batches of a job until it is finished or `ms` have passed. Of a job
 * that somebody else finished `changed` is not known to the end. */
enum status catalog_job_run(struct db *db, uint64_t job, int64_t ms,
    struct catalog_progress *out, struct err *e);

/* One batch of the oldest job; NOT_FOUND when there is none. */
enum status catalog_job_work(struct db *db, struct err *e);

#endif
