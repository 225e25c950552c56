/* erase_file.c: a person's cells in the kept file of an import */
/* SPDX-License-Identifier: MIT */
/*
 * What is to go is noted by its place in the decoded text, and then the pieces
 * are gone through and written back.
 */
#include "domain/privacy/erase_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "domain/import/plan.h"
#include "domain/import/row_key.h"
#include "domain/privacy/mask.h"
#include "domain/privacy/person_rows.h"
#include "storage/erasure_store.h"
#include "storage/import_file_store.h"
#include "storage/person_store.h"

#define ERASED_MESSAGE                                                         \
	"What stood here was erased at the request of the person whom it was " \
	"about."

/* What is to go from one row: a column from 1, or all of it. */
struct place {
	uint64_t row;
	unsigned column;
	struct mask_range range;
	uint64_t cells;
};

struct search {
	struct db *db;
	const struct scrubbing *s;
	struct import_plan plan;
	struct arena arena;
	struct place *places;
	size_t count;
	size_t space;
	struct text_set texts; /* that stood in rows about the person */
	bool header_went;      /* it was about the person */
	struct erased_file *out;
	struct err *err;
};

static void note(struct search *x, const struct record *r, unsigned column,
    struct mask_range range, uint64_t cells)
{
	if (x->count == x->space) {
		size_t space = x->space ? x->space * 2 : 64;
		struct place *places =
		    arena_raw(&x->arena, space * sizeof(*places));

		if (x->count)
			memcpy(places, x->places, x->count * sizeof(*places));
		x->places = places;
		x->space = space;
	}
	x->places[x->count++] = (struct place){r->row, column, range, cells};
}

/* All of a row that is about the person, or a cell that names them. */
static bool on_row(
    void *arg, const struct record *r, unsigned column, bool header)
{
	struct search *x = arg;
	char delimiter = x->plan.row.head.delimiter;
	const struct mask_range all = {r->offset, r->offset + r->raw_len};

	if (column != PERSON_ROW_ALL) {
		text_set_add(&x->arena, &x->texts, r->cells[column - 1]);
		note(x, r, column, mask_cell(r, delimiter, column - 1), 1);
		x->out->more = x->count >= ERASE_FILE_ROWS;
		return !x->out->more;
	}
	uint64_t cells = 0;

	for (size_t i = 0; i < r->count; i++) {
		text_set_add(&x->arena, &x->texts, r->cells[i]);
		cells += r->lengths[i] > 0;
	}
	note(x, r, PERSON_ROW_ALL, all, cells);
	x->header_went |= header;
	x->out->rows++;
	x->out->more = x->count >= ERASE_FILE_ROWS;
	return !x->out->more;
}

/* --- what is overwritten --- */

static enum status mask_pieces(struct search *x)
{
	const struct import *head = &x->plan.row.head;
	struct mask_range *ranges =
	    arena_raw(&x->arena, (x->count + 1) * sizeof(*ranges));
	struct mask m;
	struct arena a;
	enum status st = STATUS_OK;

	for (size_t i = 0; i < x->count; i++)
		ranges[i] = x->places[i].range;
	mask_init(&m, head->encoding, head->delimiter, ranges, x->count);
	arena_init(&a);
	for (unsigned seq = 0; st == STATUS_OK && m.at < m.count; seq++) {
		const char *bytes;
		size_t n;

		arena_reset(&a);
		st = import_file_get(
		    x->db, &a, head->id, seq, &bytes, &n, x->err);
		if (st != STATUS_OK)
			break;
		unsigned char *copy = arena_memdup(&a, bytes, n);

		if (mask_piece(&m, copy, n))
			st = erasure_put_piece(
			    x->db, head->id, seq, copy, n, x->err);
	}
	arena_release(&a);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status wipe_findings(struct search *x)
{
	struct import_id id = x->plan.row.head.id;
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < x->count; i++) {
		const struct place *p = &x->places[i];

		st = erasure_wipe_problems(x->db, id, p->row, p->column,
		    ERASED_MESSAGE, &x->out->problems, x->err);
		if (st == STATUS_OK && p->column == PERSON_ROW_ALL)
			st = erasure_wipe_fixes(x->db, id, p->row, x->err);
		x->out->cells += p->cells;
	}
	return st;
}

/* A sample that was too long is kept as its beginning. */
static bool is_of_row(struct search *x, const char *text)
{
	if (text_set_has(&x->texts, text))
		return true;
	for (size_t i = 0; i < x->texts.count; i++)
		if (str_equal(text, inspect_sample(&x->arena, x->texts.items[i],
					strlen(x->texts.items[i]))))
			return true;
	return false;
}

static bool wipe_column(struct search *x, struct import_column *c)
{
	bool told = false;

	for (size_t i = 0; i < c->sample_count; i++)
		if (is_of_row(x, c->samples[i])) {
			c->samples[i] = SCRUBBED;
			told = true;
		}
	if (!x->header_went)
		return told;
	c->header = c->name = SCRUBBED;
	return true;
}

static bool is_in_texts(void *arg, const char *text)
{
	return text_set_has(arg, text);
}

/* Samples of columns that came from such a row; and the names of the columns,
 * when the file's first row was taken for names and is about the person. */
static enum status wipe_columns(struct search *x)
{
	struct import_id id = x->plan.row.head.id;
	const char *columns = "", *mapping = "";
	const struct person_keys keys = {.values = x->texts};
	const struct scrubbing s = {&x->arena, &keys, is_in_texts, &x->texts};
	struct inspection found;
	bool told = false;
	enum status st = erasure_columns_get(
	    x->db, &x->arena, id, &columns, &mapping, x->err);

	if (st != STATUS_OK)
		return st;
	inspect_from_json(&x->arena, columns, &found);
	for (size_t i = 0; i < found.column_count; i++)
		told = wipe_column(x, &found.columns[i]) || told;
	if (!told)
		return STATUS_OK;
	const char *other =
	    x->header_went ? person_scrub_json(&s, mapping) : NULL;

	return erasure_columns_put(x->db, id,
	    inspect_to_json(&x->arena, &found), other ? other : mapping,
	    x->err);
}

/* Corrections of a text everywhere, where the text tells of the person. */
static enum status wipe_corrections(struct search *x)
{
	struct import_id id = x->plan.row.head.id;
	struct erasure_row *rows;
	size_t n = 0;
	enum status st = STATUS_OK;

	if (!x->plan.fixes)
		return STATUS_OK;
	st = erasure_texts(x->db, &x->arena, TEXT_FIX, id.n, "", NULL,
	    x->plan.fixes->count, &rows, &n, x->err);
	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		if (person_is_told(x->s, rows[i].first) ||
		    person_is_told(x->s, rows[i].second))
			st =
			    erasure_text_put(x->db, TEXT_FIX, &rows[i], x->err);
	return st;
}

static enum status search_file(struct search *x, struct import_id id)
{
	enum status st = plan_load(x->db, &x->arena, id, &x->plan, x->err);

	if (st == STATUS_OK)
		st = plan_load_fixes(x->db, &x->arena, &x->plan, x->err);
	return st == STATUS_OK ? person_rows_find(x->db, &x->arena, &x->plan,
				     x->s->keys, on_row, x, x->err)
			       : st;
}

enum status erase_file(struct db *db, struct import_id id,
    const struct scrubbing *s, struct erased_file *out, struct err *e)
{
	struct search x = {.db = db, .s = s, .out = out, .err = e};

	*out = (struct erased_file){0};
	arena_init(&x.arena);
	enum status st = search_file(&x, id);

	if (st == STATUS_OK && x.count)
		st = mask_pieces(&x);
	if (st == STATUS_OK && x.count)
		st = wipe_findings(&x);
	if (st == STATUS_OK)
		st = wipe_corrections(&x);
	if (st == STATUS_OK && x.count)
		st = wipe_columns(&x);
	if (st == STATUS_OK && person_is_within(x.s, x.plan.row.head.file_name))
		st = erasure_rename_file(db, id, SCRUBBED ".csv", e);
	if (st == STATUS_OK && out->cells)
		st = erasure_mark_import(db, id, out->cells, e);
	arena_release(&x.arena);
	return st;
}
