/* erasure_store.h: erasures, and the texts that they go through */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_ERASURE_STORE_H
#define STORAGE_ERASURE_STORE_H

#include "base/arena.h"
#include "model/import.h"
#include "model/member.h"
#include "storage/db.h"

/* A row of erasure. */
struct erasure {
	uint64_t id;
	bool done;
	unsigned step;
	uint64_t contact;      /* 0: nobody was in the book */
	const char *remaining; /* JSON; "" when done */
	uint64_t next_import;  /* those up to it are done with */
	uint64_t upto_import;
	const char *counts; /* JSON object of numbers */
	const char *member_name;
	int64_t created_at; /* ms */
	int64_t finished_at;
};
/* With the newest import as upto_import. */
enum status erasure_insert(
    struct db *db, struct erasure *x, const struct actor *actor, struct err *e);
enum status erasure_get(struct db *db, struct arena *a, uint64_t id,
    struct erasure *out, struct err *e);
/* One that is not done, locked until the transaction ends; those that another
 * has locked are passed over. id 0: the first after `after`. NOT_FOUND when
 * there is none. */
enum status erasure_lock(struct db *db, struct arena *a, uint64_t id,
    uint64_t after, struct erasure *out, struct err *e);
/* Writes step, remaining, next_import and counts; done wipes remaining. */
enum status erasure_put(struct db *db, const struct erasure *x, struct err *e);
/* Newest first, ids below `below` (0: all). */
enum status erasure_list(struct db *db, struct arena *a, uint64_t below,
    size_t limit, struct erasure **rows, size_t *count, struct err *e);

/* --- imports --- */

/* The first import after an id, up to another one; NOT_FOUND: none. */
enum status erasure_next_import(struct db *db, uint64_t after, uint64_t upto,
    struct import_id *out, struct err *e);
/* Its state, locked so that it stays; NOT_FOUND when it is gone. */
enum status erasure_lock_import(
    struct db *db, struct import_id id, enum import_state *out, struct err *e);
enum status erasure_put_piece(struct db *db, struct import_id id, unsigned seq,
    const void *bytes, size_t n, struct err *e);
/* What was found in a row: column 0 means all of them. */
enum status erasure_wipe_problems(struct db *db, struct import_id id,
    uint64_t row, unsigned column, const char *message, uint64_t *count,
    struct err *e);
/* Corrections of single cells of a row. */
enum status erasure_wipe_fixes(
    struct db *db, struct import_id id, uint64_t row, struct err *e);
/* Cells that were overwritten. */
enum status erasure_mark_import(
    struct db *db, struct import_id id, uint64_t cells, struct err *e);
/* Hashes of keys that the rows so far had. */
enum status erasure_wipe_hashes(
    struct db *db, struct import_id id, struct err *e);
enum status erasure_rename_file(
    struct db *db, struct import_id id, const char *name, struct err *e);
/* What the import keeps of the file: names and samples of its columns, JSON. */
enum status erasure_columns_get(struct db *db, struct arena *a,
    struct import_id id, const char **columns, const char **mapping,
    struct err *e);
enum status erasure_columns_put(struct db *db, struct import_id id,
    const char *columns, const char *mapping, struct err *e);

/* --- texts of others: pages by id --- */

enum erasure_text {
	TEXT_EVENT,    /* webhook_event.body */
	TEXT_JOB,      /* job.filter and arguments */
	TEXT_SEGMENT,  /* segment.filter */
	TEXT_DELIVERY, /* hook_delivery.body of those about no one contact */
	TEXT_MEMORY,   /* correction_memory: old and new value */
	TEXT_MAPPING,  /* mapping_memory: headers, mapping */
	TEXT_FIX,      /* import_fix of a value: old and new value */
	TEXT_REVISION, /* contact_revision.before_values that holds `needle` */
	ERASURE_TEXTS
};
struct erasure_row {
	uint64_t id;	   /* of the row; of memories their member */
	uint64_t number;   /* import_fix: its number */
	const char *place; /* of the two memories: their key in hex; of events
			    * when they came */
	const char *first;
	const char *second;
};
/* At most `limit` rows after one (NULL: the first). scope: of import_fix the
 * import. */
enum status erasure_texts(struct db *db, struct arena *a,
    enum erasure_text which, uint64_t scope, const char *needle,
    const struct erasure_row *after, size_t limit, struct erasure_row **rows,
    size_t *count, struct err *e);
/* Writes first and second; of events, memories and corrections the row goes, of
 * deliveries all but which import came to what. */
enum status erasure_text_put(struct db *db, enum erasure_text which,
    const struct erasure_row *row, struct err *e);
/* Notices that wait for a member's next page. */
enum status erasure_wipe_notices(
    struct db *db, const char *text, struct err *e);

#endif
