/* decode.h: the bytes of a file as UTF-8, piece by piece */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_DECODE_H
#define IMPORT_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "model/import.h"

/*
 * Feeds pieces of any size; characters that are cut between two pieces are put
 * together. A BOM at the beginning is left out. Bytes that are not of the
 * encoding give STATUS_INVALID with the line (from 1) in decode.line.
 * So do the five bytes that Windows-1252 leaves unassigned, and NULs
 * (formats.md: not-text), but for a stray one in a long UTF-8 text, at most one
 * in NUL_SHARE bytes: it becomes NUL_MARK, for which check_row rejects its row.
 */
#define NUL_SHARE 256u
#define NUL_MARK "\xEF\xB7\x90" /* U+FDD0, which no text has */

struct decoder {
	enum encoding encoding;
	unsigned char rest[8]; /* an incomplete character */
	size_t rest_len;
	uint64_t line; /* of the next byte, from 1 */
	uint64_t lf;   /* line feeds and carriage returns so far */
	uint64_t cr;
	uint64_t bytes; /* that were decoded so far */
	uint64_t nuls;	/* NULs among them */
	bool begun;	/* the BOM question is behind us */
	bool nul;	/* the failure was a NUL */
};

void decoder_init(struct decoder *d, enum encoding encoding);
/* Appends the decoded bytes to out, which the caller resets. STATUS_TOO_LARGE
 * when out is full. */
enum status decoder_feed(
    struct decoder *d, const char *bytes, size_t n, struct str *out);
/* How many bytes of decoded text one unit of a file that was decoded stands
 * for: a byte, or 16 bits of UTF-16 (half of a surrogate pair: half of it). */
size_t decode_width(enum encoding encoding, uint32_t unit);
/* STATUS_INVALID when the file ends within a character. */
enum status decoder_finish(struct decoder *d);

#endif
