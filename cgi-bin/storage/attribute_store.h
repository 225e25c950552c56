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
/* CONFLICT when the name is taken. */
enum status attribute_store_insert(struct db *db, const char *name,
    const char *label, const char *type_key, struct attribute_id *out,
    struct err *e);

#endif
