/* undo_work.h: what the files of the undoing of a batch share */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_UNDO_WORK_H
#define DOMAIN_UNDO_WORK_H

#include "domain/jobs/job.h"
#include "domain/jobs/revert.h"
#include "model/consent_entry.h"
#include "storage/undo_store.h"

/* The names of the book's things of one kind. */
struct undo_names {
	struct undo_name *by_id;
	struct undo_name *by_name; /* folded */
	size_t count;
};

/* A contact of the batch. */
struct undo_one {
	const struct contact *contact;
	struct revert revert;
	struct revert_now now;
	struct revert_plan plan;
	const uint64_t *things[REVERT_SETS]; /* ids of now.sets */
	bool done;  /* this job has dealt with it in an earlier batch */
	bool extra; /* not its turn: it holds what another one is to get */
	const char *image; /* NULL: nothing is written */
};

struct undo_work {
	struct db *db;
	struct arena *arena;
	struct arena scratch; /* of one revision */
	struct err *err;
	const struct job *job;
	int64_t now;
	struct undo_origin origin;
	const char *segment; /* of the import that is undone; "": none */
	struct undo_names names[THING_ATTRIBUTE + 1];
	struct undo_one **items;
	size_t count;
	size_t space;
	bool broken; /* a revision cannot be read */
};

/* Reads the names that revisions speak of. */
enum status undo_names_load(struct undo_work *w);
/* NULL or 0: there is none. */
const char *undo_name_of(const struct undo_names *n, uint64_t id);
uint64_t undo_id_of(
    const struct undo_work *w, enum revert_thing thing, const char *name);

/* Locks the contacts `ids`, which are in order, and plans what becomes of
 * them; *done of the ids were taken, as many as memory is meant for. */
enum status undo_load(
    struct undo_work *w, const uint64_t *ids, size_t n, size_t *done);
struct undo_one *undo_find(const struct undo_work *w, uint64_t contact);
/* Phones and WhatsApp user ids that are to come back: contacts of the origin
 * that hold one are loaded too, and what another holds is kept as it is. */
enum status undo_settle_keys(struct undo_work *w);
/* Who opted out after the origin had its hands on the contact stays so. */
enum status undo_settle_consents(struct undo_work *w);
/* What the plan of a contact adds to the ledger of consents; false: nothing.
 * The entries of an import that is undone do not count any more, so what stays
 * of it by the plan is said again. */
bool undo_consent(const struct undo_work *w, const struct undo_one *one,
    struct consent_entry *out);
/* Writes the plans; the numbers go into *add. */
enum status undo_write(struct undo_work *w, struct job_counts *add);

#endif
