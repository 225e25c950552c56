/* correct.c: corrections of an uploaded file are made and taken back */
/* SPDX-License-Identifier: MIT */
#include "domain/import/correct.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "domain/import/formats.h"
#include "domain/import/import_audit.h"
#include "domain/import/source.h"
#include "storage/import_fix_store.h"

/* Remembered corrections that a column of a new file gets at most. */
#define RECALLED_MAX 200u

/* What one transaction writes. */
struct change {
	struct correcting *c;
	struct import_fix *fixes;
	size_t count;
	bool remember;
	unsigned number; /* to take back */
	bool forget;
};

/* --- is it acceptable? --- */

static enum status refuse(
    struct correcting *c, size_t which, const char *message)
{
	c->wrong = which;
	c->message = message;
	return STATUS_INVALID;
}

static const char *value_fault(struct arena *a, const struct import_fix *x)
{
	if (strlen(x->new_value) > FIX_VALUE_MAX ||
	    strlen(x->old_value) > FIX_VALUE_MAX)
		return arena_printf(a,
		    "The value is longer than %u bytes: shorten it.",
		    FIX_VALUE_MAX);
	for (const char *p = x->new_value; *p; p++)
		if ((unsigned char)*p < ' ' && !strchr("\t\n\r", *p))
			return "The value has a control character: leave it"
			       " out.";
	return NULL;
}

static enum status check_each(
    struct correcting *c, const struct import_fix *fixes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct import_fix *x = &fixes[i];
		const char *fault = value_fault(c->arena, x);

		if (fault)
			return refuse(c, i, fault);
		if (x->kind != FIX_OUT &&
		    (!x->column || x->column > c->plan->column_count))
			return refuse(
			    c, i, "The file does not have this column.");
		if (x->kind == FIX_VALUE &&
		    str_equal(x->old_value, x->new_value))
			return refuse(
			    c, i, "The new value is the same as the old one.");
	}
	return STATUS_OK;
}

static enum status check_total(struct correcting *c,
    const struct import_fix *fixes, size_t count, struct err *e)
{
	uint64_t there = 0, bytes = 0;
	enum status st =
	    import_fix_total(c->db, c->plan->row.head.id, &there, &bytes, e);

	for (size_t i = 0; i < count; i++)
		bytes +=
		    strlen(fixes[i].old_value) + strlen(fixes[i].new_value);
	if (st == STATUS_OK &&
	    (there + count > FIXES_MAX || bytes > FIXES_BYTES_MAX))
		return refuse(c, count,
		    "These are too many corrections for one import: correct"
		    " the file itself and upload it again.");
	return st;
}

/* Which rows of those asked for the file has. */
struct seeing {
	const uint64_t *rows; /* ascending */
	bool *seen;
	size_t count;
	size_t at;
	bool header;
};

static bool see_row(void *arg, const struct record *r)
{
	struct seeing *s = arg;

	if (s->header) {
		s->header = false;
		return true;
	}
	while (s->at < s->count && s->rows[s->at] < r->row)
		s->at++;
	while (s->at < s->count && s->rows[s->at] == r->row)
		s->seen[s->at++] = true;
	return s->at < s->count;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static enum status check_rows(struct correcting *c,
    const struct import_fix *fixes, size_t count, struct err *e)
{
	struct source source;
	struct refusal refusal;
	uint64_t *rows = arena_raw(c->arena, (count + 1) * sizeof(*rows));
	struct seeing s = {.rows = rows, .header = c->plan->row.head.header};

	for (size_t i = 0; i < count; i++)
		if (fixes[i].kind != FIX_VALUE)
			rows[s.count++] = fixes[i].row;
	if (!s.count)
		return STATUS_OK;
	qsort(rows, s.count, sizeof(*rows), by_number);
	s.seen = arena_alloc(c->arena, s.count * sizeof(*s.seen));
	plan_source(c->db, &c->plan->row.head, &source);
	enum status st =
	    source_read(c->arena, &source, see_row, &s, &refusal, e);

	for (size_t i = 0; st == STATUS_OK && i < s.count; i++)
		if (!s.seen[i])
			return refuse(c, count,
			    arena_printf(c->arena,
				"The file has no row %llu with data.",
				(unsigned long long)rows[i]));
	return st;
}

/* --- writing --- */

static struct correction memory_of(
    const struct correcting *c, const struct import_fix *x)
{
	const char *name = c->plan->columns[x->column - 1].name;

	return (struct correction){
	    .header = header_fold(c->arena, name),
	    .old_value = x->old_value,
	    .new_value = x->new_value,
	};
}

/* A header that is longer than this is no name that comes again. */
static bool can_remember(const struct correcting *c, const struct import_fix *x)
{
	return x->kind == FIX_VALUE && c->plan->header && c->actor->member.n &&
	       x->column <= c->plan->column_count &&
	       strlen(c->plan->columns[x->column - 1].name) <= 255;
}

static enum status put_one(
    struct db *db, const struct change *w, struct import_fix *x, struct err *e)
{
	struct correcting *c = w->c;

	x->remembered = w->remember && can_remember(c, x);
	enum status st =
	    import_fix_put(db, c->arena, c->plan->row.head.id, x, c->actor, e);

	if (st != STATUS_OK || !x->remembered)
		return st;
	const struct correction memory = memory_of(c, x);

	return correction_put(db, c->arena, c->actor->member, &memory, e);
}

static enum status add(struct db *db, void *arg, struct err *e)
{
	const struct change *w = arg;
	struct correcting *c = w->c;
	struct import_id id = c->plan->row.head.id;
	enum status st = import_store_recheck(db, id, e);

	for (size_t i = 0; st == STATUS_OK && i < w->count; i++)
		st = put_one(db, w, &w->fixes[i], e);
	if (st != STATUS_OK)
		return st;
	return import_audit(db, c->actor, "import.corrected", id,
	    arena_printf(c->arena, "%zu corrections", w->count), e);
}

enum status corrections_add(struct correcting *c, struct import_fix *fixes,
    size_t count, bool remember, struct err *e)
{
	struct change w = {c, fixes, count, remember, 0, false};
	enum status st = check_each(c, fixes, count);

	if (st == STATUS_OK)
		st = check_total(c, fixes, count, e);
	if (st == STATUS_OK)
		st = check_rows(c, fixes, count, e);
	return st == STATUS_OK ? db_transact(c->db, add, &w, e) : st;
}

static enum status take_back(struct db *db, void *arg, struct err *e)
{
	const struct change *w = arg;
	struct correcting *c = w->c;
	struct import_id id = c->plan->row.head.id;
	struct import_fix *found;
	size_t count = 0;
	enum status st = import_store_recheck(db, id, e);

	if (st == STATUS_OK)
		st = import_fix_list(
		    db, c->arena, id, w->number - 1, 1, &found, &count, e);
	if (st == STATUS_OK && (!count || found->number != w->number))
		return STATUS_NOT_FOUND;
	if (st == STATUS_OK)
		st = import_fix_delete(db, id, w->number, e);
	if (st == STATUS_OK && w->forget && can_remember(c, found)) {
		const struct correction memory = memory_of(c, found);

		st = correction_delete(
		    db, c->arena, c->actor->member, &memory, e);
	}
	if (st != STATUS_OK)
		return st;
	return import_audit(db, c->actor, "import.correction.taken-back", id,
	    arena_printf(c->arena, "correction %u", w->number), e);
}

enum status corrections_take_back(
    struct correcting *c, unsigned number, bool forget, struct err *e)
{
	struct change w = {c, NULL, 0, false, number, forget};

	return number ? db_transact(c->db, take_back, &w, e) : STATUS_NOT_FOUND;
}

/* --- those of earlier files --- */

/* Made by nobody now: that is how pages know that it was recalled. */
static enum status recall_one(struct db *db, const struct correcting *c,
    unsigned column, const struct correction *memory, struct err *e)
{
	const struct actor nobody = {0};
	struct import_fix x = {
	    .kind = FIX_VALUE,
	    .column = column,
	    .old_value = memory->old_value,
	    .new_value = memory->new_value,
	    .remembered = true,
	};

	return import_fix_put(
	    db, c->arena, c->plan->row.head.id, &x, &nobody, e);
}

static enum status recall(struct db *db, void *arg, struct err *e)
{
	const struct correcting *c = ((const struct change *)arg)->c;
	const struct import_plan *p = c->plan;
	enum status st = import_store_lock(db, p->row.head.id, e);

	for (size_t i = 0; st == STATUS_OK && i < p->column_count; i++) {
		struct correction *rows;
		size_t count;

		if (p->mapping.columns[i].kind == TARGET_NONE)
			continue;
		st = correction_list(db, c->arena, c->actor->member,
		    header_fold(c->arena, p->columns[i].name), RECALLED_MAX,
		    &rows, &count, e);
		for (size_t k = 0; st == STATUS_OK && k < count; k++)
			st = recall_one(db, c, (unsigned)i + 1, &rows[k], e);
	}
	return st;
}

enum status corrections_recall(struct correcting *c, struct err *e)
{
	struct change w = {.c = c};
	uint64_t count = 0, bytes;
	enum status st;

	if (!c->plan->header || !c->actor->member.n)
		return STATUS_OK;
	st = correction_any(c->db, c->actor->member, &count, e);
	if (st != STATUS_OK || !count)
		return st;
	/* Once: those that were taken back since are not wanted again. */
	st = import_fix_total(c->db, c->plan->row.head.id, &count, &bytes, e);
	return st != STATUS_OK || count ? st
					: db_transact(c->db, recall, &w, e);
}

unsigned correction_column(
    struct arena *a, const struct import_plan *p, const char *name)
{
	unsigned long long n;

	for (size_t i = 0; i < p->column_count; i++)
		if (str_equal(p->columns[i].name, name))
			return (unsigned)i + 1;
	for (size_t i = 0; p->header && i < p->column_count; i++)
		if (str_equal(header_fold(a, p->columns[i].name),
			header_fold(a, name)))
			return (unsigned)i + 1;
	return str_to_u64(name, &n) && n <= p->column_count ? (unsigned)n : 0;
}
