/* import_writes.h: the write rules of columns on the pages of the wizard */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_IMPORT_WRITES_H
#define WEB_PARTS_IMPORT_WRITES_H

#include "domain/import/plan.h"
#include "domain/import/write_rules.h"
#include "web/view.h"

/*
 * In the mapping form a column has one more input, w1: what it does to contacts
 * that are there: "" for the default, else a word of write rules, with "+keep"
 * or "+clear" where an empty cell does something of its own.
 */

/* For a person: "Fill in if empty". In the arena. */
const char *column_write_text(struct arena *a, const struct import_rules *rules,
    const struct column_target *t);

/* Lays the value of w1 over a target; one that is none of ours, or a target
 * without a rule, has the default. */
void column_write_read(const struct import_rules *rules, const char *value,
    struct column_target *t);

/* Fills a column's node with Write (the text), WriteChanged (it is not the
 * default), WriteKey (contacts are found by it), and Writes.0.. {Value, Label,
 * Chosen}: only what the target allows. */
void column_write_fill(struct arena *a, struct node *column,
    const struct import_rules *rules, const struct column_target *t);

/* What a target's rules depend on: "field", "half", "consent", "tags", "list",
 * "key" or "". */
const char *column_write_kind(
    const struct import_rules *rules, const struct column_target *t);

/* WriteKinds.0.. {Kind, Writes.0..}: for the browser, where another target is
 * chosen. */
void write_kinds_fill(
    struct arena *a, struct node *root, const struct import_rules *rules);

#endif
