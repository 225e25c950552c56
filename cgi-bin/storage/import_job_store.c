/* import_job_store.c: imports as work: claim, checkpoint, end */
/* SPDX-License-Identifier: MIT */
#include "storage/import_job_store.h"

#include <string.h>

#include "storage/hook_event_store.h"

#define LEASE "UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND"
#define HELD                                                                   \
	" WHERE id = ? AND lease_number = ? AND state IN ('running', 'checking')"

enum sql {
	FIND,
	OTHERS,
	CLAIM,
	RENEW,
	RELEASE,
	CHECKPOINT,
	ADVANCE,
	FINISH,
	INEXACT,
	RESTART
};
static const char *const SQL[] = {
    [FIND] = "SELECT id, lease_number, state = 'checking' FROM import"
	     " WHERE state = 'queued' OR (state IN ('running', 'checking')"
	     " AND (lease_until IS NULL OR lease_until <= UTC_TIMESTAMP(3)))"
	     " ORDER BY state = 'checking' DESC, lease_until, id LIMIT 1"
	     " FOR UPDATE SKIP LOCKED",
    [OTHERS] = "SELECT id FROM import WHERE id <> ? AND (state = 'queued' OR"
	       " (state IN ('running', 'checking') AND (lease_until IS NULL OR"
	       " lease_until <= UTC_TIMESTAMP(3)))) LIMIT 1",
    [CLAIM] = "UPDATE import SET state = ?, lease_owner = ?,"
	      " lease_number = ?, lease_until = " LEASE ","
	      " started_at = IF(state = 'running',"
	      " COALESCE(started_at, UTC_TIMESTAMP(3)), NULL)"
	      " WHERE id = ?",
    [RENEW] = "UPDATE import SET lease_until = " LEASE HELD,
    [RELEASE] = "UPDATE import SET lease_until = UTC_TIMESTAMP(3)" HELD,
    [CHECKPOINT] = "SELECT next_batch, next_row, next_line, next_offset,"
		   " read_rows, created, updated, unchanged, skipped,"
		   " rejected, cancel_asked, pause_asked FROM import" HELD,
    [ADVANCE] = "UPDATE import SET next_batch = ?, next_row = ?,"
		" next_line = ?, next_offset = ?, read_rows = ?, created = ?,"
		" updated = ?, unchanged = ?, skipped = ?, rejected = ?,"
		" worked_ms = worked_ms + ?, lease_until = " LEASE HELD
		" AND next_batch = ?",
    [RESTART] = "UPDATE import SET next_batch = 0, next_row = 0,"
		" next_line = 0, next_offset = 0, read_rows = 0, created = 0,"
		" updated = 0, unchanged = 0, skipped = 0, rejected = 0" HELD,
    [INEXACT] = "UPDATE import SET inexact_from = ?" HELD,
    [FINISH] =
	"UPDATE import SET state = ?, refusal_code = ?,"
	" refusal_message = ?, finished_at ="
	" IF(state IN ('ready', 'mapped', 'paused'), NULL, UTC_TIMESTAMP(3)),"
	" pause_asked = FALSE, lease_until = NULL" HELD,
};

struct claim {
	const char *owner;
	int64_t lease_ms;
	struct import_job *job;
};

static enum status claim(struct db *db, void *arg, struct err *e)
{
	struct claim *c = arg;
	struct db_query *q = db_query(db, SQL[FIND]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		c->job->id.n = db_get_u64(q);
		c->job->lease_number = db_get_u64(q) + 1;
		c->job->check_only = db_get_bool(q);
	}
	db_done(q);
	if (st != STATUS_OK)
		return st;
	q = db_query(db, SQL[CLAIM]);
	db_put_text(q, c->job->check_only ? "checking" : "running");
	db_put_text(q, c->owner);
	db_put_u64(q, c->job->lease_number);
	db_put_i64(q, c->lease_ms * 1000);
	db_put_u64(q, c->job->id.n);
	return db_exec(q, NULL, e);
}

enum status import_job_claim(struct db *db, const char *owner, int64_t lease_ms,
    struct import_job *out, struct err *e)
{
	struct claim c = {owner, lease_ms, out};

	return db_transact(db, claim, &c, e);
}

static enum status held(struct db_query *q, struct err *e)
{
	uint64_t changed = 0;
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && changed != 1)
		return ERR(e, STATUS_CONFLICT, "the lease is lost");
	return st;
}

static void put_job(struct db_query *q, const struct import_job *job)
{
	db_put_u64(q, job->id.n);
	db_put_u64(q, job->lease_number);
}

enum status import_job_others(
    struct db *db, const struct import_job *job, bool *wait, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OTHERS]);

	db_put_u64(q, job->id.n);
	enum status st = db_one(q, e);

	db_done(q);
	*wait = st == STATUS_OK;
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_job_renew(struct db *db, const struct import_job *job,
    int64_t lease_ms, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RENEW]);

	db_put_i64(q, lease_ms * 1000);
	put_job(q, job);
	return held(q, e);
}

enum status import_job_release(
    struct db *db, const struct import_job *job, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RELEASE]);

	put_job(q, job);
	return held(q, e);
}

enum status import_job_checkpoint(struct db *db, const struct import_job *job,
    struct import_checkpoint *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CHECKPOINT]);

	put_job(q, job);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->batch = db_get_u64(q);
		out->row = db_get_u64(q);
		out->line = db_get_u64(q);
		out->offset = db_get_u64(q);
		out->counts.read = db_get_u64(q);
		out->counts.created = db_get_u64(q);
		out->counts.updated = db_get_u64(q);
		out->counts.unchanged = db_get_u64(q);
		out->counts.skipped = db_get_u64(q);
		out->counts.rejected = db_get_u64(q);
		out->cancel_asked = db_get_bool(q);
		out->pause_asked = db_get_bool(q);
	}
	db_done(q);
	if (st == STATUS_NOT_FOUND)
		return ERR(e, STATUS_CONFLICT, "the lease is lost");
	return st;
}

enum status import_job_advance(struct db *db, const struct import_job *job,
    const struct import_checkpoint *c, int64_t lease_ms, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ADVANCE]);

	db_put_u64(q, c->batch);
	db_put_u64(q, c->row);
	db_put_u64(q, c->line);
	db_put_u64(q, c->offset);
	db_put_u64(q, c->counts.read);
	db_put_u64(q, c->counts.created);
	db_put_u64(q, c->counts.updated);
	db_put_u64(q, c->counts.unchanged);
	db_put_u64(q, c->counts.skipped);
	db_put_u64(q, c->counts.rejected);
	db_put_u64(q, c->worked_ms);
	db_put_i64(q, lease_ms * 1000);
	put_job(q, job);
	db_put_u64(q, c->batch - 1);
	return held(q, e);
}

enum status import_job_inexact(
    struct db *db, const struct import_job *job, uint64_t row, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INEXACT]);

	db_put_u64(q, row);
	put_job(q, job);
	return held(q, e);
}

struct ending {
	const struct import_job *job;
	const char *state;
	const char *code;
	const char *message;
};

/* One that is not to go on. */
static bool is_end(const char *state)
{
	static const char *const ends[] = {
	    "done", "failed", "cancelled", "refused"};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (strcmp(state, ends[i]) == 0)
			return true;
	return false;
}

static enum status finish(struct db *db, void *arg, struct err *e)
{
	const struct ending *x = arg;
	struct db_query *q = db_query(db, SQL[FINISH]);

	db_put_text(q, x->state);
	db_put_text(q, x->code);
	db_put_text(q, x->message);
	put_job(q, x->job);
	enum status st = held(q, e);

	if (st == STATUS_OK && is_end(x->state))
		st = hook_event_import(db, x->job->id, e);
	return st;
}

enum status import_job_finish(struct db *db, const struct import_job *job,
    const char *state, const char *code, const char *message, struct err *e)
{
	struct ending x = {job, state, code, message};

	return db_transact(db, finish, &x, e);
}

enum status import_job_restart(
    struct db *db, const struct import_job *job, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RESTART]);

	put_job(q, job);
	return held(q, e);
}
