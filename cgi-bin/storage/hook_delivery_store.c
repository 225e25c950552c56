/* hook_delivery_store.c: what goes to outgoing webhooks, and its log */
/* SPDX-License-Identifier: MIT */
#include "storage/hook_delivery_store.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"

enum sql {
	INSERT,
	LIST,
	GET,
	ATTEMPTS,
	WAITING,
	DUE,
	CLAIM,
	RECORD,
	END,
	ATTEMPT,
	OLD,
	OF_HOOK,
	ATTEMPTS_DELETE,
	DELETE
};

#define COLUMNS                                                                \
	"SELECT d.id, d.hook_id, d.uid, d.event, d.contact_id, d.state,"       \
	" d.claim, d.attempts, d.next_at, d.again_of, d.created_at,"
#define ATTEMPT_COLUMNS                                                        \
	" t.number, t.at, t.ms, t.code, t.error, t.response, t.signature"
#define WITH_LAST                                                              \
	ATTEMPT_COLUMNS                                                        \
	" FROM hook_delivery d LEFT JOIN hook_attempt t"                       \
	" ON t.delivery_id = d.id AND t.number ="                              \
	" (SELECT MAX(number) FROM hook_attempt WHERE delivery_id = d.id)"

static const char *const SQL[] = {
    [INSERT] = "INSERT INTO hook_delivery (hook_id, uid, event, contact_id,"
	       " body, state, next_at, again_of, created_at)"
	       " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?, ?)",
    [LIST] = COLUMNS " ''," WITH_LAST " WHERE d.hook_id = ? AND d.id < ?"
		     " AND ? IN ('', d.state) ORDER BY d.id DESC LIMIT ?",
    [GET] = COLUMNS " d.body," WITH_LAST " WHERE d.hook_id = ? AND d.id = ?",
    [ATTEMPTS] = "SELECT" ATTEMPT_COLUMNS " FROM hook_attempt t"
		 " WHERE t.delivery_id = ? ORDER BY t.number DESC LIMIT ?",
    [WAITING] = "SELECT COUNT(*) FROM (SELECT 1 FROM hook_delivery"
		" WHERE hook_id = ? AND state = 'waiting' LIMIT ?) AS some",
    [DUE] = COLUMNS " d.body, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
		    " FROM hook_delivery d WHERE d.hook_id = ?"
		    " AND d.state = 'waiting' AND d.next_at <= ?"
		    " ORDER BY d.next_at, d.id LIMIT ?",
    [CLAIM] = "UPDATE hook_delivery SET claim = claim + 1,"
	      " attempts = attempts + 1, next_at = ?"
	      " WHERE id = ? AND claim = ? AND state = 'waiting'",
    [RECORD] = "UPDATE hook_delivery SET state = ?, next_at = ?"
	       " WHERE id = ? AND claim = ? AND state = 'waiting'",
    [END] = "UPDATE hook_delivery SET state = 'failed', next_at = NULL,"
	    " claim = claim + 1 WHERE id = ? AND state = 'waiting'",
    [ATTEMPT] = "INSERT INTO hook_attempt (delivery_id, number, at, ms, code,"
		" error, response, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [OLD] = "SELECT id FROM hook_delivery WHERE created_at < ?"
	    " AND state <> 'waiting' ORDER BY created_at LIMIT ?",
    [OF_HOOK] = "SELECT id FROM hook_delivery WHERE hook_id = ? LIMIT ?",
    [ATTEMPTS_DELETE] = "DELETE FROM hook_attempt WHERE delivery_id = ?",
    [DELETE] = "DELETE FROM hook_delivery WHERE id = ?",
};

enum status hook_delivery_insert(
    struct db *db, struct arena *a, struct hook_delivery *d, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);

	d->uid = crypto_uuid(a);
	d->state = HOOK_WAITING;
	d->created_at = d->next_at = clock_now();
	db_put_u64(q, d->hook.n);
	db_put_text(q, d->uid);
	db_put_text(q, d->event);
	db_put_id(q, d->contact);
	db_put_text(q, d->body);
	db_put_time(q, d->next_at);
	db_put_id(q, d->again_of);
	db_put_time(q, d->created_at);
	enum status st = db_run(q, e);

	if (st == STATUS_OK)
		d->id = db_last_id(q);
	db_done(q);
	return st;
}

/* --- reading --- */

static enum hook_delivery_state get_state(struct db_query *q, struct arena *a)
{
	const char *word = db_get_text(q, a);
	int i = 0;

	while (i < HOOK_DELIVERY_STATES - 1 &&
	       !str_equal(word, hook_delivery_states[i]))
		i++;
	return (enum hook_delivery_state)i;
}

/* Bytes of an answer as text: what is no UTF-8 (or cut within a sign) and
 * control characters become '?'. */
static const char *readable(struct arena *a, const char *p, size_t n)
{
	char *out = arena_raw(a, n + 1);
	const char *end = p + n;
	char *to = out;

	while (p < end) {
		const char *from = p;
		int32_t c = utf8_next(&p, end);

		if (c < 0 || (c < ' ' && c != '\n' && c != '\t') || c == 0x7f) {
			*to++ = '?';
			continue;
		}
		memcpy(to, from, (size_t)(p - from));
		to += p - from;
	}
	*to = '\0';
	return out;
}

static void read_attempt(
    struct db_query *q, struct arena *a, struct hook_attempt *t)
{
	size_t n = 0;

	t->number = db_get_u64(q);
	t->at = db_get_time(q);
	t->ms = db_get_i64(q);
	t->code = (int)db_get_u64(q);
	t->error = db_get_text(q, a);
	const char *response = db_get_blob(q, a, &n);

	t->response = response ? readable(a, response, n) : "";
	t->signature = db_get_text(q, a);
}

static void read_delivery(
    struct db_query *q, struct arena *a, struct hook_delivery *d)
{
	d->id = db_get_u64(q);
	d->hook.n = db_get_u64(q);
	d->uid = db_get_text(q, a);
	d->event = db_get_text(q, a);
	d->contact = db_get_u64(q);
	d->state = get_state(q, a);
	d->claim = db_get_u64(q);
	d->attempts = db_get_u64(q);
	d->next_at = db_get_time(q);
	d->again_of = db_get_u64(q);
	d->created_at = db_get_time(q);
	d->body = db_get_text(q, a);
	read_attempt(q, a, &d->last);
}

static enum status read_deliveries(struct db_query *q, struct arena *a,
    size_t limit, struct hook_delivery **rows, size_t *count, struct err *e)
{
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		read_delivery(q, a, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status hook_delivery_list(struct db *db, struct arena *a,
    struct hook_id hook, uint64_t before, enum hook_delivery_state state,
    size_t limit, struct hook_delivery **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);

	db_put_u64(q, hook.n);
	db_put_u64(q, before ? before : UINT64_MAX);
	db_put_text(
	    q, state < HOOK_DELIVERY_STATES ? hook_delivery_states[state] : "");
	db_put_u64(q, limit);
	return read_deliveries(q, a, limit, rows, count, e);
}

enum status hook_delivery_get(struct db *db, struct arena *a,
    struct hook_id hook, uint64_t id, struct hook_delivery *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);

	db_put_u64(q, hook.n);
	db_put_u64(q, id);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		read_delivery(q, a, out);
	db_done(q);
	return st;
}

enum status hook_delivery_attempts(struct db *db, struct arena *a, uint64_t id,
    size_t limit, struct hook_attempt **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ATTEMPTS]);

	db_put_u64(q, id);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		read_attempt(q, a, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status hook_delivery_waiting(struct db *db, struct hook_id hook,
    uint64_t most, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[WAITING]);

	db_put_u64(q, hook.n);
	db_put_u64(q, most);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

/* --- for who sends --- */

enum status hook_delivery_due(struct db *db, struct arena *a,
    struct hook_id hook, int64_t now, size_t limit, struct hook_delivery **rows,
    size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DUE]);

	db_put_u64(q, hook.n);
	db_put_time(q, now);
	db_put_u64(q, limit);
	return read_deliveries(q, a, limit, rows, count, e);
}

/* CONFLICT when no row is changed. */
static enum status change_claimed(struct db_query *q, struct err *e)
{
	uint64_t changed = 0;
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && !changed)
		return ERR(e, STATUS_CONFLICT, "the delivery is not ours");
	return st;
}

enum status hook_delivery_claim(
    struct db *db, struct hook_delivery *d, int64_t until, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CLAIM]);

	db_put_time(q, until);
	db_put_u64(q, d->id);
	db_put_u64(q, d->claim);
	enum status st = change_claimed(q, e);

	if (st == STATUS_OK) {
		d->claim++;
		d->attempts++;
		d->next_at = until;
	}
	return st;
}

enum status hook_delivery_record(struct db *db, const struct hook_delivery *d,
    const struct hook_attempt *attempt, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RECORD]);
	size_t n = strlen(attempt->response);

	db_put_text(q, hook_delivery_states[d->state]);
	db_put_time(q, d->next_at);
	db_put_u64(q, d->id);
	db_put_u64(q, d->claim);
	enum status st = change_claimed(q, e);

	if (st != STATUS_OK)
		return st;
	q = db_query(db, SQL[ATTEMPT]);
	db_put_u64(q, d->id);
	db_put_u64(q, attempt->number);
	db_put_time(q, attempt->at);
	db_put_i64(q, attempt->ms);
	db_put_i64(q, attempt->code);
	db_put_text(q, attempt->error);
	db_put_blob(q, attempt->response,
	    n < HOOK_RESPONSE_MAX ? n : HOOK_RESPONSE_MAX);
	db_put_text(q, attempt->signature);
	return db_exec(q, NULL, e);
}

enum status hook_delivery_end(struct db *db, uint64_t id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[END]);

	db_put_u64(q, id);
	return db_exec(q, NULL, e);
}

static enum status purge_each(
    struct db *db, const uint64_t *ids, size_t n, struct err *e)
{
	const struct db_column column = {.kind = DB_NUMBERS, .numbers = ids};
	enum status st = db_bulk(db, SQL[ATTEMPTS_DELETE], &column, 1, n, e);

	return st == STATUS_OK ? db_bulk(db, SQL[DELETE], &column, 1, n, e)
			       : st;
}

enum status hook_delivery_purge(struct db *db, struct hook_id hook,
    int64_t before, size_t limit, uint64_t *count, struct err *e)
{
	struct arena a;
	struct db_query *q = db_query(db, SQL[hook.n ? OF_HOOK : OLD]);

	arena_init(&a);
	uint64_t *ids = arena_raw(&a, (limit + 1) * sizeof(*ids));

	*count = 0;
	if (hook.n)
		db_put_u64(q, hook.n);
	else
		db_put_time(q, before);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		ids[(*count)++] = db_get_u64(q);
	db_done(q);
	if (st == STATUS_NOT_FOUND)
		st = STATUS_OK;
	if (st == STATUS_OK && *count)
		st = purge_each(db, ids, *count, e);
	arena_release(&a);
	return st;
}
