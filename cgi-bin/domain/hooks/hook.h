/* hook.h: outgoing webhooks are made, changed, tried and switched off */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_HOOK_H
#define DOMAIN_HOOK_H

#include "base/arena.h"
#include "model/hook.h"
#include "model/member.h"
#include "storage/db.h"

#define HOOKS_MAX 20	       /* of a book */
#define HOOK_URL_MAX 1000      /* bytes */
#define HOOK_WAITING_MAX 50000 /* deliveries; then it is switched off */

/* A message at a field: "url", "events", "description", or "" for all. */
struct hook_problem {
	const char *field;
	const char *text;
};

/* The event of a word ("contact.changed"); 0 for none. */
unsigned hook_event_of(const char *word);

/* Why it is off, for a person: a sentence; "" when the program did not switch
 * it off. */
const char *hook_off_text(const struct hook *h);

/*
 * Makes a webhook of url, description, events, during_imports and active of h;
 * its id and secret are set. INVALID with *problem.
 */
enum status hook_create(struct db *db, struct arena *a,
    const struct actor *actor, struct hook *h, struct hook_problem *problem,
    struct err *e);
/* Changes the same of a webhook; the secret stays. One that is switched on has
 * a new chance. INVALID, NOT_FOUND. */
enum status hook_change(struct db *db, struct arena *a,
    const struct actor *actor, const struct hook *said,
    struct hook_problem *problem, struct err *e);
/* A new secret, from the next attempt on; in *out. */
enum status hook_renew_secret(struct db *db, struct arena *a,
    const struct actor *actor, struct hook_id id, struct hook *out,
    struct err *e);
enum status hook_delete(struct db *db, struct arena *a,
    const struct actor *actor, struct hook_id id, struct err *e);

/* Sends "ping". CONFLICT: the webhook is off. *out: the delivery. */
enum status hook_ping(struct db *db, struct arena *a, const struct actor *actor,
    struct hook_id id, uint64_t *out, struct err *e);
/*
 * Sends the body of a delivery once more, as a delivery of its own; one that
 * still waits ends with that. CONFLICT: the webhook is off. NOT_FOUND.
 */
enum status hook_redeliver(struct db *db, struct arena *a,
    const struct actor *actor, struct hook_id id, uint64_t delivery,
    uint64_t *out, struct err *e);

/* By the program, with an entry in the audit log; one that is off stays as it
 * is. Within a transaction or outside of one. */
enum status hook_switch_off(
    struct db *db, struct hook_id id, const char *reason, struct err *e);

#endif
