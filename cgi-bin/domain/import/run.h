/* run.h: an import runs, batch by batch, until its end */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_RUN_H
#define IMPORT_RUN_H

#include "base/conf.h"
#include "domain/jobs/turn.h"
#include "storage/import_job_store.h"

/*
 * Runs a claimed import from its checkpoint to its end: done, failed with a
 * reason, or cancelled. Each batch is one transaction with its checkpoint, so
 * the process may be killed at any line: who claims the import next goes on
 * with the next batch, and the result is the same. Returns OK at its end, or
 * early when the turn was stopped (the job is then given back); CONFLICT when
 * the lease was lost to another worker; LOST when the database went away.
 * Between batches other work has its share (turn_share).
 */
enum status import_run(const struct conf *conf, struct db *db,
    const struct import_job *job, struct turn *turn, struct err *e);

#endif
