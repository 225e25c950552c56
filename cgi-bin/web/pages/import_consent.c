/* import_consent.c: the wizard's last step: consent, then the import starts */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/str.h"
#include "web/parts/import_optouts.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

static void fill(
    struct request *rq, struct response *rs, const struct import_plan *p)
{
	struct node *root = view_root(rs->view);

	import_fill(
	    rq->arena, node_child(root, "Import"), &p->row.head, clock_now());
	paragraphs_fill(rq->arena, root, "Words", consent_words());
	node_set(root, "WordsVersion", consent_words_version());
	import_fill_limit(root, p);
	if (rq->member != NULL) {
		node_set(root, "Who", rq->member->name);
		node_set(root, "WhoEmail", rq->member->email);
	}
	node_set_flag(root, "Understand", p->format->rules.segment_required);
	node_set_flag(root, "Gdpr", form_checked(&rq->form, "gdpr"));
	node_set_flag(root, "Profiling", form_checked(&rq->form, "profiling"));
}

static enum status start(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	bool gdpr = form_checked(&rq->form, "gdpr");
	bool profiling = form_checked(&rq->form, "profiling");
	enum status st;

	bool needed = !p->format->optout;

	if (needed && !gdpr)
		view_error(rs->view, "gdpr",
		    "Tick this box: without consent nothing can be imported.");
	if (needed && !profiling)
		view_error(rs->view, "profiling",
		    "Tick this box: without consent to profiling nothing can "
		    "be imported.");
	if (needed && (!gdpr || !profiling))
		return STATUS_INVALID;
	st = import_confirm(
	    rq->db, rq->arena, p->row.head.id, &rq->actor, gdpr, profiling, e);
	if (st == STATUS_CONFLICT)
		response_flash(rq, "This import has already been started.");
	else if (st != STATUS_OK)
		return st;
	return response_redirect(
	    rq, rs, arena_printf(rq->arena, "/imports/%" PRIu64, rq->path_id));
}

enum status page_import_consent(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_plan plan;
	bool gone;
	enum status st = import_open_load(rq, rs, &plan, &gone, e);

	if (st != STATUS_OK || gone)
		return st;
	if (plan.row.head.state == IMPORT_UPLOADED)
		return response_redirect(
		    rq, rs, import_next_page(rq->arena, &plan.row.head));
	if (rq->method == METHOD_POST) {
		st = start(rq, rs, &plan, e);
		if (st != STATUS_INVALID)
			return st;
	}
	fill(rq, rs, &plan);
	if (plan.row.head.state == IMPORT_READY) {
		struct optout_people people = {0};
		enum status filled = optouts_fill(
		    rq, view_root(rs->view), plan.row.head.id, &people, e);

		return filled == STATUS_OK ? st : filled;
	}
	return st;
}
