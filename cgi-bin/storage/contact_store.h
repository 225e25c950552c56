/* contact_store.h: rows of contact and contact_revision, one at a time */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_STORE_H
#define STORAGE_CONTACT_STORE_H

#include "base/arena.h"
#include "model/contact.h"
#include "model/contact_revision.h"
#include "model/member.h"
#include "storage/db.h"

/* The column list of a whole contact, for SELECTs of the stores, and its
 * reading. "contact" must not be given another name in the query. Tags are
 * not among them: the contact has none after the reading. */
#define CONTACT_COLUMNS                                                        \
	"contact.id, contact.phone, contact.wa_user_id, contact.email, "       \
	"contact.user_id, contact.username, contact.name, "                    \
	"contact.first_name, contact.last_name, contact.title, "               \
	"contact.account, contact.address, contact.house_number, "             \
	"contact.area, contact.city, contact.country, "                        \
	"contact.whatsapp_opted, contact.whatsapp_opted_at, contact.source, "  \
	"contact.first_message, contact.state, contact.attributes, "           \
	"contact.last_active, contact.created_at, contact.updated_at, "        \
	"contact.trashed_at, contact.created_by_import, contact.merged_into, " \
	"contact.version"
extern const char contact_columns[];
void contact_row_read(struct db_query *q, struct arena *a, struct contact *c);

/* Ids are taken from a counter in blocks, so that rows can be written many at
 * a time with their ids known. n in a row, the first in *first. Commits by
 * itself: call outside of a transaction. */
enum status contact_store_reserve(
    struct db *db, uint64_t n, uint64_t *first, struct err *e);

/* One contact with its tags; lock: until the end of the transaction nobody
 * else changes it. */
enum status contact_store_get(struct db *db, struct arena *a,
    struct contact_id id, bool lock, struct contact *out, struct err *e);
/* Who has a phone or a wa_user_id (the fields that are unique); NOT_FOUND:
 * nobody. */
enum status contact_store_find(struct db *db, enum contact_field field,
    const char *value, struct contact_id *out, struct err *e);
/* Writes a new row with everything but the tags, and tells outgoing webhooks,
 * as the revisions below do; actor: who made it (NULL: nobody of the team); the
 * id is of contact_store_reserve(). CONFLICT when the phone or wa_user_id is
 * taken. */
enum status contact_store_insert(struct db *db, const struct contact *c,
    const struct actor *actor, struct err *e);
/* Writes fields, attributes and updated_at of the row that still has
 * c->version, which grows by one; CONFLICT when it has another, or for a phone
 * or wa_user_id that is taken. */
enum status contact_store_update(
    struct db *db, const struct contact *c, struct err *e);
/* Moves last_active on to a moment, never back; no change of the contact in the
 * sense of a version. */
enum status contact_store_active(
    struct db *db, struct contact_id id, int64_t at, struct err *e);
/* Takes the contact and its places in tags and segments away. */
enum status contact_store_delete(
    struct db *db, struct contact_id id, struct err *e);

/* Whether the old values of a change have the WhatsApp consent among them. */
bool contact_revision_of_consent(const char *before);
/* member, token and import of r are written; 0 is none. */
enum status contact_revision_insert(
    struct db *db, const struct contact_revision *r, struct err *e);
/* Newest first, ids below `below` (0: from the newest). */
enum status contact_revision_list(struct db *db, struct arena *a,
    struct contact_id id, uint64_t below, size_t limit,
    struct contact_revision **rows, size_t *count, struct err *e);
/* Those of the changes since the contact had `version`, oldest first. */
enum status contact_revision_since(struct db *db, struct arena *a,
    struct contact_id id, uint64_t version, struct contact_revision **rows,
    size_t *count, struct err *e);
/* The one that brought a contact into the trash, or out of it, last. */
enum status contact_revision_trashing(struct db *db, struct arena *a,
    struct contact_id id, struct contact_revision *out, struct err *e);

#endif
