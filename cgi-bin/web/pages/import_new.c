/* import_new.c: the wizard's first step: file, format, options */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/country.h"
#include "base/phone.h"
#include "domain/import/intake.h"
#include "storage/segment_store.h"
#include "storage/setting_store.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

/* Most segment names that the input proposes. */
#define SEGMENTS_MAX 200u

/* Rules with inputs of their own among the options; the others are in the
 * part "Rules", as rule_<name>. */
static bool rule_is_option(const char *name)
{
	return str_equal(name, "country") ||
	       str_equal(name, "house_number_in_address");
}

static const char *rule_input(struct arena *a, const char *name)
{
	if (str_equal(name, "house_number_in_address"))
		return "house_number";
	if (rule_is_option(name))
		return name;
	return arena_printf(a, "rule_%s", name);
}

/* The rule of a message; NULL when it is about something else. */
static const struct rule_info *rule_of(const char *field)
{
	for (const struct rule_info *r = import_rule_infos; r->name; r++) {
		if (str_equal(import_rule_field(r), field))
			return r;
	}
	return NULL;
}

static void fill_formats(struct node *root, const char *chosen)
{
	for (const struct import_format *f = import_formats; f->key; f++) {
		struct node *n = node_add(root, "Formats");

		node_set(n, "Key", f->key);
		node_set(n, "Label", f->label);
		node_set(n, "Line", f->line);
		node_set_flag(n, "Chosen", str_equal(f->key, chosen));
		node_set_flag(n, "CountryRequired", f->country_required);
		node_set_flag(n, "SegmentRequired", f->rules.segment_required);
		node_set_flag(n, "Dollar", f->attribute_dollar);
		for (const char *const *m = f->fingerprint; m && *m; m++)
			node_set(node_add(n, "Marks"), "Text", *m);
	}
	node_set(root, "Format", chosen);
}

/* The formats that have an option, with blanks around each key, so that the
 * script can show it only for these. */
static void fill_options_of(struct arena *a, struct node *root)
{
	const char *header = " ", *house = " ", *last = " ", *country = " ";
	const char *channel = " ", *people = " ";
	struct node *n = node_child(root, "Only");

	for (const struct import_format *f = import_formats; f->key; f++) {
		if (f->asks_header)
			header = arena_printf(a, "%s%s ", header, f->key);
		if (f->asks_house_number)
			house = arena_printf(a, "%s%s ", house, f->key);
		if (f->asks_last_mapping)
			last = arena_printf(a, "%s%s ", last, f->key);
		if (!f->optout)
			people = arena_printf(a, "%s%s ", people, f->key);
		if (f->asks_channel)
			channel = arena_printf(a, "%s%s ", channel, f->key);
		if (f->asks_country || f->rules.country[0] != '\0')
			country = arena_printf(a, "%s%s ", country, f->key);
	}
	node_set(n, "Header", header);
	node_set(n, "HouseNumber", house);
	node_set(n, "LastMapping", last);
	node_set(n, "Country", country);
	node_set(n, "Channel", channel);
	node_set(n, "People", people);
}

static void fill_rule_values(
    struct node *n, const struct rule_info *r, const char *chosen)
{
	for (size_t i = 0; r->values != NULL && r->values[i] != NULL; i++) {
		struct node *o = node_add(n, "Values");

		node_set(o, "Value", r->values[i]);
		node_set(o, "Label", r->value_labels[i]);
		node_set_flag(o, "Chosen", str_equal(r->values[i], chosen));
	}
}

static void fill_rules(
    struct arena *a, struct node *root, const struct form *form)
{
	for (const struct rule_info *r = import_rule_infos; r->name; r++) {
		struct node *n;
		const char *input = rule_input(a, r->name);

		if (rule_is_option(r->name))
			continue;
		n = node_add(root, "Rules");
		node_set(n, "Input", input);
		node_set(n, "Label", r->label);
		node_set(n, "Help", r->help);
		node_set(n, "Value", form_text(form, input));
		if (!str_empty(form_text(form, input)))
			node_set_flag(root, "RulesOpen", 1);
		fill_rule_values(n, r, form_text(form, input));
		for (const struct import_format *f = import_formats; f->key;
		     f++) {
			struct node *d = node_add(n, "Defaults");
			const char *own =
			    import_rule_get(a, &f->rules, r->name);

			node_set(d, "Format", f->key);
			node_set(d, "Label", f->label);
			node_set(d, "Value", rule_value_text(a, r, own));
		}
	}
}

static enum status fill_limits(
    struct request *rq, struct node *root, struct err *e)
{
	uint64_t size, rows;
	enum status st = setting_get_u64(rq->db, "import.size_limit", &size, e);

	if (st == STATUS_OK)
		st = setting_get_u64(rq->db, "import.row_limit", &rows, e);
	if (st != STATUS_OK)
		return st;
	node_set(root, "SizeLimit", bytes_text(rq->arena, size));
	node_set_int(root, "SizeLimitBytes", (int64_t)size);
	node_set_count(root, "RowLimit", rows);
	return STATUS_OK;
}

static enum status fill_book(
    struct request *rq, struct node *root, struct err *e)
{
	const char *country;
	struct segment *segments;
	size_t count;
	enum status st =
	    setting_get(rq->db, rq->arena, "book.country", &country, e);

	if (st != STATUS_OK)
		return st;
	if (!str_empty(country))
		node_set(root, "BookCountry", country_name(country));
	st = segment_store_list(rq->db, rq->arena, false, &segments, &count, e);
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < count && i < SEGMENTS_MAX; i++)
		if (!segments[i].dynamic)
			node_set(node_add(root, "Segments"), "Name",
			    segments[i].name);
	return STATUS_OK;
}

static enum status fill(struct request *rq, struct response *rs, struct err *e)
{
	const struct form *form = &rq->form;
	struct node *root = view_root(rs->view);
	bool sent = rq->method == METHOD_POST;
	enum status st;

	fill_formats(root, form_text(sent ? form : &rq->params, "format"));
	fill_options_of(rq->arena, root);
	countries_fill(rq->arena, root, form_text(form, "country"));
	fill_rules(rq->arena, root, form);
	node_set(root, "Segment", form_text(form, "segment"));
	node_set(root, "Tags", form_text(form, "tags"));
	node_set_flag(root, "HeaderBox", !sent || form_checked(form, "header"));
	node_set_flag(
	    root, "HouseNumberBox", form_checked(form, "house_number"));
	node_set_flag(
	    root, "LastMappingBox", form_checked(form, "last_mapping"));
	st = fill_limits(rq, root, e);
	return st == STATUS_OK ? fill_book(rq, root, e) : st;
}

static void add_rule(
    struct intake_options *o, const char *name, const char *value)
{
	if (o->rule_count >= sizeof(o->rule_names) / sizeof(*o->rule_names))
		return;
	o->rule_names[o->rule_count] = name;
	o->rule_values[o->rule_count++] = value;
}

static void read_rules(struct request *rq, struct intake_options *o)
{
	for (const struct rule_info *r = import_rule_infos; r->name; r++) {
		const char *value = form_trimmed(
		    rq->arena, &rq->form, rule_input(rq->arena, r->name));

		if (!rule_is_option(r->name) && !str_empty(value))
			add_rule(o, import_rule_field(r), value);
	}
}

/* What the form asks for. The three checkboxes belong to the formats that show
 * them; for the others the file itself tells. */
static void read_options(struct request *rq, struct intake_options *o)
{
	const struct form *form = &rq->form;
	const struct import_format *f;

	memset(o, 0, sizeof(*o));
	o->format = form_text(form, "format");
	o->header = "";
	o->segment = form_trimmed(rq->arena, form, "segment");
	o->tags = form_trimmed(rq->arena, form, "tags");
	f = import_format_find(o->format);
	o->asks_later =
	    str_empty(o->format) && str_empty(form_text(form, "rule_segment"));
	if (f != NULL && f->asks_header)
		o->header = form_checked(form, "header") ? "true" : "false";
	if (f != NULL && f->asks_house_number)
		add_rule(o, "house_number_in_address",
		    form_checked(form, "house_number") ? "yes" : "no");
	if (f != NULL && f->asks_last_mapping)
		o->last_mapping = form_checked(form, "last_mapping");
	if (!str_empty(form_text(form, "country")))
		add_rule(o, "country", form_text(form, "country"));
	read_rules(rq, o);
}

/* With the last mapping, and nothing left to ask, the next page is already the
 * consent (formats.md S3: Next, Import). */
static enum status go_on(struct request *rq, struct response *rs,
    struct import_id id, bool last_mapping, struct err *e)
{
	struct import_plan plan;
	struct map_messages messages = {.count = 0};
	int refusal;
	const char *text, *step = "mapping";

	if (last_mapping) {
		enum status st = plan_load(rq->db, rq->arena, id, &plan, e);
		if (st != STATUS_OK)
			return st;
		st = plan_map(rq->db, rq->arena, &rq->actor, &plan, true,
		    &messages, &refusal, &text, e);
		if (st != STATUS_OK && st != STATUS_INVALID)
			return st;
		if (st == STATUS_OK)
			step = "consent";
	}
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "/imports/%" PRIu64 "/%s", id.n, step));
}

static void show_messages(
    struct request *rq, struct response *rs, const struct intake_messages *m)
{
	for (size_t i = 0; i < m->count; i++) {
		const char *field = m->items[i].field;
		const struct rule_info *r = rule_of(field);

		if (r)
			field = rule_input(rq->arena, r->name);
		view_error(rs->view, field, m->items[i].text);
	}
}

static enum status upload(
    struct request *rq, struct response *rs, struct err *e)
{
	struct intake_options o;
	struct intake_messages messages = {.count = 0};
	struct import_id id;
	int refusal = -1;
	const char *text = "";
	enum status st;

	read_options(rq, &o);
	if (!rq->file.present || str_empty(rq->file.name)) {
		view_error(rs->view, "file", "Choose a file.");
		return STATUS_INVALID;
	}
	if (!import_channel_known(
		form_trimmed(rq->arena, &rq->form, "channel"))) {
		view_error(
		    rs->view, "channel", "WhatsApp is the only channel.");
		return STATUS_INVALID;
	}
	st = intake_upload(rq->db, rq->arena, &rq->actor, &o, rq->file.name,
	    rq->body_path, rq->file.offset, rq->file.length, &id, &messages,
	    &refusal, &text, e);
	if (st == STATUS_OK)
		return go_on(rq, rs, id, o.last_mapping, e);
	if (st != STATUS_INVALID)
		return st;
	show_messages(rq, rs, &messages);
	if (refusal >= 0 && messages.count == 0) {
		import_fill_refusal(rs->view, refusal, text);
		view_error(rs->view, "file", text);
		if (refusal == REFUSED_TOO_LARGE)
			rs->code = 413;
	}
	return STATUS_INVALID;
}

enum status page_import_new(
    struct request *rq, struct response *rs, struct err *e)
{
	enum status st = STATUS_INVALID, filled;

	if (rq->method == METHOD_POST) {
		st = upload(rq, rs, e);
		if (st != STATUS_INVALID)
			return st;
	}
	filled = fill(rq, rs, e);
	if (filled != STATUS_OK)
		return filled;
	return rq->method == METHOD_POST ? st : STATUS_OK;
}
