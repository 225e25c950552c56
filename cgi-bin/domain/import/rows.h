/* rows.h: rows of a file with what became of them, for pages and the API */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_ROWS_H
#define IMPORT_ROWS_H

#include "base/arena.h"
#include "domain/contact/contact_history.h"
#include "domain/import/plan.h"
#include "model/import.h"
#include "storage/db.h"

/* Most rows of a page. */
#define FILE_ROWS_MAX 200u

struct file_row {
	uint64_t row; /* as a spreadsheet numbers it */
	enum outcome outcome;
	const char **cells;    /* as corrected */
	const char **uploaded; /* as they came: "" where there was none */
	size_t count;	       /* of both */
	const char *comment;   /* findings and corrections in words, or "" */
	struct problem *problems;
	size_t problem_count;
	uint64_t contact;     /* created or updated; 0: neither, or not known */
	uint64_t contact_key; /* the same; of a check's new ones their own */
	const char **fields;  /* keys of those that it updates */
	size_t field_count;
	struct history_line *changes; /* by rows_changes() and rows_try() */
	size_t change_count;
};

/* What is wanted; all conditions hold together. */
struct row_filter {
	enum outcome outcome; /* or 0 */
	const char *code;     /* of a finding, or "" */
	const char *field;    /* key of one that the row updates, or "" */
	uint64_t row;	      /* this one alone; 0: any */
	uint64_t after;	      /* rows after this one; 0: from the first */
};

/* Rows that an import or its check has decided, in the order of the file;
 * strings in the arena. */
enum status rows_list(struct db *db, struct arena *a, struct import_id id,
    const struct row_filter *filter, size_t limit, struct file_row **rows,
    size_t *count, struct err *e);

/*
 * Fills in what updated rows change, old and new. After an import its
 * revisions tell. After a check the rows are matched with the book once more,
 * each after the earlier rows of the file about the same contact: nothing of
 * it was written, and the book may have changed since.
 */
enum status rows_changes(struct db *db, struct arena *a,
    const struct import_plan *p, struct file_row *rows, size_t count,
    struct err *e);

/*
 * Reads rows again with the corrections as they are now, checks and matches
 * them: outcome, findings, changes; what other rows of the file do is not
 * seen. numbers in ascending order, at most BATCH_ROWS; rows that the file does
 * not have are left out of *rows.
 */
enum status rows_try(struct db *db, struct arena *a, struct import_id id,
    const uint64_t *numbers, size_t count, struct file_row **rows,
    size_t *found, struct err *e);

/* "created", "updated", "unchanged", "skipped", "rejected", or 0. */
enum outcome outcome_of_word(const char *word);
const char *outcome_word(enum outcome o); /* "" for none */

#endif
