/* import_fix.c: one correction of a file is taken back */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "domain/import/correct.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

enum status api_import_fix(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_plan plan;
	struct json_writer w;
	enum status st = plan_load(
	    rq->db, rq->arena, (struct import_id){rq->path_id}, &plan, e);

	if (st != STATUS_OK)
		return st;
	if (rq->path_number > UINT32_MAX)
		return STATUS_NOT_FOUND;
	struct correcting c = {.db = rq->db,
	    .arena = rq->arena,
	    .plan = &plan,
	    .actor = &rq->actor};

	st = corrections_take_back(&c, (unsigned)rq->path_number,
	    form_checked(&rq->params, "forget"), e);
	if (st == STATUS_CONFLICT)
		return api_error(rq, rs, 409, "not-ready",
		    "Corrections can be taken back only before the start of"
		    " an import.",
		    NULL);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_text(&w, "status", "checking");
	json_close(&w, '}');
	return api_ok(rs, 200);
}
