/* consent_proof.h: the ledger of consents as files, to be shown as proof */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONSENT_CONSENT_PROOF_H
#define DOMAIN_CONSENT_CONSENT_PROOF_H

#include "domain/consent/consent_ledger.h"

/* Takes the next piece; false stops (the reader went away). */
typedef bool (*proof_sink)(void *arg, const char *p, size_t n);

/* All of these stream: memory does not grow with what there is. CSV has a line
 * of headers, and cells that a spreadsheet would run are guarded. */

/* Every entry of a person, newest first. */
enum status consent_proof_csv(struct db *db, struct contact_id contact,
    proof_sink sink, void *arg, struct err *e);
/* The same as JSON: {"contact", "purposes": {...}, "consents": [...]}. */
enum status consent_proof_json(struct db *db, struct contact_id contact,
    proof_sink sink, void *arg, struct err *e);
/* What an import brought, in the order of its file: a line for each row that
 * got in and each purpose, with the number and e-mail of the contact as now. */
enum status consent_proof_import(struct db *db, struct import_id import,
    proof_sink sink, void *arg, struct err *e);

#endif
