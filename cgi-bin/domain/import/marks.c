/* marks.c: which keys a file has, and which of them more than once, about */
/* SPDX-License-Identifier: MIT */
#include "domain/import/marks.h"

#include <stdlib.h>

#include "base/arena.h"

#define PROBES 3
/* Two keys a row, three probes each, and a sixth of the bits set. */
#define BITS_OF_A_ROW 36u
#define BITS_MIN 4096u

void marks_init(struct marks *m, uint64_t rows)
{
	size_t most = (size_t)MARKS_BYTES * 8;

	for (m->bits = BITS_MIN;
	     m->bits < most && m->bits / BITS_OF_A_ROW < rows;)
		m->bits *= 2;
	m->once = xcalloc(m->bits / 64, sizeof(*m->once));
	m->again = xcalloc(m->bits / 64, sizeof(*m->again));
}

void marks_release(struct marks *m)
{
	free(m->once);
	free(m->again);
	*m = (struct marks){0};
}

/* The place of a probe: double hashing of the two halves. */
static size_t place(const struct marks *m, uint64_t hash, unsigned probe)
{
	return (size_t)(hash + probe * ((hash >> 32) | 1)) & (m->bits - 1);
}

static bool has(const struct marks *m, const uint64_t *bits, uint64_t hash)
{
	for (unsigned i = 0; m->bits && i < PROBES; i++) {
		size_t at = place(m, hash, i);

		if (!(bits[at / 64] >> (at % 64) & 1))
			return false;
	}
	return m->bits != 0;
}

void marks_add(struct marks *m, uint64_t hash)
{
	uint64_t *bits = has(m, m->once, hash) ? m->again : m->once;

	for (unsigned i = 0; i < PROBES; i++) {
		size_t at = place(m, hash, i);

		bits[at / 64] |= UINT64_C(1) << (at % 64);
	}
}

bool marks_has(const struct marks *m, uint64_t hash)
{
	return has(m, m->once, hash);
}

bool marks_twice(const struct marks *m, uint64_t hash)
{
	return has(m, m->again, hash);
}
