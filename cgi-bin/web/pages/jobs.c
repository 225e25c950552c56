/* jobs.c: the history of changes of many contacts */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/clock.h"
#include "base/str.h"
#include "storage/job_store.h"
#include "web/parts/job_view.h"
#include "web/routes.h"

#define JOBS_PAGE 25u

enum status page_jobs(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	unsigned long long before = 0;
	int64_t now = clock_now();
	struct job *rows;
	size_t count;

	rq->active = "/contacts";
	str_to_u64(form_text(&rq->params, "before"), &before);
	enum status st = job_store_list(rq->db, rq->arena, before, JOB_KINDS,
	    JOBS_PAGE + 1, &rows, &count, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < count && i < JOBS_PAGE; i++)
		job_view_fill(rq->arena, node_add(root, "Jobs"), &rows[i], now);
	if (count > JOBS_PAGE)
		node_set(root, "Pager.Next",
		    arena_printf(rq->arena, "/jobs?before=%" PRIu64,
			rows[JOBS_PAGE - 1].id.n));
	if (before)
		node_set(root, "Pager.First", "/jobs");
	return STATUS_OK;
}
