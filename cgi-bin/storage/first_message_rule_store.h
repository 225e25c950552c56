/* first_message_rule_store.h: rows of first_message_rule */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_FIRST_MESSAGE_RULE_STORE_H
#define STORAGE_FIRST_MESSAGE_RULE_STORE_H

#include "base/arena.h"
#include "model/first_message_rule.h"
#include "storage/db.h"

/* All of them, at most FIRST_MESSAGE_RULES_MAX, in the order in which they are
 * asked; lock: for a change of their order. */
enum status first_message_rule_list(struct db *db, struct arena *a, bool lock,
    struct first_message_rule **rows, size_t *count, struct err *e);
enum status first_message_rule_insert(struct db *db,
    const struct first_message_rule *r, int64_t now, uint64_t *id,
    struct err *e);
/* All but the id. */
enum status first_message_rule_update(
    struct db *db, const struct first_message_rule *r, struct err *e);
enum status first_message_rule_delete(
    struct db *db, uint64_t id, struct err *e);
/* Those that give one first message give another one, or go ("" for it). */
enum status first_message_rule_follow(
    struct db *db, const char *gives, const char *instead, struct err *e);

#endif
