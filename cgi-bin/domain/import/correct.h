/* correct.h: corrections of an uploaded file are made and taken back */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CORRECT_H
#define IMPORT_CORRECT_H

#include "base/arena.h"
#include "domain/import/plan.h"
#include "model/import_fix.h"
#include "model/member.h"
#include "storage/db.h"

/* Most corrections of one request. */
#define CORRECTIONS_MAX 1000u

struct correcting {
	struct db *db;
	struct arena *arena;
	const struct import_plan *plan;
	const struct actor *actor;
	/* After INVALID: which of the corrections is not acceptable (count:
	 * none of them alone), and a sentence. */
	size_t wrong;
	const char *message;
};

/*
 * Keeps corrections with the import and queues a check of the whole file:
 * all of them or none. remember: those of a value are kept for the member's
 * next files with a column of that name. INVALID when a row or column is not
 * in the file, a value is too long, or there are too many; CONFLICT when the
 * import has begun. Sets their numbers.
 */
enum status corrections_add(struct correcting *c, struct import_fix *fixes,
    size_t count, bool remember, struct err *e);

/* Takes one back, and queues a check. forget: it is no longer remembered for
 * next files either. NOT_FOUND; CONFLICT as above. */
enum status corrections_take_back(
    struct correcting *c, unsigned number, bool forget, struct err *e);

/* Before the first check: what the member wants corrected in every file with
 * columns of these names. */
enum status corrections_recall(struct correcting *c, struct err *e);

/* The column of that name (the first, when there are several), or of that
 * number; from 1, 0 when the file has none. */
unsigned correction_column(
    struct arena *a, const struct import_plan *p, const char *name);

#endif
