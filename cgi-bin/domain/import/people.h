/* people.h: the contacts that a batch is about, found by their keys */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_PEOPLE_H
#define IMPORT_PEOPLE_H

#include "domain/import/batch.h"
#include "domain/import/row_key.h"

struct person_entry {
	uint64_t hash;
	char kind;
	const char *key;
	struct target *target;
	struct person_entry *next; /* of the same place */
};

struct people {
	struct arena *arena;
	struct person_entry **places; /* size of them, a power of two */
	size_t size;
	struct target **targets;
	size_t count;
	size_t space;
	bool merged; /* some have a winner */
};

/* For about n contacts. */
void people_init(struct people *p, struct arena *a, size_t n);
/* Adds one (the contact is copied) under all its keys. */
struct target *people_add(struct people *p, const struct contact *c);
/* Makes a target known under keys that it was given since. */
void people_index(struct people *p, struct target *t);
/* The contact of an id, or NULL. */
struct target *people_by_id(const struct people *p, uint64_t id);
/* The entries whose target has the key now, one after the other. */
const struct person_entry *people_first(
    const struct people *p, char kind, const char *key);
const struct person_entry *people_next(
    const struct people *p, const struct person_entry *x);
/* The oldest target that has the key now, and how many have it. Those in the
 * trash stand behind all others: one of them is found, as the only one, when
 * nobody else has the key. One that was merged into another contact stands for
 * that one (but for KEY_BY_ID). */
struct target *people_find(
    const struct people *p, char kind, const char *key, size_t *count);
/* Whether it is by such a key that t is found. */
bool people_is_merged_key(
    const struct people *p, char kind, const char *key, const struct target *t);

#endif
