/* read.c: records of a CSV text, by libcsv */
/* SPDX-License-Identifier: MIT */
/*
 * Text is cut into physical lines (LF, CRLF or a lone CR), and lines into
 * records: a small state machine follows the quotes, on the lines that have
 * any. It knows what libcsv takes silently: a quote within an unquoted cell,
 * text after a closing quote, a quote that never closes. A record that is
 * whole is handed to libcsv with one line end, so that where each record
 * begins and ends is known to the byte.
 *
 * A record that lies within one piece of text is read where it stands; one
 * that is cut between two pieces is put together in `part`.
 */
#include "domain/import/read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <csv.h>

#include "base/arena.h"
#include "base/log.h"
#include "domain/import/problem.h"

/* Where a line leaves the quotes. */
enum quote_state {
	CELL_BEGIN,  /* before a cell, or in the blanks that lead it */
	CELL_PLAIN,  /* in an unquoted cell */
	CELL_QUOTED, /* between quotes */
	CELL_CLOSING /* after a quote that closes, or is the first of two */
};

struct reader {
	struct csv_parser csv;
	char delimiter;
	record_fn fn;
	void *arg;

	/* the position after the last record */
	uint64_t row;
	uint64_t line;
	uint64_t offset;

	/* the record at hand */
	struct str part;	/* what earlier pieces had of it */
	size_t part_lines;	/* bytes of it that are whole lines */
	bool part_cr;		/* it ends in CR: an LF may follow */
	uint64_t lines;		/* whole lines it has so far */
	enum quote_state state; /* at the end of these */
	uint64_t quote_line;	/* where the last quote opened */
	bool stray_quote;	/* a quote in an unquoted cell */
	uint64_t after_line;	/* where text follows a closing quote, or 0 */

	/* its cells, as libcsv gives them */
	char *text;
	size_t text_len;
	size_t text_space;
	const char **cells;
	size_t *lengths;
	size_t count;
	size_t cells_space;
	bool filled; /* some cell is not empty */
	bool wide;   /* over COLUMNS_MAX */

	bool stopped;
	int refusal; /* an enum problem_code, or -1 */
	char *message;
};

struct reader *reader_new(char delimiter, record_fn fn, void *arg)
{
	struct reader *r = xcalloc(1, sizeof *r);

	if (csv_init(&r->csv, CSV_APPEND_NULL) != 0)
		log_fatal("cannot set up the CSV parser");
	csv_set_delim(&r->csv, (unsigned char)delimiter);
	csv_set_blk_size(&r->csv, 1u << 16);
	r->delimiter = delimiter;
	r->fn = fn;
	r->arg = arg;
	r->line = 1;
	r->refusal = -1;
	str_init(&r->part, RECORD_MAX);
	return r;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	csv_free(&r->csv);
	str_release(&r->part);
	free(r->text);
	free(r->cells);
	free(r->lengths);
	free(r->message);
	free(r);
}

void reader_seek(struct reader *r, uint64_t row, uint64_t line, uint64_t offset)
{
	r->row = row;
	r->line = line ? line : 1;
	r->offset = offset;
}

void reader_position(
    const struct reader *r, uint64_t *row, uint64_t *line, uint64_t *offset)
{
	*row = r->row;
	*line = r->line;
	*offset = r->offset;
}

bool reader_stopped(const struct reader *r)
{
	return r->stopped;
}

int reader_refusal(const struct reader *r, const char **message)
{
	*message = r->message ? r->message : "";
	return r->refusal;
}

/* Keeps the first refusal. */
__attribute__((format(printf, 3, 4))) static enum status refuse(
    struct reader *r, enum problem_code code, const char *format, ...)
{
	struct str s;
	char text[512];
	va_list ap;

	if (r->refusal >= 0)
		return STATUS_INVALID;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	str_init(&s, sizeof text);
	str_addz(&s, text);
	r->message = s.data;
	r->refusal = (int)code;
	return STATUS_INVALID;
}

/* within: "" or how far it was looked for. */
static enum status refuse_quote(struct reader *r, const char *within)
{
	return refuse(r, REFUSED_UNTERMINATED_QUOTE,
	    "The quotation mark that opens on line %llu is not closed%s. "
	    "Close it, or write a quotation mark within a cell twice (\"\").",
	    (unsigned long long)r->quote_line, within);
}

static enum status refuse_after(struct reader *r)
{
	return refuse(r, REFUSED_UNTERMINATED_QUOTE,
	    "On line %llu there is text after a closing quotation mark (the "
	    "cell opens on line %llu). Write a quotation mark within a cell "
	    "twice (\"\"), and end the cell right after the closing one.",
	    (unsigned long long)r->after_line,
	    (unsigned long long)r->quote_line);
}

static enum status refuse_long(struct reader *r)
{
	return refuse(r, REFUSED_TOO_LARGE,
	    "The row that begins on line %llu is longer than %u MB. Check the "
	    "quotation marks and line ends there.",
	    (unsigned long long)r->line, RECORD_MAX >> 20);
}

/* libcsv: a cell is there. It is copied, as libcsv uses its buffer again. */
static void on_cell(void *data, size_t n, void *arg)
{
	struct reader *r = arg;

	if (r->count == COLUMNS_MAX) {
		r->wide = true;
		return;
	}
	if (r->count == r->cells_space) {
		r->cells_space = r->cells_space ? r->cells_space * 2 : 32;
		r->cells =
		    xrealloc(r->cells, r->cells_space * sizeof *r->cells);
		r->lengths =
		    xrealloc(r->lengths, r->cells_space * sizeof *r->lengths);
	}
	char *to = r->text + r->text_len;

	if (n)
		memcpy(to, data, n);
	to[n] = '\0';
	r->text_len += n + 1;
	r->filled |= n > 0;
	r->cells[r->count] = to;
	r->lengths[r->count++] = n;
}

/* A record has at most one cell more than it has bytes, and every cell takes
 * one byte more than it has in the file. */
static void make_room(struct reader *r, size_t raw_len)
{
	size_t need = raw_len * 2 + 16;

	if (need > r->text_space) {
		r->text_space = need;
		r->text = xrealloc(r->text, need);
	}
	r->text_len = 0;
	r->count = 0;
	r->filled = false;
}

static void split(struct reader *r, const char *raw, size_t n)
{
	make_room(r, n);
	if (csv_parse(&r->csv, raw, n, on_cell, NULL, r) != n ||
	    csv_parse(&r->csv, "\n", 1, on_cell, NULL, r) != 1)
		log_fatal("reading CSV: %s", csv_strerror(csv_error(&r->csv)));
}

/* "sep=;" as the first line: a hint for spreadsheets, no row. */
static bool is_sep_line(const struct reader *r, const char *raw, size_t n)
{
	if (r->row != 0)
		return false;
	if (n == 7 && raw[0] == '"' && raw[6] == '"') {
		raw++;
		n -= 2;
	}
	return n == 5 && strncasecmp(raw, "sep=", 4) == 0;
}

/* A whole record without its line end: reports it unless it is blank. */
static enum status take_record(
    struct reader *r, const char *raw, size_t n, size_t end)
{
	struct record rec = {.row = r->row + 1,
	    .line = r->line,
	    .next_line = r->line + r->lines,
	    .offset = r->offset,
	    .end = r->offset + end,
	    .raw = raw,
	    .raw_len = n,
	    .stray_quote = r->stray_quote};
	bool skip = n == 0 || is_sep_line(r, raw, n);

	r->row++;
	r->line += r->lines;
	r->offset += end;
	r->lines = 0;
	r->state = CELL_BEGIN;
	r->stray_quote = false;
	if (skip)
		return STATUS_OK;
	split(r, raw, n);
	if (r->wide)
		return refuse(r, REFUSED_TOO_LARGE,
		    "Line %llu has more than %u columns. Check that the right "
		    "delimiter is chosen, or take out columns.",
		    (unsigned long long)rec.line, COLUMNS_MAX);
	rec.cells = r->cells;
	rec.lengths = r->lengths;
	rec.count = r->count;
	if (r->filled)
		r->stopped = !r->fn(r->arg, &rec);
	return STATUS_OK;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* One character that is not between quotes; `line` is where it stands. */
static enum quote_state next_state(struct reader *r, char c, uint64_t line)
{
	if (c == r->delimiter)
		return CELL_BEGIN;
	if (r->state == CELL_CLOSING) {
		if (!is_blank(c) && !r->after_line)
			r->after_line = line;
		return CELL_CLOSING;
	}
	if (r->state == CELL_BEGIN && is_blank(c))
		return CELL_BEGIN;
	if (r->state == CELL_BEGIN && c == '"') {
		r->quote_line = line;
		return CELL_QUOTED;
	}
	if (c == '"')
		r->stray_quote = true;
	return CELL_PLAIN;
}

/*
 * Follows the quotes of one line. Called only when the line has a quote or
 * lies within quotes.
 */
static void follow_quotes(struct reader *r, const char *p, size_t n)
{
	const char *end = p + n;
	uint64_t line = r->line + r->lines;

	while (p < end) {
		if (r->state != CELL_QUOTED) {
			r->state = next_state(r, *p++, line);
			continue;
		}
		p = memchr(p, '"', (size_t)(end - p));
		if (!p)
			return;
		p++;
		if (p < end && *p == '"')
			p++;
		else
			r->state = CELL_CLOSING;
	}
}

/* A line without its line end: true when the record ends with it. */
static bool ends_record(struct reader *r, const char *line, size_t n)
{
	if (r->state == CELL_QUOTED || memchr(line, '"', n))
		follow_quotes(r, line, n);
	r->lines++;
	return r->state != CELL_QUOTED;
}

static enum status finish_record(
    struct reader *r, const char *raw, size_t n, size_t eol)
{
	if (n > RECORD_MAX)
		return refuse_long(r);
	if (r->after_line)
		return refuse_after(r);
	return take_record(r, raw, n, n + eol);
}

/* Where the next ends of lines stand in a piece of text; NULL: not yet looked
 * for; the piece's end when there are none. */
struct line_ends {
	const char *lf;
	const char *cr;
};

static void look_for(const char **next, char c, const char *p, const char *end)
{
	if (*next && *next >= p)
		return;
	*next = memchr(p, c, (size_t)(end - p));
	if (!*next)
		*next = end;
}

/* The end of the line at p; *eol is its bytes, 0 when it is not in the piece,
 * or only its CR is and an LF may follow. */
static const char *find_line_end(
    struct line_ends *next, const char *p, const char *end, size_t *eol)
{
	look_for(&next->lf, '\n', p, end);
	look_for(&next->cr, '\r', p, end);
	const char *at = next->lf < next->cr ? next->lf : next->cr;

	*eol = 0;
	if (at == end || (*at == '\r' && at + 1 == end))
		return at;
	*eol = *at == '\r' && at[1] == '\n' ? 2 : 1;
	return at;
}

/* Keeps what a piece leaves behind of a record. */
static enum status keep_part(struct reader *r, const char *p, size_t n)
{
	str_add(&r->part, p, n);
	if (!r->part.full)
		return STATUS_OK;
	_Static_assert(RECORD_MAX == 4u << 20, "the text says 4 MB");
	return r->state == CELL_QUOTED ? refuse_quote(r, " within 4 MB")
				       : refuse_long(r);
}

/* A line of the record in `part` is whole; eol bytes of it are its end. */
static enum status part_line(struct reader *r, size_t eol)
{
	size_t n = r->part.len - eol;
	bool whole =
	    ends_record(r, r->part.data + r->part_lines, n - r->part_lines);

	r->part_cr = false;
	r->part_lines = r->part.len;
	if (!whole)
		return STATUS_OK;
	enum status st = finish_record(r, r->part.data, n, eol);

	str_reset(&r->part);
	r->part_lines = 0;
	return st;
}

/* Goes on with the record in `part`; *p is moved behind what was taken. */
static enum status feed_part(
    struct reader *r, struct line_ends *next, const char **p, const char *end)
{
	size_t eol;
	enum status st = STATUS_OK;

	if (r->part_cr) {
		eol = **p == '\n' ? 2 : 1;
		if (eol == 2)
			st = keep_part(r, (*p)++, 1);
		return st == STATUS_OK ? part_line(r, eol) : st;
	}
	const char *at = find_line_end(next, *p, end, &eol);
	const char *stop = eol ? at + eol : end;

	st = keep_part(r, *p, (size_t)(stop - *p));
	*p = stop;
	if (st != STATUS_OK)
		return st;
	if (eol)
		return part_line(r, eol);
	r->part_cr = at < end;
	return STATUS_OK;
}

/* Reads whole records where they stand; *p is moved behind them. The rest is
 * kept as part. */
static enum status feed_whole(
    struct reader *r, struct line_ends *next, const char **p, const char *end)
{
	const char *raw = *p;

	while (*p < end && !r->stopped) {
		size_t eol;
		const char *at = find_line_end(next, *p, end, &eol);

		if (!eol) {
			r->part_lines = (size_t)(*p - raw);
			r->part_cr = at < end;
			break;
		}
		bool whole = ends_record(r, *p, (size_t)(at - *p));

		*p = at + eol;
		if (!whole) {
			r->part_lines = (size_t)(*p - raw);
			continue;
		}
		enum status st = finish_record(r, raw, (size_t)(at - raw), eol);

		if (st != STATUS_OK)
			return st;
		raw = *p;
		r->part_lines = 0;
	}
	*p = end;
	return r->stopped ? STATUS_OK : keep_part(r, raw, (size_t)(end - raw));
}

enum status reader_feed(struct reader *r, const char *text, size_t n)
{
	const char *p = text;
	const char *end = text + n;
	struct line_ends next = {NULL, NULL};
	enum status st = STATUS_OK;

	if (r->refusal >= 0)
		return STATUS_INVALID;
	if (n && memchr(text, '\0', n))
		return refuse(r, REFUSED_NOT_TEXT,
		    "The file has NUL characters: it is not a text. Save it as "
		    "CSV and upload that.");
	while (st == STATUS_OK && !r->stopped && p < end && r->part.len)
		st = feed_part(r, &next, &p, end);
	if (st == STATUS_OK && !r->stopped && p < end)
		st = feed_whole(r, &next, &p, end);
	return st;
}

enum status reader_finish(struct reader *r)
{
	if (r->refusal >= 0)
		return STATUS_INVALID;
	if (r->stopped || !r->part.len)
		return STATUS_OK;
	enum status st = part_line(r, r->part_cr ? 1 : 0);

	if (st == STATUS_OK && r->part.len && r->state == CELL_QUOTED)
		return r->after_line ? refuse_after(r) : refuse_quote(r, "");
	return st;
}

static bool needs_quotes(const char *cell, char delimiter)
{
	size_t n = strlen(cell);

	if (n && (is_blank(cell[0]) || is_blank(cell[n - 1])))
		return true;
	return strchr(cell, delimiter) || strpbrk(cell, "\"\r\n");
}

void csv_put(struct str *out, char delimiter, bool first, const char *cell)
{
	if (!first)
		str_addc(out, delimiter);
	if (!needs_quotes(cell, delimiter)) {
		str_addz(out, cell);
		return;
	}
	str_addc(out, '"');
	for (const char *quote; (quote = strchr(cell, '"')); cell = quote + 1) {
		str_add(out, cell, (size_t)(quote - cell + 1));
		str_addc(out, '"');
	}
	str_addz(out, cell);
	str_addc(out, '"');
}
