/* contact_json.h: a contact as JSON */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_JSON_H
#define DOMAIN_CONTACT_CONTACT_JSON_H

#include "base/json.h"
#include "model/contact.h"
#include "storage/contact_list_store.h"

/* A contact as an object: fields by their keys, tags, attributes, segments,
 * status, version, times (trashed_at: in the trash since), created_by_import.
 * now: for the status. */
void contact_json_put(struct json_writer *w, const struct contact *c,
    const struct contact_segments *segments, int64_t now);

#endif
