/* privacy_erasure.c: what an erasure took away, and how far it has come */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "web/parts/privacy_view.h"
#include "web/routes.h"

enum status page_privacy_erasure(
    struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct erase_result r;
	int64_t now = clock_now();
	enum status st = erase_get(rq->db, rq->arena, rq->path_id, &r, e);

	if (st != STATUS_OK)
		return st;
	node_set_int(root, "Id", (int64_t)r.id);
	node_set_flag(root, "Done", r.done);
	node_set(root, "Member", r.member_name);
	node_set_time(root, "CreatedAt", r.created_at, now);
	node_set_time(root, "FinishedAt", r.finished_at, now);
	if (r.contact)
		node_set_int(root, "Contact", (int64_t)r.contact);
	for (int i = 0; i < ERASED_COUNT; i++) {
		struct node *row = node_add(root, "Counts");

		node_set(row, "Label", erased_infos[i].label);
		node_set_count(row, "Count", r.counts[i]);
	}
	for (size_t i = 0; i < r.waits_count; i++)
		node_set_int(
		    node_add(root, "WaitsFor"), "Id", (int64_t)r.waits_for[i]);
	if (!r.done)
		node_set_int(root, "Refresh", 5);
	rq->active = "/privacy";
	return STATUS_OK;
}
