/* feeder.h: a thread that reads and checks batches ahead of the writing */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_FEEDER_H
#define IMPORT_FEEDER_H

#include "domain/import/batch.h"
#include "domain/import/plan.h"
#include "storage/import_job_store.h"

/*
 * Reading and checking run in a thread of their own, with a connection of
 * their own, and at most two batches ahead: the only threads of the program.
 */
struct feeder;

/* Starts at the checkpoint. plan is borrowed and must not change. */
struct feeder *feeder_start(const struct conf *conf,
    const struct import_plan *plan, const struct import_checkpoint *from);
/* The next batch, or NULL at the end of the file, when *st says how it ended:
 * OK, INVALID (then *refusal), or a failure with e. */
struct batch *feeder_next(
    struct feeder *f, enum status *st, struct refusal *refusal, struct err *e);
/* Gives a batch back to be filled again. */
void feeder_give_back(struct feeder *f, struct batch *b);
/* After the last batch: how many cells each of plan->fixes has corrected since
 * feeder_start; NULL when there are none. */
const uint64_t *feeder_fixed_cells(const struct feeder *f);
/* Stops the thread, whatever it is at, and frees everything. */
void feeder_stop(struct feeder *f);

#endif
