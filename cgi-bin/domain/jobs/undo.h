/* undo.h: imports and jobs are undone */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_UNDO_H
#define DOMAIN_UNDO_H

#include "base/arena.h"
#include "domain/jobs/job.h"
#include "model/import.h"
#include "model/member.h"
#include "storage/db.h"
#include "storage/undo_store.h"

/*
 * An undo is a job that takes back, contact by contact, what an import or
 * another job did (revert.h has the rules for one contact). Its own changes
 * have revisions with its id, so an undo can be undone in the same way. Its
 * numbers: `changed` contacts went back wholly, `unchanged` ones needed
 * nothing, and of `kept` ones something was kept, which job_kept lists.
 */

/* Whether an import can be undone: it has ended, and wrote something. */
bool undo_is_possible(const struct import *im);

/*
 * Queue the undoing, for the worker; *out is its job. CONFLICT when the import
 * or the job has not ended, is undone already, or is being undone. An import is
 * `undoing` and then `undone`. Undoing the undo of an import makes it
 * `redoing` and then what it was before.
 */
enum status undo_begin_import(struct db *db, struct arena *a,
    const struct actor *actor, struct import_id id, struct job_id *out,
    struct err *e);
enum status undo_begin_redo(struct db *db, struct arena *a,
    const struct actor *actor, struct import_id id, struct job_id *out,
    struct err *e);
enum status undo_begin_job(struct db *db, struct arena *a,
    const struct actor *actor, struct job_id id, struct job_id *out,
    struct err *e);

/* Undoes a job of at most JOB_BATCH contacts at once, in one transaction; *out
 * is the job that did it, which has ended. CONFLICT as above; TOO_LARGE when
 * there are more, and nothing is changed. */
enum status undo_now(struct db *db, struct arena *a, const struct actor *actor,
    struct job_id id, struct job *out, struct err *e);

/* The batch of a job of the kind JOB_UNDO. */
enum status undo_batch(struct job_batch *b, struct err *e);
/* An undo that failed: what it did stays, and it may be asked for again. */
enum status undo_gave_up(struct db *db, const struct job *job, struct err *e);

#endif
