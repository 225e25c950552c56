/* xlsx.c: a workbook of one sheet, written row by row */
/* SPDX-License-Identifier: MIT */
#include "domain/export/xlsx.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/clock.h"

#define DAY_MS 86400000.0
#define EPOCH 25569 /* the day of 1970-01-01 in a spreadsheet */
#define WIDTH 18    /* signs */

struct xlsx {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *day;
	lxw_format *moment;
	lxw_row_t row;
	int fd;
	bool failed;
};

struct xlsx *xlsx_open(const char *folder)
{
	struct xlsx *x = xcalloc(1, sizeof(*x));
	char path[32];
	char *copy = xstrdup(folder);
	lxw_workbook_options options = {
	    .constant_memory = LXW_TRUE, .tmpdir = copy, .use_zip64 = LXW_TRUE};

	x->fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", x->fd);
	if (x->fd >= 0)
		x->book = workbook_new_opt(path, &options);
	free(copy);
	if (x->book)
		x->sheet = workbook_add_worksheet(x->book, "Contacts");
	if (!x->sheet) {
		xlsx_close(x, false);
		return NULL;
	}
	x->day = workbook_add_format(x->book);
	format_set_num_format(x->day, "yyyy-mm-dd");
	x->moment = workbook_add_format(x->book);
	format_set_num_format(x->moment, "yyyy-mm-dd hh:mm:ss.000");
	worksheet_set_column(x->sheet, 0, XLSX_COLUMNS_MAX - 1, WIDTH, NULL);
	worksheet_freeze_panes(x->sheet, 1, 0);
	return x;
}

static void note(struct xlsx *x, lxw_error error)
{
	if (error != LXW_NO_ERROR)
		x->failed = true;
}

/* "_x000D_" stands for a sign that XML cannot have; where it is text, its own
 * underscore has to be written so. */
static bool is_escape(const char *p)
{
	return p[0] == '_' && p[1] == 'x' && isxdigit((unsigned char)p[2]) &&
	       isxdigit((unsigned char)p[3]) && isxdigit((unsigned char)p[4]) &&
	       isxdigit((unsigned char)p[5]) && p[6] == '_';
}

static const char *escaped(struct arena *a, const char *text)
{
	const char *p = strstr(text, "_x");

	if (!p)
		return text;
	char *out = arena_alloc(a, strlen(text) * 2 + 8);
	char *to = out;

	for (p = text; *p; p++) {
		*to++ = *p;
		if (is_escape(p)) {
			memcpy(to, "x005F_", 6);
			to += 6;
		}
	}
	*to = '\0';
	return out;
}

void xlsx_text(struct xlsx *x, struct arena *a, size_t column, const char *text)
{
	if (*text)
		note(x, worksheet_write_string(x->sheet, x->row,
			    (lxw_col_t)column, escaped(a, text), NULL));
}

void xlsx_number(struct xlsx *x, size_t column, double n)
{
	note(x, worksheet_write_number(
		    x->sheet, x->row, (lxw_col_t)column, n, NULL));
}

void xlsx_flag(struct xlsx *x, size_t column, bool yes)
{
	note(x, worksheet_write_boolean(
		    x->sheet, x->row, (lxw_col_t)column, yes, NULL));
}

static void put_time(
    struct xlsx *x, size_t column, int64_t ms, lxw_format *format)
{
	note(x, worksheet_write_number(x->sheet, x->row, (lxw_col_t)column,
		    (double)ms / DAY_MS + EPOCH, format));
}

void xlsx_day(struct xlsx *x, size_t column, int64_t ms)
{
	put_time(x, column, ms, x->day);
}

void xlsx_moment(struct xlsx *x, size_t column, int64_t ms)
{
	put_time(x, column, ms, x->moment);
}

void xlsx_next_row(struct xlsx *x)
{
	x->row++;
}

bool xlsx_has_day(int64_t ms)
{
	return ms >= clock_days(1900, 3, 1) * (int64_t)DAY_MS;
}

size_t xlsx_length(const char *text)
{
	size_t n = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		n += (c & 0xc0) != 0x80; /* a sign begins */
		n += c >= 0xf0;		 /* of two units */
	}
	return n;
}

int xlsx_close(struct xlsx *x, bool keep)
{
	int fd = x->fd;

	if (x->book && keep && !x->failed)
		keep = workbook_close(x->book) == LXW_NO_ERROR;
	else if (x->book)
		lxw_workbook_free(x->book);
	if (fd >= 0 && (!keep || x->failed || lseek(fd, 0, SEEK_SET) != 0)) {
		close(fd);
		fd = -1;
	}
	free(x);
	return fd;
}
