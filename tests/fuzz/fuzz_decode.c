/* fuzz_decode.c: bytes of each encoding as UTF-8, however they are cut */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/import/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Pieces of 1 to most bytes, by a small generator of its own. */
static enum status decode(struct decoder *d, enum encoding encoding,
    const char *p, size_t n, size_t most, struct str *out)
{
	enum status st = STATUS_OK;
	uint32_t seed = (uint32_t)n + 7;

	decoder_init(d, encoding);
	while (st == STATUS_OK && n) {
		seed = seed * 1664525u + 1013904223u;
		size_t piece = (seed >> 8) % most + 1;

		if (piece > n)
			piece = n;
		st = decoder_feed(d, p, piece, out);
		p += piece;
		n -= piece;
	}
	return st == STATUS_OK ? decoder_finish(d) : st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct decoder one, many;
	struct str whole, pieces;

	if (size < 1)
		return 0;
	enum encoding encoding = data[0] % ENCODING_COUNT;
	size_t most = data[0] / ENCODING_COUNT % 8 + 1;
	const char *p = (const char *)data + 1;

	size--;
	str_init(&whole, 4u << 20);
	str_init(&pieces, 4u << 20);
	decoder_init(&one, encoding);
	enum status a = size ? decoder_feed(&one, p, size, &whole) : STATUS_OK;

	if (a == STATUS_OK)
		a = decoder_finish(&one);
	enum status b = decode(&many, encoding, p, size, most, &pieces);

	assert(a == b && (a == STATUS_OK || a == STATUS_INVALID));
	if (a == STATUS_INVALID)
		assert(one.line == many.line && one.nul == many.nul);
	else
		assert(whole.len == pieces.len &&
		       strcmp(str_text(&whole), str_text(&pieces)) == 0 &&
		       utf8_valid(str_text(&whole), whole.len, NULL));
	str_release(&whole);
	str_release(&pieces);
	return 0;
}
