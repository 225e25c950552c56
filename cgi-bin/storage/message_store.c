/* message_store.c: rows of message and webhook_event */
/* SPDX-License-Identifier: MIT */
#include "storage/message_store.h"

#include <stdlib.h>
#define STATUS_MESSAGES 16u		/* rows that one id can have */
#define LATEST INT64_C(253402300799000) /* the end of the year 9999 */

enum sql {
	ADD,
	OF_ID,
	IS_PERSONS,
	FIRST,
	OF_STATUS,
	STATUS,
	PERSON,
	OF_CONTACT,
	EVENT_ADD,
	EVENT_LIST
};
/* Of two of the same second, what is further on its way counts. */
#define RANK(word)                                                             \
	"FIELD(" word ", 'sent', 'delivered', 'read', 'played', 'failed')"

/* A contact and those that were merged into it. */
#define WITH_PERSON                                                            \
	"WITH RECURSIVE person (id) AS (SELECT CAST(? AS UNSIGNED) UNION"      \
	" SELECT contact.id FROM contact JOIN person"                          \
	" ON contact.merged_into = person.id)"

static const char *const SQL[] = {
    [ADD] = "INSERT INTO message (contact_id, wa_id, direction, type, text,"
	    " body, status, at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE id = id",
    [OF_ID] = "SELECT id FROM message WHERE wa_id = ? LIMIT 1",
    [IS_PERSONS] =
	WITH_PERSON " SELECT message.id FROM message JOIN person"
		    " ON contact_id = person.id WHERE wa_id = ? LIMIT 1",
    [FIRST] =
	WITH_PERSON " SELECT NOT EXISTS (SELECT 1 FROM message JOIN person"
		    " ON contact_id = person.id WHERE direction = 'in'"
		    " AND type <> 'system')",
    [OF_STATUS] = "SELECT id FROM message WHERE wa_id = ? AND"
		  " direction = 'out' LIMIT ?",
    [STATUS] = "UPDATE message SET status = ?, status_at = ? WHERE id = ?"
	       " AND (status_at IS NULL OR status_at < ? OR (status_at = ?"
	       " AND " RANK("status") " < " RANK("?") "))",
    [PERSON] = WITH_PERSON " SELECT id FROM person",
    /* The plain bound is what the index is read by. */
    [OF_CONTACT] = "SELECT id, wa_id, direction = 'out', type, text, body,"
		   " status, at FROM message FORCE INDEX (contact_id)"
		   " WHERE contact_id = ? AND at <= ? AND (at < ? OR id < ?)"
		   " ORDER BY at DESC, id DESC LIMIT ?",
    [EVENT_ADD] = "INSERT INTO webhook_event (field, reason, body, received_at)"
		  " VALUES (?, ?, ?, ?)",
    [EVENT_LIST] = "SELECT id, field, reason, LEFT(body, ?), received_at"
		   " FROM webhook_event WHERE id < ? ORDER BY id DESC LIMIT ?",
};

enum status message_store_add(struct db *db, const struct message *m,
    int64_t now, bool *fresh, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ADD]);
	uint64_t changed = 0;

	db_put_u64(q, m->contact.n);
	db_put_text(q, m->wa_id);
	db_put_text(q, m->outgoing ? "out" : "in");
	db_put_text(q, m->type);
	db_put_text(q, m->text);
	db_put_text(q, m->body);
	db_put_text(q, m->status);
	db_put_time(q, m->at);
	db_put_time(q, now);
	enum status st = db_exec(q, &changed, e);

	*fresh = st == STATUS_OK && changed == 1;
	return st;
}

static enum status is_there(struct db_query *q, bool *there, struct err *e)
{
	enum status st = db_one(q, e);

	*there = st == STATUS_OK;
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* Nearly always nobody has the id, and nobody asks further. */
enum status message_store_is_known(struct db *db, struct contact_id contact,
    const char *wa_id, bool *known, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OF_ID]);

	db_put_text(q, wa_id);
	enum status st = is_there(q, known, e);

	if (st != STATUS_OK || !*known)
		return st;
	q = db_query(db, SQL[IS_PERSONS]);
	db_put_u64(q, contact.n);
	db_put_text(q, wa_id);
	return is_there(q, known, e);
}

enum status message_store_is_first(
    struct db *db, struct contact_id contact, bool *first, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FIRST]);

	db_put_u64(q, contact.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*first = db_get_bool(q);
	db_done(q);
	return st;
}

/* The ids of the messages that have it; one, unless contacts were merged. */
static enum status of_status(struct db *db, const char *wa_id,
    uint64_t ids[STATUS_MESSAGES], size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OF_STATUS]);

	*count = 0;
	db_put_text(q, wa_id);
	db_put_u64(q, STATUS_MESSAGES);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		ids[(*count)++] = db_get_u64(q);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* By the id of the row: an update by wa_id would lock the place where the
 * messages of others are about to go. */
enum status message_store_status(struct db *db, const char *wa_id,
    const char *status, int64_t at, struct err *e)
{
	uint64_t ids[STATUS_MESSAGES];
	size_t n;
	enum status st = of_status(db, wa_id, ids, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct db_query *q = db_query(db, SQL[STATUS]);

		db_put_text(q, status);
		db_put_time(q, at);
		db_put_u64(q, ids[i]);
		db_put_time(q, at);
		db_put_time(q, at);
		db_put_text(q, status);
		st = db_exec(q, NULL, e);
	}
	return st;
}

/* --- lists --- */

/* Messages in front of which the list begins, and where they are put. */
struct listing {
	int64_t until;
	uint64_t below;
	size_t limit;
	struct message *rows;
	size_t count;
};

/* The contact and those that were merged into it. */
static enum status person_ids(struct db *db, struct arena *a,
    struct contact_id contact, uint64_t **ids, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PERSON]);
	size_t room = 0;

	*count = 0;
	db_put_u64(q, contact.n);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		*ids = arena_grow(a, *ids, *count, &room, sizeof(**ids));
		(*ids)[(*count)++] = db_get_u64(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* Adds at most `limit` of one contact. */
static enum status list_one(struct db *db, struct arena *a,
    struct contact_id contact, uint64_t id, struct listing *l, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OF_CONTACT]);

	db_put_u64(q, id);
	db_put_time(q, l->until);
	db_put_time(q, l->until);
	db_put_u64(q, l->below);
	db_put_u64(q, l->limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct message *m = &l->rows[l->count++];

		m->contact = contact;
		m->id = db_get_u64(q);
		m->wa_id = db_get_text(q, a);
		m->outgoing = db_get_bool(q);
		m->type = db_get_text(q, a);
		m->text = db_get_text(q, a);
		m->body = db_get_text(q, a);
		m->status = db_get_text(q, a);
		m->at = db_get_time(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static int newest_first(const void *a, const void *b)
{
	const struct message *x = a;
	const struct message *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return (x->id < y->id) - (x->id > y->id);
}

/* One contact after the other, the newest of all so far being kept: so a page
 * costs the same however many messages there are. */
enum status message_store_list(struct db *db, struct arena *a,
    struct contact_id contact, int64_t until, uint64_t below, size_t limit,
    struct message **rows, size_t *count, struct err *e)
{
	struct listing l = {.until = until < LATEST ? until : LATEST,
	    .below = below,
	    .limit = limit};
	uint64_t *ids = NULL;
	size_t people = 0;
	enum status st = person_ids(db, a, contact, &ids, &people, e);

	l.rows = arena_alloc(a, (2 * limit + 1) * sizeof(*l.rows));
	for (size_t i = 0; st == STATUS_OK && i < people; i++) {
		st = list_one(db, a, contact, ids[i], &l, e);
		if (i)
			qsort(l.rows, l.count, sizeof(*l.rows), newest_first);
		if (l.count > limit)
			l.count = limit;
	}
	*rows = l.rows;
	*count = l.count;
	return st;
}

enum status webhook_event_add(
    struct db *db, const struct webhook_event *v, struct err *e)
{
	struct db_query *q = db_query(db, SQL[EVENT_ADD]);

	db_put_text(q, v->field);
	db_put_text(q, v->reason);
	db_put_text(q, v->body);
	db_put_time(q, v->received_at);
	return db_exec(q, NULL, e);
}

enum status webhook_event_list(struct db *db, struct arena *a, uint64_t below,
    size_t limit, struct webhook_event **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[EVENT_LIST]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	db_put_u64(q, WEBHOOK_EVENT_SHOWN);
	db_put_u64(q, below ? below : UINT64_MAX);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct webhook_event *v = &(*rows)[(*count)++];

		v->id = db_get_u64(q);
		v->field = db_get_text(q, a);
		v->reason = db_get_text(q, a);
		v->body = db_get_text(q, a);
		v->received_at = db_get_time(q);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
