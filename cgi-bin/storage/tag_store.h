/* tag_store.h: rows of tag and contact_tag */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_TAG_STORE_H
#define STORAGE_TAG_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "storage/db.h"

struct tag {
	struct tag_id id;
	const char *name;
	uint64_t contacts; /* only filled when counted */
};

/* All tags of a kind ("tag", "first_message") by name; counted: with the
 * number of contacts of each. */
enum status tag_store_list(struct db *db, struct arena *a, const char *kind,
    bool counted, struct tag **rows, size_t *count, struct err *e);
/* The id of a name, made when it is not there. */
enum status tag_store_ensure(struct db *db, const char *kind, const char *name,
    struct tag_id *out, struct err *e);
/* NOT_FOUND when there is none of the name. */
enum status tag_store_find(struct db *db, const char *kind, const char *name,
    struct tag_id *out, struct err *e);
/* CONFLICT when the name is taken. */
enum status tag_store_insert(struct db *db, const char *kind, const char *name,
    struct tag_id *out, struct err *e);
/* Names of a contact's tags, sorted. */
enum status tag_store_of_contact(struct db *db, struct arena *a,
    struct contact_id id, const char ***names, size_t *count, struct err *e);
/* Makes exactly these the contact's tags; unknown ones are made. */
enum status tag_store_set(struct db *db, struct contact_id id,
    const char *const *names, size_t count, struct err *e);

#endif
