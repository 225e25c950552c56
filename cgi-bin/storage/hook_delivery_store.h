/* hook_delivery_store.h: what goes to outgoing webhooks, and its log */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_HOOK_DELIVERY_STORE_H
#define STORAGE_HOOK_DELIVERY_STORE_H

#include "base/arena.h"
#include "model/hook.h"
#include "storage/db.h"

/* Makes one that waits and is due at once; d->id and d->uid are set (the uid
 * in the arena). */
enum status hook_delivery_insert(
    struct db *db, struct arena *a, struct hook_delivery *d, struct err *e);

/* Those of a webhook with their last attempts, newest first, ids below `before`
 * (0: from the newest); state HOOK_DELIVERY_STATES for all. Without bodies. */
enum status hook_delivery_list(struct db *db, struct arena *a,
    struct hook_id hook, uint64_t before, enum hook_delivery_state state,
    size_t limit, struct hook_delivery **rows, size_t *count, struct err *e);
/* With its body. */
enum status hook_delivery_get(struct db *db, struct arena *a,
    struct hook_id hook, uint64_t id, struct hook_delivery *out, struct err *e);
/* The times that it was sent, newest first. */
enum status hook_delivery_attempts(struct db *db, struct arena *a, uint64_t id,
    size_t limit, struct hook_attempt **rows, size_t *count, struct err *e);
/* How many of a webhook wait, counted up to `most`. */
enum status hook_delivery_waiting(struct db *db, struct hook_id hook,
    uint64_t most, uint64_t *count, struct err *e);

/* --- for who sends --- */

/* Those that are due, the longest due first, with their bodies; nothing is
 * locked. */
enum status hook_delivery_due(struct db *db, struct arena *a,
    struct hook_id hook, int64_t now, size_t limit, struct hook_delivery **rows,
    size_t *count, struct err *e);
/* Takes one for sending, until a moment: the attempt counts from here on.
 * CONFLICT when somebody else was quicker. */
enum status hook_delivery_claim(
    struct db *db, struct hook_delivery *d, int64_t until, struct err *e);
/* Writes what an attempt came to; state and next_at of d. CONFLICT when the
 * claim is over: somebody else sends it, or it is gone. */
enum status hook_delivery_record(struct db *db, const struct hook_delivery *d,
    const struct hook_attempt *attempt, struct err *e);
/* One that waits is not sent any more, by nobody; whoever sends it right now
 * cannot write down what it came to. */
enum status hook_delivery_end(struct db *db, uint64_t id, struct err *e);
/* Takes some of the log away that are older than a moment and do not wait, or
 * all of a webhook (id not 0). *count: how many. */
enum status hook_delivery_purge(struct db *db, struct hook_id hook,
    int64_t before, size_t limit, uint64_t *count, struct err *e);

#endif
