/* match.c: what becomes of each row of a batch */
/* SPDX-License-Identifier: MIT */
#include "domain/import/match.h"

#include <string.h>

#include "base/str.h"
#include "domain/contact/contact_state.h"
#include "domain/import/match_text.h"
#include "domain/import/matching.h"
#include "domain/import/optout_list.h"
#include "domain/import/trashed.h"

#define BEFORE_CAP (4u << 20)
#define ROW_TAGS_MAX 1000u

/* --- the same key twice in the file --- */

static bool is_duplicate(struct matching *x, uint64_t hash, uint64_t *first)
{
	enum rule_duplicates rule = rules_of(x)->duplicates;

	*first = 0;
	if (rule == DUPLICATES_REJECT_ALL)
		return keys_twice(x->m->twice, hash);
	if (rule != DUPLICATES_FIRST_WINS)
		return false;
	*first = keys_find(x->m->keys, hash);
	if (!*first)
		*first = keys_find(&x->fresh, hash);
	return *first != 0;
}

static enum outcome reject_duplicate(
    struct matching *x, const struct checked_row *r, uint64_t first)
{
	enum contact_field f = key_field(x, r);

	return matching_reject(
	    x, DUPLICATE_IN_FILE, f, match_duplicate_text(x->arena, f, first));
}

static void remember_key(struct matching *x, uint64_t hash, uint64_t row)
{
	struct matched *out = x->out;

	if (rules_of(x)->duplicates != DUPLICATES_FIRST_WINS)
		return;
	keys_add(&x->fresh, hash, row);
	keys_pack(out->keys + out->keys_length, hash, row);
	out->keys_length += KEYS_ENTRY;
}

/* --- tags --- */

static bool has_unknown_tag(struct matching *x, const struct checked_row *r)
{
	for (size_t i = 0; i < r->tag_count; i++)
		if (!book_find_tag(x->m->book, x->arena, r->tags[i]))
			return true;
	return false;
}

static void warn_unknown_tag(struct matching *x, const char *tag)
{
	matching_add_problem(x, TAG_UNKNOWN, FIELD_COUNT,
	    arena_printf(x->arena,
		"The tag \"%.60s\" does not exist and was not assigned: create"
		" it first.",
		tag));
}

/* Ids of the tags that the import gives to all. */
static size_t tags_of_import(const struct matching *x, uint64_t *out)
{
	const struct book *book = x->m->book;
	size_t n = 0;

	for (size_t i = 0; i < book->import_tag_count && n < ROW_TAGS_MAX; i++)
		out[n++] = book->import_tags[i];
	return n;
}

/* Behind them, those that the row gives; how many there are now. */
static size_t tags_of_row(
    struct matching *x, const struct checked_row *r, uint64_t *out, size_t n)
{
	for (size_t i = 0; i < r->tag_count && n < ROW_TAGS_MAX; i++) {
		const struct tag_entry *t =
		    book_find_tag(x->m->book, x->arena, r->tags[i]);

		if (t) {
			out[n++] = t->id;
			continue;
		}
		if (rules_of(x)->unknown_tag == TAG_DROP) {
			warn_unknown_tag(x, r->tags[i]);
			continue;
		}
		x->status = book_ensure_tag(x->m->book, x->m->db, x->arena,
		    r->tags[i], &out[n], x->err);
		if (x->status != STATUS_OK)
			return n;
		n++;
	}
	return n;
}

/* --- what becomes of a row --- */

static void add_revision(struct matching *x, const struct target *t,
    const char *before, enum revision_kind kind)
{
	struct matched *out = x->out;

	out->revisions[out->revision_count++] = (struct batch_revision){
	    .contact = t->contact.id.n,
	    .version = t->contact.version - 1,
	    .row = x->batch->rows[x->at].row,
	    .before = before,
	    .kind = kind,
	};
}

/* When a member confirmed that the row may overturn an opt-out, or 0. */
static int64_t optin_confirmed(const struct matching *x,
    const struct checked_row *r, const struct target *t)
{
	const struct optins *o = x->m->optins;

	return o && optins_allow(
			o, r->row, t, matching_is_of_this_file(x, t), &x->taken)
		   ? o->c.at
		   : 0;
}

/* A row that says opt-in of an opt-out is listed, whatever came of it. */
static void note_optout(struct matching *x, const struct checked_row *r,
    const struct target *t, const struct row_met *met)
{
	struct matched *out = x->out;

	if (!met->optout)
		return;
	out->optouts[out->optout_count] = (struct optout_row){
	    .row = r->row,
	    .contact = t->contact.id.n,
	    .kept = !x->application.optin_confirmed,
	};
	if (x->m->optins)
		optins_take(
		    x->m->optins, &x->taken, &out->optouts[out->optout_count]);
	if (out->optouts[out->optout_count++].kept)
		matching_add_problem(x, OPT_OUT_KEPT, FIELD_WHATSAPP_OPTED,
		    optout_message(met->proof));
}

static const char *lay(struct matching *x, struct target *t,
    const struct checked_row *r, const struct row_tags *tags)
{
	struct row_met met;

	x->application.optin_confirmed = optin_confirmed(x, r, t);
	const char *before = apply_row(&x->application, t, r, tags, &met);

	note_optout(x, r, t, &met);
	if (met.state_was)
		matching_add_problem(x, STATE_NOT_ALLOWED, FIELD_STATE,
		    contact_state_refusal(
			x->arena, met.state_was, r->value[FIELD_STATE]));
	x->out->says[x->at] = optout_says(
	    &t->contact, r, met.optout && x->application.optin_confirmed);
	x->out->of_row[x->at] = t;
	return before;
}

static enum outcome create(struct matching *x, const struct checked_row *r,
    const struct row_tags *tags)
{
	struct contact none = {.id = {x->next_id++}};

	for (int i = 0; i < FIELD_COUNT; i++)
		none.value[i] = "";
	struct target *t = people_add(&x->people, &none);

	apply_new(&x->application, t, r);
	lay(x, t, r, tags);
	people_index(&x->people, t);
	changes_end_row(&x->changes, t->contact.id.n);
	return OUTCOME_CREATED;
}

static void keep_update(
    struct matching *x, const struct target *t, const char *before)
{
	struct row_change *c = &x->out->of_update[x->at];

	c->before = before;
	c->after = t->contact;
	c->after.tags =
	    arena_raw(x->arena, (t->tag_count + 1) * sizeof(char *));
	c->after.tag_count = t->tag_count;
	for (size_t i = 0; i < t->tag_count; i++)
		c->after.tags[i] = book_tag_name(x->m->book, t->tags[i]);
}

static enum outcome update(struct matching *x, struct target *t,
    const struct checked_row *r, const struct row_tags *tags)
{
	bool was_in_trash = t->contact.trashed_at != 0;
	const char *before = lay(x, t, r, tags);

	if (!before)
		return OUTCOME_UNCHANGED;
	if (was_in_trash)
		matching_add_problem(x, RESTORED_FROM_TRASH, key_field(x, r),
		    trashed_warning(x->arena, t));
	people_index(&x->people, t);
	changes_end_row(&x->changes, t->contact.id.n);
	if (x->out->of_update)
		keep_update(x, t, before);
	add_revision(
	    x, t, before, was_in_trash ? REVISION_RESTORE : REVISION_UPDATE);
	return OUTCOME_UPDATED;
}

static enum outcome get_in(
    struct matching *x, struct target *t, const struct checked_row *r)
{
	enum rule_existing existing = rules_of(x)->existing;
	bool skips =
	    existing == EXISTING_SKIP || existing == EXISTING_CREATE_ONLY;
	uint64_t ids[ROW_TAGS_MAX];

	const char *refusal =
	    t && t->contact.trashed_at
		? trashed_refusal(x->arena, t, x->m->book, skips)
		: NULL;

	if (refusal)
		return matching_reject(x, IN_TRASH, key_field(x, r), refusal);
	if (t && skips)
		return matching_reject(x, ALREADY_THERE, key_field(x, r),
		    "The contact is already in the book; this import only"
		    " creates new ones.");
	if (!t && existing == EXISTING_UPDATE_ONLY)
		return matching_reject(x, NOT_THERE, key_field(x, r),
		    "The contact is not in the book; this import only updates"
		    " those that are.");
	size_t own = tags_of_import(x, ids);
	const struct row_tags tags = {
	    .ids = ids,
	    .own = own,
	    .count = tags_of_row(x, r, ids, own),
	    .column = r->has_tags,
	    .empty = r->tag_count == 0,
	};

	return t ? update(x, t, r, &tags) : create(x, r, &tags);
}

/* Under "phone, else e-mail" an id finds somebody, but makes nobody. */
static bool may_be_new(const struct matching *x, const struct checked_row *r)
{
	return rules_of(x)->key != KEY_PHONE_ELSE_EMAIL ||
	       !str_empty(r->value[FIELD_PHONE]) ||
	       !str_empty(r->value[FIELD_EMAIL]);
}

/* Somebody who is not to come back by a file: asked for the row's e-mail
 * address when its contact is known (NULL: a new one), for its other keys
 * before. */
static const struct suppression *keeps_out(struct matching *x,
    const struct checked_row *r, bool of_email, const struct target *t)
{
	return suppressed_by(&x->suppressed, x->at, r, of_email,
	    t ? &t->contact : NULL, x->application.uploaded);
}

static enum outcome keep_out(struct matching *x, const struct suppression *s)
{
	return matching_reject(x, SUPPRESSED, suppression_field(s->kind),
	    suppression_message(x->arena, s));
}

static enum outcome decide(struct matching *x, const struct checked_row *r)
{
	const char *key = row_key(x->arena, r, rules_of(x)->key);
	uint64_t first;

	if (!key)
		return matching_reject(x, PHONE_MISSING, FIELD_PHONE,
		    "The row has no value that the contact could be found by.");
	uint64_t hash = key_hash(row_key_kind(key_field(x, r)), key);

	suppressed_next_row(&x->suppressed);
	const struct suppression *listed = keeps_out(x, r, false, NULL);

	if (listed)
		return keep_out(x, listed);
	if (is_duplicate(x, hash, &first))
		return reject_duplicate(x, r, first);
	struct finding found = matching_find(x, r, key);

	if (!found.failed)
		found = matching_check_unique(x, r, found);
	if (found.failed)
		return found.outcome;
	listed = keeps_out(x, r, true, found.target);
	if (listed)
		return keep_out(x, listed);
	if (!found.target && !may_be_new(x, r))
		return matching_reject(x, PHONE_MISSING, FIELD_PHONE,
		    "There is neither a phone number nor an e-mail address, "
		    "and nobody in the book has this user ID: add one of "
		    "them.");
	if (rules_of(x)->unknown_tag == TAG_REJECT && has_unknown_tag(x, r))
		return matching_reject(x, TAG_REJECTED, FIELD_COUNT,
		    "A tag of the row does not exist: create it first.");
	remember_key(x, hash, r->row);
	if (!found.target)
		return suppressed_lift(
		    &x->suppressed, get_in(x, NULL, r), x->out);
	const struct checked_row *said =
	    trashed_row(&x->people, found.target, r);
	enum outcome outcome = suppressed_lift(
	    &x->suppressed, get_in(x, found.target, said), x->out);

	if (said != r &&
	    (outcome == OUTCOME_UPDATED || outcome == OUTCOME_UNCHANGED))
		matching_add_problem(x, MERGED_CONTACT, key_field(x, r),
		    trashed_merged(x->arena, found.target));
	return outcome;
}

static void decide_row(struct matching *x, size_t i)
{
	const struct checked_row *r = &x->batch->rows[i];
	enum outcome o;

	x->at = i;
	for (size_t k = 0; k < r->problem_count; k++)
		matching_keep_problem(x, &r->problems[k]);
	if (row_takes_part(r))
		o = decide(x, r);
	else
		o = r->rejected ? OUTCOME_REJECTED : OUTCOME_SKIPPED;
	x->out->outcomes[i] = o;
	match_count(&x->out->counts, o);
}

static void begin(struct matching *x, struct matched *out)
{
	/* One moment for all rows: of two answers in one file neither is newer.
	 */
	int64_t started = x->m->plan->row.head.started_at;
	struct arena *a = x->arena;

	memset(out, 0, sizeof(*out));
	if (x->m->look_only)
		out->of_update =
		    arena_alloc(a, BATCH_ROWS * sizeof(*out->of_update));
	out->revisions = arena_raw(a, BATCH_ROWS * sizeof(*out->revisions));
	out->keys = arena_raw(a, (size_t)BATCH_ROWS * KEYS_ENTRY);
	x->suppressed.arena = a;
	x->suppressed.earlier = x->m->lifted;
	out->optouts = arena_raw(a, BATCH_ROWS * sizeof(*out->optouts));
	people_init(&x->people, a, x->batch->count);
	str_init(&x->scratch, BEFORE_CAP);
	changes_init(&x->changes, a);
	x->application = (struct application){
	    .arena = a,
	    .plan = x->m->plan,
	    .book = x->m->book,
	    .scratch = &x->scratch,
	    .changes = &x->changes,
	    .now = started ? started : x->m->now,
	    .uploaded = x->m->plan->row.head.created_at,
	};
	write_rules_make(
	    rules_of(x), &x->m->plan->mapping, &x->application.rules);
}

static void match_rows(struct matching *x)
{
	matching_call_ghosts(x);
	/* First of all, so that nobody is put on the list between this and the
	 * commit. */
	x->status = suppressed_read(
	    &x->suppressed, x->m->db, x->batch, !x->m->look_only, x->err);
	if (x->status == STATUS_OK)
		x->status = matching_read(x);
	for (size_t i = 0; x->status == STATUS_OK && i < x->batch->count; i++)
		decide_row(x, i);
	matching_keep_ghosts(x);
}

enum status match_batch(
    struct matcher *m, struct batch *b, struct matched *out, struct err *e)
{
	struct matching x = {
	    .m = m,
	    .arena = &b->arena,
	    .batch = b,
	    .out = out,
	    .next_id = m->next_id,
	    .err = e,
	    .status = STATUS_OK,
	};

	begin(&x, out);
	if (m->plan->format->optout)
		optout_list_match(&x);
	else
		match_rows(&x);
	out->targets = x.people.targets;
	out->target_count = x.people.count;
	out->fields = x.changes.fields;
	out->field_rows = x.changes.rows;
	out->field_count = x.changes.field_count;
	out->changes = changes_pack(&x.changes, &out->changes_length);
	m->next_id = x.next_id;
	changes_release(&x.changes);
	keys_release(&x.fresh);
	keys_release(&x.taken);
	suppressed_release(&x.suppressed);
	str_release(&x.scratch);
	return x.status;
}
