/* keys.c: the keys that a file has had so far */
/* SPDX-License-Identifier: MIT */
#include "domain/import/keys.h"

#include <stdlib.h>

#define FIRST_SIZE 4096u
#define TWICE UINT32_MAX

void keys_init(struct keys *k)
{
	*k = (struct keys){0};
}

void keys_release(struct keys *k)
{
	free(k->hashes);
	free(k->rows);
	keys_init(k);
}

/* The place of a hash, or the free one where it belongs. */
static size_t slot(const struct keys *k, uint64_t hash)
{
	size_t i = (size_t)hash & (k->size - 1);

	while (k->hashes[i] && k->hashes[i] != hash)
		i = (i + 1) & (k->size - 1);
	return i;
}

static void grow(struct keys *k)
{
	struct keys old = *k;

	k->size = old.size ? old.size * 2 : FIRST_SIZE;
	k->hashes = xcalloc(k->size, sizeof(*k->hashes));
	k->rows = xcalloc(k->size, sizeof(*k->rows));
	for (size_t i = 0; i < old.size; i++) {
		if (!old.hashes[i])
			continue;
		size_t at = slot(k, old.hashes[i]);

		k->hashes[at] = old.hashes[i];
		k->rows[at] = old.rows[i];
	}
	free(old.hashes);
	free(old.rows);
}

uint64_t keys_find(const struct keys *k, uint64_t hash)
{
	if (!k->size)
		return 0;
	size_t i = slot(k, hash);

	return k->hashes[i] ? k->rows[i] : 0;
}

void keys_add(struct keys *k, uint64_t hash, uint64_t row)
{
	if (!k->size || k->count > k->size / 4 * 3)
		grow(k);
	size_t i = slot(k, hash);

	if (k->hashes[i])
		return;
	k->hashes[i] = hash;
	k->rows[i] = row < TWICE ? (uint32_t)row : TWICE - 1;
	k->count++;
}

void keys_mark(struct keys *k, uint64_t hash)
{
	keys_add(k, hash, 1);
	k->rows[slot(k, hash)] = TWICE;
}

bool keys_twice(const struct keys *k, uint64_t hash)
{
	return keys_find(k, hash) == TWICE;
}

void keys_pack(unsigned char *out, uint64_t hash, uint64_t row)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(hash >> (8 * i));
	for (int i = 0; i < 4; i++)
		out[8 + i] = (unsigned char)(row >> (8 * i));
}

void keys_unpack(struct keys *k, const unsigned char *bytes, size_t n)
{
	for (; n >= KEYS_ENTRY; n -= KEYS_ENTRY, bytes += KEYS_ENTRY) {
		uint64_t hash = 0;
		uint64_t row = 0;

		for (int i = 7; i >= 0; i--)
			hash = hash << 8 | bytes[i];
		for (int i = 3; i >= 0; i--)
			row = row << 8 | bytes[8 + i];
		keys_add(k, hash, row);
	}
}
