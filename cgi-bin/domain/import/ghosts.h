/* ghosts.h: what a check would have written so far */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_GHOSTS_H
#define IMPORT_GHOSTS_H

#include "domain/import/people.h"

/*
 * A check writes nothing, but a later row of the file can be about a contact
 * that an earlier one would have made or changed. Such contacts are kept here,
 * as they would be by then: those with a key that the file has twice, or that
 * lost one which the file has. At most GHOSTS_BYTES of them: a file with more
 * is checked less exactly from that row on.
 */
#define GHOSTS_BYTES (20u << 20)

struct ghosts {
	struct arena arena;
	struct people people;
	uint64_t full_from; /* row from which no more were kept; 0: none */
};

void ghosts_init(struct ghosts *g);
void ghosts_release(struct ghosts *g);
/* Adds to `people` the ghosts that have the key. */
void ghosts_call(
    const struct ghosts *g, struct people *people, char kind, const char *key);
/* The ghost of a contact, added to `people`, or NULL when it has none. */
struct target *ghosts_call_id(
    const struct ghosts *g, struct people *people, uint64_t id);
/* Keeps the contact as it is now (copied); row: the batch's first. */
void ghosts_keep(struct ghosts *g, const struct target *t, uint64_t row);

#endif
