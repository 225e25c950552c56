/* bulk_examples.c: a bulk change in words, and what it would do to some */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/contact/contact_message.h"
#include "domain/contact/contact_state.h"
#include "domain/jobs/bulk_looking.h"
#include "storage/bulk_store.h"
#include "storage/contact_list_store.h"

#define TEXT_MAX (1u << 20)

enum status bulk_check_static(struct bulk_looking *x)
{
	bool yes = true;
	enum status st =
	    bulk_store_is_static(x->db, x->plan.segment_id, &yes, x->err);

	if (st == STATUS_OK && !yes)
		bulk_complain(x, "segment",
		    "This segment is filled by its filter. Choose one that "
		    "contacts are put into.");
	return st;
}

/* --- some contacts --- */

enum status bulk_chosen_rows(
    struct bulk_looking *x, struct contact **rows, size_t *count)
{
	struct contact_set set;
	enum status st = bulk_store_rows(x->db, x->arena,
	    x->selection.ids.items, x->selection.ids.count, &set, x->err);

	*rows = arena_alloc(x->arena, (set.count + 1) * sizeof(**rows));
	*count = set.count;
	for (size_t i = 0; i < set.count; i++)
		(*rows)[i] = *set.items[i];
	return st;
}

/* The first ones, in the order of the job. */
static enum status first_rows(
    struct bulk_looking *x, struct contact **rows, size_t *count)
{
	struct contact_query q = x->selection.query;
	struct contact_page page;
	enum status st;

	if (x->selection.chosen) {
		st = bulk_chosen_rows(x, rows, count);
		if (*count > BULK_SAMPLE)
			*count = BULK_SAMPLE;
		return st == STATUS_OK ? contact_list_store_tags(x->db,
					     x->arena, *rows, *count, x->err)
				       : st;
	}
	q.sort = SORT_CREATED;
	q.descending = false;
	q.cursor.kind = CURSOR_NONE;
	q.limit = BULK_SAMPLE;
	st = contact_list_store_page(x->db, x->arena, &q, &page, x->err);
	*rows = page.rows;
	*count = page.count;
	return st;
}

/* --- what would change --- */

static void differ(struct bulk_looking *x, struct bulk_example *ex,
    const char *label, const char *old, const char *now)
{
	if (!ex->differences)
		ex->differences = arena_alloc(
		    x->arena, (FIELD_COUNT + x->plan.attribute_count + 1) *
				  sizeof(*ex->differences));
	ex->differences[ex->count++] =
	    (struct bulk_difference){label, old, now};
}

static bool among(
    struct arena *a, const char *const *names, size_t n, const char *name)
{
	const char *folded = utf8_fold(a, name);

	for (size_t i = 0; i < n; i++)
		if (str_equal(folded, utf8_fold(a, names[i])))
			return true;
	return false;
}

/* had with the wanted names added, or without them. */
static void differ_names(struct bulk_looking *x, struct bulk_example *ex,
    const char *label, const char *const *had, size_t had_count,
    const char *const *wanted, size_t wanted_count, bool taking)
{
	struct arena *a = x->arena;
	const char **now =
	    arena_alloc(a, (had_count + wanted_count + 1) * sizeof(*now));
	size_t n = 0;

	for (size_t i = 0; i < had_count; i++)
		if (!taking || !among(a, wanted, wanted_count, had[i]))
			now[n++] = had[i];
	for (size_t i = 0; i < wanted_count && !taking; i++)
		if (!among(a, now, n, wanted[i]))
			now[n++] = wanted[i];
	if (n != had_count)
		differ(x, ex, label, contact_tags_write(a, had, had_count),
		    contact_tags_write(a, now, n));
}

static const char *shown(struct arena *a, const char *json)
{
	return json ? attributes_plain(a, json) : "";
}

static void differ_attributes(struct bulk_looking *x, struct bulk_example *ex)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	attributes_parse(x->arena, ex->contact.attributes, &members, &count);
	for (size_t i = 0; i < x->plan.attribute_count; i++) {
		const struct attribute_member *m = &x->plan.attributes[i];
		const char *old =
		    shown(x->arena, attributes_get(members, count, m->name));
		const char *now = shown(x->arena, m->json);

		if (!str_equal(old, now))
			differ(x, ex, m->name, old, now);
	}
}

static void differ_values(struct bulk_looking *x, struct bulk_example *ex)
{
	struct bulk_result r;
	struct str text;

	str_init(&text, TEXT_MAX);
	bulk_apply(x->arena, &x->plan, &ex->contact, &text, &r);
	str_release(&text);
	if (r.outcome == BULK_KEPT)
		ex->kept = r.kept.reason;
	if (r.outcome != BULK_CHANGED)
		return;
	for (int i = 0; i < FIELD_COUNT; i++)
		if (!str_equal(r.contact.value[i], ex->contact.value[i]))
			differ(x, ex, contact_fields[i].label,
			    contact_field_shown(
				(enum contact_field)i, ex->contact.value[i]),
			    contact_field_shown(
				(enum contact_field)i, r.contact.value[i]));
	differ_attributes(x, ex);
}

static void differ_one(struct bulk_looking *x, struct bulk_example *ex,
    const struct contact_segments *segments)
{
	const struct bulk_plan *p = &x->plan;

	switch (p->action) {
	case BULK_ADD_TAGS:
	case BULK_REMOVE_TAGS:
		differ_names(x, ex, "Tags", ex->contact.tags,
		    ex->contact.tag_count, p->tags, p->tag_count,
		    p->action == BULK_REMOVE_TAGS);
		break;
	case BULK_ADD_TO_SEGMENT:
	case BULK_REMOVE_FROM_SEGMENT:
		differ_names(x, ex, "Segments", segments->names,
		    segments->count, (const char *const *)&p->segment, 1,
		    p->action == BULK_REMOVE_FROM_SEGMENT);
		break;
	case BULK_ADD_TO_CAMPAIGN:
	case BULK_REMOVE_FROM_CAMPAIGN:
		differ_names(x, ex, "Campaigns", segments->campaigns,
		    segments->campaign_count, (const char *const *)&p->campaign,
		    1, p->action == BULK_REMOVE_FROM_CAMPAIGN);
		break;
	case BULK_SET:
		differ_values(x, ex);
		break;
	case BULK_TRASH:
		differ(x, ex, "Place", "in the book", "in the trash");
		break;
	case BULK_ACTIONS:
		break;
	}
}

enum status bulk_fill_examples(struct bulk_looking *x)
{
	struct contact_segments *segments;
	struct contact *rows;
	char now[32];
	size_t n;
	enum status st = first_rows(x, &rows, &n);

	if (st == STATUS_OK)
		st = contact_list_store_segments(
		    x->db, x->arena, rows, n, &segments, x->err);
	if (st != STATUS_OK)
		return st;
	clock_format(clock_now(), now);
	x->plan.now = arena_strdup(x->arena, now);
	for (size_t i = 0; i < n && i < BULK_SAMPLE; i++) {
		struct bulk_example *ex = &x->out->examples[i];

		*ex = (struct bulk_example){.contact = rows[i]};
		differ_one(x, ex, &segments[i]);
		x->out->example_count++;
	}
	return STATUS_OK;
}

/* --- in words --- */

static const char *quoted_tags(struct arena *a, const struct bulk_plan *p)
{
	return arena_printf(a, "the tag%s %s", p->tag_count == 1 ? "" : "s",
	    contact_tags_write(a, p->tags, p->tag_count));
}

/* ", set City to Pune"; without value: ", set City". */
static const char *one_value(struct arena *a, const char *text,
    const char *label, bool clear, const char *value)
{
	const char *verb =
	    clear ? (*text ? ", clear" : "Clear") : (*text ? ", set" : "Set");

	if (clear || !value)
		return arena_printf(a, "%s%s %s", text, verb, label);
	return arena_printf(a, "%s%s %s to %s", text, verb, label, value);
}

/* "Set City to Pune, clear Source". */
static const char *value_words(
    struct arena *a, const struct bulk_plan *p, bool values)
{
	const char *text = "";

	for (int i = 0; i < FIELD_COUNT; i++)
		if (p->value[i])
			text = one_value(a, text, contact_fields[i].label,
			    !*p->value[i],
			    values ? contact_field_shown(
					 (enum contact_field)i, p->value[i])
				   : NULL);
	for (size_t i = 0; i < p->attribute_count; i++) {
		const char *json = p->attributes[i].json;

		text = one_value(a, text, p->attributes[i].name, !json,
		    values && json ? shown(a, json) : NULL);
	}
	return text;
}

static const char *words(struct arena *a, const struct job *job, bool values)
{
	struct bulk_plan p;

	if (!bulk_plan_read(a, job->action, job->arguments, &p))
		return job->action;
	switch (p.action) {
	case BULK_ADD_TAGS:
		return arena_printf(a, "Add %s", quoted_tags(a, &p));
	case BULK_REMOVE_TAGS:
		return arena_printf(a, "Remove %s", quoted_tags(a, &p));
	case BULK_SET:
		return value_words(a, &p, values);
	case BULK_ADD_TO_SEGMENT:
		return arena_printf(a, "Add to the segment %s", p.segment);
	case BULK_REMOVE_FROM_SEGMENT:
		return arena_printf(a, "Take from the segment %s", p.segment);
	case BULK_ADD_TO_CAMPAIGN:
		return arena_printf(a, "Add to the campaign %s", p.campaign);
	case BULK_REMOVE_FROM_CAMPAIGN:
		return arena_printf(a, "Take from the campaign %s", p.campaign);
	case BULK_TRASH:
	case BULK_ACTIONS:
		break;
	}
	return "Move to the trash";
}

const char *bulk_words(struct arena *a, const struct job *job)
{
	return words(a, job, true);
}

const char *bulk_shape(struct arena *a, const struct job *job)
{
	return words(a, job, false);
}
