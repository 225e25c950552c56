/* attributes.c: the custom attributes of the book */
/* SPDX-License-Identifier: MIT */
#include "domain/attributes.h"

#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/catalog/catalog_change.h"
#include "domain/filter/filter_row.h"
#include "storage/attribute_store.h"
#include "web/parts/catalog_page.h"
#include "web/routes.h"

static const char *const actions[] = {"change", "delete", NULL};

static void fill_types(struct node *root)
{
	for (int i = 0; i < TYPE_COUNT; i++) {
		struct node *row = node_add(root, "Types");

		node_set(row, "Value", attribute_types[i].key);
		node_set(row, "Label", attribute_types[i].label);
		node_set(row, "Hint", attribute_types[i].hint);
	}
}

/* The list of the contacts that have a value of it. */
static const char *contacts_with(struct arena *a, const struct attribute *t)
{
	const struct filter_row row = {
	    .field = arena_printf(a, "attr.%s", t->name), .op = "filled"};

	return arena_printf(
	    a, "/contacts?where=%s", url_escape(a, filter_row_text(a, &row)));
}

static enum status fill_attributes(
    struct request *rq, struct node *root, struct err *e)
{
	struct attribute_list all;
	enum status st = attribute_store_list(rq->db, rq->arena, &all, e);

	for (size_t i = 0; st == STATUS_OK && i < all.count; i++) {
		const struct attribute *t = &all.items[i];
		struct node *row = node_add(root, "Attributes");

		node_set(row, "Name", t->name);
		node_set(row, "Query", url_escape(rq->arena, t->name));
		node_set(row, "Path", contacts_with(rq->arena, t));
		node_set(row, "Label", t->label);
		node_set(row, "Type", attribute_types[t->type].label);
	}
	node_set_count(root, "Total", st == STATUS_OK ? all.count : 0);
	return st;
}

static const char *entered(
    const struct request *rq, const char *field, const char *otherwise)
{
	const char *value = form_find(&rq->form, field);

	return value ? value : otherwise;
}

static enum status fill_change(
    struct request *rq, struct node *root, struct err *e)
{
	struct catalog_asked asked = catalog_asked(rq, actions);
	struct node *change = node_child(root, "Change");
	struct attribute t;
	uint64_t contacts = 0;
	enum status st;

	if (!*asked.action)
		return STATUS_OK;
	st = attribute_store_get(rq->db, rq->arena, asked.name, &t, e);
	if (st == STATUS_OK)
		st = attribute_store_contacts(
		    rq->db, attributes_path(rq->arena, t.name), &contacts, e);
	if (st != STATUS_OK)
		return st;
	node_set(change, "Action", asked.action);
	node_set(change, "TypeLabel", attribute_types[t.type].label);
	node_set(change, "TypeKey", attribute_types[t.type].key);
	catalog_fill(rq, change, t.name, contacts);
	node_set(root, "Form.new_name", entered(rq, "new_name", t.name));
	node_set(root, "Form.new_label", entered(rq, "new_label", t.label));
	node_set(root, "Form.new_type",
	    entered(rq, "new_type", attribute_types[t.type].key));
	return STATUS_OK;
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	enum status st = fill_change(rq, root, e);

	fill_types(root);
	if (st == STATUS_OK)
		st = fill_attributes(rq, root, e);
	node_set(root, "Form.name", form_text(&rq->form, "name"));
	node_set(root, "Form.label", form_text(&rq->form, "label"));
	node_set(root, "Form.type", entered(rq, "type", "TEXT"));
	return st;
}

static enum status add(
    struct request *rq, struct catalog_change *c, struct err *e)
{
	struct attribute made;

	return catalog_add_attribute(rq->db, rq->arena, &rq->actor,
	    form_trimmed(rq->arena, &rq->form, "name"),
	    form_trimmed(rq->arena, &rq->form, "label"),
	    form_text(&rq->form, "type"), &made, &c->problem, e);
}

/* The fields of the form that changes one have names of their own, so that two
 * forms can stand on the page. */
static enum status change_one(struct request *rq, struct catalog_change *c,
    const char *name, struct err *e)
{
	enum status st = catalog_change_attribute(c, name,
	    form_trimmed(rq->arena, &rq->form, "new_name"),
	    form_trimmed(rq->arena, &rq->form, "new_label"),
	    form_text(&rq->form, "new_type"), e);

	if (str_equal(c->problem.field, "label"))
		c->problem.field = "new_label";
	if (str_equal(c->problem.field, "type"))
		c->problem.field = "new_type";
	return st;
}

static enum status change(struct request *rq, struct catalog_change *c,
    const char **flash, struct err *e)
{
	struct catalog_asked asked = catalog_asked(rq, actions);

	if (str_equal(asked.action, "change")) {
		*flash = arena_printf(rq->arena, "%s is changed.", asked.name);
		return change_one(rq, c, asked.name, e);
	}
	if (str_equal(asked.action, "delete")) {
		*flash = arena_printf(
		    rq->arena, "%s is deleted, with its values.", asked.name);
		return catalog_delete_attribute(c, asked.name, e);
	}
	*flash = "It is added.";
	if (str_equal(form_text(&rq->form, "action"), "add"))
		return add(rq, c, e);
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}

enum status page_attributes(
    struct request *rq, struct response *rs, struct err *e)
{
	struct catalog_change c = catalog_change_of(rq);
	const char *flash = "";
	enum status st;

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	st = change(rq, &c, &flash, e);
	if (st == STATUS_OK)
		return catalog_done(rq, rs, &c, "/attributes", flash, e);
	if (st != STATUS_INVALID && st != STATUS_CONFLICT)
		return st;
	view_error(rs->view, c.problem.field, c.problem.text);
	st = show(rq, rs, e);
	return st == STATUS_OK ? STATUS_INVALID : st;
}
