/* undo.c: an undo is asked for */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/undo.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/import/import_audit.h"
#include "storage/audit_store.h"
#include "storage/import_store.h"

/* What one asking is about. */
struct asking {
	struct arena *arena;
	const struct actor *actor;
	struct import_id import;
	struct job_id undoes;
	bool at_once; /* in this transaction */
	struct job *out;
};

bool undo_is_possible(const struct import *im)
{
	const struct import_counts *c = &im->counts;
	bool ended = im->state == IMPORT_DONE || im->state == IMPORT_FAILED ||
		     im->state == IMPORT_CANCELLED;

	if (!ended || !im->started_at)
		return false;
	return c->created + c->updated > 0 ||
	       (c->unchanged > 0 && !str_empty(im->segment));
}

static enum status insert_job(struct db *db, struct asking *q, uint64_t matched,
    struct job *job, struct err *e)
{
	*job = (struct job){
	    .kind = JOB_UNDO,
	    .state = q->at_once ? JOB_RUNNING : JOB_QUEUED,
	    .member = q->actor->member,
	    .token = q->actor->token,
	    .filter = "",
	    .action = "",
	    .arguments = "",
	    .import = q->import,
	    .undoes = q->undoes,
	    .counts = {.matched = matched},
	    .upto_contact = INT64_MAX,
	};
	return job_store_insert(db, job, NULL, NULL, &job->id, e);
}

/* --- of an import --- */

/* One that failed half-way is taken up again where it stopped, so that all of
 * it is one job. */
static enum status queue_job(
    struct db *db, struct asking *q, uint64_t matched, struct err *e)
{
	struct job_id last = {0};
	enum status st = undo_last_of_import(db, q->import, false, &last, e);

	if (st == STATUS_OK)
		st = job_store_get(db, q->arena, last, q->out, e);
	if (st == STATUS_OK && q->out->state == JOB_FAILED &&
	    q->out->undoes.n == q->undoes.n)
		return undo_requeue(db, last, e);
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	return insert_job(db, q, matched, q->out, e);
}

static enum status begin_import(struct db *db, void *arg, struct err *e)
{
	struct asking *q = arg;
	struct import_row row;
	enum status st = import_store_get(db, q->arena, q->import, &row, e);
	const struct import_counts *c = &row.head.counts;

	if (st != STATUS_OK)
		return st;
	if (!undo_is_possible(&row.head))
		return ERR(e, STATUS_CONFLICT, "import %llu is %s",
		    (unsigned long long)q->import.n,
		    import_state_word(row.head.state));
	st = import_store_undo(db, q->import, IMPORT_UNDO_BEGINS, e);
	if (st == STATUS_OK)
		st = queue_job(db, q, c->created + c->updated, e);
	if (st == STATUS_OK)
		st =
		    import_audit(db, q->actor, "import.undo", q->import, "", e);
	return st;
}

enum status undo_begin_import(struct db *db, struct arena *a,
    const struct actor *actor, struct import_id id, struct job_id *out,
    struct err *e)
{
	struct job job;
	struct asking q = {
	    .arena = a, .actor = actor, .import = id, .out = &job};
	enum status st = db_transact(db, begin_import, &q, e);

	if (st == STATUS_OK)
		*out = job.id;
	return st;
}

static enum status begin_redo(struct db *db, void *arg, struct err *e)
{
	struct asking *q = arg;
	struct import_row row;
	struct job undo;
	enum status st = import_store_get(db, q->arena, q->import, &row, e);

	if (st == STATUS_OK)
		st = import_store_undo(db, q->import, IMPORT_REDO_BEGINS, e);
	if (st == STATUS_OK)
		st = undo_last_of_import(db, q->import, true, &q->undoes, e);
	if (st == STATUS_OK)
		st = job_store_get(db, q->arena, q->undoes, &undo, e);
	if (st == STATUS_OK)
		st =
		    queue_job(db, q, undo.counts.changed + undo.counts.kept, e);
	if (st == STATUS_OK)
		st =
		    import_audit(db, q->actor, "import.redo", q->import, "", e);
	return st;
}

enum status undo_begin_redo(struct db *db, struct arena *a,
    const struct actor *actor, struct import_id id, struct job_id *out,
    struct err *e)
{
	struct job job;
	struct asking q = {
	    .arena = a, .actor = actor, .import = id, .out = &job};
	enum status st = db_transact(db, begin_redo, &q, e);

	if (st == STATUS_OK)
		*out = job.id;
	return st;
}

/* --- of a job --- */

static bool has_ended(const struct job *job)
{
	return job->state != JOB_QUEUED && job->state != JOB_RUNNING;
}

/* CONFLICT when the job is undone, or about to be. An undo that is undone
 * itself does not count. */
static enum status check_not_undone(
    struct db *db, struct arena *a, struct job job, struct err *e)
{
	bool undone = false;
	enum status st = STATUS_OK;
	struct job_id next = job.undone_by;

	while (st == STATUS_OK && next.n) {
		st = job_store_get(db, a, next, &job, e);
		if (st == STATUS_OK && !has_ended(&job))
			st = ERR(e, STATUS_CONFLICT, "it is being undone");
		if (job.state == JOB_CANCELLED)
			break;
		undone = !undone;
		next = job.undone_by;
	}
	if (st == STATUS_OK && undone)
		return ERR(e, STATUS_CONFLICT, "it is undone already");
	return st;
}

static enum status write_at_once(struct db *db, struct asking *q, struct err *e)
{
	const struct job_lease lease = {q->out->id, 0};
	struct job_batch b = {
	    .db = db, .arena = q->arena, .job = q->out, .now = clock_now()};
	enum status st = undo_batch(&b, e);

	if (st == STATUS_OK && !b.last)
		return ERR(e, STATUS_TOO_LARGE, "too many for one batch");
	q->out->counts = b.add;
	q->out->counts.matched = b.add.seen;
	q->out->next_contact = b.next_contact;
	q->out->state = JOB_DONE;
	if (st == STATUS_OK)
		st = job_store_advance(db, &lease, q->out, 0, e);
	return st == STATUS_OK ? job_store_finish(db, &lease, JOB_DONE, "", e)
			       : st;
}

static enum status begin_job(struct db *db, void *arg, struct err *e)
{
	struct asking *q = arg;
	struct job job;
	enum status st = undo_lock_job(db, q->undoes, e);

	if (st == STATUS_OK)
		st = job_store_get(db, q->arena, q->undoes, &job, e);
	if (st != STATUS_OK)
		return st;
	/* Undos of imports go by the import, which has a state for it. */
	if (!has_ended(&job) || job.import.n)
		return ERR(e, STATUS_CONFLICT, "job %llu cannot be undone",
		    (unsigned long long)job.id.n);
	st = check_not_undone(db, q->arena, job, e);
	if (st == STATUS_OK)
		st = insert_job(
		    db, q, job.counts.changed + job.counts.kept, q->out, e);
	if (st == STATUS_OK)
		st = audit_add(db, q->actor, "job.undo",
		    job_subject(q->arena, job.id), job.action, e);
	return st == STATUS_OK && q->at_once ? write_at_once(db, q, e) : st;
}

enum status undo_begin_job(struct db *db, struct arena *a,
    const struct actor *actor, struct job_id id, struct job_id *out,
    struct err *e)
{
	struct job job;
	struct asking q = {
	    .arena = a, .actor = actor, .undoes = id, .out = &job};
	enum status st = db_transact(db, begin_job, &q, e);

	if (st == STATUS_OK)
		*out = job.id;
	return st;
}

enum status undo_now(struct db *db, struct arena *a, const struct actor *actor,
    struct job_id id, struct job *out, struct err *e)
{
	struct asking q = {.arena = a,
	    .actor = actor,
	    .undoes = id,
	    .at_once = true,
	    .out = out};

	return db_transact(db, begin_job, &q, e);
}
