/* consent_proof.c: the ledger of consents as files, to be shown as proof */
/* SPDX-License-Identifier: MIT */
#include "domain/consent/consent_proof.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/consent/consent_json.h"
#include "domain/export/csv_guard.h"
#include "storage/consent_store.h"
#include "storage/import_store.h"

#define STEPS 50u
#define ROWS 2000u
#define PIECE_CAP (4u << 20)

/* What is being written. */
struct proof {
	struct db *db;
	struct arena arena; /* of one piece */
	struct str text;    /* of one piece */
	proof_sink sink;
	void *arg;
	bool gone; /* nobody reads on */
	struct err *err;
};

static void begin(struct proof *p)
{
	arena_init(&p->arena);
	str_init(&p->text, PIECE_CAP);
}

static enum status end(struct proof *p, enum status st)
{
	arena_release(&p->arena);
	str_release(&p->text);
	return st;
}

/* Sends what there is; a piece has a bounded number of entries, so a full text
 * is one of ours. */
static enum status send(struct proof *p)
{
	if (p->text.full)
		return ERR(p->err, STATUS_FAILED,
		    "a piece of the proof is "
		    "too long");
	p->gone = !p->sink(p->arg, str_text(&p->text), p->text.len);
	str_reset(&p->text);
	return STATUS_OK;
}

static const char *moment(struct arena *a, int64_t ms)
{
	char text[32] = "";

	if (ms)
		clock_format(ms, text);
	return arena_strdup(a, text);
}

static void put_cells(struct str *out, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		csv_put_cell(out, cells[i]);
		str_addz(out, i + 1 < n ? "," : "\r\n");
	}
}

static const char *number(struct arena *a, uint64_t n)
{
	return n ? arena_printf(a, "%" PRIu64, n) : "";
}

static const char *counts(const struct consent_entry *x)
{
	return x->undone || x->outweighed ? "no" : "yes";
}

/* --- a person --- */

static const char person_head[] =
    "Contact,Purpose,Status,Lawful basis,Words,Words version,"
    "Evidence at,Recorded at,Where from,Note,Counts,Origin,Member,"
    "Import,File,Row,Job,Message\r\n";

static void put_person_line(struct proof *p, const struct consent_entry *x)
{
	struct arena *a = &p->arena;
	const char *const cells[] = {
	    number(a, x->contact.n),
	    consent_purposes[x->purpose].key,
	    consent_statuses[x->status].key,
	    consent_bases[x->basis].key,
	    str_or_empty(x->words),
	    str_or_empty(x->words_version),
	    moment(a, x->evidence_at),
	    moment(a, x->at),
	    consent_source(a, x),
	    consent_note(a, x),
	    counts(x),
	    consent_origins[x->origin].key,
	    str_or_empty(x->member_name),
	    number(a, x->import.n),
	    str_or_empty(x->import_file),
	    number(a, x->import_row),
	    number(a, x->job.n),
	    str_or_empty(x->message),
	};

	put_cells(&p->text, cells, sizeof(cells) / sizeof(*cells));
}

/* Page after page; `put` writes one entry. */
static enum status each_entry(struct proof *p, struct contact_id contact,
    void (*put)(struct proof *, const struct consent_entry *, bool first))
{
	struct ledger_place place = ledger_newest;
	enum status st = STATUS_OK;
	bool first = true;

	while (st == STATUS_OK && place.at && !p->gone) {
		struct consent_entry *entries;
		size_t n = 0;

		arena_reset(&p->arena);
		st = consent_ledger_list(p->db, &p->arena, contact, &place,
		    STEPS, &entries, &n, &place, p->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++) {
			put(p, &entries[i], first);
			first = false;
		}
		if (st == STATUS_OK)
			st = send(p);
	}
	return st;
}

static void put_csv(struct proof *p, const struct consent_entry *x, bool first)
{
	(void)first;
	put_person_line(p, x);
}

enum status consent_proof_csv(struct db *db, struct contact_id contact,
    proof_sink sink, void *arg, struct err *e)
{
	struct proof p = {.db = db, .sink = sink, .arg = arg, .err = e};

	begin(&p);
	str_addz(&p.text, person_head);
	return end(&p, each_entry(&p, contact, put_csv));
}

static void put_json(struct proof *p, const struct consent_entry *x, bool first)
{
	struct json_writer w;

	if (!first)
		str_addz(&p->text, ",\n");
	json_writer_init(&w, &p->text);
	consent_json_put(&w, x);
}

static enum status put_state(struct proof *p, struct contact_id contact)
{
	struct consent_state state;
	struct json_writer w;
	enum status st =
	    consent_ledger_state(p->db, &p->arena, contact, &state, p->err);

	if (st != STATUS_OK)
		return st;
	str_printf(
	    &p->text, "{\"contact\":%" PRIu64 ",\"purposes\":", contact.n);
	json_writer_init(&w, &p->text);
	consent_json_put_state(&w, &p->arena, &state);
	str_addz(&p->text, ",\"consents\":[\n");
	return STATUS_OK;
}

enum status consent_proof_json(struct db *db, struct contact_id contact,
    proof_sink sink, void *arg, struct err *e)
{
	struct proof p = {.db = db, .sink = sink, .arg = arg, .err = e};

	begin(&p);
	enum status st = put_state(&p, contact);

	if (st == STATUS_OK)
		st = each_entry(&p, contact, put_json);
	str_addz(&p.text, "]}\n");
	if (st == STATUS_OK && !p.gone)
		st = send(&p);
	return end(&p, st);
}

/* --- an import --- */

static const char import_head[] =
    "Row,Contact,Phone,Email,Purpose,Status,Lawful basis,Words version,"
    "Evidence at,Recorded at,Confirmed by,Confirmed at,Note,Counts,File,"
    "SHA-256\r\n";

struct import_facts {
	struct import_row row;
	struct consent consent;
	bool undone;
};

static void put_import_line(struct proof *p, const struct import_proof *row,
    const struct consent_entry *x, const struct import_facts *facts)
{
	struct arena *a = &p->arena;
	const char *const cells[] = {
	    number(a, x->import_row),
	    number(a, x->contact.n),
	    row->phone,
	    row->email,
	    consent_purposes[x->purpose].key,
	    consent_statuses[x->status].key,
	    consent_bases[x->basis].key,
	    str_or_empty(x->words_version),
	    moment(a, x->evidence_at),
	    moment(a, x->at),
	    str_or_empty(x->member_name),
	    moment(a, facts->consent.at),
	    consent_note(a, x),
	    counts(x),
	    facts->row.head.file_name,
	    facts->row.head.sha256,
	};

	put_cells(&p->text, cells, sizeof(cells) / sizeof(*cells));
}

static void put_row(
    struct proof *p, struct import_proof *row, const struct import_facts *facts)
{
	struct consent_entry entries[CONSENT_PURPOSES];
	struct consent_entry *x = &row->step.entry;

	x->import = facts->row.head.id;
	x->origin = ORIGIN_IMPORT;
	x->status = CONSENT_GIVEN;
	x->basis = BASIS_CONSENT;
	x->words_version = facts->consent.words_version;
	x->member_name = facts->consent.member_name;
	x->undone = facts->undone;
	size_t n = consent_ledger_entries(&row->step, entries);

	for (size_t i = 0; i < n; i++)
		put_import_line(p, row, &entries[i], facts);
}

static enum status each_row(struct proof *p, const struct import_facts *facts)
{
	enum status st = STATUS_OK;
	uint64_t after = 0;
	size_t n = ROWS;

	while (st == STATUS_OK && n == ROWS && !p->gone) {
		struct import_proof *rows;

		arena_reset(&p->arena);
		st = import_contact_list(p->db, &p->arena, facts->row.head.id,
		    after, ROWS, &rows, &n, p->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++)
			put_row(p, &rows[i], facts);
		if (st == STATUS_OK && n)
			after = rows[n - 1].step.entry.import_row;
		if (st == STATUS_OK)
			st = send(p);
	}
	return st;
}

static enum status load_facts(struct proof *p, struct arena *a,
    struct import_id import, struct import_facts *f)
{
	enum status st = import_store_get(p->db, a, import, &f->row, p->err);

	if (st != STATUS_OK)
		return st;
	f->undone = f->row.head.state == IMPORT_UNDONE ||
		    f->row.head.state == IMPORT_REDOING;
	st = consent_store_get(p->db, a, import, &f->consent, p->err);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status consent_proof_import(struct db *db, struct import_id import,
    proof_sink sink, void *arg, struct err *e)
{
	struct proof p = {.db = db, .sink = sink, .arg = arg, .err = e};
	struct import_facts facts = {.undone = false};
	struct arena a;

	arena_init(&a);
	begin(&p);
	str_addz(&p.text, import_head);
	enum status st = load_facts(&p, &a, import, &facts);

	if (st == STATUS_OK)
		st = each_row(&p, &facts);
	st = end(&p, st);
	arena_release(&a);
	return st;
}
