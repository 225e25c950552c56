/* duplicate_look_store.c: looking through the book for duplicates */
/* SPDX-License-Identifier: MIT */
/*
 * Equal values stand side by side in an index: a window of it shows those that
 * come twice without reading a row. The database compares, so what is equal is
 * what its collations say (case for e-mails; case and accents for names).
 */
#include "storage/duplicate_look_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

#define LEASE "UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND"
#define Q10 "?,?,?,?,?,?,?,?,?,?"
#define Q50 Q10 "," Q10 "," Q10 "," Q10 "," Q10

enum statement {
	GET,
	ASK,
	FIND,
	BEGIN,
	TAKE_UP,
	HELD,
	ADVANCE,
	FINISH,
	EMAIL_VALUES,
	EMAIL_LAST,
	EMAIL_GROUPS,
	USER_ID_VALUES,
	USER_ID_LAST,
	USER_ID_GROUPS,
	NAME_VALUES,
	NAME_LAST,
	NAME_GROUPS,
	PHONES,
	USER_IDS,
	ATTRIBUTES,
	NAMES,
	HIGHEST,
	ADD,
	NOT_DISMISSED,
	CLEAN_PAIRS,
	CLEAN_DISMISSED
};

#define WINDOW(column)                                                         \
	" FROM (SELECT " column " FROM contact FORCE INDEX (" column ")"       \
	" WHERE " column " > ? ORDER BY " column " LIMIT ?) AS part"
#define VALUES(column)                                                         \
	"SELECT MIN(" column ") FROM (SELECT " column WINDOW(                  \
	    column) ") AS some GROUP BY " column                               \
		    " HAVING COUNT(*) BETWEEN 2 AND ?"
#define LAST(column) "SELECT MAX(" column ")" WINDOW(column)
#define GROUPS(column, where, by)                                              \
	"SELECT GROUP_CONCAT(id ORDER BY id) FROM contact"                     \
	" FORCE INDEX (" column ") WHERE " column " IN (" Q50 ")" where        \
	" AND trashed_at IS NULL GROUP BY " by                                 \
	" HAVING COUNT(*) BETWEEN 2 AND ?"

static const char *const SQL[] = {
    [GET] = "SELECT look, step, place, pairs, as_of FROM duplicate_look"
	    " WHERE id = 1",
    [ASK] = "UPDATE duplicate_look SET asked = TRUE WHERE id = 1",
    [FIND] =
	"SELECT look, step, place, pairs, as_of,"
	" (SELECT COALESCE(MAX(id), 0) FROM contact),"
	" (SELECT COALESCE(MAX(id), 0) FROM contact_revision)"
	" FROM duplicate_look WHERE id = 1 AND"
	" IF(step > 0, lease_until IS NULL OR"
	" lease_until < UTC_TIMESTAMP(3), asked OR"
	" ((contact_mark <> (SELECT COALESCE(MAX(id), 0) FROM contact) OR"
	" revision_mark <>"
	" (SELECT COALESCE(MAX(id), 0) FROM contact_revision)) AND"
	" (finished_at IS NULL OR finished_at + INTERVAL GREATEST(10000000,"
	" ? * TIMESTAMPDIFF(MICROSECOND, started_at, finished_at)) MICROSECOND"
	" < UTC_TIMESTAMP(3)))) FOR UPDATE",
    [BEGIN] = "UPDATE duplicate_look SET look = ?, step = 1, place = '',"
	      " pairs = 0, asked = FALSE, contact_mark = ?, revision_mark = ?,"
	      " started_at = UTC_TIMESTAMP(3), lease_owner = ?,"
	      " lease_until = " LEASE " WHERE id = 1",
    [TAKE_UP] = "UPDATE duplicate_look SET lease_owner = ?,"
		" lease_until = " LEASE " WHERE id = 1",
    [HELD] = "SELECT id FROM duplicate_look WHERE id = 1 AND lease_owner = ?"
	     " AND look = ? AND step > 0 FOR UPDATE",
    [ADVANCE] = "UPDATE duplicate_look SET step = ?, place = ?, pairs = ?,"
		" lease_until = " LEASE " WHERE id = 1",
    [FINISH] = "UPDATE duplicate_look SET step = 0, place = '',"
	       " finished_at = UTC_TIMESTAMP(3), as_of = started_at,"
	       " lease_until = NULL WHERE id = 1",
    [EMAIL_VALUES] = VALUES("email"),
    [EMAIL_LAST] = LAST("email"),
    [EMAIL_GROUPS] = GROUPS("email", "", "email"),
    [USER_ID_VALUES] = VALUES("user_id"),
    [USER_ID_LAST] = LAST("user_id"),
    [USER_ID_GROUPS] = GROUPS("user_id", "", "user_id"),
    [NAME_VALUES] = VALUES("name"),
    [NAME_LAST] = LAST("name"),
    [NAME_GROUPS] = GROUPS("name", " AND city <> ''", "name, city"),
    [PHONES] = "SELECT id, phone FROM contact FORCE INDEX (phone)"
	       " WHERE phone > ? ORDER BY phone LIMIT ?",
    [USER_IDS] = "SELECT id, user_id FROM contact FORCE INDEX (user_id)"
		 " WHERE user_id >= ? AND (user_id > ? OR id > ?)"
		 " ORDER BY user_id, id LIMIT ?",
    [ATTRIBUTES] = "SELECT id, JSON_VALUE(attributes, ?) FROM contact"
		   " WHERE id > ? ORDER BY id LIMIT ?",
    [NAMES] = "SELECT id, name FROM contact WHERE id IN (" Q50 ")"
	      " AND trashed_at IS NULL ORDER BY id",
    [HIGHEST] = "SELECT COALESCE(MAX(id), 0) FROM contact",
    [ADD] = "INSERT INTO duplicate_pair (first_id, second_id, reasons, look)"
	    " VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE reasons = IF(look = VALUES(look),"
	    " reasons | VALUES(reasons), VALUES(reasons)),"
	    " look = VALUES(look)",
    [NOT_DISMISSED] =
	"DELETE FROM duplicate_pair WHERE first_id = ? AND second_id = ?"
	" AND EXISTS (SELECT 1 FROM duplicate_dismissed"
	" WHERE duplicate_dismissed.first_id = duplicate_pair.first_id"
	" AND duplicate_dismissed.second_id = duplicate_pair.second_id)",
    [CLEAN_PAIRS] = "DELETE FROM duplicate_pair WHERE look < ? LIMIT ?",
    [CLEAN_DISMISSED] =
	"DELETE FROM duplicate_dismissed WHERE NOT EXISTS (SELECT 1 FROM"
	" contact WHERE id = first_id) OR NOT EXISTS (SELECT 1 FROM contact"
	" WHERE id = second_id) LIMIT ?",
};

/* --- the look itself --- */

static void read_look(
    struct db_query *q, struct arena *a, struct duplicate_look *out)
{
	out->look = db_get_u64(q);
	out->step = (enum look_step)db_get_u64(q);
	out->place = db_get_text(q, a);
	out->pairs = db_get_u64(q);
	out->as_of = db_get_time(q);
}

enum status duplicate_look_get(
    struct db *db, struct arena *a, struct duplicate_look *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		read_look(q, a, out);
	db_done(q);
	return st;
}

enum status duplicate_look_ask(struct db *db, struct err *e)
{
	return db_exec(db_query(db, SQL[ASK]), NULL, e);
}

struct claim {
	struct arena *arena;
	const char *owner;
	int64_t lease_ms;
	uint64_t rest;
	struct duplicate_look *look;
};

static enum status begin(struct db *db, struct claim *c, uint64_t contact_mark,
    uint64_t revision_mark, struct err *e)
{
	struct db_query *q = db_query(db, SQL[BEGIN]);

	c->look->look++;
	c->look->step = LOOK_EMAILS;
	c->look->place = "";
	c->look->pairs = 0;
	db_put_u64(q, c->look->look);
	db_put_u64(q, contact_mark);
	db_put_u64(q, revision_mark);
	db_put_text(q, c->owner);
	db_put_i64(q, c->lease_ms * 1000);
	return db_exec(q, NULL, e);
}

static enum status take_up(struct db *db, struct claim *c, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAKE_UP]);

	db_put_text(q, c->owner);
	db_put_i64(q, c->lease_ms * 1000);
	return db_exec(q, NULL, e);
}

static enum status claim(struct db *db, void *arg, struct err *e)
{
	struct claim *c = arg;
	struct db_query *q = db_query(db, SQL[FIND]);
	uint64_t contact_mark = 0, revision_mark = 0;

	db_put_u64(q, c->rest);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		read_look(q, c->arena, c->look);
		contact_mark = db_get_u64(q);
		revision_mark = db_get_u64(q);
	}
	db_done(q);
	if (st != STATUS_OK)
		return st;
	return c->look->step == LOOK_IDLE
		   ? begin(db, c, contact_mark, revision_mark, e)
		   : take_up(db, c, e);
}

enum status duplicate_look_claim(struct db *db, struct arena *a,
    const char *owner, int64_t lease_ms, uint64_t rest,
    struct duplicate_look *out, struct err *e)
{
	struct claim c = {a, owner, lease_ms, rest, out};

	return db_transact(db, claim, &c, e);
}

enum status duplicate_look_advance(struct db *db, const char *owner,
    int64_t lease_ms, const struct duplicate_look *look, struct err *e)
{
	struct db_query *q = db_query(db, SQL[HELD]);

	db_put_text(q, owner);
	db_put_u64(q, look->look);
	enum status st = db_one(q, e);

	db_done(q);
	if (st == STATUS_NOT_FOUND)
		return ERR(e, STATUS_CONFLICT, "another worker looks");
	if (st != STATUS_OK)
		return st;
	if (look->step == LOOK_IDLE)
		return db_exec(db_query(db, SQL[FINISH]), NULL, e);
	q = db_query(db, SQL[ADVANCE]);
	db_put_u64(q, look->step);
	db_put_text(q, look->place);
	db_put_u64(q, look->pairs);
	db_put_i64(q, lease_ms * 1000);
	return db_exec(q, NULL, e);
}

/* --- equal values --- */

struct step_statements {
	enum statement values;
	enum statement last;
	enum statement groups;
};

static struct step_statements statements_of(enum look_step step)
{
	static const struct step_statements of[] = {
	    [LOOK_EMAILS] = {EMAIL_VALUES, EMAIL_LAST, EMAIL_GROUPS},
	    [LOOK_USER_IDS] = {USER_ID_VALUES, USER_ID_LAST, USER_ID_GROUPS},
	    [LOOK_NAMES] = {NAME_VALUES, NAME_LAST, NAME_GROUPS},
	};

	return of[step];
}

static enum status last_value(struct db *db, struct arena *a,
    enum statement which, const char *place, size_t window, const char **last,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	db_put_text(q, place);
	db_put_u64(q, window);
	enum status st = db_one(q, e);

	*last = st == STATUS_OK ? db_get_text(q, a) : "";
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status duplicate_look_values(struct db *db, struct arena *a,
    enum look_step step, const char *place, size_t window, size_t most,
    const char ***values, size_t *count, const char **last, struct err *e)
{
	struct step_statements s = statements_of(step);
	enum status st = last_value(db, a, s.last, place, window, last, e);

	*count = 0;
	*values = arena_alloc(a, (window / 2 + 2) * sizeof(**values));
	if (st != STATUS_OK || !**last)
		return st;
	struct db_query *q = db_query(db, SQL[s.values]);

	db_put_text(q, place);
	db_put_u64(q, window);
	db_put_u64(q, most);
	st = db_run(q, e);
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		(*values)[(*count)++] = db_get_text(q, a);
	db_done(q);
	/* The window may have cut it in two. */
	(*values)[(*count)++] = *last;
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static void read_ids(
    struct arena *a, const char *text, struct duplicate_group *out)
{
	size_t n = 1;

	for (const char *p = text; *p; p++)
		n += *p == ',';
	out->ids = arena_alloc(a, n * sizeof(*out->ids));
	out->count = 0;
	while (*text) {
		char *end;

		out->ids[out->count++] = strtoull(text, &end, 10);
		text = *end ? end + 1 : end;
	}
}

enum status duplicate_look_groups(struct db *db, struct arena *a,
    enum look_step step, const char *const *values, size_t count, size_t most,
    struct duplicate_group **groups, size_t *group_count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[statements_of(step).groups]);
	size_t room = 64;

	*groups = arena_alloc(a, room * sizeof(**groups));
	*group_count = 0;
	for (size_t i = 0; i < DUPLICATE_VALUES; i++)
		db_put_text(q, values[i < count ? i : 0]);
	db_put_u64(q, most);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (*group_count == room) {
			struct duplicate_group *more =
			    arena_alloc(a, 2 * room * sizeof(*more));

			memcpy(more, *groups, room * sizeof(*more));
			*groups = more;
			room *= 2;
		}
		read_ids(a, db_get_text(q, a), &(*groups)[(*group_count)++]);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* --- numbers --- */

static enum status read_numbered(struct db_query *q, struct arena *a,
    size_t limit, struct numbered **rows, size_t *count, struct err *e)
{
	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		(*rows)[*count].id = db_get_u64(q);
		(*rows)[(*count)++].text = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status duplicate_look_numbers(struct db *db, struct arena *a,
    enum number_source source, const char *path, const struct numbered *after,
    size_t limit, struct numbered **rows, size_t *count, struct err *e)
{
	static const enum statement statements[] = {
	    [NUMBERS_PHONE] = PHONES,
	    [NUMBERS_USER_ID] = USER_IDS,
	    [NUMBERS_ATTRIBUTE] = ATTRIBUTES,
	};
	struct db_query *q = db_query(db, SQL[statements[source]]);
	const char *text = after ? after->text : "";
	uint64_t id = after ? after->id : 0;

	if (source == NUMBERS_ATTRIBUTE)
		db_put_text(q, path);
	else
		db_put_text(q, text);
	if (source == NUMBERS_USER_ID)
		db_put_text(q, text);
	if (source != NUMBERS_PHONE)
		db_put_u64(q, id);
	db_put_u64(q, limit);
	return read_numbered(q, a, limit, rows, count, e);
}

enum status duplicate_look_names(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct numbered **rows, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[NAMES]);

	for (size_t i = 0; i < DUPLICATE_VALUES; i++)
		db_put_u64(q, ids[i < n ? i : 0]);
	return read_numbered(q, a, DUPLICATE_VALUES, rows, count, e);
}

enum status duplicate_look_highest(struct db *db, uint64_t *id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[HIGHEST]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*id = db_get_u64(q);
	db_done(q);
	return st;
}

/* --- pairs --- */

enum status duplicate_look_add(struct db *db, struct arena *a, uint64_t look,
    const struct duplicate_pair *pairs, size_t n, struct err *e)
{
	uint64_t *first = arena_raw(a, n * sizeof(*first));
	uint64_t *second = arena_raw(a, n * sizeof(*second));
	uint64_t *reasons = arena_raw(a, n * sizeof(*reasons));

	for (size_t i = 0; i < n; i++) {
		first[i] = pairs[i].first.n;
		second[i] = pairs[i].second.n;
		reasons[i] = pairs[i].reasons;
	}
	const struct db_column columns[] = {
	    {.kind = DB_NUMBERS, .numbers = first},
	    {.kind = DB_NUMBERS, .numbers = second},
	    {.kind = DB_NUMBERS, .numbers = reasons},
	    {.kind = DB_CONST_NUMBER, .numbers = &look},
	};

	if (!n)
		return STATUS_OK;
	enum status st = db_bulk(db, SQL[ADD], columns, 4, n, e);

	return st == STATUS_OK
		   ? db_bulk(db, SQL[NOT_DISMISSED], columns, 2, n, e)
		   : st;
}

enum status duplicate_look_clean(
    struct db *db, uint64_t look, size_t limit, uint64_t *gone, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CLEAN_PAIRS]);

	db_put_u64(q, look);
	db_put_u64(q, limit);
	enum status st = db_exec(q, gone, e);

	if (st != STATUS_OK || *gone)
		return st;
	q = db_query(db, SQL[CLEAN_DISMISSED]);
	db_put_u64(q, limit);
	return db_exec(q, gone, e);
}
