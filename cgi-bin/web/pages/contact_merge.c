/* contact_merge.c: two contacts side by side, to become one */
/* SPDX-License-Identifier: MIT */
/*
 * Without ?with= the other one is looked for; with it, both are compared and
 * the form is shown. The form carries the versions of both: when one of them
 * moved on, it is shown again as they are now, with the choices made so far.
 */
#include "domain/duplicates/contact_merge.h"
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_list.h"
#include "domain/contact/contact_state.h"
#include "storage/attribute_store.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
#include "web/parts/contact_form.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

#define FOUND_MAX 20

/* What stands on the page. */
struct merge_page {
	struct request *rq;
	struct response *rs;
	struct attribute_list book;
	struct contact mine;
	struct contact theirs;
	struct comparison rows;
};

static void fill_person(struct merge_page *p, struct node *root,
    const char *name, const struct contact *c)
{
	struct arena *a = p->rq->arena;
	struct node *n = node_child(root, name);

	node_set_int(n, "Id", (int64_t)c->id.n);
	node_set_int(n, "Version", (int64_t)c->version);
	node_set(n, "Title", contact_view_title(a, c));
	node_set(n, "Phone", contact_view_phone(a, c->value[FIELD_PHONE]));
	node_set(n, "Email", c->value[FIELD_EMAIL]);
	node_set_time(n, "CreatedAt", c->created_at, clock_now());
}

/* --- looking for the other one --- */

static enum status fill_found(
    struct merge_page *p, const char *q, struct err *e)
{
	struct request *rq = p->rq;
	const struct filter_param param = {"q", q};
	struct contact_filter f;
	struct contact_list list;
	enum status st =
	    contact_filter_load(rq->db, rq->arena, &param, 1, &f, e);

	f.query.limit = FOUND_MAX;
	if (st == STATUS_OK)
		st = contact_list_load(
		    rq->db, rq->arena, &f, TOTAL_BOUNDED, &list, e);
	for (size_t i = 0; st == STATUS_OK && i < list.page.count; i++) {
		const struct contact *c = &list.page.rows[i];
		struct node *row;

		if (c->id.n == p->mine.id.n)
			continue;
		row = node_add(view_root(p->rs->view), "Found");
		node_set_int(row, "Id", (int64_t)c->id.n);
		node_set(row, "Title", contact_view_title(rq->arena, c));
		node_set(row, "Phone",
		    contact_view_phone(rq->arena, c->value[FIELD_PHONE]));
		node_set(row, "Email", c->value[FIELD_EMAIL]);
		node_set(row, "City", c->value[FIELD_CITY]);
	}
	return st;
}

static enum status show_search(struct merge_page *p, struct err *e)
{
	struct node *root = view_root(p->rs->view);
	const char *q = form_trimmed(p->rq->arena, &p->rq->params, "q");

	node_set(root, "Q", q);
	return *q ? fill_found(p, q, e) : STATUS_OK;
}

/* --- the comparison --- */

static const char *shown(
    struct merge_page *p, const struct compared *row, const char *value)
{
	if (str_equal(row->key, contact_fields[FIELD_PHONE].key))
		return contact_view_phone(p->rq->arena, value);
	if (str_equal(row->key, contact_fields[FIELD_STATE].key))
		return contact_state_label(value);
	if (str_equal(row->key, contact_fields[FIELD_WHATSAPP_OPTED].key))
		return str_equal(value, "yes")	? "Yes"
		       : str_equal(value, "no") ? "No"
						: value;
	return value;
}

static const char *control_of(struct merge_page *p, const struct compared *row)
{
	const char *name = contact_form_name(p->rq->arena, &p->book, row->key);

	return *name ? arena_printf(p->rq->arena, "take_%s", name) : "";
}

static void fill_row(struct merge_page *p, const struct compared *row)
{
	struct node *root = view_root(p->rs->view);
	struct node *n = node_add(root, !row->differ   ? "Same"
					: row->decided ? "Decided"
						       : "Rows");

	node_set(n, "Name", control_of(p, row));
	node_set(n, "Label", row->label);
	node_set_value(n, "Mine", shown(p, row, row->mine));
	node_set_value(n, "Theirs", shown(p, row, row->theirs));
	node_set_flag(n, "Other", row->side == MERGE_OTHER);
}

static void read_choice(struct merge_page *p, struct compared *row)
{
	const char *side = form_text(&p->rq->form, control_of(p, row));

	if (row->decided)
		return;
	if (str_equal(side, "this"))
		row->side = MERGE_THIS;
	if (str_equal(side, "other"))
		row->side = MERGE_OTHER;
}

static bool was_sent(struct merge_page *p, const char *name, const char *value)
{
	const char *sent;

	for (size_t i = 0; (sent = form_nth(&p->rq->form, name, i)); i++)
		if (str_equal(sent, value))
			return true;
	return false;
}

/* A tag or segment that one of them has, or both. */
static void fill_name(struct merge_page *p, const char *list, const char *field,
    const char *name, int64_t number, const char *of)
{
	struct node *n = node_add(view_root(p->rs->view), list);
	bool chosen = p->rq->method == METHOD_POST;

	node_set_int(n, "N", number);
	node_set(n, "Name", name);
	node_set(n, "Of", of);
	node_set_flag(n, "Checked", !chosen || was_sent(p, field, name));
}

static bool has_name(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(names[i], name))
			return true;
	return false;
}

static void fill_names(struct merge_page *p, const char *list,
    const char *field, const struct merge_names *mine,
    const struct merge_names *theirs)
{
	for (size_t i = 0; i < mine->count; i++)
		fill_name(p, list, field, mine->names[i], (int64_t)i,
		    has_name(theirs->names, theirs->count, mine->names[i])
			? "both"
			: "the one that stays");
	for (size_t i = 0; i < theirs->count; i++)
		if (!has_name(mine->names, mine->count, theirs->names[i]))
			fill_name(p, list, field, theirs->names[i],
			    (int64_t)(mine->count + i), "the other one");
}

static enum status segments_of(struct merge_page *p, struct contact_id id,
    struct merge_names *out, struct err *e)
{
	struct segment *rows;
	enum status st = segment_store_of_contact(
	    p->rq->db, p->rq->arena, id, &rows, &out->count, e);

	if (st != STATUS_OK)
		return st;
	out->names =
	    arena_alloc(p->rq->arena, (out->count + 1) * sizeof(*out->names));
	for (size_t i = 0; i < out->count; i++)
		out->names[i] = rows[i].name;
	return st;
}

static enum status show_comparison(struct merge_page *p, struct err *e)
{
	struct node *root = view_root(p->rs->view);
	const struct merge_names tags = {p->mine.tags, p->mine.tag_count};
	const struct merge_names other_tags = {
	    p->theirs.tags, p->theirs.tag_count};
	struct merge_names segments, other_segments;
	enum status st = segments_of(p, p->mine.id, &segments, e);

	if (st == STATUS_OK)
		st = segments_of(p, p->theirs.id, &other_segments, e);
	if (st != STATUS_OK)
		return st;
	fill_person(p, root, "Theirs", &p->theirs);
	contact_compare(p->rq->arena, &p->mine, &p->theirs, &p->rows);
	for (size_t i = 0; i < p->rows.count; i++) {
		if (p->rq->method == METHOD_POST)
			read_choice(p, &p->rows.rows[i]);
		fill_row(p, &p->rows.rows[i]);
	}
	fill_names(p, "Tags", "tag", &tags, &other_tags);
	fill_names(p, "Segments", "segment", &segments, &other_segments);
	return STATUS_OK;
}

/* --- reading both --- */

static enum status refuse(
    struct merge_page *p, enum status st, const char *text, struct err *e)
{
	p->rs->message = text;
	return ERR(e, st, "%s", text);
}

static enum status load_other(
    struct merge_page *p, struct contact_id id, struct err *e)
{
	enum status st = contact_store_get(
	    p->rq->db, p->rq->arena, id, false, &p->theirs, e);

	if (st == STATUS_NOT_FOUND)
		return refuse(p, st, merge_refusal_text(MERGE_GONE), e);
	if (st == STATUS_OK && p->theirs.trashed_at)
		return refuse(p, STATUS_CONFLICT,
		    p->theirs.merged_into == p->mine.id.n
			? "These two contacts are merged already."
			: merge_refusal_text(MERGE_TRASHED),
		    e);
	return st;
}

static enum status load_mine(struct merge_page *p, struct err *e)
{
	struct contact_id id = {p->rq->path_id};
	enum status st =
	    contact_store_get(p->rq->db, p->rq->arena, id, false, &p->mine, e);

	if (st == STATUS_OK && p->mine.trashed_at)
		return refuse(
		    p, STATUS_CONFLICT, merge_refusal_text(MERGE_TRASHED), e);
	if (st == STATUS_OK)
		st = attribute_store_list(p->rq->db, p->rq->arena, &p->book, e);
	if (st == STATUS_OK)
		fill_person(p, view_root(p->rs->view), "Mine", &p->mine);
	return st;
}

/* --- merging --- */

static void read_names(
    struct merge_page *p, const char *field, struct merge_names *out)
{
	const struct form *f = &p->rq->form;
	const char *name;

	out->names =
	    arena_alloc(p->rq->arena, (f->count + 1) * sizeof(*out->names));
	out->count = 0;
	while ((name = form_nth(f, field, out->count)))
		out->names[out->count++] = name;
}

static void read_choices(struct merge_page *p, struct merge_request *out)
{
	struct merge_choice *choices;

	contact_compare(p->rq->arena, &p->mine, &p->theirs, &p->rows);
	choices =
	    arena_alloc(p->rq->arena, (p->rows.count + 1) * sizeof(*choices));
	for (size_t i = 0; i < p->rows.count; i++) {
		struct compared *row = &p->rows.rows[i];

		if (row->decided)
			continue;
		read_choice(p, row);
		choices[out->choice_count].key = row->key;
		choices[out->choice_count++].side = row->side;
	}
	out->choices = choices;
}

static enum status answer_refusal(struct merge_page *p,
    const struct merge_result *r, enum status st, struct err *e)
{
	if (r->why == MERGE_FINE)
		return st;
	if (r->why != MERGE_MOVED_ON && r->why != MERGE_NO_KEY &&
	    r->why != MERGE_TOO_LONG)
		return refuse(p, st, merge_refusal_text(r->why), e);
	p->mine = r->mine;
	p->theirs = r->theirs;
	fill_person(p, view_root(p->rs->view), "Mine", &p->mine);
	enum status shown_st = show_comparison(p, e);

	if (shown_st != STATUS_OK)
		return shown_st;
	if (r->why == MERGE_MOVED_ON) {
		node_set_flag(view_root(p->rs->view), "MovedOn", 1);
		p->rs->code = 409;
		return STATUS_OK;
	}
	view_error(p->rs->view, r->why == MERGE_NO_KEY ? "take_phone" : "",
	    merge_refusal_text(r->why));
	return STATUS_INVALID;
}

static enum status merge(
    struct merge_page *p, struct contact_id with, struct err *e)
{
	struct request *rq = p->rq;
	struct merge_names tags, segments;
	struct merge_request request = {.id = p->mine.id,
	    .with = with,
	    .tags = &tags,
	    .segments = &segments};
	struct merge_result r;
	unsigned long long version = 0, with_version = 0;

	str_to_u64(form_text(&rq->form, "version"), &version);
	str_to_u64(form_text(&rq->form, "with_version"), &with_version);
	request.version = version;
	request.with_version = with_version;
	read_choices(p, &request);
	read_names(p, "tag", &tags);
	read_names(p, "segment", &segments);
	enum status st =
	    contact_merge(rq->db, rq->arena, &rq->actor, &request, &r, e);

	if (st != STATUS_OK)
		return answer_refusal(p, &r, st, e);
	response_flash(rq,
	    "The two contacts are one now. The timeline says what came from "
	    "where, and can take it back.");
	return response_redirect(rq, p->rs,
	    arena_printf(
		rq->arena, "/contacts/%llu", (unsigned long long)p->mine.id.n));
}

enum status page_contact_merge(
    struct request *rq, struct response *rs, struct err *e)
{
	struct merge_page p = {.rq = rq, .rs = rs};
	const struct form *f =
	    rq->method == METHOD_POST ? &rq->form : &rq->params;
	unsigned long long with = 0;
	bool asked = *form_text(f, "with") != '\0';
	enum status st = load_mine(&p, e);

	if (st != STATUS_OK)
		return st;
	rq->active = "/contacts";
	if (!asked && rq->method == METHOD_GET)
		return show_search(&p, e);
	if (!str_to_u64(form_text(f, "with"), &with))
		return refuse(
		    &p, STATUS_NOT_FOUND, merge_refusal_text(MERGE_GONE), e);
	if (with == p.mine.id.n) {
		view_error(rs->view, "q", merge_refusal_text(MERGE_ITSELF));
		st = show_search(&p, e);
		return st == STATUS_OK ? STATUS_INVALID : st;
	}
	st = load_other(&p, (struct contact_id){with}, e);
	if (st != STATUS_OK)
		return st;
	return rq->method == METHOD_POST
		   ? merge(&p, (struct contact_id){with}, e)
		   : show_comparison(&p, e);
}
