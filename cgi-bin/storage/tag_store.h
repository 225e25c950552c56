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
/* At most `limit` of the kind "tag" with their numbers of contacts, by name:
 * those with `part` in their name ("": all) and after the name `after` ("":
 * from the first). */
enum status tag_store_page(struct db *db, struct arena *a, const char *part,
    const char *after, size_t limit, struct tag **rows, size_t *count,
    struct err *e);
/* How many tags there are of the kind "tag". */
enum status tag_store_count(struct db *db, uint64_t *count, struct err *e);
/* A tag of the kind "tag" by its name, counted; NOT_FOUND. */
enum status tag_store_get(struct db *db, struct arena *a, const char *name,
    struct tag *out, struct err *e);
/* The kind and name of an id; NOT_FOUND. */
enum status tag_store_name(struct db *db, struct arena *a, struct tag_id id,
    const char **kind, const char **name, struct err *e);
/* CONFLICT when another of its kind has the name. */
enum status tag_store_rename(
    struct db *db, struct tag_id id, const char *name, struct err *e);
/* Only the tag itself: the contacts' links to it are left. */
enum status tag_store_delete(struct db *db, struct tag_id id, struct err *e);
/* First messages, by name: the tags of that kind and what contacts have, with
 * the number of contacts; id 0: only contacts have it. name "": at most `limit`
 * of all, else this one alone. Reads all contacts. */
enum status tag_store_first_messages(struct db *db, struct arena *a,
    const char *name, size_t limit, struct tag **rows, size_t *count,
    struct err *e);
/* Names of a contact's tags, sorted. */
enum status tag_store_of_contact(struct db *db, struct arena *a,
    struct contact_id id, const char ***names, size_t *count, struct err *e);
/* Makes exactly these the contact's tags; unknown ones are made. */
enum status tag_store_set(struct db *db, struct contact_id id,
    const char *const *names, size_t count, struct err *e);

#endif
