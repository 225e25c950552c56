/* segments.c: the segments of the book */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/catalog/catalog_change.h"
#include "domain/filter/dynamic_segment.h"
#include "storage/segment_store.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

static const char *const actions[] = {"rename", "delete", NULL};

static void fill_segment(struct request *rq, struct node *n,
    const struct segment *s, const struct segment_count *count)
{
	catalog_fill(rq, n, s->name, count->contacts);
	node_set_flag(n, "More", count->more);
	node_set_flag(n, "Unknown", count->unknown);
	node_set_flag(n, "Broken", count->broken);
	node_set_flag(n, "Dynamic", s->dynamic);
	if (count->unknown)
		node_set(n, "CountPath",
		    arena_printf(rq->arena, "/segments?q=%s&after=%s&count=%s",
			url_escape(rq->arena, form_text(&rq->params, "q")),
			url_escape(rq->arena, form_text(&rq->params, "after")),
			url_escape(rq->arena, s->name)));
	if (s->dynamic)
		node_set(n, "EditPath",
		    arena_printf(rq->arena, "/contacts?%s&filter=1&editing=%s",
			s->filter, url_escape(rq->arena, s->name)));
}

static enum status fill_segments(
    struct request *rq, struct node *root, struct err *e)
{
	struct segment *segments;
	struct segment_count *counts;
	uint64_t total = 0;
	size_t n;
	enum status st = segment_store_count(rq->db, &total, e);

	if (st == STATUS_OK)
		st = segment_store_page(rq->db, rq->arena,
		    form_text(&rq->params, "q"),
		    form_text(&rq->params, "after"), CATALOG_ROWS + 1,
		    &segments, &n, e);
	if (st != STATUS_OK)
		return st;
	bool more = n > CATALOG_ROWS;

	n -= more;
	st = dynamic_segment_counts(rq->db, rq->arena, segments, n,
	    form_text(&rq->params, "count"), &counts, e);
	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		fill_segment(
		    rq, node_add(root, "Segments"), &segments[i], &counts[i]);
	catalog_fill_pages(rq, root, total, more ? segments[n - 1].name : NULL);
	return STATUS_OK;
}

/* The segments that would not work without this one. */
static enum status fill_users(
    struct request *rq, struct node *change, const char *name, struct err *e)
{
	const char **names;
	size_t n;
	enum status st =
	    dynamic_segment_users(rq->db, rq->arena, name, &names, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		node_set(node_add(change, "Users"), "Name", names[i]);
	return st;
}

static enum status fill_change(
    struct request *rq, struct node *root, struct err *e)
{
	struct catalog_asked asked = catalog_asked(rq, actions);
	struct node *change = node_child(root, "Change");
	const char *new_name = form_find(&rq->form, "new_name");
	struct segment s;
	struct segment_count *count;
	enum status st;

	if (!*asked.action)
		return STATUS_OK;
	st = segment_store_get(rq->db, rq->arena, asked.name, &s, e);
	if (st == STATUS_OK)
		st = dynamic_segment_counts(
		    rq->db, rq->arena, &s, 1, "", &count, e);
	if (st == STATUS_OK)
		st = fill_users(rq, change, s.name, e);
	if (st != STATUS_OK)
		return st;
	node_set(change, "Action", asked.action);
	fill_segment(rq, change, &s, count);
	node_set(root, "Form.new_name", new_name ? new_name : s.name);
	return STATUS_OK;
}

static bool is_action(const struct request *rq, const char *action)
{
	return str_equal(form_text(&rq->form, "action"), action);
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	enum status st = fill_change(rq, root, e);

	if (st == STATUS_OK)
		st = fill_segments(rq, root, e);
	node_set(root, "Form.name", form_text(&rq->form, "name"));
	if (is_action(rq, "save")) {
		node_set(root, "Saving", form_text(&rq->form, "filter"));
		node_set_flag(root, "IsSaving", 1);
	}
	return st;
}

/* The filter of the list of contacts, as a new segment or as another filter of
 * one. */
static enum status save(struct request *rq, struct catalog_change *c,
    const char **flash, const char **path, struct err *e)
{
	const char *filter = form_text(&rq->form, "filter");
	const char *name = form_trimmed(rq->arena, &rq->form, "name");
	struct segment s;
	enum status st;

	if (is_action(rq, "save")) {
		st = dynamic_segment_add(rq->db, rq->arena, &rq->actor, name,
		    filter, &s, &c->problem, e);
	} else {
		name = form_text(&rq->form, "which");
		st = dynamic_segment_change(rq->db, rq->arena, &rq->actor, name,
		    filter, &c->problem, e);
	}
	*flash = arena_printf(
	    rq->arena, "%s is saved: these contacts are in it now.", name);
	*path = arena_printf(
	    rq->arena, "/contacts?segment=%s", url_escape(rq->arena, name));
	/* Its place in this page is the form as a whole. */
	if (st == STATUS_INVALID && str_equal(c->problem.field, "filter"))
		c->problem.field = "";
	return st;
}

static enum status change(struct request *rq, struct catalog_change *c,
    const char **flash, struct err *e)
{
	struct catalog_asked asked = catalog_asked(rq, actions);
	const char *to = form_trimmed(rq->arena, &rq->form, "new_name");
	struct segment_id id;

	if (str_equal(asked.action, "rename")) {
		*flash = arena_printf(
		    rq->arena, "%s is now called %s.", asked.name, to);
		return catalog_rename_segment(c, asked.name, to, e);
	}
	if (str_equal(asked.action, "delete")) {
		*flash = arena_printf(rq->arena,
		    "%s is deleted; its contacts are still in the book.",
		    asked.name);
		return catalog_delete_segment(c, asked.name, e);
	}
	*flash = "It is added.";
	if (str_equal(form_text(&rq->form, "action"), "add"))
		return catalog_add_segment(rq->db, rq->arena, &rq->actor,
		    form_trimmed(rq->arena, &rq->form, "name"), &id,
		    &c->problem, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}

enum status page_segments(
    struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	const char *flash = "";
	const char *path = "/segments";
	enum status st;

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	if (is_action(rq, "save") || is_action(rq, "filter"))
		st = save(rq, &c, &flash, &path, e);
	else
		st = change(rq, &c, &flash, e);
	if (st == STATUS_OK)
		return catalog_done(rq, rs, &c, path, flash, e);
	if (st != STATUS_INVALID && st != STATUS_CONFLICT)
		return st;
	view_error(rs->view, c.problem.field, c.problem.text);
	st = show(rq, rs, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}
