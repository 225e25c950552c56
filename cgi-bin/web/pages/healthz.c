/* healthz.c: tells a load balancer whether this node can work */
/* SPDX-License-Identifier: MIT */
#include "storage/member_store.h"
#include "web/routes.h"

enum status page_healthz(struct request *rq, struct response *rs, struct err *e)
{
	uint64_t members = 0;
	enum status st = member_store_count(rq->db, &members, e);

	if (st == STATUS_LOST) /* by a server that has started again */
		st = member_store_count(rq->db, &members, e);
	rs->content_type = "text/plain";
	rs->code = st == STATUS_OK ? 200 : 503;
	str_addz(&rs->body, st == STATUS_OK ? "ok\n" : "unavailable\n");
	return STATUS_OK;
}
