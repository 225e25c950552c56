/* erase_file.c: a person's cells in the kept file of an import */
/* SPDX-License-Identifier: MIT */
/*
 * The file is read once, record by record, as an import would read it; a quick
 * look at the bytes passes over most of it. What is to go is noted by its place
 * in the decoded text, and then the pieces are gone through and written back.
 */
#include "domain/privacy/erase_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "domain/import/plan.h"
#include "domain/import/row_key.h"
#include "domain/import/source.h"
#include "domain/privacy/mask.h"
#include "storage/erasure_store.h"
#include "storage/import_file_store.h"
#include "storage/person_store.h"

#define ERASED_MESSAGE                                                         \
	"What stood here was erased at the request of the person whom it was " \
	"about."
#define ROW_ALL 0u /* the column of a finding: all of them */

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
	struct check_context context;
	struct arena arena; /* of the file */
	struct arena row_arena;
	struct place *places;
	size_t count;
	size_t space;
	struct text_set texts; /* that stood in rows about the person */
	bool header;	       /* still to come */
	bool header_went;      /* it was about the person */
	struct erased_file *out;
	enum status status;
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

/* --- which rows are about the person --- */

static bool is_corrected(struct search *x, const struct record *r)
{
	struct record fixed;

	return fixes_apply(x->plan.fixes, &x->row_arena, r, &fixed, NULL);
}

/* A value as contacts keep numbers. */
static bool is_number(const char *value)
{
	return !str_empty(value) && *value == '+' &&
	       strspn(value + 1, "0123456789") == strlen(value + 1) &&
	       strlen(value) > 7;
}

static bool somebody_else(struct search *x, const char *phone)
{
	bool held = false;
	enum status st =
	    person_store_held(x->db, FIELD_PHONE, phone, &held, x->err);

	if (st != STATUS_OK)
		x->status = st;
	return held;
}

enum about {
	ABOUT_OTHERS,
	ABOUT_PERSON,
	ABOUT_UNKNOWN /* it has no key that can be read */
};

/* By the row's keys, as an import reads them. */
static enum about about_keys(struct search *x, const struct checked_row *r)
{
	const struct text_set *keys = x->s->keys->keys;
	const char *phone = r->value[FIELD_PHONE];
	const char *email = r->value[FIELD_EMAIL];
	bool own_phone = is_number(phone);

	if (own_phone && text_set_has(&keys[SUPPRESSION_PHONE], phone))
		return ABOUT_PERSON;
	if ((!str_empty(r->value[FIELD_WA_USER_ID]) &&
		text_set_has(&keys[SUPPRESSION_WA_USER_ID],
		    r->value[FIELD_WA_USER_ID])) ||
	    (!str_empty(r->value[FIELD_USER_ID]) &&
		text_set_has(
		    &keys[SUPPRESSION_USER_ID], r->value[FIELD_USER_ID])))
		return ABOUT_PERSON;
	if (!str_empty(email) && text_set_has(&keys[SUPPRESSION_EMAIL],
				     fold_email(&x->row_arena, email)))
		return own_phone && somebody_else(x, phone) ? ABOUT_OTHERS
							    : ABOUT_PERSON;
	if (own_phone)
		return ABOUT_OTHERS;
	/* A number that could not be read is theirs all the same. */
	if (!str_empty(phone) &&
	    person_named(&x->row_arena, x->s->keys, phone) != NAMING_NONE)
		return ABOUT_PERSON;
	return !str_empty(email) && email_is_valid(email) ? ABOUT_OTHERS
							  : ABOUT_UNKNOWN;
}

/* One cell of a row that is not about the person; of one that is about nobody
 * whom we can tell, any naming makes it theirs. */
static bool names_in_cells(
    struct search *x, const struct record *r, enum about about)
{
	for (size_t i = 0; i < r->count; i++) {
		enum naming n =
		    person_named(&x->row_arena, x->s->keys, r->cells[i]);

		if (n == NAMING_NONE)
			continue;
		if (about == ABOUT_UNKNOWN)
			return true;
		if (n == NAMING_SURE) {
			text_set_add(&x->arena, &x->texts, r->cells[i]);
			note(x, r, (unsigned)i + 1,
			    mask_cell(r, x->plan.row.head.delimiter, i), 1);
		}
	}
	return false;
}

static bool is_about_person(struct search *x, const struct record *r)
{
	struct checked_row checked = {0};

	if (person_rows_have(x->s->keys, x->plan.row.head.id.n, r->row))
		return true;
	if (x->header)
		return names_in_cells(x, r, ABOUT_UNKNOWN);
	fixes_check_row(
	    &x->row_arena, x->plan.fixes, &x->context, r, &checked, NULL);
	enum about about = about_keys(x, &checked);

	if (about != ABOUT_PERSON && is_corrected(x, r)) {
		check_row(&x->row_arena, &x->context, r, &checked);
		about = about_keys(x, &checked);
	}
	return about == ABOUT_PERSON || names_in_cells(x, r, about);
}

static void take_row(struct search *x, const struct record *r)
{
	const struct mask_range range = {r->offset, r->offset + r->raw_len};
	uint64_t cells = 0;

	for (size_t i = 0; i < r->count; i++) {
		text_set_add(&x->arena, &x->texts, r->cells[i]);
		cells += r->lengths[i] > 0;
	}
	note(x, r, ROW_ALL, range, cells);
	x->header_went |= x->header;
	x->out->rows++;
}

static bool on_record(void *arg, const struct record *r)
{
	struct search *x = arg;
	bool corrected = x->plan.fixes && is_corrected(x, r);

	if ((corrected ||
		person_rows_have(x->s->keys, x->plan.row.head.id.n, r->row) ||
		person_may_be_in(x->s->keys, r->raw, r->raw_len)) &&
	    !mask_is_done(r->raw, r->raw_len, x->plan.row.head.delimiter) &&
	    is_about_person(x, r))
		take_row(x, r);
	x->header = false;
	arena_reset(&x->row_arena);
	x->out->more = x->count >= ERASE_FILE_ROWS;
	return x->status == STATUS_OK && !x->out->more;
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
		if (st == STATUS_OK && p->column == ROW_ALL)
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
		if (str_equal(
			text, inspect_sample(&x->row_arena, x->texts.items[i],
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
	struct source source;
	struct refusal refusal;
	enum status st = plan_load(x->db, &x->arena, id, &x->plan, x->err);

	if (st == STATUS_OK)
		st = plan_load_fixes(x->db, &x->arena, &x->plan, x->err);
	if (st != STATUS_OK)
		return st;
	x->header = x->plan.row.head.header;
	plan_check_context(&x->plan, &x->context);
	plan_source(x->db, &x->plan.row.head, &source);
	st = source_read(&x->arena, &source, on_record, x, &refusal, x->err);
	/* What cannot be read as a table any more was read up to there. */
	if (st == STATUS_INVALID)
		st = STATUS_OK;
	return st == STATUS_OK ? x->status : st;
}

enum status erase_file(struct db *db, struct import_id id,
    const struct scrubbing *s, struct erased_file *out, struct err *e)
{
	struct search x = {
	    .db = db, .s = s, .out = out, .status = STATUS_OK, .err = e};

	*out = (struct erased_file){0};
	arena_init(&x.arena);
	arena_init(&x.row_arena);
	enum status st = search_file(&x, id);

	if (st == STATUS_OK && x.count)
		st = mask_pieces(&x);
	if (st == STATUS_OK && x.count)
		st = wipe_findings(&x);
	if (st == STATUS_OK)
		st = wipe_corrections(&x);
	if (st == STATUS_OK && x.count)
		st = wipe_columns(&x);
	if (st == STATUS_OK && out->cells)
		st = erasure_mark_import(db, id, out->cells, e);
	arena_release(&x.row_arena);
	arena_release(&x.arena);
	return st;
}
