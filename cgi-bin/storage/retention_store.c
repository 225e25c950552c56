/* retention_store.c: what is over its time, and how it is deleted */
/* SPDX-License-Identifier: MIT */
/*
 * Each statement is bounded, so that no transaction grows with what is due. A
 * file goes in pieces: first its import says that it is gone, and a row of
 * import_scrub remembers what is left to do, in the same transaction.
 */
#include "storage/retention_store.h"

#include "base/str.h"

#define SCRUB_PIECES 32u /* of at most 1 MiB */
#define SCRUB_ROWS 1000u
#define ENDED                                                                  \
	" FROM import WHERE file_deleted_at IS NULL AND finished_at <= ?"      \
	" AND state IN ('done', 'failed', 'cancelled', 'refused', 'undone')"
#define NOT_STARTED                                                            \
	" FROM import WHERE state IN ('uploaded', 'mapped', 'ready')"          \
	" AND created_at <= ?"

enum statement {
	HOLD,
	ADVANCE,
	FINISH,
	LAST,
	MESSAGES,
	EVENTS,
	FILES,
	UPLOADS,
	TAKE_FILE,
	CANCEL,
	SCRUB_ADD,
	SCRUB_NEXT,
	SCRUB_FILE,
	SCRUB_FIXES,
	SCRUB_HASHES,
	SCRUB_UNTIL,
	SCRUB_PROBLEMS,
	SCRUB_ADVANCE,
	SCRUB_DONE,
	DUE_MESSAGES,
	DUE_EVENTS,
	DUE_FILES,
	DUE_UPLOADS
};

static const char *const SQL[] = {
    [HOLD] = "SELECT deleted, last_deleted, last_at FROM retention"
	     " WHERE rule = ? FOR UPDATE SKIP LOCKED",
    [ADVANCE] = "UPDATE retention SET deleted = deleted + ? WHERE rule = ?",
    [FINISH] = "UPDATE retention SET deleted = 0, last_deleted = ?,"
	       " last_at = UTC_TIMESTAMP(3) WHERE rule = ?",
    [LAST] = "SELECT deleted, last_deleted, last_at FROM retention"
	     " WHERE rule = ?",
    [MESSAGES] = "DELETE FROM message WHERE at <= ? ORDER BY at LIMIT ?",
    [EVENTS] = "DELETE FROM webhook_event WHERE received_at <= ?"
	       " ORDER BY received_at LIMIT ?",
    [FILES] = "SELECT id, columns_found" ENDED
	      " ORDER BY finished_at LIMIT ? FOR UPDATE SKIP LOCKED",
    [UPLOADS] = "SELECT id, columns_found" NOT_STARTED
		" ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
    [TAKE_FILE] = "UPDATE import SET file_deleted_at = ?, columns_found = ?"
		  " WHERE id = ?",
    [CANCEL] = "UPDATE import SET state = 'cancelled', refusal_message = ?,"
	       " finished_at = ?, lease_number = lease_number + 1"
	       " WHERE id = ?",
    [SCRUB_ADD] = "INSERT INTO import_scrub (import_id) VALUES (?)",
    [SCRUB_NEXT] = "SELECT import_id, next_row FROM import_scrub"
		   " ORDER BY import_id LIMIT 1 FOR UPDATE SKIP LOCKED",
    [SCRUB_FILE] = "DELETE FROM import_file WHERE import_id = ? LIMIT ?",
    [SCRUB_FIXES] = "DELETE FROM import_fix WHERE import_id = ? LIMIT ?",
    [SCRUB_HASHES] = "UPDATE import_batch SET key_hashes = ''"
		     " WHERE import_id = ? AND key_hashes <> '' LIMIT ?",
    [SCRUB_UNTIL] = "SELECT MAX(row_no) + 1 FROM (SELECT row_no FROM"
		    " import_problem WHERE import_id = ? AND row_no >= ?"
		    " ORDER BY row_no LIMIT ?) piece",
    [SCRUB_PROBLEMS] = "UPDATE import_problem SET value = NULL,"
		       " message = 'What stood there was deleted with the"
		       " file.' WHERE import_id = ? AND row_no >= ?"
		       " AND row_no < ?",
    [SCRUB_ADVANCE] = "UPDATE import_scrub SET next_row = ?"
		      " WHERE import_id = ?",
    [SCRUB_DONE] = "DELETE FROM import_scrub WHERE import_id = ?",
    [DUE_MESSAGES] = "SELECT COUNT(*) FROM (SELECT 1 FROM message"
		     " WHERE at <= ? LIMIT ?) due",
    [DUE_EVENTS] = "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_event"
		   " WHERE received_at <= ? LIMIT ?) due",
    [DUE_FILES] = "SELECT COUNT(*) FROM (SELECT 1" ENDED " LIMIT ?) due",
    [DUE_UPLOADS] =
	"SELECT COUNT(*) FROM (SELECT 1" NOT_STARTED " LIMIT ?) due",
};

/* --- runs --- */

static enum status read_run(struct db *db, enum statement s, const char *rule,
    struct retention_run *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[s]);

	db_put_text(q, rule);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->deleted = db_get_u64(q);
		out->last_deleted = db_get_u64(q);
		out->last_at = db_get_time(q);
	}
	db_done(q);
	return st;
}

enum status retention_hold(
    struct db *db, const char *rule, struct retention_run *out, struct err *e)
{
	return read_run(db, HOLD, rule, out, e);
}

enum status retention_last(
    struct db *db, const char *rule, struct retention_run *out, struct err *e)
{
	return read_run(db, LAST, rule, out, e);
}

static enum status write_run(struct db *db, enum statement s, const char *rule,
    uint64_t deleted, struct err *e)
{
	struct db_query *q = db_query(db, SQL[s]);

	db_put_u64(q, deleted);
	db_put_text(q, rule);
	return db_exec(q, NULL, e);
}

enum status retention_advance(
    struct db *db, const char *rule, uint64_t deleted, struct err *e)
{
	return write_run(db, ADVANCE, rule, deleted, e);
}

enum status retention_finish(
    struct db *db, const char *rule, uint64_t deleted, struct err *e)
{
	return write_run(db, FINISH, rule, deleted, e);
}

/* --- messages and events --- */

static enum status delete_until(struct db *db, enum statement s, int64_t upto,
    size_t limit, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[s]);

	db_put_time(q, upto);
	db_put_u64(q, limit);
	return db_exec(q, count, e);
}

enum status retention_messages(
    struct db *db, int64_t upto, size_t limit, uint64_t *count, struct err *e)
{
	return delete_until(db, MESSAGES, upto, limit, count, e);
}

enum status retention_events(
    struct db *db, int64_t upto, size_t limit, uint64_t *count, struct err *e)
{
	return delete_until(db, EVENTS, upto, limit, count, e);
}

/* --- files --- */

enum status retention_imports(struct db *db, struct arena *a, bool started,
    int64_t upto, size_t limit, struct retention_import **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[started ? FILES : UPLOADS]);

	*rows = arena_alloc(a, limit * sizeof(**rows));
	*count = 0;
	db_put_time(q, upto);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct retention_import *r = &(*rows)[(*count)++];

		r->id.n = db_get_u64(q);
		r->columns = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status retention_take_file(struct db *db, struct import_id id,
    const char *columns, const char *reason, int64_t now, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAKE_FILE]);

	db_put_time(q, now);
	db_put_text(q, columns);
	db_put_u64(q, id.n);
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK && reason) {
		q = db_query(db, SQL[CANCEL]);
		db_put_text(q, reason);
		db_put_time(q, now);
		db_put_u64(q, id.n);
		st = db_exec(q, NULL, e);
	}
	if (st != STATUS_OK)
		return st;
	q = db_query(db, SQL[SCRUB_ADD]);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

/* At most `limit` rows of the import. */
static enum status scrub_some(struct db *db, enum statement s, uint64_t import,
    size_t limit, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[s]);

	db_put_u64(q, import);
	db_put_u64(q, limit);
	return db_exec(q, count, e);
}

/* The row before which the next piece of findings ends; 0: there is none. */
static enum status scrub_until(struct db *db, uint64_t import, uint64_t from,
    uint64_t *until, struct err *e)
{
	struct db_query *q = db_query(db, SQL[SCRUB_UNTIL]);

	db_put_u64(q, import);
	db_put_u64(q, from);
	db_put_u64(q, SCRUB_ROWS);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*until = db_get_u64(q);
	db_done(q);
	return st;
}

static enum status scrub_problems(
    struct db *db, uint64_t import, uint64_t from, struct err *e)
{
	uint64_t until = 0;
	enum status st = scrub_until(db, import, from, &until, e);

	if (st != STATUS_OK)
		return st;
	struct db_query *q =
	    db_query(db, SQL[until ? SCRUB_PROBLEMS : SCRUB_DONE]);

	db_put_u64(q, import);
	if (!until)
		return db_exec(q, NULL, e);
	db_put_u64(q, from);
	db_put_u64(q, until);
	st = db_exec(q, NULL, e);
	if (st != STATUS_OK)
		return st;
	q = db_query(db, SQL[SCRUB_ADVANCE]);
	db_put_u64(q, until);
	db_put_u64(q, import);
	return db_exec(q, NULL, e);
}

static enum status scrub(struct db *db, void *arg, struct err *e)
{
	static const struct {
		enum statement s;
		size_t limit;
	} steps[] = {
	    {SCRUB_FILE, SCRUB_PIECES},
	    {SCRUB_FIXES, SCRUB_ROWS},
	    {SCRUB_HASHES, SCRUB_PIECES},
	};
	uint64_t import = 0, next_row = 0, count = 0;
	struct db_query *q = db_query(db, SQL[SCRUB_NEXT]);
	enum status st = db_one(q, e);

	(void)arg;
	if (st == STATUS_OK) {
		import = db_get_u64(q);
		next_row = db_get_u64(q);
	}
	db_done(q);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		if (st != STATUS_OK || count)
			return st;
		st = scrub_some(
		    db, steps[i].s, import, steps[i].limit, &count, e);
	}
	if (st != STATUS_OK || count)
		return st;
	return scrub_problems(db, import, next_row, e);
}

enum status retention_scrub(struct db *db, struct err *e)
{
	return db_transact(db, scrub, NULL, e);
}

enum status retention_due(struct db *db, const char *rule, int64_t upto,
    size_t limit, uint64_t *count, struct err *e)
{
	static const struct {
		const char *rule;
		enum statement s;
	} counts[] = {
	    {"files", DUE_FILES},
	    {"uploads", DUE_UPLOADS},
	    {"messages", DUE_MESSAGES},
	    {"events", DUE_EVENTS},
	};
	size_t i = 0;

	while (i < 3 && !str_equal(counts[i].rule, rule))
		i++;
	struct db_query *q = db_query(db, SQL[counts[i].s]);

	db_put_time(q, upto);
	db_put_u64(q, limit);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}
