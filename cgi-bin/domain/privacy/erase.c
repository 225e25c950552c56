/* erase.c: a person leaves the book for good */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/erase.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "domain/contact/contact_message.h"
#include "domain/privacy/erase_steps.h"
#include "domain/privacy/suppression.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"

#define REMAINING_CAP (12u << 20)

const struct erased_info erased_infos[ERASED_COUNT] = {
    [ERASED_CONTACTS] = {"contacts", "contacts"},
    [ERASED_REVISIONS] = {"revisions", "earlier versions"},
    [ERASED_MESSAGES] = {"messages", "messages"},
    [ERASED_CONSENTS] = {"consents", "entries of consent"},
    [ERASED_TAGS] = {"tags", "tags taken off"},
    [ERASED_SEGMENTS] = {"segments", "places in segments"},
    [ERASED_CAMPAIGNS] = {"campaigns", "places in campaigns"},
    [ERASED_FILES] = {"files", "kept files"},
    [ERASED_ROWS] = {"rows", "rows of files"},
    [ERASED_CELLS] = {"cells", "cells of files"},
    [ERASED_PROBLEMS] = {"problems", "findings about rows"},
    [ERASED_EVENTS] = {"events", "events of the webhook"},
    [ERASED_TEXTS] = {"texts", "filters, corrections and other texts"},
    [ERASED_KEYS] = {"keys", "keys on the list of suppressions"},
};

/* --- counts as JSON --- */

const char *erase_counts_text(
    struct arena *a, const uint64_t counts[ERASED_COUNT])
{
	struct json_writer w;
	struct str out;

	str_init(&out, 4096);
	json_writer_init(&w, &out);
	json_open(&w, '{');
	for (int i = 0; i < ERASED_COUNT; i++)
		json_pair_int(&w, erased_infos[i].key, (int64_t)counts[i]);
	json_close(&w, '}');
	const char *text = arena_strdup(a, str_text(&out));

	str_release(&out);
	return text;
}

void erase_counts_read(
    struct arena *a, const char *text, uint64_t counts[ERASED_COUNT])
{
	struct json_t *v = NULL;

	json_parse(a, text, strlen(text), &v, NULL);
	for (int i = 0; i < ERASED_COUNT; i++) {
		int64_t n = 0;

		json_int(json_get(v, erased_infos[i].key), &n);
		counts[i] = (uint64_t)n;
	}
}

const char *erase_remaining_text(struct arena *a, const struct person_keys *k)
{
	struct str out;

	str_init(&out, REMAINING_CAP);
	person_keys_write(&out, k);
	const char *text = out.full ? NULL : arena_strdup(a, str_text(&out));

	str_release(&out);
	return text;
}

/* --- the book --- */

struct erasing {
	struct arena *arena;
	const struct actor *actor;
	enum person_by by;
	const char *value;
	struct erase_result *out;
	struct person_keys keys;
};

static bool is_key(enum person_by by)
{
	return by == PERSON_BY_PHONE || by == PERSON_BY_EMAIL;
}

/* Counts what there is, then takes it away. */
static enum status take_contacts(
    struct erasing *x, struct db *db, struct err *e)
{
	const struct person *p = x->out->found.people;
	struct person_counts sum = {0};
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < p->ids.count; i++) {
		st = person_store_count(db, p->ids.ids[i], &sum, e);
		if (st == STATUS_OK)
			st =
			    person_store_delete(db, x->arena, p->ids.ids[i], e);
	}
	uint64_t *counts = x->out->counts;

	counts[ERASED_CONTACTS] = sum.contacts;
	counts[ERASED_REVISIONS] = sum.revisions;
	counts[ERASED_MESSAGES] = sum.messages;
	counts[ERASED_CONSENTS] = sum.consents;
	counts[ERASED_TAGS] = sum.tags;
	counts[ERASED_SEGMENTS] = sum.segments;
	counts[ERASED_CAMPAIGNS] = sum.campaigns;
	return st;
}

/* A key that somebody else has by now is not the person's any more. Only an
 * e-mail address goes on the list all the same: it can be both people's. */
static enum status suppress(struct erasing *x, struct db *db, struct err *e)
{
	struct arena *a = x->arena;
	struct suppression_value *values;
	size_t n = 0;
	size_t most = 0;
	enum status st = STATUS_OK;

	for (int k = 0; k < SUPPRESSION_KINDS; k++)
		most += x->keys.keys[k].count;
	values = arena_alloc(a, (most + 1) * sizeof(*values));
	for (int k = 0; k < SUPPRESSION_KINDS; k++) {
		enum suppression_kind kind = (enum suppression_kind)k;
		struct text_set *set = &x->keys.keys[k];
		size_t kept = 0;

		for (size_t i = 0; st == STATUS_OK && i < set->count; i++) {
			const char *text = set->items[i];
			bool held = false;

			st = person_store_held(
			    db, suppression_field(kind), text, &held, e);
			if (!held || kind == SUPPRESSION_EMAIL)
				values[n++] =
				    (struct suppression_value){kind, text, 0};
			if (!held)
				set->items[kept++] = text;
		}
		set->count = kept;
	}
	x->out->counts[ERASED_KEYS] = n;
	return st == STATUS_OK ? suppression_add(db, a, values, n,
				     SUPPRESSION_ERASED, 0, "erasure", e)
			       : st;
}

static enum status insert_row(struct erasing *x, struct db *db, struct err *e)
{
	struct arena *a = x->arena;
	struct erase_result *out = x->out;
	const struct person_found *f = &out->found;
	struct erasure row = {
	    .contact = f->count ? f->people->contact.id.n : 0,
	    .remaining = erase_remaining_text(a, &x->keys),
	    .counts = erase_counts_text(a, out->counts),
	};

	if (!row.remaining)
		return ERR(e, STATUS_FAILED, "too much is known of a person");
	enum status st = erasure_insert(db, &row, x->actor, e);

	out->id = row.id;
	out->contact = row.contact;
	return st == STATUS_OK
		   ? audit_add(db, x->actor, "privacy.erase",
			 f->count
			     ? contact_subject_text(a, f->people->contact.id)
			     : "person",
			 arena_printf(a, "erasure %llu, %s",
			     (unsigned long long)row.id,
			     erase_audit_text(
				 db, a, x->by, f->count ? "" : f->value)),
			 e)
		   : st;
}

/* Waits for batches of imports that are under way, and keeps others from
 * beginning, until it is committed. */
static enum status erase_book(struct db *db, void *arg, struct err *e)
{
	struct erasing *x = arg;
	struct erase_result *out = x->out;
	struct contact locked;
	enum suppression_kind kind;

	memset(out, 0, sizeof(*out));
	x->keys = (struct person_keys){.row_count = 0};
	enum status st = suppression_lock(db, e);

	if (st == STATUS_OK)
		st = person_find(db, x->arena, x->by, x->value, &out->found, e);
	if (st != STATUS_OK)
		return st;
	if (out->found.count > 1)
		return ERR(e, STATUS_CONFLICT, "several people have it");
	if (!out->found.count && (!is_key(x->by) || !*out->found.value))
		return ERR(e, STATUS_NOT_FOUND, "nobody has it");
	if (person_by_kind(x->by, &kind))
		person_keys_add(x->arena, &x->keys, kind, out->found.value);
	if (out->found.count) {
		const struct person *p = out->found.people;

		for (size_t i = 0; st == STATUS_OK && i < p->ids.count; i++)
			st = contact_store_get(db, x->arena,
			    (struct contact_id){p->ids.ids[i]}, true, &locked,
			    e);
		if (st == STATUS_OK)
			st = person_collect(db, x->arena, p, &x->keys, e);
		if (st == STATUS_OK)
			st = take_contacts(x, db, e);
	}
	if (st == STATUS_OK)
		st = suppress(x, db, e);
	/* Gone in between: another erasure has it. */
	if (st != STATUS_OK)
		return st == STATUS_NOT_FOUND ? STATUS_BUSY : st;
	return insert_row(x, db, e);
}

enum status erase_person(struct db *db, struct arena *a,
    const struct actor *actor, enum person_by by, const char *value, int64_t ms,
    struct erase_result *out, struct err *e)
{
	struct erasing x = {
	    .arena = a, .actor = actor, .by = by, .value = value, .out = out};
	int64_t end = clock_monotonic() + ms;
	enum status st = db_transact(db, erase_book, &x, e);

	if (st != STATUS_OK)
		return st;
	uint64_t id = out->id;

	while (st == STATUS_OK && clock_monotonic() < end)
		st = erase_step(db, id, 0, NULL, e);
	/* The rest is the worker's; what it cannot do it says in its log. */
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		log_err("erasure", st, e);
	return erase_get(db, a, id, out, e);
}

enum status erase_get(struct db *db, struct arena *a, uint64_t id,
    struct erase_result *out, struct err *e)
{
	struct erasure row;
	struct person_keys keys = {.later_count = 0};
	enum status st = erasure_get(db, a, id, &row, e);

	*out = (struct erase_result){.id = id};
	if (st != STATUS_OK)
		return st;
	if (!row.done)
		person_keys_read(a, row.remaining, &keys);
	out->done = row.done;
	out->contact = row.contact;
	erase_counts_read(a, row.counts, out->counts);
	out->waits_for = keys.later;
	out->waits_count = keys.later_count;
	out->member_name = row.member_name;
	out->created_at = row.created_at;
	out->finished_at = row.finished_at;
	return STATUS_OK;
}

/* --- what was asked for --- */

enum status erase_listed(struct db *db, struct arena *a, enum person_by by,
    const char *value, struct suppression *out, struct err *e)
{
	struct suppression_value v = {SUPPRESSION_PHONE, value, 0};
	struct suppression *found = NULL;
	enum status st = STATUS_OK;

	if (person_by_kind(by, &v.kind) && *value)
		st = suppression_look(db, a, &v, 1, false, &found, e);
	*out = found ? *found : (struct suppression){.listed = false};
	return st == STATUS_DENIED ? STATUS_OK : st;
}

const char *erase_audit_text(
    struct db *db, struct arena *a, enum person_by by, const char *value)
{
	enum suppression_kind kind;

	if (!person_by_kind(by, &kind) || !*value)
		return arena_printf(a, "by %s", person_bys[by]);
	return arena_printf(a, "by %s, hash %s", person_bys[by],
	    suppression_short_hash(db, a, kind, value));
}
