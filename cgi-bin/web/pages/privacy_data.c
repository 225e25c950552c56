/* privacy_data.c: all that there is of a person, as a file */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/person_data.h"
#include "web/json/privacy_json.h"
#include "web/parts/privacy_view.h"
#include "web/routes.h"

enum status page_privacy_data(
    struct request *rq, struct response *rs, struct err *e)
{
	struct person p;
	enum status st = privacy_view_person(rq, rq->path_id, &p, e);

	if (st == STATUS_OK)
		st = person_data_audit(
		    rq->db, rq->arena, &rq->actor, &p, "file", e);
	return st == STATUS_OK ? privacy_download(rq, rs, &p, e) : st;
}
