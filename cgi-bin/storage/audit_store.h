/* audit_store.h: rows of audit, which are only ever added */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_AUDIT_STORE_H
#define STORAGE_AUDIT_STORE_H

#include "model/member.h"
#include "storage/db.h"

/*
 * action is one of our words, subject before verb ("member.create",
 * "setting.change", "login.failure"); subject the thing ("member 7",
 * "book.name"), cut at 128 characters; details what changed, in words or JSON,
 * "" for nothing. Inside a transaction it is written with it.
 */
enum status audit_add(struct db *db, const struct actor *actor,
    const char *action, const char *subject, const char *details,
    struct err *e);

/* Whether the same action has an entry of the last minute with this subject
 * and address, or AUDIT_LATELY_MAX entries of any: then one more would say
 * little, and could be one of very many. */
#define AUDIT_LATELY_MAX 20
enum status audit_said_lately(struct db *db, const char *action,
    const char *subject, const char *address, bool *out, struct err *e);

#endif
