/* privacy_person.c: all that there is of a person, to read and to hand over */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "domain/privacy/person_data.h"
#include "web/parts/privacy_view.h"
#include "web/routes.h"

enum status page_privacy_person(
    struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	int64_t now = clock_now();
	struct person p;
	enum status st = privacy_view_person(rq, rq->path_id, &p, e);

	if (st == STATUS_OK && p.contact.id.n != rq->path_id)
		return response_redirect(rq, rs,
		    arena_printf(rq->arena, "/privacy/%llu",
			(unsigned long long)p.contact.id.n));
	if (st == STATUS_OK)
		st = person_data_audit(
		    rq->db, rq->arena, &rq->actor, &p, "page", e);
	if (st == STATUS_OK)
		st = privacy_view_who(rq, root, &p, now, e);
	if (st == STATUS_OK)
		st = privacy_view_data(rq, root, &p, now, e);
	node_set_time(root, "Now", now, now);
	return st;
}
