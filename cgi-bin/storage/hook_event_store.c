/* hook_event_store.c: what happened and outgoing webhooks are to tell */
/* SPDX-License-Identifier: MIT */
#include "storage/hook_event_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"

#define CONTACTS_MAX (8u << 20) /* bytes of a list of contacts */

enum sql {
	WANTED,
	INSERT,
	FORGET_EVENTS,
	FORGET_ATTEMPTS,
	FORGET_DELIVERIES,
	OLDEST,
	TAKE,
	DELETE,
	ORIGIN,
	OPTED_OUT_CHANGED,
	OPTED_OUT_CREATED
};

/* The rows of a list of contacts. */
#define LISTED                                                                 \
	"JSON_TABLE(?, '$[*]' COLUMNS(id BIGINT UNSIGNED PATH '$[0]',"         \
	" version BIGINT UNSIGNED PATH '$[1]')) AS listed"

static const char *const SQL[] = {
    [WANTED] = "SELECT COALESCE(BIT_OR(events), 0) FROM hook"
	       " WHERE active AND NOT deleted AND (during_imports OR NOT ?)",
    [INSERT] = "INSERT INTO hook_event (what, contact_id, version, contacts,"
	       " import_id, job_id, member_id, token_id, purpose, origin, at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    /* First those that are still to be made deliveries of: whoever makes them
     * holds the row until they are there to be deleted. */
    [FORGET_EVENTS] =
	"DELETE FROM hook_event WHERE contact_id = ? AND what <> 'deleted'",
    /* As a join: of a subquery the server would try each attempt. With a list,
     * since it takes no arrays for a join. */
    [FORGET_ATTEMPTS] =
	"DELETE hook_attempt FROM JSON_TABLE(?, '$[*]' COLUMNS("
	"id BIGINT UNSIGNED PATH '$')) AS listed STRAIGHT_JOIN hook_delivery"
	" ON hook_delivery.contact_id = listed.id STRAIGHT_JOIN hook_attempt"
	" ON hook_attempt.delivery_id = hook_delivery.id",
    [FORGET_DELIVERIES] = "DELETE FROM hook_delivery WHERE contact_id = ?",
    [OLDEST] = "SELECT id FROM hook_event ORDER BY id LIMIT ?",
    [TAKE] = "SELECT what, contact_id, version, contacts, import_id, job_id,"
	     " member_id, token_id, purpose, origin, at FROM hook_event"
	     " WHERE id = ? FOR UPDATE SKIP LOCKED",
    [DELETE] = "DELETE FROM hook_event WHERE id = ?",
    [ORIGIN] = "SELECT status, origin FROM contact_consent WHERE contact_id = ?"
	       " AND purpose = 'whatsapp_marketing'"
	       " ORDER BY at DESC, id DESC LIMIT 1",
    [OPTED_OUT_CHANGED] =
	"SELECT DISTINCT contact.id FROM " LISTED
	" JOIN contact_revision ON contact_revision.contact_id = listed.id"
	" AND contact_revision.version = listed.version"
	" JOIN contact ON contact.id = listed.id"
	" WHERE JSON_EXISTS(contact_revision.before_values,"
	" '$.whatsapp_opted') AND contact.whatsapp_opted = 'no'"
	" ORDER BY contact.id",
    [OPTED_OUT_CREATED] = "SELECT contact.id FROM " LISTED
			  " JOIN contact ON contact.id = listed.id"
			  " WHERE contact.whatsapp_opted = 'no'"
			  " ORDER BY contact.id",
};

static const char *const whats[HOOK_WHATS] = {
    [HOOK_CREATED] = "created",
    [HOOK_CHANGED] = "changed",
    [HOOK_DELETED] = "deleted",
    [HOOK_OPTED_OUT] = "opted_out",
    [HOOK_IMPORT] = "import",
};

#define OPT_OUT_FILE "opt_out_file"

bool hook_cause_is_silent(const struct hook_cause *c)
{
	return c->import.n && !c->opt_outs;
}

/* --- writing --- */

/* The sum of the events that some webhook wants. */
static enum status wanted(
    struct db *db, bool by_import, unsigned *events, struct err *e)
{
	struct db_query *q = db_query(db, SQL[WANTED]);

	db_put_bool(q, by_import);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*events = (unsigned)db_get_u64(q);
	db_done(q);
	return st;
}

static void put_cause(struct db_query *q, const struct hook_cause *c)
{
	db_put_id(q, c->import.n);
	db_put_id(q, c->job.n);
	db_put_id(q, c->actor.member.n);
	db_put_id(q, c->actor.token.n);
}

static enum status insert(
    struct db *db, const struct hook_happening *h, struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);

	db_put_text(q, whats[h->what]);
	db_put_id(q, h->contact.n);
	db_put_u64(q, h->version);
	db_put_text_or_null(q, h->contacts);
	put_cause(q, &h->cause);
	db_put_text(q, str_or_empty(h->purpose));
	db_put_text(
	    q, h->cause.opt_outs ? OPT_OUT_FILE : str_or_empty(h->origin));
	db_put_time(q, h->at);
	return db_exec(q, NULL, e);
}

static bool is_wanted(unsigned events, const struct hook_item *item)
{
	return (events & HOOK_CONTACT_CHANGED) ||
	       ((events & HOOK_CONTACT_OPTED_OUT) && item->consent);
}

static void put_list(struct str *s, unsigned events,
    const struct hook_item *items, size_t n, size_t *count)
{
	str_addc(s, '[');
	for (size_t i = 0; i < n; i++) {
		if (!is_wanted(events, &items[i]))
			continue;
		str_printf(s, "%s[%llu,%llu]", *count ? "," : "",
		    (unsigned long long)items[i].contact,
		    (unsigned long long)items[i].version);
		++*count;
	}
	str_addc(s, ']');
}

static enum status insert_many(struct db *db, const struct hook_happening *h,
    unsigned events, const struct hook_item *items, size_t n, struct err *e)
{
	struct hook_happening one = *h;
	size_t count = 0;
	enum status st = STATUS_OK;
	struct str s;

	str_init(&s, CONTACTS_MAX);
	put_list(&s, events, items, n, &count);
	one.contacts = str_text(&s);
	if (s.full)
		st = ERR(e, STATUS_FAILED, "too many contacts for an event");
	else if (count)
		st = insert(db, &one, e);
	str_release(&s);
	return st;
}

/* One row of the contacts that somebody wants to hear of. */
static enum status insert_wanted(struct db *db, struct hook_happening *h,
    unsigned events, const struct hook_item *items, size_t n, struct err *e)
{
	if (n > 1)
		return insert_many(db, h, events, items, n, e);
	if (!is_wanted(events, items))
		return STATUS_OK;
	h->contact.n = items->contact;
	h->version = items->version;
	return insert(db, h, e);
}

enum status hook_event_contacts(struct db *db, enum hook_what what,
    const struct hook_item *items, size_t n, const struct hook_cause *cause,
    int64_t at, struct err *e)
{
	struct hook_happening h = {.what = what, .cause = *cause, .at = at};
	unsigned events = 0;

	if (!n)
		return STATUS_OK;
	enum status st = wanted(db, hook_cause_is_silent(cause), &events, e);

	if (st != STATUS_OK || !events)
		return st;
	return insert_wanted(db, &h, events, items, n, e);
}

enum status hook_event_opted_out(struct db *db, const uint64_t *contacts,
    size_t n, const char *purpose, const char *origin,
    const struct hook_cause *cause, int64_t at, struct err *e)
{
	struct hook_happening h = {.what = HOOK_OPTED_OUT,
	    .cause = *cause,
	    .purpose = purpose,
	    .origin = origin,
	    .at = at};
	unsigned events = 0;
	enum status st = wanted(db, hook_cause_is_silent(cause), &events, e);

	if (st != STATUS_OK || !n || !(events & HOOK_CONTACT_OPTED_OUT))
		return st;
	struct hook_item *items = xcalloc(n, sizeof(*items));

	for (size_t i = 0; i < n; i++)
		items[i] = (struct hook_item){contacts[i], 0, true};
	st = insert_wanted(db, &h, events, items, n, e);
	free(items);
	return st;
}

enum status hook_event_import(
    struct db *db, struct import_id import, struct err *e)
{
	const struct hook_happening h = {.what = HOOK_IMPORT,
	    .cause = {.import = import},
	    .at = clock_now()};
	unsigned events = 0;
	enum status st = wanted(db, false, &events, e);

	if (st != STATUS_OK || !(events & HOOK_IMPORT_FINISHED))
		return st;
	return insert(db, &h, e);
}

static enum status forget_attempts(
    struct db *db, const uint64_t *contacts, size_t n, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FORGET_ATTEMPTS]);
	struct json_writer w;
	struct str list;

	str_init(&list, CONTACTS_MAX);
	json_writer_init(&w, &list);
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		json_put_int(&w, (int64_t)contacts[i]);
	json_close(&w, ']');
	db_put_text(q, str_text(&list));
	str_release(&list);
	return db_exec(q, NULL, e);
}

enum status hook_forget_contacts(
    struct db *db, const uint64_t *contacts, size_t n, struct err *e)
{
	const struct db_column column = {
	    .kind = DB_NUMBERS, .numbers = contacts};
	enum status st = db_bulk(db, SQL[FORGET_EVENTS], &column, 1, n, e);

	if (st == STATUS_OK)
		st = forget_attempts(db, contacts, n, e);
	return st == STATUS_OK
		   ? db_bulk(db, SQL[FORGET_DELIVERIES], &column, 1, n, e)
		   : st;
}

enum status hook_forget_contact(
    struct db *db, struct contact_id contact, struct err *e)
{
	return hook_forget_contacts(db, &contact.n, 1, e);
}

/* --- taking --- */

static enum status read_ids(struct db_query *q, struct arena *a, size_t room,
    uint64_t **ids, size_t *count, struct err *e)
{
	enum status st = db_run(q, e);

	*ids = arena_raw(a, (room + 1) * sizeof(**ids));
	*count = 0;
	while (st == STATUS_OK && *count < room &&
	       (st = db_next(q, e)) == STATUS_OK)
		(*ids)[(*count)++] = db_get_u64(q);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status hook_event_oldest(struct db *db, struct arena *a, size_t limit,
    uint64_t **ids, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OLDEST]);

	db_put_u64(q, limit);
	return read_ids(q, a, limit, ids, count, e);
}

static enum hook_what what_of(const char *word)
{
	int i = 0;

	while (i < HOOK_WHATS - 1 && !str_equal(word, whats[i]))
		i++;
	return (enum hook_what)i;
}

enum status hook_event_take(struct db *db, struct arena *a, uint64_t id,
    struct hook_happening *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TAKE]);

	db_put_u64(q, id);
	enum status st = db_one(q, e);

	*out = (struct hook_happening){.id = id, .cause.actor.address = ""};
	if (st == STATUS_OK) {
		out->what = what_of(db_get_text(q, a));
		out->contact.n = db_get_u64(q);
		out->version = db_get_u64(q);
		out->contacts = db_get_text(q, a);
		out->cause.import.n = db_get_u64(q);
		out->cause.job.n = db_get_u64(q);
		out->cause.actor.member.n = db_get_u64(q);
		out->cause.actor.token.n = db_get_u64(q);
		out->purpose = db_get_text(q, a);
		out->origin = db_get_text(q, a);
		out->cause.opt_outs = str_equal(out->origin, OPT_OUT_FILE);
		out->at = db_get_time(q);
	}
	db_done(q);
	return st;
}

enum status hook_event_delete(struct db *db, uint64_t id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DELETE]);

	db_put_u64(q, id);
	return db_exec(q, NULL, e);
}

enum status hook_event_split(struct db *db, const struct hook_happening *h,
    const struct hook_item *items, size_t n, struct err *e)
{
	enum status st = STATUS_OK;

	struct hook_happening one = *h;

	one.contacts = NULL;
	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		one.contact.n = items[i].contact;
		one.version = items[i].version;
		st = insert(db, &one, e);
	}
	return st == STATUS_OK ? hook_event_delete(db, h->id, e) : st;
}

enum status hook_event_origin(struct db *db, struct arena *a,
    struct contact_id contact, const char **origin, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ORIGIN]);

	db_put_u64(q, contact.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK && !str_equal(db_get_text(q, a), "withdrawn"))
		st = STATUS_NOT_FOUND;
	if (st == STATUS_OK)
		*origin = db_get_text(q, a);
	db_done(q);
	return st;
}

enum status hook_event_opted_outs(struct db *db, struct arena *a,
    const struct hook_happening *h, uint64_t **ids, size_t *count,
    struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[h->what == HOOK_CREATED ? OPTED_OUT_CREATED
						     : OPTED_OUT_CHANGED]);

	db_put_text(q, h->contacts);
	return read_ids(q, a, strlen(h->contacts) / 4, ids, count, e);
}
