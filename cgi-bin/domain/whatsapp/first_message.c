/* first_message.c: which first message a person's first words give */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/first_message.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/whatsapp/phrase.h"
#include "storage/audit_store.h"
#include "storage/first_message_rule_store.h"
#include "storage/tag_store.h"

#define PHRASE_MAX_LENGTH 255u

/* --- choosing --- */

bool first_message_matches(
    struct arena *a, const struct first_message_rule *rule, const char *message)
{
	struct phrase text = phrase_of(a, message);
	struct phrase phrase = phrase_of(a, rule->phrase);

	return phrase_matches(rule->kind, &phrase, &text);
}

const struct first_message_rule *first_message_choose(struct arena *a,
    const struct first_message_rule *rules, size_t count, const char *message)
{
	struct phrase text = phrase_of(a, message);

	for (size_t i = 0; i < count; i++) {
		struct phrase phrase = phrase_of(a, rules[i].phrase);

		if (phrase_matches(rules[i].kind, &phrase, &text))
			return &rules[i];
	}
	return NULL;
}

enum status first_message_of(struct db *db, struct arena *a,
    const char *message, const char **out, struct err *e)
{
	const struct first_message_rule *chosen;
	struct first_message_rule *rules;
	size_t n;
	enum status st;

	*out = message;
	if (!*message)
		return STATUS_OK;
	st = first_message_rule_list(db, a, false, &rules, &n, e);
	if (st != STATUS_OK)
		return st;
	chosen = first_message_choose(a, rules, n, message);
	if (chosen)
		*out = chosen->gives;
	return STATUS_OK;
}

/* --- changing --- */

struct work {
	struct first_message_change *c;
	struct first_message_rule *rule; /* as it is to be */
	uint64_t id;			 /* which one to remove */
};

static enum status problem(struct first_message_change *c, const char *field,
    const char *text, struct err *e)
{
	c->problem = (struct catalog_problem){field, text};
	return ERR(e, STATUS_INVALID, "%s: %s", field, text);
}

static enum status check(struct first_message_change *c,
    const struct first_message_rule *r, struct err *e)
{
	struct phrase phrase = phrase_of(c->arena, r->phrase);

	if (phrase_is_empty(&phrase))
		return problem(
		    c, "phrase", "Write the word or words to look for.", e);
	if (utf8_length(r->phrase) > PHRASE_MAX_LENGTH)
		return problem(
		    c, "phrase", "A phrase has at most 255 characters.", e);
	for (const char *z = r->phrase; *z; z++)
		if ((unsigned char)*z < ' ' || *z == 0x7f)
			return problem(c, "phrase", "A phrase is one line.", e);
	enum status st = catalog_check_tag(r->gives, &c->problem, e);

	if (st == STATUS_INVALID)
		c->problem.field = "first_message";
	return st;
}

static enum status audit(struct work *w, const char *action, uint64_t id,
    const struct first_message_rule *r, struct err *e)
{
	struct arena *a = w->c->arena;

	return audit_add(w->c->db, w->c->actor, action,
	    arena_printf(a, "rule %llu", (unsigned long long)id),
	    arena_printf(a, "%s \"%s\": %s", match_words[r->kind].key,
		r->phrase, r->gives),
	    e);
}

static size_t find(
    const struct first_message_rule *rules, size_t n, uint64_t id)
{
	size_t i = 0;

	while (i < n && rules[i].id != id)
		i++;
	return i;
}

/* Writes positions 1, 2, 3 ... in the order of the list; a rule that has its
 * own already is left alone. */
static enum status renumber(
    struct db *db, struct first_message_rule *rules, size_t n, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; i < n && st == STATUS_OK; i++) {
		if (rules[i].position == i + 1)
			continue;
		rules[i].position = i + 1;
		st = first_message_rule_update(db, &rules[i], e);
	}
	return st;
}

/* Takes the rule at `from` to the place `to`, both from 0 on. */
static void move(struct first_message_rule *rules, size_t from, size_t to)
{
	struct first_message_rule moved = rules[from];
	size_t size = sizeof(*rules);

	if (from < to)
		memmove(&rules[from], &rules[from + 1], (to - from) * size);
	else
		memmove(&rules[to + 1], &rules[to], (from - to) * size);
	rules[to] = moved;
}

/* Where a wanted position (0: `otherwise`) is in a list of n. */
static size_t place(uint64_t position, size_t otherwise, size_t n)
{
	if (!position)
		return otherwise;
	return position > n ? n - 1 : (size_t)position - 1;
}

static enum status ensure_tag(struct work *w, struct db *db, struct err *e)
{
	struct tag_id id;

	return tag_store_ensure(db, "first_message", w->rule->gives, &id, e);
}

static enum status add(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct first_message_rule *rules;
	struct first_message_rule new = *w->rule;
	size_t n;
	enum status st =
	    first_message_rule_list(db, w->c->arena, true, &rules, &n, e);

	if (st != STATUS_OK)
		return st;
	if (n >= FIRST_MESSAGE_RULES_MAX)
		return problem(w->c, "",
		    "There are 200 rules already. Delete one first.", e);
	new.position = n + 1;
	st = first_message_rule_insert(db, &new, clock_now(), &new.id, e);
	if (st != STATUS_OK)
		return st;
	rules[n] = new;
	move(rules, n, place(w->rule->position, n, n + 1));
	st = renumber(db, rules, n + 1, e);
	if (st == STATUS_OK)
		st = ensure_tag(w, db, e);
	if (st == STATUS_OK)
		st = audit(w, "first_message_rule.create", new.id, &new, e);
	w->rule->id = new.id;
	return st;
}

enum status first_message_add(struct first_message_change *c,
    struct first_message_rule *rule, struct err *e)
{
	struct work w = {.c = c, .rule = rule};
	enum status st = check(c, rule, e);

	if (st == STATUS_OK)
		st = db_transact(c->db, add, &w, e);
	return st;
}

static enum status edit(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct first_message_rule *rules;
	size_t n;
	enum status st =
	    first_message_rule_list(db, w->c->arena, true, &rules, &n, e);

	if (st != STATUS_OK)
		return st;
	size_t at = find(rules, n, w->rule->id);

	if (at == n)
		return ERR(e, STATUS_NOT_FOUND, "no such rule");
	size_t to = place(w->rule->position, at, n);

	rules[at] = *w->rule;
	rules[at].position = at + 1;
	st = first_message_rule_update(db, &rules[at], e);
	if (st != STATUS_OK)
		return st;
	move(rules, at, to);
	st = renumber(db, rules, n, e);
	if (st == STATUS_OK)
		st = ensure_tag(w, db, e);
	if (st == STATUS_OK)
		st = audit(
		    w, "first_message_rule.change", w->rule->id, w->rule, e);
	return st;
}

enum status first_message_edit(struct first_message_change *c,
    struct first_message_rule *rule, struct err *e)
{
	struct work w = {.c = c, .rule = rule};
	enum status st = check(c, rule, e);

	if (st == STATUS_OK)
		st = db_transact(c->db, edit, &w, e);
	return st;
}

static enum status remove_rule(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct first_message_rule *rules;
	size_t n;
	enum status st =
	    first_message_rule_list(db, w->c->arena, true, &rules, &n, e);

	if (st != STATUS_OK)
		return st;
	size_t at = find(rules, n, w->id);

	if (at == n)
		return ERR(e, STATUS_NOT_FOUND, "no such rule");
	st = audit(w, "first_message_rule.delete", w->id, &rules[at], e);
	if (st == STATUS_OK)
		st = first_message_rule_delete(db, w->id, e);
	if (st != STATUS_OK)
		return st;
	move(rules, at, n - 1);
	return renumber(db, rules, n - 1, e);
}

enum status first_message_remove(
    struct first_message_change *c, uint64_t id, struct err *e)
{
	struct work w = {.c = c, .id = id};

	return db_transact(c->db, remove_rule, &w, e);
}
