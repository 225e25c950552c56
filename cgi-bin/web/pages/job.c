/* job.c: one change of many contacts: progress, result, cancelling */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "domain/jobs/bulk.h"
#include "domain/jobs/job.h"
#include "domain/jobs/undo.h"
#include "web/parts/filter_builder.h"
#include "web/parts/job_view.h"
#include "web/routes.h"

#define KEPT_SHOWN 100u

/* Which contacts, as the conditions of a list. */
static enum status fill_filter(
    struct request *rq, struct node *root, const struct job *job, struct err *e)
{
	struct contact_filter f;

	if (job->kind != JOB_BULK)
		return STATUS_OK;
	if (bulk_is_chosen(job->filter)) {
		node_set_flag(root, "Chosen", true);
		return STATUS_OK;
	}
	enum status st =
	    contact_filter_load_text(rq->db, rq->arena, job->filter, &f, e);

	if (st == STATUS_OK)
		st = filter_builder_chips(rq, root, &f, e);
	if (st != STATUS_OK)
		return st;
	node_set(root, "ListPath",
	    arena_printf(rq->arena, "/contacts%s%s", *job->filter ? "?" : "",
		job->filter));
	return STATUS_OK;
}

static enum status fill_kept(
    struct request *rq, struct node *root, const struct job *job, struct err *e)
{
	struct job_kept *rows;
	size_t count;

	if (!job->counts.kept)
		return STATUS_OK;
	enum status st = job_store_kept(
	    rq->db, rq->arena, job->id, 0, KEPT_SHOWN, &rows, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		struct node *n = node_add(root, "Kept");

		node_set_int(n, "Id", (int64_t)rows[i].contact);
		node_set(n, "Field", contact_key_label(rows[i].field));
		node_set(n, "Reason", rows[i].reason);
	}
	return st;
}

static const char *how_of(struct request *rq, const struct job *job)
{
	struct json_t *root;
	struct err ignored;

	if (json_parse(rq->arena, job->arguments, strlen(job->arguments), &root,
		&ignored) != STATUS_OK)
		return "";
	return str_or_empty(json_get_text(root, "how"));
}

static enum status show(struct request *rq, struct response *rs,
    const struct job *job, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct node *n = node_child(root, "Job");

	job_view_fill(rq->arena, n, job, clock_now());
	node_set(n, "How", how_of(rq, job));
	node_set(root, "Title", job_view_words(rq->arena, job));
	if (job->state == JOB_QUEUED || job->state == JOB_RUNNING)
		node_set_int(root, "Refresh", 2);
	enum status st = fill_filter(rq, root, job, e);

	return st == STATUS_OK ? fill_kept(rq, root, job, e) : st;
}

static enum status cancel(struct request *rq, struct response *rs,
    const struct job *job, struct err *e)
{
	enum status st = job_cancel(rq->db, rq->arena, &rq->actor, job->id, e);

	if (st == STATUS_CONFLICT)
		response_flash(rq, "This change has already ended.");
	else if (st != STATUS_OK)
		return st;
	else
		response_flash(
		    rq, "The change stops. What it did until then stays.");
	return response_redirect(rq, rs, rq->path);
}

static enum status undo(struct request *rq, struct response *rs,
    const struct job *job, struct err *e)
{
	struct job_id id = {0};
	enum status st =
	    undo_begin_job(rq->db, rq->arena, &rq->actor, job->id, &id, e);

	if (st == STATUS_CONFLICT) {
		response_flash(rq, "This change cannot be undone now: it goes "
				   "on, or it is undone already.");
		id = job->id;
	} else if (st != STATUS_OK) {
		return st;
	}
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "/jobs/%llu", (unsigned long long)id.n));
}

enum status page_job(struct request *rq, struct response *rs, struct err *e)
{
	struct job job;
	enum status st = job_store_get(
	    rq->db, rq->arena, (struct job_id){rq->path_id}, &job, e);

	rq->active = "/contacts";
	if (st != STATUS_OK)
		return st;
	if (rq->method != METHOD_POST)
		return show(rq, rs, &job, e);
	if (str_equal(form_text(&rq->form, "do"), "cancel"))
		return cancel(rq, rs, &job, e);
	if (str_equal(form_text(&rq->form, "do"), "undo"))
		return undo(rq, rs, &job, e);
	view_error(rs->view, "", "This cannot be done with a change.");
	st = show(rq, rs, &job, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}
