/* hook_json.h: outgoing webhooks in the API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_JSON_HOOK_JSON_H
#define WEB_JSON_HOOK_JSON_H

#include "base/json.h"
#include "domain/hooks/hook.h"
#include "web/request.h"
#include "web/response.h"

/* A webhook as an object; the secret only where it is to be shown. */
void hook_json_put(
    struct json_writer *w, const struct hook *h, bool with_secret);
/* Makes a webhook the body of the answer. */
enum status hook_json_answer(
    struct response *rs, const struct hook *h, bool with_secret, int code);

/*
 * Reads url, description, events, during_imports and active of a body into h.
 * had: the webhook that is changed, as h begins; what cannot be set may then be
 * sent as it is. NULL for a new one. False when it has answered (400, 415 or
 * 422).
 */
bool hook_json_read(struct request *rq, struct response *rs,
    const struct hook *had, struct hook *h);
/* Answers 422 with the message of a problem. */
enum status hook_json_problem(
    struct request *rq, struct response *rs, const struct hook_problem *p);
/* Answers 409: the webhook is off. */
enum status hook_json_off(struct request *rq, struct response *rs);

/* A delivery as an object with its last attempt. */
void hook_json_put_delivery(
    struct json_writer *w, const struct hook_delivery *d);
/* Answers 202 with the id of a delivery that was made. */
enum status hook_json_sent(struct request *rq, struct response *rs,
    struct hook_id hook, uint64_t delivery);

#endif
