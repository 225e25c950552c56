/* import_optout_store.c: opt-outs that an import met, and who overturned them
 */
/* SPDX-License-Identifier: MIT */
#include "storage/import_optout_store.h"

#include <string.h>

enum sql {
	PUT,
	ROWS,
	TAKEN,
	PEOPLE,
	PASS,
	LIST,
	FORGET,
	OPTIN_PUT,
	OPTIN_GET,
	OPTIN_DROP
};
static const char *const SQL[] = {
    [PUT] = "INSERT INTO import_optout (import_id, pass, row_no, contact_id,"
	    " kept) VALUES (?, ?, ?, ?, ?)",
    [ROWS] = "SELECT row_no, contact_id, kept FROM import_optout"
	     " WHERE import_id = ? AND pass = ? AND row_no BETWEEN ? AND ?"
	     " ORDER BY row_no",
    [TAKEN] = "SELECT DISTINCT contact_id FROM import_optout"
	      " WHERE import_id = ? AND pass = ? AND NOT kept",
    [PEOPLE] = "SELECT COUNT(*), COALESCE(SUM(kept), 0) FROM (SELECT"
	       " contact_id, MAX(kept) AS kept FROM import_optout"
	       " WHERE import_id = ? AND pass = ? GROUP BY contact_id) AS p",
    [PASS] = "SELECT IF(state = 'ready', lease_number, 0) FROM import"
	     " WHERE id = ?",
    [LIST] = "SELECT o.row_no, o.contact_id, o.kept, c.name, c.phone,"
	     " IF(c.whatsapp_opted = 'no', c.whatsapp_opted_at, NULL)"
	     " FROM import_optout o LEFT JOIN contact c ON c.id = o.contact_id"
	     " WHERE o.import_id = ? AND o.pass = ? AND o.row_no > ?"
	     " ORDER BY o.row_no LIMIT ?",
    [FORGET] = "DELETE FROM import_optout WHERE import_id = ? AND pass NOT IN"
	       " (SELECT pass FROM import_optin WHERE import_id = ?"
	       " AND pass IS NOT NULL) LIMIT 5000",
    [OPTIN_PUT] =
	"REPLACE INTO import_optin (import_id, pass, people, words_version,"
	" words, member_id, token_id, address, at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))",
    [OPTIN_GET] = "SELECT o.pass IS NOT NULL, COALESCE(o.pass, 0), o.people,"
		  " o.words_version, o.words, COALESCE(m.name, ''), o.at"
		  " FROM import_optin o LEFT JOIN member m ON m.id ="
		  " o.member_id WHERE o.import_id = ?",
    [OPTIN_DROP] = "DELETE FROM import_optin WHERE import_id = ?",
};

/* --- findings --- */

/* The list with room for one more; in the arena. */
static void *roomy(
    struct arena *a, void *list, size_t count, size_t *space, size_t size)
{
	if (count < *space)
		return list;
	*space = *space ? *space * 2 : 64;
	void *more = arena_raw(a, *space * size);

	if (count)
		memcpy(more, list, count * size);
	return more;
}

enum status import_optout_put(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, const struct optout_row *rows, size_t n,
    struct err *e)
{
	uint64_t *numbers = arena_raw(a, (n + 1) * sizeof(*numbers));
	uint64_t *contacts = arena_raw(a, (n + 1) * sizeof(*contacts));
	uint64_t *kept = arena_raw(a, (n + 1) * sizeof(*kept));

	for (size_t i = 0; i < n; i++) {
		numbers[i] = rows[i].row;
		contacts[i] = rows[i].contact;
		kept[i] = rows[i].kept;
	}
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &id.n},
	    {.kind = DB_CONST_NUMBER, .numbers = &pass},
	    {.kind = DB_NUMBERS, .numbers = numbers},
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_NUMBERS, .numbers = kept},
	};

	return db_bulk(db, SQL[PUT], columns, 5, n, e);
}

static struct optout_row row_read(struct db_query *q)
{
	struct optout_row r;

	r.row = db_get_u64(q);
	r.contact = db_get_u64(q);
	r.kept = db_get_bool(q);
	return r;
}

enum status import_optout_rows(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, uint64_t first, uint64_t last,
    struct optout_row **out, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ROWS]);
	size_t space = 0;

	db_put_u64(q, id.n);
	db_put_u64(q, pass);
	db_put_u64(q, first);
	db_put_u64(q, last);
	enum status st = db_run(q, e);

	*out = NULL;
	*count = 0;
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		*out = roomy(a, *out, *count, &space, sizeof(**out));
		(*out)[(*count)++] = row_read(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_optout_taken(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, uint64_t **out, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAKEN]);
	size_t space = 0;

	db_put_u64(q, id.n);
	db_put_u64(q, pass);
	enum status st = db_run(q, e);

	*out = NULL;
	*count = 0;
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		*out = roomy(a, *out, *count, &space, sizeof(**out));
		(*out)[(*count)++] = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_optout_people(struct db *db, struct import_id id,
    uint64_t pass, struct optout_people *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PEOPLE]);

	db_put_u64(q, id.n);
	db_put_u64(q, pass);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->found = db_get_u64(q);
		out->kept = db_get_u64(q);
	}
	db_done(q);
	return st;
}

enum status import_optout_pass(
    struct db *db, struct import_id id, uint64_t *pass, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PASS]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*pass = db_get_u64(q);
	db_done(q);
	return st;
}

enum status import_optout_list(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, uint64_t after, size_t limit,
    struct optout_person **out, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);

	db_put_u64(q, id.n);
	db_put_u64(q, pass);
	db_put_u64(q, after);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*out = arena_alloc(a, limit * sizeof(**out));
	*count = 0;
	while (st == STATUS_OK && *count < limit) {
		st = db_next(q, e);
		if (st != STATUS_OK)
			break;
		struct optout_person *p = &(*out)[(*count)++];

		p->row = row_read(q);
		p->name = db_get_text(q, a);
		p->phone = db_get_text(q, a);
		p->since = db_get_time(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_optout_forget(
    struct db *db, struct import_id id, bool *more, struct err *e)
{
	uint64_t changed = 0;
	struct db_query *q = db_query(db, SQL[FORGET]);

	db_put_u64(q, id.n);
	db_put_u64(q, id.n);
	enum status st = db_exec(q, &changed, e);

	*more |= changed > 0;
	return st;
}

/* --- confirmations --- */

enum status import_optin_put(struct db *db, struct import_id id,
    const struct optin_confirmation *c, const struct actor *actor,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[OPTIN_PUT]);

	db_put_u64(q, id.n);
	if (c->checked)
		db_put_u64(q, c->pass);
	else
		db_put_null(q);
	db_put_u64(q, c->people);
	db_put_text(q, c->words_version);
	db_put_text(q, c->words);
	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_text(q, actor->address);
	return db_exec(q, NULL, e);
}

enum status import_optin_get(struct db *db, struct arena *a,
    struct import_id id, struct optin_confirmation *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OPTIN_GET]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->checked = db_get_bool(q);
		out->pass = db_get_u64(q);
		out->people = db_get_u64(q);
		out->words_version = db_get_text(q, a);
		out->words = db_get_text(q, a);
		out->member_name = db_get_text(q, a);
		out->at = db_get_time(q);
	}
	db_done(q);
	return st;
}

enum status import_optin_drop(struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OPTIN_DROP]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}
