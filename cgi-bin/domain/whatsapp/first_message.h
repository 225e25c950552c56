/* first_message.h: which first message a person's first words give */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_FIRST_MESSAGE_H
#define WHATSAPP_FIRST_MESSAGE_H

#include "base/arena.h"
#include "domain/catalog/catalog.h"
#include "model/first_message_rule.h"
#include "model/member.h"
#include "storage/db.h"

/* Whether a message matches the rule: phrase.h says how they are compared.
 * Pure. */
bool first_message_matches(struct arena *a,
    const struct first_message_rule *rule, const char *message);

/* The rule that decides: the first of them that matches; NULL for none. Pure.
 */
const struct first_message_rule *first_message_choose(struct arena *a,
    const struct first_message_rule *rules, size_t count, const char *message);

/* What a person's first message gives by the rules of the book; `message`
 * itself when none matches. */
enum status first_message_of(struct db *db, struct arena *a,
    const char *message, const char **out, struct err *e);

/*
 * Changes of the rules, each in one transaction with its audit entry. INVALID
 * comes with a problem at "phrase", "first_message", "position" or "". The
 * first message that a rule gives becomes one of the book when it is none yet.
 */
struct first_message_change {
	struct db *db;
	struct arena *arena;
	const struct actor *actor;
	struct catalog_problem problem;
};
/* rule: without id; position 0: the last. Positions of the others give way. */
enum status first_message_add(struct first_message_change *c,
    struct first_message_rule *rule, struct err *e);
/* NOT_FOUND when it is gone. position 0: where it is. */
enum status first_message_edit(struct first_message_change *c,
    struct first_message_rule *rule, struct err *e);
enum status first_message_remove(
    struct first_message_change *c, uint64_t id, struct err *e);

#endif
