/* consent_ledger_store.c: rows of contact_consent and import_contact */
/* SPDX-License-Identifier: MIT */
#include "storage/consent_ledger_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "storage/hook_event_store.h"

#define LATEST INT64_C(253402300799000) /* the end of the year 9999 */
#define COLUMNS 15
#define IDS 50u
#define Q5 "?,?,?,?,?"
#define Q50 Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5

enum sql {
	ADD,
	PUT,
	LATER_NO,
	LIST,
	ROWS
};

/* Whether the person's last word on a purpose, before the row came, was no. */
#define WITHDRAWN(purpose, person)                                             \
	"COALESCE((SELECT w.status = 'withdrawn' FROM contact_consent w"       \
	" " person " w.purpose = '" purpose "' AND w.at < r.at"                \
	" ORDER BY w.at DESC, w.id DESC LIMIT 1), 0)"
#define ALL_WITHDRAWN(person)                                                  \
	WITHDRAWN("whatsapp_marketing", person)                                \
	", " WITHDRAWN("profiling", person) ", " WITHDRAWN("email", person)
#define PERSON_HAD                                                             \
	ALL_WITHDRAWN("JOIN person ON person.id = w.contact_id WHERE")
#define CONTACT_HAD ALL_WITHDRAWN("WHERE w.contact_id = r.contact_id AND")

static const char *const SQL[] = {
    [ADD] = "INSERT INTO contact_consent (contact_id, purpose, status, basis,"
	    " words, evidence_at, at, origin, member_id, token_id, import_id,"
	    " import_row, job_id, message, detail)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT] = "INSERT INTO import_contact (import_id, at, row_no, contact_id,"
	    " says, evidence_at) VALUES (?, ?, ?, ?, ?, ?)",
    [LATER_NO] =
	"SELECT DISTINCT c.contact_id FROM contact_consent c"
	" WHERE c.contact_id IN (" Q50 ")"
	" AND c.purpose = 'whatsapp_marketing' AND c.status = 'withdrawn'"
	" AND c.origin IN ('webhook', 'page', 'api', 'message', 'opt_out_file')"
	" AND c.at > COALESCE((SELECT MAX(r.at) FROM import_contact r"
	" WHERE r.contact_id = c.contact_id AND r.import_id = ?),"
	" (SELECT MIN(o.at) FROM contact_consent o"
	" WHERE o.contact_id = c.contact_id AND o.job_id = ?),"
	" (SELECT j.created_at FROM job j WHERE j.id = ?))"
	" LOCK IN SHARE MODE",
    [LIST] =
	"WITH RECURSIVE person (id) AS (SELECT CAST(? AS UNSIGNED) UNION"
	" SELECT contact.id FROM contact JOIN person"
	" ON contact.merged_into = person.id)"
	" SELECT l.*, COALESCE(m.name, ''), COALESCE(t.name, ''),"
	" COALESCE(i.file_name, ''), COALESCE(o.words, ''),"
	" COALESCE(o.member_id, 0), COALESCE(n.name, ''),"
	" i.state IN ('undone', 'redoing')"
	" FROM (SELECT c.at, 1 AS kind, c.id AS place, c.contact_id, c.purpose,"
	" c.status, c.basis, c.words, '' AS words_version, c.evidence_at,"
	" c.origin, c.member_id, c.token_id, c.import_id, c.import_row,"
	" c.job_id, c.message, c.detail, 0 AS says, 0 AS no_whatsapp,"
	" 0 AS no_profiling, 0 AS no_email"
	" FROM contact_consent c JOIN person ON person.id = c.contact_id"
	" UNION ALL"
	" SELECT r.at, 0, (r.import_id << 32) | r.row_no, r.contact_id,"
	" 'profiling', 'given', 'consent', COALESCE(k.words, ''),"
	" COALESCE(k.words_version, ''), r.evidence_at, 'import', k.member_id,"
	" k.token_id, r.import_id, r.row_no, NULL, '', '', r.says + 0,"
	" " PERSON_HAD " FROM import_contact r"
	" JOIN person ON person.id = r.contact_id"
	" LEFT JOIN consent k ON k.import_id = r.import_id) l"
	" LEFT JOIN member m ON m.id = l.member_id"
	" LEFT JOIN api_token t ON t.id = l.token_id"
	" LEFT JOIN import i ON i.id = l.import_id"
	" LEFT JOIN import_optin o ON o.import_id = l.import_id"
	" LEFT JOIN member n ON n.id = o.member_id"
	" WHERE (l.at, l.kind, l.place) < (?, ?, ?)"
	" ORDER BY l.at DESC, l.kind DESC, l.place DESC LIMIT ?",
    [ROWS] = "SELECT r.row_no, r.contact_id, r.says + 0, r.evidence_at, r.at,"
	     " COALESCE(c.phone, ''), COALESCE(c.email, ''),"
	     " IF(r.says & 16, (SELECT m.name FROM import_optin o JOIN member m"
	     " ON m.id = o.member_id WHERE o.import_id = r.import_id), ''),"
	     " " CONTACT_HAD " FROM import_contact r"
	     " LEFT JOIN contact c ON c.id = r.contact_id"
	     " WHERE r.import_id = ? AND r.row_no > ?"
	     " ORDER BY r.row_no LIMIT ?",
};

const struct ledger_place ledger_newest = {LATEST, 9, 0};

static int64_t moment(const struct consent_entry *entry)
{
	return entry->at ? entry->at : clock_now();
}

/* That of WhatsApp is a field of the contact: its change is told. */
static bool is_told(const struct consent_entry *x)
{
	return x->status == CONSENT_WITHDRAWN &&
	       x->purpose != PURPOSE_WHATSAPP_MARKETING;
}

/* Outgoing webhooks are told of those that withdraw, the ones that have
 * purpose and origin in common at a time. */
static enum status tell_withdrawn(
    struct db *db, const struct consent_entry *entries, size_t n, struct err *e)
{
	uint64_t *contacts = NULL;
	enum status st = STATUS_OK;

	for (size_t i = 0, count; st == STATUS_OK && i < n; i += count) {
		const struct consent_entry *x = &entries[i];
		const struct hook_cause cause = {
		    .actor = {.member = x->member, .token = x->token},
		    .import = x->import,
		    .job = x->job,
		    .opt_outs = x->origin == ORIGIN_OPT_OUT_FILE};

		count = 1;
		if (!is_told(x))
			continue;
		if (!contacts)
			contacts = xcalloc(n, sizeof(*contacts));
		contacts[0] = x->contact.n;
		for (; i + count < n && is_told(&x[count]) &&
		       x[count].purpose == x->purpose &&
		       x[count].origin == x->origin;
		     count++)
			contacts[count] = x[count].contact.n;
		st = hook_event_opted_out(db, contacts, count,
		    consent_purposes[x->purpose].key,
		    consent_origins[x->origin].key, &cause, moment(x), e);
	}
	free(contacts);
	return st;
}

enum status consent_ledger_store_add(struct db *db,
    const struct consent_entry *entry, uint64_t *id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ADD]);

	db_put_u64(q, entry->contact.n);
	db_put_text(q, consent_purposes[entry->purpose].key);
	db_put_text(q, consent_statuses[entry->status].key);
	db_put_text(q, consent_bases[entry->basis].key);
	db_put_text(q, str_or_empty(entry->words));
	db_put_time(q, entry->evidence_at);
	db_put_time(q, moment(entry));
	db_put_text(q, consent_origins[entry->origin].key);
	db_put_id(q, entry->member.n);
	db_put_id(q, entry->token.n);
	db_put_id(q, entry->import.n);
	db_put_id(q, entry->import_row);
	db_put_id(q, entry->job.n);
	db_put_text(q, str_or_empty(entry->message));
	db_put_text(q, str_or_empty(entry->detail));
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK && id)
		*id = db_last_id(q);
	return st == STATUS_OK ? tell_withdrawn(db, entry, 1, e) : st;
}

/* --- many --- */

/* A moment as DATETIME(3) takes it; "" for none. */
static const char *sql_time(struct arena *a, int64_t ms)
{
	char text[32];

	if (!ms)
		return "";
	clock_format(ms, text);
	text[10] = ' ';
	text[23] = '\0';
	return arena_strdup(a, text);
}

static void text_of(struct arena *a, const struct consent_entry *x,
    const char *out[COLUMNS], uint64_t numbers[COLUMNS])
{
	numbers[0] = x->contact.n;
	out[1] = consent_purposes[x->purpose].key;
	out[2] = consent_statuses[x->status].key;
	out[3] = consent_bases[x->basis].key;
	out[4] = str_or_empty(x->words);
	out[5] = sql_time(a, x->evidence_at);
	out[6] = sql_time(a, moment(x));
	out[7] = consent_origins[x->origin].key;
	numbers[8] = x->member.n;
	numbers[9] = x->token.n;
	numbers[10] = x->import.n;
	numbers[11] = x->import_row;
	numbers[12] = x->job.n;
	out[13] = str_or_empty(x->message);
	out[14] = str_or_empty(x->detail);
}

static bool is_number(size_t column)
{
	return column == 0 || (column >= 8 && column <= 12);
}

enum status consent_ledger_store_add_many(struct db *db, struct arena *a,
    const struct consent_entry *entries, size_t n, struct err *e)
{
	struct db_column columns[COLUMNS];
	const char **texts[COLUMNS] = {NULL};
	uint64_t *numbers[COLUMNS] = {NULL};

	if (!n)
		return STATUS_OK;
	for (size_t k = 0; k < COLUMNS; k++) {
		texts[k] = arena_raw(a, n * sizeof(**texts));
		numbers[k] = arena_raw(a, n * sizeof(**numbers));
		columns[k] = (struct db_column){
		    .kind = is_number(k) ? DB_NUMBERS : DB_TEXTS,
		    .texts = texts[k],
		    .numbers = numbers[k],
		    .zero_is_null = k > 0,
		    .empty_is_null = k == 5,
		};
	}
	for (size_t i = 0; i < n; i++) {
		const char *out[COLUMNS] = {NULL};
		uint64_t values[COLUMNS] = {0};

		text_of(a, &entries[i], out, values);
		for (size_t k = 0; k < COLUMNS; k++) {
			texts[k][i] = out[k];
			numbers[k][i] = values[k];
		}
	}
	enum status st = db_bulk(db, SQL[ADD], columns, COLUMNS, n, e);

	return st == STATUS_OK ? tell_withdrawn(db, entries, n, e) : st;
}

/* --- rows of imports --- */

/* The kept form "2022-10-31T14:00:00.000Z" without its letters. */
static const char *sql_moment(struct arena *a, const char *kept)
{
	if (strlen(kept) < 23)
		return "";
	char *copy = arena_strndup(a, kept, 23);

	copy[10] = ' ';
	return copy;
}

enum status import_contact_put(struct db *db, struct arena *a,
    struct import_id import, const struct import_contact *rows, size_t n,
    int64_t now, struct err *e)
{
	const char *at = sql_time(a, now);
	uint64_t *row_no = arena_raw(a, (n + 1) * sizeof(*row_no));
	uint64_t *contacts = arena_raw(a, (n + 1) * sizeof(*contacts));
	uint64_t *says = arena_raw(a, (n + 1) * sizeof(*says));
	const char **evidence = arena_raw(a, (n + 1) * sizeof(*evidence));

	for (size_t i = 0; i < n; i++) {
		row_no[i] = rows[i].row;
		contacts[i] = rows[i].contact;
		says[i] = rows[i].says;
		evidence[i] = sql_moment(a, rows[i].evidence);
	}
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &import.n},
	    {.kind = DB_CONST_TEXT, .texts = &at},
	    {.kind = DB_NUMBERS, .numbers = row_no},
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_NUMBERS, .numbers = says},
	    {.kind = DB_TEXTS, .texts = evidence, .empty_is_null = true},
	};

	return n ? db_bulk(db, SQL[PUT], columns,
		       sizeof(columns) / sizeof(*columns), n, e)
		 : STATUS_OK;
}

/* --- reading --- */

enum status consent_ledger_store_later_no(struct db *db, struct arena *a,
    const uint64_t *ids, size_t n, struct import_id import, struct job_id job,
    uint64_t **out, size_t *count, struct err *e)
{
	enum status st = STATUS_OK;

	*out = arena_raw(a, (n + 1) * sizeof(**out));
	*count = 0;
	for (size_t i = 0; st == STATUS_OK && i < n; i += IDS) {
		struct db_query *q = db_query(db, SQL[LATER_NO]);

		for (size_t k = 0; k < IDS; k++)
			db_put_u64(q, ids[i + k < n ? i + k : i]);
		db_put_u64(q, import.n);
		db_put_u64(q, job.n);
		db_put_u64(q, job.n);
		st = db_run(q, e);
		while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
			(*out)[(*count)++] = db_get_u64(q);
		db_done(q);
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	return st;
}

static unsigned word_of(struct db_query *q, struct arena *a,
    const struct consent_word *words, int count)
{
	int i = consent_word_find(words, count, db_get_text(q, a));

	return i < 0 ? 0 : (unsigned)i;
}

static void read_step(
    struct db_query *q, struct arena *a, struct ledger_step *s)
{
	struct consent_entry *x = &s->entry;

	s->place.at = x->at = db_get_time(q);
	s->place.kind = db_get_u64(q);
	s->place.key = db_get_u64(q);
	x->id = s->place.kind ? s->place.key : 0;
	x->contact.n = db_get_u64(q);
	x->purpose = word_of(q, a, consent_purposes, CONSENT_PURPOSES);
	x->status = word_of(q, a, consent_statuses, CONSENT_STATUSES);
	x->basis = word_of(q, a, consent_bases, CONSENT_BASES);
	x->words = db_get_text(q, a);
	x->words_version = db_get_text(q, a);
	x->evidence_at = db_get_time(q);
	x->origin = word_of(q, a, consent_origins, CONSENT_ORIGINS);
	x->member.n = db_get_u64(q);
	x->token.n = db_get_u64(q);
	x->import.n = db_get_u64(q);
	x->import_row = db_get_u64(q);
	x->job.n = db_get_u64(q);
	x->message = db_get_text(q, a);
	x->detail = db_get_text(q, a);
	s->says = (unsigned)db_get_u64(q);
	for (int i = 0; i < CONSENT_PURPOSES; i++)
		s->had_withdrawn[i] = db_get_bool(q);
	x->member_name = db_get_text(q, a);
	x->token_name = db_get_text(q, a);
	x->import_file = db_get_text(q, a);
	s->optin_words = db_get_text(q, a);
	s->optin_member.n = db_get_u64(q);
	s->optin_name = db_get_text(q, a);
	x->undone = db_get_bool(q);
}

enum status consent_ledger_store_list(struct db *db, struct arena *a,
    struct contact_id contact, const struct ledger_place *below, size_t limit,
    struct ledger_step **steps, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LIST]);

	*steps = arena_alloc(a, (limit + 1) * sizeof(**steps));
	*count = 0;
	db_put_u64(q, contact.n);
	db_put_time(q, below->at);
	db_put_u64(q, below->kind);
	db_put_u64(q, below->key);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		read_step(q, a, &(*steps)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static void read_row(
    struct db_query *q, struct arena *a, struct import_proof *p)
{
	struct consent_entry *x = &p->step.entry;

	x->import_row = db_get_u64(q);
	x->contact.n = db_get_u64(q);
	p->step.says = (unsigned)db_get_u64(q);
	x->evidence_at = db_get_time(q);
	x->at = db_get_time(q);
	p->phone = db_get_text(q, a);
	p->email = db_get_text(q, a);
	p->step.optin_name = db_get_text(q, a);
	p->step.optin_words = "";
	for (int i = 0; i < CONSENT_PURPOSES; i++)
		p->step.had_withdrawn[i] = db_get_bool(q);
}

enum status import_contact_list(struct db *db, struct arena *a,
    struct import_id import, uint64_t after, size_t limit,
    struct import_proof **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ROWS]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	db_put_u64(q, import.n);
	db_put_u64(q, after);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		read_row(q, a, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
