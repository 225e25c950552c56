/* match.c: which contact each row is about, and what it changes there */
/* SPDX-License-Identifier: MIT */
#include "domain/import/match.h"

#include <string.h>

#include "base/str.h"
#include "domain/contact_state.h"
#include "domain/import/apply.h"
#include "domain/import/match_text.h"
#include "domain/import/people.h"
#include "domain/import/problem.h"
#include "domain/import/suppressed.h"
#include "domain/import/trashed.h"

#define BEFORE_CAP (4u << 20)
#define ROW_TAGS_MAX 1000u

/* The matching of one batch. */
struct matching {
	struct matcher *m;
	struct arena *arena;
	struct batch *batch;
	struct matched *out;
	struct people people;
	struct application application;
	struct changes changes;
	struct str scratch;
	struct keys fresh; /* keys of this batch */
	struct keys taken; /* opt-outs that this batch has overturned */
	struct suppressed suppressed;
	uint64_t next_id;
	size_t problem_space;
	size_t at; /* the row that is being decided */
	struct err *err;
	enum status status;
};

static const struct import_rules *rules_of(const struct matching *x)
{
	return &x->m->plan->rules;
}

/* --- reading the contacts that the batch is about --- */

static size_t values_of(
    struct matching *x, enum contact_field f, const char **out)
{
	size_t n = 0;

	for (size_t i = 0; i < x->batch->count; i++) {
		const struct checked_row *r = &x->batch->rows[i];

		if (!row_takes_part(r) || str_empty(r->value[f]))
			continue;
		if (f != FIELD_PHONE || !r->phone_free ||
		    ahead_recent_has(x->m->recent, r->value[f]))
			out[n++] = r->value[f];
	}
	return n;
}

static enum status read_people(
    struct matching *x, enum batch_key key, enum contact_field f)
{
	struct contact_set set = {0};
	const char **values = arena_raw(x->arena, BATCH_ROWS * sizeof(char *));
	size_t n = values_of(x, f, values);
	enum status st =
	    (x->m->look_only ? contact_batch_look : contact_batch_lock)(
		x->m->db, x->arena, key, values, n, &set, x->err);

	for (size_t i = 0; st == STATUS_OK && i < set.count; i++)
		if (!x->m->ghosts || !ghosts_call_id(x->m->ghosts, &x->people,
					 set.items[i]->id.n))
			people_add(&x->people, set.items[i]);
	return st;
}

static enum status read_all_people(struct matching *x)
{
	enum rule_key key = rules_of(x)->key;
	enum status st = read_people(x, BATCH_BY_PHONE, FIELD_PHONE);

	if (st == STATUS_OK)
		st = read_people(x, BATCH_BY_WA_USER_ID, FIELD_WA_USER_ID);
	if (st == STATUS_OK &&
	    (key == KEY_EMAIL || key == KEY_PHONE_ELSE_EMAIL))
		st = read_people(x, BATCH_BY_EMAIL, FIELD_EMAIL);
	if (st == STATUS_OK &&
	    (key == KEY_USER_ID || key == KEY_PHONE_ELSE_EMAIL))
		st = read_people(x, BATCH_BY_USER_ID, FIELD_USER_ID);
	return st;
}

static bool batch_has_tags(const struct matching *x)
{
	if (x->m->book->import_tag_count || !x->application.rules.tags_plain)
		return true;
	for (size_t i = 0; i < x->batch->count; i++)
		if (x->batch->rows[i].tag_count)
			return true;
	return false;
}

/* Pairs come ordered by contact: each target gets its run of them. */
static enum status read_tags(struct matching *x)
{
	struct people *p = &x->people;
	uint64_t *ids = arena_raw(x->arena, (p->count + 1) * sizeof(*ids));
	struct tag_pair *pairs = NULL;
	size_t n = 0;

	if (!p->count || !batch_has_tags(x))
		return STATUS_OK;
	for (size_t i = 0; i < p->count; i++)
		ids[i] = p->targets[i]->contact.id.n;
	enum status st = contact_batch_tags(
	    x->m->db, x->arena, ids, p->count, &pairs, &n, x->err);

	for (size_t i = 0; st == STATUS_OK && i < n;) {
		size_t end = i;
		size_t count;
		struct target *t = people_find(p, KEY_BY_ID,
		    arena_printf(
			x->arena, "%llu", (unsigned long long)pairs[i].contact),
		    &count);

		while (end < n && pairs[end].contact == pairs[i].contact)
			end++;
		if (t->is_ghost) {
			i = end;
			continue;
		}
		t->tags = arena_raw(x->arena, (end - i) * sizeof(*t->tags));
		for (; i < end; i++)
			t->tags[t->tag_count++] = pairs[i].tag;
		t->tags_before = t->tag_space = t->tag_count;
	}
	return st;
}

/* --- findings --- */

static void keep_problem(struct matching *x, const struct problem *p)
{
	struct matched *out = x->out;

	if (out->problem_count == x->problem_space) {
		size_t space = x->problem_space ? x->problem_space * 2 : 256;
		const struct problem **problems =
		    arena_raw(x->arena, space * sizeof(*problems));

		if (out->problem_count)
			memcpy(problems, out->problems,
			    out->problem_count * sizeof(*problems));
		out->problems = problems;
		x->problem_space = space;
	}
	out->problems[out->problem_count++] = p;
}

static void add_problem(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message)
{
	struct problem *p = arena_alloc(x->arena, sizeof(*p));
	const struct import_plan *plan = x->m->plan;

	p->row = x->batch->rows[x->at].row;
	p->code = problem_infos[code].code;
	p->level = problem_infos[code].level;
	p->message = message;
	p->column_name = "";
	for (size_t i = 0; i < plan->mapping.count; i++) {
		const struct column_target *c = &plan->mapping.columns[i];
		bool is_tags = code == TAG_UNKNOWN || code == TAG_REJECTED;

		if (is_tags ? c->kind == TARGET_TAGS
			    : c->kind == TARGET_FIELD && c->field == field) {
			p->column = (unsigned)i + 1;
			p->column_name = plan->columns[i].name;
			break;
		}
	}
	keep_problem(x, p);
}

static enum outcome reject(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message)
{
	add_problem(x, code, field, message);
	return problem_infos[code].level == PROBLEM_SKIP ? OUTCOME_SKIPPED
							 : OUTCOME_REJECTED;
}

/* --- which contact --- */

static enum contact_field key_field(
    const struct matching *x, const struct checked_row *r)
{
	return row_key_field(rules_of(x), r);
}

/* --- a check: contacts as earlier rows would have left them --- */

static void call_ghosts(struct matching *x)
{
	if (!x->m->ghosts)
		return;
	for (size_t i = 0; i < x->batch->count; i++) {
		const struct checked_row *r = &x->batch->rows[i];
		struct row_keys keys = {.count = 0};

		if (row_takes_part(r))
			keys = row_keys_of(x->arena, rules_of(x), r->value);
		for (size_t k = 0; k < keys.count; k++)
			ghosts_call(x->m->ghosts, &x->people,
			    keys.items[k].kind, keys.items[k].text);
	}
}

static bool comes_again(struct matching *x, const struct target *t)
{
	struct row_keys keys =
	    row_keys_of(x->arena, rules_of(x), t->contact.value);

	for (size_t i = 0; i < keys.count; i++)
		if (marks_twice(
			x->m->marks, row_meeting_hash(keys.items[i].kind,
					 keys.items[i].text)))
			return true;
	return false;
}

/* The tables have it still under a key that it lost, and a row asks for it. */
static bool is_asked_for(struct matching *x, const struct target *t)
{
	const char *lost[FIELD_COUNT] = {NULL};

	if (!t->key_changed)
		return false;
	for (int i = 0; i < FIELD_COUNT; i++)
		if (t->was.value[i] &&
		    !str_equal(t->was.value[i], t->contact.value[i]))
			lost[i] = t->was.value[i];
	struct row_keys keys = row_keys_of(x->arena, rules_of(x), lost);

	for (size_t i = 0; i < keys.count; i++)
		if (marks_has(x->m->marks, row_meeting_hash(keys.items[i].kind,
					       keys.items[i].text)))
			return true;
	return false;
}

static void keep_ghosts(struct matching *x)
{
	if (!x->m->ghosts || x->status != STATUS_OK)
		return;
	for (size_t i = 0; i < x->people.count; i++) {
		const struct target *t = x->people.targets[i];

		if ((t->is_new || t->changed) &&
		    (t->is_ghost || comes_again(x, t) || is_asked_for(x, t)))
			ghosts_keep(x->m->ghosts, t, x->batch->rows[0].row);
	}
}

/* What finding a contact came to. */
struct finding {
	struct target *target; /* NULL: nobody in the book */
	bool failed;
	enum outcome outcome; /* when failed */
};

static struct finding fail(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message)
{
	return (struct finding){NULL, true, reject(x, code, field, message)};
}

static struct finding ambiguous(
    struct matching *x, enum contact_field f, const char *value, size_t n)
{
	return fail(x, AMBIGUOUS_MATCH, f,
	    arena_printf(x->arena,
		"%zu contacts of the book have \"%.60s\": merge them, or match"
		" by another field.",
		n, value));
}

/* Made by an earlier row of this file: by its number nobody would know it. */
static bool is_of_this_file(const struct matching *x, const struct target *t)
{
	return t->is_new || t->contact.id.n >= NO_CONTACT ||
	       t->contact.created_by_import == x->m->plan->row.head.id.n;
}

static struct finding conflict(
    struct matching *x, enum contact_field f, const struct target *other)
{
	return fail(x, KEY_CONFLICT, f,
	    match_conflict_text(x->arena, f, other, is_of_this_file(x, other)));
}

/* Generic: a row with a phone may still be somebody of whom only the e-mail
 * is known; and phone and e-mail must not be two people's. */
static struct finding find_by_phone_and_email(
    struct matching *x, const struct checked_row *r, struct target *by_phone)
{
	size_t n;
	const char *email = fold_email(x->arena, r->value[FIELD_EMAIL]);
	struct target *by_email =
	    people_find(&x->people, KEY_BY_EMAIL, email, &n);

	if (!by_email || by_email == by_phone)
		return (struct finding){by_phone, false, 0};
	if (by_phone) {
		const char *own = by_phone->contact.value[FIELD_EMAIL];

		if (str_equal(fold_email(x->arena, own), email))
			return (struct finding){by_phone, false, 0};
		return conflict(x, FIELD_EMAIL, by_email);
	}
	if (n == 1 && !*by_email->contact.value[FIELD_PHONE])
		return (struct finding){by_email, false, 0};
	return (struct finding){NULL, false, 0};
}

/* Of several people with an e-mail, the one who has the row's id. */
static struct target *told_by_id(
    struct matching *x, const struct checked_row *r, const char *email)
{
	enum contact_field f = row_id_field(r);
	struct target *found = NULL;
	const struct person_entry *p =
	    people_first(&x->people, KEY_BY_EMAIL, email);

	if (rules_of(x)->key != KEY_PHONE_ELSE_EMAIL || str_empty(r->value[f]))
		return NULL;
	for (; p; p = people_next(&x->people, p)) {
		if (!str_equal(p->target->contact.value[f], r->value[f]))
			continue;
		if (found)
			return NULL;
		found = p->target;
	}
	return found;
}

static struct finding find_target(
    struct matching *x, const struct checked_row *r, const char *key)
{
	size_t n;
	enum contact_field f = key_field(x, r);
	struct target *t = people_find(&x->people, row_key_kind(f), key, &n);

	if (n > 1 && f == FIELD_EMAIL) {
		struct target *told = told_by_id(x, r, key);

		if (told)
			return (struct finding){told, false, 0};
	}
	if (n > 1)
		return ambiguous(x, f, r->value[f], n);
	if (rules_of(x)->key == KEY_PHONE_ELSE_EMAIL && f == FIELD_PHONE &&
	    !str_empty(r->value[FIELD_EMAIL]))
		return find_by_phone_and_email(x, r, t);
	return (struct finding){t, false, 0};
}

/* A value that only one contact can have is somebody else's. */
static struct target *taken_by_other(
    struct matching *x, const struct target *t, char kind, const char *value)
{
	size_t n;

	if (str_empty(value))
		return NULL;
	struct target *other = people_find(&x->people, kind, value, &n);

	return other && other != t ? other : NULL;
}

/* By the rule of its column the value would not go to the contact. */
static bool stays_out(const struct matching *x, const struct target *t,
    enum contact_field f, const char *value)
{
	return t && !str_empty(value) &&
	       !field_rule_writes(
		   &x->application.rules.fields[f], t->contact.value[f], value);
}

static struct target *taken(struct matching *x, const struct target *t,
    enum contact_field f, const struct checked_row *r)
{
	if (stays_out(x, t, f, r->value[f]))
		return NULL;
	return taken_by_other(x, t,
	    f == FIELD_PHONE ? KEY_BY_PHONE : KEY_BY_WA_USER_ID, r->value[f]);
}

static struct finding check_unique(
    struct matching *x, const struct checked_row *r, struct finding found)
{
	struct target *other = taken(x, found.target, FIELD_PHONE, r);

	if (other)
		return conflict(x, FIELD_PHONE, other);
	other = taken(x, found.target, FIELD_WA_USER_ID, r);
	if (other)
		return conflict(x, FIELD_WA_USER_ID, other);
	return found;
}

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

	return reject(
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
	add_problem(x, TAG_UNKNOWN, FIELD_COUNT,
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

	return o && optins_allow(o, r->row, t, is_of_this_file(x, t), &x->taken)
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
		add_problem(x, OPT_OUT_KEPT, FIELD_WHATSAPP_OPTED,
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
		add_problem(x, STATE_NOT_ALLOWED, FIELD_STATE,
		    contact_state_refusal(
			x->arena, met.state_was, r->value[FIELD_STATE]));
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
		add_problem(x, RESTORED_FROM_TRASH, key_field(x, r),
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
		return reject(x, IN_TRASH, key_field(x, r), refusal);
	if (t && skips)
		return reject(x, ALREADY_THERE, key_field(x, r),
		    "The contact is already in the book; this import only"
		    " creates new ones.");
	if (!t && existing == EXISTING_UPDATE_ONLY)
		return reject(x, NOT_THERE, key_field(x, r),
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
	return reject(x, SUPPRESSED, suppression_field(s->kind),
	    suppression_message(x->arena, s));
}

static enum outcome decide(struct matching *x, const struct checked_row *r)
{
	const char *key = row_key(x->arena, r, rules_of(x)->key);
	uint64_t first;

	if (!key)
		return reject(x, PHONE_MISSING, FIELD_PHONE,
		    "The row has no value that the contact could be found by.");
	uint64_t hash = key_hash(row_key_kind(key_field(x, r)), key);

	suppressed_next_row(&x->suppressed);
	const struct suppression *listed = keeps_out(x, r, false, NULL);

	if (listed)
		return keep_out(x, listed);
	if (is_duplicate(x, hash, &first))
		return reject_duplicate(x, r, first);
	struct finding found = find_target(x, r, key);

	if (!found.failed)
		found = check_unique(x, r, found);
	if (found.failed)
		return found.outcome;
	listed = keeps_out(x, r, true, found.target);
	if (listed)
		return keep_out(x, listed);
	if (!found.target && !may_be_new(x, r))
		return reject(x, PHONE_MISSING, FIELD_PHONE,
		    "There is neither a phone number nor an e-mail address, "
		    "and nobody in the book has this user ID: add one of "
		    "them.");
	if (rules_of(x)->unknown_tag == TAG_REJECT && has_unknown_tag(x, r))
		return reject(x, TAG_REJECTED, FIELD_COUNT,
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
		add_problem(x, MERGED_CONTACT, key_field(x, r),
		    trashed_merged(x->arena, found.target));
	return outcome;
}

static void decide_row(struct matching *x, size_t i)
{
	const struct checked_row *r = &x->batch->rows[i];
	enum outcome o;

	x->at = i;
	for (size_t k = 0; k < r->problem_count; k++)
		keep_problem(x, &r->problems[k]);
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
	call_ghosts(&x);
	/* First of all, so that nobody is put on the list between this and the
	 * commit. */
	x.status = suppressed_read(&x.suppressed, m->db, b, !m->look_only, e);
	if (x.status == STATUS_OK)
		x.status = read_all_people(&x);
	if (x.status == STATUS_OK)
		x.status = trashed_follow(
		    m->db, &x.people, m->ghosts, !m->look_only, e);
	if (x.status == STATUS_OK)
		x.status = read_tags(&x);
	if (x.status == STATUS_OK)
		x.status = trashed_read_tags(m->db, &x.people, e);
	for (size_t i = 0; x.status == STATUS_OK && i < b->count; i++)
		decide_row(&x, i);
	keep_ghosts(&x);
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
