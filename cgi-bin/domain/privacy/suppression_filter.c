/* suppression_filter.c: which keys are certainly not on the list */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/suppression_filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define BITS_MAX ((size_t)64 << 20)
#define BITS_MIN ((size_t)4096)
#define BITS_OF_A_KEY 12
#define PROBES 4
/* A key of the list is read in a quarter of the time of a look-up. */
#define LOOK_COST 4
/* A single contact is never what it is made for. */
#define KEYS_MIN 100

static struct {
	uint64_t *words;
	size_t bits; /* a power of two; 0: there is none */
	uint64_t stamp;
	uint64_t looked; /* keys, without it */
} filter;

/* The hashes are as good as random: their halves make the places. */
static size_t place(const unsigned char *hash, unsigned probe)
{
	uint64_t half[2];

	memcpy(half, hash, sizeof(half));
	return (size_t)(half[0] + probe * (half[1] | 1)) & (filter.bits - 1);
}

static void add(void *arg, const unsigned char *hash)
{
	(void)arg;
	for (unsigned i = 0; i < PROBES; i++) {
		size_t at = place(hash, i);

		filter.words[at / 64] |= UINT64_C(1) << (at % 64);
	}
}

bool suppression_filter_has(const unsigned char hash[CRYPTO_HASH_BYTES])
{
	for (unsigned i = 0; i < PROBES; i++) {
		size_t at = place(hash, i);

		if (!(filter.words[at / 64] >> (at % 64) & 1))
			return false;
	}
	return true;
}

static void empty(uint64_t entries)
{
	free(filter.words);
	for (filter.bits = BITS_MIN;
	     filter.bits < BITS_MAX && filter.bits / BITS_OF_A_KEY < entries;)
		filter.bits *= 2;
	filter.words = xcalloc(filter.bits / 64, sizeof(*filter.words));
}

/* The stamp is read again without a lock: keys and stamp are of one view then,
 * which can be older than what is locked. */
static enum status make(struct db *db, struct err *e)
{
	struct suppression_state seen;
	enum status st = suppression_state_get(db, SUPPRESSION_LOOK, &seen, e);

	if (st != STATUS_OK)
		return st;
	empty(seen.entries);
	st = suppression_store_hashes(db, add, NULL, e);
	if (st != STATUS_OK)
		filter.bits = 0;
	filter.stamp = seen.stamp;
	filter.looked = 0;
	return st;
}

enum status suppression_filter_use(struct db *db,
    const struct suppression_state *state, size_t keys, bool *usable,
    struct err *e)
{
	enum status st = STATUS_OK;

	*usable = filter.bits && filter.stamp == state->stamp;
	if (*usable || keys < KEYS_MIN)
		return STATUS_OK;
	filter.looked += keys;
	if (filter.looked * LOOK_COST < state->entries)
		return STATUS_OK;
	st = make(db, e);
	*usable = st == STATUS_OK && filter.stamp == state->stamp;
	return st;
}
