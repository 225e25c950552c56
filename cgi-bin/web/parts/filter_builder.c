/* filter_builder.c: the filter of the list of contacts as a form */
/* SPDX-License-Identifier: MIT */
#include "web/parts/filter_builder.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "domain/filter/filter_condition.h"
#include "storage/attribute_store.h"
#include "storage/campaign_store.h"
#include "storage/contact_value_store.h"
#include "storage/import_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"
#include "web/parts/contact_params.h"

#define SUGGESTIONS_MAX 500u
#define VALUES_MAX 100u
#define IMPORTS_MAX 50u

struct builder {
	struct request *rq;
	struct node *root;
	const struct filter_draft *draft;
	const struct attribute_list *attributes;
	unsigned kinds;		     /* of the rows, as bits */
	bool suggested[FIELD_COUNT]; /* values of these are there */
	struct err *err;
};

static void add_option(
    struct node *list, const char *name, const char *value, const char *label)
{
	struct node *n = node_add(list, name);

	node_set(n, "Value", value);
	node_set(n, "Label", label);
}

/* --- what can be chosen --- */

static const char *group_label(const struct filter_field *f)
{
	static const char *const groups[] = {
	    [GROUP_IDENTITY] = "Identity",
	    [GROUP_NAME] = "Name",
	    [GROUP_PLACE] = "Place",
	    [GROUP_WHATSAPP] = "WhatsApp",
	};

	if (f->attribute)
		return "Attributes";
	return f->field == FIELD_COUNT ? "Contact"
				       : groups[contact_fields[f->field].group];
}

static void fill_fields(struct builder *b)
{
	struct filter_field f;

	for (size_t i = 0; filter_field_at(b->rq->arena, b->attributes, i, &f);
	     i++) {
		struct node *n = node_add(b->root, "FilterFields");

		node_set(n, "Value", f.key);
		node_set(n, "Label", f.label);
		node_set(n, "Group", group_label(&f));
	}
}

static bool has_kind(const struct builder *b, enum filter_kind kind)
{
	return b->kinds & 1u << kind;
}

/* A list of suggestions, for inputs that name its id. */
static struct node *suggestions(struct builder *b, const char *id)
{
	struct node *n = node_add(b->root, "Suggestions");

	node_set(n, "Id", id);
	return n;
}

static enum status suggest_tags(struct builder *b)
{
	struct node *list = suggestions(b, "tag");
	struct tag *tags;
	size_t n;
	enum status st = tag_store_list(
	    b->rq->db, b->rq->arena, "tag", false, &tags, &n, b->err);

	for (size_t i = 0; st == STATUS_OK && i < n && i < SUGGESTIONS_MAX; i++)
		add_option(list, "Options", tags[i].name, "");
	return st;
}

static enum status suggest_segments(struct builder *b)
{
	struct node *list = suggestions(b, "segment");
	struct segment *segments;
	size_t n;
	enum status st = segment_store_list(
	    b->rq->db, b->rq->arena, false, &segments, &n, b->err);

	for (size_t i = 0; st == STATUS_OK && i < n && i < SUGGESTIONS_MAX; i++)
		add_option(list, "Options", segments[i].name,
		    segments[i].dynamic ? "dynamic" : "");
	return st;
}

static enum status suggest_campaigns(struct builder *b)
{
	struct node *list = suggestions(b, "campaign");
	const char **names;
	size_t n;
	enum status st = campaign_store_names(
	    b->rq->db, b->rq->arena, SUGGESTIONS_MAX, &names, &n, b->err);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		add_option(list, "Options", names[i], "");
	return st;
}

static enum status suggest_imports(struct builder *b)
{
	struct node *list = suggestions(b, "import");
	struct import_row *rows;
	size_t n;
	enum status st =
	    import_store_list(b->rq->db, b->rq->arena, 0, IMPORT_STATE_COUNT,
		(struct member_id){0}, IMPORTS_MAX, &rows, &n, b->err);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		add_option(list, "Options",
		    arena_printf(b->rq->arena, "%llu",
			(unsigned long long)rows[i].head.id.n),
		    rows[i].head.file_name);
	return st;
}

/* Values of a field that contacts have, each list once for all rows. */
static enum status suggest_values(
    struct builder *b, const struct filter_field *f)
{
	const char **values;
	size_t n;

	if (b->suggested[f->field])
		return STATUS_OK;
	struct node *list = suggestions(b, f->key);
	enum status st = contact_value_store_list(
	    b->rq->db, b->rq->arena, f->field, VALUES_MAX, &values, &n, b->err);

	b->suggested[f->field] = true;
	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		add_option(list, "Options", values[i], "");
	return st;
}

static enum status fill_suggestions(struct builder *b)
{
	enum status st = STATUS_OK;

	if (has_kind(b, KIND_TAG))
		st = suggest_tags(b);
	if (st == STATUS_OK && has_kind(b, KIND_SEGMENT))
		st = suggest_segments(b);
	if (st == STATUS_OK && has_kind(b, KIND_CAMPAIGN))
		st = suggest_campaigns(b);
	if (st == STATUS_OK && has_kind(b, KIND_IMPORT))
		st = suggest_imports(b);
	return st;
}

/* --- one row --- */

static void fill_choices(struct node *n, enum filter_kind kind)
{
	if (kind == KIND_STATUS) {
		add_option(n, "Choices", "active", "Active");
		add_option(n, "Choices", "inactive", "Inactive");
	}
	for (size_t i = 0; kind == KIND_STATE && i < CONTACT_STATES; i++)
		add_option(n, "Choices", contact_states[i].key,
		    contact_states[i].label);
	if (kind == KIND_OPTED) {
		add_option(n, "Choices", "yes", "Yes");
		add_option(n, "Choices", "no", "No");
		add_option(n, "Choices", "unknown", "Unknown");
	}
	if (kind == KIND_FLAG) {
		add_option(n, "Choices", "true", "Yes");
		add_option(n, "Choices", "false", "No");
	}
}

/* The type of the input; "choice" is a menu. */
static const char *widget_of(enum filter_kind kind, const char *value)
{
	switch (kind) {
	case KIND_STATE:
	case KIND_OPTED:
	case KIND_STATUS:
	case KIND_FLAG:
		return "choice";
	case KIND_MOMENT:
	case KIND_DATE:
	case KIND_DATETIME:
		/* A moment is more than the input of a day can show. */
		return !*value || strlen(value) == 10 ? "date" : "text";
	case KIND_TIME:
		return "time";
	case KIND_PHONE:
	case KIND_TEXT:
	case KIND_ID:
	case KIND_NUMBER:
	case KIND_WORDS:
	case KIND_LIST:
	case KIND_THING:
	case KIND_TAG:
	case KIND_SEGMENT:
	case KIND_IMPORT:
	case KIND_CAMPAIGN:
	case KIND_COUNT:
		break;
	}
	return "text";
}

static bool takes_many(enum filter_kind kind)
{
	return kind == KIND_TAG || kind == KIND_SEGMENT ||
	       kind == KIND_IMPORT || kind == KIND_CAMPAIGN ||
	       kind == KIND_LIST;
}

/* Which list of suggestions; "" for none. Ids of the page, so letters. */
static enum status fill_list_of(
    struct builder *b, struct node *n, const struct filter_field *f)
{
	static const char *const own[KIND_COUNT] = {
	    [KIND_TAG] = "tag",
	    [KIND_SEGMENT] = "segment",
	    [KIND_IMPORT] = "import",
	    [KIND_CAMPAIGN] = "campaign",
	};

	if (own[f->kind])
		node_set(n, "List", own[f->kind]);
	if (f->kind != KIND_TEXT || f->field == FIELD_COUNT)
		return STATUS_OK;
	node_set(n, "List", f->key);
	return suggest_values(b, f);
}

static void fill_ops(struct node *n, enum filter_kind kind)
{
	for (const struct filter_op *op = filter_ops; op->key; op++)
		if (op->kinds & 1u << kind)
			add_option(n, "Ops", op->key, op->label);
}

static void fill_values(struct node *n, const struct draft_row *row, bool many)
{
	size_t shown = many ? row->value_count + 1 : 1;

	for (size_t i = 0; i < shown; i++) {
		struct node *v = node_add(n, "Values");

		node_set(
		    v, "Value", i < row->value_count ? row->values[i] : "");
		node_set_int(v, "Nr", (int64_t)i + 1);
	}
}

static enum status fill_row(
    struct builder *b, struct node *rows, const struct draft_row *row)
{
	struct node *n = node_add(rows, "Rows");
	struct filter_field f;

	node_set_int(n, "Nr", (int64_t)row->number);
	node_set_int(n, "Group", (int64_t)row->group);
	node_set(n, "Problem", row->problem ? row->problem : "");
	if (!filter_field_find(b->rq->arena, b->attributes, row->field, &f)) {
		fill_ops(n, KIND_TEXT);
		fill_values(n, row, false);
		return STATUS_OK;
	}
	const char *first = row->value_count ? row->values[0] : "";
	bool thing = f.kind == KIND_THING;

	b->kinds |= 1u << f.kind;
	node_set(n, "Field", f.key);
	node_set(n, "Op", row->op);
	fill_ops(n, f.kind);
	if (!thing) {
		node_set(n, "Widget", widget_of(f.kind, first));
		fill_choices(n, f.kind);
		fill_values(n, row, takes_many(f.kind));
	}
	node_set_flag(n, "Many", takes_many(f.kind));
	node_set_flag(
	    n, "HasSecond", filter_op_find(f.kind, "between") != NULL);
	node_set(n, "Second", row->second);
	node_set_flag(n, "HasDays", filter_op_find(f.kind, "last") != NULL);
	node_set(n, "Days", row->days);
	return fill_list_of(b, n, &f);
}

static enum status fill_groups(struct builder *b)
{
	const struct filter_draft *d = b->draft;
	enum status st = STATUS_OK;

	for (size_t i = 0; i < d->group_count; i++) {
		struct node *g = node_add(b->root, "FilterGroups");

		node_set_int(g, "Nr", (int64_t)d->groups[i].number);
		node_set_flag(g, "Any", d->groups[i].any);
		node_set_flag(g, "Inner", i > 0);
		for (size_t k = 0; st == STATUS_OK && k < d->row_count; k++)
			if (d->rows[k].group == d->groups[i].number)
				st = fill_row(b, g, &d->rows[k]);
	}
	return st;
}

static enum status fill_builder(struct builder *b)
{
	const struct filter_draft *d = b->draft;

	node_set_flag(b->root, "FilterOpen", 1);
	for (size_t i = 0; i < d->kept_count; i++) {
		struct node *n = node_add(b->root, "FilterKeeps");

		node_set(n, "Name", d->kept[i].name);
		node_set(n, "Value", d->kept[i].value);
	}
	fill_fields(b);
	enum status st = fill_groups(b);

	return st == STATUS_OK ? fill_suggestions(b) : st;
}

/* --- the page --- */

enum status filter_builder_answer(
    struct request *rq, struct response *rs, bool *done, struct err *e)
{
	struct attribute_list attributes;
	struct filter_draft d;
	struct builder b = {
	    .rq = rq,
	    .root = view_root(rs->view),
	    .draft = &d,
	    .attributes = &attributes,
	    .err = e,
	};
	enum status st =
	    attribute_store_list(rq->db, rq->arena, &attributes, e);

	*done = false;
	if (st != STATUS_OK)
		return st;
	filter_draft_read(rq, &d);
	bool shows = str_equal(d.action, "show");

	if (shows && filter_draft_check(rq->arena, &d, &attributes)) {
		const char *text =
		    filter_draft_text(rq->arena, &d, &attributes);

		*done = true;
		return response_redirect(rq, rs,
		    arena_printf(
			rq->arena, "/contacts%s%s", *text ? "?" : "", text));
	}
	node_set_flag(b.root, "FilterDraft", 1);
	node_set_flag(b.root, "FilterWrong", shows);
	st = fill_builder(&b);
	return st == STATUS_OK && shows ? STATUS_INVALID : st;
}

static void keep(struct node *root, const char *name, const char *value)
{
	struct node *n;

	if (!*value)
		return;
	n = node_add(root, "FilterKeeps");
	node_set(n, "Name", name);
	node_set(n, "Value", value);
}

enum status filter_builder_open(struct request *rq, struct node *root,
    const struct contact_filter *f, struct err *e)
{
	struct attribute_list attributes;
	struct filter_draft d;
	struct builder b = {
	    .rq = rq,
	    .root = root,
	    .draft = &d,
	    .attributes = &attributes,
	    .err = e,
	};
	enum status st =
	    attribute_store_list(rq->db, rq->arena, &attributes, e);

	if (st != STATUS_OK)
		return st;
	filter_draft_of(rq->arena, f, &attributes, &d);
	keep(root, "sort", form_text(&rq->params, "sort"));
	keep(root, "dir", form_text(&rq->params, "dir"));
	keep(root, "columns", contact_params_columns(rq->arena, f));
	keep(root, "editing", form_text(&rq->params, "editing"));
	return fill_builder(&b);
}

/* --- chips --- */

static const char *plain_label(
    struct arena *a, const struct attribute_list *attributes, const char *name)
{
	struct filter_field f;

	if (str_equal(name, "q"))
		return "Search";
	return filter_field_find(a, attributes, name, &f)
		   ? arena_strdup(a, f.label)
		   : name;
}

static const char *group_name(
    struct arena *a, const struct contact_filter *f, const char *name)
{
	for (size_t i = 0; i < f->group_count; i++)
		if (str_equal(f->groups[i].name, name))
			return arena_printf(a, "%s of group %zu",
			    f->groups[i].any ? "Any" : "All", i + 1);
	return "";
}

/* "3 contacts": their numbers say nothing to a person. */
static const char *chosen_words(struct arena *a, const char *ids)
{
	size_t n = 1;

	for (; *ids; ids++)
		n += *ids == ',';
	return arena_printf(a, "%zu contact%s", n, n == 1 ? "" : "s");
}

static void fill_chip(struct request *rq, struct node *n,
    const struct contact_filter *f, const struct filter_param *p,
    const struct attribute_list *attributes)
{
	struct filter_words words;
	struct filter_row row;
	bool inner = *group_name(rq->arena, f, p->name);

	node_set(n, "Name", p->name);
	node_set(n, "Group", group_name(rq->arena, f, p->name));
	if ((inner || str_equal(p->name, "where")) &&
	    filter_row_read(rq->arena, p->value, &row) &&
	    filter_words_of(rq->arena, &row, attributes, &words)) {
		node_set(n, "Label",
		    arena_printf(rq->arena, "%s %s", words.field, words.op));
		node_set(n, "Value", words.values);
		return;
	}
	if (str_equal(p->name, "id")) {
		node_set(n, "Label", "Chosen one by one:");
		node_set(n, "Value", chosen_words(rq->arena, p->value));
		return;
	}
	node_set(n, "Label",
	    arena_printf(
		rq->arena, "%s:", plain_label(rq->arena, attributes, p->name)));
	node_set(n, "Value", p->value);
}

/* A parameter as a person knows it. */
static const char *message_name(struct arena *a,
    const struct attribute_list *attributes, const struct contact_filter *f,
    const char *name)
{
	if (str_equal(name, "filter"))
		return "Filter";
	if (str_equal(name, "where") || *group_name(a, f, name))
		return "Condition";
	return plain_label(a, attributes, name);
}

enum status filter_builder_chips(struct request *rq, struct node *root,
    const struct contact_filter *f, struct err *e)
{
	struct attribute_list attributes = {NULL, 0};
	enum status st = STATUS_OK;

	if (f->param_count)
		st = attribute_store_list(rq->db, rq->arena, &attributes, e);
	for (size_t i = 0; st == STATUS_OK && i < f->param_count; i++) {
		const struct filter_param *p = &f->params[i];

		if (str_equal(p->name, "match")) {
			node_set_flag(root, "MatchAny", 1);
			continue;
		}
		struct node *n = node_add(root, "Chips");

		fill_chip(rq, n, f, p, &attributes);
		node_set(n, "Without",
		    arena_printf(rq->arena, "/contacts%s",
			contact_params_query(rq->arena, f, i, NULL, NULL)));
	}
	for (size_t i = 0; i < f->message_count; i++) {
		struct node *n = node_add(root, "Ignored");

		node_set(n, "Name",
		    message_name(
			rq->arena, &attributes, f, f->messages[i].name));
		node_set(n, "Text", f->messages[i].value);
	}
	return st;
}
