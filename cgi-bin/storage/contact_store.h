/* contact_store.h: rows of contact and contact_revision, one at a time */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_STORE_H
#define STORAGE_CONTACT_STORE_H

#include "base/arena.h"
#include "model/contact.h"
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
	"contact.created_by_import, contact.version"
extern const char contact_columns[];
void contact_row_read(struct db_query *q, struct arena *a, struct contact *c);

/* Ids are taken from a counter in blocks, so that rows can be written many at
 * a time with their ids known. n in a row, the first in *first. Commits by
 * itself: call outside of a transaction. */
enum status contact_store_reserve(
    struct db *db, uint64_t n, uint64_t *first, struct err *e);

#endif
