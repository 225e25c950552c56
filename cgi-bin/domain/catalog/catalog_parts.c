/* catalog_parts.c: what the changes of tags, segments and so on share */
/* SPDX-License-Identifier: MIT */
#include "domain/catalog/catalog_parts.h"

#include "base/str.h"
#include "storage/audit_store.h"
#include "storage/import_store.h"
#include "storage/job_store.h"

enum status catalog_problem_at(struct catalog_change *c, enum status st,
    const char *field, const char *text, struct err *e)
{
	c->problem.field = field;
	c->problem.text = text;
	return ERR(e, st, "%s: %s", field, text);
}

/* A rule of names was broken, or the name is taken: said at "new_name". */
enum status catalog_at_new_name(
    struct catalog_change *c, enum status st, const char *taken)
{
	if (st == STATUS_CONFLICT) {
		c->problem.field = "new_name";
		c->problem.text = taken;
	} else if (st == STATUS_INVALID &&
		   str_equal(c->problem.field, "name")) {
		c->problem.field = "new_name";
	}
	return st;
}

enum status catalog_run(
    struct catalog_change *c, db_work fn, struct catalog_work *w, struct err *e)
{
	enum status st;

	w->c = c;
	c->job = 0;
	st = db_transact(c->db, fn, w, e);
	if (st != STATUS_OK)
		c->job = 0;
	return st;
}

/* No job goes on, which would not find what it is about. */
enum status catalog_check_jobs(struct catalog_change *c, struct err *e)
{
	struct job *jobs;
	size_t n = 0;
	enum status st = job_store_active(c->db, c->arena, &jobs, &n, e);

	if (st == STATUS_OK && n)
		return catalog_problem_at(c, STATUS_INVALID, "",
		    "Many contacts are being changed. Try again when that is "
		    "done.",
		    e);
	return st;
}

/* Nothing that this change would get in the way of. */
enum status catalog_check_quiet(
    struct catalog_change *c, enum catalog_kind kind, struct err *e)
{
	struct import_row *imports;
	bool pending = false;
	size_t n = 0;
	enum status st = catalog_job_pending(c->db, kind, &pending, e);

	if (st == STATUS_OK && pending)
		return catalog_problem_at(c, STATUS_INVALID, "",
		    "Contacts still follow a change that was made before. Try "
		    "again in a moment.",
		    e);
	if (st == STATUS_OK)
		st = import_store_active(c->db, c->arena, &imports, &n, e);
	if (st == STATUS_OK && n)
		return catalog_problem_at(c, STATUS_INVALID, "",
		    "An import is running. Try again when it is done.", e);
	return st == STATUS_OK ? catalog_check_jobs(c, e) : st;
}

enum status catalog_audit(struct catalog_work *w, const char *action,
    const char *what, uint64_t id, const char *details, struct err *e)
{
	struct arena *a = w->c->arena;

	return audit_add(w->c->db, w->c->actor, action,
	    id ? arena_printf(a, "%s %llu", what, (unsigned long long)id)
	       : what,
	    details, e);
}

const char *catalog_pair(
    struct catalog_work *w, const char *old, const char *new)
{
	return arena_printf(w->c->arena, "%s -> %s", old, new);
}

enum status catalog_add_job(struct catalog_work *w, enum catalog_kind kind,
    uint64_t old_id, const char *old_name, uint64_t new_id,
    const char *new_name, struct err *e)
{
	const struct catalog_job job = {.kind = kind,
	    .old_id = old_id,
	    .old_name = old_name,
	    .new_id = new_id,
	    .new_name = new_name,
	    .actor = *w->c->actor};

	return catalog_job_insert(w->c->db, &job, &w->c->job, e);
}

/* Dynamic segments that name what has another name now. */
enum status catalog_follow(struct catalog_work *w, enum filter_name kind,
    const char *old, const char *new, struct err *e)
{
	return dynamic_segment_follow(w->c->db, w->c->arena, kind, old, new, e);
}
