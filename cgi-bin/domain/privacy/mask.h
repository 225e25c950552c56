/* mask.h: cells of a kept file are overwritten where they lie */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_MASK_H
#define PRIVACY_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/import/read.h"
#include "model/import.h"

/* A part of the decoded text, from its offset up to another one. */
struct mask_range {
	uint64_t from;
	uint64_t to;
};

/*
 * Goes over the bytes of a file, as they were uploaded, piece by piece, and
 * overwrites the characters in the ranges by as many that say nothing: 'x', or
 * where a character takes two or three bytes of UTF-8 another one that does,
 * so that every later offset in the decoded text stays what it is. Quotation
 * marks, delimiters, blanks and ends of lines stay, so that rows and cells do.
 */
struct mask {
	enum encoding encoding;
	char delimiter;
	const struct mask_range *ranges; /* in their order, apart */
	size_t count;
	size_t at;	 /* the first range that is not behind us */
	uint64_t offset; /* of the next character in the decoded text */
	uint64_t bytes;	 /* that were seen */
};

void mask_init(struct mask *m, enum encoding encoding, char delimiter,
    const struct mask_range *ranges, size_t count);
/* Overwrites in a piece, which holds whole units of its encoding. True when it
 * changed something. */
bool mask_piece(struct mask *m, unsigned char *bytes, size_t n);

/* Whether a record has nothing left that mask_piece() would change. */
bool mask_is_done(const char *raw, size_t n, char delimiter);

/* Where cell i (from 0) of a record stands in the decoded text. */
struct mask_range mask_cell(const struct record *r, char delimiter, size_t i);

#endif
