/* write.h: a matched batch goes into the book */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_WRITE_H
#define IMPORT_WRITE_H

#include "domain/import/batch.h"
#include "domain/import/book.h"
#include "model/member.h"
#include "storage/import_job_store.h"

struct writing {
	struct db *db;
	const struct import_job *job;
	const struct book *book;
	const struct actor *actor; /* who started the import */
	int64_t now;		   /* ms; of created_at and updated_at */
	int64_t lease_ms;
	bool check_only; /* only findings, outcomes and the checkpoint */
};

/*
 * Writes contacts, revisions, tags, segment, findings, outcomes and the
 * checkpoint (moved on by one batch: `c` is what it is to become), all in the
 * transaction that is open. CONFLICT when the lease is lost; BUSY when the
 * transaction is to be tried again.
 */
enum status write_batch(const struct writing *w, struct batch *b,
    const struct matched *m, const struct import_checkpoint *c, struct err *e);

#endif
