/* contact_columns.c: which columns a member's list of contacts has */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_columns.h"

#include "base/str.h"
#include "storage/attribute_store.h"
#include "web/parts/contact_params.h"
#include "web/routes.h"

#define PATH "/contacts/columns"

static const char *group_of(const struct contact_column *c)
{
	static const char *const groups[] = {
	    [GROUP_IDENTITY] = "Identity",
	    [GROUP_NAME] = "Name",
	    [GROUP_PLACE] = "Place",
	    [GROUP_WHATSAPP] = "WhatsApp",
	};

	if (c->kind == COLUMN_FIELD)
		return groups[contact_fields[c->field].group];
	return c->kind == COLUMN_ATTRIBUTE ? "Attributes" : "The book's own";
}

static size_t place_of(const struct column_list *list, const char *key)
{
	size_t i = 0;

	while (i < list->count && !str_equal(list->items[i].key, key))
		i++;
	return i;
}

static struct node *add_column(
    struct node *list, const char *name, const struct contact_column *c)
{
	struct node *n = node_add(list, name);

	node_set(n, "Key", c->key);
	node_set(n, "Label", c->label);
	return n;
}

static void fill(struct request *rq, struct node *root,
    const struct column_list *all, const struct column_list *shown)
{
	struct node *group = NULL;
	const char *last = "";
	size_t id = 0;

	for (size_t i = 0; i < shown->count; i++) {
		struct node *n = add_column(root, "Shown", &shown->items[i]);

		node_set_flag(n, "First", i == 0);
		node_set_flag(n, "Last", i + 1 == shown->count);
		node_set_int(n, "Id", (int64_t)id++);
	}
	for (size_t i = 0; i < all->count; i++) {
		const struct contact_column *c = &all->items[i];

		if (place_of(shown, c->key) < shown->count)
			continue;
		if (!str_equal(last, group_of(c))) {
			last = group_of(c);
			group = node_add(root, "Groups");
			node_set(group, "Title", last);
		}
		node_set_int(
		    add_column(group, "Columns", c), "Id", (int64_t)id++);
	}
	rq->active = "/contacts";
}

/* The columns that are ticked, in the order of the form. */
static bool read_ticked(struct request *rq, struct response *rs,
    const struct attribute_list *attributes, struct column_list *out)
{
	const char *problem = NULL;
	const char *key;

	out->count = 0;
	for (size_t i = 0; (key = form_nth(&rq->form, "column", i)); i++)
		if (!contact_columns_append(rq->arena, attributes, key, out))
			problem = "A column is not there any more: choose from "
				  "those that are shown now.";
	if (!out->count)
		problem = "Tick at least one column.";
	if (problem)
		view_error(rs->view, "", problem);
	return !problem;
}

/* True when a button asks for a column to be moved. */
static bool move(struct request *rq, struct column_list *list)
{
	const char *up = form_find(&rq->form, "up");
	const char *down = form_find(&rq->form, "down");
	size_t at = up || down ? place_of(list, up ? up : down) : list->count;

	if (up && at > 0 && at < list->count)
		at--;
	else if (up || at + 1 >= list->count)
		return up || down;
	struct contact_column one = list->items[at];

	list->items[at] = list->items[at + 1];
	list->items[at + 1] = one;
	return true;
}

static enum status save(struct request *rq, struct response *rs,
    const struct attribute_list *attributes, const char *query,
    struct column_list *list, struct err *e)
{
	bool moved = false;

	if (form_find(&rq->form, "default")) {
		list->count = 0;
	} else {
		if (!read_ticked(rq, rs, attributes, list))
			return STATUS_INVALID;
		moved = move(rq, list);
	}
	enum status st =
	    contact_columns_keep(rq->db, rq->arena, rq->actor.member, list, e);

	if (st != STATUS_OK)
		return st;
	return response_redirect(rq, rs,
	    arena_printf(rq->arena, "%s%s", moved ? PATH : "/contacts", query));
}

enum status page_contact_columns(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char *const own[] = {"limit", NULL};
	struct node *root = view_root(rs->view);
	struct attribute_list attributes;
	struct column_list all, shown;
	struct contact_filter f;
	enum status st = contact_params_load(rq, own, &f, e);

	if (st == STATUS_OK)
		st = attribute_store_list(rq->db, rq->arena, &attributes, e);
	if (st == STATUS_OK)
		st = contact_columns_of_member(
		    rq->db, rq->arena, rq->actor.member, &shown, e);
	if (st != STATUS_OK)
		return st;
	/* The list is to show what is chosen here. */
	f.columns_asked = COLUMNS_UNSAID;
	f.columns.count = 0;
	const char *query =
	    contact_params_query(rq->arena, &f, SIZE_MAX, NULL, NULL);

	if (rq->method == METHOD_POST)
		st = save(rq, rs, &attributes, query, &shown, e);
	all = contact_columns_all(rq->arena, &attributes);
	fill(rq, root, &all, &shown);
	node_set(root, "Action", arena_printf(rq->arena, PATH "%s", query));
	node_set(root, "Back", arena_printf(rq->arena, "/contacts%s", query));
	return st;
}
