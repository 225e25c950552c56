/* export_cell.h: what stands in the cells of an export */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_EXPORT_CELL_H
#define DOMAIN_EXPORT_CELL_H

#include "domain/attributes.h"
#include "domain/contact/contact_columns.h"

/* The text is the value as the import reads it back, whatever the kind; a
 * spreadsheet may hold the others as what they are, because they come out of
 * it as the same value. */
enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER,
	CELL_FLAG,
	CELL_DAY,
	CELL_MOMENT
};

struct export_cell {
	enum cell_kind kind;
	const char *text;
	double number; /* CELL_NUMBER */
	bool flag;
	int64_t ms; /* CELL_DAY, CELL_MOMENT */
};

/* The header of a column: one that the generic format maps by itself. */
const char *export_header(struct arena *a, const struct contact_column *column);

/* One contact, ready to be asked for its cells. */
struct export_row {
	struct arena *arena;
	const struct contact *contact;
	struct attribute_member *members;
	size_t member_count;
	int64_t now;
	bool typed;
};

/* parse: whether there are columns with attributes; typed: numbers and times
 * are asked for as such, otherwise all cells are text. */
void export_row_init(struct export_row *r, struct arena *a,
    const struct contact *c, bool parse, bool typed, int64_t now);
struct export_cell export_cell(
    const struct export_row *r, const struct contact_column *column);

#endif
