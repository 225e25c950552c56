/* read.h: records of a CSV text, by libcsv */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_READ_H
#define IMPORT_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* Longest record: more is no row of contacts but a quote that never closes. */
#define RECORD_MAX (4u << 20)
/* Most columns of a file. */
#define COLUMNS_MAX 2000u

/* One record; everything is valid until the callback returns. */
struct record {
	uint64_t row;  /* as a spreadsheet numbers it: from 1, blank records
			* and the header counted, quoted newlines not */
	uint64_t line; /* physical line on which it begins, from 1 */
	uint64_t next_line; /* physical line after its end */
	uint64_t offset;    /* of its first byte in the decoded text */
	uint64_t end;	    /* offset after its line end */
	const char *raw;    /* the decoded text of the record, without its line
			     * end: what errors.csv gives back */
	size_t raw_len;
	const char **cells; /* NUL-ended, as libcsv reads them: quotes taken
			     * off, blanks around unquoted cells too */
	size_t *lengths;
	size_t count;
	bool stray_quote; /* a quote inside of an unquoted cell */
};

struct reader; /* private */

/* Called for each record that is not blank. false stops the reading. */
typedef bool (*record_fn)(void *arg, const struct record *r);

/*
 * A reader of decoded text, fed piece by piece. A leading "sep=X" line is left
 * out (it counts as a row). To go on from a checkpoint, `row`, `line` and
 * `offset` are those that reader_position gave at that record's end.
 */
struct reader *reader_new(char delimiter, record_fn fn, void *arg);
void reader_seek(
    struct reader *r, uint64_t row, uint64_t line, uint64_t offset);
/*
 * STATUS_OK also after the callback stopped it (reader_stopped is then true);
 * STATUS_INVALID with refusal code and message when the file cannot be read on:
 * unterminated-quote (also text after a closing quote), too-large (a record
 * over RECORD_MAX, over COLUMNS_MAX columns), not-text.
 */
enum status reader_feed(struct reader *r, const char *text, size_t n);
enum status reader_finish(struct reader *r);
bool reader_stopped(const struct reader *r);
/* After STATUS_INVALID: an enum problem_code, and a sentence that names the
 * line; owned by the reader. */
int reader_refusal(const struct reader *r, const char **message);
/* The position after the last record: what reader_seek takes. */
void reader_position(
    const struct reader *r, uint64_t *row, uint64_t *line, uint64_t *offset);
void reader_free(struct reader *r);

/* Appends a cell to a CSV line: quoted when it has to be; a delimiter before
 * it unless it is the first. */
void csv_put(struct str *out, char delimiter, bool first, const char *cell);

#endif
