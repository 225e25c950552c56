/* person_data.c: all that there is of a person, as JSON */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/person_data.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact_json.h"
#include "domain/contact/contact_message.h"
#include "domain/privacy/person_data_parts.h"
#include "storage/audit_store.h"
#include "storage/contact_list_store.h"
#include "storage/contact_store.h"
#include "storage/message_store.h"
#include "storage/person_data_store.h"

#define PIECE (256u << 10) /* bytes that are handed on together */
#define PIECE_CAP (64u << 20)
#define PAGE 20u
#define PROBLEM_ROWS_MAX 1000u

/* --- pieces --- */

void person_data_flush(struct writing_data *x, bool all)
{
	if (!x->gone && x->out.len && (all || x->out.len >= PIECE)) {
		x->gone = !x->fn(x->arg, str_text(&x->out), x->out.len);
		str_reset(&x->out);
	}
}

void person_data_begin(struct writing_data *x, const char *key)
{
	json_key(&x->w, key);
	json_open(&x->w, '[');
}

void person_data_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

void person_data_id(struct json_writer *w, const char *key, uint64_t n)
{
	json_key(w, key);
	if (n)
		json_put_int(w, (int64_t)n);
	else
		json_put_null(w);
}

void person_data_word(struct json_writer *w, const char *key, const char *text)
{
	json_pair_text(w, key, str_empty(text) ? NULL : text);
}

void person_data_raw(
    struct arena *a, struct json_writer *w, const char *key, const char *json)
{
	struct json_t *value;

	json_key(w, key);
	if (json_parse(a, json, strlen(json), &value, NULL) == STATUS_OK)
		json_put_raw(w, json);
	else
		json_put_text(w, json);
}

/* --- contacts --- */

/* *there: it was, and was written. */
static enum status put_contact(struct writing_data *x, uint64_t id, bool *there)
{
	struct contact c;
	struct contact_segments *segments;
	struct arena *a = &x->arena;
	enum status st = contact_store_get(
	    x->db, a, (struct contact_id){id}, false, &c, x->err);

	*there = st == STATUS_OK;
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
	enum status st = STATUS_OK;
	bool there = false;

	json_key(&x->w, "contact");
	if (ids->count)
		st = put_contact(x, ids->ids[0], &there);
	if (!there)
		json_put_null(&x->w);
	person_data_begin(x, "merged_contacts");
	for (size_t i = 1; st == STATUS_OK && i < ids->count; i++)
		st = put_contact(x, ids->ids[i], &there);
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
	person_data_time(w, "at", r->at);
	json_pair_text(w, "kind", revision_kinds[r->kind]);
	person_data_id(w, "member", r->member.n);
	person_data_word(w, "member_name", r->member_name);
	person_data_id(w, "token", r->token.n);
	person_data_word(w, "token_name", r->token_name);
	person_data_id(w, "import", r->import.n);
	person_data_word(w, "import_file", r->import_file);
	person_data_id(w, "import_row", r->import_row);
	person_data_id(w, "job", r->job.n);
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
		person_data_flush(x, false);
		arena_reset(&x->arena);
	}
	return st;
}

static enum status put_history(struct writing_data *x)
{
	const struct id_list *ids = &x->person->ids;
	enum status st = STATUS_OK;

	person_data_begin(x, "history");
	for (size_t i = 0; st == STATUS_OK && i < ids->count; i++)
		st = put_revisions(x, ids->ids[i]);
	json_close(&x->w, ']');
	return st;
}

/* --- messages --- */

static void put_message(
    struct arena *a, struct json_writer *w, const struct message *m)
{
	json_open(w, '{');
	json_pair_int(w, "contact", (int64_t)m->contact.n);
	json_pair_text(w, "id", m->wa_id);
	json_pair_text(w, "direction", m->outgoing ? "out" : "in");
	person_data_time(w, "at", m->at);
	json_pair_text(w, "type", m->type);
	json_pair_text(w, "text", m->text);
	person_data_word(w, "status", m->status);
	person_data_raw(a, w, "body", m->body);
	json_close(w, '}');
}

static enum status put_messages(struct writing_data *x)
{
	int64_t until = INT64_MAX / 2;
	uint64_t below = 0;
	size_t n = PAGE;
	enum status st = STATUS_OK;

	person_data_begin(x, "messages");
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
		person_data_flush(x, false);
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
	person_data_word(w, "lawful_basis", consent_bases[c->basis].key);
	person_data_word(w, "words", c->words);
	person_data_word(w, "words_version", c->words_version);
	person_data_time(w, "evidence_at", c->evidence_at);
	person_data_time(w, "at", c->at);
	json_pair_text(w, "origin", consent_origins[c->origin].key);
	person_data_id(w, "member", c->member.n);
	person_data_word(w, "member_name", c->member_name);
	person_data_id(w, "token", c->token.n);
	person_data_id(w, "import", c->import.n);
	person_data_word(w, "import_file", c->import_file);
	person_data_id(w, "import_row", c->import_row);
	person_data_id(w, "job", c->job.n);
	person_data_word(w, "message", c->message);
	person_data_word(w, "detail", c->detail);
	json_pair_bool(w, "counts", !c->undone && !c->outweighed);
	json_close(w, '}');
}

static enum status put_consents(struct writing_data *x)
{
	struct ledger_place place = ledger_newest;
	enum status st = STATUS_OK;

	person_data_begin(x, "consents");
	while (st == STATUS_OK && place.at && !x->gone) {
		struct consent_entry *rows;
		size_t n;

		st =
		    consent_ledger_list(x->db, &x->arena, x->person->contact.id,
			&place, PAGE, &rows, &n, &place, x->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++)
			put_consent(&x->w, &rows[i]);
		person_data_flush(x, false);
		arena_reset(&x->arena);
	}
	json_close(&x->w, ']');
	return st;
}

/* --- jobs and duplicates --- */

static enum status put_jobs(struct writing_data *x)
{
	const struct id_list *ids = &x->person->ids;
	enum status st = STATUS_OK;

	person_data_begin(x, "jobs");
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
			person_data_word(&x->w, "action", rows[k].action);
			json_pair_text(&x->w, "status", rows[k].state);
			person_data_word(
			    &x->w, "member_name", rows[k].member_name);
			person_data_time(&x->w, "at", rows[k].at);
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

	person_data_begin(x, "duplicates");
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

/* Rows in error that were about them, too. */
static enum status add_problem_rows(struct db *db, struct arena *a,
    const struct person *p, struct person_keys *k, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < p->ids.count; i++) {
		uint64_t *pairs;
		size_t n = 0;

		st = person_data_problem_rows(
		    db, a, p->ids.ids[i], PROBLEM_ROWS_MAX, &pairs, &n, e);
		if (st == STATUS_OK)
			person_rows_add(a, k, pairs, n);
	}
	person_rows_sort(k);
	return st;
}

static enum status write_parts(struct writing_data *x)
{
	static enum status (*const parts[])(struct writing_data * x) = {
	    put_contacts, put_history, put_messages, put_consents,
	    person_data_put_imports, put_jobs, put_pairs,
	    person_data_put_deliveries, person_data_put_events};
	enum status st = STATUS_OK;

	json_open(&x->w, '{');
	person_data_time(&x->w, "generated_at", clock_now());
	for (size_t i = 0;
	     st == STATUS_OK && !x->gone && i < sizeof(parts) / sizeof(*parts);
	     i++)
		st = parts[i](x);
	json_close(&x->w, '}');
	if (st == STATUS_OK && x->out.full)
		st = ERR(x->err, STATUS_FAILED,
		    "a piece of a person's data is too long");
	if (st == STATUS_OK)
		person_data_flush(x, true);
	return st;
}

enum status person_data_write(struct db *db, const struct person *p,
    struct person_keys *keys, int64_t ms, person_data_fn fn, void *arg,
    uint64_t *found, struct err *e)
{
	struct person_keys own = {.row_count = 0};
	struct writing_data x = {.db = db,
	    .person = p,
	    .keys = keys ? keys : &own,
	    .until = clock_monotonic() + ms,
	    .fn = fn,
	    .arg = arg,
	    .err = e};
	struct arena a; /* of the keys */

	arena_init(&a);
	arena_init(&x.arena);
	str_init(&x.out, PIECE_CAP);
	json_writer_init(&x.w, &x.out);
	enum status st = person_collect(db, &a, p, x.keys, e);

	if (st == STATUS_OK)
		st = add_problem_rows(db, &a, p, x.keys, e);
	if (st == STATUS_OK)
		st = person_keys_own(db, &a, p, x.keys, e);
	if (st == STATUS_OK)
		st = write_parts(&x);
	if (found)
		*found = x.found;
	str_release(&x.out);
	arena_release(&x.arena);
	arena_release(&a);
	return st;
}

enum status person_data_audit(struct db *db, struct arena *a,
    const struct actor *actor, const struct person *p, const char *by_text,
    struct err *e)
{
	return audit_add(db, actor, "privacy.look-up",
	    p ? contact_subject_text(a, p->contact.id) : "person", by_text, e);
}
