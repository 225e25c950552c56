/* import_fix.h: a correction of an uploaded file, kept beside it */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_IMPORT_FIX_H
#define MODEL_IMPORT_FIX_H

#include <stdbool.h>
#include <stdint.h>

#include "model/id.h"

/* Most corrections of one import, and the longest value, in bytes: all of them
 * are in memory while it runs. More belong into the file itself. */
#define FIXES_MAX 10000u
#define FIX_VALUE_MAX 2000u
#define FIXES_BYTES_MAX (4u << 20)

enum fix_kind {
	FIX_CELL, /* one cell of a row */
	FIX_OUT,  /* a row is left out */
	FIX_VALUE /* a text, everywhere in a column */
};

struct import_fix {
	unsigned number; /* from 1, of its import */
	enum fix_kind kind;
	uint64_t row;	       /* as a spreadsheet counts; 0: FIX_VALUE */
	unsigned column;       /* from 1; 0: FIX_OUT */
	const char *old_value; /* FIX_VALUE: the cell's exact text */
	const char *new_value;
	bool remembered;	 /* from an earlier file */
	bool counted;		 /* a check has seen the whole file with it */
	uint64_t cells;		 /* that the check saw it correct */
	struct member_id member; /* who made it */
	const char *member_name; /* read only; "" for nobody */
	int64_t at;		 /* ms; read only */
};

#endif
