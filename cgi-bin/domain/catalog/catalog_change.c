/* catalog_change.c: renaming, merging, deleting tags and attributes */
/* SPDX-License-Identifier: MIT */
/*
 * An import that runs knows tags and attributes by what they were when it
 * began. So what would leave it with links to a tag that is gone, or values
 * under a name that is no more, waits for it. A job knows them, and segments
 * and campaigns, by their names: none of these changes while one waits or runs.
 */
#include "domain/catalog/catalog_change.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/catalog/catalog_parts.h"
#include "storage/attribute_store.h"
#include "storage/first_message_rule_store.h"
#include "storage/tag_store.h"

/* --- tags --- */

static enum status rename_tag(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct tag tag;
	enum status st = catalog_check_jobs(w->c, e);

	if (st == STATUS_OK)
		st = tag_store_get(db, w->c->arena, w->name, &tag, e);
	if (st == STATUS_OK)
		st = tag_store_rename(db, tag.id, w->other, e);
	if (st == STATUS_OK)
		st = catalog_follow(w, FILTER_NAME_TAG, tag.name, w->other, e);
	if (st == STATUS_OK)
		st = catalog_audit(w, "tag.rename", "tag", tag.id.n,
		    catalog_pair(w, tag.name, w->other), e);
	return st;
}

enum status catalog_rename_tag(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e)
{
	struct catalog_work w = {.name = name, .other = new_name};
	enum status st = catalog_check_tag(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = catalog_run(c, rename_tag, &w, e);
	return catalog_at_new_name(c, st,
	    "There is a tag with this name already. Merge the two instead.");
}

static enum status merge_tags(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct tag tag, into;
	enum status st = catalog_check_quiet(w->c, CATALOG_TAG, e);

	if (st == STATUS_OK)
		st = tag_store_get(db, w->c->arena, w->name, &tag, e);
	if (st != STATUS_OK)
		return st;
	/* A name of nothing that is seen would be found by "". */
	st = str_empty(w->other)
		 ? STATUS_NOT_FOUND
		 : tag_store_get(db, w->c->arena, w->other, &into, e);
	if (st == STATUS_NOT_FOUND)
		return catalog_problem_at(w->c, STATUS_INVALID, "into",
		    "There is no tag with this name.", e);
	if (st == STATUS_OK && into.id.n == tag.id.n)
		return catalog_problem_at(
		    w->c, STATUS_INVALID, "into", "Choose another tag.", e);
	if (st == STATUS_OK)
		st = tag_store_delete(db, tag.id, e);
	if (st == STATUS_OK)
		st = catalog_add_job(w, CATALOG_TAG, tag.id.n, tag.name,
		    into.id.n, into.name, e);
	if (st == STATUS_OK)
		st = catalog_follow(w, FILTER_NAME_TAG, tag.name, into.name, e);
	if (st == STATUS_OK)
		st = catalog_audit(w, "tag.merge", "tag", tag.id.n,
		    catalog_pair(w, tag.name, into.name), e);
	return st;
}

enum status catalog_merge_tags(
    struct catalog_change *c, const char *name, const char *into, struct err *e)
{
	struct catalog_work w = {.name = name, .other = into};

	return catalog_run(c, merge_tags, &w, e);
}

static enum status delete_tag(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct tag tag;
	enum status st = catalog_check_quiet(w->c, CATALOG_TAG, e);

	if (st == STATUS_OK)
		st = tag_store_get(db, w->c->arena, w->name, &tag, e);
	if (st == STATUS_OK)
		st = tag_store_delete(db, tag.id, e);
	if (st == STATUS_OK)
		st = catalog_add_job(
		    w, CATALOG_TAG, tag.id.n, tag.name, 0, "", e);
	if (st == STATUS_OK)
		st = catalog_audit(
		    w, "tag.delete", "tag", tag.id.n, tag.name, e);
	return st;
}

enum status catalog_delete_tag(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct catalog_work w = {.name = name};

	return catalog_run(c, delete_tag, &w, e);
}

/* --- first messages --- */

static enum status find_message(
    struct catalog_work *w, const char *name, struct tag *out, struct err *e)
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

/* What a customer wrote has no place in the audit log, from which nothing can
 * be taken again; what the team wrote down beforehand is a name of theirs. */
static const char *said(struct catalog_work *w, const struct tag *message)
{
	if (message->id.n || !*message->name)
		return message->name;
	return arena_printf(
	    w->c->arena, "a text of %zu letters", utf8_length(message->name));
}

static enum status move_messages(struct catalog_work *w,
    const struct tag *message, const struct tag *into, const char *action,
    struct err *e)
{
	const char *new_name = into->name;
	enum status st = catalog_add_job(
	    w, CATALOG_FIRST_MESSAGE, 0, message->name, 0, new_name, e);

	if (st == STATUS_OK && *new_name)
		st = catalog_follow(
		    w, FILTER_NAME_FIRST_MESSAGE, message->name, new_name, e);
	if (st == STATUS_OK)
		st = first_message_rule_follow(
		    w->c->db, message->name, new_name, e);
	if (st != STATUS_OK)
		return st;
	return catalog_audit(w, action, "first message", message->id.n,
	    *new_name ? catalog_pair(w, said(w, message), said(w, into))
		      : said(w, message),
	    e);
}

static enum status rename_message(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct tag message, taken, renamed;
	bool same = false;
	enum status st = catalog_check_quiet(w->c, CATALOG_FIRST_MESSAGE, e);

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
	renamed = message;
	renamed.name = w->other;
	if (st == STATUS_OK)
		st = move_messages(
		    w, &message, &renamed, "first_message.rename", e);
	return st;
}

enum status catalog_rename_first_message(struct catalog_change *c,
    const char *name, const char *new_name, struct err *e)
{
	struct catalog_work w = {.name = name, .other = new_name};
	enum status st = catalog_check_tag(new_name, &c->problem, e);

	if (st == STATUS_OK)
		st = catalog_run(c, rename_message, &w, e);
	return catalog_at_new_name(c, st,
	    "There is a first message with this name already. Merge the two "
	    "instead.");
}

/* Into another one, or away. */
static enum status drop_message(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct tag message, into = {.name = ""};
	enum status st = catalog_check_quiet(w->c, CATALOG_FIRST_MESSAGE, e);

	if (st == STATUS_OK)
		st = find_message(w, w->name, &message, e);
	if (st != STATUS_OK)
		return st;
	if (w->other)
		st = find_message(w, w->other, &into, e);
	if (st == STATUS_NOT_FOUND)
		return catalog_problem_at(w->c, STATUS_INVALID, "into",
		    "There is no first message with this name.", e);
	if (st == STATUS_OK && str_equal(into.name, message.name))
		return catalog_problem_at(w->c, STATUS_INVALID, "into",
		    "Choose another first message.", e);
	if (st == STATUS_OK && message.id.n)
		st = tag_store_delete(db, message.id, e);
	if (st == STATUS_OK)
		st = move_messages(w, &message, &into,
		    w->other ? "first_message.merge" : "first_message.delete",
		    e);
	return st;
}

enum status catalog_merge_first_messages(
    struct catalog_change *c, const char *name, const char *into, struct err *e)
{
	struct catalog_work w = {.name = name, .other = into};

	return catalog_run(c, drop_message, &w, e);
}

enum status catalog_delete_first_message(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct catalog_work w = {.name = name};

	return catalog_run(c, drop_message, &w, e);
}

/* --- attributes --- */

static enum status check_type(
    struct catalog_work *w, const struct attribute *had, struct err *e)
{
	uint64_t contacts = 0;
	enum status st;

	if (had->type == w->type)
		return STATUS_OK;
	st = attribute_store_contacts(
	    w->c->db, attributes_path(w->c->arena, had->name), &contacts, e);
	if (st == STATUS_OK && contacts)
		return catalog_problem_at(w->c, STATUS_INVALID, "type",
		    arena_printf(w->c->arena,
			"The type stays %s: %llu %s a value of it.",
			attribute_types[had->type].label,
			(unsigned long long)contacts,
			contacts == 1 ? "contact has" : "contacts have"),
		    e);
	return st;
}

static const char *describe(struct catalog_work *w, const struct attribute *t)
{
	return arena_printf(w->c->arena, "%s (%s)%s%s", t->name,
	    attribute_types[t->type].key, *t->label ? ", " : "", t->label);
}

static enum status change_attribute(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct attribute had, new;
	enum status st = attribute_store_get(db, w->c->arena, w->name, &had, e);

	if (st != STATUS_OK)
		return st;
	new = had;
	new.name = w->other;
	new.label = w->label;
	new.type = w->type;
	if (!str_equal(had.name, new.name) || had.type != new.type)
		st = catalog_check_quiet(w->c, CATALOG_ATTRIBUTE, e);
	if (st == STATUS_OK)
		st = check_type(w, &had, e);
	if (st == STATUS_OK)
		st = attribute_store_update(db, &new, e);
	if (st == STATUS_OK && !str_equal(had.name, new.name))
		st = catalog_add_job(
		    w, CATALOG_ATTRIBUTE, 0, had.name, 0, new.name, e);
	if (st == STATUS_OK && !str_equal(had.name, new.name))
		st = catalog_follow(
		    w, FILTER_NAME_ATTRIBUTE, had.name, new.name, e);
	if (st == STATUS_OK)
		st = catalog_audit(w, "attribute.change", "attribute", had.id.n,
		    catalog_pair(w, describe(w, &had), describe(w, &new)), e);
	return st;
}

enum status catalog_change_attribute(struct catalog_change *c, const char *name,
    const char *new_name, const char *label, const char *type_key,
    struct err *e)
{
	struct catalog_work w = {
	    .name = name, .other = new_name, .label = label};
	enum status st = catalog_check_attribute(
	    new_name, label, type_key, &w.type, &c->problem, e);

	if (st == STATUS_OK)
		st = catalog_run(c, change_attribute, &w, e);
	return catalog_at_new_name(
	    c, st, "There is an attribute with this name already.");
}

static enum status delete_attribute(struct db *db, void *arg, struct err *e)
{
	struct catalog_work *w = arg;
	struct attribute had;
	enum status st = catalog_check_quiet(w->c, CATALOG_ATTRIBUTE, e);

	if (st == STATUS_OK)
		st = attribute_store_get(db, w->c->arena, w->name, &had, e);
	if (st == STATUS_OK)
		st = attribute_store_delete(db, had.id, e);
	if (st == STATUS_OK)
		st = catalog_add_job(
		    w, CATALOG_ATTRIBUTE, 0, had.name, 0, "", e);
	if (st == STATUS_OK)
		st = catalog_audit(w, "attribute.delete", "attribute", had.id.n,
		    describe(w, &had), e);
	return st;
}

enum status catalog_delete_attribute(
    struct catalog_change *c, const char *name, struct err *e)
{
	struct catalog_work w = {.name = name};

	return catalog_run(c, delete_attribute, &w, e);
}
