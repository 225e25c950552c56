/* privacy_erase.c: a person is erased, once it was asked */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/privacy/suppression.h"
#include "web/parts/privacy_view.h"
#include "web/routes.h"

/* How long the request does by itself what the worker would do. */
#define ERASE_MS 3000

struct asked {
	enum person_by by;
	const char *value;
};

static struct asked asked_of(const struct form *f)
{
	return (struct asked){
	    privacy_view_by(form_text(f, "by")), form_text(f, "value")};
}

/* The question: who it is, and what will go. */
static enum status ask(struct request *rq, struct response *rs,
    const struct asked *q, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct person_found found;
	enum status st =
	    person_find(rq->db, rq->arena, q->by, q->value, &found, e);

	if (st != STATUS_OK && st != STATUS_INVALID)
		return st;
	if (st == STATUS_INVALID || found.count > 1 ||
	    (!found.count && !*found.value)) {
		rs->message = "Nobody can be told by that. Look the person up "
			      "first.";
		return ERR(e, STATUS_NOT_FOUND, "no person to erase");
	}
	node_set(root, "By", person_bys[q->by]);
	node_set(root, "Value", q->value);
	return found.count
		   ? privacy_view_who(rq, root, found.people, clock_now(), e)
		   : STATUS_OK;
}

static enum status refuse(struct request *rq, struct response *rs,
    const struct asked *q, const char *text, struct err *e)
{
	enum status st = ask(rq, rs, q, e);

	view_error(rs->view, "sure", text);
	return st == STATUS_OK ? STATUS_INVALID : st;
}

static enum status erase(struct request *rq, struct response *rs,
    const struct asked *q, struct err *e)
{
	struct erase_result result;
	enum status st = erase_person(rq->db, rq->arena, &rq->actor, q->by,
	    q->value, ERASE_MS, &result, e);

	if (st == STATUS_DENIED)
		return refuse(rq, rs, q, SUPPRESSION_OTHER_KEY, e);
	if (st == STATUS_OK)
		return response_redirect(rq, rs,
		    arena_printf(rq->arena, "/privacy/erasures/%llu",
			(unsigned long long)result.id));
	if (st == STATUS_NOT_FOUND)
		rs->message = "Nobody in the book has this any more.";
	return st;
}

enum status page_privacy_erase(
    struct request *rq, struct response *rs, struct err *e)
{
	bool post = rq->method == METHOD_POST;
	struct asked q = asked_of(post ? &rq->form : &rq->params);

	rq->active = "/privacy";
	if (q.by == PERSON_BYS) {
		rs->message = "This address names nobody. Look the person up "
			      "first.";
		return ERR(e, STATUS_NOT_FOUND, "nobody named");
	}
	if (!post || form_checked(&rq->form, "ask"))
		return ask(rq, rs, &q, e);
	if (!form_checked(&rq->form, "sure"))
		return refuse(rq, rs, &q,
		    "Tick the box: what was erased cannot be brought back.", e);
	return erase(rq, rs, &q, e);
}
