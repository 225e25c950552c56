/* home.c: the start page is the list of contacts */
/* SPDX-License-Identifier: MIT */
#include "web/routes.h"

enum status page_home(struct request *rq, struct response *rs, struct err *e)
{
	(void)e;
	return response_redirect(rq, rs, "/contacts");
}
