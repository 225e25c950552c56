/* result_files.h: the files that an import gives back */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_RESULT_FILES_H
#define IMPORT_RESULT_FILES_H

#include "base/arena.h"
#include "model/import.h"
#include "storage/db.h"

/* Takes the next piece; false stops (the reader went away). */
typedef bool (*file_sink)(void *arg, const char *p, size_t n);

/* The file as it was uploaded, byte for byte. */
enum status result_original(struct db *db, struct import_id id, file_sink sink,
    void *arg, struct err *e);
/*
 * UTF-8 with BOM, the upload's delimiter and columns, one more last column:
 * errors: only rejected and skipped rows, column "Error"; processed: all rows,
 * column "Comments". A cell there reads "what is wrong and what to do
 * [code]", several joined by "; ". Uploaded cells are unchanged in content and
 * order. Streams: memory does not grow with the file.
 */
enum status result_errors(struct db *db, struct import_id id, file_sink sink,
    void *arg, struct err *e);
enum status result_processed(struct db *db, struct import_id id, file_sink sink,
    void *arg, struct err *e);
/* Rows with one outcome ("created", "updated", "unchanged", "skipped",
 * "rejected"), in the same shape, for the links of the result page. */
enum status result_outcome(struct db *db, struct import_id id,
    const char *outcome, file_sink sink, void *arg, struct err *e);
/* The same of the rows that have a finding of the code. */
enum status result_code(struct db *db, struct import_id id, const char *code,
    file_sink sink, void *arg, struct err *e);

#endif
