/* parsers.c: how long the stages before the database take, each alone */
/* SPDX-License-Identifier: MIT */
/*
 * usage: parsers FILE    (an Interakt file with a header)
 *
 * Prints a line a stage: name, seconds, how many bytes, rows or numbers.
 * libcsv: the same bytes through libcsv alone, with callbacks that do
 * nothing; what the read stage is compared with.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <csv.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/phone.h"
#include "domain/import/check.h"
#include "domain/import/decode.h"
#include "domain/import/map.h"

#define PIECE 65536u
#define BATCH 2000u

struct bench {
	char *bytes;
	size_t length;
	struct arena arena; /* of the whole */
	struct arena batch; /* of the rows at hand */
	struct check_context context;
	struct mapping mapping;
	bool checking;
	bool header;
	uint64_t rows;
	uint64_t good;
	uint64_t cells;
	struct checked_row row;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void print(const char *name, double start, uint64_t count)
{
	printf(
	    "%s %.6f %llu\n", name, now() - start, (unsigned long long)count);
}

static void load(struct bench *b, const char *path)
{
	FILE *f = fopen(path, "re");

	if (!f || fseek(f, 0, SEEK_END) != 0)
		log_fatal("cannot read %s", path);
	b->length = (size_t)ftell(f);
	b->bytes = xmalloc(b->length + 1);
	rewind(f);
	if (fread(b->bytes, 1, b->length, f) != b->length)
		log_fatal("cannot read %s", path);
	fclose(f);
}

static void take_header(struct bench *b, const struct record *r)
{
	static struct attribute items[] = {
	    {.name = "Customer Type", .label = "", .type = TYPE_TEXT},
	    {.name = "Lifetime Value", .label = "", .type = TYPE_NUMBER},
	};
	static const struct attribute_list book = {items, 2};
	const struct import_format *format = import_format_find("interakt");
	const char **header =
	    arena_alloc(&b->arena, r->count * sizeof(*header));

	for (size_t i = 0; i < r->count; i++)
		header[i] = arena_strdup(&b->arena, r->cells[i]);
	map_guess(&b->arena, format, &format->rules, &book, header, r->count,
	    &b->mapping);
	b->context = (struct check_context){.rules = &format->rules,
	    .format = format,
	    .mapping = &b->mapping,
	    .header = header,
	    .columns = r->count};
}

static bool on_record(void *arg, const struct record *r)
{
	struct bench *b = arg;

	b->cells += r->count;
	if (b->header) {
		b->header = false;
		take_header(b, r);
		return true;
	}
	b->rows++;
	if (!b->checking)
		return true;
	if (b->rows % BATCH == 0)
		arena_reset(&b->batch);
	check_row(&b->batch, &b->context, r, &b->row);
	b->good += !b->row.rejected;
	return true;
}

static void read_all(struct bench *b)
{
	struct reader *r = reader_new(',', on_record, b);

	b->header = true;
	b->rows = 0;
	for (size_t at = 0; at < b->length; at += PIECE)
		if (reader_feed(r, b->bytes + at,
			b->length - at < PIECE ? b->length - at : PIECE) !=
		    STATUS_OK)
			log_fatal("the file cannot be read");
	if (reader_finish(r) != STATUS_OK)
		log_fatal("the file cannot be read");
	reader_free(r);
}

static void count_cell(void *cell, size_t n, void *arg)
{
	(void)cell;
	*(uint64_t *)arg += n;
}

static void count_row(int end, void *arg)
{
	(void)end;
	++*(uint64_t *)arg;
}

static void time_libcsv(const struct bench *b)
{
	struct csv_parser p;
	uint64_t count = 0;
	double start = now();

	if (csv_init(&p, CSV_APPEND_NULL) != 0)
		log_fatal("cannot set up libcsv");
	for (size_t at = 0; at < b->length; at += PIECE)
		csv_parse(&p, b->bytes + at,
		    b->length - at < PIECE ? b->length - at : PIECE, count_cell,
		    count_row, &count);
	csv_fini(&p, count_cell, count_row, &count);
	csv_free(&p);
	print("libcsv", start, b->length);
}

static void time_decode(const struct bench *b)
{
	struct decoder d;
	struct str out;
	double start = now();

	decoder_init(&d, ENCODING_UTF8);
	str_init(&out, 4 * PIECE);
	for (size_t at = 0; at < b->length; at += PIECE) {
		str_reset(&out);
		if (decoder_feed(&d, b->bytes + at,
			b->length - at < PIECE ? b->length - at : PIECE,
			&out) != STATUS_OK)
			log_fatal("the file cannot be decoded");
	}
	str_release(&out);
	print("decode", start, b->length);
}

static void time_stages(struct bench *b)
{
	double start = now();

	read_all(b);
	print("read", start, b->length);
	double reading = now() - start;

	b->checking = true;
	start = now();
	read_all(b);
	printf("check %.6f %llu\n", now() - start - reading,
	    (unsigned long long)b->rows);
	if (b->good != b->rows)
		log_fatal("%llu of %llu rows are good",
		    (unsigned long long)b->good, (unsigned long long)b->rows);
}

#define NUMBERS 200000u

static void time_phones(void)
{
	char text[32];
	char e164[PHONE_SIZE];
	uint64_t valid = 0;
	double start = now();

	for (unsigned i = 0; i < NUMBERS; i++) {
		snprintf(text, sizeof(text), "98%08u", i * 457u % 100000000u);
		valid += phone_national(91, text, e164) == PHONE_VALID;
	}
	print("phone", start, NUMBERS);
	start = now();
	for (unsigned i = 0; i < NUMBERS; i++) {
		snprintf(text, sizeof(text), "+91 98%03u %05u", i % 1000,
		    i * 457u % 100000u);
		valid += phone_parse(text, "IN", e164) == PHONE_VALID;
	}
	print("phone_text", start, NUMBERS);
	if (valid < NUMBERS)
		log_fatal("%llu numbers are valid", (unsigned long long)valid);
}

int main(int argc, char **argv)
{
	struct bench b = {0};
	char e164[PHONE_SIZE];

	log_init("parsers");
	if (argc != 2)
		log_fatal("usage: parsers FILE");
	load(&b, argv[1]);
	phone_national(91, "9876543210", e164); /* the library starts */
	time_libcsv(&b);
	time_decode(&b);
	time_stages(&b);
	time_phones();
	arena_release(&b.batch);
	arena_release(&b.arena);
	free(b.bytes);
	return 0;
}
