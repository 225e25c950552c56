/* check.h: a record becomes a row of contact values, or a list of problems */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CHECK_H
#define IMPORT_CHECK_H

#include "base/arena.h"
#include "domain/import/formats.h"
#include "domain/import/problem.h"
#include "domain/import/read.h"
#include "model/import.h"

/* A value of a custom attribute that a row carries. */
struct row_attribute {
	unsigned column;  /* from 0: index into mapping.columns */
	const char *json; /* the JSON value; NULL: the cell was empty */
};

/* What a record came to; everything is in the arena that check_row got. */
struct checked_row {
	uint64_t row;	 /* struct record's */
	bool rejected;	 /* some problem has level PROBLEM_REJECT */
	bool phone_free; /* nobody had its phone when ahead.h looked */
	/* NULL: the file says nothing of the field; "": its cell is empty. Of
	 * a rejected row a wrong value stands as it is in the file. */
	const char *value[FIELD_COUNT];
	const char **tags; /* trimmed, without doubles; may be NULL */
	size_t tag_count;
	bool has_tags;	    /* a Tags column is mapped */
	const char *reason; /* of an opt-out; NULL: no column has it */
	struct row_attribute *attributes;
	size_t attribute_count;
	struct problem *problems;
	size_t problem_count;
};

/* What checking needs to know; no database behind it. All pointers are
 * borrowed and must outlive the check. */
struct check_context {
	const struct import_rules *rules;
	const struct import_format *format;
	const struct mapping *mapping;
	const char *const *header; /* names for messages; NULL: A, B, C ... */
	size_t columns;		   /* of the header, or of the first row */
};

/*
 * All rules of the format for one record, every problem of it, not only the
 * first. Pure; safe to call in several threads at once with different arenas.
 * - Name from first and last name where only those are there (I3), and first
 *   and last from name where only that is there is not done: as written.
 * - Cells are trimmed and lose the apostrophe of csv_guard.h; phones become
 *   E.164; e-mails keep their letters' case
 *   (compared without); whatsapp_opted becomes "yes" or "no"; addresses are
 *   split when rules->house_number_in_address.
 */
void check_row(struct arena *a, const struct check_context *c,
    const struct record *r, struct checked_row *out);

/* The name of a column for a message: its header, or "column C". In the
 * arena. column counts from 0. */
const char *check_column_name(
    struct arena *a, const struct check_context *c, size_t column);

/* True for an address with one @, a local part and a domain with a dot; also
 * in other scripts. Pure. */
bool email_is_valid(const char *text);

#endif
