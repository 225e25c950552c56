/* person_data_files.c: what files, webhooks and events have of a person */
/* SPDX-License-Identifier: MIT */
/*
 * Rows that got in are known by their number. Those that did not are looked
 * for in the kept files that have any, as an erasure would look for them, for
 * as long as there is time.
 */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/import/source.h"
#include "domain/privacy/person_data_parts.h"
#include "domain/privacy/person_rows.h"
#include "storage/erasure_store.h"
#include "storage/person_data_store.h"

#define PAGE 100u

/* --- rows of files --- */

struct file_rows {
	struct writing_data *x;
	const struct import_plan *plan;
	const struct person_row *known; /* of this import */
	size_t count;
	size_t at;
};

static void put_cell(
    const struct file_rows *f, const struct record *r, size_t i)
{
	struct json_writer *w = &f->x->w;

	json_open(w, '{');
	json_pair_text(w, "column",
	    i < f->plan->column_count ? f->plan->columns[i].name : NULL);
	json_pair_text(w, "value", r->cells[i]);
	json_close(w, '}');
}

/* r NULL: the row is not in a file any more. */
static void put_row(
    struct file_rows *f, uint64_t row, const struct record *r, unsigned column)
{
	const struct import *head = &f->plan->row.head;
	struct json_writer *w = &f->x->w;

	json_open(w, '{');
	json_pair_int(w, "import", (int64_t)head->id.n);
	json_pair_text(w, "file_name", head->file_name);
	person_data_time(w, "uploaded_at", head->created_at);
	json_pair_int(w, "row", (int64_t)row);
	json_pair_text(
	    w, "about", column == PERSON_ROW_ALL ? "person" : "somebody else");
	json_pair_bool(w, "file_kept", head->file_deleted_at == 0);
	json_key(w, "cells");
	json_open(w, '[');
	for (size_t i = 0; r && i < r->count; i++)
		if (column == PERSON_ROW_ALL || column == i + 1)
			put_cell(f, r, i);
	json_close(w, ']');
	json_close(w, '}');
	f->x->found++;
}

/* Known rows up to one that the file does not have. */
static void put_missing(struct file_rows *f, uint64_t below)
{
	for (; f->at < f->count && f->known[f->at].row < below; f->at++)
		put_row(f, f->known[f->at].row, NULL, PERSON_ROW_ALL);
}

static bool on_found(
    void *arg, const struct record *r, unsigned column, bool header)
{
	struct file_rows *f = arg;

	(void)header;
	put_missing(f, r->row);
	f->at += f->at < f->count && f->known[f->at].row == r->row;
	put_row(f, r->row, r, column);
	person_data_flush(f->x, false);
	return !f->x->gone;
}

static bool on_record(void *arg, const struct record *r)
{
	struct file_rows *f = arg;

	put_missing(f, r->row);
	if (f->at < f->count && f->known[f->at].row == r->row)
		on_found(f, r, PERSON_ROW_ALL, false);
	return f->at < f->count && !f->x->gone;
}

static enum status read_known(struct file_rows *f)
{
	struct writing_data *x = f->x;
	struct source source;
	struct refusal refusal;

	if (!f->count)
		return STATUS_OK;
	plan_source(x->db, &f->plan->row.head, &source);
	enum status st =
	    source_read(&x->arena, &source, on_record, f, &refusal, x->err);

	return st == STATUS_INVALID ? STATUS_OK : st;
}

/* search: for rows that are not known, too. */
static enum status put_file(struct writing_data *x, uint64_t id,
    const struct person_row *known, size_t count, bool search)
{
	struct import_plan plan;
	struct file_rows f = {x, &plan, known, count, 0};
	enum status st =
	    plan_load(x->db, &x->arena, (struct import_id){id}, &plan, x->err);

	if (st == STATUS_OK && search)
		st = plan_load_fixes(x->db, &x->arena, &plan, x->err);
	if (st == STATUS_OK)
		st = search ? person_rows_find(x->db, &x->arena, &plan, x->keys,
				  on_found, &f, x->err)
			    : read_known(&f);
	if (st == STATUS_OK)
		put_missing(&f, UINT64_MAX);
	arena_reset(&x->arena);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

/* Imports by their numbers: those with known rows, and those to search. */
static enum status put_files(
    struct writing_data *x, struct arena *a, struct id_list *unsearched)
{
	const struct person_keys *k = x->keys;
	struct id_list open = {0};
	size_t at = 0;
	size_t next = 0;
	enum status st = person_data_open_imports(x->db, a, &open, x->err);

	while (st == STATUS_OK && !x->gone &&
	       (at < k->row_count || next < open.count)) {
		uint64_t id =
		    at < k->row_count ? k->rows[at].import : UINT64_MAX;
		size_t end = at;
		bool search = next < open.count && open.ids[next] <= id;

		id = search ? open.ids[next++] : id;
		while (end < k->row_count && k->rows[end].import == id)
			end++;
		if (search && clock_monotonic() > x->until) {
			id_list_add(a, unsearched, id);
			search = false;
		}
		if (search || end > at)
			st = put_file(x, id, k->rows + at, end - at, search);
		at = end;
	}
	return st;
}

enum status person_data_put_imports(struct writing_data *x)
{
	struct id_list unsearched = {0};
	struct arena a;

	arena_init(&a);
	person_data_begin(x, "imports");
	enum status st = put_files(x, &a, &unsearched);

	json_close(&x->w, ']');
	person_data_begin(x, "files_not_searched");
	for (size_t i = 0; i < unsearched.count; i++)
		json_put_int(&x->w, (int64_t)unsearched.ids[i]);
	json_close(&x->w, ']');
	arena_release(&a);
	return st;
}

/* --- outgoing webhooks --- */

static void put_delivery(
    struct writing_data *x, uint64_t contact, const struct person_delivery *d)
{
	json_open(&x->w, '{');
	json_pair_int(&x->w, "contact", (int64_t)contact);
	json_pair_text(&x->w, "sent_to", d->url);
	json_pair_text(&x->w, "event", d->event);
	json_pair_text(&x->w, "status", d->state);
	person_data_time(&x->w, "at", d->at);
	person_data_raw(&x->arena, &x->w, "body", d->body);
	json_close(&x->w, '}');
}

static enum status put_of_contact(struct writing_data *x, uint64_t contact)
{
	uint64_t after = 0;
	size_t n = PAGE;
	enum status st = STATUS_OK;

	while (st == STATUS_OK && n == PAGE && !x->gone) {
		struct person_delivery *rows;

		st = person_data_deliveries(
		    x->db, &x->arena, contact, after, PAGE, &rows, &n, x->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++) {
			put_delivery(x, contact, &rows[i]);
			after = rows[i].id;
		}
		person_data_flush(x, false);
		arena_reset(&x->arena);
	}
	return st;
}

enum status person_data_put_deliveries(struct writing_data *x)
{
	const struct id_list *ids = &x->person->ids;
	enum status st = STATUS_OK;

	person_data_begin(x, "deliveries");
	for (size_t i = 0; st == STATUS_OK && i < ids->count; i++)
		st = put_of_contact(x, ids->ids[i]);
	json_close(&x->w, ']');
	return st;
}

/* --- events --- */

static void put_event(struct writing_data *x, const struct erasure_row *row)
{
	json_open(&x->w, '{');
	json_pair_int(&x->w, "event", (int64_t)row->id);
	json_pair_text(&x->w, "at", row->place);
	person_data_raw(&x->arena, &x->w, "body", row->first);
	json_close(&x->w, '}');
	x->found++;
}

enum status person_data_put_events(struct writing_data *x)
{
	struct erasure_row last = {0};
	size_t n = PAGE;
	enum status st = STATUS_OK;

	person_data_begin(x, "events");
	while (st == STATUS_OK && n == PAGE && !x->gone) {
		struct erasure_row *rows;

		st = erasure_texts(x->db, &x->arena, TEXT_EVENT, 0, "", &last,
		    PAGE, &rows, &n, x->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++) {
			if (person_is_in_event(
				&x->arena, x->keys, rows[i].first))
				put_event(x, &rows[i]);
			last.id = rows[i].id;
		}
		person_data_flush(x, false);
		arena_reset(&x->arena);
	}
	json_close(&x->w, ']');
	return st;
}
