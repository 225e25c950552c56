/* match_text.h: sentences of matching, and the sums of its outcomes */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MATCH_TEXT_H
#define IMPORT_MATCH_TEXT_H

#include "domain/import/batch.h"

/* A value of the row is `other`'s; of_file: an earlier row made that contact,
 * by whose number nobody would know it. In the arena. */
const char *match_conflict_text(struct arena *a, enum contact_field f,
    const struct target *other, bool of_file);
/* The key stands in the file more than once; first: the row that stands, or
 * 0. */
const char *match_duplicate_text(
    struct arena *a, enum contact_field f, uint64_t first);

/* One row more of an outcome. */
void match_count(struct import_counts *c, enum outcome o);

#endif
