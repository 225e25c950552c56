/* retention_store.h: what is over its time, and how it is deleted */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_RETENTION_STORE_H
#define STORAGE_RETENTION_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "storage/db.h"

/* A row of retention: what the run of a rule that is under way deleted so far,
 * and what the last one came to. */
struct retention_run {
	uint64_t deleted;
	uint64_t last_deleted;
	int64_t last_at; /* ms; 0: never */
};

/* Within a transaction: holds the row of a rule until it ends. NOT_FOUND when
 * another worker holds it. */
enum status retention_hold(
    struct db *db, const char *rule, struct retention_run *out, struct err *e);
/* The run goes on: so much more is deleted. */
enum status retention_advance(
    struct db *db, const char *rule, uint64_t deleted, struct err *e);
/* It ends with so much in all. */
enum status retention_finish(
    struct db *db, const char *rule, uint64_t deleted, struct err *e);
/* Without holding it, for a page. */
enum status retention_last(
    struct db *db, const char *rule, struct retention_run *out, struct err *e);

/* Messages, and events that nothing was done with, of the moment `upto` (ms)
 * or older: at most `limit` are deleted, the oldest first. */
enum status retention_messages(
    struct db *db, int64_t upto, size_t limit, uint64_t *count, struct err *e);
enum status retention_events(
    struct db *db, int64_t upto, size_t limit, uint64_t *count, struct err *e);

/* An import whose file is over its time. */
struct retention_import {
	struct import_id id;
	const char *columns; /* import.columns_found */
};
/* Within a transaction: at most `limit` imports that ended at `upto` or before
 * and have their file, the oldest first; locked. started false: those that
 * were uploaded then and never started. */
enum status retention_imports(struct db *db, struct arena *a, bool started,
    int64_t upto, size_t limit, struct retention_import **rows, size_t *count,
    struct err *e);
/* The file of such an import counts as deleted from now on, and what is left
 * of it waits for retention_scrub(). columns: what is kept of columns_found.
 * reason: NULL, or why an import that was never started is cancelled. */
enum status retention_take_file(struct db *db, struct import_id id,
    const char *columns, const char *reason, int64_t now, struct err *e);
/* A piece of what is left of such files; NOT_FOUND when nothing is. Not within
 * a transaction. */
enum status retention_scrub(struct db *db, struct err *e);

/* How many are over their time, counted up to `limit`. */
enum status retention_due(struct db *db, const char *rule, int64_t upto,
    size_t limit, uint64_t *count, struct err *e);

#endif
