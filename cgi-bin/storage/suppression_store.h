/* suppression_store.h: the list of hashes of people who are not to come back */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_SUPPRESSION_STORE_H
#define STORAGE_SUPPRESSION_STORE_H

#include <stddef.h>

#include "base/arena.h"
#include "model/suppression.h"
#include "storage/db.h"

/* domain/privacy/suppression.h is what others call; here are rows. */

struct suppression_state {
	uint64_t entries;
	uint64_t stamp; /* another one after each change; not taken by put */
	bool has_check; /* check is set */
	unsigned char check[CRYPTO_HASH_BYTES];
};
enum suppression_lock {
	SUPPRESSION_LOOK,  /* no lock */
	SUPPRESSION_SHARE, /* nobody changes the list until the end of the
			    * transaction */
	SUPPRESSION_CHANGE /* for who changes it */
};
enum status suppression_state_get(struct db *db, enum suppression_lock lock,
    struct suppression_state *out, struct err *e);
enum status suppression_state_put(
    struct db *db, const struct suppression_state *state, struct err *e);

/* Those of n hashes that are on the list, in any order. */
struct suppression_hash {
	unsigned char bytes[CRYPTO_HASH_BYTES];
};
enum status suppression_store_find(struct db *db, struct arena *a,
    const struct suppression_hash *hashes, size_t n, struct suppression **out,
    size_t *count, struct err *e);
/* Hands each hash of the list to take(), in no order. */
enum status suppression_store_hashes(struct db *db,
    void (*take)(void *arg, const unsigned char *hash), void *arg,
    struct err *e);
/* Adds keys or writes them anew (reason, person, origin, at). */
enum status suppression_store_put(struct db *db, struct arena *a,
    const struct suppression *entries, size_t n, const char *origin,
    struct err *e);
/* Takes one key away; with `person` other than 0, all of that person.
 * *count grows by the number of rows. */
enum status suppression_store_remove(struct db *db,
    const struct suppression *entry, uint64_t person, uint64_t *count,
    struct err *e);

/* How many keys came there for which reason and by what, and when the last of
 * them. *rows is in the arena. */
struct suppression_count {
	enum suppression_reason reason;
	const char *origin; /* "erasure", "purge", "opt_out_file", ... */
	uint64_t keys;
	int64_t last; /* ms */
};
enum status suppression_store_counts(struct db *db, struct arena *a,
    struct suppression_count **rows, size_t *count, struct err *e);
/* By what a key came there. NOT_FOUND. */
enum status suppression_store_origin(struct db *db, struct arena *a,
    const struct suppression *entry, const char **origin, struct err *e);

#endif
