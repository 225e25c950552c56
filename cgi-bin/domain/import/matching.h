/* matching.h: the matching of one batch, shared by the files that do it */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MATCHING_H
#define IMPORT_MATCHING_H

#include "domain/import/apply.h"
#include "domain/import/match.h"
#include "domain/import/people.h"
#include "domain/import/problem.h"
#include "domain/import/suppressed.h"

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

static inline const struct import_rules *rules_of(const struct matching *x)
{
	return &x->m->plan->rules;
}

static inline enum contact_field key_field(
    const struct matching *x, const struct checked_row *r)
{
	return row_key_field(rules_of(x), r);
}

/* match_people.c: the contacts that the batch is about are read, and locked
 * unless it only looks, with their tags. */
enum status matching_read(struct matching *x);
/* In a check, contacts that earlier rows would have made or changed take their
 * places before the reading, and those that later rows may meet are kept after
 * the last row. */
void matching_call_ghosts(struct matching *x);
void matching_keep_ghosts(struct matching *x);

/* match_find.c: which contact a row is about. */
struct finding {
	struct target *target; /* NULL: nobody in the book */
	bool failed;
	enum outcome outcome; /* when failed */
};

/* The contact that has the row's key; it fails, with a problem, when there are
 * several or when the row is about two people. */
struct finding matching_find(
    struct matching *x, const struct checked_row *r, const char *key);
/* Fails when the row would give `found` a number or id of somebody else. */
struct finding matching_check_unique(
    struct matching *x, const struct checked_row *r, struct finding found);
/* Made by an earlier row of this file: by its number nobody would know it. */
bool matching_is_of_this_file(const struct matching *x, const struct target *t);

/* A problem of the row that is being decided, in the column of the field. */
void matching_add_problem(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message);
/* One that the reading of the file found. */
void matching_keep_problem(struct matching *x, const struct problem *p);
/* The same for a problem that keeps the row out; the outcome that it has. */
enum outcome matching_reject(struct matching *x, enum problem_code code,
    enum contact_field field, const char *message);

#endif
