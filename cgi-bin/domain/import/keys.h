/* keys.h: the keys that a file has had so far */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_KEYS_H
#define IMPORT_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "domain/import/check.h"
#include "model/import.h"

/*
 * A set of 64-bit hashes of matching keys, each with the row that had it
 * first: some 14 bytes a key and no text, so that millions of rows fit. Two
 * different keys of a million share a hash with a chance of about 1 in 37
 * million.
 */
struct keys_part {
	uint64_t *hashes; /* 0: free */
	uint32_t *rows;
	size_t size; /* a power of two */
	size_t count;
};
struct keys {
	struct keys_part *parts; /* the last one takes new keys */
	size_t part_count;
	size_t count; /* of all keys */
};

void keys_init(struct keys *k);
void keys_release(struct keys *k);
/* The row that had the key first, or 0. */
uint64_t keys_find(const struct keys *k, uint64_t hash);
void keys_add(struct keys *k, uint64_t hash, uint64_t row);
/* Marks a key as one that occurs twice; keys_twice tells. */
void keys_mark(struct keys *k, uint64_t hash);
bool keys_twice(const struct keys *k, uint64_t hash);

/* KEYS_ENTRY bytes for each key, as import_batch keeps them. */
#define KEYS_ENTRY 12u
void keys_pack(unsigned char *out, uint64_t hash, uint64_t row);
void keys_unpack(struct keys *k, const unsigned char *bytes, size_t n);

#endif
