/* contacts_bulk.c: one change of all contacts that match: choose, look, do */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/str.h"
#include "web/parts/bulk_form.h"
#include "web/parts/contact_view.h"
#include "web/parts/filter_builder.h"
#include "web/parts/job_view.h"
#include "web/routes.h"

/* Who is meant: the number, and the conditions as a link to the list. */
static enum status fill_selection(struct request *rq, struct node *root,
    const struct bulk_form *form, const struct bulk_check *check, struct err *e)
{
	struct contact_filter f;
	bool chosen = bulk_is_chosen(form->where);

	node_set_count(root, "Matched", check->matched);
	node_set(root, "Title",
	    check->matched ? "Change contacts together" : "Nothing to change");
	node_set_flag(root, "One", check->matched == 1);
	node_set_flag(root, "None", check->matched == 0);
	node_set_flag(root, "Chosen", chosen);
	node_set(root, "ListPath",
	    !*form->where
		? "/contacts"
		: arena_printf(rq->arena, "/contacts?%s", form->where));
	if (chosen)
		return STATUS_OK;
	enum status st = contact_filter_load(rq->db, rq->arena,
	    form->request.filter, form->request.filter_count, &f, e);

	return st == STATUS_OK ? filter_builder_chips(rq, root, &f, e) : st;
}

static void fill_example(
    struct request *rq, struct node *n, const struct bulk_example *ex)
{
	node_set_int(n, "Id", (int64_t)ex->contact.id.n);
	node_set(n, "Title", contact_view_title(rq->arena, &ex->contact));
	if (ex->kept)
		node_set(n, "Kept", ex->kept);
	for (size_t i = 0; i < ex->count; i++) {
		struct node *d = node_add(n, "Changes");

		node_set(d, "Label", ex->differences[i].label);
		node_set_value(d, "Old", ex->differences[i].old);
		node_set_value(d, "New", ex->differences[i].now);
	}
}

/* What the change is, as its job will say it. */
static void fill_preview(struct request *rq, struct node *root,
    const struct bulk_form *form, const struct bulk_check *check)
{
	node_set_flag(root, "Preview", true);
	node_set(root, "Words", check->words);
	node_set_flag(
	    root, "Trashing", str_equal(form->request.action, "trash"));
	if (check->opted_out) {
		node_set_count(root, "OptedOut", check->opted_out);
		node_set_int(
		    root, "OptedOut.Number", (int64_t)check->opted_out);
	}
	for (size_t i = 0; i < check->example_count; i++)
		fill_example(
		    rq, node_add(root, "Examples"), &check->examples[i]);
}

/* What the change would do, or messages. */
static enum status look(struct request *rq, struct response *rs,
    const struct bulk_form *form, struct bulk_check *check, struct err *e)
{
	if (*form->control) {
		view_error(rs->view, form->control, form->text);
		return STATUS_INVALID;
	}
	enum status st =
	    bulk_look(rq->db, rq->arena, &form->request, true, check, e);

	if (st == STATUS_INVALID)
		bulk_form_messages(rq, rs, form, check);
	else if (st == STATUS_OK && check->matched)
		fill_preview(rq, view_root(rs->view), form, check);
	return st;
}

/* The form, with the numbers; and with a preview when something is chosen. */
static enum status show(struct request *rq, struct response *rs,
    const struct form *f, const struct bulk_form *form, bool preview,
    struct err *e)
{
	struct node *root = view_root(rs->view);
	struct bulk_check check = {.message_count = 0};
	enum status st =
	    preview ? look(rq, rs, form, &check, e) : STATUS_INVALID;
	enum status counted = st;

	if (st == STATUS_INVALID)
		counted = bulk_look_filter(
		    rq->db, rq->arena, &form->request, &check, e);
	if (!preview) {
		st = counted;
		if (st == STATUS_INVALID)
			bulk_form_messages(rq, rs, form, &check);
	}
	if (counted != STATUS_OK && counted != STATUS_INVALID)
		return counted;
	if (st != STATUS_OK && st != STATUS_INVALID)
		return st;
	enum status filled = fill_selection(rq, root, form, &check, e);

	if (filled == STATUS_OK)
		filled = bulk_form_fill(rq, root, f, form, e);

	return filled == STATUS_OK ? st : filled;
}

static enum status begin(struct request *rq, struct response *rs,
    const struct bulk_form *form, struct err *e)
{
	struct bulk_check check = {.message_count = 0};
	struct job_id id;
	enum status st = *form->control
			     ? STATUS_INVALID
			     : bulk_start(rq->db, rq->arena, &rq->actor,
				   &form->request, &check, &id, e);

	if (st == STATUS_INVALID && check.message_count) {
		bulk_form_messages(rq, rs, form, &check);
		st = show(rq, rs, &rq->form, form, false, e);
		return st == STATUS_OK ? STATUS_INVALID : st;
	}
	if (st == STATUS_INVALID)
		return show(rq, rs, &rq->form, form, true, e);
	if (st != STATUS_OK)
		return st;
	return response_redirect(
	    rq, rs, arena_printf(rq->arena, "/jobs/%" PRIu64, id.n));
}

enum status page_contacts_bulk(
    struct request *rq, struct response *rs, struct err *e)
{
	bool post = rq->method == METHOD_POST;
	const struct form *f = post ? &rq->form : &rq->params;
	struct bulk_form form;
	enum status st = bulk_form_read(rq, f, &form, e);

	if (st == STATUS_INVALID) {
		rs->code = 400;
		rs->message = "This selection of contacts is damaged. Begin "
			      "again with the list.";
		return ERR(e, STATUS_NOT_FOUND, "damaged filter");
	}
	if (st != STATUS_OK)
		return st;
	if (post)
		return begin(rq, rs, &form, e);
	if (str_equal(form.what, "export"))
		return response_redirect(rq, rs,
		    arena_printf(rq->arena, "/contacts/export.csv%s%s",
			*form.where ? "?" : "", form.where));
	return show(rq, rs, f, &form, *form.what != '\0', e);
}
