/* payload.h: what outgoing webhooks are told, as JSON */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_HOOK_PAYLOAD_H
#define DOMAIN_HOOK_PAYLOAD_H

#include "base/arena.h"
#include "storage/hook_event_store.h"

/* Every body is {"id", "event", "at", "data"}; id is a UUID of the event. */
struct payload {
	const char *event; /* "contact.changed" */
	const char *body;
	uint64_t contact; /* whose data it has; 0: nobody's */
};

/* import.finished: the import as the API answers it. NOT_FOUND when it is
 * gone. */
enum status payload_import(struct db *db, struct arena *a,
    const struct hook_happening *h, struct payload *out, struct err *e);

/*
 * contact.changed of one contact, as it is now, and its opt-out if that change
 * was one (opted_out->body is NULL else). NOT_FOUND when nothing is known of
 * the change any more.
 */
enum status payload_contact(struct db *db, struct arena *a,
    const struct hook_happening *h, struct payload *changed,
    struct payload *opted_out, struct err *e);

/* contact.opted_out of a purpose that is none of the contact's fields.
 * NOT_FOUND when the contact is gone. */
enum status payload_opted_out(struct db *db, struct arena *a,
    const struct hook_happening *h, struct payload *out, struct err *e);

/* contacts.changed: ids and versions alone. */
void payload_contacts(struct arena *a, const struct hook_happening *h,
    const struct hook_item *items, size_t n, struct payload *out);
/* contacts.opted_out: ids alone. */
void payload_opted_outs(struct arena *a, const struct hook_happening *h,
    const uint64_t *ids, size_t n, struct payload *out);

/* ping: sent by hand. */
void payload_ping(struct arena *a, struct hook_id hook, struct payload *out);

#endif
