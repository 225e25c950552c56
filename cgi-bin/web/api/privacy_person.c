/* privacy_person.c: all that there is of a person, through the API */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/person_data.h"
#include "web/json/privacy_json.h"
#include "web/routes.h"

enum status api_privacy_person(
    struct request *rq, struct response *rs, struct err *e)
{
	struct privacy_question q;
	struct person_found found;

	if (!privacy_question_params(rq, rs, &q))
		return STATUS_OK;
	enum status st =
	    person_find(rq->db, rq->arena, q.by, q.value, &found, e);

	if (st == STATUS_OK)
		st = person_data_audit(rq->db, rq->arena, &rq->actor,
		    found.count == 1 ? found.people : NULL,
		    erase_audit_text(rq->db, rq->arena, q.by, found.value), e);
	if (st == STATUS_OK && found.count == 1)
		return privacy_download(rq, rs, found.people, e);
	if (st == STATUS_OK)
		st = found.count ? STATUS_CONFLICT : STATUS_NOT_FOUND;
	return privacy_json_refuse(rq, rs, &q, st, &found, e);
}
