/* suppression_store.c: the list of hashes of people who are not to come back */
/* SPDX-License-Identifier: MIT */
#include "storage/suppression_store.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"

#define LIST 500u
#define Q5 "?,?,?,?,?"
#define Q50 Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5
#define Q500                                                                   \
	Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50    \
	    "," Q50

#define STATE                                                                  \
	"SELECT entries, stamp, check_value FROM suppression_state WHERE id = 1"
#define FIND                                                                   \
	"SELECT key_hash, key_kind, reason, person, at FROM suppression"       \
	" WHERE key_hash IN ("

enum sql {
	STATE_LOOK,
	STATE_SHARE,
	STATE_CHANGE,
	STATE_PUT,
	FIND_ONE,
	FIND_LIST,
	HASHES,
	PUT,
	REMOVE,
	REMOVE_PERSON,
	COUNTS,
	ORIGIN
};
static const char *const SQL[] = {
    [STATE_LOOK] = STATE,
    [STATE_SHARE] = STATE " LOCK IN SHARE MODE",
    [STATE_CHANGE] = STATE " FOR UPDATE",
    [STATE_PUT] = "UPDATE suppression_state SET entries = ?, stamp = ?,"
		  " check_value = ? WHERE id = 1",
    [FIND_ONE] = FIND "?)",
    [FIND_LIST] = FIND Q500 ")",
    [HASHES] = "SELECT key_hash FROM suppression",
    [PUT] = "REPLACE INTO suppression (key_hash, key_kind, reason, person,"
	    " origin, at) VALUES (UNHEX(?), ?, ?, ?, ?, ?)",
    [REMOVE] = "DELETE FROM suppression WHERE key_hash = ?",
    [REMOVE_PERSON] =
	"DELETE FROM suppression WHERE key_hash = ? OR person = ?",
    [COUNTS] = "SELECT reason, origin, COUNT(*), MAX(at) FROM suppression"
	       " GROUP BY reason, origin ORDER BY reason, origin LIMIT 50",
    [ORIGIN] = "SELECT origin FROM suppression WHERE key_hash = ?",
};

/* --- the state --- */

enum status suppression_state_get(struct db *db, enum suppression_lock lock,
    struct suppression_state *out, struct err *e)
{
	static const enum sql by_lock[] = {
	    [SUPPRESSION_LOOK] = STATE_LOOK,
	    [SUPPRESSION_SHARE] = STATE_SHARE,
	    [SUPPRESSION_CHANGE] = STATE_CHANGE,
	};
	struct db_query *q = db_query(db, SQL[by_lock[lock]]);
	enum status st = db_one(q, e);

	*out = (struct suppression_state){0};
	if (st == STATUS_OK) {
		size_t n = 0;

		out->entries = db_get_u64(q);
		out->stamp = db_get_u64(q);
		const char *check = db_peek_text(q, &n);

		out->has_check = check && n == sizeof(out->check);
		if (out->has_check)
			memcpy(out->check, check, n);
	}
	db_done(q);
	return st;
}

enum status suppression_state_put(
    struct db *db, const struct suppression_state *state, struct err *e)
{
	struct db_query *q = db_query(db, SQL[STATE_PUT]);
	uint64_t stamp;

	crypto_random(&stamp, sizeof(stamp));
	db_put_u64(q, state->entries);
	db_put_u64(q, stamp >> 1);
	if (state->has_check)
		db_put_blob(q, state->check, sizeof(state->check));
	else
		db_put_null(q);
	return db_exec(q, NULL, e);
}

/* --- looking up --- */

static int index_of(const char *const *words, int count, const char *word)
{
	for (int i = 0; i < count; i++)
		if (str_equal(words[i], word))
			return i;
	return 0;
}

static void read_entry(
    struct db_query *q, struct arena *a, struct suppression *out)
{
	size_t n;
	const char *hash = db_peek_text(q, &n);

	out->listed = true;
	if (hash && n == sizeof(out->hash))
		memcpy(out->hash, hash, n);
	out->kind = (enum suppression_kind)index_of(
	    suppression_kinds, SUPPRESSION_KINDS, db_get_text(q, a));
	out->reason = (enum suppression_reason)index_of(
	    suppression_reasons, SUPPRESSION_REASONS, db_get_text(q, a));
	out->person = db_get_u64(q);
	out->at = db_get_time(q);
}

/* At most LIST of them; a list that is not full has its first value again. */
static enum status find_list(struct db *db, struct arena *a,
    const struct suppression_hash *hashes, size_t n, struct suppression *out,
    size_t *count, struct err *e)
{
	size_t values = n == 1 ? 1 : LIST;
	struct db_query *q = db_query(db, SQL[n == 1 ? FIND_ONE : FIND_LIST]);

	for (size_t i = 0; i < values; i++)
		db_put_blob(q, hashes[i < n ? i : 0].bytes, CRYPTO_HASH_BYTES);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		read_entry(q, a, &out[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status suppression_store_find(struct db *db, struct arena *a,
    const struct suppression_hash *hashes, size_t n, struct suppression **out,
    size_t *count, struct err *e)
{
	enum status st = STATUS_OK;

	/* A hash that comes twice is found once in its list: n are enough. */
	*out = arena_alloc(a, (n + 1) * sizeof(**out));
	*count = 0;
	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST)
		st = find_list(db, a, hashes + i, n - i < LIST ? n - i : LIST,
		    *out, count, e);
	return st;
}

enum status suppression_store_hashes(struct db *db,
    void (*take)(void *arg, const unsigned char *hash), void *arg,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[HASHES]);

	db_stream(q);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		size_t n = 0;
		const char *hash = db_peek_text(q, &n);

		if (hash && n == CRYPTO_HASH_BYTES)
			take(arg, (const unsigned char *)hash);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* --- changing --- */

static const char *sql_time(struct arena *a, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	text[10] = ' ';
	text[23] = '\0';
	return arena_strdup(a, text);
}

enum status suppression_store_put(struct db *db, struct arena *a,
    const struct suppression *entries, size_t n, const char *origin,
    struct err *e)
{
	const char **hashes = arena_raw(a, (n + 1) * sizeof(*hashes));
	const char **kinds = arena_raw(a, (n + 1) * sizeof(*kinds));
	const char **reasons = arena_raw(a, (n + 1) * sizeof(*reasons));
	const char **times = arena_raw(a, (n + 1) * sizeof(*times));
	uint64_t *persons = arena_raw(a, (n + 1) * sizeof(*persons));

	for (size_t i = 0; i < n; i++) {
		char *hex = arena_raw(a, CRYPTO_HASH_HEX);

		crypto_hex(entries[i].hash, CRYPTO_HASH_BYTES, hex);
		hashes[i] = hex;
		kinds[i] = suppression_kinds[entries[i].kind];
		reasons[i] = suppression_reasons[entries[i].reason];
		times[i] = sql_time(a, entries[i].at);
		persons[i] = entries[i].person;
	}
	const struct db_column columns[] = {
	    {.kind = DB_TEXTS, .texts = hashes},
	    {.kind = DB_TEXTS, .texts = kinds},
	    {.kind = DB_TEXTS, .texts = reasons},
	    {.kind = DB_NUMBERS, .numbers = persons},
	    {.kind = DB_CONST_TEXT, .texts = &origin},
	    {.kind = DB_TEXTS, .texts = times},
	};

	return db_bulk(db, SQL[PUT], columns, 6, n, e);
}

enum status suppression_store_remove(struct db *db,
    const struct suppression *entry, uint64_t person, uint64_t *count,
    struct err *e)
{
	uint64_t changed = 0;
	struct db_query *q = db_query(db, SQL[person ? REMOVE_PERSON : REMOVE]);

	db_put_blob(q, entry->hash, sizeof(entry->hash));
	if (person)
		db_put_u64(q, person);
	enum status st = db_exec(q, &changed, e);

	*count += changed;
	return st;
}

/* --- for people --- */

enum status suppression_store_counts(struct db *db, struct arena *a,
    struct suppression_count **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COUNTS]);
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, 50 * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct suppression_count *r = &(*rows)[(*count)++];

		r->reason =
		    (enum suppression_reason)index_of(suppression_reasons,
			SUPPRESSION_REASONS, db_get_text(q, a));
		r->origin = db_get_text(q, a);
		r->keys = db_get_u64(q);
		r->last = db_get_time(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status suppression_store_origin(struct db *db, struct arena *a,
    const struct suppression *entry, const char **origin, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ORIGIN]);

	db_put_blob(q, entry->hash, sizeof(entry->hash));
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*origin = db_get_text(q, a);
	db_done(q);
	return st;
}
