/* contact_export.c: contacts as a file */
/* SPDX-License-Identifier: MIT */
#include "domain/export/contact_export.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/export/csv_guard.h"
#include "domain/export/export_cell.h"
#include "domain/export/xlsx.h"
#include "storage/attribute_store.h"
#include "storage/audit_store.h"
#include "storage/contact_list_store.h"
#include "storage/contact_store.h"

#define PIECE (64u << 10)     /* bytes handed over at once, about */
#define BUFFER_MAX (8u << 20) /* one row is at most this long */

struct export
{
	const struct conf *conf;
	const struct export_options *options;
	struct db *db;	     /* for the tags */
	struct arena *whole; /* of the export */
	struct arena *arena; /* of a chunk */
	struct column_list columns;
	bool has_tags;
	bool has_campaigns;
	bool has_attributes;
	struct known_tags tags;
	struct str out;
	struct xlsx *sheet;
	export_write write;
	void *arg;
	bool gone;
	int64_t now;
	const char *refusal;
	const struct actor *actor;
	uint64_t written; /* contacts */
	struct contact rows[CONTACT_CHUNK];
	size_t count;
};

/* --- CSV --- */

static void put_csv(struct export *x, const char *cell, bool first)
{
	struct str *out = &x->out;
	bool guard = csv_guard(cell);
	size_t n = strcspn(cell, "\",\r\n;\t");

	if (!first)
		str_addc(out, x->options->delimiter);
	if (!cell[n] && *cell != ' ' && (!n || cell[n - 1] != ' ')) {
		if (guard)
			str_addc(out, '\'');
		str_add(out, cell, n);
		return;
	}
	str_addc(out, '"');
	if (guard)
		str_addc(out, '\'');
	for (;;) {
		n = strcspn(cell, "\"");
		str_add(out, cell, n);
		if (!cell[n])
			break;
		str_add(out, "\"\"", 2);
		cell += n + 1;
	}
	str_addc(out, '"');
}

static void hand_over(struct export *x)
{
	if (!x->gone && x->out.len &&
	    !x->write(x->arg, x->out.data, x->out.len))
		x->gone = true;
	str_reset(&x->out);
}

/* --- XLSX --- */

static void refuse_cell(struct export *x, size_t column)
{
	struct arena *a = x->whole;
	const char *who = "The header";

	if (x->count)
		who = arena_printf(a, "The contact %llu",
		    (unsigned long long)x->rows[x->count - 1].id.n);
	x->refusal = arena_printf(a,
	    "%s has more than 32,767 signs in the column \"%.100s\", and a cell "
	    "of XLSX cannot hold more. Leave the column out, or export CSV.",
	    who, export_header(a, &x->columns.items[column]));
}

static void put_xlsx(
    struct export *x, size_t column, const struct export_cell *cell)
{
	switch (cell->kind) {
	case CELL_TEXT:
		break;
	case CELL_NUMBER:
		xlsx_number(x->sheet, column, cell->number);
		return;
	case CELL_FLAG:
		xlsx_flag(x->sheet, column, cell->flag);
		return;
	case CELL_DAY:
		xlsx_day(x->sheet, column, cell->ms);
		return;
	case CELL_MOMENT:
		xlsx_moment(x->sheet, column, cell->ms);
		return;
	}
	if (strlen(cell->text) > XLSX_CELL_MAX &&
	    xlsx_length(cell->text) > XLSX_CELL_MAX)
		refuse_cell(x, column);
	else
		xlsx_text(x->sheet, x->arena, column, cell->text);
}

/* Also when contacts came while the sheet was written. */
static void refuse_rows(struct export *x)
{
	x->refusal = arena_printf(x->whole,
	    "A sheet of XLSX holds %u contacts and these are more. Export CSV, "
	    "or filter the list first and export it in parts.",
	    x->conf->sheet_rows - 1);
}

/* What is known before the first row is read. */
static enum status check_sheet(
    struct export *x, const struct contact_query *query, struct err *e)
{
	uint64_t total = 0;
	enum status st = contact_list_store_total(
	    x->db, query, x->conf->sheet_rows, &total, e);

	if (st != STATUS_OK)
		return st;
	if (total >= x->conf->sheet_rows)
		refuse_rows(x);
	else if (x->columns.count > x->conf->sheet_columns)
		x->refusal = arena_printf(x->whole,
		    "A sheet of XLSX holds %u columns and these are %zu. "
		    "Export CSV, or choose the columns.",
		    x->conf->sheet_columns, x->columns.count);
	if (x->refusal)
		return ERR(e, STATUS_INVALID, "too much for a sheet");
	char *folder = conf_var_path(x->conf, "tmp");

	x->sheet = xlsx_open(folder);
	free(folder);
	return x->sheet ? STATUS_OK
			: ERR(e, STATUS_FAILED, "no temporary file for XLSX");
}

static enum status send_sheet(struct export *x, struct err *e)
{
	char piece[PIECE];
	int fd = xlsx_close(x->sheet, true);
	ssize_t n = 0;

	x->sheet = NULL;
	if (fd < 0)
		return ERR(e, STATUS_FAILED, "the XLSX could not be written");
	while (!x->gone && (n = read(fd, piece, sizeof(piece))) > 0)
		x->gone = !x->write(x->arg, piece, (size_t)n);
	close(fd);
	return n < 0 ? ERR(e, STATUS_FAILED, "the XLSX could not be read")
		     : STATUS_OK;
}

/* --- rows --- */

static void put_cell(
    struct export *x, size_t column, const struct export_cell *cell)
{
	if (x->sheet)
		put_xlsx(x, column, cell);
	else if (x->columns.count == 1 && !*cell->text)
		str_addz(&x->out, "\"\""); /* an empty line is no row */
	else
		put_csv(x, cell->text, column == 0);
}

static void end_row(struct export *x)
{
	if (x->sheet)
		xlsx_next_row(x->sheet);
	else
		str_add(&x->out, "\r\n", 2);
	if (x->out.len >= PIECE)
		hand_over(x);
}

static void put_header(struct export *x)
{
	if (x->options->bom && !x->sheet)
		str_addz(&x->out, "\xef\xbb\xbf");
	for (size_t i = 0; i < x->columns.count; i++) {
		struct export_cell cell = {.kind = CELL_TEXT};

		cell.text = export_header(x->whole, &x->columns.items[i]);
		put_cell(x, i, &cell);
	}
	end_row(x);
	hand_over(x);
}

static void put_row(struct export *x, const struct contact *c)
{
	struct export_row row;

	if (x->sheet && ++x->written >= x->conf->sheet_rows) {
		refuse_rows(x);
		return;
	}
	export_row_init(
	    &row, x->arena, c, x->has_attributes, x->sheet != NULL, x->now);
	for (size_t i = 0; i < x->columns.count; i++) {
		struct export_cell cell =
		    export_cell(&row, &x->columns.items[i]);

		put_cell(x, i, &cell);
	}
	end_row(x);
}

static enum status put_chunk(struct export *x, struct err *e)
{
	size_t count = x->count;
	enum status st = STATUS_OK;

	if (x->has_tags)
		st = contact_list_store_chunk_tags(
		    x->db, x->arena, &x->tags, x->rows, count, e);
	if (st == STATUS_OK && x->has_campaigns)
		st = contact_list_store_campaigns(
		    x->db, x->arena, x->rows, count, e);
	for (size_t i = 0; st == STATUS_OK && i < count && !x->gone; i++) {
		x->count = i + 1;
		put_row(x, &x->rows[i]);
		if (x->refusal)
			st = ERR(e, STATUS_INVALID, "too much for a sheet");
	}
	if (st == STATUS_OK && x->out.full)
		st = ERR(e, STATUS_TOO_LARGE, "a row is too long to export");
	x->count = 0;
	return st;
}

static enum status put_rows(struct export *x, struct db_query *q, struct err *e)
{
	enum status st = STATUS_OK;

	while (!x->gone && (st = db_next(q, e)) == STATUS_OK) {
		contact_row_read(q, x->arena, &x->rows[x->count++]);
		if (x->count < CONTACT_CHUNK)
			continue;
		st = put_chunk(x, e);
		if (st != STATUS_OK)
			return st;
		arena_reset(x->arena);
	}
	if (st != STATUS_NOT_FOUND && st != STATUS_OK)
		return st;
	st = put_chunk(x, e);
	if (st == STATUS_OK)
		hand_over(x);
	return st;
}

/* --- the export --- */

/* Without a choice: fields, tags, attributes; not what the book itself keeps,
 * which no import takes. */
static enum status choose_columns(struct export *x, struct err *e)
{
	struct attribute_list *attributes =
	    arena_alloc(x->whole, sizeof(*attributes));
	enum status st = STATUS_OK;

	x->columns = x->options->columns;
	if (!x->columns.count) {
		st = attribute_store_list(x->db, x->whole, attributes, e);
		if (st != STATUS_OK)
			return st;
		struct column_list all =
		    contact_columns_all(x->whole, attributes);

		x->columns = (struct column_list){.items = all.items};
		for (size_t i = 0; i < all.count; i++)
			if (all.items[i].kind < COLUMN_STATUS ||
			    all.items[i].kind == COLUMN_ATTRIBUTE)
				all.items[x->columns.count++] = all.items[i];
	}
	for (size_t i = 0; i < x->columns.count; i++) {
		x->has_tags |= x->columns.items[i].kind == COLUMN_TAGS;
		x->has_campaigns |=
		    x->columns.items[i].kind == COLUMN_CAMPAIGNS;
		x->has_attributes |=
		    x->columns.items[i].kind == COLUMN_ATTRIBUTE;
	}
	return st;
}

static enum status prepare(
    struct export *x, const struct contact_query *query, struct err *e)
{
	enum status st = choose_columns(x, e);

	if (st == STATUS_OK && x->options->xlsx)
		st = check_sheet(x, query, e);
	if (st == STATUS_OK && x->has_tags)
		st = contact_list_store_know_tags(x->db, x->whole, &x->tags, e);
	return st;
}

/* Before the first byte: whoever breaks the download off had what came. */
static enum status write_audit(
    struct export *x, const struct contact_query *query, struct err *e)
{
	const struct export_options *o = x->options;
	uint64_t total = 0;
	enum status st = contact_list_store_total(x->db, query, 0, &total, e);

	if (st != STATUS_OK)
		return st;
	return audit_add(x->db, x->actor, "contacts.export", "contacts",
	    arena_printf(x->whole, "%llu as %s; filter: %s; columns: %s",
		(unsigned long long)total, o->xlsx ? "XLSX" : "CSV", o->shape,
		o->columns.count ? contact_columns_text(x->whole, &o->columns)
				 : "all that an import takes"),
	    e);
}

static enum status write_all(
    struct export *x, const struct contact_query *query, struct err *e)
{
	enum status st = x->sheet ? STATUS_OK : write_audit(x, query, e);
	struct db_query *q = NULL;

	if (st != STATUS_OK)
		return st;
	struct db *rows = db_new(x->conf, false);

	put_header(x);
	st = contact_list_store_stream(rows, x->whole, query, &q, e);
	if (st == STATUS_OK)
		st = put_rows(x, q, e);
	if (q)
		db_done(q);
	db_free(rows);
	if (st != STATUS_OK || !x->sheet || x->gone)
		return st;
	st = write_audit(x, query, e);
	return st == STATUS_OK ? send_sheet(x, e) : st;
}

enum status contact_export(struct db *db, const struct conf *conf,
    const struct contact_query *query, const struct export_options *options,
    const struct actor *actor, struct arena *a, export_write write, void *arg,
    const char **refusal, struct err *e)
{
	struct arena chunk;
	struct export *x = arena_alloc(a, sizeof(*x));

	arena_init(&chunk);
	x->db = db;
	x->conf = conf;
	x->options = options;
	x->whole = a;
	x->arena = &chunk;
	x->actor = actor;
	x->write = write;
	x->arg = arg;
	x->now = clock_now();
	str_init(&x->out, BUFFER_MAX);
	enum status st = prepare(x, query, e);

	if (st == STATUS_OK)
		st = write_all(x, query, e);
	if (x->sheet)
		xlsx_close(x->sheet, false);
	*refusal = x->refusal;
	str_release(&x->out);
	arena_release(&chunk);
	return st;
}
