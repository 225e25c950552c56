/* catalog_job_store.h: rows of catalog_job, and the contacts they concern */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CATALOG_JOB_STORE_H
#define STORAGE_CATALOG_JOB_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/id.h"
#include "model/member.h"
#include "storage/db.h"

enum catalog_kind {
	CATALOG_ATTRIBUTE,
	CATALOG_TAG,
	CATALOG_FIRST_MESSAGE,
	CATALOG_SEGMENT,
	CATALOG_CAMPAIGN
};

/* Contacts that are to follow a change of what they have. */
struct catalog_job {
	uint64_t id;
	enum catalog_kind kind;
	uint64_t old_id; /* the tag, segment, campaign that is gone; else 0 */
	const char *old_name;
	uint64_t new_id;       /* the tag they get instead; 0: none */
	const char *new_name;  /* its name, or the attribute's; "": none */
	uint64_t next_contact; /* those above this id are still to do */
	uint64_t changed;      /* contacts, so far */
	struct actor actor;    /* whose change it is; without address */
};

/* The id is set by the function. */
enum status catalog_job_insert(
    struct db *db, const struct catalog_job *job, uint64_t *id, struct err *e);
/* Locks the row until the transaction ends; NOT_FOUND: it is done. */
enum status catalog_job_lock(struct db *db, struct arena *a, uint64_t id,
    struct catalog_job *out, struct err *e);
/* The oldest; NOT_FOUND when there is none. */
enum status catalog_job_oldest(struct db *db, uint64_t *id, struct err *e);
/* Whether one of a kind is left, at any point of it. */
enum status catalog_job_pending(
    struct db *db, enum catalog_kind kind, bool *pending, struct err *e);
/* Writes next_contact and changed. */
enum status catalog_job_checkpoint(
    struct db *db, const struct catalog_job *job, struct err *e);
enum status catalog_job_delete(struct db *db, uint64_t id, struct err *e);

/* The next contacts, by id, that have what the job is about: at most `limit`,
 * not locked. path: the JSON path of old_name, for attributes. */
enum status catalog_job_contacts(struct db *db, struct arena *a,
    const struct catalog_job *job, const char *path, size_t limit,
    uint64_t **contacts, size_t *count, struct err *e);
/* Takes at most `limit` contacts out of the segment or campaign old_id. */
enum status catalog_job_empty(struct db *db, const struct catalog_job *job,
    size_t limit, uint64_t *taken, struct err *e);

/* What a job changes in a contact. */
struct catalog_contact {
	uint64_t id;
	uint64_t version;
	const char *attributes;
	const char *first_message;
};
/* Those of the ids that are still there, by id, locked until the transaction
 * ends. */
enum status catalog_contacts_lock(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct catalog_contact **out,
    size_t *count, struct err *e);
/* Writes attributes and first_message; each gets a new version. */
enum status catalog_contacts_update(struct db *db, struct arena *a,
    const struct catalog_contact *contacts, size_t n, int64_t now,
    struct err *e);
/* Takes a tag from contacts. */
enum status catalog_contacts_untag(struct db *db, const uint64_t *contacts,
    size_t n, uint64_t tag, struct err *e);

#endif
