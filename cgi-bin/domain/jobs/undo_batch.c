/* undo_batch.c: an undo, batch by batch */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/jobs/undo.h"
#include "domain/jobs/undo_work.h"
#include "domain/privacy/suppression.h"
#include "storage/import_store.h"
#include "storage/suppression_source_store.h"

/* Contacts that are gone for good cannot go back. */
static enum status list_gone(
    struct undo_work *w, const uint64_t *ids, size_t n, struct job_counts *add)
{
	struct job_kept *kept = arena_alloc(w->arena, (n + 1) * sizeof(*kept));
	size_t gone = 0, at = 0;

	for (size_t i = 0; i < n; i++) {
		if (at < w->count && w->items[at]->contact->id.n == ids[i]) {
			at++;
			continue;
		}
		kept[gone++] = (struct job_kept){
		    ids[i], "contact", "It was deleted for good since."};
	}
	add->seen += gone;
	add->kept += gone;
	return gone ? job_store_keep(
			  w->db, w->arena, w->job->id, kept, gone, w->err)
		    : STATUS_OK;
}

static enum status do_contacts(
    struct undo_work *w, const uint64_t *ids, size_t n, struct job_batch *b)
{
	size_t done = 0;
	enum status st = undo_names_load(w);

	if (st == STATUS_OK)
		st = undo_load(w, ids, n, &done);
	if (st == STATUS_OK)
		st = list_gone(w, ids, done, &b->add);
	if (st == STATUS_OK)
		st = undo_settle_keys(w);
	if (st == STATUS_OK)
		st = undo_settle_consents(w);
	if (st == STATUS_OK)
		st = undo_write(w, &b->add);
	b->next_contact = ids[done ? done - 1 : 0];
	b->last = n < JOB_BATCH && done == n;
	return st;
}

/* After the contacts, what a list of opt-outs put on the list of suppressions:
 * a piece a batch. */
static enum status turn_list(struct job_batch *b, struct err *e)
{
	bool back = b->job->undoes.n != 0, left = false;
	uint64_t seen = 0, changed = 0;

	if (!b->last || !b->job->import.n)
		return STATUS_OK;
	enum status st =
	    suppression_source_left(b->db, b->job->import, back, &left, e);

	if (st == STATUS_OK && left)
		st = suppression_turn(b->db, b->arena, b->job->import, back,
		    JOB_BATCH, &seen, &changed, e);
	if (st != STATUS_OK || !left)
		return st;
	b->add.seen += seen;
	b->add.changed += changed;
	b->add.unchanged += seen - changed;
	st = suppression_source_left(b->db, b->job->import, back, &left, e);
	b->last = !left;
	return st;
}

/* The import is undone, or is what it was before. */
static enum status end_of_import(struct job_batch *b, struct err *e)
{
	if (!b->last || !b->job->import.n)
		return STATUS_OK;
	return import_store_undo(b->db, b->job->import,
	    b->job->undoes.n ? IMPORT_REDO_ENDS : IMPORT_UNDO_ENDS, e);
}

static enum status find_origin(struct undo_work *w, struct err *e)
{
	struct import_row row;

	w->segment = "";
	w->origin.job = w->job->undoes;
	if (w->job->undoes.n)
		return STATUS_OK;
	w->origin.import = w->job->import;
	enum status st =
	    import_store_get(w->db, w->arena, w->job->import, &row, e);

	if (st == STATUS_OK)
		w->segment = row.head.segment;
	return st;
}

enum status undo_batch(struct job_batch *b, struct err *e)
{
	struct undo_work w = {
	    .db = b->db,
	    .arena = b->arena,
	    .err = e,
	    .job = b->job,
	    .now = b->now,
	};
	uint64_t *ids;
	size_t n = 0;
	enum status st = find_origin(&w, e);

	if (st == STATUS_OK)
		st = undo_touched(b->db, b->arena, &w.origin,
		    b->job->next_contact, b->job->upto_contact, JOB_BATCH, &ids,
		    &n, e);

	b->next_contact = b->job->next_contact;
	b->last = n == 0;
	arena_init(&w.scratch);
	if (st == STATUS_OK && n)
		st = do_contacts(&w, ids, n, b);
	arena_release(&w.scratch);
	if (st == STATUS_OK)
		st = turn_list(b, e);
	return st == STATUS_OK ? end_of_import(b, e) : st;
}

enum status undo_gave_up(struct db *db, const struct job *job, struct err *e)
{
	if (!job->import.n)
		return STATUS_OK;
	return import_store_undo(db, job->import,
	    job->undoes.n ? IMPORT_REDO_GIVEN_UP : IMPORT_UNDO_GIVEN_UP, e);
}
