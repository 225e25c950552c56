/* trash.h: contacts into the trash, out of it, and away for good */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_TRASH_H
#define DOMAIN_CONTACT_TRASH_H

#include "base/arena.h"
#include "model/contact.h"
#include "model/member.h"
#include "storage/db.h"

/* Contacts of one call of the functions that take a list, and of a batch. */
#define TRASH_BATCH 200u

/* Moves a contact into the trash. NOT_FOUND also when it is there already. */
enum status trash_put(struct db *db, struct arena *a, const struct actor *actor,
    struct contact_id id, struct err *e);

/* Takes contacts out of the trash, with the tags and segments that they had;
 * *count is how many were there. */
enum status trash_restore(struct db *db, struct arena *a,
    const struct actor *actor, const uint64_t *ids, size_t n, uint64_t *count,
    struct err *e);

/* Removes contacts that are in the trash for good, with their revisions. The
 * audit log keeps that it happened, and nothing of the contact. One that was
 * merged into another leaves that its messages and consents. */
enum status trash_purge(struct db *db, struct arena *a,
    const struct actor *actor, const uint64_t *ids, size_t n, uint64_t *count,
    struct err *e);

/* Everything that came into the trash at `upto` (ms) or before is to go for
 * good: trash_empty_work() does it. */
enum status trash_empty(struct db *db, struct arena *a,
    const struct actor *actor, int64_t upto, struct err *e);
/* A batch of that; NOT_FOUND when nothing is left to do. */
enum status trash_empty_work(struct db *db, struct err *e);
/* A batch of what is in the trash longer than the book keeps it (the setting
 * trash.days; 0: for ever); NOT_FOUND when there is nothing. */
enum status trash_expire(struct db *db, struct err *e);

#endif
