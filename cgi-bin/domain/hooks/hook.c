/* hook.c: outgoing webhooks are made, changed, tried and switched off */
/* SPDX-License-Identifier: MIT */
#include "domain/hooks/hook.h"

#include <string.h>

#include "base/crypto.h"
#include "base/http_client.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/hooks/payload.h"
#include "storage/audit_store.h"
#include "storage/hook_delivery_store.h"
#include "storage/hook_store.h"

#define DESCRIPTION_MAX 200 /* letters */
#define ALL_EVENTS                                                             \
	(HOOK_IMPORT_FINISHED | HOOK_CONTACT_CHANGED | HOOK_CONTACT_OPTED_OUT)

unsigned hook_event_of(const char *word)
{
	for (int i = 0; i < HOOK_EVENTS; i++)
		if (str_equal(word, hook_events[i].word))
			return hook_events[i].event;
	return 0;
}

const char *hook_off_text(const struct hook *h)
{
	if (str_equal(h->off_reason, HOOK_OFF_GONE))
		return "Switched off: the receiver answered 410, so it wants "
		       "nothing more.";
	if (str_equal(h->off_reason, HOOK_OFF_FAILING))
		return "Switched off: nothing got through for three days.";
	if (str_equal(h->off_reason, HOOK_OFF_FULL))
		return "Switched off: too many deliveries were waiting.";
	return "";
}

/* --- what an admin says --- */

static const char *description_problem(const char *text)
{
	if (!utf8_valid(text, strlen(text), NULL))
		return "Enter text in UTF-8.";
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ')
			return "Enter it in one line.";
	return utf8_length(text) > DESCRIPTION_MAX
		   ? "Enter at most 200 letters."
		   : NULL;
}

static bool check(const struct hook *h, struct hook_problem *problem)
{
	*problem = (struct hook_problem){
	    "url", http_url_problem(h->url, HOOK_URL_MAX)};
	if (problem->text)
		return false;
	*problem = (struct hook_problem){
	    "description", description_problem(h->description)};
	if (problem->text)
		return false;
	*problem = (struct hook_problem){
	    "events", h->events && !(h->events & ~(unsigned)ALL_EVENTS)
			  ? NULL
			  : "Choose at least one event."};
	return !problem->text;
}

struct work {
	struct arena *arena;
	const struct actor *actor;
	struct hook hook;
	struct hook_problem *problem;
	uint64_t again_of; /* a delivery */
	uint64_t delivery; /* the new one */
};

static enum status audit(struct db *db, const struct work *w,
    const char *action, const char *details, struct err *e)
{
	return audit_add(db, w->actor, action,
	    arena_printf(
		w->arena, "webhook %llu", (unsigned long long)w->hook.id.n),
	    details, e);
}

/* The choices in words; an address can hold a password of the receiver's, so
 * that is left out. */
static const char *choices(struct arena *a, const struct hook *h)
{
	const char *text = "";

	for (int i = 0; i < HOOK_EVENTS; i++)
		if (h->events & (unsigned)hook_events[i].event)
			text = arena_printf(a, "%s%s%s", text,
			    *text ? ", " : "", hook_events[i].word);
	return arena_printf(a, "%s%s%s", text,
	    h->during_imports ? ", during imports too" : "",
	    h->active ? "" : ", off");
}

static const char *new_secret(struct arena *a)
{
	char token[CRYPTO_TOKEN_SIZE];

	crypto_token(token);
	return arena_strdup(a, token);
}

static enum status create(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct hook *rows;
	size_t n;
	enum status st = hook_store_list(db, w->arena, &rows, &n, e);

	if (st == STATUS_OK && n >= HOOKS_MAX) {
		*w->problem = (struct hook_problem){
		    "", "There are 20 webhooks already: delete one first."};
		return ERR(e, STATUS_INVALID, "too many webhooks");
	}
	if (st == STATUS_OK)
		st = hook_store_insert(db, &w->hook, e);
	return st == STATUS_OK ? audit(db, w, "webhook.create",
				     choices(w->arena, &w->hook), e)
			       : st;
}

enum status hook_create(struct db *db, struct arena *a,
    const struct actor *actor, struct hook *h, struct hook_problem *problem,
    struct err *e)
{
	if (!check(h, problem))
		return ERR(e, STATUS_INVALID, "%s", problem->text);
	struct work w = {
	    .arena = a, .actor = actor, .hook = *h, .problem = problem};

	w.hook.secret = new_secret(a);
	enum status st = db_transact(db, create, &w, e);

	*h = w.hook;
	return st;
}

static enum status change(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct hook was;
	enum status st =
	    hook_store_get(db, w->arena, w->hook.id, true, &was, e);

	if (st != STATUS_OK)
		return st;
	struct hook now = was;
	bool moved = !str_equal(was.url, w->hook.url);

	now.url = w->hook.url;
	now.description = w->hook.description;
	now.events = w->hook.events;
	now.during_imports = w->hook.during_imports;
	now.active = w->hook.active;
	if (now.active && !was.active) {
		now.off_reason = "";
		now.failing_since = 0;
	}
	st = hook_store_update(db, &now, e);
	return st == STATUS_OK
		   ? audit(db, w, "webhook.change",
			 arena_printf(w->arena, "%s%s", choices(w->arena, &now),
			     moved ? ", another address" : ""),
			 e)
		   : st;
}

enum status hook_change(struct db *db, struct arena *a,
    const struct actor *actor, const struct hook *said,
    struct hook_problem *problem, struct err *e)
{
	struct work w = {
	    .arena = a, .actor = actor, .hook = *said, .problem = problem};

	if (!check(said, problem))
		return ERR(e, STATUS_INVALID, "%s", problem->text);
	return db_transact(db, change, &w, e);
}

static enum status renew(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	enum status st =
	    hook_store_get(db, w->arena, w->hook.id, true, &w->hook, e);

	w->hook.secret = new_secret(w->arena);
	if (st == STATUS_OK)
		st = hook_store_update(db, &w->hook, e);
	return st == STATUS_OK ? audit(db, w, "webhook.secret", "renewed", e)
			       : st;
}

enum status hook_renew_secret(struct db *db, struct arena *a,
    const struct actor *actor, struct hook_id id, struct hook *out,
    struct err *e)
{
	struct work w = {.arena = a, .actor = actor, .hook = {.id = id}};
	enum status st = db_transact(db, renew, &w, e);

	*out = w.hook;
	return st;
}

static enum status delete_it(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	enum status st = hook_store_delete(db, w->hook.id, e);

	return st == STATUS_OK ? audit(db, w, "webhook.delete", "", e) : st;
}

enum status hook_delete(struct db *db, struct arena *a,
    const struct actor *actor, struct hook_id id, struct err *e)
{
	struct work w = {.arena = a, .actor = actor, .hook = {.id = id}};

	return db_transact(db, delete_it, &w, e);
}

/* --- by hand --- */

static enum status load_active(struct db *db, struct work *w, struct err *e)
{
	enum status st =
	    hook_store_get(db, w->arena, w->hook.id, true, &w->hook, e);

	if (st == STATUS_OK && !w->hook.active)
		return ERR(e, STATUS_CONFLICT, "the webhook is off");
	return st;
}

static enum status ping(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct payload p;
	enum status st = load_active(db, w, e);

	if (st != STATUS_OK)
		return st;
	payload_ping(w->arena, w->hook.id, &p);
	struct hook_delivery d = {
	    .hook = w->hook.id, .event = p.event, .body = p.body};

	st = hook_delivery_insert(db, w->arena, &d, e);
	w->delivery = d.id;
	return st == STATUS_OK ? audit(db, w, "webhook.ping", "", e) : st;
}

enum status hook_ping(struct db *db, struct arena *a, const struct actor *actor,
    struct hook_id id, uint64_t *out, struct err *e)
{
	struct work w = {.arena = a, .actor = actor, .hook = {.id = id}};
	enum status st = db_transact(db, ping, &w, e);

	*out = w.delivery;
	return st;
}

static enum status redeliver(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct hook_delivery old;
	uint64_t id = w->again_of;
	enum status st = load_active(db, w, e);

	if (st == STATUS_OK)
		st = hook_delivery_get(db, w->arena, w->hook.id, id, &old, e);
	if (st == STATUS_OK && old.state == HOOK_WAITING)
		st = hook_delivery_end(db, id, e);
	if (st != STATUS_OK)
		return st;
	struct hook_delivery d = {.hook = w->hook.id,
	    .event = old.event,
	    .contact = old.contact,
	    .body = old.body,
	    .again_of = id};

	st = hook_delivery_insert(db, w->arena, &d, e);
	if (st == STATUS_OK)
		st = audit(db, w, "webhook.redeliver",
		    arena_printf(w->arena, "delivery %llu as %llu",
			(unsigned long long)id, (unsigned long long)d.id),
		    e);
	w->delivery = d.id;
	return st;
}

enum status hook_redeliver(struct db *db, struct arena *a,
    const struct actor *actor, struct hook_id id, uint64_t delivery,
    uint64_t *out, struct err *e)
{
	struct work w = {.arena = a,
	    .actor = actor,
	    .hook = {.id = id},
	    .again_of = delivery};
	enum status st = db_transact(db, redeliver, &w, e);

	*out = w.delivery;
	return st;
}

enum status hook_switch_off(
    struct db *db, struct hook_id id, const char *reason, struct err *e)
{
	const struct actor nobody = {.address = ""};
	struct arena a;
	enum status st = hook_store_switch_off(db, id, reason, e);

	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	arena_init(&a);
	if (st == STATUS_OK)
		st = audit_add(db, &nobody, "webhook.off",
		    arena_printf(&a, "webhook %llu", (unsigned long long)id.n),
		    reason, e);
	arena_release(&a);
	return st;
}
