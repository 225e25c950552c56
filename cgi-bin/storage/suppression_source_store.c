/* suppression_source_store.c: which lists of opt-outs named which key */
/* SPDX-License-Identifier: MIT */
#include "storage/suppression_source_store.h"

#include "base/clock.h"

#define OF_PIECE " import_id = ? AND lifted = ? AND key_hash <= ?"

enum statement {
	PUT,
	LAST,
	LEFT,
	REMOVE,
	BRING_BACK,
	TURN
};

static const char *const SQL[] = {
    [PUT] = "INSERT IGNORE INTO suppression_source"
	    " (import_id, key_hash, key_kind, made, at)"
	    " VALUES (?, UNHEX(?), ?, ?, ?)",
    [LAST] = "SELECT COUNT(*), MAX(key_hash) FROM (SELECT key_hash FROM"
	     " suppression_source WHERE import_id = ? AND lifted = ?"
	     " ORDER BY key_hash LIMIT ?) piece",
    [LEFT] = "SELECT EXISTS (SELECT 1 FROM suppression_source"
	     " WHERE import_id = ? AND lifted = ?)",
    [REMOVE] =
	"DELETE s FROM suppression s JOIN (SELECT key_hash FROM"
	" suppression_source WHERE" OF_PIECE ") x ON x.key_hash = s.key_hash"
	" WHERE s.origin = 'opt_out_file' AND s.reason = 'opted_out'"
	" AND EXISTS (SELECT 1 FROM suppression_source m"
	" WHERE m.key_hash = s.key_hash AND m.made)"
	" AND NOT EXISTS (SELECT 1 FROM suppression_source o"
	" WHERE o.key_hash = s.key_hash AND o.import_id <> ?"
	" AND NOT o.lifted)",
    [BRING_BACK] =
	"INSERT IGNORE INTO suppression"
	" (key_hash, key_kind, reason, person, origin, at)"
	" SELECT key_hash, key_kind, 'opted_out', 0, 'opt_out_file', at"
	" FROM suppression_source WHERE" OF_PIECE,
    [TURN] = "UPDATE suppression_source SET lifted = ? WHERE" OF_PIECE,
};

static const char *sql_time(struct arena *a, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	text[10] = ' ';
	text[23] = '\0';
	return arena_strdup(a, text);
}

enum status suppression_source_put(struct db *db, struct arena *a,
    struct import_id import, const struct suppression *keys, size_t n,
    struct err *e)
{
	const char **hashes = arena_raw(a, (n + 1) * sizeof(*hashes));
	const char **kinds = arena_raw(a, (n + 1) * sizeof(*kinds));
	const char **times = arena_raw(a, (n + 1) * sizeof(*times));
	uint64_t *made = arena_raw(a, (n + 1) * sizeof(*made));

	for (size_t i = 0; i < n; i++) {
		char *hex = arena_raw(a, CRYPTO_HASH_HEX);

		crypto_hex(keys[i].hash, CRYPTO_HASH_BYTES, hex);
		hashes[i] = hex;
		kinds[i] = suppression_kinds[keys[i].kind];
		times[i] = sql_time(a, keys[i].at);
		made[i] = !keys[i].listed;
	}
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &import.n},
	    {.kind = DB_TEXTS, .texts = hashes},
	    {.kind = DB_TEXTS, .texts = kinds},
	    {.kind = DB_NUMBERS, .numbers = made},
	    {.kind = DB_TEXTS, .texts = times},
	};

	return n ? db_bulk(db, SQL[PUT], columns, 5, n, e) : STATUS_OK;
}

/* The last key of the next piece. */
static enum status find_piece(struct db *db, struct arena *a,
    struct import_id import, bool lifted, size_t limit, uint64_t *seen,
    const void **last, size_t *length, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LAST]);

	db_put_u64(q, import.n);
	db_put_bool(q, lifted);
	db_put_u64(q, limit);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		*seen = db_get_u64(q);
		*last = db_get_blob(q, a, length);
	}
	db_done(q);
	return st;
}

static void put_piece(struct db_query *q, struct import_id import, bool lifted,
    const void *last, size_t length)
{
	db_put_u64(q, import.n);
	db_put_bool(q, lifted);
	db_put_blob(q, last, length);
}

enum status suppression_source_turn(struct db *db, struct arena *a,
    struct import_id import, bool back, size_t limit, uint64_t *seen,
    uint64_t *changed, struct err *e)
{
	const void *last = NULL;
	size_t length = 0;
	enum status st =
	    find_piece(db, a, import, back, limit, seen, &last, &length, e);

	*changed = 0;
	if (st != STATUS_OK || !*seen)
		return st;
	struct db_query *q = db_query(db, SQL[back ? BRING_BACK : REMOVE]);

	put_piece(q, import, back, last, length);
	if (!back)
		db_put_u64(q, import.n);
	st = db_exec(q, changed, e);
	if (st != STATUS_OK)
		return st;
	q = db_query(db, SQL[TURN]);
	db_put_bool(q, !back);
	put_piece(q, import, back, last, length);
	return db_exec(q, NULL, e);
}

enum status suppression_source_left(struct db *db, struct import_id import,
    bool back, bool *left, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LEFT]);

	db_put_u64(q, import.n);
	db_put_bool(q, back);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*left = db_get_bool(q);
	db_done(q);
	return st;
}
