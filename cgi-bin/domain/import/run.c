/* run.c: an import runs, batch by batch, until its end */
/* SPDX-License-Identifier: MIT */
#include "domain/import/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/import/feeder.h"
#include "domain/import/match.h"
#include "domain/import/optout_list.h"
#include "domain/import/run_state.h"
#include "domain/import/suppressed.h"
#include "domain/import/write.h"
#include "storage/attribute_store.h"
#include "storage/contact_store.h"
#include "storage/import_fix_store.h"
#include "storage/import_problem_store.h"
#include "storage/segment_store.h"

#define BATCH_TRIES 10
#define LOST_TRIES 6 /* with pauses of up to 3.2 s */
#define FULL_TRIES 4 /* with a second between them */

static enum status finish(
    struct run *r, const char *state, const char *code, const char *message)
{
	log_info("import %llu: %s %s", (unsigned long long)r->job->id.n, state,
	    code);
	return import_job_finish(r->db, r->job, state, code, message, r->err);
}

static enum status refuse_type(struct run *r, const struct attribute *x)
{
	return finish(r, "refused", "attribute-type-conflict",
	    arena_printf(&r->arena,
		"The attribute \"%.80s\" has the type %s in the book, another"
		" one in this import: choose another name for the column.",
		x->name, attribute_types[x->type].key));
}

/* --- one batch --- */

static void add_counts(struct import_counts *sum, const struct import_counts *c)
{
	sum->read += c->read;
	sum->created += c->created;
	sum->updated += c->updated;
	sum->unchanged += c->unchanged;
	sum->skipped += c->skipped;
	sum->rejected += c->rejected;
}

/* formats.md section 7: every row ends in exactly one outcome. */
static bool adds_up(const struct import_counts *c)
{
	return c->read == c->created + c->updated + c->unchanged + c->skipped +
			      c->rejected;
}

static enum status reserve_ids(struct run *r)
{
	if (r->job->check_only || r->last_id - r->next_id >= BATCH_ROWS)
		return STATUS_OK;
	enum status st =
	    contact_store_reserve(r->db, BATCH_ROWS * 4, &r->next_id, r->err);

	r->last_id = r->next_id + BATCH_ROWS * 4;
	return st;
}

/* Matches and writes in the transaction that is open; *next is the
 * checkpoint after it. */
static enum status process(struct run *r, struct batch *b, struct matched *m,
    struct import_checkpoint *next)
{
	int64_t now = clock_now();
	struct matcher matcher = {
	    .db = r->db,
	    .plan = &r->plan,
	    .book = &r->book,
	    .keys = &r->keys,
	    .twice = &r->twice,
	    .marks = &r->marks,
	    .ghosts = r->job->check_only ? &r->ghosts : NULL,
	    .optins = &r->optins,
	    .lifted = r->job->check_only ? &r->lifted : NULL,
	    .opted_out = r->job->check_only ? &r->opted_out : NULL,
	    .next_id = r->next_id,
	    .recent = &r->recent,
	    .now = now,
	};
	const struct writing w = {
	    .db = r->db,
	    .job = r->job,
	    .book = &r->book,
	    .actor = &r->actor,
	    .now = now,
	    .lease_ms = r->conf->lease_ms,
	    .check_only = r->job->check_only,
	};
	enum status st = optins_read(&r->optins, r->db, r->job->id, b, r->err);

	if (st == STATUS_OK)
		st = match_batch(&matcher, b, m, r->err);
	if (st != STATUS_OK)
		return st;
	r->next_id = matcher.next_id;
	*next = (struct import_checkpoint){
	    .batch = r->at.batch + 1,
	    .row = b->next_row,
	    .line = b->next_line,
	    .offset = b->next_offset,
	    .counts = r->at.counts,
	};
	r->counted = clock_monotonic();
	next->worked_ms = (uint64_t)(r->counted - r->since);
	add_counts(&next->counts, &m->counts);
	if (!adds_up(&next->counts) || m->counts.read != b->count)
		return ERR(r->err, STATUS_FAILED, "the counts do not add up");
	return write_batch(&w, b, m, next, r->err);
}

/* The batch is in the tables. */
static void batch_is_written(struct run *r, struct batch *b,
    const struct matched *m, const struct import_checkpoint *at)
{
	r->at = *at;
	r->since = r->counted;
	keys_unpack(&r->keys, m->keys, m->keys_length);
	ahead_recent_add(&r->recent, b);
	optins_keep(&r->optins, m->optouts, m->optout_count);
	if (r->job->check_only)
		suppressed_keep(&r->lifted, m);
	if (m->list)
		optout_list_keep(&r->opted_out, m->list);
}

static enum status try_batch(struct run *r, struct batch *b, struct matched *m,
    struct import_checkpoint *next)
{
	enum status st = reserve_ids(r);

	if (st == STATUS_OK)
		st = db_begin(r->db, r->err);
	if (st != STATUS_OK)
		return st;
	st = process(r, b, m, next);
	if (st == STATUS_OK)
		st = db_commit(r->db, r->err);
	if (st == STATUS_OK) {
		batch_is_written(r, b, m, next);
		return STATUS_OK;
	}
	db_rollback(r->db);
	return st;
}

/* So that two workers that met do not meet again. */
static int64_t jitter(void)
{
	unsigned char byte;

	crypto_random(&byte, 1);
	return byte % 16;
}

/* After a lost connection nobody knows whether the last commit came through:
 * the checkpoint does. */
static enum status look_for_commit(struct run *r, struct batch *b,
    const struct matched *m, const struct import_checkpoint *next,
    bool *written)
{
	struct import_checkpoint now;
	enum status st = import_job_checkpoint(r->db, r->job, &now, r->err);

	*written = st == STATUS_OK && now.batch == r->at.batch + 1;
	if (*written)
		batch_is_written(r, b, m, next);
	return st;
}

struct tries {
	int busy;
	int lost;
	int full;
};

/* Waits for what may pass: locks, a server that starts again, a disk on which
 * somebody makes room. False when it is enough. */
static bool wait_for_better(struct tries *t, enum status st)
{
	if (st == STATUS_BUSY && ++t->busy < BATCH_TRIES)
		clock_sleep((5 << t->busy) + jitter());
	else if (st == STATUS_LOST && ++t->lost < LOST_TRIES)
		clock_sleep(50 << t->lost);
	else if (st == STATUS_FULL && ++t->full < FULL_TRIES)
		clock_sleep(1000);
	else
		return false;
	return true;
}

static enum status do_batch(struct run *r, struct batch *b, struct matched *m)
{
	struct import_checkpoint next = {0};
	struct tries tries = {0};
	bool written = false;
	enum status st = try_batch(r, b, m, &next);

	while (wait_for_better(&tries, st)) {
		if (st == STATUS_LOST) {
			st = look_for_commit(r, b, m, &next, &written);
			if (written)
				return STATUS_OK;
			if (st != STATUS_OK)
				continue;
		}
		/* Tags that were made in the transaction are gone, and others
		 * may have changed what was looked up ahead. */
		ahead_forget(b);
		st = book_load(&r->book, r->db, r->err);
		if (st == STATUS_OK)
			st = try_batch(r, b, m, &next);
	}
	return st;
}

/* --- all of them --- */

/* Why an import stops between two batches. */
enum stop {
	STOP_NOT,
	STOP_CANCEL,
	STOP_PAUSE,
	STOP_GIVE_BACK /* the worker ends, or another import has its turn */
};

/* An import that waits gets its turn. Not from a check, which would have to
 * begin anew. */
static enum status others_turn(struct run *r, enum stop *why)
{
	bool wait = false;
	enum status st = STATUS_OK;

	if (!r->job->check_only && clock_monotonic() - r->began >= r->turn_ms)
		st = import_job_others(r->db, r->job, &wait, r->err);
	if (wait)
		*why = STOP_GIVE_BACK;
	return st;
}

static enum status look_around(
    struct run *r, const struct turn *turn, enum stop *why)
{
	struct import_checkpoint now = {0};
	enum status st = import_job_checkpoint(r->db, r->job, &now, r->err);

	*why = STOP_NOT;
	if (st != STATUS_OK)
		return st;
	if (now.cancel_asked)
		*why = STOP_CANCEL;
	else if (now.pause_asked && !r->job->check_only)
		*why = STOP_PAUSE;
	else if (*turn->stop)
		*why = STOP_GIVE_BACK;
	else
		st = others_turn(r, why);
	return st;
}

static enum status stop_for(struct run *r, enum stop why)
{
	switch (why) {
	case STOP_CANCEL:
		return finish(r, "cancelled", "", "");
	case STOP_PAUSE:
		return finish(r, "paused", "", "");
	case STOP_GIVE_BACK:
		log_info("import %llu: given back",
		    (unsigned long long)r->job->id.n);
		return import_job_release(r->db, r->job, r->err);
	case STOP_NOT:
		break;
	}
	return STATUS_OK;
}

static enum status at_end(
    struct run *r, enum status st, const struct refusal *refusal)
{
	bool check_only = r->job->check_only;

	if (st == STATUS_OK && check_only && r->ghosts.full_from)
		st = import_job_inexact(
		    r->db, r->job, r->ghosts.full_from, r->err);
	if (st == STATUS_OK)
		return finish(r, check_only ? "ready" : "done", "", "");
	if (st == STATUS_INVALID)
		return finish(r, check_only ? "refused" : "failed",
		    problem_infos[refusal->code].code, refusal->text);
	return st;
}

struct fixed {
	const struct run *run;
	const uint64_t *numbers;
	const uint64_t *cells;
};

static enum status put_fixed_cells(struct db *db, void *arg, struct err *e)
{
	const struct fixed *f = arg;
	const struct run *r = f->run;
	enum status st = import_job_renew(db, r->job, r->conf->lease_ms, e);

	if (st != STATUS_OK)
		return st;
	return import_fix_set_cells(
	    db, r->job->id, f->numbers, f->cells, r->plan.fixes->count, e);
}

/* What each correction did, once a check has seen the whole file. */
static enum status keep_fixed_cells(struct run *r, const struct feeder *f)
{
	const struct fixes *fixes = r->plan.fixes;

	if (!fixes || !r->job->check_only)
		return STATUS_OK;
	uint64_t *numbers =
	    arena_raw(&r->arena, fixes->count * sizeof(*numbers));
	struct fixed fixed = {r, numbers, feeder_fixed_cells(f)};

	for (size_t i = 0; i < fixes->count; i++)
		numbers[i] = fixes->items[i].number;
	return db_transact(r->db, put_fixed_cells, &fixed, r->err);
}

/* The time that others have is not this import's. */
static void share(struct run *r, struct turn *turn)
{
	int64_t from = clock_monotonic();

	turn_share(turn);
	r->since += clock_monotonic() - from;
}

static enum status all_batches(struct run *r, struct turn *turn)
{
	enum stop why = STOP_NOT;
	enum status st = look_around(r, turn, &why);

	if (st != STATUS_OK || why != STOP_NOT)
		return st == STATUS_OK ? stop_for(r, why) : st;
	struct feeder *f = feeder_start(r->conf, &r->plan, &r->at);
	struct matched *m = xmalloc(sizeof(*m));
	struct refusal refusal = {PROBLEM_CODES, ""};

	while (st == STATUS_OK && why == STOP_NOT) {
		struct batch *b = feeder_next(f, &st, &refusal, r->err);

		if (!b) {
			if (st == STATUS_OK)
				st = keep_fixed_cells(r, f);
			st = at_end(r, st, &refusal);
			break;
		}
		st = do_batch(r, b, m);
		feeder_give_back(f, b);
		if (st != STATUS_OK)
			break;
		share(r, turn);
		st = look_around(r, turn, &why);
	}
	if (st == STATUS_OK)
		st = stop_for(r, why);
	free(m);
	feeder_stop(f);
	return st;
}

/* Without the right secret nobody can tell whom the file would bring back. */
static enum status refuse_key(struct run *r, enum status st)
{
	struct import_checkpoint now = {0};

	log_err("import", st, r->err);
	st = import_job_checkpoint(r->db, r->job, &now, r->err);
	return st == STATUS_OK
		   ? finish(r, now.counts.read ? "failed" : "refused",
			 "privacy-key", SUPPRESSION_OTHER_KEY)
		   : st;
}

/* What will not get better by trying again ends the import; with a full disk it
 * waits for somebody to make room. */
static enum status give_up(struct run *r, enum status st)
{
	log_err("import", st, r->err);
	if (st == STATUS_FULL)
		return finish(r, r->job->check_only ? "mapped" : "paused",
		    "disk-full",
		    "The disk of the database is full. Free some space on it,"
		    " then go on: nothing is lost, and no row is imported"
		    " twice.");
	return finish(r, "failed", "internal",
	    "An internal error stopped the import. What was imported"
	    " before it is kept; the log has the reason.");
}

enum status import_run(const struct conf *conf, struct db *db,
    const struct import_job *job, struct turn *turn, struct err *e)
{
	struct run r = {.conf = conf, .db = db, .job = job, .err = e};

	r.began = r.since = clock_monotonic();

	if (job->check_only) /* ids that no row has */
		r.next_id = NO_CONTACT;
	arena_init(&r.arena);
	book_init(&r.book);
	keys_init(&r.keys);
	keys_init(&r.twice);
	keys_init(&r.lifted);
	keys_init(&r.opted_out);
	ahead_recent_init(&r.recent);
	ghosts_init(&r.ghosts);
	optins_init(&r.optins);
	enum status st = suppression_usable(db, e);

	if (st == STATUS_OK)
		st = run_prepare(&r);
	const struct attribute *other =
	    st == STATUS_OK ? run_conflicting(&r) : NULL;

	if (other)
		st = refuse_type(&r, other);
	else if (r.dynamic_segment)
		st = finish(
		    &r, "refused", "segment-dynamic", SEGMENT_IS_DYNAMIC);
	else if (st == STATUS_OK)
		st = all_batches(&r, turn);
	if (st == STATUS_DENIED)
		st = refuse_key(&r, st);
	if (st == STATUS_FAILED || st == STATUS_NOT_FOUND ||
	    st == STATUS_TOO_LARGE || st == STATUS_FULL)
		st = give_up(&r, st);
	keys_release(&r.keys);
	keys_release(&r.twice);
	keys_release(&r.lifted);
	keys_release(&r.opted_out);
	marks_release(&r.marks);
	ahead_recent_release(&r.recent);
	ghosts_release(&r.ghosts);
	optins_release(&r.optins);
	book_release(&r.book);
	arena_release(&r.arena);
	return st;
}
