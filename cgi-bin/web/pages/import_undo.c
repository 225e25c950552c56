/* import_undo.c: asks, and takes back what an import did */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "domain/jobs/undo.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

/* Who else changed these contacts since, and whose values stay then. */
static enum status fill_later(struct request *rq, struct node *root,
    const struct import *im, struct err *e)
{
	uint64_t ids[UNDO_LATER_MAX];
	size_t count = 0;
	enum status st = undo_later(rq->db, im->id, ids, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		struct node *n = node_add(root, "Later");

		node_set_int(n, "Id", (int64_t)ids[i]);
		st = import_fill_name(rq, n, ids[i], e);
	}
	if (st == STATUS_TOO_LARGE) /* not in that time: it is only said */
		node_set_flag(root, "LaterUnknown", true);
	return st == STATUS_TOO_LARGE ? STATUS_OK : st;
}

/* What would become of how many contacts. */
static enum status fill_question(struct request *rq, struct response *rs,
    const struct import *im, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct undo_numbers n = {0};
	enum status st = undo_count(rq->db, im->id, &n, e);

	import_fill(rq->arena, node_child(root, "Import"), im, clock_now());
	node_set_count(root, "Made", n.made);
	node_set_int(node_child(root, "Made"), "Number", (int64_t)n.made);
	node_set_count(root, "Changed", n.changed);
	node_set_int(node_child(root, "Changed"), "Number", (int64_t)n.changed);
	return st == STATUS_OK ? fill_later(rq, root, im, e) : st;
}

enum status page_import_undo(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_row row;
	struct job_id job;
	enum status st = import_row_load(rq, &row, e);

	if (st != STATUS_OK)
		return st;
	const char *page =
	    arena_printf(rq->arena, "/imports/%" PRIu64, row.head.id.n);

	if (undo_is_possible(&row.head)) {
		if (rq->method != METHOD_POST)
			return fill_question(rq, rs, &row.head, e);
		st = undo_begin_import(
		    rq->db, rq->arena, &rq->actor, row.head.id, &job, e);
		if (st == STATUS_OK)
			return response_redirect(rq, rs, page);
		if (st != STATUS_CONFLICT)
			return st;
	}
	response_flash(rq, "There is nothing of this import to undo now.");
	return response_redirect(rq, rs, page);
}
