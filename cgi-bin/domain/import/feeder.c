/* feeder.c: a thread that reads and checks batches ahead of the writing */
/* SPDX-License-Identifier: MIT */
#include "domain/import/feeder.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/log.h"
#include "domain/import/ahead.h"
#include "domain/import/fix.h"
#include "domain/import/problem.h"

#define BATCHES AHEAD_BATCHES /* one is written, two are ahead */

struct feeder {
	/* of the thread alone */
	struct db *db;
	const struct import_plan *plan;
	struct check_context context;
	struct source source;
	struct batch *filling;
	size_t batch_rows;     /* of a full batch */
	uint64_t *fixed_cells; /* of each correction */
	uint64_t rows;	       /* of data, that came before this one */
	bool header;	       /* still to be left out */
	struct ahead ahead;

	/* shared, under the lock */
	pthread_mutex_t lock;
	pthread_cond_t change;
	struct batch *empty[BATCHES];
	size_t empty_count;
	struct batch *full[BATCHES]; /* oldest first */
	size_t full_count;
	bool stop;  /* the reader of batches wants no more */
	bool ended; /* the thread has nothing more to give */
	enum status status;
	struct refusal refusal;
	struct err err;
	struct arena arena; /* of the refusal's text */

	pthread_t thread;
	struct batch *all[BATCHES];
};

static struct batch *take_empty(struct feeder *f)
{
	struct batch *b = NULL;

	pthread_mutex_lock(&f->lock);
	while (!f->empty_count && !f->stop)
		pthread_cond_wait(&f->change, &f->lock);
	if (!f->stop)
		b = f->empty[--f->empty_count];
	pthread_mutex_unlock(&f->lock);
	return b;
}

static void hand_over(struct feeder *f)
{
	ahead_look(&f->ahead, f->db, f->filling);
	pthread_mutex_lock(&f->lock);
	f->full[f->full_count++] = f->filling;
	f->filling = NULL;
	pthread_cond_broadcast(&f->change);
	pthread_mutex_unlock(&f->lock);
}

static bool on_record(void *arg, const struct record *r)
{
	struct feeder *f = arg;

	if (f->header) {
		f->header = false;
		return true;
	}
	if (!f->filling)
		f->filling = take_empty(f);
	if (!f->filling)
		return false;
	struct batch *b = f->filling;
	struct checked_row *row = &b->rows[b->count++];

	if (f->rows++ < f->plan->rules.row_limit)
		fixes_check_row(&b->arena, f->plan->fixes, &f->context, r, row,
		    f->fixed_cells);
	else
		checked_row_skip(&b->arena, r, ROW_LIMIT,
		    arena_printf(&b->arena,
			"Only the first %llu rows of a file are imported: put"
			" this one into another file.",
			(unsigned long long)f->plan->rules.row_limit),
		    row);
	b->next_row = r->row;
	b->next_line = r->next_line;
	b->next_offset = r->end;
	if (b->count == f->batch_rows || b->arena.used > BATCH_BYTES)
		hand_over(f);
	return true;
}

static void *run(void *arg)
{
	struct feeder *f = arg;
	struct refusal refusal = {PROBLEM_CODES, ""};
	struct err e = {0};
	enum status st =
	    source_read(&f->arena, &f->source, on_record, f, &refusal, &e);

	if (st == STATUS_OK && f->filling)
		hand_over(f);
	pthread_mutex_lock(&f->lock);
	f->status = st;
	f->refusal = refusal;
	f->err = e;
	f->ended = true;
	pthread_cond_broadcast(&f->change);
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

struct feeder *feeder_start(const struct conf *conf,
    const struct import_plan *plan, const struct import_checkpoint *from)
{
	struct feeder *f = xcalloc(1, sizeof(*f));

	f->db = db_new(conf, false);
	f->plan = plan;
	f->batch_rows = conf->batch_rows;
	if (plan->fixes)
		f->fixed_cells =
		    xcalloc(plan->fixes->count, sizeof(*f->fixed_cells));
	if (!f->batch_rows || f->batch_rows > BATCH_ROWS)
		f->batch_rows = BATCH_ROWS;
	plan_check_context(plan, &f->context);
	plan_source(f->db, &plan->row.head, &f->source);
	f->source.row = from->row;
	f->source.line = from->line;
	f->source.at = from->offset;
	f->rows = from->counts.read;
	f->header = plan->row.head.header && !from->offset;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->change, NULL);
	arena_init(&f->arena);
	for (size_t i = 0; i < BATCHES; i++) {
		f->all[i] = xcalloc(1, sizeof(struct batch));
		arena_init(&f->all[i]->arena);
		f->empty[f->empty_count++] = f->all[i];
	}
	if (pthread_create(&f->thread, NULL, run, f) != 0)
		log_fatal("cannot start a thread");
	return f;
}

struct batch *feeder_next(
    struct feeder *f, enum status *st, struct refusal *refusal, struct err *e)
{
	struct batch *b = NULL;

	pthread_mutex_lock(&f->lock);
	while (!f->full_count && !f->ended)
		pthread_cond_wait(&f->change, &f->lock);
	if (f->full_count) {
		b = f->full[0];
		f->full_count--;
		for (size_t i = 0; i < f->full_count; i++)
			f->full[i] = f->full[i + 1];
	} else {
		*st = f->status;
		*refusal = f->refusal;
		*e = f->err;
	}
	pthread_mutex_unlock(&f->lock);
	return b;
}

const uint64_t *feeder_fixed_cells(const struct feeder *f)
{
	return f->fixed_cells;
}

void feeder_give_back(struct feeder *f, struct batch *b)
{
	arena_reset(&b->arena);
	b->count = 0;
	pthread_mutex_lock(&f->lock);
	f->empty[f->empty_count++] = b;
	pthread_cond_broadcast(&f->change);
	pthread_mutex_unlock(&f->lock);
}

void feeder_stop(struct feeder *f)
{
	pthread_mutex_lock(&f->lock);
	f->stop = true;
	pthread_cond_broadcast(&f->change);
	pthread_mutex_unlock(&f->lock);
	pthread_join(f->thread, NULL);
	for (size_t i = 0; i < BATCHES; i++) {
		arena_release(&f->all[i]->arena);
		free(f->all[i]);
	}
	db_free(f->db);
	free(f->fixed_cells);
	arena_release(&f->arena);
	pthread_cond_destroy(&f->change);
	pthread_mutex_destroy(&f->lock);
	free(f);
}
