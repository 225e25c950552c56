/* job_view.c: jobs in templates */
/* SPDX-License-Identifier: MIT */
#include "web/parts/job_view.h"

#include "domain/jobs/bulk.h"

const char *job_view_words(struct arena *a, const struct job *job)
{
	switch (job->kind) {
	case JOB_BULK:
		return bulk_words(a, job);
	case JOB_MERGE:
		return "Merge contacts";
	case JOB_UNDO:
		break;
	}
	return job->import.n ? arena_printf(a, "Undo %simport %llu",
				   job->undoes.n ? "the undo of " : "",
				   (unsigned long long)job->import.n)
			     : arena_printf(a, "Undo change %llu",
				   (unsigned long long)job->undoes.n);
}

static const struct {
	const char *text;
	const char *kind;
} states[JOB_STATES] = {
    [JOB_QUEUED] = {"waiting", "plain"},
    [JOB_RUNNING] = {"running", "busy"},
    [JOB_DONE] = {"done", "good"},
    [JOB_FAILED] = {"failed", "bad"},
    [JOB_CANCELLED] = {"cancelled", "warn"},
};

static void set_number(
    struct arena *a, struct node *n, const char *name, uint64_t value)
{
	node_set_count(n, name, value);
	node_set_int(n, arena_printf(a, "%s.Number", name), (int64_t)value);
}

static void set_id(struct node *n, const char *name, uint64_t id)
{
	if (id)
		node_set_int(n, name, (int64_t)id);
}

static void fill_counts(
    struct arena *a, struct node *n, const struct job_counts *c)
{
	set_number(a, n, "Matched", c->matched);
	set_number(a, n, "Seen", c->seen);
	set_number(a, n, "Changed", c->changed);
	set_number(a, n, "Unchanged", c->unchanged);
	set_number(a, n, "Kept", c->kept);
	node_set_int(n, "Percent",
	    c->matched ? (int64_t)(c->seen * 100 / c->matched) : 0);
}

void job_view_fill(
    struct arena *a, struct node *n, const struct job *job, int64_t now)
{
	bool active = job->state == JOB_QUEUED || job->state == JOB_RUNNING;

	node_set_int(n, "Id", (int64_t)job->id.n);
	node_set(n, "Words", job_view_words(a, job));
	node_set(n, "Member", job->member_name);
	node_set(n, "State", job_states[job->state]);
	node_set(n, "StateText", states[job->state].text);
	node_set(n, "StateKind", states[job->state].kind);
	node_set(n, "Message", job->message);
	fill_counts(a, n, &job->counts);
	node_set_time(n, "CreatedAt", job->created_at, now);
	node_set_time(n, "StartedAt", job->started_at, now);
	node_set_time(n, "FinishedAt", job->finished_at, now);
	node_set_flag(n, "Active", active);
	node_set_flag(n, "Ended", !active);
	node_set_flag(n, "Stopping", active && job->cancel_asked);
	node_set_flag(n, "CanUndo",
	    !active && !job->undone_by.n && !job->import.n &&
		job->counts.changed > 0);
	set_id(n, "Undoes", job->undoes.n);
	set_id(n, "UndoesImport", job->import.n);
	set_id(n, "UndoneBy", job->undone_by.n);
}
