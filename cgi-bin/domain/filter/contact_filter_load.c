/* contact_filter_load.c: a filter with what the book knows of its names */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/filter/contact_filter.h"
#include "storage/attribute_store.h"
#include "storage/campaign_store.h"
#include "storage/segment_store.h"
#include "storage/setting_store.h"
#include "storage/tag_store.h"

#define DEPTH_MAX 8u
/* Conditions of a filter and of the segments that it is made of. */
#define OPENED_MAX 500u

struct loading {
	struct db *db;
	struct arena *arena;
	struct filter_context context;
	struct attribute_list attributes;
	bool has_attributes;
	bool has_country;
	/* The dynamic segments that are being opened, the outermost first. */
	const char *open[DEPTH_MAX + 1];
	size_t depth;
	size_t opened;
	const char *problem; /* with a segment */
	struct err *err;
};

static enum status load_params(struct loading *l,
    const struct filter_param *params, size_t count,
    struct contact_filter *out);

static bool asks_for(
    const struct filter_param *params, size_t count, const char *start)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts(params[i].name, start) && *params[i].value)
			return true;
	return false;
}

/* To sort by or to show. */
static bool names_attribute(const struct filter_param *params, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((str_equal(params[i].name, "sort") ||
			str_equal(params[i].name, "columns")) &&
		    strstr(params[i].value, "attr."))
			return true;
	return false;
}

static enum status load_context(
    struct loading *l, const struct filter_param *params, size_t count)
{
	bool rows = asks_for(params, count, "where") ||
		    asks_for(params, count, "any") ||
		    asks_for(params, count, "all");
	bool phones = rows || asks_for(params, count, "q") ||
		      asks_for(params, count, "phone");
	bool attributes = rows || asks_for(params, count, "attr.") ||
			  names_attribute(params, count);
	enum status st = STATUS_OK;

	if (phones && !l->has_country)
		st = setting_get(l->db, l->arena, "book.country",
		    &l->context.country, l->err);
	l->has_country |= phones;
	if (st == STATUS_OK && attributes && !l->has_attributes)
		st = attribute_store_list(
		    l->db, l->arena, &l->attributes, l->err);
	l->has_attributes |= attributes;
	return st;
}

/* --- names to ids --- */

static enum status find_id(struct loading *l, enum contact_subject subject,
    const char *name, uint64_t *id)
{
	struct tag_id tag = {0};
	struct campaign_id campaign = {0};
	enum status st;

	if (subject == SUBJECT_TAG) {
		st = tag_store_find(l->db, "tag", name, &tag, l->err);
		*id = tag.n;
		return st;
	}
	st = campaign_store_find(l->db, name, &campaign, l->err);
	*id = campaign.n;
	return st;
}

static void set_ids(
    struct contact_condition *c, const uint64_t *ids, size_t count)
{
	if (!count) {
		c->subject = SUBJECT_NOTHING;
		return;
	}
	c->id = ids[0];
	c->ids = ids;
	c->id_count = count > 1 ? count : 0;
}

static enum status resolve_names(struct loading *l, struct contact_condition *c)
{
	uint64_t *ids = arena_alloc(l->arena, c->value_count * sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < c->value_count; i++) {
		enum status st = find_id(l, c->subject, c->values[i], &ids[n]);

		if (st == STATUS_OK)
			n++;
		else if (st != STATUS_NOT_FOUND)
			return st;
	}
	set_ids(c, ids, n);
	return STATUS_OK;
}

/* --- segments --- */

static bool is_open(const struct loading *l, const char *name)
{
	const char *folded = utf8_fold(l->arena, name);

	for (size_t i = 0; i < l->depth; i++)
		if (str_equal(utf8_fold(l->arena, l->open[i]), folded))
			return true;
	return false;
}

static void say_made_of_itself(struct loading *l, const char *name)
{
	l->problem = arena_printf(l->arena,
	    "The segment \"%s\" is made of itself: change its filter.", name);
}

/* The conditions of a dynamic segment as one. */
static enum status open_segment(
    struct loading *l, const struct segment *s, struct contact_condition *out)
{
	struct contact_filter f;
	struct filter_param *params;
	size_t count;

	memset(out, 0, sizeof(*out));
	if (is_open(l, s->name))
		say_made_of_itself(l, s->name);
	else if (l->depth > DEPTH_MAX)
		l->problem = "These segments are made of one another too "
			     "deeply.";
	if (l->problem)
		return STATUS_OK;
	l->open[l->depth++] = s->name;
	enum status st =
	    contact_filter_split(l->arena, s->filter, &params, &count, l->err);

	if (st == STATUS_OK)
		st = load_params(l, params, count, &f);
	l->depth--;
	if (st != STATUS_OK)
		return st;
	if (f.message_count && !l->problem)
		l->problem = arena_printf(l->arena,
		    "The filter of the segment \"%s\" does not work any "
		    "more: %s",
		    s->name, f.messages[0].value);
	out->subject = SUBJECT_ALL;
	out->parts = f.query.conditions;
	out->part_count = f.query.condition_count;
	return STATUS_OK;
}

static enum status resolve_segments(
    struct loading *l, struct contact_condition *c)
{
	size_t n = c->value_count;
	uint64_t *ids = arena_alloc(l->arena, n * sizeof(*ids));
	struct contact_condition *parts =
	    arena_alloc(l->arena, (n + 1) * sizeof(*parts));
	struct contact_condition all = *c;
	size_t id_count = 0, part_count = 0;

	for (size_t i = 0; i < n; i++) {
		struct segment s;
		enum status st = segment_store_read(
		    l->db, l->arena, c->values[i], &s, l->err);

		/* Not there but open: the one that is about to be made. */
		if (st == STATUS_NOT_FOUND && is_open(l, c->values[i]))
			say_made_of_itself(l, c->values[i]);
		if (st == STATUS_NOT_FOUND)
			continue;
		if (st == STATUS_OK && s.dynamic)
			st = open_segment(l, &s, &parts[part_count++]);
		else if (st == STATUS_OK)
			ids[id_count++] = s.id.n;
		if (st != STATUS_OK)
			return st;
	}
	set_ids(c, ids, id_count);
	if (!part_count)
		return STATUS_OK;
	if (id_count) {
		parts[part_count] = *c;
		parts[part_count++].negated = false;
	}
	all.subject = SUBJECT_ANY;
	all.parts = parts;
	all.part_count = part_count;
	if (part_count == 1) {
		bool negated = c->negated;

		all = parts[0];
		all.negated = negated;
	}
	*c = all;
	return STATUS_OK;
}

/* --- all conditions --- */

static enum status resolve(struct loading *l, struct contact_condition *c)
{
	enum status st = STATUS_OK;

	if (++l->opened > OPENED_MAX)
		l->problem = "These are too many conditions, together with "
			     "those of the segments.";
	if (l->problem)
		return STATUS_OK;
	if (c->subject == SUBJECT_TAG || c->subject == SUBJECT_CAMPAIGN)
		return resolve_names(l, c);
	if (c->subject == SUBJECT_SEGMENT)
		return resolve_segments(l, c);
	for (size_t i = 0; st == STATUS_OK && i < c->part_count; i++)
		st = resolve(l, &c->parts[i]);
	return st;
}

static bool is_spliced(const struct contact_condition *c)
{
	return c->subject == SUBJECT_ALL && !c->negated;
}

/* What has to hold in any case stands on its own, so that an index of one
 * condition can be found. */
static void splice(struct arena *a, struct contact_query *q)
{
	bool again = false;
	size_t room = 1;

	for (size_t i = 0; i < q->condition_count; i++)
		room += 1 + q->conditions[i].part_count;
	struct contact_condition *flat = arena_alloc(a, room * sizeof(*flat));
	size_t n = 0;

	for (size_t i = 0; i < q->condition_count; i++) {
		const struct contact_condition *c = &q->conditions[i];

		if (!is_spliced(c)) {
			flat[n++] = *c;
			continue;
		}
		for (size_t k = 0; k < c->part_count; k++) {
			flat[n++] = c->parts[k];
			again |= is_spliced(&c->parts[k]);
		}
	}
	q->conditions = flat;
	q->condition_count = n;
	if (again)
		splice(a, q);
}

static enum status load_params(struct loading *l,
    const struct filter_param *params, size_t count, struct contact_filter *out)
{
	enum status st = load_context(l, params, count);

	if (st != STATUS_OK)
		return st;
	contact_filter_parse(l->arena, params, count, &l->context, out);
	struct contact_query *q = &out->query;

	for (size_t i = 0; st == STATUS_OK && i < q->condition_count; i++)
		st = resolve(l, &q->conditions[i]);
	return st;
}

static enum status load_all(struct loading *l,
    const struct filter_param *params, size_t count, struct contact_filter *out)
{
	enum status st = load_params(l, params, count, out);

	if (st != STATUS_OK)
		return st;
	if (l->problem) {
		struct filter_param *m = &out->messages[out->message_count++];

		m->name = "segment";
		m->value = l->problem;
	}
	splice(l->arena, &out->query);
	return STATUS_OK;
}

static void begin(
    struct loading *l, struct db *db, struct arena *a, struct err *e)
{
	memset(l, 0, sizeof(*l));
	l->db = db;
	l->arena = a;
	l->err = e;
	l->context = (struct filter_context){"", &l->attributes, clock_now()};
}

enum status contact_filter_load(struct db *db, struct arena *a,
    const struct filter_param *params, size_t count, struct contact_filter *out,
    struct err *e)
{
	struct loading l;

	begin(&l, db, a, e);
	return load_all(&l, params, count, out);
}

enum status contact_filter_load_segment(struct db *db, struct arena *a,
    const char *text, const char *name, struct contact_filter *out,
    struct err *e)
{
	struct filter_param *params;
	struct loading l;
	size_t count;
	enum status st = contact_filter_split(a, text, &params, &count, e);

	begin(&l, db, a, e);
	if (*name)
		l.open[l.depth++] = name;
	return st == STATUS_OK ? load_all(&l, params, count, out) : st;
}

enum status contact_filter_load_text(struct db *db, struct arena *a,
    const char *text, struct contact_filter *out, struct err *e)
{
	return contact_filter_load_segment(db, a, text, "", out, e);
}
