/* tags.c: the tags of the book, and first messages */
/* SPDX-License-Identifier: MIT */
/*
 * Both kinds are on one page; the field and parameter "kind" says which a form
 * is about ("message": a first message). First messages are few, so they are
 * not in pages.
 */
#include "base/str.h"
#include "domain/catalog/catalog_change.h"
#include "storage/tag_store.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

#define MERGE_MAX 1000u	  /* of a select; more are asked for by name */
#define MESSAGES_MAX 500u /* shown */

static const char *const actions[] = {"rename", "merge", "delete", NULL};

static bool is_message(const struct request *rq)
{
	const struct form *f =
	    rq->method == METHOD_GET ? &rq->params : &rq->form;

	return str_equal(form_text(f, "kind"), "message");
}

static enum status fill_tags(
    struct request *rq, struct node *root, struct err *e)
{
	struct tag *tags;
	uint64_t total = 0;
	size_t n;
	enum status st = tag_store_count(rq->db, &total, e);

	if (st == STATUS_OK)
		st = tag_store_page(rq->db, rq->arena,
		    form_text(&rq->params, "q"),
		    form_text(&rq->params, "after"), CATALOG_ROWS + 1, &tags,
		    &n, e);
	if (st != STATUS_OK)
		return st;
	bool more = n > CATALOG_ROWS;

	n -= more;
	for (size_t i = 0; i < n; i++)
		catalog_fill(
		    rq, node_add(root, "Tags"), tags[i].name, tags[i].contacts);
	catalog_fill_pages(rq, root, total, more ? tags[n - 1].name : NULL);
	return STATUS_OK;
}

static enum status fill_messages(
    struct request *rq, struct node *root, struct err *e)
{
	struct tag *messages;
	size_t n;
	enum status st = tag_store_first_messages(
	    rq->db, rq->arena, "", MESSAGES_MAX + 1, &messages, &n, e);

	if (st != STATUS_OK)
		return st;
	node_set_flag(root, "MoreMessages", n > MESSAGES_MAX);
	for (size_t i = 0; i < n && i < MESSAGES_MAX; i++)
		catalog_fill(rq, node_add(root, "Messages"), messages[i].name,
		    messages[i].contacts);
	return STATUS_OK;
}

/* What a tag can be merged into; none when they are too many for a list. */
static enum status fill_others(struct request *rq, struct node *change,
    const struct tag *tag, struct err *e)
{
	struct tag *all;
	size_t n;
	enum status st =
	    is_message(rq)
		? tag_store_first_messages(
		      rq->db, rq->arena, "", MERGE_MAX + 1, &all, &n, e)
		: tag_store_list(rq->db, rq->arena, "tag", false, &all, &n, e);

	if (st != STATUS_OK || n > MERGE_MAX)
		return st;
	struct node *none = node_add(change, "Others");

	node_set(none, "Value", "");
	node_set(none, "Label", "Choose");
	for (size_t i = 0; i < n; i++) {
		struct node *row;

		if (str_equal(all[i].name, tag->name))
			continue;
		row = node_add(change, "Others");
		node_set(row, "Value", all[i].name);
		node_set(row, "Label", all[i].name);
	}
	return STATUS_OK;
}

static enum status find(
    struct request *rq, const char *name, struct tag *out, struct err *e)
{
	struct tag *rows;
	size_t n;
	enum status st;

	if (!is_message(rq))
		return tag_store_get(rq->db, rq->arena, name, out, e);
	st = tag_store_first_messages(rq->db, rq->arena, name, 1, &rows, &n, e);
	if (st != STATUS_OK)
		return st;
	if (!n || !*name)
		return ERR(e, STATUS_NOT_FOUND, "no such first message");
	*out = rows[0];
	return STATUS_OK;
}

static enum status fill_change(
    struct request *rq, struct node *root, struct err *e)
{
	struct catalog_asked asked = catalog_asked(rq, actions);
	struct node *change = node_child(root, "Change");
	const char *new_name = form_find(&rq->form, "new_name");
	struct tag tag;
	enum status st;

	if (!*asked.action)
		return STATUS_OK;
	st = find(rq, asked.name, &tag, e);
	if (st != STATUS_OK)
		return st;
	node_set(change, "Action", asked.action);
	node_set(change, "Kind", is_message(rq) ? "message" : "tag");
	node_set(change, "What", is_message(rq) ? "first message" : "tag");
	catalog_fill(rq, change, tag.name, tag.contacts);
	node_set(root, "Form.new_name", new_name ? new_name : tag.name);
	node_set(root, "Form.into", form_text(&rq->form, "into"));
	if (str_equal(asked.action, "merge"))
		st = fill_others(rq, change, &tag, e);
	return st;
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	enum status st = fill_change(rq, root, e);

	if (st == STATUS_OK)
		st = fill_tags(rq, root, e);
	if (st == STATUS_OK)
		st = fill_messages(rq, root, e);
	node_set(root, "Form.name", form_text(&rq->form, "name"));
	node_set(root, "Form.message", form_text(&rq->form, "message"));
	return st;
}

static enum status add(
    struct request *rq, struct catalog_change *c, struct err *e)
{
	bool message = is_message(rq);
	const char *field = message ? "message" : "name";
	struct tag_id id;
	enum status st = catalog_add_tag(rq->db, rq->arena, &rq->actor,
	    message ? "first_message" : "tag",
	    form_trimmed(rq->arena, &rq->form, field), &id, &c->problem, e);

	if (str_equal(c->problem.field, "name"))
		c->problem.field = field;
	return st;
}

typedef enum status (*change_one)(
    struct catalog_change *c, const char *name, struct err *e);
typedef enum status (*change_two)(struct catalog_change *c, const char *name,
    const char *other, struct err *e);

static enum status change(struct request *rq, struct catalog_change *c,
    const char **flash, struct err *e)
{
	bool message = is_message(rq);
	struct catalog_asked asked = catalog_asked(rq, actions);
	const char *to = form_trimmed(rq->arena, &rq->form, "new_name");
	const char *into = form_trimmed(rq->arena, &rq->form, "into");

	if (str_equal(asked.action, "rename")) {
		change_two rename =
		    message ? catalog_rename_first_message : catalog_rename_tag;

		*flash = arena_printf(
		    rq->arena, "%s is now called %s.", asked.name, to);
		return rename(c, asked.name, to, e);
	}
	if (str_equal(asked.action, "merge")) {
		change_two merge =
		    message ? catalog_merge_first_messages : catalog_merge_tags;

		*flash = arena_printf(
		    rq->arena, "%s is merged into %s.", asked.name, into);
		return merge(c, asked.name, into, e);
	}
	if (str_equal(asked.action, "delete")) {
		change_one delete =
		    message ? catalog_delete_first_message : catalog_delete_tag;

		*flash = arena_printf(rq->arena, "%s is deleted.", asked.name);
		return delete (c, asked.name, e);
	}
	*flash = "It is added.";
	if (str_equal(form_text(&rq->form, "action"), "add"))
		return add(rq, c, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}

enum status page_tags(struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	const char *flash = "";
	enum status st;

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	st = change(rq, &c, &flash, e);
	if (st == STATUS_OK)
		return catalog_done(rq, rs, &c, "/tags", flash, e);
	if (st != STATUS_INVALID && st != STATUS_CONFLICT)
		return st;
	view_error(rs->view, c.problem.field, c.problem.text);
	st = show(rq, rs, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}
