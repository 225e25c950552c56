/* duplicate_finder.c: looks through the book for contacts that are one person
 */
/* SPDX-License-Identifier: MIT */
/*
 * Each piece is one transaction: the pairs that it found, and how far it came.
 * A worker that takes a look up goes on from there; only the step of numbers,
 * whose ends are in memory, begins with its million again.
 */
#include "domain/duplicates/duplicate_finder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/attributes.h"
#include "domain/duplicates/duplicate_number.h"
#include "storage/attribute_store.h"
#include "storage/duplicate_look_store.h"

#define REST 100 /* times the duration of a look */
#define CHECK_MS 1000
#define WINDOW 4000u	   /* entries of an index whose rows may be read */
#define BARE_WINDOW 20000u /* entries that are all there is to read */
#define PAIRS_MAX 100000   /* of a look: more help nobody */
/* What more contacts than this share tells nothing about a person: an office's
 * e-mail, a common name. */
#define SHARED_MAX 50u
#define NAMESAKES_MAX 10u    /* in one city */
#define NAME_HOLDERS_MAX 999 /* of a window, whatever their city */
/* A contact is paired with so many before it in its group: of four contacts
 * all pairs are shown, of more than that enough to merge them all. */
#define NEIGHBOURS 3u
#define PARTITION 1000000u   /* contacts whose ends are sorted at a time */
#define ATTRIBUTES_LOOKED 3u /* that may hold numbers */
#define SOURCES (2 + ATTRIBUTES_LOOKED)
#define CLEAN_BATCH 2000u

/* The end of a number, and whose it is. */
struct ending {
	uint64_t id;
	uint32_t tail;
};

struct duplicate_finder {
	struct arena arena; /* of a piece */
	struct arena kept;  /* of the place */
	struct duplicate_look look;
	const char *owner;
	int64_t lease_ms;
	uint64_t pairs_max;
	int64_t next_check; /* monotonic ms */
	bool running;
	/* the step of numbers: */
	bool begun;
	bool collecting;
	struct ending *endings;
	size_t count;
	size_t space;
	size_t at; /* the next one to be compared */
	char *paths[ATTRIBUTES_LOOKED];
	size_t path_count;
	size_t source;
	struct numbered after;
	char after_text[512];
	uint64_t partition;
	uint64_t partitions;
};

struct piece {
	struct duplicate_finder *finder;
	struct duplicate_pair *pairs;
	size_t count;
	size_t space;
};

struct duplicate_finder *duplicate_finder_new(uint64_t pairs_max)
{
	struct duplicate_finder *f = xcalloc(1, sizeof(*f));

	f->pairs_max = pairs_max;
	arena_init(&f->arena);
	arena_init(&f->kept);
	f->look.place = "";
	return f;
}

static void forget_numbers(struct duplicate_finder *f)
{
	for (size_t i = 0; i < f->path_count; i++)
		free(f->paths[i]);
	free(f->endings);
	f->endings = NULL;
	f->path_count = f->count = f->space = f->at = f->source = 0;
	f->after = (struct numbered){0};
	f->begun = f->collecting = false;
}

void duplicate_finder_free(struct duplicate_finder *f)
{
	forget_numbers(f);
	arena_release(&f->arena);
	arena_release(&f->kept);
	free(f);
}

/* --- pairs --- */

static void add_pair(
    struct piece *p, uint64_t one, uint64_t other, enum duplicate_reason reason)
{
	struct arena *a = &p->finder->arena;

	if (p->count == p->space) {
		size_t space = p->space ? 2 * p->space : 64;
		struct duplicate_pair *pairs =
		    arena_alloc(a, space * sizeof(*pairs));

		if (p->count)
			memcpy(pairs, p->pairs, p->count * sizeof(*pairs));
		p->pairs = pairs;
		p->space = space;
	}
	p->pairs[p->count++] = (struct duplicate_pair){
	    .first = {one < other ? one : other},
	    .second = {one < other ? other : one},
	    .reasons = reason,
	};
}

static void set_place(
    struct duplicate_finder *f, enum look_step step, const char *place)
{
	char *copy = xstrdup(place);

	arena_reset(&f->kept);
	f->look.step = step;
	f->look.place = arena_strdup(&f->kept, copy);
	free(copy);
}

static enum status write_piece(struct db *db, void *arg, struct err *e)
{
	struct piece *p = arg;
	struct duplicate_finder *f = p->finder;
	enum status st =
	    duplicate_look_advance(db, f->owner, f->lease_ms, &f->look, e);

	if (st == STATUS_OK)
		st = duplicate_look_add(
		    db, &f->arena, f->look.look, p->pairs, p->count, e);
	return st;
}

static enum status finish_piece(struct piece *p, struct db *db, struct err *e)
{
	struct duplicate_finder *f = p->finder;

	f->look.pairs += p->count;
	if (f->look.pairs >= f->pairs_max && f->look.step != LOOK_IDLE &&
	    f->look.step != LOOK_CLEAN)
		set_place(f, LOOK_CLEAN, "");
	return db_transact(db, write_piece, p, e);
}

/* --- e-mails, user ids, names --- */

static enum duplicate_reason reason_of(enum look_step step)
{
	return step == LOOK_EMAILS     ? REASON_EMAIL
	       : step == LOOK_USER_IDS ? REASON_USER_ID
				       : REASON_NAME;
}

static void pair_group(
    struct piece *p, const struct duplicate_group *g, enum look_step step)
{
	for (size_t i = 1; i < g->count; i++)
		for (size_t k = 1; k <= NEIGHBOURS && k <= i; k++)
			add_pair(p, g->ids[i - k], g->ids[i], reason_of(step));
}

static enum status look_at_values(struct piece *p, struct db *db,
    const char *const *values, size_t n, struct err *e)
{
	struct duplicate_finder *f = p->finder;
	struct duplicate_group *groups;
	size_t count;
	enum status st = duplicate_look_groups(db, &f->arena, f->look.step,
	    values, n, f->look.step == LOOK_NAMES ? NAMESAKES_MAX : SHARED_MAX,
	    &groups, &count, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++)
		pair_group(p, &groups[i], f->look.step);
	return st;
}

static enum status step_values(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	struct piece p = {.finder = f};
	const char **values, *last;
	size_t n;
	enum status st =
	    duplicate_look_values(db, &f->arena, f->look.step, f->look.place,
		WINDOW, f->look.step == LOOK_NAMES ? NAME_HOLDERS_MAX : WINDOW,
		&values, &n, &last, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i += DUPLICATE_VALUES)
		st = look_at_values(&p, db, values + i,
		    n - i < DUPLICATE_VALUES ? n - i : DUPLICATE_VALUES, e);
	if (st != STATUS_OK)
		return st;
	if (*last)
		set_place(f, f->look.step, last);
	else
		set_place(f, (enum look_step)(f->look.step + 1), "");
	return finish_piece(&p, db, e);
}

/* --- numbers: collecting their ends --- */

static enum status begin_numbers(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	struct attribute_list book;
	unsigned long long partition = 0;
	uint64_t highest = 0;
	enum status st = duplicate_look_highest(db, &highest, e);

	if (st == STATUS_OK)
		st = attribute_store_list(db, &f->arena, &book, e);
	if (st != STATUS_OK)
		return st;
	forget_numbers(f);
	str_to_u64(f->look.place, &partition);
	f->partition = partition;
	f->partitions = 1 + highest / PARTITION;
	for (size_t i = 0; i < book.count; i++) {
		const struct attribute *t = &book.items[i];

		if ((t->type == TYPE_TEXT || t->type == TYPE_NUMBER) &&
		    f->path_count < ATTRIBUTES_LOOKED &&
		    number_attribute(&f->arena, t->name))
			f->paths[f->path_count++] =
			    xstrdup(attributes_path(&f->arena, t->name));
	}
	f->begun = f->collecting = true;
	return STATUS_OK;
}

static void add_ending(struct duplicate_finder *f, const struct numbered *row)
{
	uint32_t tails[NUMBER_TAILS];
	size_t n = number_tails(row->text, tails);

	for (size_t i = 0; i < n; i++) {
		if (tails[i] % f->partitions != f->partition)
			continue;
		if (f->count == f->space) {
			f->space = f->space ? 2 * f->space : 4096;
			f->endings = xrealloc(
			    f->endings, f->space * sizeof(*f->endings));
		}
		f->endings[f->count++] = (struct ending){row->id, tails[i]};
	}
}

static int by_tail(const void *a, const void *b)
{
	const struct ending *x = a, *y = b;

	if (x->tail != y->tail)
		return x->tail < y->tail ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static void end_source(struct duplicate_finder *f)
{
	f->after = (struct numbered){0};
	if (++f->source < 2 + f->path_count)
		return;
	f->collecting = false;
	if (f->count)
		qsort(f->endings, f->count, sizeof(*f->endings), by_tail);
}

static enum status collect(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	struct piece p = {.finder = f};
	bool attribute = f->source >= NUMBERS_ATTRIBUTE;
	struct numbered *rows;
	size_t n;
	enum status st = duplicate_look_numbers(db, &f->arena,
	    attribute ? NUMBERS_ATTRIBUTE : (enum number_source)f->source,
	    attribute ? f->paths[f->source - 2] : "",
	    f->after.text ? &f->after : NULL, BARE_WINDOW, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		add_ending(f, &rows[i]);
	if (n < BARE_WINDOW) {
		end_source(f);
	} else {
		/* Only keys are places to go on from, and they are short. */
		snprintf(f->after_text, sizeof(f->after_text), "%s",
		    attribute ? "" : rows[n - 1].text);
		f->after = (struct numbered){rows[n - 1].id, f->after_text};
	}
	return finish_piece(&p, db, e);
}

/* --- numbers: comparing names --- */

/* Contacts whose numbers end alike. */
struct run {
	size_t from;
	size_t count;
};

/* The next run of two contacts or more; false after the last. */
static bool next_run(struct duplicate_finder *f, struct run *out)
{
	while (f->at < f->count) {
		size_t from = f->at, to = from + 1;

		while (to < f->count &&
		       f->endings[to].tail == f->endings[from].tail)
			to++;
		f->at = to;
		*out = (struct run){from, to - from};
		if (out->count > 1 && out->count <= SHARED_MAX &&
		    f->endings[from].id != f->endings[to - 1].id)
			return true;
	}
	return false;
}

static const char *name_of(
    const struct numbered *names, size_t count, uint64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (names[i].id == id)
			return names[i].text;
	return NULL;
}

static void pair_run(struct piece *p, const struct run *run,
    const struct numbered *names, size_t count)
{
	struct duplicate_finder *f = p->finder;
	const struct ending *all = f->endings + run->from;

	for (size_t i = 1; i < run->count; i++) {
		const char *name = name_of(names, count, all[i].id);

		for (size_t k = 1; name && k <= NEIGHBOURS && k <= i; k++) {
			const char *other =
			    name_of(names, count, all[i - k].id);

			if (other && all[i - k].id != all[i].id &&
			    names_alike(&f->arena, name, other))
				add_pair(
				    p, all[i - k].id, all[i].id, REASON_NUMBER);
		}
	}
}

static enum status compare_run(
    struct piece *p, struct db *db, const struct run *run, struct err *e)
{
	struct duplicate_finder *f = p->finder;
	uint64_t ids[SHARED_MAX];
	struct numbered *names;
	size_t n;

	for (size_t i = 0; i < run->count; i++)
		ids[i] = f->endings[run->from + i].id;
	enum status st =
	    duplicate_look_names(db, &f->arena, ids, run->count, &names, &n, e);

	if (st == STATUS_OK)
		pair_run(p, run, names, n);
	return st;
}

static enum status compare(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	struct piece p = {.finder = f};
	struct run run;
	bool more = false;
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < 100; i++) {
		more = next_run(f, &run);
		if (!more)
			break;
		st = compare_run(&p, db, &run, e);
	}
	if (st != STATUS_OK)
		return st;
	if (!more) {
		bool last = f->partition + 1 >= f->partitions;

		set_place(f, last ? LOOK_NAMES : LOOK_NUMBERS,
		    last ? ""
			 : arena_printf(&f->arena, "%llu",
			       (unsigned long long)f->partition + 1));
		forget_numbers(f);
	}
	return finish_piece(&p, db, e);
}

static enum status step_numbers(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	if (!f->begun) {
		enum status st = begin_numbers(f, db, e);

		if (st != STATUS_OK)
			return st;
	}
	return f->collecting ? collect(f, db, e) : compare(f, db, e);
}

/* --- the end --- */

static enum status step_clean(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	struct piece p = {.finder = f};
	uint64_t gone = 0;
	enum status st =
	    duplicate_look_clean(db, f->look.look, CLEAN_BATCH, &gone, e);

	if (st == STATUS_OK && !gone)
		set_place(f, LOOK_IDLE, "");
	return st == STATUS_OK ? finish_piece(&p, db, e) : st;
}

static enum status work(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	switch (f->look.step) {
	case LOOK_EMAILS:
	case LOOK_USER_IDS:
	case LOOK_NAMES:
		return step_values(f, db, e);
	case LOOK_NUMBERS:
		return step_numbers(f, db, e);
	case LOOK_CLEAN:
		return step_clean(f, db, e);
	case LOOK_IDLE:
		break;
	}
	return STATUS_OK;
}

static enum status begin(
    struct duplicate_finder *f, struct db *db, struct err *e)
{
	if (clock_monotonic() < f->next_check)
		return STATUS_NOT_FOUND;
	f->next_check = clock_monotonic() + CHECK_MS;
	enum status st = duplicate_look_claim(
	    db, &f->arena, f->owner, f->lease_ms, REST, &f->look, e);

	if (st != STATUS_OK)
		return st;
	forget_numbers(f);
	set_place(f, f->look.step, f->look.place);
	f->running = true;
	return STATUS_OK;
}

enum status duplicate_finder_work(struct duplicate_finder *f,
    const struct conf *conf, struct db *db, const char *owner, struct err *e)
{
	enum status st = STATUS_OK;

	f->owner = owner;
	f->lease_ms = conf->lease_ms;
	arena_reset(&f->arena);
	if (!f->running)
		st = begin(f, db, e);
	if (st == STATUS_OK)
		st = work(f, db, e);
	if (st != STATUS_OK || f->look.step == LOOK_IDLE) {
		forget_numbers(f);
		f->running = false;
	}
	return st == STATUS_CONFLICT ? STATUS_NOT_FOUND : st;
}
