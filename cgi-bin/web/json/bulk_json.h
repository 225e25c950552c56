/* bulk_json.h: bulk changes in the API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_JSON_BULK_JSON_H
#define WEB_JSON_BULK_JSON_H

#include "domain/jobs/bulk.h"
#include "web/request.h"
#include "web/response.h"

/*
 * Reads the body of a POST: filter (an object of the list's parameters; a list
 * of values: each of them), all, action, tags, make_tags (true unless it says
 * otherwise), values (fields by their keys, and "attributes"), segment, how,
 * overturn_opt_outs, dry_run.
 * False when it has answered, or *st is a failure.
 */
bool bulk_json_read(struct request *rq, struct response *rs,
    struct bulk_request *out, bool *dry_run, enum status *st, struct err *e);

/* 422 with the messages of a check. */
enum status bulk_json_problem(
    struct request *rq, struct response *rs, const struct bulk_check *check);
/* What a dry run found. */
enum status bulk_json_check(
    struct request *rq, struct response *rs, const struct bulk_check *check);
/* A job, as GET answers it. */
enum status bulk_json_job(struct request *rq, struct response *rs,
    struct job_id id, int code, struct err *e);
/* {"id", "url"} with 202. */
enum status bulk_json_accepted(
    struct request *rq, struct response *rs, struct job_id id);

#endif
