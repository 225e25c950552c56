/* person_store.h: all contacts that are one person, and where they stand */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_PERSON_STORE_H
#define STORAGE_PERSON_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/contact_field.h"
#include "storage/db.h"

struct id_list {
	uint64_t *ids; /* in the arena */
	size_t count;
	size_t space;
};
void id_list_add(struct arena *a, struct id_list *l, uint64_t id);
bool id_list_has(const struct id_list *l, uint64_t id);

/* Adds the contacts that have one of the four keys, or a username, in the trash
 * or not. */
enum status person_store_find(struct db *db, struct arena *a,
    enum contact_field key, const char *value, struct id_list *out,
    struct err *e);
/* Adds at most 20 of which an earlier version has a member of JSON, as it is
 * written there, in any case of its letters. */
enum status person_store_former(struct db *db, struct arena *a,
    const char *member, struct id_list *out, struct err *e);
/* Adds those that were merged into a contact. */
enum status person_store_merged(struct db *db, struct arena *a,
    uint64_t contact, struct id_list *out, struct err *e);
/* Whether anybody has a key. */
enum status person_store_held(struct db *db, enum contact_field key,
    const char *value, bool *held, struct err *e);
/* Whether a text is a value of anybody: of a field or an attribute. */
enum status person_store_value_held(struct db *db, struct arena *a,
    const char *value, bool *held, struct err *e);

/* Rows of imports that are known to be about a contact, in their order: import
 * and row one after the other in out->ids. */
enum status person_store_rows(struct db *db, struct arena *a, uint64_t contact,
    struct id_list *out, struct err *e);

/* How much there is of a contact. */
struct person_counts {
	uint64_t contacts;
	uint64_t revisions;
	uint64_t messages;
	uint64_t consents; /* entries of the ledger, and rows of imports */
	uint64_t tags;
	uint64_t segments;
	uint64_t campaigns;
};
enum status person_store_count(
    struct db *db, uint64_t contact, struct person_counts *sum, struct err *e);

/* Takes a contact away with all that hangs on it. Within a transaction. */
enum status person_store_delete(
    struct db *db, struct arena *a, uint64_t contact, struct err *e);

#endif
