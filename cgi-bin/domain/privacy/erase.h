/* erase.h: a person leaves the book for good */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_ERASE_H
#define PRIVACY_ERASE_H

#include "domain/privacy/person.h"
#include "model/member.h"
#include "storage/erasure_store.h"

/* What went. */
enum erased {
	ERASED_CONTACTS,
	ERASED_REVISIONS,
	ERASED_MESSAGES,
	ERASED_CONSENTS,
	ERASED_TAGS,
	ERASED_SEGMENTS,
	ERASED_CAMPAIGNS,
	ERASED_FILES, /* kept files that had something of the person */
	ERASED_ROWS,  /* of them, those about the person */
	ERASED_CELLS,
	ERASED_PROBLEMS,
	ERASED_EVENTS, /* of the webhook */
	ERASED_TEXTS,  /* filters, corrections, revisions of others */
	ERASED_KEYS,   /* on the list of suppressions since */
	ERASED_COUNT
};
struct erased_info {
	const char *key;   /* in JSON */
	const char *label; /* for a person: "messages" */
};
extern const struct erased_info erased_infos[ERASED_COUNT];

/* How far an erasure has come. */
struct erase_result {
	uint64_t id;
	bool done;
	uint64_t contact; /* 0: nobody was in the book */
	uint64_t counts[ERASED_COUNT];
	uint64_t *waits_for; /* imports that are under way; in the arena */
	size_t waits_count;
	const char *member_name;
	int64_t created_at; /* ms */
	int64_t finished_at;
	/* When nothing was erased: whom the question found, and why not. */
	struct person_found found;
};

/*
 * Erases a person. In one transaction: the contact and those that were merged
 * into it, with revisions, messages, entries of the ledger and all that hangs
 * on them; the keys by which the person is known and was known go on the list
 * of suppressions; and a row of erasure is made for what remains, which are
 * texts of others and kept files. That goes on here for at most `ms`, then in
 * the worker: result->done tells. A number or an e-mail address that nobody of
 * the book has can be erased too: it may stand in files.
 *
 * NOT_FOUND: no such contact or id; CONFLICT: several people have the address
 * (result->found); INVALID: found.message; DENIED: the privacy key is another
 * one.
 */
enum status erase_person(struct db *db, struct arena *a,
    const struct actor *actor, enum person_by by, const char *value, int64_t ms,
    struct erase_result *out, struct err *e);

enum status erase_get(struct db *db, struct arena *a, uint64_t id,
    struct erase_result *out, struct err *e);

/* The worker: a piece of what erasures have left to do; NOT_FOUND when there is
 * nothing, or all wait for imports. */
enum status erase_work(struct db *db, struct err *e);

/* Whether the list of suppressions has a value: it, not listed when not. */
enum status erase_listed(struct db *db, struct arena *a, enum person_by by,
    const char *value, struct suppression *out, struct err *e);

/* For the audit log: what was asked for, as the beginning of its keyed hash. */
const char *erase_audit_text(
    struct db *db, struct arena *a, enum person_by by, const char *value);

#endif
