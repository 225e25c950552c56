/* trash.c: contacts into the trash, out of it, and away for good */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/trash.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "domain/privacy/suppression.h"
#include "storage/audit_store.h"
#include "storage/contact_handover_store.h"
#include "storage/contact_store.h"
#include "storage/contact_trash_store.h"
#include "storage/setting_store.h"
#include "storage/trash_store.h"

#define DAY_MS (24LL * 3600 * 1000)

/* What is done with one contact: one of the functions of
 * contact_trash_store.h. */
typedef enum status (*trash_step)(struct db *db, struct arena *a,
    const uint64_t *id, const struct actor *actor, uint64_t *changed,
    struct err *e);

/* Some contacts, in one transaction; each that changes has its line in the
 * audit log. */
struct handling {
	struct arena *arena;
	const struct actor *actor;
	const uint64_t *ids;
	size_t n;
	uint64_t count;
	trash_step step;
	const char *action; /* of the audit log */
};

static enum status handle(struct db *db, void *arg, struct err *e)
{
	struct handling *h = arg;
	enum status st = STATUS_OK;

	h->count = 0;
	for (size_t i = 0; st == STATUS_OK && i < h->n; i++) {
		const struct contact_id id = {h->ids[i]};
		uint64_t changed = 0;

		st = h->step(db, h->arena, &id.n, h->actor, &changed, e);
		if (st == STATUS_OK && changed)
			st = audit_add(db, h->actor, h->action,
			    contact_subject_text(h->arena, id), "", e);
		h->count += changed;
	}
	return st;
}

static enum status put_one(struct db *db, struct arena *a, const uint64_t *id,
    const struct actor *actor, uint64_t *changed, struct err *e)
{
	const struct batch_origin origin = {.actor = *actor};

	return contact_batch_trash(
	    db, a, id, 1, REVISION_TRASH, &origin, clock_now(), changed, e);
}

static enum status restore_one(struct db *db, struct arena *a,
    const uint64_t *id, const struct actor *actor, uint64_t *changed,
    struct err *e)
{
	const struct batch_origin origin = {.actor = *actor};

	return contact_batch_restore(
	    db, a, id, 1, REVISION_RESTORE, &origin, clock_now(), changed, e);
}

/* Somebody who has opted out must not come back as a fresh contact: the list
 * of suppressions remembers it when the contact goes. */
static enum status remember_optout(
    struct db *db, struct arena *a, const struct contact *c, struct err *e)
{
	struct suppression_value values[SUPPRESSION_VALUES];
	int64_t at = 0;

	if (!str_equal(c->value[FIELD_WHATSAPP_OPTED], "no"))
		return STATUS_OK;
	clock_parse(c->value[FIELD_WHATSAPP_OPTED_AT], true, &at);
	size_t n = suppression_values(c->value, 0, values);

	return suppression_add(
	    db, a, values, n, SUPPRESSION_OPTED_OUT, at, "purge", e);
}

/* What is left of a contact that is in the trash and goes for good. */
static enum status leave(
    struct db *db, struct arena *a, struct contact_id id, struct err *e)
{
	struct contact c;
	enum status st = contact_store_get(db, a, id, true, &c, e);

	if (st == STATUS_NOT_FOUND || (st == STATUS_OK && !c.trashed_at))
		return STATUS_OK;
	if (st == STATUS_OK)
		st = remember_optout(db, a, &c, e);
	return st == STATUS_OK && c.merged_into
		   ? contact_hand_over(
			 db, id, (struct contact_id){c.merged_into}, e)
		   : st;
}

static enum status purge_one(struct db *db, struct arena *a, const uint64_t *id,
    const struct actor *actor, uint64_t *changed, struct err *e)
{
	enum status st = leave(db, a, (struct contact_id){*id}, e);

	(void)actor;
	return st == STATUS_OK ? contact_batch_purge(db, a, id, 1, changed, e)
			       : st;
}

enum status trash_put(struct db *db, struct arena *a, const struct actor *actor,
    struct contact_id id, struct err *e)
{
	struct handling h = {a, actor, &id.n, 1, 0, put_one, "contact.trash"};
	enum status st = db_transact(db, handle, &h, e);

	if (st == STATUS_OK && !h.count)
		return ERR(e, STATUS_NOT_FOUND, "no such contact in the book");
	return st;
}

enum status trash_restore(struct db *db, struct arena *a,
    const struct actor *actor, const uint64_t *ids, size_t n, uint64_t *count,
    struct err *e)
{
	struct handling h = {
	    a, actor, ids, n, 0, restore_one, "contact.restore"};
	enum status st = n ? db_transact(db, handle, &h, e) : STATUS_OK;

	*count = h.count;
	return st;
}

enum status trash_purge(struct db *db, struct arena *a,
    const struct actor *actor, const uint64_t *ids, size_t n, uint64_t *count,
    struct err *e)
{
	struct handling h = {a, actor, ids, n, 0, purge_one, "contact.purge"};
	enum status st = n ? db_transact(db, handle, &h, e) : STATUS_OK;

	*count = h.count;
	return st;
}

/* --- all of it, in batches --- */

struct emptying {
	struct arena *arena;
	const struct actor *actor;
	int64_t upto;
};

static enum status write_empty(struct db *db, void *arg, struct err *e)
{
	const struct emptying *x = arg;
	uint64_t count = 0;
	enum status st = trash_store_count(db, x->upto, &count, e);

	if (st == STATUS_OK && count)
		st = trash_purge_insert(db, x->actor, x->upto, e);
	if (st == STATUS_OK && count)
		st = audit_add(db, x->actor, "trash.empty", "trash",
		    arena_printf(
			x->arena, "%llu contacts", (unsigned long long)count),
		    e);
	return st;
}

enum status trash_empty(struct db *db, struct arena *a,
    const struct actor *actor, int64_t upto, struct err *e)
{
	struct emptying x = {a, actor, upto};

	return db_transact(db, write_empty, &x, e);
}

/* Those that came until a moment, at most a batch of them. */
static enum status purge_due(struct db *db, struct arena *a, int64_t upto,
    size_t *due, uint64_t *purged, struct err *e)
{
	uint64_t *ids;
	bool *leaving;
	enum status st =
	    trash_store_due(db, a, upto, TRASH_BATCH, &ids, &leaving, due, e);

	*purged = 0;
	for (size_t i = 0; st == STATUS_OK && i < *due; i++)
		if (leaving[i])
			st = leave(db, a, (struct contact_id){ids[i]}, e);
	if (st == STATUS_OK && *due)
		st = contact_batch_purge(db, a, ids, *due, purged, e);
	return st;
}

static enum status empty_batch(struct db *db, void *arg, struct err *e)
{
	uint64_t id = 0, purged;
	int64_t upto = 0;
	size_t due = 0;
	struct arena a;
	enum status st = trash_purge_lock(db, &id, &upto, e);

	(void)arg;
	if (st != STATUS_OK)
		return st;
	arena_init(&a);
	st = purge_due(db, &a, upto, &due, &purged, e);
	arena_release(&a);
	if (st != STATUS_OK)
		return st;
	return due < TRASH_BATCH ? trash_purge_delete(db, id, e)
				 : trash_purge_advance(db, id, purged, e);
}

enum status trash_empty_work(struct db *db, struct err *e)
{
	return db_transact(db, empty_batch, NULL, e);
}

static enum status expire_batch(struct db *db, void *arg, struct err *e)
{
	static const struct actor nobody = {.address = ""};
	const int64_t *upto = arg;
	uint64_t purged;
	size_t due = 0;
	struct arena a;

	arena_init(&a);
	enum status st = purge_due(db, &a, *upto, &due, &purged, e);

	if (st == STATUS_OK && !due)
		st = ERR(e, STATUS_NOT_FOUND, "nothing is over its time");
	if (st == STATUS_OK)
		st = audit_add(db, &nobody, "trash.expire", "trash",
		    arena_printf(
			&a, "%llu contacts", (unsigned long long)purged),
		    e);
	arena_release(&a);
	return st;
}

enum status trash_expire(struct db *db, struct err *e)
{
	uint64_t days = 0;
	enum status st = setting_get_u64(db, "trash.days", &days, e);

	if (st != STATUS_OK)
		return st;
	if (!days)
		return ERR(e, STATUS_NOT_FOUND, "the trash is kept for ever");
	int64_t upto = clock_now() - (int64_t)days * DAY_MS;

	return db_transact(db, expire_batch, &upto, e);
}
