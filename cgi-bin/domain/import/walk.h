/* walk.h: the rows of a stored file, in step with what became of them */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_WALK_H
#define IMPORT_WALK_H

#include "base/arena.h"
#include "base/str.h"
#include "domain/import/changes.h"
#include "domain/import/plan.h"
#include "storage/import_problem_store.h"

/* The import, or its check, did not get to the row. */
#define NO_OUTCOME ((enum outcome)0)

/* One row with what became of it; valid until the callback returns. */
struct walked {
	const struct record *record;   /* as corrected */
	const struct record *uploaded; /* the same when nothing was */
	enum outcome outcome;
	const char *comment; /* findings and corrections in words */
	const struct problem *const *problems;
	size_t problem_count;
	/* Only with walk.with_changes, of a row that created or updated. */
	struct changed_row changed;
};

/* False stops the walk. */
typedef bool (*walk_fn)(void *arg, const struct walked *w);

/*
 * The stored file is read once more, in step with the outcome letters of its
 * batches and with the findings, which both are in the order of its rows.
 * Memory does not grow with the file.
 */
struct walk {
	struct db *db;
	struct import_plan plan; /* with its corrections */
	walk_fn on_header;	 /* NULL: not wanted */
	walk_fn on_row;
	void *arg;
	bool with_changes;

	/* private */
	bool header; /* still to come */
	struct arena batch_arena;
	const char *letters;
	size_t letter_count;
	size_t letter_at;
	uint64_t next_batch;
	struct changes_reader changes;
	struct arena problem_arena;
	struct problem_row *problems;
	size_t problem_count;
	size_t problem_at;
	bool last_page;
	struct arena row_arena; /* of the row at hand */
	struct str comment;
	enum status status;
	struct err *err;
};

/* The import's plan (in the arena) and a walk at its beginning; the caller
 * sets the callbacks. walk_end() in any case. */
enum status walk_begin(struct walk *w, struct db *db, struct arena *a,
    struct import_id id, struct err *e);
enum status walk_rows(struct walk *w, struct arena *a);
void walk_end(struct walk *w);

#endif
