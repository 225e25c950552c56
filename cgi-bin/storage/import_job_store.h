/* import_job_store.h: imports as work: claim, checkpoint, end */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_IMPORT_JOB_STORE_H
#define STORAGE_IMPORT_JOB_STORE_H

#include "base/arena.h"
#include "model/import.h"
#include "storage/db.h"

/*
 * A worker holds an import by a lease: a name, an end in time, and a number
 * that grows with each claim. Every write of a batch names that number in its
 * transaction, so a worker whose lease was taken over can write no more.
 */
struct import_job {
	struct import_id id;
	uint64_t lease_number;
	bool check_only; /* nothing of the book is to be written */
};

/* Where the work goes on: after the last batch that was committed. */
struct import_checkpoint {
	uint64_t batch; /* number of the next batch */
	uint64_t row;	/* reader_seek's values */
	uint64_t line;
	uint64_t offset;
	struct import_counts counts;
	uint64_t worked_ms; /* for advance: since the batch before */
	bool cancel_asked;
	bool pause_asked;
};

/* Takes an import that is to be checked, else of those that are queued, were
 * given back, or have a lease that ended, the one that waits longest.
 * NOT_FOUND when there is none. Of several workers one gets it. */
enum status import_job_claim(struct db *db, const char *owner, int64_t lease_ms,
    struct import_job *out, struct err *e);
/* Makes the lease end lease_ms from now; CONFLICT when it is lost. */
enum status import_job_renew(struct db *db, const struct import_job *job,
    int64_t lease_ms, struct err *e);
/* Whether another import could be claimed. */
enum status import_job_others(
    struct db *db, const struct import_job *job, bool *wait, struct err *e);
/* Gives it back to be claimed at once: by a worker that stops, or lets another
 * import have its turn. */
enum status import_job_release(
    struct db *db, const struct import_job *job, struct err *e);
enum status import_job_checkpoint(struct db *db, const struct import_job *job,
    struct import_checkpoint *out, struct err *e);
/* Within a batch's transaction: moves the checkpoint from batch `c->batch` - 1
 * on and renews the lease. CONFLICT when the lease is lost or the batch was
 * written already: the transaction is to be rolled back. */
enum status import_job_advance(struct db *db, const struct import_job *job,
    const struct import_checkpoint *c, int64_t lease_ms, struct err *e);
/* Back to the first row, with counts of 0: for a check, which has written
 * nothing. */
enum status import_job_restart(
    struct db *db, const struct import_job *job, struct err *e);
/* A check's numbers are not exact from a row on. */
enum status import_job_inexact(
    struct db *db, const struct import_job *job, uint64_t row, struct err *e);
/* The end: done, failed, cancelled, or ready after a check, or paused, with a
 * code and a sentence for failed. CONFLICT when the lease is lost. */
enum status import_job_finish(struct db *db, const struct import_job *job,
    const char *state, const char *code, const char *message, struct err *e);

#endif
