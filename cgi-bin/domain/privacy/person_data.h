/* person_data.h: all that there is of a person, as JSON */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_PERSON_DATA_H
#define PRIVACY_PERSON_DATA_H

#include "domain/privacy/person.h"
#include "model/member.h"

/*
 * {"contact": all fields, attributes, tags, segments, campaigns;
 *  "merged_contacts": the same of those that were merged into it;
 *  "history": each change with the old values, who and when;
 *  "messages"; "consents": entries of the ledger; "imports": file, row and the
 *  cells of the row as they stand in the kept file, rows that did not get in
 *  too, and single cells of rows of others that name the person;
 *  "files_not_searched": imports of which only known rows are there; "jobs"
 *  that changed it; "duplicates"; "deliveries": what outgoing webhooks were
 *  told; "events" of WhatsApp that were kept; "generated_at"}
 */

/* Gets the next bytes; false: no more are wanted. */
typedef bool (*person_data_fn)(void *arg, const void *p, size_t n);

/*
 * Writes all of it in pieces; memory does not grow with it. Nobody (no ids):
 * "contact" is null, and what stands of keys in files and events is written.
 * keys: to be looked for beside those of the contacts (NULL: none); those of
 * the contacts are added. ms: how long files are looked through. *found: rows
 * of files and events, if not NULL.
 */
enum status person_data_write(struct db *db, const struct person *p,
    struct person_keys *keys, int64_t ms, person_data_fn fn, void *arg,
    uint64_t *found, struct err *e);

/* How long files are looked through: for a page, for a key that nobody has,
 * and for a file. */
#define PERSON_DATA_PAGE_MS 5000
#define PERSON_DATA_ASKED_MS 5000
#define PERSON_DATA_FILE_MS 60000

/* Notes in the audit log that somebody looked: at whom (NULL: it came to
 * nobody, or to several), and by what, never the value. */
enum status person_data_audit(struct db *db, struct arena *a,
    const struct actor *actor, const struct person *p, const char *by_text,
    struct err *e);

#endif
