/* bulk_plan.c: the arguments of a bulk job, and whom it is about */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/bulk_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

#define ARGUMENTS_MAX (4u << 20)

const char *const bulk_actions[BULK_ACTIONS] = {
    [BULK_ADD_TAGS] = "add_tags",
    [BULK_REMOVE_TAGS] = "remove_tags",
    [BULK_SET] = "set",
    [BULK_ADD_TO_SEGMENT] = "add_to_segment",
    [BULK_REMOVE_FROM_SEGMENT] = "remove_from_segment",
    [BULK_ADD_TO_CAMPAIGN] = "add_to_campaign",
    [BULK_REMOVE_FROM_CAMPAIGN] = "remove_from_campaign",
    [BULK_TRASH] = "trash",
};

bool bulk_action_find(const char *word, enum bulk_action *out)
{
	for (int i = 0; i < BULK_ACTIONS; i++)
		if (str_equal(word, bulk_actions[i])) {
			*out = (enum bulk_action)i;
			return true;
		}
	return false;
}

/* --- arguments --- */

static void put_tags(struct json_writer *w, const struct bulk_plan *p)
{
	json_key(w, "tags");
	json_open(w, '[');
	for (size_t i = 0; i < p->tag_count; i++)
		json_put_text(w, p->tags[i]);
	json_close(w, ']');
}

static void put_values(struct json_writer *w, const struct bulk_plan *p)
{
	json_key(w, "values");
	json_open(w, '{');
	for (int i = 0; i < FIELD_COUNT; i++)
		if (p->value[i])
			json_pair_text(w, contact_fields[i].key, p->value[i]);
	json_close(w, '}');
	json_key(w, "attributes");
	json_open(w, '{');
	for (size_t i = 0; i < p->attribute_count; i++)
		json_pair_text(w, p->attributes[i].name, p->attributes[i].json);
	json_close(w, '}');
	if (!str_empty(p->how))
		json_pair_text(w, "how", p->how);
	if (p->overturn)
		json_pair_bool(w, "overturn", true);
}

const char *bulk_plan_write(struct arena *a, const struct bulk_plan *p)
{
	struct json_writer w;
	struct str s;

	str_init(&s, ARGUMENTS_MAX);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	if (p->tag_count)
		put_tags(&w, p);
	if (p->action == BULK_SET)
		put_values(&w, p);
	if (!str_empty(p->segment))
		json_pair_text(&w, "segment", p->segment);
	if (!str_empty(p->campaign))
		json_pair_text(&w, "campaign", p->campaign);
	json_close(&w, '}');
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}

struct reading {
	struct arena *arena;
	struct bulk_plan *plan;
};

static bool read_value(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;

	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(key, contact_fields[i].key))
			r->plan->value[i] = json_text(value);
	return true;
}

/* The value is a text that holds JSON, so that its form is kept. */
static bool read_attribute(void *arg, const char *key, struct json_t *value)
{
	struct reading *r = arg;
	struct attribute_member *m =
	    &r->plan->attributes[r->plan->attribute_count++];

	m->name = key;
	m->json = json_text(value);
	return true;
}

bool bulk_plan_read(struct arena *a, const char *action, const char *arguments,
    struct bulk_plan *out)
{
	struct reading r = {a, out};
	struct json_t *root;
	struct err ignored;

	memset(out, 0, sizeof(*out));
	if (!bulk_action_find(action, &out->action) ||
	    json_parse(a, arguments, strlen(arguments), &root, &ignored) !=
		STATUS_OK)
		return false;
	const struct json_t *tags = json_get(root, "tags");
	const struct json_t *attributes = json_get(root, "attributes");

	out->tag_count = json_count(tags);
	out->tags = arena_alloc(a, (out->tag_count + 1) * sizeof(*out->tags));
	out->tag_ids =
	    arena_alloc(a, (out->tag_count + 1) * sizeof(*out->tag_ids));
	for (size_t i = 0; i < out->tag_count; i++)
		out->tags[i] = str_or_empty(json_text(json_at(tags, i)));
	json_members(json_get(root, "values"), read_value, &r);
	out->attributes = arena_alloc(
	    a, (json_count(attributes) + 1) * sizeof(*out->attributes));
	json_members(attributes, read_attribute, &r);
	out->segment = str_or_empty(json_get_text(root, "segment"));
	out->campaign = str_or_empty(json_get_text(root, "campaign"));
	out->how = str_or_empty(json_get_text(root, "how"));
	json_bool(json_get(root, "overturn"), &out->overturn);
	return true;
}

/* --- whom it is about --- */

bool bulk_is_chosen(const char *filter)
{
	return str_starts(filter, "id=") && !strchr(filter, '&');
}

bool bulk_read_ids(struct arena *a, const struct filter_param *params,
    size_t count, struct bulk_selection *out)
{
	memset(out, 0, sizeof(*out));
	out->chosen = true;
	for (size_t i = 0; i < count; i++)
		if (!str_equal(params[i].name, "id") ||
		    !contact_ids_add(a, params[i].value, &out->ids))
			return false;
	return true;
}

enum status bulk_selection_load(struct db *db, struct arena *a,
    const char *filter, struct bulk_selection *out, struct err *e)
{
	struct filter_param *params;
	struct contact_filter f;
	size_t count;
	enum status st = contact_filter_split(a, filter, &params, &count, e);

	memset(out, 0, sizeof(*out));
	if (st != STATUS_OK)
		return st;
	if (bulk_is_chosen(filter))
		return bulk_read_ids(a, params, count, out)
			   ? STATUS_OK
			   : ERR(e, STATUS_INVALID, "ids that are none");
	st = contact_filter_load(db, a, params, count, &f, e);
	if (st == STATUS_OK && f.message_count)
		return ERR(e, STATUS_INVALID, "%s: %s", f.messages[0].name,
		    f.messages[0].value);
	out->query = f.query;
	return st;
}
