/* batch.h: the rows that are checked, matched and written together */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_BATCH_H
#define IMPORT_BATCH_H

#include "base/arena.h"
#include "domain/import/check.h"
#include "model/contact.h"
#include "model/import.h"
#include "model/suppression.h"
#include "storage/contact_batch_store.h"
#include "storage/import_optout_store.h"

/* Rows of a batch; the last one of a file is shorter. A batch also ends when
 * its rows take BATCH_BYTES, so that memory stays bounded. Both depend on the
 * file alone, so that an import that is taken up again has the same ones. */
#define BATCH_ROWS 2000u
#define BATCH_BYTES (4u << 20)

struct batch {
	struct arena arena; /* of everything below */
	struct checked_row rows[BATCH_ROWS];
	size_t count;
	/* Where the reading goes on after this batch: reader_seek's values. */
	uint64_t next_row;
	uint64_t next_line;
	uint64_t next_offset;
};

/* A contact that rows of a batch are about, as it is after them. */
struct target {
	struct contact contact;
	bool is_new;	  /* not in the book before this batch */
	bool changed;	  /* an old one that has to be written */
	bool rekeyed;	  /* its phone or WhatsApp user id is another one */
	bool key_changed; /* that, or its e-mail or user id */
	/* Its keys as they are in the tables; other fields are NULL. */
	struct {
		const char *value[FIELD_COUNT];
	} was;
	bool is_ghost;	    /* as a check would have left it (ghosts.h) */
	bool meets_another; /* of a check: by a key that its row lacks */
	uint64_t *tags;	    /* ids that it has now */
	size_t tag_count;
	size_t tag_space;
	size_t tags_before; /* of them, those that it had, unless replaced */
	/* Set when its tags were replaced: those that it had. */
	const uint64_t *tags_were;
	size_t tags_were_count;
	bool tags_replaced;
	bool restored;	/* a row took it out of the trash */
	uint64_t *lost; /* tags that it gets back with that */
	size_t lost_count;
	/* It was merged into this one, which is found in its place. */
	struct target *winner;
};

/* What a row changed: the before-image and the contact as the row left it,
 * tags by name. */
struct row_change {
	const char *before; /* NULL: the row updated nothing */
	struct contact after;
};

struct optout_list;

/* What matching a batch came to: all that is to be written. */
struct matched {
	struct target **targets;
	size_t target_count;
	enum outcome outcomes[BATCH_ROWS]; /* one a row */
	struct target *of_row[BATCH_ROWS]; /* NULL: the row did not get in */
	unsigned char says[BATCH_ROWS];	   /* import_says of these rows */
	struct row_change *of_update; /* one a row; NULL unless look_only */
	struct batch_revision *revisions;
	size_t revision_count;
	const struct problem **problems; /* of all rows, in their order */
	size_t problem_count;
	struct optout_row *optouts; /* opt-ins of people who opted out */
	size_t optout_count;
	struct suppression *lifts; /* that rows prove to be over; or NULL */
	size_t lift_count;
	struct optout_list *list;    /* of a list of opt-outs; else NULL */
	struct import_counts counts; /* of this batch alone */
	const char **fields;	     /* that its rows change */
	uint64_t *field_rows;	     /* in how many of them, of each */
	size_t field_count;
	const char *changes; /* packed (changes.h) */
	size_t changes_length;
	unsigned char *keys; /* KEYS_ENTRY bytes for each key that got in */
	size_t keys_length;
};

#endif
