/* source.c: the records of a file, from the disk or from the database */
/* SPDX-License-Identifier: MIT */
#include "domain/import/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "domain/import/decode.h"
#include "storage/import_file_store.h"

/* A piece of UTF-16 or Windows-1252 grows at most threefold. */
#define DECODED_CAP (4u * IMPORT_PIECE)

static enum status bytes_of_file(
    const struct source *s, piece_fn fn, void *arg, struct err *e)
{
	char piece[65536];
	uint64_t left = s->length;
	FILE *f = fopen(s->path, "rb");

	if (!f || fseeko(f, (off_t)s->offset, SEEK_SET) != 0) {
		ERR(e, STATUS_FAILED, "%s: %s", s->path, strerror(errno));
		if (f)
			fclose(f);
		return STATUS_FAILED;
	}
	while (left) {
		size_t want = left < sizeof(piece) ? left : sizeof(piece);
		size_t n = fread(piece, 1, want, f);

		if (!n || !fn(arg, piece, n))
			break;
		left -= n;
	}
	bool broken = ferror(f) != 0;

	fclose(f);
	if (broken)
		return ERR(e, STATUS_FAILED, "%s: read failed", s->path);
	return STATUS_OK;
}

static enum status bytes_of_store(
    const struct source *s, piece_fn fn, void *arg, struct err *e)
{
	struct arena a;
	enum status st = STATUS_OK;
	uint64_t total = 0;
	const char *bytes;
	size_t n;

	arena_init(&a);
	for (unsigned seq = 0; st == STATUS_OK; seq++) {
		arena_reset(&a);
		st = import_file_get(s->db, &a, s->id, seq, &bytes, &n, e);
		if (st == STATUS_NOT_FOUND && total && total < s->length)
			st = ERR(e, STATUS_FAILED,
			    "the file was deleted while it was read");
		total += st == STATUS_OK ? n : 0;
		if (st == STATUS_OK && !fn(arg, bytes, n))
			break;
	}
	arena_release(&a);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status source_bytes(
    const struct source *s, piece_fn fn, void *arg, struct err *e)
{
	if (s->path)
		return bytes_of_file(s, fn, arg, e);
	return bytes_of_store(s, fn, arg, e);
}

/* What turns pieces of bytes into records. */
struct feed {
	struct decoder decoder;
	struct reader *reader;
	struct str text;
	uint64_t skip;	    /* decoded bytes before the place to go on from */
	enum status status; /* of decoder or reader */
	bool undecodable;   /* the decoder failed, not the reader */
};

static bool feed_piece(void *arg, const char *bytes, size_t n)
{
	struct feed *f = arg;

	str_reset(&f->text);
	f->status = decoder_feed(&f->decoder, bytes, n, &f->text);
	f->undecodable = f->status != STATUS_OK;
	const char *text = str_text(&f->text);
	size_t length = f->text.len;
	size_t skip = f->skip < length ? f->skip : length;

	/* What stands before the bad byte is read first: a refusal of the
	 * reader's names an earlier line. */
	f->skip -= skip;
	enum status st = reader_feed(f->reader, text + skip, length - skip);

	if (st != STATUS_OK) {
		f->status = st;
		f->undecodable = false;
	}
	return f->status == STATUS_OK && !reader_stopped(f->reader);
}

static void explain(struct arena *a, const struct feed *f,
    enum encoding encoding, struct refusal *out)
{
	const char *text;

	if (!f->undecodable) {
		out->code = (enum problem_code)reader_refusal(f->reader, &text);
		out->text = arena_strdup(a, text);
		return;
	}
	unsigned long long line = f->decoder.line;

	out->code = f->decoder.nul ? REFUSED_NOT_TEXT : REFUSED_ENCODING;
	if (f->decoder.nul)
		out->text = arena_printf(a,
		    "Line %llu has a NUL byte, which no text has: save the"
		    " file as CSV (UTF-8) again.",
		    line);
	else
		out->text = arena_printf(a,
		    "Line %llu has bytes that are not %s: save the file as"
		    " CSV (UTF-8), or choose another encoding.",
		    line,
		    encoding == ENCODING_UTF8 ? "UTF-8" : "of the encoding");
}

static enum status finish(struct feed *f)
{
	if (f->status != STATUS_OK || reader_stopped(f->reader))
		return f->status;
	f->status = decoder_finish(&f->decoder);
	f->undecodable = f->status != STATUS_OK;
	if (f->status == STATUS_OK)
		f->status = reader_finish(f->reader);
	return f->status;
}

enum status source_read(struct arena *a, const struct source *s, record_fn fn,
    void *arg, struct refusal *refusal, struct err *e)
{
	struct feed f = {.skip = s->at};

	decoder_init(&f.decoder, s->encoding);
	str_init(&f.text, DECODED_CAP);
	f.reader = reader_new(s->delimiter, fn, arg);
	if (s->at)
		reader_seek(f.reader, s->row, s->line, s->at);
	enum status st = source_bytes(s, feed_piece, &f, e);

	if (st == STATUS_OK)
		st = finish(&f);
	if (st == STATUS_INVALID)
		explain(a, &f, s->encoding, refusal);
	reader_free(f.reader);
	str_release(&f.text);
	return st;
}
