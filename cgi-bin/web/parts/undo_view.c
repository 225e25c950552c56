/* undo_view.c: the undo of an import as the pages show it */
/* SPDX-License-Identifier: MIT */
#include "web/parts/undo_view.h"

#include "base/clock.h"
#include "domain/jobs/undo.h"

enum status undo_view_load(
    struct request *rq, struct import_id id, struct job *out, struct err *e)
{
	struct job_id last;
	enum status st = undo_last_of_import(rq->db, id, false, &last, e);

	if (st == STATUS_OK)
		st = job_store_get(rq->db, rq->arena, last, out, e);
	return st;
}

static void put_count(struct node *n, const char *name, uint64_t value)
{
	node_set_count(n, name, value);
	node_set_int(node_child(n, name), "Number", (int64_t)value);
}

static uint64_t percent_of(const struct job_counts *c)
{
	if (!c->matched)
		return 0;
	return c->seen < c->matched ? c->seen * 100 / c->matched : 100;
}

static void fill(struct node *n, const struct job *job)
{
	const struct job_counts *c = &job->counts;

	node_set_int(n, "Job", (int64_t)job->id.n);
	node_set_flag(n, "Redo", job->undoes.n != 0);
	node_set_flag(n, "Waiting", job->state == JOB_QUEUED);
	node_set_flag(n, "Failed", job->state == JOB_FAILED);
	node_set(n, "Message", job->message);
	node_set(n, "Member", job->member_name);
	node_set_time(n, "FinishedAt", job->finished_at, clock_now());
	put_count(n, "Matched", c->matched);
	put_count(n, "Seen", c->seen);
	put_count(n, "Changed", c->changed);
	put_count(n, "Unchanged", c->unchanged);
	put_count(n, "Kept", c->kept);
	node_set_int(n, "Percent", (int64_t)percent_of(c));
}

enum status undo_view_fill(
    struct request *rq, struct node *n, const struct import *im, struct err *e)
{
	struct job job;
	enum status st = undo_view_load(rq, im->id, &job, e);

	node_set_flag(n, "CanUndo", undo_is_possible(im));
	node_set_flag(n, "CanRedo", im->state == IMPORT_UNDONE);
	if (st == STATUS_OK)
		fill(node_child(n, "Undo"), &job);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
