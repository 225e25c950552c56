/* duplicate_store.c: pairs of contacts that may be one person */
/* SPDX-License-Identifier: MIT */
#include "storage/duplicate_store.h"

#include <string.h>

#include "base/clock.h"

enum statement {
	FORGET_FIRST,
	FORGET_SECOND,
	PAGE,
	COUNT,
	GET,
	DISMISS,
	PAIR_DELETE,
	DISMISSED_GET,
	DISMISSED_DELETE,
	PAIR_INSERT,
	DISMISSED
};

/* The bits of model/duplicate.h, as they hold now. */
#define REASONS                                                                \
	"(pair.reasons & 4) + COALESCE(one.email = other.email, 0)"            \
	" + 2 * COALESCE(one.user_id = other.user_id, 0)"                      \
	" + 8 * (one.name = other.name AND one.city = other.city"              \
	" AND one.name <> '' AND one.city <> '')"
#define BOTH                                                                   \
	" AS pair"                                                             \
	" JOIN contact AS one ON one.id = pair.first_id"                       \
	" AND one.trashed_at IS NULL"                                          \
	" JOIN contact AS other ON other.id = pair.second_id"                  \
	" AND other.trashed_at IS NULL"
#define PAIRS " FROM duplicate_pair" BOTH " WHERE " REASONS " > 0"

static const char *const SQL[] = {
    [FORGET_FIRST] = "DELETE FROM duplicate_pair WHERE first_id = ?",
    [FORGET_SECOND] = "DELETE FROM duplicate_pair WHERE second_id = ?",
    [PAGE] = "SELECT pair.first_id, pair.second_id, " REASONS PAIRS
	     " AND (pair.first_id > ? OR"
	     " (pair.first_id = ? AND pair.second_id > ?))"
	     " AND pair.reasons & ?"
	     " ORDER BY pair.first_id, pair.second_id LIMIT ?",
    [COUNT] = "SELECT COUNT(*) FROM (SELECT 1" PAIRS " LIMIT ?) AS some",
    [GET] = "SELECT reasons + 0 FROM duplicate_pair"
	    " WHERE first_id = ? AND second_id = ?",
    [DISMISS] = "INSERT IGNORE INTO duplicate_dismissed (first_id, second_id,"
		" reasons, member_id, token_id, at) VALUES (?, ?, ?, ?, ?, ?)",
    [PAIR_DELETE] =
	"DELETE FROM duplicate_pair WHERE first_id = ? AND second_id = ?",
    [DISMISSED_GET] = "SELECT reasons + 0 FROM duplicate_dismissed"
		      " WHERE first_id = ? AND second_id = ? FOR UPDATE",
    [DISMISSED_DELETE] =
	"DELETE FROM duplicate_dismissed WHERE first_id = ? AND second_id = ?",
    [PAIR_INSERT] = "INSERT IGNORE INTO duplicate_pair (first_id, second_id,"
		    " reasons, look) SELECT ?, ?, ?, look FROM duplicate_look",
    [DISMISSED] = "SELECT pair.first_id, pair.second_id, pair.reasons + 0,"
		  " pair.at, member.name FROM duplicate_dismissed" BOTH
		  " LEFT JOIN member ON member.id = pair.member_id"
		  " ORDER BY pair.at DESC LIMIT ?",
};

static void put_pair(struct db_query *q, const struct duplicate_pair *pair)
{
	db_put_u64(q, pair->first.n);
	db_put_u64(q, pair->second.n);
}

static void get_pair(struct db_query *q, struct duplicate_pair *pair)
{
	pair->first.n = db_get_u64(q);
	pair->second.n = db_get_u64(q);
	pair->reasons = (unsigned)db_get_u64(q);
}

static enum status exec_pair(struct db *db, enum statement which,
    const struct duplicate_pair *pair, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	put_pair(q, pair);
	return db_exec(q, NULL, e);
}

/* The reasons of a row, by its pair. */
static enum status get_reasons(struct db *db, enum statement which,
    struct duplicate_pair *pair, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	put_pair(q, pair);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		pair->reasons = (unsigned)db_get_u64(q);
	db_done(q);
	return st;
}

enum status duplicate_store_forget(
    struct db *db, struct contact_id id, struct err *e)
{
	static const enum statement steps[] = {FORGET_FIRST, FORGET_SECOND};
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < 2; i++) {
		struct db_query *q = db_query(db, SQL[steps[i]]);

		db_put_u64(q, id.n);
		st = db_exec(q, NULL, e);
	}
	return st;
}

enum status duplicate_store_page(struct db *db, struct arena *a,
    struct duplicate_pair after, unsigned reason, size_t limit,
    struct duplicate_pair **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PAGE]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	db_put_u64(q, after.first.n);
	db_put_u64(q, after.first.n);
	db_put_u64(q, after.second.n);
	db_put_u64(q, reason ? reason : ~0u);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		get_pair(q, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status duplicate_store_count(struct db *db, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COUNT]);

	db_put_u64(q, DUPLICATES_COUNTED + 1);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

enum status duplicate_store_get(
    struct db *db, struct duplicate_pair *pair, struct err *e)
{
	return get_reasons(db, GET, pair, e);
}

enum status duplicate_store_dismiss(struct db *db,
    const struct duplicate_pair *pair, const struct actor *actor, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DISMISS]);

	put_pair(q, pair);
	db_put_u64(q, pair->reasons);
	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_time(q, clock_now());
	enum status st = db_exec(q, NULL, e);

	return st == STATUS_OK ? exec_pair(db, PAIR_DELETE, pair, e) : st;
}

enum status duplicate_store_take_back(
    struct db *db, struct duplicate_pair *pair, struct err *e)
{
	enum status st = get_reasons(db, DISMISSED_GET, pair, e);

	if (st == STATUS_OK)
		st = exec_pair(db, DISMISSED_DELETE, pair, e);
	if (st != STATUS_OK || !pair->reasons)
		return st;
	struct db_query *q = db_query(db, SQL[PAIR_INSERT]);

	put_pair(q, pair);
	db_put_u64(q, pair->reasons);
	return db_exec(q, NULL, e);
}

enum status duplicate_store_dismissed(struct db *db, struct arena *a,
    size_t limit, struct dismissed_pair **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DISMISSED]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct dismissed_pair *p = &(*rows)[(*count)++];

		get_pair(q, &p->pair);
		p->at = db_get_time(q);
		p->member = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
