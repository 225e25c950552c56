/* campaigns.c: the campaigns that contacts are put into */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/catalog/catalog_change.h"
#include "storage/campaign_store.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

static const char *const actions[] = {"rename", "delete", NULL};

static enum status fill_campaigns(
    struct request *rq, struct node *root, struct err *e)
{
	struct campaign *rows;
	uint64_t total = 0;
	size_t n;
	enum status st = campaign_store_count(rq->db, &total, e);

	if (st == STATUS_OK)
		st = campaign_store_page(rq->db, rq->arena,
		    form_text(&rq->params, "q"),
		    form_text(&rq->params, "after"), CATALOG_ROWS + 1, &rows,
		    &n, e);
	if (st != STATUS_OK)
		return st;
	bool more = n > CATALOG_ROWS;

	n -= more;
	for (size_t i = 0; i < n; i++)
		catalog_fill(rq, node_add(root, "Campaigns"), rows[i].name,
		    rows[i].contacts);
	catalog_fill_pages(rq, root, total, more ? rows[n - 1].name : NULL);
	return STATUS_OK;
}

static enum status fill_change(
    struct request *rq, struct node *root, struct err *e)
{
	struct catalog_asked asked = catalog_asked(rq, actions);
	struct node *change = node_child(root, "Change");
	const char *new_name = form_find(&rq->form, "new_name");
	struct campaign c;

	if (!*asked.action)
		return STATUS_OK;
	enum status st =
	    campaign_store_get(rq->db, rq->arena, asked.name, &c, e);

	if (st != STATUS_OK)
		return st;
	node_set(change, "Action", asked.action);
	catalog_fill(rq, change, c.name, c.contacts);
	node_set(root, "Form.new_name", new_name ? new_name : c.name);
	return STATUS_OK;
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	enum status st = fill_change(rq, root, e);

	if (st == STATUS_OK)
		st = fill_campaigns(rq, root, e);
	node_set(root, "Form.name", form_text(&rq->form, "name"));
	return st;
}

static enum status change(struct request *rq, struct catalog_change *c,
    const char **flash, struct err *e)
{
	struct catalog_asked asked = catalog_asked(rq, actions);
	const char *to = form_trimmed(rq->arena, &rq->form, "new_name");
	struct campaign_id id;

	if (str_equal(asked.action, "rename")) {
		*flash = arena_printf(
		    rq->arena, "%s is now called %s.", asked.name, to);
		return catalog_rename_campaign(c, asked.name, to, e);
	}
	if (str_equal(asked.action, "delete")) {
		*flash = arena_printf(rq->arena,
		    "%s is deleted; its contacts are still in the book.",
		    asked.name);
		return catalog_delete_campaign(c, asked.name, e);
	}
	*flash = "It is added.";
	if (str_equal(form_text(&rq->form, "action"), "add"))
		return catalog_add_campaign(rq->db, rq->arena, &rq->actor,
		    form_trimmed(rq->arena, &rq->form, "name"), &id,
		    &c->problem, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}

enum status page_campaigns(
    struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	const char *flash = "";

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	enum status st = change(rq, &c, &flash, e);

	if (st == STATUS_OK)
		return catalog_done(rq, rs, &c, "/campaigns", flash, e);
	if (st != STATUS_INVALID && st != STATUS_CONFLICT)
		return st;
	view_error(rs->view, c.problem.field, c.problem.text);
	st = show(rq, rs, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}
