/* contact_params.c: the filters of a list of contacts in an address */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_params.h"

#include "base/json.h"
#include "base/str.h"
#include "domain/contact/contact_cursor.h"
#include "storage/attribute_store.h"

#define QUERY_MAX (256u << 10)

static bool named(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (str_equal(*names, name))
			return true;
	return false;
}

enum status contact_params_load(struct request *rq, const char *const *skip,
    struct contact_filter *out, struct err *e)
{
	const struct form *f = &rq->params;
	struct filter_param *params =
	    arena_alloc(rq->arena, (f->count + 1) * sizeof(*params));
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++) {
		if (named(skip, f->fields[i].name))
			continue;
		params[n].name = f->fields[i].name;
		params[n++].value = f->fields[i].value;
	}
	enum status st =
	    contact_filter_load(rq->db, rq->arena, params, n, out, e);

	out->query.marks = rq->marks;
	return st;
}

bool contact_params_refused(
    struct request *rq, struct response *rs, const struct contact_filter *f)
{
	struct json_writer w;
	struct str s;

	if (f->bad_cursor) {
		rs->message = "This page of the list cannot be found: the "
			      "cursor is damaged. Begin with the first page.";
		if (rq->api)
			api_error(rq, rs, 400, "bad-cursor", rs->message, NULL);
		return true;
	}
	if (!f->message_count)
		return false;
	str_init(&s, QUERY_MAX);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	for (size_t i = 0; i < f->message_count; i++)
		json_pair_text(&w, f->messages[i].name, f->messages[i].value);
	json_close(&w, '}');
	if (rq->api)
		api_error(rq, rs, 422, "invalid",
		    "A filter is not understood, so nothing was looked up.",
		    str_text(&s));
	else
		rs->message = arena_printf(rq->arena, "%s: %s",
		    f->messages[0].name, f->messages[0].value);
	str_release(&s);
	return true;
}

static void add(
    struct str *s, struct arena *a, const char *name, const char *value)
{
	str_printf(s, "%c%s=%s", s->len ? '&' : '?', url_escape(a, name),
	    url_escape(a, value));
}

static void add_order(struct str *s, struct arena *a,
    const struct contact_filter *f, const struct contact_query *order)
{
	bool usual = order->sort == SORT_CREATED;

	if (!usual)
		add(s, a, "sort", contact_sort_name(order));
	if (order->descending != usual)
		add(s, a, "dir", order->descending ? "desc" : "asc");
	const char *columns = contact_params_columns(a, f);

	if (*columns)
		add(s, a, "columns", columns);
}

const char *contact_params_columns(
    struct arena *a, const struct contact_filter *f)
{
	if (f->columns_asked == COLUMNS_ALL)
		return "all";
	if (f->columns_asked == COLUMNS_LIST)
		return "list";
	return contact_columns_text(a, &f->columns);
}

static void add_conditions(struct str *s, struct arena *a,
    const struct contact_filter *f, size_t without)
{
	for (size_t i = 0; i < f->param_count; i++)
		if (i != without)
			add(s, a, f->params[i].name, f->params[i].value);
}

static const char *finish(struct arena *a, struct str *s)
{
	const char *text = arena_strdup(a, str_text(s));

	str_release(s);
	return text;
}

const char *contact_params_query(struct arena *a,
    const struct contact_filter *f, size_t without, const char *extra,
    const char *value)
{
	struct str s;

	str_init(&s, QUERY_MAX);
	add_conditions(&s, a, f, without);
	add_order(&s, a, f, &f->query);
	if (extra)
		add(&s, a, extra, value);
	return finish(a, &s);
}

const char *contact_params_sorted(struct arena *a,
    const struct contact_filter *f, const struct contact_column *column,
    bool descending)
{
	struct contact_query order = {.descending = descending};
	struct str s;

	str_init(&s, QUERY_MAX);
	add_conditions(&s, a, f, SIZE_MAX);
	contact_columns_sort(a, column, &order);
	add_order(&s, a, f, &order);
	return finish(a, &s);
}

enum status contact_params_chosen(struct request *rq,
    const struct contact_filter *f, struct column_list *out, struct err *e)
{
	struct attribute_list *attributes =
	    arena_alloc(rq->arena, sizeof(*attributes));

	if (f->columns_asked == COLUMNS_NAMED && f->columns.count) {
		*out = f->columns;
		return STATUS_OK;
	}
	if (f->columns_asked != COLUMNS_ALL)
		return contact_columns_of_member(
		    rq->db, rq->arena, rq->actor.member, out, e);
	enum status st = attribute_store_list(rq->db, rq->arena, attributes, e);

	if (st == STATUS_OK)
		*out = contact_columns_all(rq->arena, attributes);
	return st;
}
