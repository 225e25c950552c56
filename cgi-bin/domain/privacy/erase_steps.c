/* erase_steps.c: what an erasure has left to do, a transaction at a time */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/erase_steps.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "domain/attributes.h"
#include "domain/import/row_key.h"
#include "domain/privacy/erase_file.h"

#define PAGE 100u
#define REST_MS 1000

/* erasure.step */
enum step {
	STEP_TEXTS,
	STEP_FILES,
	STEP_LATER
};

/* One step of one erasure. */
struct stepping {
	uint64_t id;
	uint64_t after;
	struct arena arena;
	struct db *db;
	struct erasure row;
	struct person_keys keys;
	struct scrubbing scrubbing;
	uint64_t counts[ERASED_COUNT];
	struct text_set theirs;	   /* values that nobody else has */
	struct text_set of_others; /* and those that somebody has */
	enum status status;
	struct err *err;
};

/* Each value is looked for once. */
static bool only_theirs(void *arg, const char *value)
{
	struct stepping *x = arg;
	bool held = true;

	if (text_set_has(&x->theirs, value))
		return true;
	if (x->status != STATUS_OK || text_set_has(&x->of_others, value))
		return false;
	x->status =
	    person_store_value_held(x->db, &x->arena, value, &held, x->err);
	text_set_add(&x->arena, held ? &x->of_others : &x->theirs, value);
	return !held;
}

/* --- texts of others --- */

/* A revision of somebody else who had one of the keys before. */
static const char *without_keys(
    struct arena *a, const struct person_keys *k, const char *before)
{
	struct attribute_member *members = NULL;
	size_t n = 0;
	size_t kept = 0;
	struct str out;

	if (!attributes_scan(a, before, &members, &n))
		return NULL;
	for (size_t i = 0; i < n; i++) {
		bool told = false;

		for (int f = 0; f < SUPPRESSION_KINDS; f++) {
			const char *value =
			    attributes_plain(a, members[i].json);

			if (f == SUPPRESSION_EMAIL)
				value = fold_email(a, value);
			told |=
			    str_equal(members[i].name, suppression_kinds[f]) &&
			    text_set_has(&k->keys[f], value);
		}
		if (!told)
			members[kept++] = members[i];
	}
	if (kept == n)
		return NULL;
	str_init(&out, 4 * ATTRIBUTES_MAX);
	attributes_write(&out, members, kept);
	const char *text = arena_strdup(a, str_text(&out));

	str_release(&out);
	return text;
}

/* Whether the row is to be written (or taken away), with its new texts. */
static bool scrub_row(
    struct stepping *x, enum erasure_text which, struct erasure_row *row)
{
	const struct scrubbing *s = &x->scrubbing;
	const struct person_keys *k = &x->keys;
	const char *first = NULL, *second = NULL;

	switch (which) {
	case TEXT_EVENT:
		return person_is_in_event(s->arena, k, row->first);
	case TEXT_MEMORY:
	case TEXT_FIX:
		return person_is_told(s, row->first) ||
		       person_is_told(s, row->second);
	case TEXT_MAPPING:
		return person_scrub_json(s, row->first) != NULL;
	case TEXT_JOB:
		second = person_scrub_json(s, row->second);
		first = person_scrub_query(s, row->first);
		break;
	case TEXT_SEGMENT:
		first = person_scrub_query(s, row->first);
		break;
	case TEXT_DELIVERY:
		return person_is_within(s, row->first);
	case TEXT_REVISION:
		first = without_keys(s->arena, k, row->first);
		break;
	case ERASURE_TEXTS:
		break;
	}
	row->first = first ? first : row->first;
	row->second = second ? second : row->second;
	return first || second;
}

/* All rows of one kind, a page at a time. */
static enum status scrub_kind(
    struct stepping *x, enum erasure_text which, const char *needle)
{
	struct erasure_row last;
	const struct erasure_row *after = NULL;
	size_t n = PAGE;
	struct arena *a = &x->arena;
	enum status st = STATUS_OK;

	while (st == STATUS_OK && n == PAGE) {
		struct erasure_row *rows;

		st = erasure_texts(
		    x->db, a, which, 0, needle, after, PAGE, &rows, &n, x->err);
		for (size_t i = 0; st == STATUS_OK && i < n; i++) {
			last = rows[i];
			after = &last;
			if (!scrub_row(x, which, &rows[i]))
				continue;
			st = erasure_text_put(x->db, which, &rows[i], x->err);
			x->counts[which == TEXT_EVENT ? ERASED_EVENTS
						      : ERASED_TEXTS]++;
		}
		if (st == STATUS_OK)
			st = x->status;
	}
	return st;
}

static enum status scrub_revisions(struct stepping *x)
{
	enum status st = STATUS_OK;

	for (int k = 0; k < SUPPRESSION_KINDS; k++) {
		const struct text_set *set = &x->keys.keys[k];

		for (size_t i = 0; st == STATUS_OK && i < set->count; i++)
			st = scrub_kind(x, TEXT_REVISION, set->items[i]);
	}
	return st;
}

static enum status wipe_notices(struct stepping *x)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < x->keys.values.count; i++)
		if (strlen(x->keys.values.items[i]) > 2)
			st = erasure_wipe_notices(
			    x->db, x->keys.values.items[i], x->err);
	return st;
}

static enum status do_texts(struct stepping *x)
{
	static const enum erasure_text kinds[] = {TEXT_EVENT, TEXT_JOB,
	    TEXT_SEGMENT, TEXT_DELIVERY, TEXT_MEMORY, TEXT_MAPPING};
	enum status st = STATUS_OK;

	for (size_t i = 0;
	     st == STATUS_OK && i < sizeof(kinds) / sizeof(*kinds); i++)
		st = scrub_kind(x, kinds[i], "");
	if (st == STATUS_OK)
		st = scrub_revisions(x);
	if (st == STATUS_OK)
		st = wipe_notices(x);
	x->row.step = STEP_FILES;
	return st;
}

/* --- kept files --- */

/* An import that somebody works at, or that waits for it. */
static bool is_under_way(enum import_state s)
{
	return s == IMPORT_UPLOADING || s == IMPORT_CHECKING ||
	       s == IMPORT_QUEUED || s == IMPORT_RUNNING ||
	       s == IMPORT_PAUSED || s == IMPORT_UNDOING || s == IMPORT_REDOING;
}

enum visit {
	VISIT_DONE,
	VISIT_MORE, /* it has more rows than one transaction takes */
	VISIT_LATER
};

/* One that is paused may rest for long, so its file is gone through at once;
 * it needs the hashes of its keys to go on, and is visited once more. */
static enum status visit(
    struct stepping *x, struct import_id id, bool again, enum visit *came_to)
{
	enum import_state state;
	struct erased_file f;
	enum status st = erasure_lock_import(x->db, id, &state, x->err);

	*came_to = VISIT_DONE;
	if (st != STATUS_OK)
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	bool rests = state == IMPORT_PAUSED && !again;

	if (is_under_way(state) && !rests) {
		*came_to = VISIT_LATER;
		return STATUS_OK;
	}
	st = erase_file(x->db, id, &x->scrubbing, &f, x->err);
	x->counts[ERASED_ROWS] += f.rows;
	x->counts[ERASED_CELLS] += f.cells;
	x->counts[ERASED_PROBLEMS] += f.problems;
	x->counts[ERASED_FILES] += f.cells && !f.more;
	*came_to = f.more ? VISIT_MORE : rests ? VISIT_LATER : VISIT_DONE;
	if (st == STATUS_OK && (f.cells || again) && !rests)
		st = erasure_wipe_hashes(x->db, id, x->err);
	return st == STATUS_OK ? x->status : st;
}

static void add_later(struct stepping *x, uint64_t id)
{
	struct person_keys *k = &x->keys;
	uint64_t *later =
	    arena_raw(&x->arena, (k->later_count + 1) * sizeof(*later));

	if (k->later_count)
		memcpy(later, k->later, k->later_count * sizeof(*later));
	later[k->later_count++] = id;
	k->later = later;
}

static enum status do_file(struct stepping *x)
{
	struct import_id id;
	enum visit came_to;
	enum status st = erasure_next_import(
	    x->db, x->row.next_import, x->row.upto_import, &id, x->err);

	if (st == STATUS_NOT_FOUND) {
		x->row.step = STEP_LATER;
		x->row.done = x->keys.later_count == 0;
		return STATUS_OK;
	}
	if (st == STATUS_OK)
		st = visit(x, id, false, &came_to);
	if (st != STATUS_OK)
		return st;
	if (came_to == VISIT_LATER)
		add_later(x, id.n);
	if (came_to != VISIT_MORE)
		x->row.next_import = id.n;
	return STATUS_OK;
}

/* The first one that is not under way any more. */
static enum status do_later(struct stepping *x)
{
	struct person_keys *k = &x->keys;

	for (size_t i = 0; i < k->later_count; i++) {
		enum visit came_to;
		enum status st =
		    visit(x, (struct import_id){k->later[i]}, true, &came_to);

		if (st != STATUS_OK)
			return st;
		if (came_to == VISIT_LATER)
			continue;
		if (came_to == VISIT_DONE)
			k->later[i] = k->later[--k->later_count];
		x->row.done = k->later_count == 0;
		return STATUS_OK;
	}
	return ERR(x->err, STATUS_NOT_FOUND, "imports are still under way");
}

/* --- one step --- */

static enum status do_step(struct stepping *x)
{
	switch ((enum step)x->row.step) {
	case STEP_TEXTS:
		return do_texts(x);
	case STEP_FILES:
		return do_file(x);
	case STEP_LATER:
		break;
	}
	return do_later(x);
}

static enum status step(struct db *db, void *arg, struct err *e)
{
	struct stepping *x = arg;
	struct arena *a = &x->arena;

	arena_reset(a);
	*x = (struct stepping){.id = x->id,
	    .after = x->after,
	    .arena = *a,
	    .db = db,
	    .status = STATUS_OK,
	    .err = e};
	x->scrubbing = (struct scrubbing){a, &x->keys, only_theirs, x};
	enum status st = erasure_lock(db, a, x->id, x->after, &x->row, e);

	if (st != STATUS_OK)
		return st;
	if (!person_keys_read(a, x->row.remaining, &x->keys))
		return ERR(e, STATUS_FAILED, "erasure %llu is broken",
		    (unsigned long long)x->row.id);
	erase_counts_read(a, x->row.counts, x->counts);
	st = do_step(x);
	if (st != STATUS_OK)
		return st;
	x->row.counts = erase_counts_text(a, x->counts);
	x->row.remaining = erase_remaining_text(a, &x->keys);
	return erasure_put(db, &x->row, e);
}

enum status erase_step(
    struct db *db, uint64_t id, uint64_t after, uint64_t *at, struct err *e)
{
	struct stepping x = {.id = id, .after = after};

	arena_init(&x.arena);
	enum status st = db_transact(db, step, &x, e);

	if (at)
		*at = x.row.id;
	arena_release(&x.arena);
	return st;
}

enum status erase_work(struct db *db, struct err *e)
{
	static int64_t next;
	static uint64_t after; /* those up to it wait */
	uint64_t at = 0;

	if (clock_monotonic() < next)
		return STATUS_NOT_FOUND;
	enum status st = erase_step(db, 0, after, &at, e);

	if (st == STATUS_OK)
		return st;
	/* One that waits, or fails, is left alone for a while. */
	after = at;
	if (!at)
		next = clock_monotonic() + REST_MS;
	return st;
}
