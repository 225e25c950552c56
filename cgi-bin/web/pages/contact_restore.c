/* contact_restore.c: a contact out of the trash, or back to a version */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/contact/contact_version.h"
#include "domain/contact/trash.h"
#include "storage/contact_store.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

static const char *contact_path(struct request *rq, struct contact_id id)
{
	return arena_printf(
	    rq->arena, "/contacts/%llu", (unsigned long long)id.n);
}

/* --- out of the trash --- */

static enum status ask(
    struct request *rq, struct response *rs, const struct contact *c)
{
	struct node *root = view_root(rs->view);

	if (!c->trashed_at)
		return response_redirect(rq, rs, contact_path(rq, c->id));
	node_set(root, "Title", "Restore from the trash");
	node_set_int(root, "Id", (int64_t)c->id.n);
	node_set(root, "Name", contact_view_title(rq->arena, c));
	return STATUS_OK;
}

static enum status out_of_trash(struct request *rq, struct response *rs,
    const struct contact *c, struct err *e)
{
	uint64_t count = 0;
	enum status st = trash_restore(
	    rq->db, rq->arena, &rq->actor, &c->id.n, 1, &count, e);

	if (st != STATUS_OK)
		return st;
	response_flash(rq,
	    count ? "%s is back in the book." : "%s was not in the trash.",
	    contact_view_title(rq->arena, c));
	return response_redirect(rq, rs, contact_path(rq, c->id));
}

/* --- back to a version --- */

static void fill_comparison(
    struct request *rq, struct node *root, const struct contact_version *v)
{
	const struct contact *c = &v->result.contact;

	node_set(root, "Name", contact_view_title(rq->arena, c));
	node_set_int(root, "From", (int64_t)c->version);
	node_set_flag(root, "Overturns", v->overturns_optout);
	for (size_t i = 0; i < v->line_count; i++) {
		struct node *line = node_add(root, "Lines");

		node_set(line, "Label", v->lines[i].label);
		node_set_value(line, "Old", v->lines[i].now);
		node_set_value(line, "New", v->lines[i].then);
	}
	for (size_t i = 0; i < v->left_out_count; i++)
		node_set(node_add(root, "LeftOut"), "Name", v->left_out[i]);
}

/* Shows what would change now, and what stands against it. */
static enum status show_version(struct request *rq, struct response *rs,
    struct contact_id id, uint64_t version, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct contact_version v;
	enum status st =
	    contact_version_compare(rq->db, rq->arena, id, version, &v, e);

	if (st == STATUS_CONFLICT && v.result.in_trash)
		return response_redirect(rq, rs, contact_path(rq, id));
	node_set(root, "Title",
	    arena_printf(rq->arena, "Restore version %llu",
		(unsigned long long)version));
	node_set_int(root, "Id", (int64_t)id.n);
	node_set_int(root, "Version", (int64_t)version);
	if (st == STATUS_OK) {
		fill_comparison(rq, root, &v);
		return STATUS_OK;
	}
	if (!v.result.message_count)
		return st;
	rs->message = v.result.messages[0].text;
	rs->code = st == STATUS_INVALID ? 422 : 404;
	return ERR(e, STATUS_NOT_FOUND, "no such version");
}

static enum status refuse_version(struct request *rq, struct response *rs,
    struct contact_id id, uint64_t version, const struct contact_result *r,
    struct err *e)
{
	struct node *root = view_root(rs->view);
	enum status st;

	if (r->in_trash)
		return response_redirect(rq, rs, contact_path(rq, id));
	bool listed = r->suppressed || r->other_privacy_key;

	node_set_flag(root, "MovedOn", !r->other.n && !listed);
	if (listed)
		node_set(root, "Problem", r->messages[0].text);
	if (r->other.n) {
		node_set_int(root, "Other", (int64_t)r->other.n);
		node_set_flag(root, "OtherInTrash", r->other_in_trash);
		node_set(root, "Problem", r->messages[0].text);
	}
	st = show_version(rq, rs, id, version, e);
	if (st == STATUS_OK)
		rs->code = 409;
	return st;
}

static enum status to_version(struct request *rq, struct response *rs,
    struct contact_id id, uint64_t version, struct err *e)
{
	struct contact_version v;
	unsigned long long from = 0;

	if (!str_to_u64(form_text(&rq->form, "from"), &from) || !from) {
		rs->code = 422;
		rs->message = "The form lacks the version that it began with. "
			      "Nothing was changed: open it again.";
		return ERR(e, STATUS_NOT_FOUND, "no version to begin with");
	}
	enum status st = contact_version_restore(rq->db, rq->arena, &rq->actor,
	    id, version, from, form_checked(&rq->form, "confirm_optin"), &v, e);

	if (st == STATUS_CONFLICT)
		return refuse_version(rq, rs, id, version, &v.result, e);
	if (st == STATUS_INVALID && v.overturns_optout) {
		view_error(
		    rs->view, "confirm_optin", v.result.messages[0].text);
		st = show_version(rq, rs, id, version, e);
		rs->code = 422;
		return st;
	}
	if (st != STATUS_OK)
		return show_version(rq, rs, id, version, e);
	response_flash(rq,
	    v.result.changed ? "%s is as in version %llu again."
			     : "%s is as in version %llu; nothing was changed.",
	    contact_view_title(rq->arena, &v.result.contact),
	    (unsigned long long)version);
	return response_redirect(rq, rs, contact_path(rq, id));
}

enum status page_contact_restore(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	bool posted = rq->method == METHOD_POST;
	const char *text =
	    form_find(posted ? &rq->form : &rq->params, "version");
	unsigned long long version = 0;
	struct contact c;
	enum status st;

	if (text) {
		str_to_u64(text, &version);
		return posted ? to_version(rq, rs, id, version, e)
			      : show_version(rq, rs, id, version, e);
	}
	st = contact_store_get(rq->db, rq->arena, id, false, &c, e);
	if (st != STATUS_OK)
		return st;
	return posted ? out_of_trash(rq, rs, &c, e) : ask(rq, rs, &c);
}
