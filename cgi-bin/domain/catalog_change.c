/* catalog_change.c: renaming, merging, deleting tags, attributes, segments */
/* SPDX-License-Identifier: MIT */
/*
 * An import that runs knows tags and attributes by what they were when it
 * began. So what would leave it with links to a tag that is gone, or values
 * under a name that is no more, waits for it. A job knows them, and segments,
 * by their names: none of these changes while one waits or runs.
 */
#include "domain/catalog_change.h"

#include <string.h>

#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/filter/dynamic_segment.h"
#include "storage/attribute_store.h"
#include "storage/audit_store.h"
#include "storage/campaign_store.h"
#include "storage/catalog_job_store.h"
#include "storage/first_message_rule_store.h"
#include "storage/import_store.h"
#include "storage/job_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"

/* A change and what it is to do, for db_transact(). */
struct work {
	struct catalog_change *c;
	const char *name;
	const char *other; /* the new name, or what it is merged into */
	const char *label;
	enum attribute_type type;
};

static enum status problem(struct catalog_change *c, enum status st,
    const char *field, const char *text, struct err *e)
{
	c->problem.field = field;
	c->problem.text = text;
	return ERR(e, st, "%s: %s", field, text);
}

/* A rule of names was broken, or the name is taken: said at "new_name". */
static enum status at_new_name(
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

static enum status run(
    struct catalog_change *c, db_work fn, struct work *w, struct err *e)
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
static enum status check_jobs(struct catalog_change *c, struct err *e)
{
	struct job *jobs;
	size_t n = 0;
	enum status st = job_store_active(c->db, c->arena, &jobs, &n, e);

	if (st == STATUS_OK && n)
		return problem(c, STATUS_INVALID, "",
		    "Many contacts are being changed. Try again when that is "
		    "done.",
		    e);
	return st;
}

/* Nothing that this change would get in the way of. */
static enum status check_quiet(
    struct catalog_change *c, enum catalog_kind kind, struct err *e)
{
	struct import_row *imports;
	bool pending = false;
	size_t n = 0;
	enum status st = catalog_job_pending(c->db, kind, &pending, e);

	if (st == STATUS_OK && pending)
		return problem(c, STATUS_INVALID, "",
		    "Contacts still follow a change that was made before. Try "
		    "again in a moment.",
		    e);
	if (st == STATUS_OK)
		st = import_store_active(c->db, c->arena, &imports, &n, e);
	if (st == STATUS_OK && n)
		return problem(c, STATUS_INVALID, "",
		    "An import is running. Try again when it is done.", e);
	return st == STATUS_OK ? check_jobs(c, e) : st;
}

static enum status audit(struct work *w, const char *action, const char *what,
    uint64_t id, const char *details, struct err *e)
{
	struct arena *a = w->c->arena;

	return audit_add(w->c->db, w->c->actor, action,
	    id ? arena_printf(a, "%s %llu", what, (unsigned long long)id)
	       : what,
	    details, e);
}

static const char *pair(struct work *w, const char *old, const char *new)
{
	return arena_printf(w->c->arena, "%s -> %s", old, new);
}

static enum status add_job(struct work *w, enum catalog_kind kind,
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
static enum status follow(struct work *w, enum filter_name kind,
    const char *old, const char *new, struct err *e)
{
	return dynamic_segment_follow(w->c->db, w->c->arena, kind, old, new, e);
}

/* --- tags --- */

static enum status rename_tag(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct tag tag;
	enum status st = check_jobs(w->c, e);

	if (st == STATUS_OK)
		st = tag_store_get(db, w->c->arena, w->name, &tag, e);
	if (st == STATUS_OK)
		st = tag_store_rename(db, tag.id, w->other, e);
	if (st == STATUS_OK)
		st = follow(w, FILTER_NAME_TAG, tag.name, w->other, e);
	if (st == STATUS_OK)
		st = audit(w, "tag.rename", "tag", tag.id.n,
		    pair(w, tag.name, w->other), e);
	return st;
}

enum status catalog_rename_tag(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e)
{
	struct work w = {.name = name, .other = new_name};
	enum status st = catalog_check_tag(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = run(c, rename_tag, &w, e);
	return at_new_name(c, st,
	    "There is a tag with this name already. Merge the two instead.");
}

static enum status merge_tags(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct tag tag, into;
	enum status st = check_quiet(w->c, CATALOG_TAG, e);

	if (st == STATUS_OK)
		st = tag_store_get(db, w->c->arena, w->name, &tag, e);
	if (st != STATUS_OK)
		return st;
	/* A name of nothing that is seen would be found by "". */
	st = str_empty(w->other)
		 ? STATUS_NOT_FOUND
		 : tag_store_get(db, w->c->arena, w->other, &into, e);
	if (st == STATUS_NOT_FOUND)
		return problem(w->c, STATUS_INVALID, "into",
		    "There is no tag with this name.", e);
	if (st == STATUS_OK && into.id.n == tag.id.n)
		return problem(
		    w->c, STATUS_INVALID, "into", "Choose another tag.", e);
	if (st == STATUS_OK)
		st = tag_store_delete(db, tag.id, e);
	if (st == STATUS_OK)
		st = add_job(w, CATALOG_TAG, tag.id.n, tag.name, into.id.n,
		    into.name, e);
	if (st == STATUS_OK)
		st = follow(w, FILTER_NAME_TAG, tag.name, into.name, e);
	if (st == STATUS_OK)
		st = audit(w, "tag.merge", "tag", tag.id.n,
		    pair(w, tag.name, into.name), e);
	return st;
}

enum status catalog_merge_tags(
    struct catalog_change *c, const char *name, const char *into, struct err *e)
{
	struct work w = {.name = name, .other = into};

	return run(c, merge_tags, &w, e);
}

static enum status delete_tag(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct tag tag;
	enum status st = check_quiet(w->c, CATALOG_TAG, e);

	if (st == STATUS_OK)
		st = tag_store_get(db, w->c->arena, w->name, &tag, e);
	if (st == STATUS_OK)
		st = tag_store_delete(db, tag.id, e);
	if (st == STATUS_OK)
		st = add_job(w, CATALOG_TAG, tag.id.n, tag.name, 0, "", e);
	if (st == STATUS_OK)
		st = audit(w, "tag.delete", "tag", tag.id.n, tag.name, e);
	return st;
}

enum status catalog_delete_tag(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct work w = {.name = name};

	return run(c, delete_tag, &w, e);
}

/* --- first messages --- */

static enum status find_message(
    struct work *w, const char *name, struct tag *out, struct err *e)
{
	struct tag *rows;
	size_t n;
	enum status st = tag_store_first_messages(
	    w->c->db, w->c->arena, name, 1, &rows, &n, e);

	if (st != STATUS_OK)
		return st;
	if (!n || !*name)
		return ERR(e, STATUS_NOT_FOUND, "no such first message");
	*out = rows[0];
	return STATUS_OK;
}

static enum status move_messages(struct work *w, const struct tag *message,
    const char *new_name, const char *action, struct err *e)
{
	enum status st =
	    add_job(w, CATALOG_FIRST_MESSAGE, 0, message->name, 0, new_name, e);

	if (st == STATUS_OK && *new_name)
		st = follow(
		    w, FILTER_NAME_FIRST_MESSAGE, message->name, new_name, e);
	if (st == STATUS_OK)
		st = first_message_rule_follow(
		    w->c->db, message->name, new_name, e);
	if (st != STATUS_OK)
		return st;
	return audit(w, action, "first message", message->id.n,
	    *new_name ? pair(w, message->name, new_name) : message->name, e);
}

static enum status rename_message(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct tag message, taken;
	bool same = false;
	enum status st = check_quiet(w->c, CATALOG_FIRST_MESSAGE, e);

	if (st == STATUS_OK)
		st = find_message(w, w->name, &message, e);
	if (st != STATUS_OK)
		return st;
	st = find_message(w, w->other, &taken, e);
	if (st == STATUS_OK)
		same = str_equal(taken.name, message.name);
	if (st == STATUS_OK && !same)
		return ERR(e, STATUS_CONFLICT, "the name is taken");
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	st = message.id.n ? tag_store_rename(db, message.id, w->other, e)
			  : STATUS_OK;
	if (st == STATUS_OK)
		st = move_messages(
		    w, &message, w->other, "first_message.rename", e);
	return st;
}

enum status catalog_rename_first_message(struct catalog_change *c,
    const char *name, const char *new_name, struct err *e)
{
	struct work w = {.name = name, .other = new_name};
	enum status st = catalog_check_tag(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = run(c, rename_message, &w, e);
	return at_new_name(c, st,
	    "There is a first message with this name already. Merge the two "
	    "instead.");
}

/* Into another one, or away. */
static enum status drop_message(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct tag message, into = {.name = ""};
	enum status st = check_quiet(w->c, CATALOG_FIRST_MESSAGE, e);

	if (st == STATUS_OK)
		st = find_message(w, w->name, &message, e);
	if (st != STATUS_OK)
		return st;
	if (w->other)
		st = find_message(w, w->other, &into, e);
	if (st == STATUS_NOT_FOUND)
		return problem(w->c, STATUS_INVALID, "into",
		    "There is no first message with this name.", e);
	if (st == STATUS_OK && str_equal(into.name, message.name))
		return problem(w->c, STATUS_INVALID, "into",
		    "Choose another first message.", e);
	if (st == STATUS_OK && message.id.n)
		st = tag_store_delete(db, message.id, e);
	if (st == STATUS_OK)
		st = move_messages(w, &message, into.name,
		    w->other ? "first_message.merge" : "first_message.delete",
		    e);
	return st;
}

enum status catalog_merge_first_messages(
    struct catalog_change *c, const char *name, const char *into, struct err *e)
{
	struct work w = {.name = name, .other = into};

	return run(c, drop_message, &w, e);
}

enum status catalog_delete_first_message(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct work w = {.name = name};

	return run(c, drop_message, &w, e);
}

/* --- attributes --- */

static enum status check_type(
    struct work *w, const struct attribute *had, struct err *e)
{
	uint64_t contacts = 0;
	enum status st;

	if (had->type == w->type)
		return STATUS_OK;
	st = attribute_store_contacts(
	    w->c->db, attributes_path(w->c->arena, had->name), &contacts, e);
	if (st == STATUS_OK && contacts)
		return problem(w->c, STATUS_INVALID, "type",
		    arena_printf(w->c->arena,
			"The type stays %s: %llu %s a value of it.",
			attribute_types[had->type].label,
			(unsigned long long)contacts,
			contacts == 1 ? "contact has" : "contacts have"),
		    e);
	return st;
}

static const char *describe(struct work *w, const struct attribute *t)
{
	return arena_printf(w->c->arena, "%s (%s)%s%s", t->name,
	    attribute_types[t->type].key, *t->label ? ", " : "", t->label);
}

static enum status change_attribute(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct attribute had, new;
	enum status st = attribute_store_get(db, w->c->arena, w->name, &had, e);

	if (st != STATUS_OK)
		return st;
	new = had;
	new.name = w->other;
	new.label = w->label;
	new.type = w->type;
	if (!str_equal(had.name, new.name) || had.type != new.type)
		st = check_quiet(w->c, CATALOG_ATTRIBUTE, e);
	if (st == STATUS_OK)
		st = check_type(w, &had, e);
	if (st == STATUS_OK)
		st = attribute_store_update(db, &new, e);
	if (st == STATUS_OK && !str_equal(had.name, new.name))
		st = add_job(w, CATALOG_ATTRIBUTE, 0, had.name, 0, new.name, e);
	if (st == STATUS_OK && !str_equal(had.name, new.name))
		st = follow(w, FILTER_NAME_ATTRIBUTE, had.name, new.name, e);
	if (st == STATUS_OK)
		st = audit(w, "attribute.change", "attribute", had.id.n,
		    pair(w, describe(w, &had), describe(w, &new)), e);
	return st;
}

enum status catalog_change_attribute(struct catalog_change *c, const char *name,
    const char *new_name, const char *label, const char *type_key,
    struct err *e)
{
	struct work w = {.name = name, .other = new_name, .label = label};
	enum status st = catalog_check_attribute(
	    new_name, label, type_key, &w.type, &c->problem, e);

	if (st == STATUS_OK)
		st = run(c, change_attribute, &w, e);
	return at_new_name(
	    c, st, "There is an attribute with this name already.");
}

static enum status delete_attribute(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct attribute had;
	enum status st = check_quiet(w->c, CATALOG_ATTRIBUTE, e);

	if (st == STATUS_OK)
		st = attribute_store_get(db, w->c->arena, w->name, &had, e);
	if (st == STATUS_OK)
		st = attribute_store_delete(db, had.id, e);
	if (st == STATUS_OK)
		st = add_job(w, CATALOG_ATTRIBUTE, 0, had.name, 0, "", e);
	if (st == STATUS_OK)
		st = audit(w, "attribute.delete", "attribute", had.id.n,
		    describe(w, &had), e);
	return st;
}

enum status catalog_delete_attribute(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct work w = {.name = name};

	return run(c, delete_attribute, &w, e);
}

/* --- segments --- */

static enum status rename_segment(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct segment s;
	enum status st = check_jobs(w->c, e);

	if (st == STATUS_OK)
		st = segment_store_get(db, w->c->arena, w->name, &s, e);
	if (st == STATUS_OK)
		st = segment_store_rename(db, s.id, w->other, e);
	if (st == STATUS_OK)
		st = follow(w, FILTER_NAME_SEGMENT, s.name, w->other, e);
	if (st == STATUS_OK)
		st = audit(w, "segment.rename", "segment", s.id.n,
		    pair(w, s.name, w->other), e);
	return st;
}

enum status catalog_rename_segment(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e)
{
	struct work w = {.name = name, .other = new_name};
	enum status st = catalog_check_name(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = run(c, rename_segment, &w, e);
	return at_new_name(c, st, "There is a segment with this name already.");
}

/* A filter that names what is gone would list nobody, or everybody. */
static enum status check_unused(
    struct work *w, const struct segment *s, struct err *e)
{
	const char **names;
	size_t n;
	enum status st = dynamic_segment_users(
	    w->c->db, w->c->arena, s->name, &names, &n, e);

	if (st != STATUS_OK || !n)
		return st;
	return problem(w->c, STATUS_INVALID, "",
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
	struct work *w = arg;
	struct segment s;
	enum status st = check_quiet(w->c, CATALOG_SEGMENT, e);

	if (st == STATUS_OK)
		st = segment_store_get(db, w->c->arena, w->name, &s, e);
	if (st == STATUS_OK)
		st = check_unused(w, &s, e);
	if (st == STATUS_OK)
		st = segment_store_delete(db, s.id, e);
	if (st == STATUS_OK)
		st = add_job(w, CATALOG_SEGMENT, s.id.n, s.name, 0, "", e);
	if (st == STATUS_OK)
		st = audit(w, "segment.delete", "segment", s.id.n, s.name, e);
	return st;
}

enum status catalog_delete_segment(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct work w = {.name = name};

	return run(c, delete_segment, &w, e);
}

/* --- campaigns --- */

static enum status rename_campaign(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct campaign c;
	enum status st = check_jobs(w->c, e);

	if (st == STATUS_OK)
		st = campaign_store_get(db, w->c->arena, w->name, &c, e);
	if (st == STATUS_OK)
		st = campaign_store_rename(db, c.id, w->other, e);
	if (st == STATUS_OK)
		st = follow(w, FILTER_NAME_CAMPAIGN, c.name, w->other, e);
	if (st == STATUS_OK)
		st = audit(w, "campaign.rename", "campaign", c.id.n,
		    pair(w, c.name, w->other), e);
	return st;
}

enum status catalog_rename_campaign(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e)
{
	struct work w = {.name = name, .other = new_name};
	enum status st = catalog_check_campaign(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = run(c, rename_campaign, &w, e);
	return at_new_name(
	    c, st, "There is a campaign with this name already.");
}

static enum status delete_campaign(struct db *db, void *arg, struct err *e)
{
	struct work *w = arg;
	struct campaign c;
	enum status st = check_quiet(w->c, CATALOG_CAMPAIGN, e);

	if (st == STATUS_OK)
		st = campaign_store_get(db, w->c->arena, w->name, &c, e);
	if (st == STATUS_OK)
		st = campaign_store_delete(db, c.id, e);
	if (st == STATUS_OK)
		st = add_job(w, CATALOG_CAMPAIGN, c.id.n, c.name, 0, "", e);
	if (st == STATUS_OK)
		st = audit(w, "campaign.delete", "campaign", c.id.n, c.name, e);
	return st;
}

enum status catalog_delete_campaign(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct work w = {.name = name};

	return run(c, delete_campaign, &w, e);
}
