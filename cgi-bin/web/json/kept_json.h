/* kept_json.h: what a job left as it is, for programs */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_JSON_KEPT_JSON_H
#define WEB_JSON_KEPT_JSON_H

#include "model/id.h"
#include "web/request.h"
#include "web/response.h"

/*
 * {"kept": [{"contact", "field", "reason"}], "next"}: by contact and field,
 * 100 rows or `limit`, at most 1,000; `after` is the "next" of the page before.
 * field is the key of a field, "attributes.NAME", "_tags" and the like.
 */
enum status kept_json(
    struct request *rq, struct response *rs, struct job_id job, struct err *e);

#endif
