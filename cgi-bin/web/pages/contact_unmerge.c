/* contact_unmerge.c: a merge is taken back, and made again */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/contact_unmerge.h"
#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "storage/contact_store.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

static enum status fill_contact(struct request *rq, struct node *root,
    const char *name, struct contact_id id, struct err *e)
{
	struct node *n = node_child(root, name);
	struct contact c;
	enum status st = contact_store_get(rq->db, rq->arena, id, false, &c, e);

	node_set_int(n, "Id", (int64_t)id.n);
	if (st != STATUS_OK)
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	node_set_flag(n, "There", 1);
	node_set(n, "Title", contact_view_title(rq->arena, &c));
	return st;
}

static enum status show(struct request *rq, struct response *rs,
    const struct merge_state *s, struct err *e)
{
	struct node *root = view_root(rs->view);

	rq->active = "/contacts";
	node_set_int(root, "Id", (int64_t)rq->path_id);
	node_set_int(root, "Job", (int64_t)s->merge.id.n);
	node_set_int(root, "Last", (int64_t)s->last.id.n);
	node_set_flag(root, "Together", s->together);
	node_set_flag(root, "Undone", s->last.id.n != s->merge.id.n);
	node_set_time(root, "At", s->last.finished_at, clock_now());
	node_set(root, "Who", s->last.member_name);
	for (size_t i = 0; i < s->kept_count; i++) {
		struct node *n = node_add(root, "Kept");

		node_set_int(n, "Contact", (int64_t)s->kept[i].contact);
		node_set(n, "Label", contact_key_label(s->kept[i].field));
		node_set(n, "Reason", s->kept[i].reason);
	}
	enum status st = fill_contact(rq, root, "Stayed", s->id, e);

	return st == STATUS_OK ? fill_contact(rq, root, "Went", s->with, e)
			       : st;
}

static enum status change(struct request *rq, struct response *rs,
    struct contact_id id, struct job_id job, struct err *e)
{
	unsigned long long last = 0;
	struct merge_state s;

	str_to_u64(form_text(&rq->form, "last"), &last);
	enum status st = contact_unmerge(rq->db, rq->arena, &rq->actor, id, job,
	    (struct job_id){last}, &s, e);

	if (st == STATUS_CONFLICT)
		rs->message = "This was taken back or made again meanwhile, "
			      "so nothing was changed. Open it from the "
			      "timeline once more.";
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "%s",
	    s.together ? "The two contacts are one again."
		       : "There are two contacts again, as they were before.");
	return response_redirect(rq, rs,
	    s.kept_count
		? arena_printf(rq->arena, "/contacts/%llu/unmerge?job=%llu",
		      (unsigned long long)id.n, (unsigned long long)job.n)
		: arena_printf(
		      rq->arena, "/contacts/%llu", (unsigned long long)s.id.n));
}

enum status page_contact_unmerge(
    struct request *rq, struct response *rs, struct err *e)
{
	const struct form *f =
	    rq->method == METHOD_POST ? &rq->form : &rq->params;
	struct contact_id id = {rq->path_id};
	unsigned long long job = 0;
	struct merge_state s;

	if (!str_to_u64(form_text(f, "job"), &job))
		return ERR(e, STATUS_NOT_FOUND, "no job is named");
	if (rq->method == METHOD_POST)
		return change(rq, rs, id, (struct job_id){job}, e);
	enum status st = merge_state_load(
	    rq->db, rq->arena, id, (struct job_id){job}, &s, e);

	return st == STATUS_OK ? show(rq, rs, &s, e) : st;
}
