/* db.h: one connection to MariaDB, prepared statements, transactions */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_DB_H
#define STORAGE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/err.h"

/*
 * db.c is the one file that includes mysql.h. A connection belongs to one
 * thread. Statuses: CONFLICT for a duplicate key, BUSY for a deadlock, a lock
 * wait that timed out or a node that is not ready, LOST when the connection
 * is gone (the next db_begin or statement outside of a transaction connects
 * again), FULL when the server has no room to write, TOO_LARGE when the
 * statement's own time is over, FAILED for the rest.
 */
struct db;
struct db_query;

/* As the application's own user; with `admin`, through the socket as the
 * user of the system who runs us (migrations, set-up). Connects lazily. */
struct db *db_new(const struct conf *c, bool admin);
enum status db_connect(struct db *db, struct err *e);
void db_free(struct db *db);
/* The secret that goes with the database, which is not in it; "": none. */
const char *db_privacy_key(const struct db *db);

/*
 * A statement. The text must be static, or live as long as the connection:
 * it is prepared once and kept. Parameters are bound in the order of the
 *'?'.
 *
 *	struct db_query *q = db_query(db, SQL[CONTACT_BY_ID]);
 *	db_put_u64(q, id.n);
 *	st = db_run(q, e);
 *	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
 *		name = db_get_text(q, arena);
 *	db_done(q);
 *
 * db_next gives STATUS_NOT_FOUND after the last row. db_done may be called at
 * any time and is needed before the same text is queried again.
 */
struct db_query *db_query(struct db *db, const char *sql);
/* For a text that was put together for this time: not kept. */
struct db_query *db_query_once(struct db *db, const char *sql);
/* The bytes of texts and blobs are copied at once. */
void db_put_u64(struct db_query *q, uint64_t v);
void db_put_id(struct db_query *q, uint64_t v); /* 0 becomes NULL */
void db_put_i64(struct db_query *q, int64_t v);
void db_put_bool(struct db_query *q, bool v);
void db_put_text(struct db_query *q, const char *z);	     /* NULL for NULL */
void db_put_text_or_null(struct db_query *q, const char *z); /* "" too */
void db_put_blob(struct db_query *q, const void *p, size_t n);
void db_put_time(struct db_query *q, int64_t ms); /* 0 becomes NULL */
void db_put_null(struct db_query *q);
/* A result that is larger than memory: rows come from the server as they are
 * asked for. Call before db_run. Nothing else can run on the connection. */
void db_stream(struct db_query *q);
/* Outside of a transaction a deadlock's victim is tried again for a second. */
enum status db_run(struct db_query *q, struct err *e);
enum status db_next(struct db_query *q, struct err *e);
/* The next column of the row. Text is "" for NULL. */
uint64_t db_get_u64(struct db_query *q);
int64_t db_get_i64(struct db_query *q);
bool db_get_bool(struct db_query *q);
const char *db_get_text(struct db_query *q, struct arena *a);
const void *db_get_blob(struct db_query *q, struct arena *a, size_t *n);
int64_t db_get_time(struct db_query *q); /* ms; 0 for NULL */
/* The next column without a copy: valid until the next db_next. NULL: NULL. */
const char *db_peek_text(struct db_query *q, size_t *n);
uint64_t db_changed(const struct db_query *q); /* rows */
uint64_t db_last_id(const struct db_query *q);
void db_done(struct db_query *q);

/* db_run and db_done in one, for statements without a result. *changed, if
 * not NULL, is the number of rows. */
enum status db_exec(struct db_query *q, uint64_t *changed, struct err *e);
/* Runs, fetches one row and leaves the query open for db_get_...; NOT_FOUND
 * when there is none. The caller calls db_done in any case. */
enum status db_one(struct db_query *q, struct err *e);

/*
 * Many rows in one statement, by array binding. Columns are arrays of `rows`
 * values; texts may be NULL for NULL. lengths may be NULL (C strings).
 */
enum db_column_kind {
	DB_TEXTS,
	DB_NUMBERS,
	DB_CONST_TEXT,
	DB_CONST_NUMBER
};
struct db_column {
	enum db_column_kind kind;
	const char *const *texts;     /* DB_TEXTS; CONST_TEXT: texts[0] */
	const unsigned long *lengths; /* DB_TEXTS; may be NULL */
	const uint64_t *numbers;      /* DB_NUMBERS; CONST_NUMBER: numbers[0] */
	bool zero_is_null;	      /* numbers */
	bool empty_is_null;	      /* texts */
};
enum status db_bulk(struct db *db, const char *sql,
    const struct db_column *columns, size_t count, size_t rows, struct err *e);

/* Transactions. db_begin connects again when the connection was lost. */
enum status db_begin(struct db *db, struct err *e);
enum status db_commit(struct db *db, struct err *e);
void db_rollback(struct db *db);

/*
 * Runs fn in a transaction and commits; rolls back and runs it again when it
 * comes to BUSY or LOST, at most ten times with growing pauses. After a LOST
 * commit fn may run again although the first one was written: fn is to be
 * harmless then (a checkpoint, a version in WHERE, a unique key).
 */
typedef enum status (*db_work)(struct db *db, void *arg, struct err *e);
enum status db_transact(struct db *db, db_work fn, void *arg, struct err *e);

/* A text that is not prepared, of one or several statements, for migrations
 * and set-up. */
enum status db_script(struct db *db, const char *sql, struct err *e);

/* Writes the '%', '_' and '\' of a text so that LIKE
 * takes them as they are; in the arena. */
const char *db_like(struct arena *a, const char *text);

#endif
