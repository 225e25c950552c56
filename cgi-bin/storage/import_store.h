/* import_store.h: rows of import */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_IMPORT_STORE_H
#define STORAGE_IMPORT_STORE_H

#include "base/arena.h"
#include "model/import.h"
#include "model/member.h"
#include "storage/db.h"

/* import.rules, .columns and .mapping are JSON texts here: what they mean is
 * the domain's business. struct import itself has the parsed rules. */
struct import_row {
	struct import head;		/* rules are not filled */
	const char *rules;		/* JSON */
	unsigned char headers_hash[32]; /* for the insert only */
};

/* Inserts an import in the state it has; ids and times are set by the
 * function. CONFLICT when the idempotency key is taken (key may be NULL). */
enum status import_store_insert(struct db *db, const struct import_row *row,
    const struct actor *actor, const char *idempotency_key,
    const char *request_hash, struct import_id *out, struct err *e);
enum status import_store_get(struct db *db, struct arena *a,
    struct import_id id, struct import_row *out, struct err *e);
/* The import of a token's idempotency key and the hash of its request;
 * NOT_FOUND when the key is new. */
enum status import_store_by_key(struct db *db, struct arena *a,
    struct token_id token, const char *key, struct import_id *out,
    const char **request_hash, struct err *e);
/* Newest first, ids below `before` (0: from the newest); state or member 0 /
 * IMPORT_STATE_COUNT for all. *rows is in the arena. */
enum status import_store_list(struct db *db, struct arena *a, uint64_t before,
    enum import_state state, struct member_id member, size_t limit,
    struct import_row **rows, size_t *count, struct err *e);
/* Writes what the user can still change: format, rules, encoding, delimiter,
 * header, columns, mapping, segment, tags, total_rows, state, refusal. CONFLICT
 * when the import is no longer in the state `from`. */
enum status import_store_update(struct db *db, const struct import_row *row,
    enum import_state from, struct err *e);
/* Queues a check of the whole file from its first row, of an import that has
 * not begun; it holds the import until the transaction ends. CONFLICT. */
enum status import_store_recheck(
    struct db *db, struct import_id id, struct err *e);
/* Holds an import until the transaction ends. */
enum status import_store_lock(
    struct db *db, struct import_id id, struct err *e);
/* Only the state, and the moment: QUEUED sets nothing, CANCELLED and REFUSED
 * finished_at. CONFLICT when it is not in the state `from`. */
enum status import_store_move(struct db *db, struct import_id id,
    enum import_state from, enum import_state to, struct err *e);
/* Consent is given: queued, to run from its first row. What a check came to is
 * kept in `checked`, unless opt-ins were confirmed after it. CONFLICT when it
 * is not in the state `from`. */
enum status import_store_confirm(
    struct db *db, struct import_id id, enum import_state from, struct err *e);
/* Locks the import until the transaction ends. CONFLICT when it is not in the
 * state `from`. */
enum status import_store_hold(
    struct db *db, struct import_id id, enum import_state from, struct err *e);
/* Asks a running import to stop at the next batch. */
enum status import_store_ask_cancel(
    struct db *db, struct import_id id, struct err *e);
/* The same for a pause, which the worker makes: CONFLICT when it does not run.
 * A paused one waits for a worker again, at its checkpoint: CONFLICT when it is
 * not paused. */
enum status import_store_ask_pause(
    struct db *db, struct import_id id, struct err *e);
enum status import_store_resume(
    struct db *db, struct import_id id, struct err *e);
/* Imports that are queued or running, for the frame of every page. */
enum status import_store_active(struct db *db, struct arena *a,
    struct import_row **rows, size_t *count, struct err *e);

/* The states of undoing an import; CONFLICT when it is not in the one that the
 * step begins with. What it was before is remembered. */
enum import_undo_step {
	IMPORT_UNDO_BEGINS,   /* ended -> undoing */
	IMPORT_UNDO_ENDS,     /* undoing -> undone */
	IMPORT_UNDO_GIVEN_UP, /* undoing -> what it was */
	IMPORT_REDO_BEGINS,   /* undone -> redoing */
	IMPORT_REDO_ENDS,     /* redoing -> what it was */
	IMPORT_REDO_GIVEN_UP  /* redoing -> undone */
};
enum status import_store_undo(struct db *db, struct import_id id,
    enum import_undo_step step, struct err *e);

/* The newest finished import with rows that did not get in, whose file had the
 * same set of headers; NOT_FOUND when there is none. */
enum status import_store_to_complete(struct db *db,
    const unsigned char hash[32], struct import_id *out, struct err *e);
/* Takes an import away that was not confirmed, with its file. CONFLICT in a
 * later state. */
enum status import_store_discard(
    struct db *db, struct import_id id, struct err *e);
/* The same for one whose upload stopped half-way: it began three minutes ago,
 * longer than nginx waits for an answer. NOT_FOUND when there is none. */
enum status import_store_discard_stale(struct db *db, struct err *e);

/* State as the word that is stored ("running"), and back. */
const char *import_state_word(enum import_state s);
enum import_state import_state_of(const char *word); /* COUNT: none */

#endif
