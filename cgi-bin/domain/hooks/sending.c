/* sending.c: deliveries go out, several at a time */
/* SPDX-License-Identifier: MIT */
#include "domain/hooks/sending.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/http_client.h"
#include "base/log.h"
#include "base/str.h"
#include "domain/hooks/hook.h"
#include "domain/hooks/retry.h"
#include "domain/hooks/signature.h"
#include "storage/hook_delivery_store.h"
#include "storage/hook_store.h"
#include "storage/setting_store.h"

#define LOOKED_AT 16 /* deliveries of a webhook, to find some to send */
#define PURGED_AT_A_TIME 200

/* A delivery that is under way. */
struct slot {
	struct arena arena;
	bool used;
	struct hook_delivery delivery;
	struct hook_attempt attempt;
	int64_t failing_since; /* of the webhook, as it was */
};

struct hook_sending {
	const struct conf *conf;
	struct db *db;
	struct http_client *client;
	struct slot slots[HOOKS_MAX * HOOK_AT_A_TIME];
};
#define SLOTS (HOOKS_MAX * HOOK_AT_A_TIME)

struct hook_sending *hook_sending_new(const struct conf *conf, struct db *db)
{
	struct hook_sending *s = xcalloc(1, sizeof(*s));

	s->conf = conf;
	s->db = db;
	s->client = http_client_new(conf->hook_timeout_ms);
	for (size_t i = 0; i < SLOTS; i++)
		arena_init(&s->slots[i].arena);
	return s;
}

void hook_sending_free(struct hook_sending *s)
{
	if (!s)
		return;
	http_client_free(s->client);
	for (size_t i = 0; i < SLOTS; i++)
		arena_release(&s->slots[i].arena);
	free(s);
}

size_t hook_sending_count(const struct hook_sending *s)
{
	return http_client_count(s->client);
}

/* --- out --- */

static struct slot *free_slot(struct hook_sending *s)
{
	for (size_t i = 0; i < SLOTS; i++)
		if (!s->slots[i].used)
			return &s->slots[i];
	return NULL;
}

static size_t under_way(const struct hook_sending *s, struct hook_id hook)
{
	size_t n = 0;

	for (size_t i = 0; i < SLOTS; i++)
		n += s->slots[i].used && s->slots[i].delivery.hook.n == hook.n;
	return n;
}

/* Whether one about the same contact goes to the same webhook already. */
static bool is_in_turn(
    const struct hook_sending *s, const struct hook_delivery *d)
{
	for (size_t i = 0; d->contact && i < SLOTS; i++) {
		const struct slot *x = &s->slots[i];

		if (x->used && x->delivery.hook.n == d->hook.n &&
		    x->delivery.contact == d->contact)
			return false;
	}
	return true;
}

static void slot_fill(
    struct slot *x, const struct hook *hook, const struct hook_delivery *d)
{
	struct arena *a = &x->arena;

	arena_reset(a);
	x->delivery = *d;
	x->delivery.uid = arena_strdup(a, d->uid);
	x->delivery.event = arena_strdup(a, d->event);
	x->delivery.body = arena_strdup(a, d->body);
	x->attempt = (struct hook_attempt){.number = d->attempts,
	    .at = clock_now(),
	    .error = "",
	    .response = ""};
	x->attempt.signature = hook_signature_timed(
	    a, hook->secret, x->attempt.at / 1000, d->body);
	x->failing_since = hook->failing_since;
	x->used = true;
}

static bool post(
    struct hook_sending *s, struct slot *x, const struct hook *hook)
{
	const struct hook_delivery *d = &x->delivery;
	const struct http_post request = {
	    .url = hook->url,
	    .headers = hook_request_headers(&x->arena, d,
		hook_signature_body(&x->arena, hook->secret, d->body),
		x->attempt.signature, x->attempt.at),
	    .body = d->body,
	    .body_length = strlen(d->body),
	    .tag = x,
	};

	return http_client_post(s->client, &request);
}

static enum status record(struct hook_sending *s, struct slot *x,
    const struct http_answer *answer, struct err *e);

static enum status send_one(struct hook_sending *s, const struct hook *hook,
    struct hook_delivery *d, struct err *e)
{
	static const struct http_answer none = {
	    .error = "the address is refused", .body = ""};
	struct slot *x = free_slot(s);
	int64_t until = clock_now() + 2 * (int64_t)s->conf->hook_timeout_ms;

	if (!x || !is_in_turn(s, d))
		return STATUS_OK;
	enum status st = hook_delivery_claim(s->db, d, until, e);

	if (st == STATUS_CONFLICT) /* another process has it */
		return STATUS_OK;
	if (st != STATUS_OK)
		return st;
	slot_fill(x, hook, d);
	return post(s, x, hook) ? STATUS_OK : record(s, x, &none, e);
}

static enum status send_some(
    struct hook_sending *s, const struct hook *hook, struct err *e)
{
	struct arena a;
	struct hook_delivery *rows;
	size_t n;

	if (under_way(s, hook->id) >= HOOK_AT_A_TIME)
		return STATUS_OK;
	arena_init(&a);
	enum status st = hook_delivery_due(
	    s->db, &a, hook->id, clock_now(), LOOKED_AT, &rows, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n &&
			   under_way(s, hook->id) < HOOK_AT_A_TIME;
	     i++)
		st = send_one(s, hook, &rows[i], e);
	arena_release(&a);
	return st;
}

enum status hook_sending_begin(struct hook_sending *s, struct err *e)
{
	struct arena a;
	struct hook *hooks;
	size_t n;

	arena_init(&a);
	enum status st = hook_store_due(s->db, &a, clock_now(), &hooks, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		st = send_some(s, &hooks[i], e);
	arena_release(&a);
	return st;
}

/* --- back --- */

static bool is_delivered(const struct hook_attempt *t)
{
	return t->code >= 200 && t->code < 300 && !*t->error;
}

/* The first bytes, as a text: a NUL ends it. */
static const char *first_bytes(struct arena *a, const struct http_answer *r)
{
	size_t n = r->body_length;

	return arena_strndup(
	    a, r->body, n < HOOK_RESPONSE_MAX ? n : HOOK_RESPONSE_MAX);
}

/* What the delivery is after this attempt. */
static void decide(const struct hook_sending *s, struct slot *x,
    const struct http_answer *answer)
{
	struct hook_delivery *d = &x->delivery;
	unsigned char chance;

	d->next_at = 0;
	if (is_delivered(&x->attempt)) {
		d->state = HOOK_DELIVERED;
		return;
	}
	crypto_random(&chance, 1);
	int64_t pause = hook_retry_pause(
	    s->conf->hook_retry_ms, d->attempts, answer->retry_after, chance);

	d->state =
	    pause < 0 || answer->code == 410 ? HOOK_FAILED : HOOK_WAITING;
	if (d->state == HOOK_WAITING)
		d->next_at = clock_now() + pause;
}

static enum status note_failure(
    const struct hook_sending *s, struct db *db, struct slot *x, struct err *e)
{
	const struct hook_delivery *d = &x->delivery;
	int64_t now = clock_now();
	enum status st = hook_store_failed(db, d->hook, now, e);
	const char *reason = NULL;

	if (x->attempt.code == 410)
		reason = HOOK_OFF_GONE;
	else if (hook_fails_long(s->conf->hook_retry_ms, x->failing_since, now))
		reason = HOOK_OFF_FAILING;
	if (st != STATUS_OK || !reason)
		return st;
	return hook_switch_off(db, d->hook, reason, e);
}

struct recording {
	struct hook_sending *sending;
	struct slot *slot;
};

static enum status write_down(struct db *db, void *arg, struct err *e)
{
	const struct recording *r = arg;
	struct slot *x = r->slot;
	enum status st = hook_delivery_record(db, &x->delivery, &x->attempt, e);

	if (st != STATUS_OK)
		return st;
	return x->delivery.state == HOOK_DELIVERED
		   ? hook_store_delivered(
			 db, x->delivery.hook, x->attempt.at, e)
		   : note_failure(r->sending, db, x, e);
}

static enum status record(struct hook_sending *s, struct slot *x,
    const struct http_answer *answer, struct err *e)
{
	struct recording r = {s, x};

	x->attempt.code = answer->code;
	x->attempt.ms = answer->ms;
	x->attempt.error = arena_printf(&x->arena, "%.190s", answer->error);
	x->attempt.response = first_bytes(&x->arena, answer);
	decide(s, x, answer);
	enum status st = db_transact(s->db, write_down, &r, e);

	x->used = false;
	/* Gone, or another process has sent it meanwhile. */
	return st == STATUS_CONFLICT ? STATUS_OK : st;
}

enum status hook_sending_wait(struct hook_sending *s, int64_t ms, struct err *e)
{
	struct http_answer answer;
	enum status st = STATUS_OK;

	if (!http_client_count(s->client))
		return STATUS_OK;
	http_client_wait(s->client, ms);
	while (http_client_next(s->client, &answer)) {
		enum status one = record(s, answer.tag, &answer, e);

		if (one != STATUS_OK)
			st = one; /* it is sent again: at least once */
	}
	return st;
}

/* --- now and then --- */

static enum status stop_full(struct db *db, struct arena *a, struct err *e)
{
	struct hook *hooks;
	size_t n;
	enum status st = hook_store_list(db, a, &hooks, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		uint64_t waiting = 0;

		if (!hooks[i].active)
			continue;
		st = hook_delivery_waiting(
		    db, hooks[i].id, HOOK_WAITING_MAX, &waiting, e);
		if (st == STATUS_OK && waiting >= HOOK_WAITING_MAX)
			st = hook_switch_off(db, hooks[i].id, HOOK_OFF_FULL, e);
	}
	return st;
}

struct purge {
	struct hook_id hook;
	int64_t before;
	uint64_t count;
};

static enum status purge_some(struct db *db, void *arg, struct err *e)
{
	struct purge *p = arg;

	return hook_delivery_purge(
	    db, p->hook, p->before, PURGED_AT_A_TIME, &p->count, e);
}

/* Some of the log that is too old. */
static enum status purge_old(struct db *db, uint64_t *count, struct err *e)
{
	uint64_t days = 0;
	enum status st = setting_get_u64(db, "hooks.days", &days, e);
	struct purge p = {
	    .before = clock_now() - (int64_t)days * 24 * 3600 * 1000};

	if (st != STATUS_OK || !days)
		return st;
	st = db_transact(db, purge_some, &p, e);
	*count += p.count;
	return st;
}

/* Some of a webhook that is deleted, and itself at last. */
static enum status purge_deleted(struct db *db, uint64_t *count, struct err *e)
{
	struct purge p = {0};
	enum status st = hook_store_deleted(db, &p.hook, e);

	if (st != STATUS_OK)
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	st = db_transact(db, purge_some, &p, e);
	*count += p.count;
	if (st == STATUS_OK && !p.count) {
		st = hook_store_remove(db, p.hook, e);
		++*count;
	}
	return st;
}

enum status hook_sending_sweep(struct db *db, struct err *e)
{
	struct arena a;
	uint64_t count = 0;

	arena_init(&a);
	enum status st = stop_full(db, &a, e);

	arena_release(&a);
	if (st == STATUS_OK)
		st = purge_old(db, &count, e);
	if (st == STATUS_OK)
		st = purge_deleted(db, &count, e);
	return st == STATUS_OK && !count ? STATUS_NOT_FOUND : st;
}
