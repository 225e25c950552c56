/* attribute_store.h: rows of attribute */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_ATTRIBUTE_STORE_H
#define STORAGE_ATTRIBUTE_STORE_H

#include "base/arena.h"
#include "model/attribute.h"
#include "storage/db.h"

/* All of them, by name. A type word that is unknown counts as TEXT. */
enum status attribute_store_list(
    struct db *db, struct arena *a, struct attribute_list *out, struct err *e);
/* CONFLICT when the name is taken, or is that of an attribute whose values are
 * still on their way to another name. */
enum status attribute_store_insert(struct db *db, const char *name,
    const char *label, const char *type_key, struct attribute_id *out,
    struct err *e);
/* By its name; NOT_FOUND. */
enum status attribute_store_get(struct db *db, struct arena *a,
    const char *name, struct attribute *out, struct err *e);
/* Writes name, label and type; CONFLICT as above. The contacts' values are
 * left. */
enum status attribute_store_update(
    struct db *db, const struct attribute *t, struct err *e);
enum status attribute_store_delete(
    struct db *db, struct attribute_id id, struct err *e);
/* How many contacts have a value, by the JSON path of the name. Reads all
 * contacts. */
enum status attribute_store_contacts(
    struct db *db, const char *path, uint64_t *count, struct err *e);

#endif
