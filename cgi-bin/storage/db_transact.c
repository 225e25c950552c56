/* db_transact.c: what is made of db.h alone: transactions that are tried again,
 * statements in one call, texts for LIKE */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "storage/db.h"

#define TRIES 10

static enum status attempt(struct db *db, db_work fn, void *arg, struct err *e)
{
	enum status st = db_begin(db, e);

	if (st != STATUS_OK)
		return st;
	st = fn(db, arg, e);
	if (st == STATUS_OK)
		return db_commit(db, e);
	db_rollback(db);
	return st;
}

enum status db_transact(struct db *db, db_work fn, void *arg, struct err *e)
{
	enum status st = STATUS_OK;

	for (int i = 0; i < TRIES; i++) {
		st = attempt(db, fn, arg, e);
		if (st != STATUS_BUSY && st != STATUS_LOST)
			return st;
		clock_sleep((5 << i) + clock_now() % 7);
	}
	return st;
}

enum status db_exec(struct db_query *q, uint64_t *changed, struct err *e)
{
	enum status st = db_run(q, e);

	if (st == STATUS_OK && changed)
		*changed = db_changed(q);
	db_done(q);
	return st;
}

enum status db_one(struct db_query *q, struct err *e)
{
	enum status st = db_run(q, e);

	return st == STATUS_OK ? db_next(q, e) : st;
}

const char *db_like(struct arena *a, const char *text)
{
	char *out = arena_raw(a, strlen(text) * 2 + 1);
	char *p = out;

	for (; *text; text++) {
		if (*text == '%' || *text == '_' || *text == '\\')
			*p++ = '\\';
		*p++ = *text;
	}
	*p = '\0';
	return out;
}
