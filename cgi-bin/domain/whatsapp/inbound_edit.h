/* inbound_edit.h: one change of a contact by what WhatsApp tells */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_INBOUND_EDIT_H
#define WHATSAPP_INBOUND_EDIT_H

#include "base/json.h"
#include "domain/consent/consent_ledger.h"
#include "model/contact.h"
#include "model/member.h"
#include "storage/db.h"

/*
 * Values are set one after the other, each at most once, and written together:
 * with one revision, one version and, when the opt-in changed, an entry of the
 * ledger that `how` tells the origin of. The caller has the contact locked.
 * Every edit that was begun ends with one of the three below.
 */
struct edit {
	struct arena *arena;
	const struct actor *actor;
	int64_t now;
	struct contact new;
	struct contact old;
	struct consent_entry how;
	struct str before; /* what it was, for the revision */
	struct json_writer w;
	const char *keys; /* of the fields, for the audit log */
	bool changed;
};

void edit_begin(struct edit *x, struct arena *a, const struct actor *actor,
    int64_t now, const struct contact *c);
void edit_set(struct edit *x, enum contact_field f, const char *value);
/* Only a field that is empty. */
void edit_fill(struct edit *x, enum contact_field f, const char *value);
/* A unique key, if nobody else has it: *free_key. */
enum status edit_key(struct edit *x, struct db *db, enum contact_field f,
    const char *value, bool *free_key, struct err *e);
/* The person's own word of a moment, unless a newer one is known; of two of
 * the same moment a no counts. False: nothing was set. */
bool edit_opt(struct edit *x, bool wants, int64_t at);

/* Writes what was set, if anything. */
enum status edit_end(struct edit *x, struct db *db, struct err *e);
/* The same for a contact that is not in the book yet: CONFLICT when somebody
 * took one of its keys meanwhile. */
enum status edit_insert(struct edit *x, struct db *db, struct err *e);
void edit_drop(struct edit *x);

#endif
