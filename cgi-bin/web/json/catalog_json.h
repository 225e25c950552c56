/* catalog_json.h: tags, attributes, segments and campaigns in the API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_JSON_CATALOG_JSON_H
#define WEB_JSON_CATALOG_JSON_H

#include "base/json.h"
#include "domain/catalog/catalog_change.h"
#include "domain/filter/dynamic_segment.h"
#include "model/attribute.h"
#include "storage/campaign_store.h"
#include "storage/tag_store.h"
#include "web/request.h"
#include "web/response.h"

/* The objects of the lists and of the answers to changes. */
void catalog_json_tag(
    struct json_writer *w, const struct tag *t, const char *kind, bool counted);
void catalog_json_attribute(struct json_writer *w, const struct attribute *t);
void catalog_json_segment(struct json_writer *w, const struct segment *s,
    const struct segment_count *c);
void catalog_json_campaign(struct json_writer *w, const struct campaign *c);

/* A filter of a body: a query string, or an object of parameters whose values
 * are texts or lists of texts. NULL, and *problem, when it is neither. */
const char *catalog_json_filter(
    struct arena *a, const struct json_t *value, const char **problem);

/* Answers what refused a change: 422 or 409 at its field; 409 without
 * one while jobs, imports or a change before keep it from being made. */
enum status catalog_json_problem(struct request *rq, struct response *rs,
    const struct catalog_change *c, enum status st);

/* After a change: gives its job a few seconds; the worker does what is left. */
void catalog_json_follow(struct request *rq, const struct catalog_change *c);

/* Ends a DELETE that came to st: {"deleted": true}, or the problem. */
enum status catalog_json_deleted(struct request *rq, struct response *rs,
    const struct catalog_change *c, enum status st);

#endif
