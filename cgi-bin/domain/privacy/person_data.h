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
 *  cells of the row as they stand in the kept file; "jobs" that changed it;
 *  "duplicates"; "generated_at"}
 */

/* Gets the next bytes; false: no more are wanted. */
typedef bool (*person_data_fn)(void *arg, const void *p, size_t n);

/* Writes all of it in pieces; memory does not grow with it. */
enum status person_data_write(struct db *db, const struct person *p,
    person_data_fn fn, void *arg, struct err *e);

/* Notes in the audit log that somebody looked: at whom (NULL: it came to
 * nobody, or to several), and by what, never the value. */
enum status person_data_audit(struct db *db, struct arena *a,
    const struct actor *actor, const struct person *p, const char *by_text,
    struct err *e);

#endif
