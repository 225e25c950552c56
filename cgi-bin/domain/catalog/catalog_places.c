/* catalog_places.c: renaming and deleting segments and campaigns */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/catalog/catalog_parts.h"
#include "domain/filter/filter_shape.h"
#include "storage/campaign_store.h"
#include "storage/segment_store.h"

/* --- segments --- */

/* The filter, as it is kept, and as it would be under the new name: a segment
 * is not made of itself. */
static enum status set_filter(
    struct catalog_work *w, const struct segment *s, struct err *e)
{
	struct catalog_change *c = w->c;
	const char *kept = "";
	enum status st = STATUS_OK;

	if (!s->dynamic)
		return catalog_problem_at(c, STATUS_INVALID, "filter",
		    "This is a static segment: it has contacts, and no filter.",
		    e);
	st = dynamic_segment_check(
	    c->db, c->arena, w->other, w->filter, &kept, &c->problem, e);
	if (st == STATUS_OK)
		st = segment_store_set_filter(c->db, s->id, kept, e);
	if (st == STATUS_OK)
		st = catalog_audit(w, "segment.filter", "segment", s->id.n,
		    arena_printf(c->arena, "%s: %s", w->other,
			filter_shape(c->arena, kept)),
		    e);
	return st;
}

static enum status rename_to(
    struct catalog_work *w, const struct segment *s, struct err *e)
{
	enum status st = segment_store_rename(w->c->db, s->id, w->other, e);

	if (st == STATUS_OK)
		st = catalog_follow(
		    w, FILTER_NAME_SEGMENT, s->name, w->other, e);
	if (st == STATUS_OK)
		st = catalog_audit(w, "segment.rename", "segment", s->id.n,
		    catalog_pair(w, s->name, w->other), e);
	return st;
}

/* INVALID when the filter is not understood under that name. */
static enum status check_under(struct catalog_work *w, const struct segment *s,
    const char *name, struct err *e)
{
	struct catalog_problem p;
	const char *kept;

	return s->dynamic ? dynamic_segment_check(w->c->db, w->c->arena, name,
				s->filter, &kept, &p, e)
			  : STATUS_OK;
}

/* Another filter may have the new name already, from a segment that is gone or
 * was never made. One that did not work before may have any name. */
static enum status rename_soundly(
    struct catalog_work *w, const struct segment *s, struct err *e)
{
	enum status before = check_under(w, s, s->name, e);
	enum status st = before == STATUS_INVALID ? STATUS_OK : before;

	if (st == STATUS_OK)
		st = rename_to(w, s, e);
	if (st != STATUS_OK || before == STATUS_INVALID || w->filter)
		return st;
	st = check_under(w, s, w->other, e);
	if (st != STATUS_INVALID)
		return st;
	return catalog_problem_at(w->c, STATUS_INVALID, "name",
	    "A segment that this one is made of has this name in its filter, "
	    "so it would be made of itself. Choose another name.",
	    e);
}

static enum status change_segment(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct segment s;
	enum status st = catalog_check_jobs(w->c, e);

	if (st == STATUS_OK)
		st = segment_store_read(db, w->c->arena, w->name, &s, e);
	if (st == STATUS_OK && !str_equal(s.name, w->other))
		st = rename_soundly(w, &s, e);
	if (st == STATUS_OK && w->filter)
		st = set_filter(w, &s, e);
	return st;
}

enum status catalog_change_segment(struct catalog_change *c, const char *name,
    const char *new_name, const char *filter, struct err *e)
{
	struct catalog_work w = {
	    .name = name, .other = new_name, .filter = filter};
	enum status st = catalog_check_name(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = catalog_run(c, change_segment, &w, e);
	return catalog_at_new_name(
	    c, st, "There is a segment with this name already.");
}

enum status catalog_rename_segment(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e)
{
	return catalog_change_segment(c, name, new_name, NULL, e);
}

/* A filter that names what is gone would list nobody, or everybody. */
static enum status check_unused(
    struct catalog_work *w, const struct segment *s, struct err *e)
{
	const char **names;
	size_t n;
	enum status st = dynamic_segment_users(
	    w->c->db, w->c->arena, s->name, &names, &n, e);

	if (st != STATUS_OK || !n)
		return st;
	return catalog_problem_at(w->c, STATUS_INVALID, "",
	    n == 1 ? arena_printf(w->c->arena,
			 "The segment \"%s\" uses it: change the filter of "
			 "that one first.",
			 names[0])
		   : arena_printf(w->c->arena,
			 "The segment \"%s\" and %zu more use it: change "
			 "their filters first.",
			 names[0], n - 1),
	    e);
}

static enum status delete_segment(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct segment s;
	enum status st = catalog_check_quiet(w->c, CATALOG_SEGMENT, e);

	if (st == STATUS_OK)
		st = segment_store_get(db, w->c->arena, w->name, &s, e);
	if (st == STATUS_OK)
		st = check_unused(w, &s, e);
	if (st == STATUS_OK)
		st = segment_store_delete(db, s.id, e);
	if (st == STATUS_OK)
		st = catalog_add_job(
		    w, CATALOG_SEGMENT, s.id.n, s.name, 0, "", e);
	if (st == STATUS_OK)
		st = catalog_audit(
		    w, "segment.delete", "segment", s.id.n, s.name, e);
	return st;
}

enum status catalog_delete_segment(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct catalog_work w = {.name = name};

	return catalog_run(c, delete_segment, &w, e);
}

/* --- campaigns --- */

static enum status rename_campaign(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct campaign c;
	enum status st = catalog_check_jobs(w->c, e);

	if (st == STATUS_OK)
		st = campaign_store_get(db, w->c->arena, w->name, &c, e);
	if (st == STATUS_OK)
		st = campaign_store_rename(db, c.id, w->other, e);
	if (st == STATUS_OK)
		st = catalog_follow(
		    w, FILTER_NAME_CAMPAIGN, c.name, w->other, e);
	if (st == STATUS_OK)
		st = catalog_audit(w, "campaign.rename", "campaign", c.id.n,
		    catalog_pair(w, c.name, w->other), e);
	return st;
}

enum status catalog_rename_campaign(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e)
{
	struct catalog_work w = {.name = name, .other = new_name};
	enum status st = catalog_check_campaign(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = catalog_run(c, rename_campaign, &w, e);
	return catalog_at_new_name(
	    c, st, "There is a campaign with this name already.");
}

static enum status delete_campaign(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct campaign c;
	enum status st = catalog_check_quiet(w->c, CATALOG_CAMPAIGN, e);

	if (st == STATUS_OK)
		st = campaign_store_get(db, w->c->arena, w->name, &c, e);
	if (st == STATUS_OK)
		st = campaign_store_delete(db, c.id, e);
	if (st == STATUS_OK)
		st = catalog_add_job(
		    w, CATALOG_CAMPAIGN, c.id.n, c.name, 0, "", e);
	if (st == STATUS_OK)
		st = catalog_audit(
		    w, "campaign.delete", "campaign", c.id.n, c.name, e);
	return st;
}

enum status catalog_delete_campaign(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct catalog_work w = {.name = name};

	return catalog_run(c, delete_campaign, &w, e);
}
