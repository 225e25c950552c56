/* job_store.h: rows of job: made, claimed, done batch by batch */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_JOB_STORE_H
#define STORAGE_JOB_STORE_H

#include "base/arena.h"
#include "model/job.h"
#include "storage/db.h"

/* Writes kind, state, member, token, filter, action, arguments, import,
 * undoes, counts, next_contact, upto_contact and message; the id and the times
 * are set by the function (finished_at for a job that is done already).
 * CONFLICT when the idempotency key is taken (key may be NULL). */
enum status job_store_insert(struct db *db, const struct job *job,
    const char *idempotency_key, const char *request_hash, struct job_id *out,
    struct err *e);
enum status job_store_get(struct db *db, struct arena *a, struct job_id id,
    struct job *out, struct err *e);
/* The job of a token's idempotency key and the hash of its request; NOT_FOUND
 * when the key is new. */
enum status job_store_by_key(struct db *db, struct arena *a,
    struct token_id token, const char *key, struct job_id *out,
    const char **request_hash, struct err *e);
/* Newest first, ids below `before` (0: from the newest); kind JOB_KINDS: all.
 */
enum status job_store_list(struct db *db, struct arena *a, uint64_t before,
    unsigned kind, size_t limit, struct job **rows, size_t *count,
    struct err *e);
/* Those that are queued or running, oldest first, at most ten. */
enum status job_store_active(struct db *db, struct arena *a, struct job **rows,
    size_t *count, struct err *e);
/* A queued job is cancelled, a running one stops at its next batch. CONFLICT
 * when it has ended. */
enum status job_store_cancel(struct db *db, struct job_id id, struct err *e);

/*
 * A worker holds a job by a lease like that of an import (import_job_store.h):
 * a name, an end in time and a number that grows with each claim, which fences
 * off a worker that lost it.
 */
struct job_lease {
	struct job_id id;
	uint64_t number;
};
/* Takes the job that waits longest: a new one, one that was given back, or one
 * whose lease ended. NOT_FOUND when there is none. Of several workers one gets
 * it. */
enum status job_store_claim(struct db *db, const char *owner, int64_t lease_ms,
    struct job_lease *out, struct err *e);
/* Gives it back to be claimed by whoever comes next. */
enum status job_store_release(
    struct db *db, const struct job_lease *lease, struct err *e);
/* In the transaction of a batch: the job as it stands, locked until the
 * transaction ends. CONFLICT when the lease is lost. */
enum status job_store_lock(struct db *db, struct arena *a,
    const struct job_lease *lease, struct job *out, struct err *e);
/* In the same: writes counts and next_contact and renews the lease. CONFLICT:
 * the transaction is to be rolled back. */
enum status job_store_advance(struct db *db, const struct job_lease *lease,
    const struct job *job, int64_t lease_ms, struct err *e);
/* The end, with a sentence for failed. CONFLICT when the lease is lost. */
enum status job_store_finish(struct db *db, const struct job_lease *lease,
    enum job_state state, const char *message, struct err *e);

/* What a job leaves as it is, and why. Rows that are there already are left. */
struct job_kept {
	uint64_t contact;
	const char *field;  /* a key, "attributes.NAME", "_tags", ... */
	const char *reason; /* a sentence */
};
enum status job_store_keep(struct db *db, struct arena *a, struct job_id id,
    const struct job_kept *rows, size_t n, struct err *e);
/* By contact, those above the id `after`; at most `limit`. */
enum status job_store_kept(struct db *db, struct arena *a, struct job_id id,
    uint64_t after, size_t limit, struct job_kept **rows, size_t *count,
    struct err *e);
/* The same from behind one row on. */
enum status job_store_kept_from(struct db *db, struct arena *a,
    struct job_id id, uint64_t contact, const char *field, size_t limit,
    struct job_kept **rows, size_t *count, struct err *e);

#endif
