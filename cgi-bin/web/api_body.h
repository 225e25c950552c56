/* api_body.h: small JSON bodies of the API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_API_BODY_H
#define WEB_API_BODY_H

#include "web/request.h"
#include "web/response.h"

/*
 * Reads an object whose values are all texts: values[i] is that of keys[i]
 * (which end with NULL), trimmed, "" when it is not there. Another key, or a
 * value that is no text, is refused. False when it has answered.
 */
bool api_body_read(struct request *rq, struct response *rs,
    const char *const *keys, const char **values);

/* Reads an object, whatever its values. False when it has answered: 400, or
 * 415. */
struct json_t;
bool api_body_parse(
    struct request *rq, struct response *rs, struct json_t **body);

/* Answers 422, or 409 for STATUS_CONFLICT, with one message at a field. */
enum status api_body_problem(struct request *rq, struct response *rs,
    enum status st, const char *field, const char *text);

/* A value of a body as a person would type it, in the arena; NULL for arrays
 * and objects. */
struct json_t;
const char *api_body_text(struct arena *a, struct json_t *v);

#endif
