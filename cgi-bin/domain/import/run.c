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
#include "domain/import/write.h"
#include "storage/attribute_store.h"
#include "storage/contact_store.h"
#include "storage/import_fix_store.h"
#include "storage/import_problem_store.h"
#include "storage/segment_store.h"

#define BATCH_TRIES 10

struct run {
	const struct conf *conf;
	struct db *db;
	const struct import_job *job;
	struct arena arena; /* of the whole run */
	struct import_plan plan;
	struct book book;
	struct keys keys;
	struct keys twice; /* marked: the keys that the file has twice */
	struct ahead_recent recent;
	struct ghosts ghosts;	     /* of a check */
	struct optins optins;	     /* opt-ins that a member confirmed */
	struct import_checkpoint at; /* committed */
	struct actor actor;
	uint64_t next_id; /* reserved contact ids */
	uint64_t last_id; /* one after the last of them */
	struct err *err;
};

/* --- before the first batch --- */

/* The attributes that the mapping creates (formats.md M3). */
static enum status create_attributes(struct run *r)
{
	struct mapping *m = &r->plan.mapping;

	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *c = &m->columns[i];
		struct attribute_id id;

		if (c->kind != TARGET_ATTRIBUTE || !c->create)
			continue;
		enum status st = attribute_store_insert(r->db, c->attribute, "",
		    attribute_types[c->type].key, &id, r->err);

		if (st != STATUS_OK && st != STATUS_CONFLICT)
			return st;
	}
	return STATUS_OK;
}

/* An attribute can have been created with another type since the mapping was
 * made: then nothing of the file is written. */
static const struct attribute *conflicting(const struct run *r)
{
	const struct mapping *m = &r->plan.mapping;
	const struct attribute_list *book = &r->plan.book;

	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *c = &m->columns[i];

		for (size_t k = 0; k < book->count; k++)
			if (c->kind == TARGET_ATTRIBUTE &&
			    str_equal(book->items[k].name, c->attribute) &&
			    book->items[k].type != c->type)
				return &book->items[k];
	}
	return NULL;
}

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

static enum status prepare_segment(struct run *r)
{
	const char *name = r->plan.row.head.segment;
	struct segment_id id = {0};

	if (!*name)
		return STATUS_OK;
	enum status st = segment_store_ensure(r->db, name, &id, r->err);

	r->book.segment = id.n;
	return st;
}

/* The keys of the batches that are written already. */
static enum status load_keys(struct run *r)
{
	struct arena a;
	enum status st = STATUS_OK;

	if (r->plan.rules.duplicates != DUPLICATES_FIRST_WINS)
		return STATUS_OK;
	arena_init(&a);
	for (uint64_t i = 0; st == STATUS_OK && i < r->at.batch; i++) {
		const char *bytes;
		size_t n;

		arena_reset(&a);
		st = import_batch_hashes(
		    r->db, &a, r->job->id, i, &bytes, &n, r->err);
		if (st == STATUS_OK)
			keys_unpack(&r->keys, (const unsigned char *)bytes, n);
	}
	arena_release(&a);
	return st;
}

/* Which keys the file has twice is known only when all of it was read once. */
static enum status mark_twice(struct run *r)
{
	const struct import_checkpoint begin = {0};
	struct refusal ignored;
	struct batch *b;
	enum status st = STATUS_OK;

	if (!row_keys_need_marks(&r->plan, r->job->check_only))
		return STATUS_OK;
	struct feeder *f = feeder_start(r->conf, &r->plan, &begin);

	while (st == STATUS_OK && (b = feeder_next(f, &st, &ignored, r->err))) {
		for (size_t i = 0; i < b->count; i++)
			row_keys_mark(
			    &b->arena, &r->plan.rules, &b->rows[i], &r->twice);
		feeder_give_back(f, b);
		st = import_job_renew(r->db, r->job, r->conf->lease_ms, r->err);
	}
	feeder_stop(f);
	return st;
}

struct forgetting {
	struct run *run;
	bool more;
};

/* Fenced like a batch: a worker that lost its lease must not take away what
 * the one that has it now found. */
static enum status forget_some(struct db *db, void *arg, struct err *e)
{
	struct forgetting *f = arg;
	const struct run *r = f->run;
	enum status st = import_job_renew(db, r->job, r->conf->lease_ms, e);

	if (st != STATUS_OK)
		return st;
	st = import_problem_forget(db, r->job->id, &f->more, e);
	return st == STATUS_OK
		   ? import_optout_forget(db, r->job->id, &f->more, e)
		   : st;
}

static enum status forget_findings(struct run *r)
{
	struct forgetting f = {r, true};
	enum status st = STATUS_OK;

	while (st == STATUS_OK && f.more)
		st = db_transact(r->db, forget_some, &f, r->err);
	return st;
}

/* A check that was broken off begins anew: what it knew of earlier rows is
 * gone. The findings of a check go before the import's own come. */
static enum status clear_former(struct run *r)
{
	enum status st = STATUS_OK;

	if (r->job->check_only && r->at.batch) {
		st = import_job_restart(r->db, r->job, r->err);
		r->at = (struct import_checkpoint){0};
	}
	if (st == STATUS_OK && !r->at.batch)
		st = forget_findings(r);
	return st;
}

/* What the import makes in the book before its first row. */
static enum status prepare_book(struct run *r)
{
	enum status st = STATUS_OK;

	r->book.check_only = r->job->check_only;
	if (!r->job->check_only)
		st = create_attributes(r);
	if (st == STATUS_OK)
		st = attribute_store_list(
		    r->db, &r->arena, &r->plan.book, r->err);
	if (st == STATUS_OK)
		st = book_load_for(
		    &r->book, r->db, &r->arena, r->plan.row.head.tags, r->err);
	if (st == STATUS_OK && !r->job->check_only)
		st = prepare_segment(r);
	return st;
}

static enum status prepare(struct run *r)
{
	enum status st = import_job_checkpoint(r->db, r->job, &r->at, r->err);

	if (st == STATUS_OK)
		st =
		    intake_load(r->db, &r->arena, r->job->id, &r->plan, r->err);
	if (st == STATUS_OK)
		st = intake_load_fixes(r->db, &r->arena, &r->plan, r->err);
	if (st == STATUS_OK)
		st = clear_former(r);
	if (st == STATUS_OK)
		st = prepare_book(r);
	if (st == STATUS_OK)
		st = load_keys(r);
	if (st == STATUS_OK)
		st = optins_load(
		    &r->optins, r->db, &r->arena, r->job->id, r->err);
	if (st == STATUS_OK)
		st = mark_twice(r);
	r->actor = (struct actor){.member = r->plan.row.head.member};
	return st;
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
	    .ghosts = r->job->check_only ? &r->ghosts : NULL,
	    .optins = &r->optins,
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
	add_counts(&next->counts, &m->counts);
	if (!adds_up(&next->counts) || m->counts.read != b->count)
		return ERR(r->err, STATUS_FAILED, "the counts do not add up");
	return write_batch(&w, b, m, next, r->err);
}

static enum status try_batch(struct run *r, struct batch *b, struct matched *m)
{
	struct import_checkpoint next;
	enum status st = reserve_ids(r);

	if (st == STATUS_OK)
		st = db_begin(r->db, r->err);
	if (st != STATUS_OK)
		return st;
	st = process(r, b, m, &next);
	if (st == STATUS_OK)
		st = db_commit(r->db, r->err);
	if (st == STATUS_OK) {
		r->at = next;
		keys_unpack(&r->keys, m->keys, m->keys_length);
		ahead_recent_add(&r->recent, b);
		optins_keep(&r->optins, m->optouts, m->optout_count);
		return STATUS_OK;
	}
	db_rollback(r->db);
	if (st == STATUS_BUSY) {
		enum status loaded = book_load(&r->book, r->db, r->err);

		st = loaded == STATUS_OK ? st : loaded;
	}
	return st;
}

/* So that two workers that met do not meet again. */
static int64_t jitter(void)
{
	unsigned char byte;

	crypto_random(&byte, 1);
	return byte % 16;
}

static enum status do_batch(struct run *r, struct batch *b, struct matched *m)
{
	enum status st = STATUS_BUSY;

	for (int i = 0; i < BATCH_TRIES && st == STATUS_BUSY; i++) {
		if (i)
			clock_sleep((5 << i) + jitter());
		st = try_batch(r, b, m);
		if (st == STATUS_BUSY)
			ahead_forget(b);
	}
	return st;
}

/* --- all of them --- */

static enum status cancel_asked(struct run *r, bool *yes)
{
	struct import_checkpoint now;
	enum status st = import_job_checkpoint(r->db, r->job, &now, r->err);

	*yes = st == STATUS_OK && now.cancel_asked;
	return st;
}

static enum status at_end(
    struct run *r, enum status st, const struct refusal *refusal)
{
	bool check_only = r->job->check_only;

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

static enum status all_batches(struct run *r, struct turn *turn)
{
	struct feeder *f = feeder_start(r->conf, &r->plan, &r->at);
	struct matched *m = xmalloc(sizeof(*m));
	struct refusal refusal = {PROBLEM_CODES, ""};
	enum status st = STATUS_OK;
	bool cancelled = false;
	struct batch *b;

	while (st == STATUS_OK && !*turn->stop && !cancelled) {
		b = feeder_next(f, &st, &refusal, r->err);
		if (!b) {
			if (st == STATUS_OK)
				st = keep_fixed_cells(r, f);
			st = at_end(r, st, &refusal);
			goto out;
		}
		st = do_batch(r, b, m);
		feeder_give_back(f, b);
		if (st == STATUS_OK)
			st = cancel_asked(r, &cancelled);
		if (st == STATUS_OK)
			turn_share(turn);
	}
	if (st == STATUS_OK && cancelled)
		st = finish(r, "cancelled", "", "");
	else if (st == STATUS_OK)
		st = import_job_release(r->db, r->job, r->err);
out:
	free(m);
	feeder_stop(f);
	return st;
}

enum status import_run(const struct conf *conf, struct db *db,
    const struct import_job *job, struct turn *turn, struct err *e)
{
	struct run r = {.conf = conf, .db = db, .job = job, .err = e};

	if (job->check_only) /* ids that no row has */
		r.next_id = NO_CONTACT;
	arena_init(&r.arena);
	book_init(&r.book);
	keys_init(&r.keys);
	keys_init(&r.twice);
	ahead_recent_init(&r.recent);
	ghosts_init(&r.ghosts);
	optins_init(&r.optins);
	enum status st = prepare(&r);
	const struct attribute *other =
	    st == STATUS_OK ? conflicting(&r) : NULL;

	if (other)
		st = refuse_type(&r, other);
	else if (st == STATUS_OK)
		st = all_batches(&r, turn);
	/* What will not get better by trying again ends the import. */
	if (st == STATUS_FAILED || st == STATUS_NOT_FOUND ||
	    st == STATUS_TOO_LARGE) {
		log_err("import", st, e);
		st = finish(&r, "failed", "internal",
		    "An internal error stopped the import. What was imported"
		    " before it is kept; the log has the reason.");
	}
	keys_release(&r.keys);
	keys_release(&r.twice);
	ahead_recent_release(&r.recent);
	ghosts_release(&r.ghosts);
	optins_release(&r.optins);
	book_release(&r.book);
	arena_release(&r.arena);
	return st;
}
