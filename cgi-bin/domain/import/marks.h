/* marks.h: which keys a file has, and which of them more than once, about */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MARKS_H
#define IMPORT_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Two Bloom filters of at most MARKS_BYTES each, whatever the file's size. A
 * key that the file has is always known; of those that it does not have, or has
 * once, a few are taken for one of the others: in a file of 500,000 rows with
 * two keys each some in 10,000, of 2,000,000 some in 200. Right for what only
 * costs memory when it is wrong.
 */
#define MARKS_BYTES (8u << 20)

struct marks {
	uint64_t *once;
	uint64_t *again;
	size_t bits; /* of each, a power of two; 0: nothing was marked */
};

/* For the keys of about so many rows. */
void marks_init(struct marks *m, uint64_t rows);
void marks_release(struct marks *m);
void marks_add(struct marks *m, uint64_t hash);
bool marks_has(const struct marks *m, uint64_t hash);
/* The file has it in several rows. */
bool marks_twice(const struct marks *m, uint64_t hash);

#endif
