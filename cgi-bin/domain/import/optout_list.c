/* optout_list.c: a file that only opts people out */
/* SPDX-License-Identifier: MIT */
/*
 * All that a batch does is worked out in memory, from contacts and keys that
 * are locked, in the order of the rows. A check writes nothing, so it remembers
 * over the batches whom and what it would have opted out, and when.
 */
#include "domain/import/optout_list.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/import/match_text.h"
#include "domain/import/matching.h"
#include "storage/consent_ledger_store.h"
#include "storage/suppression_source_store.h"
#include "storage/withdrawn_store.h"

/* Kinds of what is remembered, beside KEY_BY_PHONE and KEY_BY_EMAIL. */
#define SEEN_CONTACT 'c'
#define SEEN_EMAIL_CONSENT 'm'

#define REASON_MAX 400u /* bytes that the ledger keeps */

/* The rows of a batch being decided. */
struct listing {
	struct matching *x;
	struct optout_list *list;
	struct suppression *found; /* of each key of each row; NULL: none */
	struct keys named;	   /* 1 + index in list->named */
	size_t *key_of; /* of each of list->named: 1 + index in list->keys */
	struct keys withdrawn; /* contacts without consent to e-mails */
	const struct checked_row *row;
	int64_t at;	  /* of the opt-out (ms) */
	bool has_time;	  /* the row says when */
	bool changed;	  /* the row changes something */
	uint64_t contact; /* the first that it changes */
};

static uint64_t id_hash(struct listing *l, char kind, uint64_t id)
{
	return key_hash(
	    kind, arena_printf(l->x->arena, "%llu", (unsigned long long)id));
}

/* A check notes what the tables will not tell the next batch. */
static void note_seen(struct listing *l, uint64_t hash)
{
	struct optout_list *list = l->list;

	if (!l->x->m->opted_out)
		return;
	if (list->seen_count == list->seen_space) {
		size_t space = list->seen_space ? list->seen_space * 2 : 256;
		struct optout_seen *more =
		    arena_raw(l->x->arena, space * sizeof(*more));

		if (list->seen_count)
			memcpy(
			    more, list->seen, list->seen_count * sizeof(*more));
		list->seen = more;
		list->seen_space = space;
	}
	list->seen[list->seen_count++] =
	    (struct optout_seen){hash, (uint32_t)(l->at / 1000)};
}

static int64_t seen_before(const struct listing *l, uint64_t hash)
{
	const struct keys *earlier = l->x->m->opted_out;

	return earlier ? (int64_t)keys_find(earlier, hash) * 1000 : 0;
}

/* --- contacts of the book --- */

/* As much of it as the ledger keeps, in whole characters. */
static const char *reason_of(const struct listing *l)
{
	const char *text = str_or_empty(l->row->reason);
	size_t n = strlen(text);

	if (n <= REASON_MAX)
		return text;
	n = REASON_MAX;
	while (n && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return arena_strndup(l->x->arena, text, n);
}

static void add_entry(
    struct listing *l, const struct target *t, enum consent_purpose purpose)
{
	struct optout_list *list = l->list;
	const struct import *head = &l->x->m->plan->row.head;

	if (list->entry_count == list->entry_space) {
		size_t space = list->entry_space ? list->entry_space * 2 : 256;
		struct consent_entry *more =
		    arena_raw(l->x->arena, space * sizeof(*more));

		if (list->entry_count)
			memcpy(more, list->entries,
			    list->entry_count * sizeof(*more));
		list->entries = more;
		list->entry_space = space;
	}
	list->entries[list->entry_count++] = (struct consent_entry){
	    .contact = t->contact.id,
	    .purpose = purpose,
	    .status = CONSENT_WITHDRAWN,
	    .evidence_at = l->at,
	    .at = l->x->m->now,
	    .origin = ORIGIN_OPT_OUT_FILE,
	    .member = head->member,
	    .import = head->id,
	    .import_row = l->row->row,
	    .detail = reason_of(l),
	};
}

static void add_revision(
    struct listing *l, const struct target *t, const char *before)
{
	struct matched *out = l->x->out;

	/* A row can be about several contacts. */
	if (out->revision_count && out->revision_count % BATCH_ROWS == 0) {
		struct batch_revision *more = arena_raw(l->x->arena,
		    (out->revision_count + BATCH_ROWS) * sizeof(*more));

		memcpy(
		    more, out->revisions, out->revision_count * sizeof(*more));
		out->revisions = more;
	}
	out->revisions[out->revision_count++] = (struct batch_revision){
	    .contact = t->contact.id.n,
	    .version = t->contact.version - 1,
	    .row = l->row->row,
	    .before = before,
	    .kind = REVISION_UPDATE,
	};
}

static void keep_update(
    struct listing *l, const struct target *t, const char *before)
{
	struct row_change *c =
	    l->x->out->of_update ? &l->x->out->of_update[l->x->at] : NULL;

	if (!c || c->before)
		return;
	c->before = before;
	c->after = t->contact;
	c->after.tag_count = 0;
}

/* Lays "no" and its time over the contact; where it is, in the trash too. */
static void opt_out_of_whatsapp(struct listing *l, struct target *t)
{
	struct contact *c = &t->contact;
	bool is_out = str_equal(c->value[FIELD_WHATSAPP_OPTED], "no");
	const struct row_tags no_tags = {.ids = NULL};
	struct checked_row said = {.row = l->row->row};
	int64_t trashed_at = c->trashed_at;
	struct row_met met;
	char at[32];

	clock_format(l->at, at);
	said.value[FIELD_WHATSAPP_OPTED] = "no";
	if (!is_out || l->has_time)
		said.value[FIELD_WHATSAPP_OPTED_AT] =
		    arena_strdup(l->x->arena, at);
	c->trashed_at = 0;
	const char *before =
	    apply_row(&l->x->application, t, &said, &no_tags, &met);

	c->trashed_at = trashed_at;
	if (!before)
		return;
	add_revision(l, t, before);
	keep_update(l, t, before);
	add_entry(l, t, PURPOSE_WHATSAPP_MARKETING);
	note_seen(l, id_hash(l, SEEN_CONTACT, c->id.n));
	l->changed = true;
}

static void opt_out_of_email(struct listing *l, const struct target *t)
{
	uint64_t hash = id_hash(l, SEEN_EMAIL_CONSENT, t->contact.id.n);

	if (keys_find(&l->withdrawn, hash) || seen_before(l, hash))
		return;
	keys_add(&l->withdrawn, hash, 1);
	changes_note(&l->x->changes, OPTOUT_CHANGES_EMAIL);
	add_entry(l, t, PURPOSE_EMAIL);
	note_seen(l, hash);
	l->changed = true;
}

/* False: nobody in the book has the key. */
static bool opt_out_all(struct listing *l, char kind, const char *key)
{
	const struct person_entry *p = people_first(&l->x->people, kind, key);
	bool any = false;

	for (; p; p = people_next(&l->x->people, p)) {
		struct target *t =
		    p->target->winner ? p->target->winner : p->target;

		any = true;
		if (!l->contact)
			l->contact = t->contact.id.n;
		opt_out_of_whatsapp(l, t);
		if (kind == KEY_BY_EMAIL)
			opt_out_of_email(l, t);
	}
	return any;
}

/* --- keys that nobody has --- */

/* How the list stands with the key of this row, as earlier rows left it. */
static struct suppression *named(
    struct listing *l, const struct suppression_value *v, size_t i, char kind)
{
	struct optout_list *list = l->list;
	uint64_t hash = key_hash(kind, v->value);
	size_t known = (size_t)keys_find(&l->named, hash);

	if (known)
		return &list->named[known - 1];
	l->key_of[list->named_count] = 0;
	struct suppression *x = &list->named[list->named_count++];
	int64_t before = seen_before(l, hash);

	*x = l->found && l->found[i].listed
		 ? l->found[i]
		 : suppression_unlisted(l->x->m->db, l->x->arena, v, l->at);
	if (before && (!x->listed || x->at < before)) {
		x->listed = true;
		x->at = before;
	}
	keys_add(&l->named, hash, list->named_count);
	return x;
}

static void suppress(
    struct listing *l, const struct suppression_value *v, size_t i, char kind)
{
	struct suppression *x = named(l, v, i, kind);
	struct optout_list *list = l->list;
	size_t *key = &l->key_of[x - list->named];

	if ((x->listed || *key) && (!l->has_time || l->at <= x->at))
		return;
	if (!*key) {
		list->keys[list->key_count++] = *v;
		*key = list->key_count;
	}
	list->moments[*key - 1] = l->at;
	x->at = l->at;
	changes_note(&l->x->changes, OPTOUT_CHANGES_LIST);
	note_seen(l, key_hash(kind, v->value));
	l->changed = true;
}

/* --- rows --- */

/* A time that is later than the upload is none. */
static void read_time(struct listing *l)
{
	const char *text = l->row->value[FIELD_WHATSAPP_OPTED_AT];
	int64_t uploaded = l->x->application.uploaded;

	l->has_time = !str_empty(text) && clock_parse(text, false, &l->at) &&
		      l->at <= uploaded;
	if (!l->has_time)
		l->at = uploaded;
}

static char kind_of(const struct suppression_value *v)
{
	return v->kind == SUPPRESSION_EMAIL ? KEY_BY_EMAIL : KEY_BY_PHONE;
}

static enum outcome decide(struct listing *l,
    const struct suppression_value *values, size_t from, size_t end)
{
	struct arena *a = l->x->arena;

	read_time(l);
	l->changed = false;
	l->contact = 0;
	for (size_t i = from; i < end; i++) {
		struct suppression_value v = values[i];

		if (v.kind == SUPPRESSION_EMAIL)
			v.value = fold_email(a, v.value);
		if (!opt_out_all(l, kind_of(&v), v.value))
			suppress(l, &v, i, kind_of(&v));
	}
	if (!l->changed)
		return OUTCOME_UNCHANGED;
	changes_end_row(&l->x->changes, l->contact);
	return OUTCOME_UPDATED;
}

/* The keys of all rows; those of row i begin at first[i]. */
static size_t collect(
    struct matching *x, struct suppression_value *values, uint32_t *first)
{
	size_t n = 0;

	for (size_t i = 0; i < x->batch->count; i++) {
		const struct checked_row *r = &x->batch->rows[i];
		const char *own[FIELD_COUNT] = {NULL};

		first[i] = (uint32_t)n;
		if (!row_takes_part(r))
			continue;
		own[FIELD_PHONE] = r->value[FIELD_PHONE];
		own[FIELD_EMAIL] = r->value[FIELD_EMAIL];
		n += suppression_values(own, i, values + n);
	}
	first[x->batch->count] = (uint32_t)n;
	return n;
}

/* Who of the people of this batch has no consent to e-mails, and, in a check,
 * who was opted out by earlier batches. */
static enum status read_people(struct listing *l)
{
	struct matching *x = l->x;
	struct people *p = &x->people;
	uint64_t *ids = arena_raw(x->arena, (p->count + 1) * sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < p->count; i++) {
		struct target *t = p->targets[i];
		int64_t before =
		    seen_before(l, id_hash(l, SEEN_CONTACT, t->contact.id.n));
		char at[32];

		ids[i] = t->contact.id.n;
		if (!before)
			continue;
		clock_format(before, at);
		t->contact.value[FIELD_WHATSAPP_OPTED] = "no";
		t->contact.value[FIELD_WHATSAPP_OPTED_AT] =
		    arena_strdup(x->arena, at);
	}
	enum status st = withdrawn_email(
	    x->m->db, x->arena, ids, p->count, &ids, &n, x->err);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		keys_add(
		    &l->withdrawn, id_hash(l, SEEN_EMAIL_CONSENT, ids[i]), 1);
	return st;
}

static enum status read_all(
    struct listing *l, const struct suppression_value *values, size_t n)
{
	struct matching *x = l->x;
	bool writes = !x->m->look_only && !x->m->ghosts;
	enum status st =
	    writes ? suppression_hold(x->m->db, x->err) : STATUS_OK;

	if (st == STATUS_OK)
		st = suppression_look(
		    x->m->db, x->arena, values, n, writes, &l->found, x->err);
	/* What was looked up ahead may have changed: here no unique key tells
	 * it. */
	for (size_t i = 0; i < x->batch->count; i++)
		x->batch->rows[i].phone_free = false;
	if (st == STATUS_OK)
		st = matching_read(x);
	return st == STATUS_OK ? read_people(l) : st;
}

static void decide_row(struct listing *l, size_t i,
    const struct suppression_value *values, const uint32_t *first)
{
	struct matching *x = l->x;
	const struct checked_row *r = &x->batch->rows[i];
	enum outcome o = r->rejected ? OUTCOME_REJECTED : OUTCOME_SKIPPED;

	x->at = i;
	l->row = r;
	for (size_t k = 0; k < r->problem_count; k++)
		matching_keep_problem(x, &r->problems[k]);
	if (row_takes_part(r))
		o = decide(l, values, first[i], first[i + 1]);
	x->out->outcomes[i] = o;
	match_count(&x->out->counts, o);
}

void optout_list_match(struct matching *x)
{
	struct optout_list *list = arena_alloc(x->arena, sizeof(*list));
	struct listing l = {.x = x, .list = list};
	uint32_t first[BATCH_ROWS + 1];
	size_t space = x->batch->count * SUPPRESSION_VALUES + 1;
	struct suppression_value *values =
	    arena_raw(x->arena, space * sizeof(*values));
	size_t n = collect(x, values, first);

	list->keys = arena_raw(x->arena, (n + 1) * sizeof(*list->keys));
	list->moments = arena_raw(x->arena, (n + 1) * sizeof(*list->moments));
	list->named = arena_raw(x->arena, (n + 1) * sizeof(*list->named));
	l.key_of = arena_raw(x->arena, (n + 1) * sizeof(*l.key_of));
	keys_init(&l.named);
	keys_init(&l.withdrawn);
	x->status = read_all(&l, values, n);
	for (size_t i = 0; x->status == STATUS_OK && i < x->batch->count; i++)
		decide_row(&l, i, values, first);
	keys_release(&l.named);
	keys_release(&l.withdrawn);
	x->out->list = list;
}

void optout_list_keep(struct keys *earlier, const struct optout_list *list)
{
	for (size_t i = 0; i < list->seen_count; i++)
		keys_add(earlier, list->seen[i].hash, list->seen[i].seconds);
}

/* --- writing --- */

enum status optout_list_write(const struct writing *w, struct arena *a,
    const struct optout_list *list, struct err *e)
{
	enum status st = consent_ledger_store_add_many(
	    w->db, a, list->entries, list->entry_count, e);

	if (st == STATUS_OK && list->key_count)
		st = suppression_add_at(w->db, a, list->keys, list->moments,
		    list->key_count, SUPPRESSION_OPTED_OUT, "opt_out_file", e);
	if (st != STATUS_OK)
		return st;
	return suppression_source_put(
	    w->db, a, w->job->id, list->named, list->named_count, e);
}
