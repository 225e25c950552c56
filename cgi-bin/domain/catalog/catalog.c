/* catalog.c: the book's tags, attributes and segments: adding to them */
/* SPDX-License-Identifier: MIT */
#include "domain/catalog/catalog.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "storage/attribute_store.h"
#include "storage/audit_store.h"
#include "storage/campaign_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"

#define NAME_MAX_LENGTH 128u

struct addition {
	struct arena *arena;
	const struct actor *actor;
	const char *name;
	const char *kind;  /* of a tag */
	const char *label; /* of an attribute */
	const char *type;
	uint64_t id;
};

static bool has_control(const char *z)
{
	for (; *z; z++)
		if ((unsigned char)*z < ' ' || *z == 0x7f)
			return true;
	return false;
}

static enum status problem(struct catalog_problem *p, const char *field,
    const char *text, struct err *e)
{
	p->field = field;
	p->text = text;
	return ERR(e, STATUS_INVALID, "%s: %s", field, text);
}

enum status catalog_check_name(
    const char *name, struct catalog_problem *p, struct err *e)
{
	if (!*name)
		return problem(p, "name", "Write a name.", e);
	if (utf8_length(name) > NAME_MAX_LENGTH)
		return problem(
		    p, "name", "A name has at most 128 characters.", e);
	if (has_control(name))
		return problem(p, "name", "A name is one line.", e);
	return STATUS_OK;
}

enum status catalog_check_tag(
    const char *name, struct catalog_problem *p, struct err *e)
{
	if (strchr(name, '|'))
		return problem(p, "name", "A tag has no | in it.", e);
	return catalog_check_name(name, p, e);
}

enum status catalog_check_campaign(
    const char *name, struct catalog_problem *p, struct err *e)
{
	if (strchr(name, '|'))
		return problem(p, "name", "A campaign has no | in it.", e);
	return catalog_check_name(name, p, e);
}

enum status catalog_check_attribute(const char *name, const char *label,
    const char *type_key, enum attribute_type *type, struct catalog_problem *p,
    struct err *e)
{
	enum status st = catalog_check_name(name, p, e);

	if (st != STATUS_OK)
		return st;
	if (strstr(name, "||"))
		return problem(p, "name", "An attribute has no || in it.", e);
	if (utf8_length(label) > NAME_MAX_LENGTH || has_control(label))
		return problem(p, "label",
		    "A label is one line of at most 128 characters.", e);
	if (!attribute_type_find(type_key, type))
		return problem(p, "type",
		    "The type is TEXT, NUMBER, DATE, TIME, DATETIME, BOOLEAN, "
		    "ARRAY, OBJECT or LOCATION.",
		    e);
	return STATUS_OK;
}

static enum status run(struct db *db, db_work fn, struct addition *w,
    struct catalog_problem *p, struct err *e)
{
	enum status st = db_transact(db, fn, w, e);

	if (st == STATUS_CONFLICT) {
		p->field = "name";
		p->text = "There is one with this name already.";
	}
	return st;
}

static enum status audit(struct db *db, const struct addition *w,
    const char *action, const char *what, struct err *e)
{
	return audit_add(db, w->actor, action,
	    arena_printf(w->arena, "%s %llu", what, (unsigned long long)w->id),
	    w->name, e);
}

static enum status add_tag(struct db *db, void *arg, struct err *e)
{
	struct addition *w = arg;
	struct tag_id id = {0};
	enum status st = tag_store_insert(db, w->kind, w->name, &id, e);

	w->id = id.n;
	return st == STATUS_OK ? audit(db, w, "tag.create", "tag", e) : st;
}

enum status catalog_add_tag(struct db *db, struct arena *a,
    const struct actor *actor, const char *kind, const char *name,
    struct tag_id *out, struct catalog_problem *p, struct err *e)
{
	struct addition w = {
	    .arena = a, .actor = actor, .name = name, .kind = kind};
	enum status st = catalog_check_tag(name, p, e);

	if (st != STATUS_OK)
		return st;
	if (!str_equal(kind, "tag") && !str_equal(kind, "first_message"))
		return problem(
		    p, "kind", "The kind is tag or first_message.", e);
	st = run(db, add_tag, &w, p, e);
	out->n = w.id;
	return st;
}

static enum status add_segment(struct db *db, void *arg, struct err *e)
{
	struct addition *w = arg;
	struct segment_id id = {0};
	enum status st = segment_store_insert(db, w->name, &id, e);

	w->id = id.n;
	return st == STATUS_OK ? audit(db, w, "segment.create", "segment", e)
			       : st;
}

enum status catalog_add_segment(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, struct segment_id *out,
    struct catalog_problem *p, struct err *e)
{
	struct addition w = {.arena = a, .actor = actor, .name = name};
	enum status st = catalog_check_name(name, p, e);

	if (st == STATUS_OK)
		st = run(db, add_segment, &w, p, e);
	out->n = w.id;
	return st;
}

static enum status add_campaign(struct db *db, void *arg, struct err *e)
{
	struct addition *w = arg;
	struct campaign_id id = {0};
	enum status st = campaign_store_insert(db, w->name, &id, e);

	w->id = id.n;
	return st == STATUS_OK ? audit(db, w, "campaign.create", "campaign", e)
			       : st;
}

enum status catalog_add_campaign(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, struct campaign_id *out,
    struct catalog_problem *p, struct err *e)
{
	struct addition w = {.arena = a, .actor = actor, .name = name};
	enum status st = catalog_check_campaign(name, p, e);

	if (st == STATUS_OK)
		st = run(db, add_campaign, &w, p, e);
	out->n = w.id;
	return st;
}

static enum status add_attribute(struct db *db, void *arg, struct err *e)
{
	struct addition *w = arg;
	struct attribute_id id = {0};
	enum status st =
	    attribute_store_insert(db, w->name, w->label, w->type, &id, e);

	w->id = id.n;
	return st == STATUS_OK
		   ? audit(db, w, "attribute.create", "attribute", e)
		   : st;
}

enum status catalog_add_attribute(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *label,
    const char *type_key, struct attribute *out, struct catalog_problem *p,
    struct err *e)
{
	struct addition w = {
	    .arena = a, .actor = actor, .name = name, .label = label};
	enum status st =
	    catalog_check_attribute(name, label, type_key, &out->type, p, e);

	if (st != STATUS_OK)
		return st;
	w.type = attribute_types[out->type].key;
	st = run(db, add_attribute, &w, p, e);
	out->id.n = w.id;
	out->name = name;
	out->label = label;
	return st;
}
