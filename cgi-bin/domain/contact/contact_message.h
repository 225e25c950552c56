/* contact_message.h: small things that the contact files share */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_MESSAGE_H
#define DOMAIN_CONTACT_CONTACT_MESSAGE_H

#include "base/arena.h"
#include "base/json.h"
#include "domain/contact/contact.h"
#include "domain/privacy/suppression.h"
#include "model/contact_revision.h"

/* Adds a message; at most CONTACT_MESSAGES_MAX are kept. */
#define CONTACT_MESSAGES_MAX 200
void contact_message_add(struct arena *a, struct contact_result *out,
    const char *field, const char *text);

/* "attributes.NAME", in the arena. */
const char *contact_attribute_key(struct arena *a, const char *name);

/* What a contact's field is called, for a person: by key, "_tags" or
 * "attributes.NAME". */
const char *contact_key_label(const char *key);

/* A field's value as a revision keeps it: text, or null where it is. */
void contact_put_field(
    struct json_writer *w, enum contact_field f, const char *value);

/* "_tags" or "_campaigns" with names, as a revision keeps them. */
void contact_put_names(struct json_writer *w, const char *key,
    const char *const *names, size_t count);
/* The same read back from a JSON array; empty when it is none. */
void contact_read_tags(
    struct arena *a, const char *json, const char ***tags, size_t *count);

/* "contact 7", for the audit log. */
const char *contact_subject_text(struct arena *a, struct contact_id id);

/* A message when nothing is left that the contact can be found by. */
void contact_check_keys(
    struct arena *a, const struct contact *c, struct contact_result *out);

/* After a unique key refused *c: finds out who has it, with a message.
 * CONFLICT unless the asking fails. */
enum status contact_taken(struct db *db, struct arena *a,
    const struct contact *c, struct contact_result *out, struct err *e);

/* Whether a key is of somebody who is not to come back: CONFLICT with a message
 * and out->suppressed, or out->other_privacy_key. */
enum status contact_ask_suppression(struct db *db, struct arena *a,
    const struct suppression_gate *gate, struct contact_result *out,
    struct err *e);

/* Writes what *c was before; kind and import of r are given. */
enum status contact_revise(struct db *db, struct contact_revision *r,
    const struct contact *c, const struct actor *actor, const char *before,
    struct err *e);

#endif
