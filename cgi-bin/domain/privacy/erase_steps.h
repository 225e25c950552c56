/* erase_steps.h: what an erasure has left to do, a transaction at a time */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_ERASE_STEPS_H
#define PRIVACY_ERASE_STEPS_H

#include "domain/privacy/erase.h"

/*
 * One step: texts of others; one kept file; or, in the end, one that an import
 * was still at. id: of which erasure; 0: of the first after `after` that nobody
 * else is at. Each step can be done again after a crash. NOT_FOUND: it is done,
 * or another process is at it, or it waits for imports. *at: which one it was,
 * if not NULL.
 */
enum status erase_step(
    struct db *db, uint64_t id, uint64_t after, uint64_t *at, struct err *e);

/* Counts and what remains, as rows of erasure keep them; in the arena. NULL:
 * too long. */
const char *erase_counts_text(
    struct arena *a, const uint64_t counts[ERASED_COUNT]);
void erase_counts_read(
    struct arena *a, const char *text, uint64_t counts[ERASED_COUNT]);
const char *erase_remaining_text(struct arena *a, const struct person_keys *k);

#endif
