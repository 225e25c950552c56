/* import_columns.h: the columns of a file on the pages of the wizard */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_IMPORT_COLUMNS_H
#define WEB_PARTS_IMPORT_COLUMNS_H

#include "base/arena.h"
#include "domain/import/plan.h"
#include "web/form.h"
#include "web/view.h"

/*
 * In the mapping form a column has four inputs, counted from 1: c1 what it
 * becomes ("phone", "tags", "country_code", "attr:City", "none", "new", "" for
 * not said), n1 the name and t1 the type of a new attribute; w1
 * (import_writes.h) its write rule.
 */

/* What a column becomes, as the value of its select, and for a person ("Phone
 * number", "attribute City"). In the arena. */
const char *column_target_value(struct arena *a, const struct column_target *t);
const char *column_target_text(struct arena *a, const struct column_target *t);

/*
 * Lays the form over p->mapping. `rest` says what becomes of columns whose
 * select is empty: "none", "create" (an attribute of the column's own name) or
 * "" (they stay undecided). A value that is none of ours counts as empty.
 */
void columns_read(struct arena *a, const struct form *f, const char *rest,
    struct import_plan *p);

/*
 * Fills Columns.0, 1 ... {Number, Header, Sample.0.., Filled, Percent, Value,
 * Target, Name, Type, Guessed, Error} and what import_writes.h adds, Groups.0..
 * {Label, Options.0.. {Value, Label, Kind}}, Types.0.. {Value, Label},
 * Missing.0.. {Label, Value}, Recommended the same, Left (columns that are not
 * decided), LeftFirst (number of the first of them), Stopped (there are
 * messages), Messages.0.. {Text, Column, Header}.
 */
void columns_fill(struct arena *a, struct node *root,
    const struct import_plan *p, const struct map_messages *messages);

/* Undecided columns without a single value become "do not import". */
void columns_leave_empty(struct import_plan *p);

/* Only Columns, for the review page. */
void columns_fill_targets(
    struct arena *a, struct node *root, const struct import_plan *p);

#endif
