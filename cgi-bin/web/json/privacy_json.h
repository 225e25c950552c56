/* privacy_json.h: people and erasures in the API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_JSON_PRIVACY_JSON_H
#define WEB_JSON_PRIVACY_JSON_H

#include "domain/privacy/erase.h"
#include "domain/privacy/person_data.h"
#include "web/request.h"
#include "web/response.h"

/* What a request asks by: one of person_bys with a value. */
struct privacy_question {
	enum person_by by;
	const char *value;
};
/* From the query string, or from a JSON object. False when it has answered:
 * 400, 415, or 422 for none, several, or another key. */
bool privacy_question_params(
    struct request *rq, struct response *rs, struct privacy_question *out);
bool privacy_question_body(
    struct request *rq, struct response *rs, struct privacy_question *out);

/* Answers for a question that did not come to one person: 404, 409 with the
 * candidates, 422; or 409 "privacy-key". */
enum status privacy_json_refuse(struct request *rq, struct response *rs,
    const struct privacy_question *question, enum status st,
    const struct person_found *found, struct err *e);

/* All data of a person, as a download of JSON. */
enum status privacy_download(struct request *rq, struct response *rs,
    const struct person *p, struct err *e);

/* An erasure. */
enum status privacy_json_erasure(struct request *rq, struct response *rs,
    const struct erase_result *r, int code);

#endif
