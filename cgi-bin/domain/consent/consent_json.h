/* consent_json.h: entries of the ledger of consents, as JSON and in words */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONSENT_CONSENT_JSON_H
#define DOMAIN_CONSENT_CONSENT_JSON_H

#include "base/json.h"
#include "domain/consent/consent_ledger.h"

/* One entry as an object. */
void consent_json_put(struct json_writer *w, const struct consent_entry *x);

/* The states of all purposes as an object: by purpose its status ("unknown"
 * where nothing is known), since when, and where that is known from. */
void consent_json_put_state(
    struct json_writer *w, struct arena *a, const struct consent_state *s);

/* Where an entry came from, for a person: "Import 3 (people.csv), row 5". */
const char *consent_source(struct arena *a, const struct consent_entry *x);
/* What is to be known of it beside that: why it does not count, who confirmed
 * it; "" for nothing. */
const char *consent_note(struct arena *a, const struct consent_entry *x);

#endif
