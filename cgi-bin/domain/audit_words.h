/* audit_words.h: the actions of the audit log, in words */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_AUDIT_WORDS_H
#define DOMAIN_AUDIT_WORDS_H

#include <stdbool.h>

#include "storage/audit_list_store.h"

enum audit_group {
	AUDIT_LOGINS,
	AUDIT_TEAM,
	AUDIT_SETTINGS,
	AUDIT_IMPORTS,
	AUDIT_EXPORTS,
	AUDIT_CONTACTS,
	AUDIT_JOBS,
	AUDIT_LISTS,
	AUDIT_PRIVACY,
	AUDIT_WEBHOOKS,
	AUDIT_GROUP_COUNT
};

/* Every action that audit_add() is called with has a row. */
struct audit_word {
	const char *action; /* "import.undo" */
	enum audit_group group;
	const char *sentence; /* "Began to undo an import" */
	/* Who it is when there is no member: ITSELF, STRANGER, or ANYBODY for
	 * what the address tells. */
	enum audit_by by;
};
extern const struct audit_word audit_words[]; /* ends with an action NULL */

/* NULL: there is no such action. */
const struct audit_word *audit_word_find(const char *action);
/* The sentence of an action; the action itself when it has none. */
const char *audit_sentence(const char *action);

/* A group as a parameter ("imports") and as people read it. */
const char *audit_group_word(enum audit_group g);
const char *audit_group_label(enum audit_group g);
/* COUNT: there is no such group. */
enum audit_group audit_group_of(const char *word);

/* The actions of a group; those whose sentence or word has a text in it,
 * without regard to case; those of which `by` tells who it was. */
struct audit_actions audit_actions_of(struct arena *a, enum audit_group g);
struct audit_actions audit_actions_with(struct arena *a, const char *text);
struct audit_actions audit_actions_by(struct arena *a, enum audit_by by);

/* Who an entry is by; never ANYBODY. */
enum audit_by audit_by_of(const struct audit *entry);
/* As a word of a filter and of the API ("member", "token", "command-line"),
 * and for a person ("Command line"). */
const char *audit_by_word(enum audit_by by);
const char *audit_by_label(enum audit_by by);
/* ANYBODY: there is no such word. */
enum audit_by audit_by_find(const char *word);

/* The page of a subject ("contact 7": "/contacts/7"), in the arena; "" when it
 * has none. */
const char *audit_subject_path(struct arena *a, const char *subject);

#endif
