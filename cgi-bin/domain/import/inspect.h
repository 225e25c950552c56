/* inspect.h: one look at a whole file, before anything is done with it */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_INSPECT_H
#define IMPORT_INSPECT_H

#include "domain/import/source.h"

/* What the mapping step shows of a column. Strings are in the arena. */
struct import_column {
	const char *header;	/* "" without a header row */
	const char *name;	/* header, or "Column C" */
	const char *samples[3]; /* first values that are not empty, clipped */
	size_t sample_count;
	uint64_t filled; /* cells that are not empty */
};

struct inspection {
	struct import_column *columns;
	size_t column_count;
	uint64_t rows; /* of data */
};

/* Reads the file from its beginning: columns, rows, and whether it can be read
 * at all. INVALID with a refusal: empty-file, not-text, encoding,
 * unterminated-quote, too-large. */
enum status inspect_file(struct arena *a, const struct source *s, bool header,
    struct inspection *out, struct refusal *refusal, struct err *e);

/* Columns as the JSON that import.columns_found keeps, and back. */
const char *inspect_to_json(struct arena *a, const struct inspection *i);
void inspect_from_json(
    struct arena *a, const char *json, struct inspection *out);
/* That JSON without the values of any row. */
const char *inspect_without_samples(struct arena *a, const char *json);

/* A cell as a sample shows it. */
const char *inspect_sample(struct arena *a, const char *text, size_t n);

/* A name for column i of a file without header: "Column C". */
const char *inspect_column_name(struct arena *a, size_t i);

#endif
