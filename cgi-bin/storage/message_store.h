/* message_store.h: rows of message and webhook_event */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_MESSAGE_STORE_H
#define STORAGE_MESSAGE_STORE_H

#include "base/arena.h"
#include "model/message.h"
#include "storage/db.h"

/* *fresh is false when the contact has the message already: then nothing is
 * written. */
enum status message_store_add(struct db *db, const struct message *m,
    int64_t now, bool *fresh, struct err *e);
/* Whether the contact, or one that was merged into it, has a message of that
 * id. */
enum status message_store_is_known(struct db *db, struct contact_id contact,
    const char *wa_id, bool *known, struct err *e);
/* Whether neither the contact nor one that was merged into it has sent a
 * message yet; what WhatsApp itself told of
 * the contact (type "system") is none. */
enum status message_store_is_first(
    struct db *db, struct contact_id contact, bool *first, struct err *e);
/* A status of an outgoing message, unless a later one is there. A message that
 * is not known changes nothing. */
enum status message_store_status(struct db *db, const char *wa_id,
    const char *status, int64_t at, struct err *e);
/* Those of a contact and of the contacts that were merged into it, newest
 * first, at most `limit`: before the moment `until` (ms), or of it with an id
 * below `below`. */
enum status message_store_list(struct db *db, struct arena *a,
    struct contact_id contact, int64_t until, uint64_t below, size_t limit,
    struct message **rows, size_t *count, struct err *e);

struct webhook_event {
	uint64_t id;
	const char *field;
	const char *reason;
	const char *body;
	int64_t received_at; /* ms */
};
enum status webhook_event_add(
    struct db *db, const struct webhook_event *v, struct err *e);
/* Newest first, ids below `below` (0: from the newest). Of a body only the
 * first WEBHOOK_EVENT_SHOWN characters: one alone can have megabytes. */
#define WEBHOOK_EVENT_SHOWN 4000u
enum status webhook_event_list(struct db *db, struct arena *a, uint64_t below,
    size_t limit, struct webhook_event **rows, size_t *count, struct err *e);

#endif
