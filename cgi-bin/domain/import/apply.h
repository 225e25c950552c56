/* apply.h: the values of a row laid over a contact */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_APPLY_H
#define IMPORT_APPLY_H

#include "base/str.h"
#include "domain/import/batch.h"
#include "domain/import/book.h"
#include "domain/import/changes.h"
#include "domain/import/optout.h"
#include "domain/import/plan.h"
#include "domain/import/write_rules.h"

/* Ids of the tags that a row gives. */
struct row_tags {
	const uint64_t *ids; /* those that the import gives to all first */
	size_t count;
	size_t own;  /* from here on: the row's own */
	bool column; /* the file has a column for tags */
	bool empty;  /* it is empty in this row */
};

struct application {
	struct arena *arena;
	const struct import_plan *plan;
	const struct book *book;
	struct str *scratch;	 /* for before images */
	struct changes *changes; /* notes which fields change; may be NULL */
	int64_t now; /* ms: when a consent without a time was learned */
	struct write_rules rules;
	int64_t uploaded; /* ms: when the file came */
	/* Of the row at hand: 0, or when a member confirmed that it may make
	 * an opt-in of an opt-out (ms). */
	int64_t optin_confirmed;
};

/* What of a row was not taken over. */
struct row_met {
	/* The row says opt-in of a contact that opted out, without newer
	 * proof. */
	bool optout;
	enum optout_proof proof;
	/* The contact's state, which that of the row may not follow; NULL. */
	const char *state_was;
};

/* Makes t a new contact with the row's values. */
void apply_new(const struct application *ap, struct target *t,
    const struct checked_row *r);

/*
 * Lays the row over a contact, by the rules of its columns; one in the trash
 * leaves it with that. Returns the JSON of
 * what changed as it was before ("{...}" with fields by key, "attributes.NAME",
 * "_tags"), in the arena, or NULL when nothing did; version is then one more.
 * An opt-out stays unless the row has newer proof or ap->optin_confirmed is
 * set.
 */
const char *apply_row(const struct application *ap, struct target *t,
    const struct checked_row *r, const struct row_tags *tags,
    struct row_met *met);

#endif
