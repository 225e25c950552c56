/* logout.c: ends the session */
/* SPDX-License-Identifier: MIT */
#include "domain/account.h"
#include "web/guard.h"
#include "web/routes.h"

enum status page_logout(struct request *rq, struct response *rs, struct err *e)
{
	enum status st;

	if (rq->method == METHOD_GET)
		return STATUS_OK;
	st = account_logout(rq->db, &rq->actor, rq->session_hash, e);
	if (st != STATUS_OK)
		return st;
	guard_set_cookie(rq, rs, GUARD_COOKIE, "");
	return response_redirect(rq, rs, "/login");
}
