/* duplicates.c: which contacts may be one person */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/duplicates.h"
#include "base/clock.h"
#include "base/str.h"
#include "storage/duplicate_look_store.h"
#include "web/parts/contact_view.h"
#include "web/routes.h"

#define DISMISSED_MAX 200

static void fill_contact(struct request *rq, struct node *row, const char *name,
    const struct contact *c)
{
	struct node *n = node_child(row, name);

	node_set_int(n, "Id", (int64_t)c->id.n);
	node_set(n, "Title", contact_view_title(rq->arena, c));
	node_set(
	    n, "Phone", contact_view_phone(rq->arena, c->value[FIELD_PHONE]));
	node_set(n, "Email", c->value[FIELD_EMAIL]);
	node_set(n, "UserId", c->value[FIELD_USER_ID]);
	node_set(n, "City", c->value[FIELD_CITY]);
	node_set_time(n, "CreatedAt", c->created_at, clock_now());
	for (size_t i = 0; i < c->tag_count && i < 3; i++)
		node_set(node_add(n, "Tags"), "Name", c->tags[i]);
}

static void fill_reasons(struct node *row, unsigned reasons)
{
	for (size_t i = 0; i < REASON_COUNT; i++)
		if (reasons & duplicate_reasons[i].bit)
			node_set(node_add(row, "Reasons"), "Label",
			    duplicate_reasons[i].label);
}

/* Links that show one reason alone. */
static void fill_choices(struct node *root, const char *chosen)
{
	struct node *n = node_add(root, "Choices");

	node_set(n, "Path", "/duplicates");
	node_set(n, "Label", "All");
	node_set_flag(n, "Here", !*chosen);
	for (size_t i = 0; i < REASON_COUNT; i++) {
		n = node_add(root, "Choices");
		node_set(n, "Key", duplicate_reasons[i].key);
		node_set(n, "Label", duplicate_reasons[i].label);
		node_set_flag(
		    n, "Here", str_equal(chosen, duplicate_reasons[i].key));
	}
}

static void fill_list(struct request *rq, struct node *root,
    const struct duplicate_list *list, const char *reason)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct duplicate_suggestion *s = &list->items[i];
		struct node *row = node_add(root, "Pairs");

		fill_contact(rq, row, "First", &s->first);
		fill_contact(rq, row, "Second", &s->second);
		fill_reasons(row, s->pair.reasons);
	}
	if (list->next)
		node_set(root, "Next",
		    arena_printf(rq->arena, "/duplicates?reason=%s&after=%s",
			reason, list->next));
	node_set_count(root, "Total", list->total);
	node_set_flag(root, "TotalMore", list->total_more);
	node_set_flag(root, "Some", list->total != 0);
	node_set_time(root, "AsOf", list->as_of, clock_now());
	node_set_flag(root, "Looking", list->looking);
}

static enum status show_dismissed(
    struct request *rq, struct node *root, struct err *e)
{
	struct dismissed_suggestion *rows;
	size_t n;
	enum status st = duplicates_dismissed(
	    rq->db, rq->arena, DISMISSED_MAX, &rows, &n, e);

	node_set_flag(root, "Dismissed", 1);
	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct node *row = node_add(root, "Pairs");

		fill_contact(rq, row, "First", &rows[i].first);
		fill_contact(rq, row, "Second", &rows[i].second);
		fill_reasons(row, rows[i].dismissed.pair.reasons);
		node_set_time(row, "At", rows[i].dismissed.at, clock_now());
		node_set(row, "Who", rows[i].dismissed.member);
	}
	return st;
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct duplicate_query query = {.limit = DUPLICATES_PER_PAGE};
	const char *reason = form_text(&rq->params, "reason");
	const char *after = form_text(&rq->params, "after");
	struct duplicate_list list;

	rq->active = "/contacts";
	if (form_checked(&rq->params, "dismissed"))
		return show_dismissed(rq, root, e);
	if (*after && !duplicate_cursor_read(after, &query.after)) {
		rs->code = 400;
		rs->message = "This page of the list cannot be found. Begin "
			      "with the first page.";
		return ERR(e, STATUS_NOT_FOUND, "damaged cursor");
	}
	bool known = duplicate_reason_read(reason, &query.reason);

	node_set_flag(root, "UnknownReason", !known);
	node_set_flag(root, "PastFirst", *after != '\0');
	fill_choices(root, known ? reason : "");
	enum status st = duplicates_load(rq->db, rq->arena, &query, &list, e);

	if (st != STATUS_OK)
		return st;
	fill_list(rq, root, &list, known ? reason : "");
	return known ? STATUS_OK : STATUS_INVALID;
}

static struct contact_id id_of(struct request *rq, const char *field)
{
	unsigned long long n = 0;

	str_to_u64(form_text(&rq->form, field), &n);
	return (struct contact_id){n};
}

static enum status change(struct request *rq, const char **flash, struct err *e)
{
	const char *action = form_text(&rq->form, "action");
	struct contact_id first = id_of(rq, "first");
	struct contact_id second = id_of(rq, "second");

	if (str_equal(action, "look")) {
		*flash = "The book is being looked through. What is found is "
			 "on this page in a moment.";
		return duplicate_look_ask(rq->db, e);
	}
	if (str_equal(action, "dismiss")) {
		*flash = "These two are not suggested any more.";
		return duplicates_dismiss(
		    rq->db, rq->arena, &rq->actor, first, second, e);
	}
	if (str_equal(action, "take_back")) {
		*flash = "These two are suggested again.";
		return duplicates_take_back(
		    rq->db, rq->arena, &rq->actor, first, second, e);
	}
	return ERR(e, STATUS_NOT_FOUND, "no such action");
}

enum status page_duplicates(
    struct request *rq, struct response *rs, struct err *e)
{
	const char *flash = "";
	enum status st;

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	st = change(rq, &flash, e);
	if (st == STATUS_NOT_FOUND || st == STATUS_INVALID) {
		rs->message = "One of these contacts is not in the book any "
			      "more, so nothing was changed.";
		return ERR(e, STATUS_NOT_FOUND, "no such pair");
	}
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "%s", flash);
	return response_redirect(rq, rs,
	    str_equal(form_text(&rq->form, "action"), "take_back")
		? "/duplicates?dismissed=1"
		: "/duplicates");
}
