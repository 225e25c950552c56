/* job.c: work on many contacts, batch by batch */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/job.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "domain/jobs/bulk_plan.h"
#include "domain/jobs/undo.h"
#include "storage/audit_store.h"

/* What does a batch of each kind. A merge is done by who asks for it: its job
 * is there to be undone. */
static const job_batch_fn kinds[JOB_KINDS] = {
    [JOB_BULK] = bulk_batch,
    [JOB_MERGE] = NULL,
    [JOB_UNDO] = undo_batch,
};

struct run {
	const struct conf *conf;
	const struct job_lease *lease;
	bool ended;
};

/* Every contact came to exactly one thing. */
static bool adds_up(const struct job_counts *c)
{
	return c->seen == c->changed + c->unchanged + c->kept;
}

static void add_counts(struct job_counts *sum, const struct job_counts *c)
{
	sum->seen += c->seen;
	sum->changed += c->changed;
	sum->unchanged += c->unchanged;
	sum->kept += c->kept;
	if (sum->matched < sum->seen)
		sum->matched = sum->seen;
}

static enum status end(struct run *r, struct db *db, enum job_state state,
    const char *message, struct err *e)
{
	r->ended = true;
	return job_store_finish(db, r->lease, state, message, e);
}

static enum status do_batch(
    struct run *r, struct job_batch *b, struct job *job, struct err *e)
{
	enum status st = kinds[job->kind]
			     ? kinds[job->kind](b, e)
			     : ERR(e, STATUS_FAILED, "no such job");

	if (st != STATUS_OK)
		return st;
	add_counts(&job->counts, &b->add);
	if (!adds_up(&b->add) || !adds_up(&job->counts))
		return ERR(e, STATUS_FAILED, "the counts do not add up");
	job->next_contact = b->next_contact;
	if (b->last)
		job->counts.matched = job->counts.seen;
	st = job_store_advance(b->db, r->lease, job, r->conf->lease_ms, e);
	return st == STATUS_OK && b->last ? end(r, b->db, JOB_DONE, "", e) : st;
}

/* What a batch says of a job that cannot go on, for the job's row. */
struct attempt {
	struct run *run;
	char failure[1000];
};

static enum status attempt(struct db *db, void *arg, struct err *e)
{
	struct attempt *t = arg;
	struct arena a;
	struct job job;
	unsigned fewer = t->run->conf->batch_rows;
	struct job_batch b = {
	    .db = db,
	    .arena = &a,
	    .now = clock_now(),
	    .limit = fewer && fewer < JOB_BATCH ? fewer : JOB_BATCH,
	};

	t->run->ended = false;
	arena_init(&a);
	b.job = &job;
	enum status st = job_store_lock(db, &a, t->run->lease, &job, e);

	if (st == STATUS_OK && job.cancel_asked)
		st = end(t->run, db, JOB_CANCELLED, "", e);
	else if (st == STATUS_OK)
		st = do_batch(t->run, &b, &job, e);
	snprintf(t->failure, sizeof(t->failure), "%s",
	    b.failure ? b.failure : "This cannot be done.");
	arena_release(&a);
	return st;
}

struct failing {
	struct run *run;
	const char *message;
};

/* An undo that fails lets its import go as well. */
static enum status write_failure(struct db *db, void *arg, struct err *e)
{
	struct failing *f = arg;
	struct arena a;
	struct job job;

	arena_init(&a);
	enum status st = job_store_lock(db, &a, f->run->lease, &job, e);

	if (st == STATUS_OK && job.kind == JOB_UNDO)
		st = undo_gave_up(db, &job, e);
	if (st == STATUS_OK)
		st = end(f->run, db, JOB_FAILED, f->message, e);
	arena_release(&a);
	return st;
}

static enum status fail(
    struct run *r, struct db *db, const char *message, struct err *e)
{
	struct failing f = {r, message};

	log_warn("job %llu: failed", (unsigned long long)r->lease->id.n);
	return db_transact(db, write_failure, &f, e);
}

static enum status one_batch(struct run *r, struct db *db, struct err *e)
{
	struct attempt t = {.run = r};
	enum status st = db_transact(db, attempt, &t, e);

	if (st == STATUS_INVALID)
		return fail(r, db, t.failure, e);
	if (st != STATUS_FAILED && st != STATUS_NOT_FOUND &&
	    st != STATUS_TOO_LARGE)
		return st;
	log_err("job", st, e);
	return fail(r, db,
	    "An internal error stopped this. What was changed before it is "
	    "kept and can be undone; the log has the reason.",
	    e);
}

enum status job_run(const struct conf *conf, struct db *db,
    const struct job_lease *lease, const struct turn *turn, struct err *e)
{
	struct run r = {.conf = conf, .lease = lease};
	enum status st = STATUS_OK;

	do {
		st = one_batch(&r, db, e);
	} while (st == STATUS_OK && !r.ended && !turn_over(turn));
	if (st == STATUS_OK && r.ended)
		log_info("job %llu: ended", (unsigned long long)lease->id.n);
	if (st == STATUS_BUSY || (st == STATUS_OK && !r.ended)) {
		enum status given = job_store_release(db, lease, e);

		st = st == STATUS_OK ? given : st;
	}
	return st;
}

enum status job_work(const struct conf *conf, struct db *db, const char *owner,
    const struct turn *turn, struct err *e)
{
	struct job_lease lease;
	enum status st = job_store_claim(db, owner, conf->lease_ms, &lease, e);

	if (st != STATUS_OK)
		return st;
	if (lease.number == 1)
		log_info("job %llu: claimed", (unsigned long long)lease.id.n);
	return job_run(conf, db, &lease, turn, e);
}

const char *job_subject(struct arena *a, struct job_id id)
{
	return arena_printf(a, "job %llu", (unsigned long long)id.n);
}

/* --- cancelling --- */

struct cancelling {
	struct arena *arena;
	const struct actor *actor;
	struct job_id id;
};

static enum status write_cancel(struct db *db, void *arg, struct err *e)
{
	struct cancelling *c = arg;
	struct job job;
	enum status st = job_store_get(db, c->arena, c->id, &job, e);

	if (st == STATUS_OK && job.kind == JOB_UNDO && job.import.n)
		return ERR(e, STATUS_CONFLICT, "the undo of an import goes on");
	if (st == STATUS_OK)
		st = job_store_cancel(db, c->id, e);
	if (st == STATUS_OK)
		st = audit_add(db, c->actor, "job.cancel",
		    job_subject(c->arena, c->id), job.action, e);
	return st;
}

enum status job_cancel(struct db *db, struct arena *a,
    const struct actor *actor, struct job_id id, struct err *e)
{
	struct cancelling c = {a, actor, id};

	return db_transact(db, write_cancel, &c, e);
}
