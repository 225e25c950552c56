/* first_message_json.h: a rule for first messages in the API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_JSON_FIRST_MESSAGE_JSON_H
#define WEB_JSON_FIRST_MESSAGE_JSON_H

#include "base/json.h"
#include "domain/whatsapp/first_message.h"
#include "web/request.h"
#include "web/response.h"

void first_message_json_put(
    struct json_writer *w, const struct first_message_rule *r);

/* Reads kind, phrase, first_message and position of the body over what *r has;
 * position becomes 0 where the body says none. False when it has answered. */
bool first_message_json_read(
    struct request *rq, struct response *rs, struct first_message_rule *r);

/* After a change: the rule as the book has it now, or what was wrong. */
enum status first_message_json_answer(struct request *rq, struct response *rs,
    enum status st, const struct catalog_problem *problem, uint64_t id,
    int code, struct err *e);

#endif
