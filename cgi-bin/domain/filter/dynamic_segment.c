/* dynamic_segment.c: segments that are a saved filter */
/* SPDX-License-Identifier: MIT */
#include "domain/filter/dynamic_segment.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/filter/contact_filter.h"
#include "domain/filter/filter_shape.h"
#include "storage/audit_store.h"
#include "storage/contact_list_store.h"

#define FILTER_MAX 60000u /* bytes that the column holds */
#define COUNTING_MS 400

struct saving {
	struct arena *arena;
	const struct actor *actor;
	const char *name;
	const char *filter;
	struct segment_id id;
};

static enum status problem(struct catalog_problem *p, const char *field,
    const char *text, struct err *e)
{
	p->field = field;
	p->text = text;
	return ERR(e, STATUS_INVALID, "%s: %s", field, text);
}

enum status dynamic_segment_check(struct db *db, struct arena *a,
    const char *name, const char *filter, const char **kept,
    struct catalog_problem *p, struct err *e)
{
	struct contact_filter f;
	struct err why;
	enum status st =
	    contact_filter_load_segment(db, a, filter, name, &f, &why);

	if (st == STATUS_INVALID)
		return problem(p, "filter",
		    "The filter is not a well-formed query string.", e);
	if (st != STATUS_OK) {
		*e = why;
		return st;
	}
	if (f.message_count)
		return problem(p, "filter",
		    arena_printf(
			a, "%s: %s", f.messages[0].name, f.messages[0].value),
		    e);
	if (!f.param_count)
		return problem(p, "filter",
		    "A dynamic segment has at least one condition.", e);
	*kept = contact_filter_text(a, &f);
	if (strlen(*kept) > FILTER_MAX)
		return problem(p, "filter", "This filter is too long.", e);
	return STATUS_OK;
}

static enum status audit(
    struct db *db, struct saving *w, const char *action, struct err *e)
{
	return audit_add(db, w->actor, action,
	    arena_printf(w->arena, "segment %llu", (unsigned long long)w->id.n),
	    arena_printf(
		w->arena, "%s: %s", w->name, filter_shape(w->arena, w->filter)),
	    e);
}

static enum status insert(struct db *db, void *arg, struct err *e)
{
	struct saving *w = arg;
	enum status st =
	    segment_store_insert_dynamic(db, w->name, w->filter, &w->id, e);

	return st == STATUS_OK ? audit(db, w, "segment.create", e) : st;
}

enum status dynamic_segment_add(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *filter,
    struct segment *out, struct catalog_problem *p, struct err *e)
{
	struct saving w = {.arena = a, .actor = actor, .name = name};
	enum status st = catalog_check_name(name, p, e);

	if (st == STATUS_OK)
		st =
		    dynamic_segment_check(db, a, name, filter, &w.filter, p, e);
	if (st != STATUS_OK)
		return st;
	st = db_transact(db, insert, &w, e);
	if (st == STATUS_CONFLICT) {
		p->field = "name";
		p->text = "There is one with this name already.";
	}
	*out = (struct segment){
	    .id = w.id, .name = name, .dynamic = true, .filter = w.filter};
	return st;
}

static enum status update(struct db *db, void *arg, struct err *e)
{
	struct saving *w = arg;
	enum status st = segment_store_set_filter(db, w->id, w->filter, e);

	return st == STATUS_OK ? audit(db, w, "segment.filter", e) : st;
}

enum status dynamic_segment_change(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *filter,
    struct catalog_problem *p, struct err *e)
{
	struct saving w = {.arena = a, .actor = actor};
	struct segment s;
	enum status st = segment_store_read(db, a, name, &s, e);

	if (st != STATUS_OK)
		return st;
	if (!s.dynamic)
		return problem(p, "filter",
		    "This is a static segment: it has contacts, and no filter.",
		    e);
	w.id = s.id;
	w.name = s.name;
	st = dynamic_segment_check(db, a, s.name, filter, &w.filter, p, e);
	return st == STATUS_OK ? db_transact(db, update, &w, e) : st;
}

static enum status count_one(struct db *db, struct arena *a,
    const struct segment *s, bool surely, struct segment_count *out,
    struct err *e)
{
	struct contact_filter f;
	enum status st =
	    contact_filter_load_segment(db, a, s->filter, s->name, &f, e);

	out->broken = st == STATUS_INVALID ||
		      (st == STATUS_OK && (f.message_count || !f.param_count));
	if (out->broken)
		return STATUS_OK;
	if (st == STATUS_OK)
		st = (surely ? contact_list_store_total
			     : contact_list_store_total_soon)(
		    db, &f.query, SEGMENT_COUNT_BOUND, &out->contacts, e);
	if (st == STATUS_TOO_LARGE) {
		out->unknown = true;
		return STATUS_OK;
	}
	out->more = out->contacts > SEGMENT_COUNT_BOUND;
	if (out->more)
		out->contacts = SEGMENT_COUNT_BOUND;
	return st;
}

enum status dynamic_segment_counts(struct db *db, struct arena *a,
    const struct segment *rows, size_t n, const char *surely,
    struct segment_count **counts, struct err *e)
{
	int64_t end = clock_monotonic() + COUNTING_MS;
	enum status st = STATUS_OK;

	*counts = arena_alloc(a, (n + 1) * sizeof(**counts));
	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct segment_count *c = &(*counts)[i];
		bool sure = str_equal(rows[i].name, surely);

		c->contacts = rows[i].contacts;
		if (rows[i].dynamic && !sure && clock_monotonic() > end)
			c->unknown = true;
		else if (rows[i].dynamic)
			st = count_one(db, a, &rows[i], sure, c, e);
	}
	return st;
}

/* --- names in filters --- */

/* The search of a name, or of what is to stand in its place. */
struct naming {
	struct arena *arena;
	enum filter_name kind;
	const char *old; /* folded */
	const char *new;
	bool found;
};

static const char *const plain_names[] = {
    [FILTER_NAME_TAG] = "tag",
    [FILTER_NAME_SEGMENT] = "segment",
    [FILTER_NAME_ATTRIBUTE] = "attr.",
    [FILTER_NAME_FIRST_MESSAGE] = "first_message",
    [FILTER_NAME_CAMPAIGN] = "campaign",
};

static const char *replaced(struct naming *n, const char *name)
{
	if (!str_equal(utf8_fold(n->arena, name), n->old))
		return name;
	n->found = true;
	return n->new;
}

static const char *replaced_key(struct naming *n, const char *key)
{
	if (!str_starts(key, "attr."))
		return key;
	return arena_printf(n->arena, "attr.%s", replaced(n, key + 5));
}

static const char *replaced_row(struct naming *n, const char *text)
{
	struct filter_row row;

	if (!filter_row_read(n->arena, text, &row))
		return text;
	if (n->kind == FILTER_NAME_ATTRIBUTE)
		row.field = replaced_key(n, row.field);
	else if (str_equal(row.field, plain_names[n->kind]))
		for (size_t i = 0; i < row.value_count; i++)
			row.values[i] = replaced(n, row.values[i]);
	return filter_row_text(n->arena, &row);
}

static bool is_row(const char *name)
{
	return str_equal(name, "where") ||
	       ((str_starts(name, "any") || str_starts(name, "all")) &&
		   strspn(name + 3, "0123456789") == strlen(name + 3));
}

static void replace(struct naming *n, struct filter_param *p)
{
	if (is_row(p->name))
		p->value = replaced_row(n, p->value);
	else if (n->kind == FILTER_NAME_ATTRIBUTE)
		p->name = replaced_key(n, p->name);
	else if (str_equal(p->name, plain_names[n->kind]))
		p->value = replaced(n, p->value);
}

const char *filter_text_renamed(struct arena *a, const char *text,
    enum filter_name kind, const char *old, const char *new)
{
	struct naming n = {a, kind, utf8_fold(a, old), new, false};
	struct contact_filter f;
	struct err e;

	memset(&f, 0, sizeof(f));
	if (contact_filter_split(a, text, &f.params, &f.param_count, &e) !=
	    STATUS_OK)
		return text;
	for (size_t i = 0; i < f.param_count; i++)
		replace(&n, &f.params[i]);
	return n.found ? contact_filter_text(a, &f) : text;
}

enum status dynamic_segment_users(struct db *db, struct arena *a,
    const char *name, const char ***names, size_t *count, struct err *e)
{
	struct segment *rows;
	size_t n;
	enum status st = segment_store_dynamic(db, a, &rows, &n, e);

	*count = 0;
	if (st != STATUS_OK)
		return st;
	*names = arena_alloc(a, (n + 1) * sizeof(**names));
	for (size_t i = 0; i < n; i++)
		if (filter_text_renamed(a, rows[i].filter, FILTER_NAME_SEGMENT,
			name, "") != rows[i].filter)
			(*names)[(*count)++] = rows[i].name;
	return STATUS_OK;
}

enum status dynamic_segment_follow(struct db *db, struct arena *a,
    enum filter_name kind, const char *old, const char *new, struct err *e)
{
	struct segment *rows;
	size_t n;
	enum status st = segment_store_dynamic(db, a, &rows, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		const char *text =
		    filter_text_renamed(a, rows[i].filter, kind, old, new);

		if (text != rows[i].filter)
			st = segment_store_set_filter(db, rows[i].id, text, e);
	}
	return st;
}
