/* run_prepare.c: before the first batch of an import */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/import/feeder.h"
#include "domain/import/row_key.h"
#include "domain/import/run_state.h"
#include "storage/attribute_store.h"
#include "storage/import_optout_store.h"
#include "storage/import_problem_store.h"
#include "storage/segment_store.h"

/* How long an import goes on while another one waits, at least: taking one up
 * costs something. */
#define TURN_MS 2000
#define TURN_PREPARATIONS 3

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
const struct attribute *run_conflicting(const struct run *r)
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
	if (r->job->check_only)
		marks_init(&r->marks, r->plan.row.head.total_rows);
	struct feeder *f = feeder_start(r->conf, &r->plan, &begin);

	while (st == STATUS_OK && (b = feeder_next(f, &st, &ignored, r->err))) {
		for (size_t i = 0; i < b->count; i++)
			row_keys_mark(&b->arena, &r->plan.rules, &b->rows[i],
			    &r->twice, &r->marks);
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
	bool problems = false, optouts = false;
	enum status st = import_job_renew(db, r->job, r->conf->lease_ms, e);

	if (st != STATUS_OK)
		return st;
	st = import_problem_forget(db, r->job->id, &problems, e);
	if (st == STATUS_OK)
		st = import_optout_forget(db, r->job->id, &optouts, e);
	f->more = problems || optouts;
	return st;
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

enum status run_prepare(struct run *r)
{
	enum status st = import_job_checkpoint(r->db, r->job, &r->at, r->err);

	if (st == STATUS_OK)
		st = plan_load(r->db, &r->arena, r->job->id, &r->plan, r->err);
	if (st == STATUS_OK)
		st = plan_load_fixes(r->db, &r->arena, &r->plan, r->err);
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
	r->turn_ms = (clock_monotonic() - r->began) * TURN_PREPARATIONS;
	if (r->turn_ms < TURN_MS)
		r->turn_ms = TURN_MS;
	return st;
}
