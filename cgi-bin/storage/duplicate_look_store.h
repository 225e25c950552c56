/* duplicate_look_store.h: looking through the book for duplicates */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_DUPLICATE_LOOK_STORE_H
#define STORAGE_DUPLICATE_LOOK_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/duplicate.h"
#include "model/id.h"
#include "storage/db.h"

/* The steps of a look, in order; the numbers are stored. */
enum look_step {
	LOOK_IDLE,
	LOOK_EMAILS,
	LOOK_USER_IDS,
	LOOK_NUMBERS,
	LOOK_NAMES,
	LOOK_CLEAN
};

/* How a look that runs stands, or the one before. */
struct duplicate_look {
	uint64_t look; /* its number */
	enum look_step step;
	const char *place; /* how far the step has come */
	uint64_t pairs;	   /* found so far */
	int64_t as_of;	   /* ms: when the last finished one began; 0: none */
};
enum status duplicate_look_get(
    struct db *db, struct arena *a, struct duplicate_look *out, struct err *e);

/* Asks for a look soon. */
enum status duplicate_look_ask(struct db *db, struct err *e);

/*
 * Begins a look, or takes one up whose worker is gone. NOT_FOUND: another one
 * is at it, or there is no need: it was not asked for, and nothing changed or
 * the last one is not long enough ago (`rest` times its own duration, and at
 * least ten seconds).
 */
enum status duplicate_look_claim(struct db *db, struct arena *a,
    const char *owner, int64_t lease_ms, uint64_t rest,
    struct duplicate_look *out, struct err *e);

/* In a transaction: checks that the look is still `owner`'s (CONFLICT if not)
 * and writes how far it came. LOOK_IDLE: it is finished. */
enum status duplicate_look_advance(struct db *db, const char *owner,
    int64_t lease_ms, const struct duplicate_look *look, struct err *e);

/*
 * Values that may be of several contacts, in a window of `window` contacts
 * after the value `place`, by the field of the step (e-mails, user ids, names).
 * *last: the last value of the window, "" when there was none. A value that
 * more than `most` contacts of the window have is left out.
 */
enum status duplicate_look_values(struct db *db, struct arena *a,
    enum look_step step, const char *place, size_t window, size_t most,
    const char ***values, size_t *count, const char **last, struct err *e);

/* Contacts of the book that have one value (of names: and one city) together,
 * two at least and `most` at the most. */
struct duplicate_group {
	uint64_t *ids; /* ascending */
	size_t count;
};
#define DUPLICATE_VALUES 50u /* at most, of one call */
enum status duplicate_look_groups(struct db *db, struct arena *a,
    enum look_step step, const char *const *values, size_t count, size_t most,
    struct duplicate_group **groups, size_t *group_count, struct err *e);

/* Something that may be a number, with whose it is. */
struct numbered {
	uint64_t id;
	const char *text;
};
/* Where numbers are: the phone, the user id, or an attribute by its JSON
 * path. */
enum number_source {
	NUMBERS_PHONE,
	NUMBERS_USER_ID,
	NUMBERS_ATTRIBUTE
};
/* The next `limit` of a source, after the last one of the page before (NULL:
 * from the first). */
enum status duplicate_look_numbers(struct db *db, struct arena *a,
    enum number_source source, const char *path, const struct numbered *after,
    size_t limit, struct numbered **rows, size_t *count, struct err *e);
/* The names of contacts that are in the book, ascending by id. */
enum status duplicate_look_names(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct numbered **rows, size_t *count,
    struct err *e);
/* The highest id of a contact. */
enum status duplicate_look_highest(struct db *db, uint64_t *id, struct err *e);

/* In a transaction: writes pairs that the look found, but for dismissed
 * ones. */
enum status duplicate_look_add(struct db *db, struct arena *a, uint64_t look,
    const struct duplicate_pair *pairs, size_t n, struct err *e);
/* Takes up to `limit` pairs of earlier looks away, and what was said of
 * contacts that are gone; *gone says how many rows. */
enum status duplicate_look_clean(
    struct db *db, uint64_t look, size_t limit, uint64_t *gone, struct err *e);

#endif
