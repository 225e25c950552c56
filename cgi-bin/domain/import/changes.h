/* changes.h: which fields the rows of a batch change in the book */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CHANGES_H
#define IMPORT_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * Kept for each row that creates or updates a contact: the contact's id (of a
 * check's new contacts one that no row has), and of an updated one the fields
 * that it changes, by the keys of revisions ("city", "attributes.Size",
 * "_tags"). Packed it is some ten bytes a row:
 *
 *	fields	32 bits, then their keys, NUL-ended
 *	a row	contact 64 bits, number of fields 16 bits, each 16 bits
 *
 * with the rows in the order of the file; all numbers little-endian.
 */
struct changes {
	struct arena *arena;
	const char **fields; /* those that this batch changes */
	uint64_t *rows;	     /* in how many of its rows, of each field */
	size_t field_count;
	size_t field_space;
	size_t hint; /* where the next field is likely */
	struct str rows_packed;
	struct str fields_of_row; /* of the row at hand */
};

void changes_init(struct changes *c, struct arena *a);
void changes_release(struct changes *c);
/* The row at hand changes a field; the key is copied. */
void changes_note(struct changes *c, const char *field);
/* The row at hand got in: ends it. */
void changes_end_row(struct changes *c, uint64_t contact);
/* All rows so far, in the arena; *n bytes. */
const char *changes_pack(const struct changes *c, size_t *n);

/* Reading them back, row by row. */
struct changed_row {
	uint64_t contact;
	const char **fields; /* in the arena */
	size_t field_count;
};
struct changes_reader {
	struct arena *arena;
	const char *at;
	const char *end;
	const char **fields;
	size_t field_count;
};
/* bytes are borrowed; what is broken or empty has no rows. */
void changes_open(
    struct changes_reader *r, struct arena *a, const char *bytes, size_t n);
/* The next row that got in; false after the last. */
bool changes_next(struct changes_reader *r, struct changed_row *out);

#endif
