/* csv_guard.h: cells that a spreadsheet must not run as formulas */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CSV_GUARD_H
#define DOMAIN_CSV_GUARD_H

#include <stdbool.h>

#include "base/str.h"

/*
 * A spreadsheet takes a cell that begins with = + - @ TAB CR or LF for a
 * formula. Such a cell is written with one apostrophe in front, which makes it
 * text. So that no cell becomes another one on the way back, a cell that
 * itself begins with an apostrophe and one of these, or two apostrophes, gets
 * one more. The reader takes one apostrophe off in exactly these cases:
 * csv_unguard() of a guarded cell is the cell, for every text.
 */

/* True when the cell is to be written with an apostrophe in front. */
bool csv_guard(const char *cell);

/* The cell without the apostrophe that csv_guard() asked for: the cell itself
 * or one byte into it. */
const char *csv_unguard(const char *cell);

/* Appends a cell between quotes, guarded. */
void csv_put_cell(struct str *out, const char *cell);

#endif
