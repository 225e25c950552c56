/* contact_json.h: contacts in the API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_JSON_CONTACT_JSON_H
#define WEB_JSON_CONTACT_JSON_H

#include "base/json.h"
#include "domain/contact/contact.h"
#include "domain/contact/contact_json.h"
#include "web/request.h"
#include "web/response.h"

/* Makes a contact the body of the answer. */
enum status contact_json_answer(struct request *rq, struct response *rs,
    const struct contact *c, int code, struct err *e);

/* Answers 409 with the contact as it is now ("current"), and both values of
 * each field in conflict. */
enum status contact_json_conflict(struct request *rq, struct response *rs,
    const struct contact_result *r, const char *message, struct err *e);

/* Answers that a contact is in the trash, with the way out of it. */
enum status contact_json_in_trash(
    struct request *rq, struct response *rs, int code, const struct contact *c);

/* Answers with the messages of a result: 422, or 409 when the phone or the
 * WhatsApp user id is another contact's (code "in-trash" when that one is in
 * the trash, else "taken"). */
enum status contact_json_problem(struct request *rq, struct response *rs,
    const struct contact_result *result);

/*
 * Reads the body of a POST or PUT: an object of fields, tags, attributes and
 * version. had: the contact that is changed, NULL for a new one; what cannot
 * be set may then be sent as it is. False when it has answered (400 or 422).
 */
bool contact_json_read(struct request *rq, struct response *rs,
    const struct contact *had, struct contact_draft *out, uint64_t *version,
    enum status *st, struct err *e);

#endif
