/* catalog_parts.h: what the changes of tags, segments and so on share */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CATALOG_CATALOG_PARTS_H
#define DOMAIN_CATALOG_CATALOG_PARTS_H

#include "domain/catalog/catalog_change.h"
#include "domain/filter/dynamic_segment.h"
#include "storage/catalog_job_store.h"

/* A change and what it is to do, for db_transact(). */
struct catalog_work {
	struct catalog_change *c;
	const char *name;
	const char *other; /* the new name, or what it is merged into */
	const char *label;
	const char *filter; /* NULL: it stays */
	enum attribute_type type;
};

/* Runs one in a transaction; c->job is 0 unless it is made. */
enum status catalog_run(struct catalog_change *c, db_work fn,
    struct catalog_work *w, struct err *e);

/* Sets the problem and returns st. */
enum status catalog_problem_at(struct catalog_change *c, enum status st,
    const char *field, const char *text, struct err *e);
/* A rule of names was broken, or (CONFLICT) the name is taken: said at
 * "new_name". Returns st. */
enum status catalog_at_new_name(
    struct catalog_change *c, enum status st, const char *taken);

/* INVALID while a job goes on, which would not find what it is about. */
enum status catalog_check_jobs(struct catalog_change *c, struct err *e);
/* INVALID too while an import runs, or contacts still follow a change of this
 * kind. */
enum status catalog_check_quiet(
    struct catalog_change *c, enum catalog_kind kind, struct err *e);

/* Leaves the contacts to a job. */
enum status catalog_add_job(struct catalog_work *w, enum catalog_kind kind,
    uint64_t old_id, const char *old_name, uint64_t new_id,
    const char *new_name, struct err *e);
/* Dynamic segments that name what has another name now. */
enum status catalog_follow(struct catalog_work *w, enum filter_name kind,
    const char *old, const char *new, struct err *e);

/* An entry about "WHAT ID"; id 0: about "WHAT". */
enum status catalog_audit(struct catalog_work *w, const char *action,
    const char *what, uint64_t id, const char *details, struct err *e);
/* "old -> new", in the arena. */
const char *catalog_pair(
    struct catalog_work *w, const char *old, const char *new);

#endif
