/* hook_event_store.h: what happened and outgoing webhooks are to tell */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_HOOK_EVENT_STORE_H
#define STORAGE_HOOK_EVENT_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/hook.h"
#include "model/member.h"
#include "storage/db.h"

/*
 * The stores that write contacts call these within the transaction of the
 * change, so whatever changes a contact is told of: a rollback takes the event
 * back, a commit keeps it. Without a webhook that wants it nothing is written;
 * to know that costs one look at a table of a few rows.
 */

enum hook_what {
	HOOK_CREATED,
	HOOK_CHANGED, /* there is a revision of the contact and version */
	HOOK_DELETED, /* for good */
	HOOK_OPTED_OUT,
	HOOK_IMPORT
};
#define HOOK_WHATS 5

/* A contact that something happened to. */
struct hook_item {
	uint64_t contact;
	uint64_t version; /* that it had before; 0: it is new */
	bool consent;	  /* its WhatsApp consent may be another one now */
};

/* What made it happen; all 0: WhatsApp told it. */
struct hook_cause {
	struct actor actor;
	struct import_id import;
	struct job_id job;
	bool opt_outs; /* the import is a list of opt-outs: it is not silent */
};
/* Whether only webhooks that want to hear of imports hear of it. */
bool hook_cause_is_silent(const struct hook_cause *c);

/* HOOK_CREATED, HOOK_CHANGED or HOOK_DELETED of one or many, as one row. */
enum status hook_event_contacts(struct db *db, enum hook_what what,
    const struct hook_item *items, size_t n, const struct hook_cause *cause,
    int64_t at, struct err *e);

/* Contacts withdrew a consent that is none of their fields (that of WhatsApp
 * is found by the change itself): purpose and origin are words of ours. */
enum status hook_event_opted_out(struct db *db, const uint64_t *contacts,
    size_t n, const char *purpose, const char *origin,
    const struct hook_cause *cause, int64_t at, struct err *e);

/* An import came to its end. */
enum status hook_event_import(
    struct db *db, struct import_id import, struct err *e);

/*
 * Takes away what webhooks have or had to tell about a person, bodies and
 * answers too; that the contact is gone may still be told. Within the
 * transaction of the erasure, before or after the contact goes.
 */
enum status hook_forget_contact(
    struct db *db, struct contact_id contact, struct err *e);
enum status hook_forget_contacts(
    struct db *db, const uint64_t *contacts, size_t n, struct err *e);

/* --- for who tells them --- */

struct hook_happening {
	uint64_t id;
	enum hook_what what;
	struct contact_id contact; /* 0: many, or none */
	uint64_t version;
	const char *contacts; /* JSON: [[id, version], ...]; "" for one */
	struct hook_cause cause;
	const char *purpose; /* of HOOK_OPTED_OUT */
	const char *origin;
	int64_t at; /* ms */
};

/* The ids of the oldest, at most `limit`; nothing is locked. */
enum status hook_event_oldest(struct db *db, struct arena *a, size_t limit,
    uint64_t **ids, size_t *count, struct err *e);
/* One of them, locked until the transaction ends; NOT_FOUND when it is gone or
 * somebody else has it. */
enum status hook_event_take(struct db *db, struct arena *a, uint64_t id,
    struct hook_happening *out, struct err *e);
enum status hook_event_delete(struct db *db, uint64_t id, struct err *e);
/* Puts one of each contact in the place of one of many. */
enum status hook_event_split(struct db *db, const struct hook_happening *h,
    const struct hook_item *items, size_t n, struct err *e);

/* Where the last word of a contact about WhatsApp marketing came from, when
 * that was a no; NOT_FOUND else. */
enum status hook_event_origin(struct db *db, struct arena *a,
    struct contact_id contact, const char **origin, struct err *e);
/* Of the contacts of one of many: the ids of those whose WhatsApp consent was
 * changed by it and is a no now. */
enum status hook_event_opted_outs(struct db *db, struct arena *a,
    const struct hook_happening *h, uint64_t **ids, size_t *count,
    struct err *e);

#endif
