/* handle.c: one request from its parameters to its answer */
/* SPDX-License-Identifier: MIT */
/*
 * The steps stand in the order in which they protect each other: the address,
 * who it is, what they may do, and only then the body, whose form carries the
 * token that a changing request needs.
 */
#include "web/handle.h"

#include <malloc.h>
#include <stdio.h>

#include "model/token_scope.h"
#include "web/guard.h"
#include "web/response.h"
#include "web/router.h"

/* After a larger body the memory that it took goes back to the system: a child
 * lives long, and there are several. */
#define LARGE_BODY (256u << 10)

/* A step gives false when it has answered. */
struct exchange {
	struct request rq;
	struct response rs;
	const struct request_source *src;
	const struct route *route;
	struct err e;
};

static bool find_route(struct exchange *x)
{
	struct request *rq = &x->rq;

	x->route = router_find(rq->path, &rq->path_id, &rq->path_number);
	if (!x->route) {
		response_refuse(rq, &x->rs, 404, NULL);
		return false;
	}
	if (!(x->route->methods & rq->method)) {
		response_header(
		    rq, &x->rs, "Allow", router_allow(rq->arena, x->route));
		response_refuse(rq, &x->rs, 405, NULL);
		return false;
	}
	return true;
}

/* An error of the API that has a code of its own. */
static bool refuse_token(
    struct exchange *x, int code, const char *error, const char *message)
{
	struct request *rq = &x->rq;

	if (code == 401)
		response_header(rq, &x->rs, "WWW-Authenticate",
		    "Bearer error=\"invalid_token\"");
	api_error(rq, &x->rs, code, error, message, NULL);
	response_finish(rq, &x->rs, STATUS_OK, NULL);
	return false;
}

static const char *scope_message(struct exchange *x)
{
	unsigned needed = guard_scope(&x->rq, x->route);
	size_t i = 0;

	while (token_scopes[i].flag != needed)
		i++;
	return arena_printf(x->rq.arena,
	    "This token does not have the scope %s, which this needs. Nothing "
	    "was changed: use a token that has it.",
	    token_scopes[i].word);
}

static bool answer_verdict(struct exchange *x, enum verdict v)
{
	struct request *rq = &x->rq;

	switch (v) {
	case GUARD_PASS:
		return true;
	case GUARD_LOG_IN:
		if (!rq->api) {
			response_redirect(rq, &x->rs, guard_login_path(rq));
			response_finish(rq, &x->rs, STATUS_OK, NULL);
			return false;
		}
		response_header(rq, &x->rs, "WWW-Authenticate", "Bearer");
		response_refuse(rq, &x->rs, 401,
		    "Send a token that is valid: Authorization: Bearer TOKEN.");
		return false;
	case GUARD_EXPIRED:
		return refuse_token(x, 401, "token-expired",
		    "This token has expired. Make a new one.");
	case GUARD_SCOPE:
		return refuse_token(x, 403, "scope", scope_message(x));
	case GUARD_ROLE:
		response_refuse(rq, &x->rs, 403, NULL);
		return false;
	case GUARD_FORM:
		response_refuse(rq, &x->rs, 403,
		    "This form was opened too long ago, or before you logged "
		    "in. Nothing was changed: go back, reload the page and "
		    "send it again.");
		return false;
	}
	return false;
}

static bool read_body(struct exchange *x)
{
	int code = 0;

	if (x->rq.method != METHOD_POST && x->rq.method != METHOD_PUT)
		return true;
	if (request_read_body(&x->rq, x->src, &code, &x->e) == STATUS_OK)
		return true;
	if (code == 500)
		response_finish(&x->rq, &x->rs, STATUS_FAILED, &x->e);
	else
		response_refuse(&x->rq, &x->rs, code, x->e.message);
	return false;
}

static void run_handler(struct exchange *x)
{
	const struct route *r = x->route;
	enum status st;

	if (r->kind == ROUTE_PAGE)
		x->rs.template = r->name;
	if (r->kind == ROUTE_PAGE && r->role == ROLE_NONE)
		guard_prepare_form(&x->rq, &x->rs);
	st = r->handler(&x->rq, &x->rs, &x->e);
	response_finish(&x->rq, &x->rs, st, &x->e);
}

static void exchange_run(struct exchange *x)
{
	struct request *rq = &x->rq;
	enum status st;

	st = request_read_head(rq, x->src, &x->e);
	if (st != STATUS_OK) {
		response_refuse(rq, &x->rs, 400, x->e.message);
		return;
	}
	st = guard_identify(rq, &x->e);
	if (st == STATUS_LOST) /* by a server that has started again */
		st = guard_identify(rq, &x->e);
	if (st != STATUS_OK) {
		response_finish(rq, &x->rs, st, &x->e);
		return;
	}
	if (find_route(x) && answer_verdict(x, guard_role(rq, x->route)) &&
	    read_body(x) && answer_verdict(x, guard_form(rq, x->route)))
		run_handler(x);
}

void handle_request(
    struct web *w, const struct request_source *src, struct sender *sender)
{
	struct exchange x = {.src = src};

	x.rq.arena = &w->arena;
	x.rq.db = w->db;
	x.rq.conf = w->conf;
	response_init(&x.rs, w->views, sender);
	exchange_run(&x);
	response_release(&x.rs);
	db_rollback(w->db);
	arena_reset(&w->arena);
	if (x.rq.content_length > LARGE_BODY)
		malloc_trim(0);
}
