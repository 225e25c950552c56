/* campaign_store.h: rows of campaign and contact_campaign */
/* SPDX-License-Identifier: MIT */
/*
 * A contact in the trash keeps its places, so that it has them again when it
 * is restored; it is not counted meanwhile.
 */
#ifndef STORAGE_CAMPAIGN_STORE_H
#define STORAGE_CAMPAIGN_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "storage/db.h"

struct campaign {
	struct campaign_id id;
	const char *name;
	uint64_t contacts; /* when counted: those that are not in the trash */
};

/* NOT_FOUND when there is none of the name. */
enum status campaign_store_find(
    struct db *db, const char *name, struct campaign_id *out, struct err *e);
/* The same, with its name as the book has it, counted. */
enum status campaign_store_get(struct db *db, struct arena *a, const char *name,
    struct campaign *out, struct err *e);
/* The names of at most `limit`, sorted. */
enum status campaign_store_names(struct db *db, struct arena *a, size_t limit,
    const char ***names, size_t *count, struct err *e);
/* At most `limit` of them, counted, by name: those with `part` in their name
 * ("": all) and after the name `after` ("": from the first). */
enum status campaign_store_page(struct db *db, struct arena *a,
    const char *part, const char *after, size_t limit, struct campaign **rows,
    size_t *count, struct err *e);
/* How many there are. */
enum status campaign_store_count(struct db *db, uint64_t *count, struct err *e);

/* CONFLICT when the name is taken. */
enum status campaign_store_insert(
    struct db *db, const char *name, struct campaign_id *out, struct err *e);
/* The id of a name, made when it is not there. */
enum status campaign_store_ensure(
    struct db *db, const char *name, struct campaign_id *out, struct err *e);
/* The name of an id; NOT_FOUND. */
enum status campaign_store_name(struct db *db, struct arena *a,
    struct campaign_id id, const char **out, struct err *e);
/* CONFLICT when another has the name. */
enum status campaign_store_rename(
    struct db *db, struct campaign_id id, const char *name, struct err *e);
/* Only the campaign itself: the contacts' places in it are left. */
enum status campaign_store_delete(
    struct db *db, struct campaign_id id, struct err *e);

/* The names of a contact's campaigns, sorted. */
enum status campaign_store_of_contact(struct db *db, struct arena *a,
    struct contact_id contact, const char ***names, size_t *count,
    struct err *e);
/* Makes exactly these the contact's campaigns; unknown ones are made. */
enum status campaign_store_set(struct db *db, struct contact_id contact,
    const char *const *names, size_t count, struct err *e);
/* Puts contacts into one; those that are in it stay. */
enum status campaign_store_give(struct db *db, struct campaign_id id,
    const uint64_t *contacts, size_t n, struct err *e);

#endif
