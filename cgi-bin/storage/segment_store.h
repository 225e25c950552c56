/* segment_store.h: rows of segment and segment_contact */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_SEGMENT_STORE_H
#define STORAGE_SEGMENT_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "storage/db.h"

struct segment {
	struct segment_id id;
	const char *name;
	uint64_t contacts; /* of a static one, when counted */
	bool dynamic;
	const char *filter; /* of a dynamic one: a query string; else "" */
};

enum status segment_store_list(struct db *db, struct arena *a, bool counted,
    struct segment **rows, size_t *count, struct err *e);
/* The id of a name, made (static) when it is not there; INVALID when it is a
 * dynamic one, into which nothing can be put. */
enum status segment_store_ensure(
    struct db *db, const char *name, struct segment_id *out, struct err *e);
/* CONFLICT when the name is taken. */
enum status segment_store_insert(
    struct db *db, const char *name, struct segment_id *out, struct err *e);
/* The same for a dynamic one. */
enum status segment_store_insert_dynamic(struct db *db, const char *name,
    const char *filter, struct segment_id *out, struct err *e);
enum status segment_store_set_filter(
    struct db *db, struct segment_id id, const char *filter, struct err *e);
/* Whether there is a dynamic one of the name, which nothing can be put into;
 * what is said to whoever tries. */
enum status segment_store_is_dynamic(
    struct db *db, const char *name, bool *dynamic, struct err *e);
#define SEGMENT_IS_DYNAMIC                                                     \
	"This is a dynamic segment: it has the contacts that match its "       \
	"filter, and none can be put into it. Choose a static one, or a new "  \
	"name."
/* The dynamic ones, by name. */
enum status segment_store_dynamic(struct db *db, struct arena *a,
    struct segment **rows, size_t *count, struct err *e);
/* Those that hold a contact, by name; not counted. */
enum status segment_store_of_contact(struct db *db, struct arena *a,
    struct contact_id id, struct segment **rows, size_t *count, struct err *e);
/* At most `limit` of them with their numbers of contacts, by name: those with
 * `part` in their name ("": all) and after the name `after` ("": from the
 * first). */
enum status segment_store_page(struct db *db, struct arena *a, const char *part,
    const char *after, size_t limit, struct segment **rows, size_t *count,
    struct err *e);
/* How many there are. */
enum status segment_store_count(struct db *db, uint64_t *count, struct err *e);
/* One by its name; NOT_FOUND. */
enum status segment_store_read(struct db *db, struct arena *a, const char *name,
    struct segment *out, struct err *e);
/* The same, counted. */
enum status segment_store_get(struct db *db, struct arena *a, const char *name,
    struct segment *out, struct err *e);
/* The name of an id; NOT_FOUND. */
enum status segment_store_name(struct db *db, struct arena *a,
    struct segment_id id, const char **out, struct err *e);
/* CONFLICT when another has the name. */
enum status segment_store_rename(
    struct db *db, struct segment_id id, const char *name, struct err *e);
/* Only the segment itself: the contacts' places in it are left. */
enum status segment_store_delete(
    struct db *db, struct segment_id id, struct err *e);
/* NOT_FOUND when there is none of the name. */
enum status segment_store_find(
    struct db *db, const char *name, struct segment_id *out, struct err *e);
/* The same of those that contacts are put into. */
enum status segment_store_find_static(
    struct db *db, const char *name, struct segment_id *out, struct err *e);
/* Takes a contact out of one. */
enum status segment_store_take(struct db *db, struct segment_id id,
    struct contact_id contact, struct err *e);

#endif
