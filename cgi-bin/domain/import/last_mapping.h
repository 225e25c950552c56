/* last_mapping.h: the mapping that a member used last (formats.md S3) */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_LAST_MAPPING_H
#define IMPORT_LAST_MAPPING_H

#include "domain/import/plan.h"

/* Lays the member's last mapping (formats.md S3) over p->mapping: columns are
 * found by header, or by position in a file without one; what it does not
 * know stays. Stores nothing. *found is false when the member has none. */
enum status last_mapping_lay(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, bool *found,
    struct err *e);

/* Remembers p's mapping as the member's last, for its set of headers. Members
 * of 0 (a token without one) have no memory: OK. */
enum status last_mapping_keep(struct db *db, struct arena *a,
    struct member_id member, const struct import_plan *p, struct err *e);

#endif
