/* person_data.c: all that there is of a person, as JSON */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/person_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact_json.h"
#include "domain/contact/contact_message.h"
#include "domain/import/plan.h"
#include "domain/import/source.h"
#include "storage/audit_store.h"
#include "storage/contact_list_store.h"
#include "storage/contact_store.h"
#include "storage/message_store.h"
#include "storage/person_data_store.h"

#define PIECE (256u << 10) /* bytes that are handed on together */
#define PIECE_CAP (64u << 20)
#define PAGE 20u
#define PROBLEM_ROWS_MAX 1000u

struct writing_data {
	struct db *db;
	struct arena arena; /* of a page */
	const struct person *person;
	struct str out;
	struct json_writer w;
	person_data_fn fn;
	void *arg;
	bool gone;
	struct err *err;
};

/* Hands on what there is; the arena is free again. */
static void flush(struct writing_data *x, bool all)
{
	if (!x->gone && x->out.len && (all || x->out.len >= PIECE)) {
		x->gone = !x->fn(x->arg, str_text(&x->out), x->out.len);
		str_reset(&x->out);
	}
}

static void begin_list(struct writing_data *x, const char *key)
{
	json_key(&x->w, key);
	json_open(&x->w, '[');
}

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

static void put_id(struct json_writer *w, const char *key, uint64_t n)
{
	json_key(w, key);
	if (n)
		json_put_int(w, (int64_t)n);
	else
		json_put_null(w);
}

static void put_word(struct json_writer *w, const char *key, const char *text)
{
	json_pair_text(w, key, str_empty(text) ? NULL : text);
}

/* --- contacts --- */

static enum status put_contact(struct writing_data *x, uint64_t id)
{
	struct contact c;
	struct contact_segments *segments;
	struct arena *a = &x->arena;
	enum status st = contact_store_get(
	    x->db, a, (struct contact_id){id}, false, &c, x->err);

	if (st != STATUS_OK)
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	st = contact_list_store_segments(x->db, a, &c, 1, &segments, x->err);
	if (st != STATUS_OK)
		return st;
	contact_json_put(&x->w, &c, segments, clock_now());
	arena_reset(a);
	return STATUS_OK;
}

static enum status put_contacts(struct writing_data *x)
{
	const struct id_list *ids = &x->person->ids;
	enum status st;

	json_key(&x->w, "contact");
	st = put_contact(x, ids->ids[0]);
	begin_list(x, "merged_contacts");
	for (size_t i = 1; st == STATUS_OK && i < ids->count; i++)
		st = put_contact(x, ids->ids[i]);
	json_close(&x->w, ']');
	return st;
}

/* --- history --- */

static void put_revision(
    struct json_writer *w, const struct contact_revision *r)
{
	json_open(w, '{');
	json_pair_int(w, "contact", (int64_t)r->contact.n);
	json_pair_int(w, "version", (int64_t)r->version);
	put_time(w, "at", r->at);
	json_pair_text(w, "kind", revision_kinds[r->kind]);
	put_id(w, "member", r->member.n);
	put_word(w, "member_name", r->member_name);
	put_id(w, "token", r->token.n);
	put_word(w, "token_name", r->token_name);
	put_id(w, "import", r->import.n);
	put_word(w, "import_file", r->import_file);
	put_id(w, "import_row", r->import_row);
	put_id(w, "job", r->job.n);
	json_key(w, "before");
	json_put_raw(w, r->before);
	json_close(w, '}');
}

static enum status put_revisions(struct writing_data *x, uint64_t id)
{
	uint64_t below = 0;
	size_t n = PAGE;
	enum status st = STATUS_OK;

	while (st == STATUS_OK && n == PAGE && !x->gone) {
		struct contact_revision *rows;

		st = contact_revision_list(x->db, &x->arena,
		    (struct contact_id){id}, below, PAGE, &rows, &n, x->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++) {
			put_revision(&x->w, &rows[i]);
			below = rows[i].id;
		}
		flush(x, false);
		arena_reset(&x->arena);
	}
	return st;
}

static enum status put_history(struct writing_data *x)
{
	const struct id_list *ids = &x->person->ids;
	enum status st = STATUS_OK;

	begin_list(x, "history");
	for (size_t i = 0; st == STATUS_OK && i < ids->count; i++)
		st = put_revisions(x, ids->ids[i]);
	json_close(&x->w, ']');
	return st;
}

/* --- messages --- */

static void put_message(
    struct arena *a, struct json_writer *w, const struct message *m)
{
	struct json_t *body;

	json_open(w, '{');
	json_pair_int(w, "contact", (int64_t)m->contact.n);
	json_pair_text(w, "id", m->wa_id);
	json_pair_text(w, "direction", m->outgoing ? "out" : "in");
	put_time(w, "at", m->at);
	json_pair_text(w, "type", m->type);
	json_pair_text(w, "text", m->text);
	put_word(w, "status", m->status);
	json_key(w, "body");
	if (json_parse(a, m->body, strlen(m->body), &body, NULL) == STATUS_OK)
		json_put_raw(w, m->body);
	else
		json_put_text(w, m->body);
	json_close(w, '}');
}

static enum status put_messages(struct writing_data *x)
{
	int64_t until = INT64_MAX / 2;
	uint64_t below = 0;
	size_t n = PAGE;
	enum status st = STATUS_OK;

	begin_list(x, "messages");
	until = clock_now() + INT64_C(1000) * 3600 * 24 * 36500;
	while (st == STATUS_OK && n == PAGE && !x->gone) {
		struct message *rows;

		st = message_store_list(x->db, &x->arena, x->person->contact.id,
		    until, below, PAGE, &rows, &n, x->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++) {
			put_message(&x->arena, &x->w, &rows[i]);
			until = rows[i].at;
			below = rows[i].id;
		}
		flush(x, false);
		arena_reset(&x->arena);
	}
	json_close(&x->w, ']');
	return st;
}

/* --- consents --- */

static void put_consent(struct json_writer *w, const struct consent_entry *c)
{
	json_open(w, '{');
	json_pair_text(w, "purpose", consent_purposes[c->purpose].key);
	json_pair_text(w, "status", consent_statuses[c->status].key);
	put_word(w, "lawful_basis", consent_bases[c->basis].key);
	put_word(w, "words", c->words);
	put_word(w, "words_version", c->words_version);
	put_time(w, "evidence_at", c->evidence_at);
	put_time(w, "at", c->at);
	json_pair_text(w, "origin", consent_origins[c->origin].key);
	put_id(w, "member", c->member.n);
	put_word(w, "member_name", c->member_name);
	put_id(w, "token", c->token.n);
	put_id(w, "import", c->import.n);
	put_word(w, "import_file", c->import_file);
	put_id(w, "import_row", c->import_row);
	put_id(w, "job", c->job.n);
	put_word(w, "message", c->message);
	put_word(w, "detail", c->detail);
	json_pair_bool(w, "counts", !c->undone && !c->outweighed);
	json_close(w, '}');
}

static enum status put_consents(struct writing_data *x)
{
	struct ledger_place place = ledger_newest;
	enum status st = STATUS_OK;

	begin_list(x, "consents");
	while (st == STATUS_OK && place.at && !x->gone) {
		struct consent_entry *rows;
		size_t n;

		st =
		    consent_ledger_list(x->db, &x->arena, x->person->contact.id,
			&place, PAGE, &rows, &n, &place, x->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++)
			put_consent(&x->w, &rows[i]);
		flush(x, false);
		arena_reset(&x->arena);
	}
	json_close(&x->w, ']');
	return st;
}

/* --- rows of files --- */

struct file_rows {
	struct writing_data *x;
	const struct import_plan *plan;
	const uint64_t *pairs; /* of this import: import and row */
	size_t count;
	size_t at;
};

static void put_row(struct file_rows *f, uint64_t row, const struct record *r)
{
	const struct import *head = &f->plan->row.head;
	struct json_writer *w = &f->x->w;

	json_open(w, '{');
	json_pair_int(w, "import", (int64_t)head->id.n);
	json_pair_text(w, "file_name", head->file_name);
	put_time(w, "uploaded_at", head->created_at);
	json_pair_int(w, "row", (int64_t)row);
	json_pair_bool(w, "file_kept", head->file_deleted_at == 0);
	json_key(w, "cells");
	json_open(w, '[');
	for (size_t i = 0; r && i < r->count; i++) {
		json_open(w, '{');
		json_pair_text(w, "column",
		    i < f->plan->column_count ? f->plan->columns[i].name
					      : NULL);
		json_pair_text(w, "value", r->cells[i]);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_close(w, '}');
	f->at++;
}

static bool take_row(void *arg, const struct record *r)
{
	struct file_rows *f = arg;

	while (f->at < f->count && f->pairs[f->at * 2 + 1] < r->row)
		put_row(f, f->pairs[f->at * 2 + 1], NULL);
	if (f->at < f->count && f->pairs[f->at * 2 + 1] == r->row)
		put_row(f, r->row, r);
	flush(f->x, false);
	return f->at < f->count && !f->x->gone;
}

static enum status put_file(
    struct writing_data *x, const uint64_t *pairs, size_t count)
{
	struct import_plan plan;
	struct source source;
	struct refusal refusal;
	struct file_rows f = {x, &plan, pairs, count, 0};
	enum status st = plan_load(
	    x->db, &x->arena, (struct import_id){pairs[0]}, &plan, x->err);

	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (st != STATUS_OK)
		return st;
	plan_source(x->db, &plan.row.head, &source);
	st = source_read(&x->arena, &source, take_row, &f, &refusal, x->err);
	while (f.at < f.count)
		put_row(&f, f.pairs[f.at * 2 + 1], NULL);
	arena_reset(&x->arena);
	return st == STATUS_INVALID ? STATUS_OK : st;
}

static int compare_pairs(const void *a, const void *b)
{
	const uint64_t *x = a;
	const uint64_t *y = b;

	if (x[0] != y[0])
		return x[0] < y[0] ? -1 : 1;
	return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Of all contacts of the person, each row once. */
static enum status collect_rows(
    struct writing_data *x, struct arena *a, struct id_list *out)
{
	const struct id_list *ids = &x->person->ids;
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < ids->count; i++) {
		uint64_t *pairs;
		size_t n = 0;

		st = person_store_rows(x->db, a, ids->ids[i], out, x->err);
		if (st == STATUS_OK)
			st = person_data_problem_rows(x->db, a, ids->ids[i],
			    PROBLEM_ROWS_MAX, &pairs, &n, x->err);
		for (size_t k = 0; k < n * 2; k++)
			id_list_add(a, out, pairs[k]);
	}
	size_t kept = 0;

	if (out->count)
		qsort(out->ids, out->count / 2, 2 * sizeof(uint64_t),
		    compare_pairs);
	for (size_t i = 0; i < out->count; i += 2) {
		if (kept && !compare_pairs(&out->ids[i], &out->ids[kept - 2]))
			continue;
		out->ids[kept++] = out->ids[i];
		out->ids[kept++] = out->ids[i + 1];
	}
	out->count = kept;
	return st;
}

static enum status put_imports(struct writing_data *x)
{
	struct id_list pairs = {0};
	struct arena a;

	arena_init(&a);
	begin_list(x, "imports");
	enum status st = collect_rows(x, &a, &pairs);

	for (size_t i = 0; st == STATUS_OK && i < pairs.count && !x->gone;) {
		size_t end = i;

		while (end < pairs.count && pairs.ids[end] == pairs.ids[i])
			end += 2;
		st = put_file(x, pairs.ids + i, (end - i) / 2);
		i = end;
	}
	json_close(&x->w, ']');
	arena_release(&a);
	return st;
}

/* --- jobs and duplicates --- */

static enum status put_jobs(struct writing_data *x)
{
	const struct id_list *ids = &x->person->ids;
	enum status st = STATUS_OK;

	begin_list(x, "jobs");
	for (size_t i = 0; st == STATUS_OK && i < ids->count; i++) {
		struct person_job *rows;
		size_t n = 0;

		st = person_data_jobs(
		    x->db, &x->arena, ids->ids[i], &rows, &n, x->err);
		for (size_t k = 0; k < n; k++) {
			json_open(&x->w, '{');
			json_pair_int(&x->w, "contact", (int64_t)ids->ids[i]);
			json_pair_int(&x->w, "job", (int64_t)rows[k].id);
			json_pair_text(&x->w, "kind", rows[k].kind);
			put_word(&x->w, "action", rows[k].action);
			json_pair_text(&x->w, "status", rows[k].state);
			put_word(&x->w, "member_name", rows[k].member_name);
			put_time(&x->w, "at", rows[k].at);
			json_close(&x->w, '}');
		}
		arena_reset(&x->arena);
	}
	json_close(&x->w, ']');
	return st;
}

static enum status put_pairs(struct writing_data *x)
{
	const struct id_list *ids = &x->person->ids;
	enum status st = STATUS_OK;

	begin_list(x, "duplicates");
	for (size_t i = 0; st == STATUS_OK && i < ids->count; i++) {
		struct person_pair *rows;
		size_t n = 0;

		st = person_data_pairs(
		    x->db, &x->arena, ids->ids[i], &rows, &n, x->err);
		for (size_t k = 0; k < n; k++) {
			json_open(&x->w, '{');
			json_pair_int(&x->w, "contact", (int64_t)ids->ids[i]);
			json_pair_int(&x->w, "other", (int64_t)rows[k].other);
			json_pair_text(&x->w, "reasons", rows[k].reasons);
			json_pair_bool(&x->w, "dismissed", rows[k].dismissed);
			json_close(&x->w, '}');
		}
		arena_reset(&x->arena);
	}
	json_close(&x->w, ']');
	return st;
}

/* --- all of it --- */

enum status person_data_write(struct db *db, const struct person *p,
    person_data_fn fn, void *arg, struct err *e)
{
	static enum status (*const parts[])(struct writing_data * x) = {
	    put_contacts, put_history, put_messages, put_consents, put_imports,
	    put_jobs, put_pairs};
	struct writing_data x = {
	    .db = db, .person = p, .fn = fn, .arg = arg, .err = e};
	enum status st = STATUS_OK;

	arena_init(&x.arena);
	str_init(&x.out, PIECE_CAP);
	json_writer_init(&x.w, &x.out);
	json_open(&x.w, '{');
	put_time(&x.w, "generated_at", clock_now());
	for (size_t i = 0;
	     st == STATUS_OK && !x.gone && i < sizeof(parts) / sizeof(*parts);
	     i++)
		st = parts[i](&x);
	json_close(&x.w, '}');
	if (st == STATUS_OK && x.out.full)
		st = ERR(e, STATUS_FAILED,
		    "a piece of a person's data is too "
		    "long");
	if (st == STATUS_OK)
		flush(&x, true);
	str_release(&x.out);
	arena_release(&x.arena);
	return st;
}

enum status person_data_audit(struct db *db, struct arena *a,
    const struct actor *actor, const struct person *p, const char *by_text,
    struct err *e)
{
	return audit_add(db, actor, "privacy.look-up",
	    p ? contact_subject_text(a, p->contact.id) : "person", by_text, e);
}
