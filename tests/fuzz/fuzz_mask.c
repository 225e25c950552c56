/* fuzz_mask.c: a row of a file is overwritten, and all others stay */
/* SPDX-License-Identifier: MIT */
/*
 * The first byte is the encoding and how long the pieces are, the second one
 * which row is overwritten; the rest is the file.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "domain/import/decode.h"
#include "domain/privacy/mask.h"

#define MOST 64u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a file has: its text, and where its records and their cells are. */
struct table {
	struct str text;
	struct mask_range rows[MOST];
	size_t cells[MOST];
	struct mask_range second[MOST]; /* cell of each */
	size_t count;
};

static bool on_record(void *arg, const struct record *r)
{
	struct table *t = arg;

	t->rows[t->count] =
	    (struct mask_range){r->offset, r->offset + r->raw_len};
	t->second[t->count] = mask_cell(r, ',', 1);
	assert(t->second[t->count].from >= r->offset);
	assert(t->second[t->count].to <= r->offset + r->raw_len);
	t->cells[t->count++] = r->count;
	return t->count < MOST;
}

static bool read_table(
    enum encoding encoding, const uint8_t *bytes, size_t n, struct table *t)
{
	struct decoder d;
	struct reader *r = reader_new(',', on_record, t);

	memset(t, 0, sizeof(*t));
	str_init(&t->text, 1u << 20);
	decoder_init(&d, encoding);
	bool good =
	    decoder_feed(&d, (const char *)bytes, n, &t->text) == STATUS_OK &&
	    decoder_finish(&d) == STATUS_OK &&
	    reader_feed(r, str_text(&t->text), t->text.len) == STATUS_OK &&
	    reader_finish(r) == STATUS_OK;

	reader_free(r);
	return good;
}

static void compare(const struct table *was, const struct table *now,
    const struct mask_range *x)
{
	assert(was->text.len == now->text.len);
	assert(was->count == now->count);
	assert(memcmp(was->rows, now->rows, sizeof(was->rows)) == 0);
	assert(memcmp(was->cells, now->cells, sizeof(was->cells)) == 0);
	assert(memcmp(was->second, now->second, sizeof(was->second)) == 0);
	assert(
	    memcmp(str_text(&was->text), str_text(&now->text), x->from) == 0);
	assert(strcmp(str_text(&was->text) + x->to,
		   str_text(&now->text) + x->to) == 0);
	assert(
	    mask_is_done(str_text(&now->text) + x->from, x->to - x->from, ','));
}

static void overwrite(enum encoding encoding, uint8_t *bytes, size_t n,
    size_t piece, const struct mask_range *range)
{
	struct mask m;

	mask_init(&m, encoding, ',', range, 1);
	for (size_t i = 0; i < n; i += piece)
		mask_piece(&m, bytes + i, n - i < piece ? n - i : piece);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct table was, now;

	if (size < 3 || size > 4096)
		return 0;
	enum encoding encoding = (enum encoding)(data[0] % ENCODING_COUNT);
	size_t piece = 4 + (size_t)(data[0] / ENCODING_COUNT) * 2;
	size_t n = size - 2;

	if (read_table(encoding, data + 2, n, &was) && was.count) {
		const struct mask_range *row = &was.rows[data[1] % was.count];
		uint8_t *copy = malloc(n);

		assert(copy);
		memcpy(copy, data + 2, n);
		overwrite(encoding, copy, n, piece, row);
		assert(read_table(encoding, copy, n, &now));
		compare(&was, &now, row);
		str_release(&now.text);
		free(copy);
	}
	str_release(&was.text);
	return 0;
}
