/* fuzz_read.c: records of a text: cut anyhow, taken up again, written back */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "domain/import/problem.h"
#include "domain/import/read.h"

#define KEPT 64u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The records of a reading. */
struct reading {
	struct arena *arena;
	const char *text; /* what is read */
	size_t length;
	uint64_t skipped; /* offset of the text's beginning */
	struct record records[KEPT];
	size_t count;
	uint64_t end; /* of the last record */
	enum status st;
	int refusal;
};

static void check_place(const struct reading *g, const struct record *r)
{
	uint64_t at = r->offset - g->skipped;

	assert(r->offset >= g->end && r->end >= r->offset + r->raw_len);
	assert(r->end <= g->skipped + g->length);
	assert(memcmp(g->text + at, r->raw, r->raw_len) == 0);
	assert(r->count >= 1 && r->count <= COLUMNS_MAX);
	assert(r->next_line > r->line);
	for (size_t i = 0; i < r->count; i++)
		assert(strlen(r->cells[i]) == r->lengths[i]);
}

static bool on_record(void *arg, const struct record *r)
{
	struct reading *g = arg;

	check_place(g, r);
	struct record *copy = &g->records[g->count++];

	*copy = *r;
	copy->raw = arena_strndup(g->arena, r->raw, r->raw_len);
	copy->cells = arena_alloc(g->arena, r->count * sizeof(*r->cells));
	copy->lengths = NULL;
	for (size_t i = 0; i < r->count; i++)
		copy->cells[i] = arena_strdup(g->arena, r->cells[i]);
	g->end = r->end;
	return g->count < KEPT;
}

static void read_text(struct reading *g, char delimiter, const struct record *s,
    const char *text, size_t n, size_t piece)
{
	struct reader *r = reader_new(delimiter, on_record, g);
	const char *message = NULL;

	if (s)
		reader_seek(r, s->row, s->next_line, s->end);
	g->text = text;
	g->length = n;
	g->skipped = g->end = s ? s->end : 0;
	for (size_t at = 0; g->st == STATUS_OK && at < n; at += piece)
		g->st =
		    reader_feed(r, text + at, n - at < piece ? n - at : piece);
	if (g->st == STATUS_OK)
		g->st = reader_finish(r);
	assert(g->st == STATUS_OK || g->st == STATUS_INVALID);
	if (g->st == STATUS_INVALID) {
		g->refusal = reader_refusal(r, &message);
		assert(g->refusal >= 0 && g->refusal < PROBLEM_CODES);
		assert(message && *message);
	}
	reader_free(r);
}

/* From the record `first` on, a has what b has. */
static void same(const struct reading *a, size_t first, const struct reading *b)
{
	assert(b->count == a->count - first || a->count == KEPT);
	assert(
	    a->count == KEPT || (a->st == b->st && a->refusal == b->refusal));
	for (size_t i = first; i < a->count; i++) {
		const struct record *x = &a->records[i];
		const struct record *y = &b->records[i - first];

		assert(x->row == y->row && x->line == y->line);
		assert(x->next_line == y->next_line && x->offset == y->offset);
		assert(x->end == y->end && x->count == y->count);
		assert(strcmp(x->raw, y->raw) == 0);
		assert(x->stray_quote == y->stray_quote);
		for (size_t k = 0; k < x->count; k++)
			assert(strcmp(x->cells[k], y->cells[k]) == 0);
	}
}

/* Written by csv_put and read again, the cells are the same. */
static void write_back(const struct reading *g, char delimiter)
{
	struct reading again = {.arena = g->arena, .refusal = -1};
	struct str out;

	str_init(&out, 64u << 20);
	str_addz(&out, "header\r\n");
	for (size_t i = 0; i < g->count && i < KEPT - 1; i++) {
		const struct record *r = &g->records[i];

		for (size_t k = 0; k < r->count; k++)
			csv_put(&out, delimiter, k == 0, r->cells[k]);
		str_addz(&out, "\r\n");
	}
	assert(!out.full);
	read_text(&again, delimiter, NULL, out.data, out.len, out.len);
	assert(again.st == STATUS_OK && again.count >= g->count);
	for (size_t i = 0; i + 1 < again.count; i++) {
		const struct record *x = &g->records[i];
		const struct record *y = &again.records[i + 1];

		assert(x->count == y->count && !y->stray_quote);
		for (size_t k = 0; k < x->count; k++)
			assert(strcmp(x->cells[k], y->cells[k]) == 0);
	}
	str_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct reading whole, pieces, rest;
	struct arena a;

	if (size < 2)
		return 0;
	char delimiter = ",;\t|"[data[0] % 4];
	size_t piece = data[0] / 4 % 16 + 1;
	size_t from = data[1];
	const char *text = (const char *)data + 2;

	size -= 2;
	/* The stage before lets no NUL through. */
	const char *nul = memchr(text, '\0', size);

	if (nul)
		size = (size_t)(nul - text);
	arena_init(&a);
	whole = pieces = rest = (struct reading){.arena = &a, .refusal = -1};
	read_text(&whole, delimiter, NULL, text, size, size + 1);
	read_text(&pieces, delimiter, NULL, text, size, piece);
	same(&whole, 0, &pieces);
	if (whole.count) {
		from %= whole.count;
		const struct record *r = &whole.records[from];

		read_text(&rest, delimiter, r, text + r->end,
		    size - (size_t)r->end, piece);
		same(&whole, from + 1, &rest);
		write_back(&whole, delimiter);
	}
	arena_release(&a);
	return 0;
}
