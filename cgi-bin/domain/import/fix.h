/* fix.h: corrections are laid over the rows of a file as they are read */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_FIX_H
#define IMPORT_FIX_H

#include "base/arena.h"
#include "domain/import/check.h"
#include "domain/import/read.h"
#include "model/import_fix.h"

/*
 * All corrections of an import, so that those of a row are found at once. The
 * uploaded file itself is never changed. Pure: what a row becomes depends on
 * the row and the corrections alone.
 */
struct fixes {
	const struct import_fix *items;
	size_t count;
	uint32_t *rows; /* indices of FIX_CELL and FIX_OUT, by row and column */
	size_t row_count;
	uint32_t *values;  /* hash table of indices + 1 of FIX_VALUE */
	size_t value_size; /* of it, a power of two; 0: there are none */
	bool *columns;	   /* which columns, from 0, have a FIX_VALUE */
	size_t column_count;
};

/* items are borrowed and must live as long; the rest is in the arena. */
void fixes_index(struct fixes *f, struct arena *a,
    const struct import_fix *items, size_t count);

/* True for a row that is left out. f may be NULL. */
bool fixes_leave_out(const struct fixes *f, uint64_t row);

/*
 * The record as corrected. A cell's own correction comes first; then its text
 * is replaced for as long as there is a correction of that text in its column.
 * False when there is nothing to correct: *out is then not set. Cells that were
 * corrected are other pointers than those of r; a corrected cell beyond the end
 * of a short row makes it longer. used: if not NULL, one counter for each of
 * f->items, of the cells that it corrected.
 */
bool fixes_apply(const struct fixes *f, struct arena *a, const struct record *r,
    struct record *out, uint64_t *used);

/* check_row() of the corrected record; one that is left out has the finding
 * left-out alone. f may be NULL. */
void fixes_check_row(struct arena *a, const struct fixes *f,
    const struct check_context *c, const struct record *r,
    struct checked_row *out, uint64_t *used);

/* A row that is skipped before it is checked, with that finding. */
void checked_row_skip(struct arena *a, const struct record *r,
    enum problem_code code, const char *message, struct checked_row *out);

#endif
