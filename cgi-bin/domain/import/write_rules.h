/* write_rules.h: what a column may do to contacts that are in the book */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_WRITE_RULES_H
#define IMPORT_WRITE_RULES_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/import.h"

/*
 * A new contact gets every value; these rules are about those that are there.
 * A column that finds the contacts (the rule `key`) is always overwritten, and
 * of a phone or e-mail that does so in turn (phone_else_email) only `never` is
 * out. An empty cell never clears a consent (formats.md I8), and none clears
 * anything under duplicates = merge. Country codes and columns that are left
 * out have no rule.
 */

/* "overwrite", "fill", "append", "never"; "" for the default. */
const char *column_write_word(enum column_write w);
bool column_write_find(const char *word, enum column_write *out);
/* "keep", "clear"; "" for the default. */
const char *column_empty_word(enum column_empty e);
bool column_empty_find(const char *word, enum column_empty *out);

/* The column can have a rule at all. */
bool column_has_write(
    const struct import_rules *rules, const struct column_target *t);
bool column_allows_write(const struct import_rules *rules,
    const struct column_target *t, enum column_write w);
/* Beside the write rule that t has. */
bool column_allows_empty(const struct import_rules *rules,
    const struct column_target *t, enum column_empty e);

/* What holds, with the defaults put in. */
enum column_write column_write_of(const struct column_target *t);
bool column_clears(
    const struct import_rules *rules, const struct column_target *t);
/* Another rule than the format gives the column. */
bool column_write_changed(
    const struct import_rules *rules, const struct column_target *t);

/* Takes back what a target does not allow. */
void column_write_settle(
    const struct import_rules *rules, struct column_target *t);

/* The rules of fields, tags and attributes of a mapping. */
struct field_rule {
	enum column_write write; /* never WRITE_DEFAULT */
	bool clears;
};
struct write_rules {
	struct field_rule fields[FIELD_COUNT];
	struct field_rule tags;
	bool house_follows;    /* house numbers come with their addresses */
	bool tags_plain;       /* tags are only added */
	bool attributes_plain; /* all of them overwritten, by the blank rule */
};

/* A name that is made of first and last name and has no column follows
 * theirs: of two rules the one that changes less. A house number that was part
 * of the address (formats.md S2) is written with it or not at all. */
void write_rules_make(const struct import_rules *rules, const struct mapping *m,
    struct write_rules *out);

/* Whether the row's value goes where `old` is. */
bool field_rule_writes(
    const struct field_rule *r, const char *old, const char *value);

/* The JSON list `old` with what `new` has more, each value once; `new` itself
 * when `old` is no list. In the arena. */
const char *json_list_join(struct arena *a, const char *old, const char *new);

#endif
