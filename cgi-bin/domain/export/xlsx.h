/* xlsx.h: a workbook of one sheet, written row by row */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_XLSX_H
#define DOMAIN_XLSX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * xlsx.c is the one file that includes xlsxwriter.h. The rows go to files
 * without names, so that memory does not grow with them and nothing is left
 * behind, whatever ends the process. What a sheet can hold:
 */
#define XLSX_COLUMNS_MAX 16384u /* and 1,048,576 rows: conf.sheet_rows */
#define XLSX_CELL_MAX 32767u	/* UTF-16 units */

struct xlsx;

/* NULL when no file can be made in the folder. */
struct xlsx *xlsx_open(const char *folder);

/* Cells of the present row, from left to right; an empty text is no cell. The
 * caller keeps to the limits. */
void xlsx_text(
    struct xlsx *x, struct arena *a, size_t column, const char *text);
void xlsx_number(struct xlsx *x, size_t column, double n);
void xlsx_flag(struct xlsx *x, size_t column, bool yes);
/* A day, or a moment to the millisecond (UTC), in ms since 1970. */
void xlsx_day(struct xlsx *x, size_t column, int64_t ms);
void xlsx_moment(struct xlsx *x, size_t column, int64_t ms);
void xlsx_next_row(struct xlsx *x);

/* Whether a spreadsheet has this day: its calendar begins in March 1900, all
 * before is told wrongly. */
bool xlsx_has_day(int64_t ms);
/* How long a cell is for a spreadsheet. */
size_t xlsx_length(const char *text);

/* Puts the file together and ends with it: a descriptor that reads it from its
 * beginning (the caller closes it), or -1. With keep false nothing is put
 * together: always -1. */
int xlsx_close(struct xlsx *x, bool keep);

#endif
