/* match.h: which contact each row is about, and what it changes there */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MATCH_H
#define IMPORT_MATCH_H

#include "domain/import/ahead.h"
#include "domain/import/batch.h"
#include "domain/import/book.h"
#include "domain/import/ghosts.h"
#include "domain/import/keys.h"
#include "domain/import/marks.h"
#include "domain/import/optout.h"
#include "domain/import/plan.h"

/* From here on, ids of contacts that a check would make. */
#define NO_CONTACT (UINT64_C(1) << 62)

/* What matching works with; lives as long as the import runs. */
struct matcher {
	struct db *db;
	const struct import_plan *plan;
	struct book *book;
	const struct keys *keys;   /* of the batches before */
	const struct keys *twice;  /* marked: those that the file has twice */
	const struct marks *marks; /* of a check: by which keys rows may meet */
	struct ghosts *ghosts;	   /* of a check; NULL when it is for real */
	const struct optins *optins;  /* read for this batch; or NULL */
	const struct keys *lifted;    /* of a check: suppressions that earlier
				       * rows would lift; or NULL */
	const struct keys *opted_out; /* of a check of a list of opt-outs: by
				       * earlier batches; or NULL */
	const struct ahead_recent *recent; /* may be NULL without feeder */
	uint64_t next_id; /* the next of the reserved contact ids; at
			   * least BATCH_ROWS of them are left */
	int64_t now;	  /* ms: when a consent was learned */
	/* For who only looks what rows would do, without a transaction: locks
	 * nothing, and keeps of each updated row what it changes. */
	bool look_only;
};

/*
 * Decides every row of a batch, within its transaction: reads and locks the
 * contacts that have the batch's keys, and works out in memory what they are
 * after each row, in the order of the file. Writes nothing but tags that the
 * rules create. The result is in the batch's arena; the batch itself is left
 * as it is, so that it can be matched again after a rollback.
 */
enum status match_batch(
    struct matcher *m, struct batch *b, struct matched *out, struct err *e);

#endif
