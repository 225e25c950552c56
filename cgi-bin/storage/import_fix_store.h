/* import_fix_store.h: corrections of uploaded files */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_IMPORT_FIX_STORE_H
#define STORAGE_IMPORT_FIX_STORE_H

#include "base/arena.h"
#include "model/import_fix.h"
#include "model/member.h"
#include "storage/db.h"

/* Those with a number above `after`, in the order of their numbers. */
enum status import_fix_list(struct db *db, struct arena *a, struct import_id id,
    unsigned after, size_t limit, struct import_fix **rows, size_t *count,
    struct err *e);
/* How many there are, and the bytes of their values. */
enum status import_fix_total(struct db *db, struct import_id id,
    uint64_t *count, uint64_t *bytes, struct err *e);
/* Adds one within a transaction that holds the import, and sets its number; a
 * correction of the same place is replaced and keeps its own. */
enum status import_fix_put(struct db *db, struct arena *a, struct import_id id,
    struct import_fix *x, const struct actor *actor, struct err *e);
/* Takes all of them away: the file is read anew, and its cells are others. */
enum status import_fix_clear(struct db *db, struct import_id id, struct err *e);
/* NOT_FOUND when there is no such number. */
enum status import_fix_delete(
    struct db *db, struct import_id id, unsigned number, struct err *e);
/* How many cells each corrects, as a check of the whole file counted them. */
enum status import_fix_set_cells(struct db *db, struct import_id id,
    const uint64_t *numbers, const uint64_t *cells, size_t count,
    struct err *e);

/* Corrections that a member wants for later files, by folded header. */
struct correction {
	const char *header;
	const char *old_value;
	const char *new_value;
};
enum status correction_put(struct db *db, struct arena *a,
    struct member_id member, const struct correction *c, struct err *e);
enum status correction_delete(struct db *db, struct arena *a,
    struct member_id member, const struct correction *c, struct err *e);
/* How many a member has. */
enum status correction_any(
    struct db *db, struct member_id member, uint64_t *count, struct err *e);
/* Those of one header, the newest first. */
enum status correction_list(struct db *db, struct arena *a,
    struct member_id member, const char *header, size_t limit,
    struct correction **rows, size_t *count, struct err *e);

#endif
