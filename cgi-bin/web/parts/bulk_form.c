/* bulk_form.c: the form of a bulk change */
/* SPDX-License-Identifier: MIT */
#include "web/parts/bulk_form.h"

#include <string.h>

#include "base/str.h"
#include "storage/attribute_store.h"
#include "storage/campaign_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"

#define SUGGESTIONS_MAX 500
#define WHERE_MAX (64u << 10)

/* --- reading --- */

/* Of a list's checkboxes: "id=1,2,3". */
static const char *chosen_ids(struct request *rq, const struct form *f)
{
	struct str s;

	str_init(&s, WHERE_MAX);
	str_addz(&s, "id=");
	for (size_t i = 0; form_nth(f, "id", i); i++)
		str_printf(&s, "%s%s", i ? "," : "", form_nth(f, "id", i));
	const char *text = arena_strdup(rq->arena, str_text(&s));

	str_release(&s);
	return text;
}

static enum status read_where(struct request *rq, const struct form *f,
    struct bulk_form *out, struct err *e)
{
	struct filter_param *params = NULL;
	bool chosen = str_equal(form_text(f, "scope"), "chosen");

	out->where = chosen ? chosen_ids(rq, f) : form_text(f, "where");
	enum status st = contact_filter_split(
	    rq->arena, out->where, &params, &out->request.filter_count, e);

	out->request.filter = params;
	out->request.all =
	    form_checked(f, "all") || str_equal(form_text(f, "scope"), "all");
	return st;
}

static void say(struct bulk_form *out, const char *control, const char *text)
{
	out->control = control;
	out->text = text;
}

/* The value of a field or attribute by the key that a message has. */
static void set_value(struct request *rq, struct bulk_form *out,
    const char *key, const char *value, const char *control)
{
	struct contact_draft *d = &out->request.values;

	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_equal(key, contact_fields[i].key)) {
			d->value[i] = value;
			return;
		}
	for (size_t i = 0; i < out->book.count; i++)
		if (str_starts(key, "attributes.") &&
		    str_equal(key + 11, out->book.items[i].name)) {
			d->attributes =
			    arena_alloc(rq->arena, sizeof(*d->attributes));
			d->attributes->attribute = &out->book.items[i];
			d->attributes->text = value;
			d->attribute_count = 1;
			return;
		}
	say(out, control, "Choose a field.");
}

static void read_set(
    struct request *rq, const struct form *f, struct bulk_form *out)
{
	const char *value = form_trimmed(rq->arena, f, "value");

	if (!*value)
		say(out, "value",
		    "Give a value. To empty the field, choose “Clear a "
		    "field”.");
	set_value(rq, out, form_text(f, "field"), value, "field");
}

static void read_consent(
    struct request *rq, const struct form *f, struct bulk_form *out)
{
	const char *at = form_trimmed(rq->arena, f, "opted_at");
	const char *opted = form_text(f, "opted");
	struct bulk_request *r = &out->request;

	r->values.value[FIELD_WHATSAPP_OPTED] = opted;
	if (*at)
		r->values.value[FIELD_WHATSAPP_OPTED_AT] = at;
	r->how = form_trimmed(rq->arena, f, "how");
	if (!*r->how)
		say(out, "how",
		    "Say how you know it: it is kept with the "
		    "change.");
	if (!str_equal(opted, "yes") && !str_equal(opted, "no"))
		say(out, "opted", "Choose yes or no.");
}

static void read_action(
    struct request *rq, const struct form *f, struct bulk_form *out)
{
	struct bulk_request *r = &out->request;
	bool off = str_equal(out->what, "remove_tags");

	r->action = out->what;
	if (off || str_equal(out->what, "add_tags")) {
		contact_tags_read(rq->arena,
		    form_text(f, off ? "tags_off" : "tags"), &r->tags,
		    &r->tag_count);
		r->make_tags = form_checked(f, "make_tags");
	} else if (str_equal(out->what, "set")) {
		read_set(rq, f, out);
	} else if (str_equal(out->what, "clear")) {
		set_value(rq, out, form_text(f, "field_off"), "", "field_off");
		r->action = "set";
	} else if (str_equal(out->what, "state")) {
		r->values.value[FIELD_STATE] = form_text(f, "state");
		if (!*r->values.value[FIELD_STATE])
			say(out, "state", "Choose a state.");
		r->action = "set";
	} else if (str_equal(out->what, "consent")) {
		read_consent(rq, f, out);
		r->action = "set";
	} else if (str_equal(out->what, "add_to_segment")) {
		r->segment = form_trimmed(rq->arena, f, "segment");
	} else if (str_equal(out->what, "add_to_campaign")) {
		r->campaign = form_trimmed(rq->arena, f, "campaign");
	} else if (str_equal(out->what, "remove_from_campaign")) {
		r->campaign = form_text(f, "campaign_off");
	} else {
		r->segment = form_text(f, "segment_off");
	}
}

enum status bulk_form_read(struct request *rq, const struct form *f,
    struct bulk_form *out, struct err *e)
{
	unsigned long long n = 0;

	memset(out, 0, sizeof(*out));
	out->control = "";
	out->what = form_text(f, "do");
	enum status st = read_where(rq, f, out, e);

	if (st == STATUS_OK)
		st = attribute_store_list(rq->db, rq->arena, &out->book, e);
	if (st != STATUS_OK)
		return st;
	read_action(rq, f, out);
	if (str_to_u64(form_text(f, "overturn"), &n))
		out->request.overturn = n;
	return STATUS_OK;
}

/* --- filling --- */

static void add_option(struct node *root, const char *list, const char *value,
    const char *label, const char *group)
{
	struct node *n = node_add(root, list);

	node_set(n, "Value", value);
	node_set(n, "Label", label);
	node_set(n, "Group", group);
}

/* Keys are not for many, and consent has its own part of the form. */
static bool for_many(int field)
{
	return field != FIELD_PHONE && field != FIELD_WA_USER_ID &&
	       field != FIELD_WHATSAPP_OPTED &&
	       field != FIELD_WHATSAPP_OPTED_AT;
}

/* A state is not taken away. */
static bool is_clearable(int field)
{
	return for_many(field) && field != FIELD_STATE;
}

static void add_field_option(
    struct node *root, const char *list, const struct contact_field_info *f)
{
	static const char *const groups[] = {
	    [GROUP_IDENTITY] = "Identity",
	    [GROUP_NAME] = "Name",
	    [GROUP_PLACE] = "Place",
	    [GROUP_WHATSAPP] = "WhatsApp",
	};

	add_option(root, list, f->key, f->label, groups[f->group]);
}

static void add_attribute_option(struct request *rq, struct node *root,
    const char *list, const struct attribute *t)
{
	add_option(root, list,
	    arena_printf(rq->arena, "attributes.%s", t->name), t->name,
	    "Attributes");
}

static void fill_fields(
    struct request *rq, struct node *root, const struct attribute_list *book)
{
	add_option(root, "Fields", "", "Choose a field", "");
	add_option(root, "ClearFields", "", "Choose a field", "");
	for (int i = 0; i < FIELD_COUNT; i++) {
		if (for_many(i))
			add_field_option(root, "Fields", &contact_fields[i]);
		if (is_clearable(i))
			add_field_option(
			    root, "ClearFields", &contact_fields[i]);
	}
	for (size_t i = 0; i < book->count; i++) {
		add_attribute_option(rq, root, "Fields", &book->items[i]);
		add_attribute_option(rq, root, "ClearFields", &book->items[i]);
	}
}

static void fill_sent(struct node *root, const struct form *f)
{
	static const char *const names[] = {"tags", "make_tags", "tags_off",
	    "field", "value", "field_off", "opted", "opted_at", "how",
	    "segment", "segment_off", "campaign", "campaign_off", "state"};
	struct node *n = node_child(root, "Sent");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		node_set(n, names[i], form_text(f, names[i]));
}

enum status bulk_form_fill(struct request *rq, struct node *root,
    const struct form *f, const struct bulk_form *form, struct err *e)
{
	const char **campaigns;
	struct segment *segments;
	struct tag *tags;
	size_t n;
	enum status st =
	    tag_store_list(rq->db, rq->arena, "tag", false, &tags, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n && i < SUGGESTIONS_MAX; i++)
		node_set(node_add(root, "KnownTags"), "Name", tags[i].name);
	if (st == STATUS_OK)
		st = segment_store_list(
		    rq->db, rq->arena, false, &segments, &n, e);
	if (st != STATUS_OK)
		return st;
	add_option(root, "Segments", "", "Choose a segment", "");
	for (size_t i = 0; i < n; i++)
		add_option(
		    root, "Segments", segments[i].name, segments[i].name, "");
	st = campaign_store_names(
	    rq->db, rq->arena, SUGGESTIONS_MAX, &campaigns, &n, e);
	if (st != STATUS_OK)
		return st;
	add_option(root, "States", "", "Choose a state", "");
	for (size_t i = 0; i < CONTACT_STATES; i++)
		add_option(root, "States", contact_states[i].key,
		    contact_states[i].label, "");
	add_option(root, "Campaigns", "", "Choose a campaign", "");
	for (size_t i = 0; i < n; i++)
		add_option(root, "Campaigns", campaigns[i], campaigns[i], "");
	fill_fields(rq, root, &form->book);
	node_set(root, "Where", form->where);
	node_set_flag(root, "All", form->request.all);
	node_set(root, "Do", form->what);
	fill_sent(root, f);
	return STATUS_OK;
}

/* --- messages --- */

static const char *control_of(const struct bulk_form *form, const char *field)
{
	bool off = str_equal(form->what, "remove_tags") ||
		   str_equal(form->what, "remove_from_segment") ||
		   str_equal(form->what, "remove_from_campaign");

	if (str_equal(field, "tags"))
		return off ? "tags_off" : "tags";
	if (str_equal(field, "segment"))
		return off ? "segment_off" : "segment";
	if (str_equal(field, "campaign"))
		return off ? "campaign_off" : "campaign";
	if (str_equal(field, "values.whatsapp_opted_at"))
		return "opted_at";
	if (str_equal(field, "values.whatsapp_opted"))
		return "opted";
	if (str_equal(form->what, "state"))
		return "state";
	if (str_starts(field, "values"))
		return str_equal(form->what, "clear") ? "field_off" : "value";
	if (str_equal(field, "overturn_opt_outs"))
		return "overturn";
	if (str_equal(field, "how"))
		return "how";
	return str_equal(field, "action") ? "do" : "";
}

void bulk_form_messages(struct request *rq, struct response *rs,
    const struct bulk_form *form, const struct bulk_check *check)
{
	for (size_t i = 0; i < check->message_count; i++) {
		const char *field = check->messages[i].field;
		const char *text = check->messages[i].text;

		if (str_starts(field, "filter."))
			text =
			    arena_printf(rq->arena, "%s: %s", field + 7, text);
		else if (str_equal(field, "action"))
			text = "Choose what is to change.";
		view_error(rs->view, control_of(form, field), text);
	}
}
