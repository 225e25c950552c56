/* import_mapping.c: the wizard's second step: what each column becomes */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/import/correct.h"
#include "domain/import/formats.h"
#include "domain/import/sniff.h"
#include "storage/segment_store.h"
#include "storage/setting_store.h"
#include "web/parts/import_columns.h"
#include "web/parts/import_view.h"
#include "web/routes.h"

static const struct {
	char delimiter;
	const char *label;
} delimiters[] = {
    {',', "Comma ( , )"},
    {';', "Semicolon ( ; )"},
    {'\t', "Tab"},
    {'|', "Pipe ( | )"},
};

static void add_choice(struct node *root, const char *list, const char *value,
    const char *label, bool chosen)
{
	struct node *n = node_add(root, list);

	node_set(n, "Value", value);
	node_set(n, "Label", label);
	node_set_flag(n, "Chosen", chosen);
}

/* How the file was read, each with its choices. */
static void fill_reading(
    struct arena *a, struct node *root, const struct import_plan *p)
{
	const struct import *im = &p->row.head;

	for (const struct import_format *f = import_formats; f->key; f++)
		add_choice(root, "Formats", f->key, f->label, f == p->format);
	for (int i = 0; i < ENCODING_COUNT; i++)
		add_choice(root, "Encodings", encoding_name((enum encoding)i),
		    encoding_label((enum encoding)i), i == (int)im->encoding);
	for (size_t i = 0; i < sizeof(delimiters) / sizeof(*delimiters); i++)
		add_choice(root, "Delimiters",
		    delimiter_name(delimiters[i].delimiter),
		    delimiters[i].label,
		    delimiters[i].delimiter == im->delimiter);
	countries_fill(a, root, p->rules.country);
	node_set_flag(root, "HasHeader", im->header);
	node_set_flag(root, "AsksCountry",
	    p->format->asks_country || p->rules.country[0] != '\0');
	node_set_flag(root, "CountryRequired", p->format->country_required);
	node_set_flag(root, "SegmentRequired", p->rules.segment_required);
}

/* How the format was recognised, and whether another one was chosen. */
static void fill_guess(struct node *root, const struct import_plan *p)
{
	const struct import_format *f = import_format_find(p->guess_format);

	node_set(root, "GuessReason", p->guess_reason);
	if (f == NULL)
		return;
	node_set(root, "GuessLabel", f->label);
	node_set_flag(root, "GuessOther", f != p->format);
}

static void fill(struct request *rq, struct response *rs,
    const struct import_plan *p, const struct map_messages *messages)
{
	struct node *root = view_root(rs->view);

	import_fill(
	    rq->arena, node_child(root, "Import"), &p->row.head, clock_now());
	fill_reading(rq->arena, root, p);
	fill_guess(root, p);
	node_set(root, "ColumnsNew", str_or_empty(p->columns_new));
	node_set(root, "ColumnsGone", str_or_empty(p->columns_gone));
	columns_fill(rq->arena, root, p, messages);
}

/* What was changed on the upload page stays changed in another format. The row
 * limit belongs to a format that cuts. */
static void keep_changes(struct arena *a, const struct import_rules *old,
    const struct import_format *from, struct import_rules *rules)
{
	for (const struct rule_info *r = import_rule_infos; r->name; r++) {
		const char *value = import_rule_get(a, old, r->name);

		if (str_equal(r->name, "country") ||
		    str_equal(r->name, "segment") ||
		    (str_equal(r->name, "row_limit") &&
			(old->row_limit_cuts || rules->row_limit_cuts)))
			continue;
		if (!str_equal(
			value, import_rule_get(a, &from->rules, r->name)))
			import_rule_set(rules, r->name, value);
	}
	rules->size_limit = old->size_limit;
}

/* Another format brings its own rules; a country that was chosen stays, that
 * of the book gives way to the format's own (AiSensy: IN). */
static enum status change_format(
    struct request *rq, struct import_plan *p, const char *key, struct err *e)
{
	const struct import_format *f = import_format_find(key);
	struct import_rules old = p->rules;
	const char *book = "";
	enum status st;

	if (f == NULL || f == p->format)
		return STATUS_OK;
	st = setting_get(rq->db, rq->arena, "book.country", &book, e);
	if (st != STATUS_OK)
		return st;
	p->rules = f->rules;
	keep_changes(rq->arena, &old, p->format, &p->rules);
	p->format = f;
	p->row.head.format = f->key;
	if (old.country[0] != '\0' &&
	    (f->rules.country[0] == '\0' || !str_equal(old.country, book)))
		memcpy(p->rules.country, old.country, sizeof(old.country));
	return STATUS_OK;
}

/* Country and segment, which the form of the columns sends too. */
static void read_common(struct request *rq, struct import_plan *p)
{
	const struct form *f = &rq->form;

	if (form_find(f, "country") != NULL)
		import_rule_set(&p->rules, "country", form_text(f, "country"));
	if (form_find(f, "segment") != NULL)
		p->row.head.segment = form_trimmed(rq->arena, f, "segment");
}

static enum status read_reading(
    struct request *rq, struct import_plan *p, struct err *e)
{
	const struct form *f = &rq->form;
	struct import *im = &p->row.head;

	enum status st = change_format(rq, p, form_text(f, "format"), e);

	encoding_find(form_text(f, "encoding"), &im->encoding);
	delimiter_find(form_text(f, "delimiter"), &im->delimiter);
	if (form_find(f, "header") != NULL)
		im->header = form_checked(f, "header");
	return st;
}

static void show_refusal(struct response *rs, int refusal, const char *text)
{
	if (refusal < 0)
		return;
	import_fill_refusal(rs->view, refusal, text);
	view_error(rs->view, "reading", text);
}

static enum status to_step(
    struct request *rq, struct response *rs, const char *step)
{
	return response_redirect(rq, rs,
	    arena_printf(
		rq->arena, "/imports/%" PRIu64 "/%s", rq->path_id, step));
}

/* "Show again": the file read another way. */
static enum status show_again(struct request *rq, struct response *rs,
    struct import_plan *p, struct err *e)
{
	int refusal = -1;
	const char *text = "";
	enum status st;

	read_common(rq, p);
	st = read_reading(rq, p, e);
	if (st != STATUS_OK)
		return st;
	p->row.rules = import_rules_json(rq->arena, &p->rules);
	st = plan_inspect(rq->db, rq->arena, &rq->actor, p, &refusal, &text, e);
	if (st == STATUS_INVALID)
		show_refusal(rs, refusal, text);
	return st == STATUS_OK ? to_step(rq, rs, "mapping") : st;
}

/* Country and segment where the format cannot do without, and a segment that
 * the contacts cannot be put into. */
static enum status check_common(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e)
{
	bool missing = false;
	bool dynamic = false;
	enum status st =
	    segment_store_is_dynamic(rq->db, p->row.head.segment, &dynamic, e);

	if (st != STATUS_OK)
		return st;
	if (dynamic)
		view_error(rs->view, "segment", SEGMENT_IS_DYNAMIC);

	if (p->format->country_required && p->rules.country[0] == '\0') {
		view_error(
		    rs->view, "country", "Choose the country of the numbers.");
		missing = true;
	}
	if (p->rules.segment_required && str_empty(p->row.head.segment)) {
		view_error(rs->view, "segment",
		    "Name the segment that is to hold the contacts.");
		missing = true;
	}
	return missing || dynamic ? ERR(e, STATUS_INVALID, "country or segment")
				  : STATUS_OK;
}

static enum status next(struct request *rq, struct response *rs,
    struct import_plan *p, struct map_messages *messages, struct err *e)
{
	int refusal = -1;
	const char *text = "";
	enum status st;

	read_common(rq, p);
	columns_read(rq->arena, &rq->form, form_text(&rq->form, "rest"), p);
	st = check_common(rq, rs, p, e);
	if (st == STATUS_INVALID)
		map_validate(rq->arena, p->format, &p->rules, true, &p->mapping,
		    messages);
	if (st != STATUS_OK)
		return st;
	p->row.rules = import_rules_json(rq->arena, &p->rules);
	st = plan_map(rq->db, rq->arena, &rq->actor, p, true, messages,
	    &refusal, &text, e);
	if (st == STATUS_INVALID && messages->count == 0)
		show_refusal(rs, refusal, text);
	struct correcting c = {
	    .db = rq->db, .arena = rq->arena, .plan = p, .actor = &rq->actor};

	if (st == STATUS_OK)
		st = corrections_recall(&c, e);
	if (st == STATUS_OK)
		st = import_check(rq->db, rq->arena, p->row.head.id, e);
	return st == STATUS_OK ? to_step(rq, rs, "review") : st;
}

/* Lays the member's last mapping over the columns and shows the page. */
static enum status use_last(struct request *rq, struct response *rs,
    struct import_plan *p, struct err *e)
{
	bool found = false;
	enum status st =
	    last_mapping_lay(rq->db, rq->arena, &rq->actor, p, &found, e);

	if (st != STATUS_OK)
		return st;
	node_set(view_root(rs->view), "Notice",
	    found ? "Your last mapping is filled in below. Look it over, then "
		    "go on."
		  : "You have no earlier mapping yet. One is remembered each "
		    "time you start an import.");
	return STATUS_OK;
}

enum status page_import_mapping(
    struct request *rq, struct response *rs, struct err *e)
{
	struct import_plan plan;
	struct map_messages messages = {.count = 0};
	const char *act = form_text(&rq->form, "act");
	bool gone, show = rq->method != METHOD_POST;
	enum status st = import_open_load(rq, rs, &plan, &gone, e);

	if (st != STATUS_OK || gone)
		return st;
	columns_leave_empty(&plan);
	if (show) {
		/* nothing to do */
	} else if (str_equal(act, "inspect")) {
		st = show_again(rq, rs, &plan, e);
	} else if (str_equal(act, "last")) {
		st = use_last(rq, rs, &plan, e);
		show = st == STATUS_OK;
	} else {
		st = next(rq, rs, &plan, &messages, e);
	}
	if (show || st == STATUS_INVALID)
		fill(rq, rs, &plan, &messages);
	return st;
}
