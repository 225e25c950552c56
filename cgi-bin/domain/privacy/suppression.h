/* suppression.h: people who are not to come back by a file */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_SUPPRESSION_H
#define PRIVACY_SUPPRESSION_H

#include <stddef.h>

#include "base/arena.h"
#include "model/contact.h"
#include "model/member.h"
#include "model/suppression.h"
#include "storage/db.h"

/*
 * The list has of each key of a person a hash, keyed with the secret of
 * VAR/run/privacy.key (RUBRICA_PRIVACY_KEY): who has the database alone cannot
 * try numbers. A list that was written with another secret would let everybody
 * back in silently, so each call compares a check value first, and comes to
 * STATUS_DENIED when it is not the same. With an empty list any secret will
 * do.
 *
 * All of these are called within a transaction; what one sees of the list
 * stays so until it has committed, unless it only looks.
 */

/* A key as contacts have it: a number in E.164, an e-mail address in any case,
 * ids as they are. NULL and "" are passed over. Those of one person have the
 * same number here. */
struct suppression_value {
	enum suppression_kind kind;
	const char *value;
	size_t person;
};

/* The keys of a contact: 0 to 4 of them. */
#define SUPPRESSION_VALUES 4
size_t suppression_values(const char *const value[FIELD_COUNT], size_t person,
    struct suppression_value out[SUPPRESSION_VALUES]);

/*
 * Puts keys on the list. at: the moment that a consent has to be later than
 * (ms; 0: now). A key that is there already keeps the later moment, and
 * SUPPRESSION_ERASED stands over SUPPRESSION_OPTED_OUT. origin says where it
 * comes from, in one word ("erasure", "purge", "opt_out_file").
 */
enum status suppression_add(struct db *db, struct arena *a,
    const struct suppression_value *values, size_t n,
    enum suppression_reason reason, int64_t at, const char *origin,
    struct err *e);

/* The same with a moment of its own for each key. */
enum status suppression_add_at(struct db *db, struct arena *a,
    const struct suppression_value *values, const int64_t *moments, size_t n,
    enum suppression_reason reason, const char *origin, struct err *e);

/* What suppression_look() would find of a key that nobody has listed. */
struct suppression suppression_unlisted(struct db *db, struct arena *a,
    const struct suppression_value *v, int64_t at);

/* Nobody else changes the list, or relies on it, until the transaction ends:
 * for who looks keys up first and adds some of them then. */
enum status suppression_hold(struct db *db, struct err *e);

/* A piece of what the undoing of a list of opt-outs takes off the list again,
 * or (back) of what undoing that brings back; see
 * storage/suppression_source_store.h. */
enum status suppression_turn(struct db *db, struct arena *a,
    struct import_id import, bool back, size_t limit, uint64_t *seen,
    uint64_t *changed, struct err *e);

/*
 * Looks n keys up. *found is NULL when none of them is on the list; else it has
 * n entries, in the arena, in the order of the values. lock: nobody adds to
 * the list until the transaction ends; without it, it is only a look.
 */
enum status suppression_look(struct db *db, struct arena *a,
    const struct suppression_value *values, size_t n, bool lock,
    struct suppression **found, struct err *e);

/* Whether an opt-in is newer than the entry and not of the future. opted and
 * opted_at as contacts have them (may be NULL); latest: ms. */
bool suppression_proven(const struct suppression *entry, const char *opted,
    const char *opted_at, int64_t latest);

/*
 * Takes n of the found entries (those that are listed) off the list: their
 * people have consented again. With a key that is one person's alone (any but
 * an e-mail address) the other keys of the person go too. *lifted: how many
 * keys went, if not NULL.
 */
enum status suppression_lift(struct db *db, const struct suppression *entries,
    size_t n, uint64_t *lifted, struct err *e);

/* Locks the list until the transaction ends: batches that rely on it have
 * committed, and nobody else begins. */
enum status suppression_lock(struct db *db, struct err *e);

/* The beginning of a key's hash, for the audit log; in the arena. */
const char *suppression_short_hash(struct db *db, struct arena *a,
    enum suppression_kind kind, const char *value);

/* Whether the list can be used with our secret: OK, or DENIED. */
enum status suppression_usable(struct db *db, struct err *e);

/* What to say to a person when it cannot. */
#define SUPPRESSION_OTHER_KEY                                                  \
	"The list of erased people was made with another secret key, so it "   \
	"cannot be used. Put the file run/privacy.key of the old installation" \
	" back (or RUBRICA_PRIVACY_KEY), and start again."

/*
 * What an edit or a new contact has to ask. opted_at: the time of the opt-in as
 * somebody gave it, not one that was made up for it. had: the keys that it had
 * before (values; NULL for a new contact): only those that are new are asked
 * for. *refused: the first entry that keeps it out, not listed when none does;
 * what the opt-in of `value` proves is lifted, with an entry in the audit log.
 */
struct suppression_gate {
	const char *const *value; /* FIELD_COUNT values, as they would be */
	const char *const *had;
	const char *opted_at;
	struct contact_id id;
	const struct actor *actor;
	int64_t now;
};
enum status suppression_pass(struct db *db, struct arena *a,
    const struct suppression_gate *gate, struct suppression *refused,
    struct err *e);

/* The sentence for a page or the API about an entry, in the arena. */
const char *suppression_message(struct arena *a, const struct suppression *s);

/* The field of a contact that a kind of key is. */
enum contact_field suppression_field(enum suppression_kind kind);

/* A consent that somebody gave us directly (a message, a preference event) at
 * a moment: lifts what is older than that, with an entry in the audit log. */
enum status suppression_consented(struct db *db, struct arena *a,
    const struct contact *c, int64_t at, const struct actor *actor,
    struct err *e);

#endif
