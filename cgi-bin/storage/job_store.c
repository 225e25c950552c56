/* job_store.c: rows of job: made, claimed, done batch by batch */
/* SPDX-License-Identifier: MIT */
#include "storage/job_store.h"

#include "base/str.h"

#define COLUMNS                                                                \
	"j.id, j.kind, j.state, j.member_id, j.token_id,"                      \
	" COALESCE(m.name, ''), j.filter, j.action, j.arguments, j.import_id," \
	" j.undoes_job, (SELECT MAX(u.id) FROM job u WHERE u.undoes_job ="     \
	" j.id AND u.state <> 'failed'), j.matched, j.seen, j.changed,"        \
	" j.unchanged, j.kept,"                                                \
	" j.next_contact, j.upto_contact, j.cancel_asked, j.message,"          \
	" j.created_at, j.started_at, j.finished_at"
#define FROM " FROM job j LEFT JOIN member m ON m.id = j.member_id "
#define LEASE "UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND"
#define HELD " WHERE id = ? AND lease_number = ? AND state = 'running'"
#define ACTIVE_MAX 10

enum sql {
	INSERT,
	GET,
	BY_KEY,
	LIST,
	ACTIVE,
	CANCEL,
	FIND,
	CLAIM,
	RELEASE,
	LOCK,
	ADVANCE,
	FINISH,
	KEEP,
	KEPT,
	KEPT_FROM
};
static const char *const SQL[] = {
    [INSERT] = "INSERT INTO job (kind, state, member_id, token_id, filter,"
	       " action, arguments, import_id, undoes_job, matched, seen,"
	       " changed, unchanged, kept, next_contact, upto_contact,"
	       " message, idempotency_key, request_hash, created_at,"
	       " started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
	       " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3),"
	       " IF(state = 'done', created_at, NULL),"
	       " IF(state = 'done', created_at, NULL))",
    [GET] = "SELECT " COLUMNS FROM "WHERE j.id = ?",
    [BY_KEY] = "SELECT id, request_hash FROM job"
	       " WHERE token_id = ? AND idempotency_key = ?",
    [LIST] = "SELECT " COLUMNS FROM "WHERE j.id < ? AND (? = '' OR j.kind = ?)"
	     " ORDER BY j.id DESC LIMIT ?",
    [ACTIVE] = "SELECT " COLUMNS FROM "WHERE j.state IN ('queued', 'running')"
	       " ORDER BY j.id LIMIT 10",
    [CANCEL] = "UPDATE job SET cancel_asked = TRUE, finished_at ="
	       " IF(state = 'queued', UTC_TIMESTAMP(3), NULL),"
	       " state = IF(state = 'queued', 'cancelled', state)"
	       " WHERE id = ? AND state IN ('queued', 'running')",
    [FIND] = "SELECT id, lease_number FROM job WHERE state = 'queued' OR"
	     " (state = 'running' AND (lease_until IS NULL OR"
	     " lease_until < UTC_TIMESTAMP(3)))"
	     " ORDER BY lease_until, id LIMIT 1 FOR UPDATE SKIP LOCKED",
    [CLAIM] = "UPDATE job SET state = 'running', lease_owner = ?,"
	      " lease_number = ?, lease_until = " LEASE ","
	      " started_at = COALESCE(started_at, UTC_TIMESTAMP(3))"
	      " WHERE id = ?",
    [RELEASE] = "UPDATE job SET lease_until = UTC_TIMESTAMP(3)"
		" - INTERVAL 1 SECOND" HELD,
    [LOCK] = "SELECT id FROM job" HELD " FOR UPDATE",
    [ADVANCE] = "UPDATE job SET matched = ?, seen = ?, changed = ?,"
		" unchanged = ?, kept = ?, next_contact = ?,"
		" lease_until = " LEASE HELD,
    [FINISH] = "UPDATE job SET state = ?, message = ?,"
	       " finished_at = UTC_TIMESTAMP(3), lease_until = NULL" HELD,
    [KEEP] = "INSERT IGNORE INTO job_kept (job_id, contact_id, field, reason)"
	     " VALUES (?, ?, ?, ?)",
    [KEPT] = "SELECT contact_id, field, reason FROM job_kept WHERE job_id = ?"
	     " AND contact_id > ? ORDER BY contact_id, field LIMIT ?",
    [KEPT_FROM] = "SELECT contact_id, field, reason FROM job_kept"
		  " WHERE job_id = ? AND contact_id >= ?"
		  " AND (contact_id > ? OR field > ?)"
		  " ORDER BY contact_id, field LIMIT ?",
};

/* The place of a word in a table; the last one when it is not there. */
static unsigned word_at(
    struct db_query *q, struct arena *a, const char *const *words, unsigned n)
{
	const char *word = db_get_text(q, a);
	unsigned i = 0;

	while (i < n - 1 && !str_equal(word, words[i]))
		i++;
	return i;
}

static void get_job(struct db_query *q, struct arena *a, struct job *j)
{
	j->id.n = db_get_u64(q);
	j->kind = (enum job_kind)word_at(q, a, job_kinds, JOB_KINDS);
	j->state = (enum job_state)word_at(q, a, job_states, JOB_STATES);
	j->member.n = db_get_u64(q);
	j->token.n = db_get_u64(q);
	j->member_name = db_get_text(q, a);
	j->filter = db_get_text(q, a);
	j->action = db_get_text(q, a);
	j->arguments = db_get_text(q, a);
	j->import.n = db_get_u64(q);
	j->undoes.n = db_get_u64(q);
	j->undone_by.n = db_get_u64(q);
	j->counts.matched = db_get_u64(q);
	j->counts.seen = db_get_u64(q);
	j->counts.changed = db_get_u64(q);
	j->counts.unchanged = db_get_u64(q);
	j->counts.kept = db_get_u64(q);
	j->next_contact = db_get_u64(q);
	j->upto_contact = db_get_u64(q);
	j->cancel_asked = db_get_bool(q);
	j->message = db_get_text(q, a);
	j->created_at = db_get_time(q);
	j->started_at = db_get_time(q);
	j->finished_at = db_get_time(q);
}

static void put_counts(struct db_query *q, const struct job_counts *c)
{
	db_put_u64(q, c->matched);
	db_put_u64(q, c->seen);
	db_put_u64(q, c->changed);
	db_put_u64(q, c->unchanged);
	db_put_u64(q, c->kept);
}

enum status job_store_insert(struct db *db, const struct job *job,
    const char *idempotency_key, const char *request_hash, struct job_id *out,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);

	db_put_text(q, job_kinds[job->kind]);
	db_put_text(q, job_states[job->state]);
	db_put_id(q, job->member.n);
	db_put_id(q, job->token.n);
	db_put_text(q, str_or_empty(job->filter));
	db_put_text(q, str_or_empty(job->action));
	db_put_text(q, str_or_empty(job->arguments));
	db_put_id(q, job->import.n);
	db_put_id(q, job->undoes.n);
	put_counts(q, &job->counts);
	db_put_u64(q, job->next_contact);
	db_put_u64(q, job->upto_contact);
	db_put_text(q, str_or_empty(job->message));
	db_put_text(q, idempotency_key);
	db_put_text(q, request_hash);
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}

static enum status one_job(
    struct db_query *q, struct arena *a, struct job *out, struct err *e)
{
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		get_job(q, a, out);
	db_done(q);
	return st;
}

enum status job_store_get(struct db *db, struct arena *a, struct job_id id,
    struct job *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);

	db_put_u64(q, id.n);
	return one_job(q, a, out, e);
}

enum status job_store_by_key(struct db *db, struct arena *a,
    struct token_id token, const char *key, struct job_id *out,
    const char **request_hash, struct err *e)
{
	struct db_query *q = db_query(db, SQL[BY_KEY]);

	db_put_u64(q, token.n);
	db_put_text(q, key);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->n = db_get_u64(q);
		*request_hash = db_get_text(q, a);
	}
	db_done(q);
	return st;
}

/* At most `limit` rows. */
static enum status read_jobs(struct db_query *q, struct arena *a, size_t limit,
    struct job **rows, size_t *count, struct err *e)
{
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, limit * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		get_job(q, a, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status job_store_list(struct db *db, struct arena *a, uint64_t before,
    unsigned kind, size_t limit, struct job **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);
	const char *word = kind < JOB_KINDS ? job_kinds[kind] : "";

	db_put_u64(q, before ? before : INT64_MAX);
	db_put_text(q, word);
	db_put_text(q, word);
	db_put_u64(q, limit);
	return read_jobs(q, a, limit, rows, count, e);
}

enum status job_store_active(struct db *db, struct arena *a, struct job **rows,
    size_t *count, struct err *e)
{
	return read_jobs(
	    db_query(db, SQL[ACTIVE]), a, ACTIVE_MAX, rows, count, e);
}

/* For statements that have to find their row. */
static enum status exactly_one(
    struct db_query *q, const char *otherwise, struct err *e)
{
	uint64_t changed = 0;
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && changed != 1)
		return ERR(e, STATUS_CONFLICT, "%s", otherwise);
	return st;
}

enum status job_store_cancel(struct db *db, struct job_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CANCEL]);

	db_put_u64(q, id.n);
	return exactly_one(q, "the job has ended", e);
}

/* --- the lease --- */

struct claim {
	const char *owner;
	int64_t lease_ms;
	struct job_lease *lease;
};

static enum status claim(struct db *db, void *arg, struct err *e)
{
	struct claim *c = arg;
	struct db_query *q = db_query(db, SQL[FIND]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		c->lease->id.n = db_get_u64(q);
		c->lease->number = db_get_u64(q) + 1;
	}
	db_done(q);
	if (st != STATUS_OK)
		return st;
	q = db_query(db, SQL[CLAIM]);
	db_put_text(q, c->owner);
	db_put_u64(q, c->lease->number);
	db_put_i64(q, c->lease_ms * 1000);
	db_put_u64(q, c->lease->id.n);
	return db_exec(q, NULL, e);
}

enum status job_store_claim(struct db *db, const char *owner, int64_t lease_ms,
    struct job_lease *out, struct err *e)
{
	struct claim c = {owner, lease_ms, out};

	return db_transact(db, claim, &c, e);
}

static void put_lease(struct db_query *q, const struct job_lease *lease)
{
	db_put_u64(q, lease->id.n);
	db_put_u64(q, lease->number);
}

static enum status held(struct db_query *q, struct err *e)
{
	return exactly_one(q, "the lease is lost", e);
}

enum status job_store_release(
    struct db *db, const struct job_lease *lease, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RELEASE]);

	put_lease(q, lease);
	return held(q, e);
}

enum status job_store_lock(struct db *db, struct arena *a,
    const struct job_lease *lease, struct job *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LOCK]);

	put_lease(q, lease);
	enum status st = db_one(q, e);

	db_done(q);
	if (st == STATUS_NOT_FOUND)
		return ERR(e, STATUS_CONFLICT, "the lease is lost");
	return st == STATUS_OK ? job_store_get(db, a, lease->id, out, e) : st;
}

enum status job_store_advance(struct db *db, const struct job_lease *lease,
    const struct job *job, int64_t lease_ms, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ADVANCE]);

	put_counts(q, &job->counts);
	db_put_u64(q, job->next_contact);
	db_put_i64(q, lease_ms * 1000);
	put_lease(q, lease);
	return held(q, e);
}

enum status job_store_finish(struct db *db, const struct job_lease *lease,
    enum job_state state, const char *message, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FINISH]);

	db_put_text(q, job_states[state]);
	db_put_text(q, message);
	put_lease(q, lease);
	return held(q, e);
}

/* --- what was kept --- */

enum status job_store_keep(struct db *db, struct arena *a, struct job_id id,
    const struct job_kept *rows, size_t n, struct err *e)
{
	uint64_t *contacts = arena_raw(a, n * sizeof(*contacts));
	const char **fields = arena_raw(a, n * sizeof(*fields));
	const char **reasons = arena_raw(a, n * sizeof(*reasons));

	for (size_t i = 0; i < n; i++) {
		contacts[i] = rows[i].contact;
		fields[i] = rows[i].field;
		reasons[i] = rows[i].reason;
	}
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &id.n},
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_TEXTS, .texts = fields},
	    {.kind = DB_TEXTS, .texts = reasons},
	};

	return n ? db_bulk(db, SQL[KEEP], columns, 4, n, e) : STATUS_OK;
}

static enum status read_kept(struct db_query *q, struct arena *a, size_t limit,
    struct job_kept **rows, size_t *count, struct err *e)
{
	*rows = arena_alloc(a, limit * sizeof(**rows));
	*count = 0;
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct job_kept *k = &(*rows)[(*count)++];

		k->contact = db_get_u64(q);
		k->field = db_get_text(q, a);
		k->reason = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status job_store_kept(struct db *db, struct arena *a, struct job_id id,
    uint64_t after, size_t limit, struct job_kept **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[KEPT]);

	db_put_u64(q, id.n);
	db_put_u64(q, after);
	db_put_u64(q, limit);
	return read_kept(q, a, limit, rows, count, e);
}

enum status job_store_kept_from(struct db *db, struct arena *a,
    struct job_id id, uint64_t contact, const char *field, size_t limit,
    struct job_kept **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[KEPT_FROM]);

	db_put_u64(q, id.n);
	db_put_u64(q, contact);
	db_put_u64(q, contact);
	db_put_text(q, field);
	db_put_u64(q, limit);
	return read_kept(q, a, limit, rows, count, e);
}
