/* guard.h: who a request is from, and what they may do */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "web/request.h"
#include "web/response.h"
#include "web/router.h"

#define GUARD_COOKIE "rubrica_session"
/* Before there is a session, the form's token is in a cookie of its own. */
#define GUARD_FORM_COOKIE "rubrica_form"

/* Fills member, actor, csrf and flash from the session's cookie (pages) or the
 * Authorization header (API; cookies count for nothing there). OK also when
 * it is nobody; else the database failed. */
enum status guard_identify(struct request *rq, struct err *e);

/* What a route lets through. */
enum verdict {
	GUARD_PASS,
	GUARD_LOG_IN,  /* nobody is logged in */
	GUARD_EXPIRED, /* the token was good, and is over */
	GUARD_ROLE,    /* the role is not enough */
	GUARD_SCOPE,   /* the token is not for this */
	GUARD_FORM     /* the form's token is missing or wrong, or the request
			* was made by another site */
};

/* The scope that a token needs for a request: for what only looks, read; for
 * what changes something, that of the route. */
unsigned guard_scope(const struct request *rq, const struct route *r);

/* Before the body is read. */
enum verdict guard_role(const struct request *rq, const struct route *r);
/* After it: for POST, PUT and DELETE of pages. */
enum verdict guard_form(const struct request *rq, const struct route *r);

/* Where to go for the login, and from there on: "/login?next=..."; in the
 * arena. */
const char *guard_login_path(const struct request *rq);

/* Sets a cookie for this site, for the browser's session; "" as the value
 * deletes it. */
void guard_set_cookie(struct request *rq, struct response *rs, const char *name,
    const char *value);
/* Gives a visitor without a session a token for the login form. */
void guard_prepare_form(struct request *rq, struct response *rs);

#endif
