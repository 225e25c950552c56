/* hook_store.h: rows of hook, the outgoing webhooks */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_HOOK_STORE_H
#define STORAGE_HOOK_STORE_H

#include "base/arena.h"
#include "model/hook.h"
#include "storage/db.h"

/* All there are, by id. */
enum status hook_store_list(struct db *db, struct arena *a, struct hook **rows,
    size_t *count, struct err *e);
/* lock: until the end of the transaction nobody else changes it. */
enum status hook_store_get(struct db *db, struct arena *a, struct hook_id id,
    bool lock, struct hook *out, struct err *e);
/* Everything but id and times is taken from h; h->id is set. */
enum status hook_store_insert(struct db *db, struct hook *h, struct err *e);
/* Writes all that an admin says, and off_reason and failing_since. */
enum status hook_store_update(
    struct db *db, const struct hook *h, struct err *e);
/* It is gone for everybody; its deliveries go later, some at a time. */
enum status hook_store_delete(struct db *db, struct hook_id id, struct err *e);
/* How many the program has switched off. */
enum status hook_store_troubled(struct db *db, uint64_t *count, struct err *e);

/* --- for who sends --- */

/* Active ones that have something to send at this moment. */
enum status hook_store_due(struct db *db, struct arena *a, int64_t now,
    struct hook **rows, size_t *count, struct err *e);
/* Something got through. */
enum status hook_store_delivered(
    struct db *db, struct hook_id id, int64_t at, struct err *e);
/* Something did not: since when that is so stays as it was. */
enum status hook_store_failed(
    struct db *db, struct hook_id id, int64_t at, struct err *e);
/* NOT_FOUND when it is off already. */
enum status hook_store_switch_off(
    struct db *db, struct hook_id id, const char *reason, struct err *e);
/* One that was deleted; NOT_FOUND: none. */
enum status hook_store_deleted(
    struct db *db, struct hook_id *out, struct err *e);
/* For good. */
enum status hook_store_remove(struct db *db, struct hook_id id, struct err *e);

#endif
