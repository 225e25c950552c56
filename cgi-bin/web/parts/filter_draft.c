/* filter_draft.c: the rows of the filter builder, as its form sends them */
/* SPDX-License-Identifier: MIT */
#include "web/parts/filter_draft.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/filter/filter_condition.h"

#define TEXT_MAX (256u << 10)

/* "c12.op" with the letter 'c': 12, and *rest is "op". */
static bool numbered(const char *name, char letter, unsigned long long *number,
    const char **rest)
{
	size_t n = *name == letter ? strspn(name + 1, "0123456789") : 0;
	char digits[6];

	if (!n || n >= sizeof(digits) || name[n + 1] != '.')
		return false;
	memcpy(digits, name + 1, n);
	digits[n] = '\0';
	*rest = name + n + 2;
	return str_to_u64(digits, number);
}

/* The N of "add-N". */
static bool action_of(
    const char *action, const char *word, unsigned long long *number)
{
	return str_starts(action, word) &&
	       str_to_u64(action + strlen(word), number);
}

bool filter_draft_sent(const struct request *rq)
{
	return form_find(&rq->params, "do") != NULL;
}

/* --- what was sent --- */

static struct draft_row *row_of(
    struct arena *a, struct filter_draft *d, unsigned long long number)
{
	for (size_t i = 0; i < d->row_count; i++)
		if (d->rows[i].number == number)
			return &d->rows[i];
	if (d->row_count == DRAFT_ROWS_MAX)
		return NULL;
	struct draft_row *row = &d->rows[d->row_count++];

	*row = (struct draft_row){
	    .number = number, .field = "", .op = "", .second = "", .days = ""};
	row->values =
	    arena_alloc(a, (FILTER_VALUES_MAX + 1) * sizeof(*row->values));
	return row;
}

static struct draft_group *draft_group_of(
    struct filter_draft *d, unsigned long long number)
{
	for (size_t i = 0; i < d->group_count; i++)
		if (d->groups[i].number == number)
			return &d->groups[i];
	if (d->group_count == DRAFT_GROUPS_MAX)
		return &d->groups[0];
	d->groups[d->group_count] =
	    (struct draft_group){.number = number, .any = number != 0};
	return &d->groups[d->group_count++];
}

static const char *trim_copy(struct arena *a, const char *z)
{
	size_t n = strlen(z);

	utf8_trim(&z, &n);
	return arena_strndup(a, z, n);
}

static void set_row(struct arena *a, struct filter_draft *d,
    struct draft_row *row, const char *what, const char *value)
{
	if (str_equal(what, "f"))
		row->field = value;
	else if (str_equal(what, "op"))
		row->op = value;
	else if (str_equal(what, "w"))
		row->second = value;
	else if (str_equal(what, "n"))
		row->days = value;
	else if (str_equal(what, "g") && str_to_u64(value, &row->group))
		draft_group_of(d, row->group);
	else if (str_equal(what, "v") && *value &&
		 row->value_count <= FILTER_VALUES_MAX)
		row->values[row->value_count++] = arena_strdup(a, value);
}

/* Of the page alone: not conditions, and not of the list that follows. */
static bool is_own(const char *name)
{
	static const char *const names[] = {
	    "m", "do", "filter", "limit", "after", "before"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_equal(name, names[i]))
			return true;
	return str_starts(name, "new") &&
	       strspn(name + 3, "0123456789") == strlen(name + 3);
}

static void keep(struct filter_draft *d, const char *name, const char *value)
{
	if (!*value)
		return;
	d->kept[d->kept_count].name = name;
	d->kept[d->kept_count++].value = value;
}

static void read_field(struct arena *a, struct filter_draft *d,
    const char *name, const char *value)
{
	unsigned long long number;
	const char *what;

	if (numbered(name, 'c', &number, &what)) {
		struct draft_row *row = row_of(a, d, number);

		if (row)
			set_row(a, d, row, what, value);
	} else if (numbered(name, 'g', &number, &what)) {
		draft_group_of(d, number)->any = str_equal(value, "any");
	} else if (str_equal(name, "m")) {
		d->groups[0].any = str_equal(value, "any");
	} else if (!is_own(name)) {
		keep(d, name, value);
	}
}

static void add_row(
    const struct request *rq, struct filter_draft *d, unsigned long long group)
{
	unsigned long long number = 0;
	const char *field =
	    form_text(&rq->params, arena_printf(rq->arena, "new%llu", group));

	for (size_t i = 0; i < d->row_count; i++)
		if (d->rows[i].number >= number)
			number = d->rows[i].number + 1;
	struct draft_row *row = row_of(rq->arena, d, number);

	if (!row)
		return;
	row->group = group;
	row->field = *field ? field : "name";
}

static void drop_row(struct filter_draft *d, unsigned long long number)
{
	size_t n = 0;

	for (size_t i = 0; i < d->row_count; i++)
		if (d->rows[i].number != number)
			d->rows[n++] = d->rows[i];
	d->row_count = n;
}

/* Groups without a row are gone, but for the filter itself. */
static void drop_empty_groups(struct filter_draft *d)
{
	size_t n = 1;

	for (size_t i = 1; i < d->group_count; i++) {
		bool used = false;

		for (size_t k = 0; k < d->row_count; k++)
			used |= d->rows[k].group == d->groups[i].number;
		if (used)
			d->groups[n++] = d->groups[i];
	}
	d->group_count = n;
}

static void act(const struct request *rq, struct filter_draft *d)
{
	unsigned long long number = 0;

	if (str_equal(d->action, "group")) {
		for (size_t i = 0; i < d->group_count; i++)
			if (d->groups[i].number >= number)
				number = d->groups[i].number + 1;
		draft_group_of(d, number);
		add_row(rq, d, number);
	} else if (action_of(d->action, "add-", &number)) {
		draft_group_of(d, number);
		add_row(rq, d, number);
	} else if (action_of(d->action, "drop-", &number)) {
		drop_row(d, number);
	}
	drop_empty_groups(d);
}

static void make_room(struct arena *a, struct filter_draft *d, size_t params)
{
	memset(d, 0, sizeof(*d));
	d->rows = arena_alloc(a, (DRAFT_ROWS_MAX + 1) * sizeof(*d->rows));
	d->groups = arena_alloc(a, DRAFT_GROUPS_MAX * sizeof(*d->groups));
	d->kept = arena_alloc(a, (params + 1) * sizeof(*d->kept));
	d->group_count = 1;
	d->action = "";
}

void filter_draft_read(const struct request *rq, struct filter_draft *out)
{
	const struct form *f = &rq->params;

	make_room(rq->arena, out, f->count);
	for (size_t i = 0; i < f->count; i++)
		read_field(rq->arena, out, f->fields[i].name,
		    trim_copy(rq->arena, f->fields[i].value));
	out->action = form_text(f, "do");
	act(rq, out);
}

/* --- a filter as rows --- */

static void spread_values(struct draft_row *out, const struct filter_row *row)
{
	bool two = str_equal(row->op, "between");

	if (str_equal(row->op, "last") || str_equal(row->op, "not-last")) {
		out->days = row->values[0];
		return;
	}
	for (size_t i = 0; i < row->value_count; i++)
		if (two && i == 1)
			out->second = row->values[i];
		else
			out->values[out->value_count++] = row->values[i];
}

static void take_row(
    struct arena *a, struct filter_draft *d, const struct filter_row *row)
{
	struct draft_row *out = row_of(a, d, d->row_count);

	if (!out)
		return;
	out->field = row->field;
	out->op = row->op;
	out->group = row->group;
	spread_values(out, row);
}

/* The row that asks for the same as a plain parameter. */
static bool row_of_plain(struct arena *a, const struct filter_param *p,
    const struct attribute_list *attributes, struct filter_row *out)
{
	static const char *const ops[] = {"is", "any", "in", "met"};
	struct filter_field field;
	const char *name, *value;

	if (!filter_field_find(a, attributes, p->name, &field))
		return false;
	out->field = field.key;
	out->values = arena_alloc(a, sizeof(*out->values));
	out->values[0] = p->value;
	out->value_count = 1;
	out->group = 0;
	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		out->op = ops[i];
		if (filter_row_plain(a, &field, out, &name, &value))
			return true;
	}
	return false;
}

static bool is_row(const struct contact_filter *f, const char *name)
{
	for (size_t i = 0; i < f->group_count; i++)
		if (str_equal(f->groups[i].name, name))
			return true;
	return str_equal(name, "where");
}

void filter_draft_of(struct arena *a, const struct contact_filter *f,
    const struct attribute_list *attributes, struct filter_draft *out)
{
	struct filter_row row;
	size_t next = 0;

	make_room(a, out, f->param_count);
	out->groups[0].any = f->match_any;
	for (size_t i = 0; i < f->group_count; i++)
		draft_group_of(out, i + 1)->any = f->groups[i].any;
	for (size_t i = 0; i < f->param_count; i++) {
		const struct filter_param *p = &f->params[i];

		if (is_row(f, p->name))
			take_row(a, out, &f->rows[next++]);
		else if (str_equal(p->name, "match"))
			continue;
		else if (!f->match_any && row_of_plain(a, p, attributes, &row))
			take_row(a, out, &row);
		else
			keep(out, p->name, p->value);
	}
}

/* --- rows as a filter --- */

static struct filter_row filter_row_of(
    struct arena *a, const struct draft_row *row, const struct filter_op *op)
{
	struct filter_row out = {
	    row->field, row->op, row->values, row->value_count, row->group};

	if (!op)
		return out;
	if (op->arity == VALUES_NONE)
		out.value_count = 0;
	if (op->arity == VALUES_ONE && out.value_count > 1)
		out.value_count = 1;
	if (str_equal(op->key, "last") || str_equal(op->key, "not-last")) {
		out.values = arena_alloc(a, sizeof(*out.values));
		out.values[0] = row->days;
		out.value_count = *row->days != '\0';
	}
	if (op->arity == VALUES_TWO) {
		out.values = arena_alloc(a, 2 * sizeof(*out.values));
		out.value_count = 0;
		if (row->value_count)
			out.values[out.value_count++] = row->values[0];
		if (*row->second)
			out.values[out.value_count++] = row->second;
	}
	return out;
}

/* False: there is no such field. */
static bool read_row(struct arena *a, const struct draft_row *row,
    const struct attribute_list *attributes, struct filter_field *field,
    struct filter_row *out)
{
	if (!filter_field_find(a, attributes, row->field, field))
		return false;
	*out = filter_row_of(a, row, filter_op_find(field->kind, row->op));
	out->field = field->key;
	return true;
}

static const char *problem_of(struct arena *a, const struct draft_row *row,
    const struct filter_context *context)
{
	struct contact_condition unused;
	struct filter_field field;
	struct filter_row asked;

	if (!read_row(a, row, context->attributes, &field, &asked))
		return "Choose a field.";
	const struct filter_op *op = filter_op_find(field.kind, row->op);

	if (!op)
		return arena_printf(
		    a, "Choose how %s is compared.", field.label);
	if (op->arity != VALUES_NONE && !asked.value_count)
		return str_ends(op->key, "last") ? "Write a number of days."
						 : "Write a value.";
	if (op->arity == VALUES_TWO && asked.value_count < 2)
		return "Write both values.";
	return filter_condition_make(a, &asked, context, &unused);
}

bool filter_draft_check(struct arena *a, struct filter_draft *d,
    const struct attribute_list *attributes)
{
	const struct filter_context context = {"", attributes, clock_now()};
	bool good = true;

	for (size_t i = 0; i < d->row_count; i++) {
		d->rows[i].problem = problem_of(a, &d->rows[i], &context);
		good &= !d->rows[i].problem;
	}
	return good;
}

static void add_pair(
    struct str *s, struct arena *a, const char *name, const char *value)
{
	str_printf(s, "%s%s=%s", s->len ? "&" : "", url_escape(a, name),
	    url_escape(a, value));
}

static void add_row_text(struct str *s, struct arena *a,
    const struct filter_draft *d, const struct draft_row *row,
    const struct attribute_list *attributes)
{
	const char *name = "where", *value;
	struct filter_field field;
	struct filter_row asked;

	if (!read_row(a, row, attributes, &field, &asked))
		return;
	value = filter_row_text(a, &asked);
	for (size_t i = 1; i < d->group_count; i++)
		if (row->group && d->groups[i].number == row->group)
			name = arena_printf(
			    a, "%s%zu", d->groups[i].any ? "any" : "all", i);
	if (!d->groups[0].any)
		filter_row_plain(a, &field, &asked, &name, &value);
	add_pair(s, a, name, value);
}

const char *filter_draft_text(struct arena *a, const struct filter_draft *d,
    const struct attribute_list *attributes)
{
	struct str s;

	str_init(&s, TEXT_MAX);
	for (size_t i = 0; i < d->kept_count; i++)
		add_pair(&s, a, d->kept[i].name, d->kept[i].value);
	for (size_t i = 0; i < d->row_count; i++)
		add_row_text(&s, a, d, &d->rows[i], attributes);
	if (d->groups[0].any && d->row_count)
		add_pair(&s, a, "match", "any");
	const char *text = arena_strdup(a, str_text(&s));

	str_release(&s);
	return text;
}
