/* contact_form.c: the form of a contact, for new ones and for edits */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_form.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/contact/contact_state.h"
#include "storage/campaign_store.h"
#include "storage/tag_store.h"
#include "web/parts/contact_view.h"

#define SUGGESTIONS_MAX 500

static const char *attribute_name(
    struct arena *a, const struct attribute *attribute)
{
	return arena_printf(
	    a, "attribute_%llu", (unsigned long long)attribute->id.n);
}

const char *contact_form_name(
    struct arena *a, const struct attribute_list *book, const char *field)
{
	if (!str_starts(field, "attributes."))
		return field;
	for (size_t i = 0; i < book->count; i++)
		if (str_equal(field + 11, book->items[i].name))
			return attribute_name(a, &book->items[i]);
	return "";
}

/* --- reading --- */

/* The value of a control; NULL when it was not sent, or theirs is kept. */
static const char *typed(struct request *rq, const char *name)
{
	const char *keep =
	    form_text(&rq->form, arena_printf(rq->arena, "keep_%s", name));

	return str_equal(keep, "theirs") ? NULL : form_find(&rq->form, name);
}

/* A text with each end of line as LF: a browser sends CR LF, and templates
 * leave CR out. NULL stays. */
static const char *lines_of(struct arena *a, const char *text)
{
	char *copy, *to;

	if (!text || !strchr(text, '\r'))
		return text;
	copy = to = arena_strdup(a, text);
	for (const char *p = copy; *p; p++) {
		if (p[0] == '\r' && p[1] == '\n')
			p++;
		*to++ = *p;
		if (*p == '\r')
			to[-1] = '\n';
	}
	*to = '\0';
	return copy;
}

/* The control of a moment has no zone: it is UTC. */
static const char *moment_of(struct arena *a, const char *text)
{
	char full[32];
	int64_t ms;

	if (clock_parse(text, false, &ms) || !clock_parse(text, true, &ms))
		return text;
	clock_format(ms, full);
	return arena_strdup(a, full);
}

/* The tags of the list, and the one in the box beside it. */
static void read_tags(struct request *rq, struct contact_draft *out)
{
	const char *tags = typed(rq, "tags");
	const char *more = form_trimmed(rq->arena, &rq->form, "add_tag");

	if (!tags)
		return;
	out->has_tags = true;
	contact_tags_read(rq->arena, tags, &out->tags, &out->tag_count);
	if (str_empty(more))
		return;
	const char **both =
	    arena_alloc(rq->arena, (out->tag_count + 1) * sizeof(*both));

	for (size_t i = 0; i < out->tag_count; i++)
		both[i] = out->tags[i];
	both[out->tag_count++] = more;
	out->tags = both;
}

void contact_form_read(struct request *rq, const struct attribute_list *book,
    struct contact_draft *out)
{
	memset(out, 0, sizeof(*out));
	out->from_form = true;
	for (int i = 0; i < FIELD_COUNT; i++)
		out->value[i] =
		    lines_of(rq->arena, typed(rq, contact_fields[i].key));
	read_tags(rq, out);
	out->has_campaigns = typed(rq, "campaigns") != NULL;
	if (out->has_campaigns)
		contact_tags_read(rq->arena, typed(rq, "campaigns"),
		    &out->campaigns, &out->campaign_count);
	out->attributes = arena_alloc(
	    rq->arena, (book->count + 1) * sizeof(*out->attributes));
	for (size_t i = 0; i < book->count; i++) {
		const char *text = lines_of(rq->arena,
		    typed(rq, attribute_name(rq->arena, &book->items[i])));

		if (!text)
			continue;
		if (book->items[i].type == TYPE_DATETIME)
			text = moment_of(rq->arena, text);
		out->attributes[out->attribute_count].attribute =
		    &book->items[i];
		out->attributes[out->attribute_count++].text = text;
	}
}

/* --- showing --- */

struct control {
	const char *name;
	const char *label;
	const char *value;
	const char *kind; /* text, tel, email, select, area, decimal, date,
			   * time, datetime-local */
	const char *help;
	const char *autocomplete;
};

static struct node *add_control(struct node *group, const struct control *c)
{
	struct node *n = node_add(group, "Fields");

	node_set(n, "Name", c->name);
	node_set(n, "Label", c->label);
	node_set(n, "Value", c->value);
	node_set(n, "Kind", c->kind);
	node_set(n, "Help", c->help);
	return n;
}

static void add_option(struct node *n, const char *value, const char *label)
{
	struct node *option = node_add(n, "Options");

	node_set(option, "Value", value);
	node_set(option, "Label", label);
}

/* What the contact has, and what may follow it; a value that was typed and is
 * neither stays, so that no other one is sent in its place. */
static void add_states(struct node *n, const char *has, const char *value)
{
	if (!*has || !*value)
		add_option(n, "", "None");
	for (size_t i = 0; i < CONTACT_STATES; i++)
		if (contact_state_allows(has, contact_states[i].key) ||
		    str_equal(value, contact_states[i].key))
			add_option(
			    n, contact_states[i].key, contact_states[i].label);
}

static void add_opteds(struct node *n)
{
	add_option(n, "", "Unknown");
	add_option(n, "yes", "Yes");
	add_option(n, "no", "No");
}

/* A kept moment as its control takes it: without zone, and without what is
 * nought at its end. NULL when it is none. */
static const char *local_moment(struct arena *a, const char *value)
{
	char text[32];
	int64_t ms;

	if (!clock_parse(value, true, &ms))
		return NULL;
	clock_format(ms, text);
	return arena_strndup(
	    a, text, strncmp(text + 19, ".000", 4) == 0 ? 19 : 23);
}

/* A text of several lines needs a control that keeps them. */
static bool has_lines(const char *value)
{
	return strpbrk(value, "\r\n") != NULL;
}

static void add_field(struct arena *a, struct node *group,
    const struct contact *has, enum contact_field f, const char *value)
{
	struct control c = {.name = contact_fields[f].key,
	    .label = contact_fields[f].label,
	    .value = value,
	    .kind = "text",
	    .help = ""};

	if (f == FIELD_PHONE) {
		c.kind = "tel";
		c.help = "With the country code, like +91 98765 43210; without "
			 "one it is a number of the book's country.";
	} else if (f == FIELD_EMAIL) {
		c.kind = "email";
	} else if (f == FIELD_WHATSAPP_OPTED_AT) {
		const char *moment = local_moment(a, value);

		c.help = "When it was learned, in UTC. Empty: now, when the "
			 "answer changes.";
		if (moment || !*value)
			c.kind = "datetime-local";
		if (moment)
			c.value = moment;
	} else if (f == FIELD_WHATSAPP_OPTED || f == FIELD_STATE) {
		c.kind = "select";
	} else if (has_lines(value)) {
		c.kind = "area";
		c.value = lines_of(a, value);
	}
	struct node *n = add_control(group, &c);

	if (f == FIELD_STATE)
		add_states(n, has->value[f], value);
	if (f == FIELD_WHATSAPP_OPTED)
		add_opteds(n);
}

static bool is_date(const char *value)
{
	int64_t ms;

	return strlen(value) == 10 && clock_parse(value, false, &ms);
}

static bool is_time(const char *value)
{
	return strlen(value) == 8 && strspn(value, "0123456789:") == 8;
}

/* "19.07,72.87" of the JSON that is kept; else the text as it is. */
static const char *location_text(struct arena *a, const char *value)
{
	struct json_t *v;

	if (*value != '{' ||
	    json_parse(a, value, strlen(value), &v, NULL) != STATUS_OK)
		return value;
	return arena_printf(a, "%s, %s",
	    json_dump(a, json_get(v, "latitude"), false),
	    json_dump(a, json_get(v, "longitude"), false));
}

/* The control of a type: that of its widget, or a text where the browser's
 * would not show the value (one that was typed and is wrong, say). */
static void choose_control(
    struct arena *a, const char *widget, const char *value, struct control *c)
{
	if (str_equal(widget, "checkbox")) {
		c->kind = "select";
	} else if (str_equal(widget, "json")) {
		c->kind = "area";
	} else if (str_equal(widget, "number")) {
		c->kind = "decimal";
	} else if (str_equal(widget, "location")) {
		c->value = location_text(a, value);
	} else if (str_equal(widget, "date")) {
		c->kind = !*value || is_date(value) ? "date" : "text";
	} else if (str_equal(widget, "time")) {
		c->kind = !*value || is_time(value) ? "time" : "text";
	} else if (str_equal(widget, "datetime")) {
		const char *moment = local_moment(a, value);

		c->kind = moment || !*value ? "datetime-local" : "text";
		c->value = moment ? moment : value;
	}
	if (has_lines(value) && str_equal(c->kind, "text")) {
		c->kind = "area";
		c->value = lines_of(a, value);
	}
}

static void add_attribute(struct arena *a, struct node *group,
    const struct attribute *t, const char *value)
{
	const struct attribute_type_info *type = &attribute_types[t->type];
	struct control c = {.name = attribute_name(a, t),
	    .label = *t->label ? t->label : t->name,
	    .value = value,
	    .kind = "text",
	    .help = t->type == TYPE_TEXT || t->type == TYPE_BOOLEAN
			? ""
			: type->hint};

	choose_control(a, type->widget, value, &c);
	if (str_equal(c.kind, "datetime-local"))
		c.help = "In UTC.";
	if (str_equal(c.kind, "date") || str_equal(c.kind, "time"))
		c.help = "";
	struct node *n = add_control(group, &c);

	if (t->type != TYPE_BOOLEAN)
		return;
	add_option(n, "", "Not known");
	add_option(n, "true", "Yes");
	add_option(n, "false", "No");
}

static const char *attribute_value(struct arena *a, const struct contact *c,
    const struct contact_draft *draft, const struct attribute *t)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	for (size_t i = 0; draft && i < draft->attribute_count; i++)
		if (draft->attributes[i].attribute == t)
			return draft->attributes[i].text;
	attributes_parse(a, c->attributes, &members, &count);
	const char *json = attributes_get(members, count, t->name);

	return json ? attributes_plain(a, json) : "";
}

static const char *tags_value(
    struct arena *a, const struct contact *c, const struct contact_draft *draft)
{
	if (draft && draft->has_tags)
		return contact_tags_write(a, draft->tags, draft->tag_count);
	return contact_tags_write(a, c->tags, c->tag_count);
}

static enum status fill_campaigns(struct request *rq, struct node *root,
    const struct contact *c, const struct contact_draft *draft, struct err *e)
{
	const char **names = c->campaigns;
	const char **all;
	size_t n = c->campaign_count;
	size_t count;
	enum status st = STATUS_OK;

	if (draft && draft->has_campaigns) {
		names = draft->campaigns;
		n = draft->campaign_count;
	} else if (!names && c->id.n) {
		st = campaign_store_of_contact(
		    rq->db, rq->arena, c->id, &names, &n, e);
	}
	if (st == STATUS_OK)
		st = campaign_store_names(
		    rq->db, rq->arena, SUGGESTIONS_MAX, &all, &count, e);
	if (st != STATUS_OK)
		return st;
	node_set(
	    root, "CampaignsValue", contact_tags_write(rq->arena, names, n));
	for (size_t i = 0; i < count; i++)
		node_set(node_add(root, "KnownCampaigns"), "Name", all[i]);
	return STATUS_OK;
}

static void fill_groups(struct request *rq, struct node *root,
    const struct attribute_list *book, const struct contact *c,
    const struct contact_draft *draft)
{
	static const struct {
		enum field_group group;
		const char *title;
	} groups[] = {
	    {GROUP_NAME, "Name"},
	    {GROUP_IDENTITY, "Identity"},
	    {GROUP_PLACE, "Place"},
	    {GROUP_WHATSAPP, "WhatsApp"},
	};

	for (size_t g = 0; g < sizeof(groups) / sizeof(*groups); g++) {
		struct node *group = node_add(root, "Groups");

		node_set(group, "Title", groups[g].title);
		for (int i = 0; i < FIELD_COUNT; i++)
			if (contact_fields[i].group == groups[g].group)
				add_field(rq->arena, group, c,
				    (enum contact_field)i,
				    draft && draft->value[i] ? draft->value[i]
							     : c->value[i]);
	}
	if (!book->count)
		return;
	struct node *group = node_add(root, "Groups");

	node_set(group, "Title", "Attributes");
	for (size_t i = 0; i < book->count; i++)
		add_attribute(rq->arena, group, &book->items[i],
		    attribute_value(rq->arena, c, draft, &book->items[i]));
}

enum status contact_form_fill(struct request *rq, struct response *rs,
    const struct attribute_list *book, const struct contact *c,
    const struct contact_draft *draft, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct tag *tags;
	size_t n;
	enum status st =
	    tag_store_list(rq->db, rq->arena, "tag", false, &tags, &n, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n && i < SUGGESTIONS_MAX; i++)
		node_set(node_add(root, "KnownTags"), "Name", tags[i].name);
	node_set(root, "TagsValue", tags_value(rq->arena, c, draft));
	st = fill_campaigns(rq, root, c, draft, e);
	if (st != STATUS_OK)
		return st;
	fill_groups(rq, root, book, c, draft);
	return STATUS_OK;
}

void contact_form_messages(struct request *rq, struct response *rs,
    const struct attribute_list *book, const struct contact_result *result)
{
	for (size_t i = 0; i < result->message_count; i++)
		view_error(rs->view,
		    contact_form_name(
			rq->arena, book, result->messages[i].field),
		    result->messages[i].text);
	node_set_flag(view_root(rs->view), "OtherInTrash",
	    result->other.n && result->other_in_trash);
	if (result->other.n)
		node_set_int(
		    view_root(rs->view), "Other", (int64_t)result->other.n);
}
