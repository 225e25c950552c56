/* run_state.h: what an import that runs knows, for its files */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_RUN_STATE_H
#define IMPORT_RUN_STATE_H

#include "base/conf.h"
#include "domain/import/ahead.h"
#include "domain/import/book.h"
#include "domain/import/ghosts.h"
#include "domain/import/keys.h"
#include "domain/import/marks.h"
#include "domain/import/optout.h"
#include "domain/import/plan.h"
#include "model/member.h"
#include "storage/import_job_store.h"

struct run {
	const struct conf *conf;
	struct db *db;
	const struct import_job *job;
	struct arena arena; /* of the whole run */
	struct import_plan plan;
	struct book book;
	struct keys keys;
	struct keys lifted; /* of a check: suppressions that rows would lift */
	struct keys opted_out; /* of a check of a list of opt-outs */
	struct keys twice;     /* marked: the keys that the file has twice */
	struct marks marks;    /* of a check: by which keys rows may meet */
	struct ahead_recent recent;
	struct ghosts ghosts;	     /* of a check */
	bool dynamic_segment;	     /* what the import names as its segment */
	struct optins optins;	     /* opt-ins that a member confirmed */
	struct import_checkpoint at; /* committed */
	struct actor actor;
	uint64_t next_id; /* reserved contact ids */
	uint64_t last_id; /* one after the last of them */
	int64_t began;	  /* monotonic ms */
	int64_t turn_ms;  /* how long it goes on while another waits */
	int64_t since;	  /* monotonic: work up to then is counted */
	int64_t counted;  /* the same, once the batch at hand is written */
	struct err *err;
};

/* Before the first batch: reads the import, makes what it needs in the book,
 * and learns which keys the file has twice. */
enum status run_prepare(struct run *r);
/* The attribute that the mapping was made with another type for, or NULL: then
 * nothing of the file is written. */
const struct attribute *run_conflicting(const struct run *r);

#endif
