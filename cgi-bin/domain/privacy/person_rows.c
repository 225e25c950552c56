/* person_rows.c: the rows of an import's kept file that are about a person */
/* SPDX-License-Identifier: MIT */
/*
 * The file is read once, record by record, as an import would read it; a quick
 * look at the bytes passes over most of it.
 */
#include "domain/privacy/person_rows.h"

#include <string.h>

#include "base/str.h"
#include "domain/import/row_key.h"
#include "domain/import/source.h"
#include "domain/privacy/mask.h"
#include "storage/person_store.h"

struct search {
	struct db *db;
	const struct person_keys *keys;
	const struct import_plan *plan;
	struct check_context context;
	struct arena row_arena;
	bool header; /* still to come */
	person_row_fn fn;
	void *arg;
	bool gone; /* no more are wanted */
	enum status status;
	struct err *err;
};

static void tell(struct search *x, const struct record *r, unsigned column)
{
	x->gone = x->gone || !x->fn(x->arg, r, column, x->header);
}

static bool is_corrected(struct search *x, const struct record *r)
{
	struct record fixed;

	return fixes_apply(x->plan->fixes, &x->row_arena, r, &fixed, NULL);
}

/* A value as contacts keep numbers. */
static bool is_number(const char *value)
{
	return !str_empty(value) && *value == '+' &&
	       strspn(value + 1, "0123456789") == strlen(value + 1) &&
	       strlen(value) > 7;
}

static bool somebody_else(struct search *x, const char *phone)
{
	bool held = false;
	enum status st =
	    person_store_held(x->db, FIELD_PHONE, phone, &held, x->err);

	if (st != STATUS_OK)
		x->status = st;
	return held;
}

enum about {
	ABOUT_OTHERS,
	ABOUT_PERSON,
	ABOUT_UNKNOWN /* it has no key that can be read */
};

/* By the row's keys, as an import reads them. */
static enum about about_keys(struct search *x, const struct checked_row *r)
{
	const struct text_set *keys = x->keys->keys;
	const char *phone = r->value[FIELD_PHONE];
	const char *email = r->value[FIELD_EMAIL];
	bool own_phone = is_number(phone);

	if (own_phone && text_set_has(&keys[SUPPRESSION_PHONE], phone))
		return ABOUT_PERSON;
	if ((!str_empty(r->value[FIELD_WA_USER_ID]) &&
		text_set_has(&keys[SUPPRESSION_WA_USER_ID],
		    r->value[FIELD_WA_USER_ID])) ||
	    (!str_empty(r->value[FIELD_USER_ID]) &&
		text_set_has(
		    &keys[SUPPRESSION_USER_ID], r->value[FIELD_USER_ID])))
		return ABOUT_PERSON;
	if (!str_empty(email) && text_set_has(&keys[SUPPRESSION_EMAIL],
				     fold_email(&x->row_arena, email)))
		return own_phone && somebody_else(x, phone) ? ABOUT_OTHERS
							    : ABOUT_PERSON;
	if (own_phone)
		return ABOUT_OTHERS;
	/* A number that could not be read is theirs all the same. */
	if (!str_empty(phone) &&
	    person_named(&x->row_arena, x->keys, phone) != NAMING_NONE)
		return ABOUT_PERSON;
	return !str_empty(email) && email_is_valid(email) ? ABOUT_OTHERS
							  : ABOUT_UNKNOWN;
}

/* One cell of a row that is not about the person; of one that is about nobody
 * whom we can tell, any naming makes it theirs. */
static bool names_in_cells(
    struct search *x, const struct record *r, enum about about)
{
	for (size_t i = 0; i < r->count; i++) {
		enum naming n =
		    person_named(&x->row_arena, x->keys, r->cells[i]);

		if (n == NAMING_NONE)
			continue;
		if (about == ABOUT_UNKNOWN)
			return true;
		if (n == NAMING_SURE)
			tell(x, r, (unsigned)i + 1);
	}
	return false;
}

static bool is_about_person(struct search *x, const struct record *r)
{
	struct checked_row checked = {0};

	if (person_rows_have(x->keys, x->plan->row.head.id.n, r->row))
		return true;
	if (x->header)
		return names_in_cells(x, r, ABOUT_UNKNOWN);
	fixes_check_row(
	    &x->row_arena, x->plan->fixes, &x->context, r, &checked, NULL);
	enum about about = about_keys(x, &checked);

	if (about != ABOUT_PERSON && is_corrected(x, r)) {
		check_row(&x->row_arena, &x->context, r, &checked);
		about = about_keys(x, &checked);
	}
	return about == ABOUT_PERSON || names_in_cells(x, r, about);
}

static bool on_record(void *arg, const struct record *r)
{
	struct search *x = arg;
	const struct import *head = &x->plan->row.head;
	bool corrected = x->plan->fixes && is_corrected(x, r);

	if ((corrected || person_rows_have(x->keys, head->id.n, r->row) ||
		person_may_be_in(x->keys, r->raw, r->raw_len)) &&
	    !mask_is_done(r->raw, r->raw_len, head->delimiter) &&
	    is_about_person(x, r))
		tell(x, r, PERSON_ROW_ALL);
	x->header = false;
	arena_reset(&x->row_arena);
	return x->status == STATUS_OK && !x->gone;
}

enum status person_rows_find(struct db *db, struct arena *a,
    const struct import_plan *plan, const struct person_keys *keys,
    person_row_fn fn, void *arg, struct err *e)
{
	struct search x = {.db = db,
	    .keys = keys,
	    .plan = plan,
	    .header = plan->row.head.header,
	    .fn = fn,
	    .arg = arg,
	    .status = STATUS_OK,
	    .err = e};
	struct source source;
	struct refusal refusal;

	plan_check_context(plan, &x.context);
	plan_source(db, &plan->row.head, &source);
	arena_init(&x.row_arena);
	enum status st = source_read(a, &source, on_record, &x, &refusal, e);

	arena_release(&x.row_arena);
	/* What cannot be read as a table any more was read up to there. */
	if (st == STATUS_INVALID)
		st = STATUS_OK;
	return st == STATUS_OK ? x.status : st;
}
