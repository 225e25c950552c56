/* apply.h: the values of a row laid over a contact */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_APPLY_H
#define IMPORT_APPLY_H

#include "base/str.h"
#include "domain/import/batch.h"
#include "domain/import/book.h"
#include "domain/import/changes.h"
#include "domain/import/intake.h"

struct application {
	struct arena *arena;
	const struct import_plan *plan;
	const struct book *book;
	struct str *scratch;	 /* for before images */
	struct changes *changes; /* notes which fields change; may be NULL */
	int64_t now;	 /* ms: when a consent without a time was learned */
	bool keep_blank; /* whatever the rule says (duplicates = merge) */
};

/* Makes t a new contact with the row's values. */
void apply_new(const struct application *ap, struct target *t,
    const struct checked_row *r);

/*
 * Lays the row over a contact. tags are ids that the row and the import give.
 * Returns the JSON of what changed as it was before ("{...}" with fields by
 * key, "attributes.NAME", "_tags"), in the arena, or NULL when nothing did;
 * version is then one more.
 */
const char *apply_row(const struct application *ap, struct target *t,
    const struct checked_row *r, const uint64_t *tags, size_t tag_count);

#endif
