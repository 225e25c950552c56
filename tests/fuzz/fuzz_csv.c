/* fuzz_csv.c: a file as it comes: sniffed, decoded, read */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/import/decode.h"
#include "domain/import/read.h"
#include "domain/import/sniff.h"

#define TEXT_CAP (8u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reading came to; the same however the text is cut. */
struct sum {
	uint64_t records;
	uint64_t hash;
	enum status st;
};

static void add(struct sum *s, const void *p, size_t n)
{
	const unsigned char *bytes = p;

	for (size_t i = 0; i < n; i++)
		s->hash = (s->hash ^ bytes[i]) * 1099511628211u;
}

static bool on_record(void *arg, const struct record *r)
{
	struct sum *s = arg;

	s->records++;
	add(s, &r->row, sizeof(r->row));
	add(s, &r->line, sizeof(r->line));
	add(s, r->raw, r->raw_len);
	assert(r->count <= COLUMNS_MAX && r->raw_len <= RECORD_MAX);
	for (size_t i = 0; i < r->count; i++) {
		assert(strlen(r->cells[i]) == r->lengths[i]);
		add(s, r->cells[i], r->lengths[i] + 1);
	}
	return true;
}

static struct sum read_text(
    const struct str *text, char delimiter, size_t piece)
{
	struct sum s = {.st = STATUS_OK};
	struct reader *r = reader_new(delimiter, on_record, &s);

	for (size_t at = 0; s.st == STATUS_OK && at < text->len; at += piece) {
		size_t n = text->len - at;

		s.st = reader_feed(r, text->data + at, n < piece ? n : piece);
	}
	if (s.st == STATUS_OK)
		s.st = reader_finish(r);
	reader_free(r);
	return s;
}

static enum status decode_text(struct str *text, enum encoding encoding,
    const char *bytes, size_t n, size_t piece)
{
	struct decoder d;
	enum status st = STATUS_OK;

	decoder_init(&d, encoding);
	for (size_t at = 0; st == STATUS_OK && at < n; at += piece)
		st = decoder_feed(
		    &d, bytes + at, n - at < piece ? n - at : piece, text);
	return st == STATUS_OK ? decoder_finish(&d) : st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sniffed sniffed;
	struct str whole, pieces;

	if (size < 1)
		return 0;
	size_t piece = data[0] % 16 + 1;
	const char *bytes = (const char *)data + 1;

	size--;
	sniff_bytes(bytes, size, true, &sniffed);
	assert(sniffed.bom <= size);
	str_init(&whole, TEXT_CAP);
	str_init(&pieces, TEXT_CAP);
	enum status a =
	    decode_text(&whole, sniffed.encoding, bytes, size, size + 1);
	enum status b =
	    decode_text(&pieces, sniffed.encoding, bytes, size, piece);

	assert(a == b);
	if (a == STATUS_OK) {
		assert(str_equal(str_text(&whole), str_text(&pieces)));
		struct sum one =
		    read_text(&whole, sniffed.delimiter, whole.len + 1);
		struct sum many = read_text(&whole, sniffed.delimiter, piece);

		assert(one.st == many.st && one.records == many.records);
		assert(one.hash == many.hash);
	}
	str_release(&whole);
	str_release(&pieces);
	return 0;
}
