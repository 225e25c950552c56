/* keys.c: the keys that a file has had so far */
/* SPDX-License-Identifier: MIT */
#include "domain/import/keys.h"

#include <stdlib.h>

/* A table that doubles would need three times the memory of its keys while it
 * does. So a new part is begun when the last one is full: they double up to
 * LARGEST, and from then on stay as large. */
#define FIRST_SIZE 4096u
#define LARGEST (1u << 17)
#define TWICE UINT32_MAX
/* Keys can be plain numbers: an odd constant spreads them. */
#define SPREAD UINT64_C(0x9e3779b97f4a7c15)

void keys_init(struct keys *k)
{
	*k = (struct keys){0};
}

void keys_release(struct keys *k)
{
	for (size_t i = 0; i < k->part_count; i++) {
		free(k->parts[i].hashes);
		free(k->parts[i].rows);
	}
	free(k->parts);
	keys_init(k);
}

static void begin_part(struct keys *k)
{
	size_t size = FIRST_SIZE;

	if (k->part_count)
		size = k->parts[k->part_count - 1].size * 2;
	if (size > LARGEST)
		size = LARGEST;
	k->parts = xrealloc(k->parts, (k->part_count + 1) * sizeof(*k->parts));
	k->parts[k->part_count++] = (struct keys_part){
	    .hashes = xcalloc(size, sizeof(uint64_t)),
	    .rows = xcalloc(size, sizeof(uint32_t)),
	    .size = size,
	};
}

/* The place of a hash, or the free one where it belongs. */
static size_t slot(const struct keys_part *p, uint64_t hash)
{
	size_t i = (size_t)(hash * SPREAD >> 32) & (p->size - 1);

	while (p->hashes[i] && p->hashes[i] != hash)
		i = (i + 1) & (p->size - 1);
	return i;
}

/* Where the row of a hash stands; NULL when there is none. */
static uint32_t *find(const struct keys *k, uint64_t hash)
{
	for (size_t i = k->part_count; i--;) {
		struct keys_part *p = &k->parts[i];
		size_t at = slot(p, hash);

		if (p->hashes[at])
			return &p->rows[at];
	}
	return NULL;
}

uint64_t keys_find(const struct keys *k, uint64_t hash)
{
	const uint32_t *row = find(k, hash);

	return row ? *row : 0;
}

void keys_add(struct keys *k, uint64_t hash, uint64_t row)
{
	if (find(k, hash))
		return;
	struct keys_part *p =
	    k->part_count ? &k->parts[k->part_count - 1] : NULL;

	if (!p || p->count >= p->size / 8 * 7) {
		begin_part(k);
		p = &k->parts[k->part_count - 1];
	}
	size_t at = slot(p, hash);

	p->hashes[at] = hash;
	p->rows[at] = row < TWICE ? (uint32_t)row : TWICE - 1;
	p->count++;
	k->count++;
}

void keys_mark(struct keys *k, uint64_t hash)
{
	keys_add(k, hash, 1);
	*find(k, hash) = TWICE;
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
