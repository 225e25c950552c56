/* contact_batch_store.h: many contacts at a time, for imports */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_BATCH_STORE_H
#define STORAGE_CONTACT_BATCH_STORE_H

#include "base/arena.h"
#include "model/contact.h"
#include "model/contact_revision.h"
#include "model/member.h"
#include "storage/db.h"

/* All of these are called within the transaction of a batch. */

/* The column that contacts are looked up by. */
enum batch_key {
	BATCH_BY_PHONE,
	BATCH_BY_EMAIL,
	BATCH_BY_USER_ID,
	BATCH_BY_WA_USER_ID
};

struct contact_set {
	struct contact **items; /* in the arena */
	size_t count;
	size_t space;
};

/* Adds the contacts that have one of the values, and locks them until the
 * transaction ends; the gaps of values that nobody has are locked too, so that
 * nobody else can fill them meanwhile. Tags are not read. */
enum status contact_batch_lock(struct db *db, struct arena *a,
    enum batch_key key, const char *const *values, size_t n,
    struct contact_set *out, struct err *e);

/* Adds the ids of the contacts that have one of the phone numbers or e-mail
 * addresses, with that value as they have it; locks nothing. */
struct contact_owner {
	uint64_t id;
	const char *value;
};
struct contact_owners {
	struct contact_owner *items; /* in the arena */
	size_t count;
	size_t space;
};
enum status contact_batch_owners(struct db *db, struct arena *a, bool by_email,
    const char *const *values, size_t n, struct contact_owners *out,
    struct err *e);
/* The same without locks, for who only looks. */
enum status contact_batch_look(struct db *db, struct arena *a,
    enum batch_key key, const char *const *values, size_t n,
    struct contact_set *out, struct err *e);

/* The tags of contacts, as pairs, ordered by contact. */
struct tag_pair {
	uint64_t contact;
	uint64_t tag;
};
enum status contact_batch_tags(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct tag_pair **out, size_t *count,
    struct err *e);

/* Rows as they stand in struct contact (id, version and all); created_at and
 * updated_at are `now`. CONFLICT when a unique value is taken. */
enum status contact_batch_insert(struct db *db, struct arena *a,
    struct contact *const *contacts, size_t n, uint64_t import_id, int64_t now,
    struct err *e);
/* Takes phone and WhatsApp user id from contacts that are about to get others,
 * so that two of them can change places. */
enum status contact_batch_unkey(struct db *db, struct arena *a,
    struct contact *const *contacts, size_t n, struct err *e);
/* The same rows by their id: every field, attributes, version, updated_at. */
enum status contact_batch_update(struct db *db, struct arena *a,
    struct contact *const *contacts, size_t n, int64_t now, struct err *e);

/* What a contact was before a change. */
struct batch_revision {
	uint64_t contact;
	uint64_t version;   /* that it had */
	uint64_t row;	    /* of the file; 0: not by an import */
	const char *before; /* JSON object */
	enum revision_kind kind;
};
/* What made them: an import, a job, or (both 0) another change of many. */
struct batch_origin {
	struct import_id import;
	struct job_id job;
	struct actor actor;
	bool opt_outs; /* the import is a list of opt-outs */
};
enum status contact_batch_revisions(struct db *db, struct arena *a,
    const struct batch_revision *revisions, size_t n,
    const struct batch_origin *origin, int64_t now, struct err *e);

/* Pairs that are there already are left as they are. */
enum status contact_batch_add_tags(struct db *db, struct arena *a,
    const struct tag_pair *pairs, size_t n, struct err *e);
/* Those that are not there are no error. */
enum status contact_batch_remove_tags(struct db *db, struct arena *a,
    const struct tag_pair *pairs, size_t n, struct err *e);
/* import: which one puts them there; 0: none. */
enum status contact_batch_add_segment(struct db *db, uint64_t segment,
    struct import_id import, const uint64_t *contacts, size_t n, struct err *e);

#endif
