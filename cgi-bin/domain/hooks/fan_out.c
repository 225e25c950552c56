/* fan_out.c: what happened becomes deliveries */
/* SPDX-License-Identifier: MIT */
#include "domain/hooks/fan_out.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "domain/hooks/payload.h"
#include "storage/hook_delivery_store.h"
#include "storage/hook_event_store.h"
#include "storage/hook_store.h"
#include "storage/import_store.h"
#include "storage/job_store.h"

#define AT_A_TIME 50

struct fan {
	struct db *db;
	struct arena *arena;
	struct err *err;
	uint64_t id; /* of the event */
	struct hook *hooks;
	size_t hook_count;
	struct hook_happening h;
	bool silent; /* only webhooks that want to hear of imports hear of it */
};

static bool wants(
    const struct fan *f, const struct hook *hook, enum hook_event event)
{
	if (!hook->active || !(hook->events & (unsigned)event))
		return false;
	return event == HOOK_IMPORT_FINISHED || hook->during_imports ||
	       !f->silent;
}

/* One delivery for each webhook that wants the event. */
static enum status deliver(
    struct fan *f, enum hook_event event, const struct payload *p)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < f->hook_count; i++) {
		struct hook_delivery d = {.hook = f->hooks[i].id,
		    .event = p->event,
		    .contact = p->contact,
		    .body = p->body};

		if (wants(f, &f->hooks[i], event))
			st = hook_delivery_insert(f->db, f->arena, &d, f->err);
	}
	return st;
}

/* --- many --- */

static enum status read_items(
    struct fan *f, struct hook_item **items, size_t *n)
{
	struct json_t *list;
	enum status st = json_parse(
	    f->arena, f->h.contacts, strlen(f->h.contacts), &list, f->err);

	if (st != STATUS_OK)
		return ERR(f->err, STATUS_FAILED, "event %llu is broken",
		    (unsigned long long)f->id);
	*n = json_count(list);
	*items = arena_alloc(f->arena, (*n + 1) * sizeof(**items));
	for (size_t i = 0; i < *n; i++) {
		int64_t id = 0, version = 0;

		json_int(json_at(json_at(list, i), 0), &id);
		json_int(json_at(json_at(list, i), 1), &version);
		(*items)[i].contact = (uint64_t)id;
		(*items)[i].version = (uint64_t)version;
	}
	return STATUS_OK;
}

/* Whether the contacts of an import, a job or another change are few enough to
 * be told one by one. */
static enum status is_small(struct fan *f, size_t n, bool *small)
{
	const struct hook_cause *c = &f->h.cause;
	enum status st = STATUS_NOT_FOUND;
	struct import_row import;
	struct job job;

	*small = n <= HOOK_ONE_BY_ONE_LOOSE;
	if (c->job.n) {
		st = job_store_get(f->db, f->arena, c->job, &job, f->err);
		if (st == STATUS_OK)
			*small = job.counts.matched <= HOOK_ONE_BY_ONE;
	} else if (c->import.n) {
		st = import_store_get(
		    f->db, f->arena, c->import, &import, f->err);
		if (st == STATUS_OK)
			*small = import.head.total_rows <= HOOK_ONE_BY_ONE;
	}
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status tell_opted_outs(struct fan *f, const uint64_t *ids, size_t n)
{
	struct payload p;

	if (!n)
		return STATUS_OK;
	payload_opted_outs(f->arena, &f->h, ids, n, &p);
	return deliver(f, HOOK_CONTACT_OPTED_OUT, &p);
}

static enum status tell_list(
    struct fan *f, const struct hook_item *items, size_t n)
{
	uint64_t *ids = arena_raw(f->arena, (n + 1) * sizeof(*ids));
	struct payload p;
	size_t count;
	enum status st;

	if (f->h.what == HOOK_OPTED_OUT) {
		for (size_t i = 0; i < n; i++)
			ids[i] = items[i].contact;
		return tell_opted_outs(f, ids, n);
	}
	payload_contacts(f->arena, &f->h, items, n, &p);
	st = deliver(f, HOOK_CONTACT_CHANGED, &p);
	if (st != STATUS_OK || f->h.what == HOOK_DELETED)
		return st;
	st =
	    hook_event_opted_outs(f->db, f->arena, &f->h, &ids, &count, f->err);
	return st == STATUS_OK ? tell_opted_outs(f, ids, count) : st;
}

static enum status tell_many(struct fan *f)
{
	struct hook_item *items = NULL;
	bool small = false;
	size_t n = 0;
	enum status st = read_items(f, &items, &n);

	if (st == STATUS_OK)
		st = is_small(f, n, &small);
	if (st == STATUS_OK && small)
		return hook_event_split(f->db, &f->h, items, n, f->err);
	if (st == STATUS_OK)
		st = tell_list(f, items, n);
	return st == STATUS_OK ? hook_event_delete(f->db, f->id, f->err) : st;
}

/* --- one --- */

static enum status tell_contact(struct fan *f)
{
	struct payload changed, opted_out;
	enum status st = payload_contact(
	    f->db, f->arena, &f->h, &changed, &opted_out, f->err);

	if (st == STATUS_OK)
		st = deliver(f, HOOK_CONTACT_CHANGED, &changed);
	if (st == STATUS_OK && opted_out.body)
		st = deliver(f, HOOK_CONTACT_OPTED_OUT, &opted_out);
	return st;
}

static enum status tell_one(struct fan *f)
{
	struct payload p;
	enum status st = STATUS_OK;

	switch (f->h.what) {
	case HOOK_CREATED:
	case HOOK_CHANGED:
	case HOOK_DELETED:
		st = tell_contact(f);
		break;
	case HOOK_OPTED_OUT:
		st = payload_opted_out(f->db, f->arena, &f->h, &p, f->err);
		if (st == STATUS_OK)
			st = deliver(f, HOOK_CONTACT_OPTED_OUT, &p);
		break;
	case HOOK_IMPORT:
		st = payload_import(f->db, f->arena, &f->h, &p, f->err);
		if (st == STATUS_OK)
			st = deliver(f, HOOK_IMPORT_FINISHED, &p);
		break;
	}
	if (st == STATUS_NOT_FOUND) /* there is nothing to tell any more */
		st = STATUS_OK;
	return st == STATUS_OK ? hook_event_delete(f->db, f->id, f->err) : st;
}

/* The undo of an import is as silent as the import. */
static enum status find_silence(struct fan *f)
{
	const struct hook_cause *c = &f->h.cause;
	struct job job;

	f->silent = hook_cause_is_silent(c);
	if (!c->job.n)
		return STATUS_OK;
	enum status st = job_store_get(f->db, f->arena, c->job, &job, f->err);

	if (st == STATUS_OK)
		f->silent = job.import.n != 0;
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status tell(struct db *db, void *arg, struct err *e)
{
	struct fan *f = arg;

	f->db = db;
	f->err = e;
	enum status st = hook_event_take(db, f->arena, f->id, &f->h, e);

	if (st == STATUS_NOT_FOUND)
		return STATUS_OK; /* another one has it */
	if (st == STATUS_OK)
		st =
		    hook_store_list(db, f->arena, &f->hooks, &f->hook_count, e);
	if (st == STATUS_OK)
		st = find_silence(f);
	if (st != STATUS_OK)
		return st;
	return *f->h.contacts ? tell_many(f) : tell_one(f);
}

/* One that cannot be told must not keep those after it waiting. */
static enum status give_up(struct db *db, uint64_t id, struct err *e)
{
	log_err("an event for webhooks", STATUS_FAILED, e);
	return hook_event_delete(db, id, e);
}

enum status hook_fan_out(struct db *db, struct err *e)
{
	struct arena a;
	uint64_t *ids;
	size_t n;

	arena_init(&a);
	enum status st = hook_event_oldest(db, &a, AT_A_TIME, &ids, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct arena own;
		struct fan f = {.arena = &own, .id = ids[i]};

		arena_init(&own);
		st = db_transact(db, tell, &f, e);
		arena_release(&own);
		if (st == STATUS_FAILED)
			st = give_up(db, ids[i], e);
	}
	arena_release(&a);
	return st == STATUS_OK && !n ? STATUS_NOT_FOUND : st;
}
