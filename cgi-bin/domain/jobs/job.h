/* job.h: work on many contacts, batch by batch */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_JOB_H
#define DOMAIN_JOB_H

#include "base/conf.h"
#include "domain/jobs/turn.h"
#include "model/member.h"
#include "storage/job_store.h"

#define JOB_BATCH 2000u /* contacts of one transaction */

/*
 * One batch of a job, in its transaction. The function of the job's kind works
 * on the contacts above job->next_contact, by id, at most JOB_BATCH of them and
 * none above job->upto_contact, and says what came of them. Its writes, the
 * counts and the checkpoint commit together; nothing else may be remembered
 * from one batch to the next, because each can be done by another worker, and
 * a batch that met a deadlock is done again.
 */
struct job_batch {
	struct db *db;
	struct arena *arena;   /* of this attempt */
	const struct job *job; /* as it stands, with its checkpoint */
	int64_t now;	       /* ms: the moment of all its changes */
	size_t limit;	       /* at most as many contacts */
	/* For the function to fill: */
	struct job_counts add; /* seen = changed + unchanged + kept, or it is
				* not committed; matched is not read */
	uint64_t next_contact; /* the last contact that is done with */
	bool last;	       /* there is nothing after this batch */
	const char *failure;   /* with STATUS_INVALID: what ends the job */
};
typedef enum status (*job_batch_fn)(struct job_batch *b, struct err *e);

/*
 * Runs a claimed job from its checkpoint until its end or the turn's, and then
 * gives it back. OK in both cases; CONFLICT when the lease was lost to another
 * worker; LOST when the database went away. STATUS_INVALID of a batch ends the
 * job as failed with the batch's sentence, what will not get better by trying
 * again with one of its own; what earlier batches did stays and can be undone.
 */
enum status job_run(const struct conf *conf, struct db *db,
    const struct job_lease *lease, const struct turn *turn, struct err *e);

/* Claims the job that waits longest and runs it for a turn; NOT_FOUND when
 * there is none. */
enum status job_work(const struct conf *conf, struct db *db, const char *owner,
    const struct turn *turn, struct err *e);

/* Cancels a job that waits or runs; what it did until then stays. NOT_FOUND;
 * CONFLICT when it has ended, and for the undo of an import, which is only
 * whole or not at all, and can be undone itself. */
enum status job_cancel(struct db *db, struct arena *a,
    const struct actor *actor, struct job_id id, struct err *e);

/* "job 7", for the audit log. */
const char *job_subject(struct arena *a, struct job_id id);

#endif
