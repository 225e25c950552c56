/* filter_condition.c: what a condition of a filter asks of a contact */
/* SPDX-License-Identifier: MIT */
#include "domain/filter/filter_condition.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/contact/phone_search.h"

#define DAY_MS 86400000LL
#define DAYS_MAX 36500u
#define TEXT_VALUE_MAX 1000u
#define DIGITS_MAX 20u

/* The making of one condition. */
struct making {
	struct arena *arena;
	const struct filter_row *row;
	const struct filter_context *context;
	struct filter_field field;
	struct contact_condition *out;
	const char *problem;
};

static bool is_op(const struct making *m, const char *key)
{
	return str_equal(m->row->op, key);
}

static void refuse(struct making *m, const char *what)
{
	if (!m->problem)
		m->problem =
		    arena_printf(m->arena, "%s %s", m->field.label, what);
}

static const char *value_at(const struct making *m, size_t i)
{
	return i < m->row->value_count ? m->row->values[i] : "";
}

static void set_values(struct making *m, const char *first, const char *second)
{
	const char **values = arena_alloc(m->arena, 2 * sizeof(*values));

	values[0] = first;
	values[1] = second;
	m->out->values = values;
	m->out->value_count = second ? 2 : 1;
}

/* --- texts --- */

static enum contact_test text_test(const struct making *m, bool loose)
{
	if (is_op(m, "contains") || is_op(m, "lacks"))
		return TEST_CONTAINS;
	if (is_op(m, "starts"))
		return TEST_STARTS;
	if (is_op(m, "empty") || is_op(m, "filled"))
		return TEST_FILLED;
	return loose ? TEST_IS_LOOSE : TEST_IS;
}

static void make_field(struct making *m, const char *value)
{
	m->out->subject = SUBJECT_FIELD;
	m->out->field = m->field.field;
	m->out->test = text_test(m, m->field.kind == KIND_ID);
	set_values(m, value, NULL);
}

static void make_state(struct making *m)
{
	const char *state = filter_state_of(value_at(m, 0));

	make_field(m, state);
	if (!state && m->row->value_count)
		refuse(m, "is requesting, intervened, closed or "
			  "handled_by_assistant.");
}

static void make_opted(struct making *m)
{
	const char *opted = filter_opted_of(value_at(m, 0));

	make_field(m, opted);
	if (!opted)
		refuse(m, "is yes, no or unknown.");
}

static void make_status(struct making *m)
{
	bool active = str_equal_nocase(value_at(m, 0), "active");

	if (!active && !str_equal_nocase(value_at(m, 0), "inactive"))
		refuse(m, "is active or inactive.");
	m->out->subject = active ? SUBJECT_ACTIVE : SUBJECT_INACTIVE;
	m->out->moment = m->context->now - CONTACT_ACTIVE_MS;
}

/* --- numbers of telephones --- */

/* Plus and digits of what was typed; NULL when there is anything else but
 * separators, or nothing. */
static const char *phone_digits(struct arena *a, const char *text)
{
	const char *end = text + strlen(text);
	char *out = arena_alloc(a, DIGITS_MAX + 2);
	size_t n = 0;

	while (text < end) {
		int32_t c = utf8_next(&text, end);
		int digit = utf8_digit_value(c);

		if (digit >= 0 || (c == '+' && !n))
			out[n++] = digit >= 0 ? (char)('0' + digit) : '+';
		else if (c == '+' || (!utf8_is_space(c) && c > 0 &&
					 (c > 127 || !strchr("()[]-./", c))))
			return NULL;
		if (n > DIGITS_MAX)
			return NULL;
	}
	return n ? out : NULL;
}

static void make_phone_part(struct making *m, enum contact_test test)
{
	const char *digits = phone_digits(m->arena, value_at(m, 0));

	if (!digits)
		refuse(m, "is digits, with or without a + before them.");
	else if (test == TEST_STARTS && *digits != '+')
		digits = arena_printf(m->arena, "+%s",
		    str_starts(digits, "00") ? digits + 2 : digits);
	m->out->subject = SUBJECT_FIELD;
	m->out->field = FIELD_PHONE;
	m->out->test = test;
	set_values(m, digits, NULL);
}

static bool is_abroad(const char *text)
{
	return str_starts(text, "+") || str_starts(text, "00");
}

static void make_phone(struct making *m)
{
	enum contact_test test = text_test(m, false);
	bool starts = test == TEST_STARTS;
	struct phone_search s;

	if (test == TEST_FILLED) {
		make_field(m, "");
		return;
	}
	if (test == TEST_CONTAINS || (starts && is_abroad(value_at(m, 0))) ||
	    !phone_search_read(
		m->arena, value_at(m, 0), m->context->country, starts, &s)) {
		if (test == TEST_IS)
			refuse(m, "takes a telephone number, in any spelling.");
		make_phone_part(m, test);
		return;
	}
	m->out->subject = SUBJECT_PHONE;
	m->out->values = s.numbers;
	m->out->value_count = starts ? 0 : s.number_count;
	m->out->starts = s.starts;
	m->out->start_count = s.start_count;
}

/* --- moments --- */

/* A day or a moment as milliseconds from..until; false when it is neither. */
static bool read_moment(const char *text, int64_t *from, int64_t *until)
{
	if (!clock_parse(text, true, from))
		return false;
	*until = *from + (strlen(text) == 10 ? DAY_MS : 1);
	return true;
}

static bool read_days(struct making *m, int64_t *days)
{
	unsigned long long n;

	if (!str_to_u64(value_at(m, 0), &n) || !n || n > DAYS_MAX) {
		refuse(m, "takes a number of days from 1 to 36500.");
		return false;
	}
	*days = (int64_t)n;
	return true;
}

/* The range of the operator, by what each value stands for. */
static void make_range(struct making *m,
    bool (*read)(const char *text, int64_t *from, int64_t *until),
    const char *hint)
{
	struct contact_condition *c = m->out;
	int64_t from[2] = {0, 0};
	int64_t until[2] = {0, 0};

	for (size_t i = 0; i < m->row->value_count && i < 2; i++)
		if (!read(m->row->values[i], &from[i], &until[i]))
			refuse(m, hint);
	c->from = INT64_MIN;
	c->until = INT64_MAX;
	if (is_op(m, "is") || is_op(m, "not") || is_op(m, "between"))
		c->from = from[0];
	if (is_op(m, "is") || is_op(m, "not"))
		c->until = until[0];
	if (is_op(m, "before"))
		c->until = from[0];
	if (is_op(m, "after"))
		c->from = until[0];
	if (is_op(m, "between"))
		c->until = until[1];
}

static bool is_last(const struct making *m)
{
	return is_op(m, "last") || is_op(m, "not-last");
}

static enum contact_moment moment_of(const struct filter_field *f)
{
	if (f->field == FIELD_WHATSAPP_OPTED_AT)
		return MOMENT_OPTED;
	if (str_equal(f->key, "last_active"))
		return MOMENT_ACTIVE;
	return str_equal(f->key, "updated_at") ? MOMENT_UPDATED
					       : MOMENT_CREATED;
}

static void make_last(struct making *m)
{
	int64_t days;

	if (!read_days(m, &days))
		return;
	m->out->from = m->context->now - days * DAY_MS;
	m->out->until = m->context->now + 1;
}

#define MOMENT_HINT                                                            \
	"takes a day such as 2026-05-31, or a moment such as "                 \
	"2026-05-31T14:00:00Z."

static void make_moment(struct making *m)
{
	m->out->subject = SUBJECT_MOMENT;
	m->out->which = moment_of(&m->field);
	m->out->test = text_test(m, false);
	if (is_last(m))
		make_last(m);
	else
		make_range(m, read_moment, MOMENT_HINT);
}

/* --- attributes --- */

static bool read_date(const char *text, int64_t *from, int64_t *until)
{
	return strlen(text) == 10 && read_moment(text, from, until);
}

/* Seconds of the day; the range is one second. */
static bool read_time(const char *text, int64_t *from, int64_t *until)
{
	struct arena a;
	const char *kept;

	arena_init(&a);
	kept = attribute_types[TYPE_TIME].parse(&a, text, false);
	if (kept)
		*from = ((kept[0] - '0') * 10 + kept[1] - '0') * 3600 +
			((kept[3] - '0') * 10 + kept[4] - '0') * 60 +
			(kept[6] - '0') * 10 + kept[7] - '0';
	*until = *from + 1;
	arena_release(&a);
	return kept != NULL;
}

/* What an attribute of the kind has in its place. */
static const char *kept_moment(struct making *m, int64_t n)
{
	char text[32];

	if (m->field.kind == KIND_TIME)
		return arena_printf(m->arena, "%02d:%02d:%02d", (int)(n / 3600),
		    (int)(n / 60 % 60), (int)(n % 60));
	clock_format(n, text);
	if (m->field.kind == KIND_DATE)
		text[10] = '\0';
	return arena_strdup(m->arena, text);
}

/* A range of milliseconds or seconds as one of texts. The day after the last
 * one has no text. */
static void make_text_range(struct making *m)
{
	struct contact_condition *c = m->out;
	int64_t last = clock_days(9999, 12, 31) * DAY_MS + DAY_MS - 1;
	bool late = m->field.kind != KIND_TIME && c->from > last;
	bool open = m->field.kind != KIND_TIME && c->until > last;

	c->subject = late ? SUBJECT_NOTHING : SUBJECT_ATTRIBUTE_RANGE;
	set_values(m,
	    c->from == INT64_MIN || late ? NULL : kept_moment(m, c->from),
	    NULL);
	if (c->until != INT64_MAX && !open)
		set_values(m, c->values[0], kept_moment(m, c->until));
	c->value_count = 2;
}

static void make_attribute_time(struct making *m)
{
	struct contact_condition *c = m->out;

	if (is_last(m)) {
		make_last(m);
		if (m->field.kind == KIND_DATE && !m->problem) {
			/* Whole days, and that of today to its end. */
			int64_t today =
			    m->context->now - m->context->now % DAY_MS;

			c->from = today - (c->until - 1 - c->from);
			c->until = today + DAY_MS;
		}
	} else if (m->field.kind == KIND_DATE) {
		make_range(m, read_date, "takes a day such as 2026-05-31.");
	} else if (m->field.kind == KIND_TIME) {
		make_range(m, read_time, "takes a time such as 14:30.");
	} else {
		make_range(m, read_moment, MOMENT_HINT);
	}
	if (!m->problem)
		make_text_range(m);
}

static void make_number(struct making *m)
{
	struct contact_condition *c = m->out;

	for (size_t i = 0; i < m->row->value_count; i++)
		if (!attribute_types[TYPE_NUMBER].parse(
			m->arena, m->row->values[i], false))
			refuse(m, "takes a number such as 42, -3.5 or 1e3.");
	c->subject = SUBJECT_ATTRIBUTE_NUMBER;
	c->test = is_op(m, "more")	? TEST_MORE
		  : is_op(m, "less")	? TEST_LESS
		  : is_op(m, "between") ? TEST_BETWEEN
					: TEST_IS;
	c->values = m->row->values;
	c->value_count = m->row->value_count;
}

static void make_flag(struct making *m)
{
	const char *kept = attribute_types[TYPE_BOOLEAN].parse(
	    m->arena, value_at(m, 0), false);

	if (!kept)
		refuse(m, "is true or false.");
	m->out->subject = SUBJECT_ATTRIBUTE_JSON;
	set_values(m, kept, NULL);
}

static void make_words(struct making *m)
{
	m->out->subject = SUBJECT_ATTRIBUTE_TEXT;
	m->out->test = text_test(m, false);
	set_values(m, value_at(m, 0), NULL);
}

/* One condition for each value, as parts. */
static void split_values(struct making *m, enum contact_subject whole)
{
	struct contact_condition one = *m->out;
	size_t n = m->row->value_count;

	m->out->subject = whole;
	m->out->parts = arena_alloc(m->arena, n * sizeof(one));
	m->out->part_count = n;
	for (size_t i = 0; i < n; i++) {
		m->out->parts[i] = one;
		m->out->parts[i].values = &m->row->values[i];
		m->out->parts[i].value_count = 1;
	}
}

/* Something that a contact can have several of. */
static void make_several(struct making *m, enum contact_subject subject)
{
	m->out->subject = subject;
	m->out->values = m->row->values;
	m->out->value_count = m->row->value_count;
	if (is_op(m, "all"))
		split_values(m, SUBJECT_ALL);
}

static void make_import(struct making *m)
{
	uint64_t *ids =
	    arena_alloc(m->arena, m->row->value_count * sizeof(*ids));

	for (size_t i = 0; i < m->row->value_count; i++) {
		unsigned long long id = 0;

		if (!str_to_u64(m->row->values[i], &id) || !id)
			refuse(m, "takes the number of an import.");
		ids[i] = id;
	}
	m->out->subject = is_op(m, "made")	? SUBJECT_IMPORT_MADE
			  : is_op(m, "changed") ? SUBJECT_IMPORT_CHANGED
			  : is_op(m, "error")	? SUBJECT_IMPORT_ERROR
						: SUBJECT_IMPORT;
	m->out->ids = ids;
	m->out->id_count = m->row->value_count;
	m->out->id = ids[0];
	if (m->out->subject == SUBJECT_IMPORT && m->row->value_count > 1) {
		split_values(m, SUBJECT_ANY);
		for (size_t i = 0; i < m->row->value_count; i++) {
			m->out->parts[i].id = ids[i];
			m->out->parts[i].id_count = 0;
		}
	}
}

/* --- all of it --- */

static void make_by_kind(struct making *m)
{
	switch (m->field.kind) {
	case KIND_TEXT:
	case KIND_ID:
		make_field(m, value_at(m, 0));
		return;
	case KIND_PHONE:
		make_phone(m);
		return;
	case KIND_STATE:
		make_state(m);
		return;
	case KIND_OPTED:
		make_opted(m);
		return;
	case KIND_STATUS:
		make_status(m);
		return;
	case KIND_MOMENT:
		make_moment(m);
		return;
	case KIND_NUMBER:
		make_number(m);
		return;
	case KIND_WORDS:
		make_words(m);
		return;
	case KIND_DATE:
	case KIND_TIME:
	case KIND_DATETIME:
		make_attribute_time(m);
		return;
	case KIND_FLAG:
		make_flag(m);
		return;
	case KIND_LIST:
		make_several(m, SUBJECT_ATTRIBUTE_LIST);
		return;
	case KIND_TAG:
		make_several(m, SUBJECT_TAG);
		return;
	case KIND_SEGMENT:
		make_several(m, SUBJECT_SEGMENT);
		return;
	case KIND_CAMPAIGN:
		make_several(m, SUBJECT_CAMPAIGN);
		return;
	case KIND_IMPORT:
		make_import(m);
		return;
	case KIND_THING:
	case KIND_COUNT:
		break;
	}
}

/* Whether there are as many values as the operator takes. */
static const char *check_values(
    struct arena *a, const struct filter_row *row, const struct filter_op *op)
{
	static const char *const wants[] = {
	    [VALUES_NONE] = "no value",
	    [VALUES_ONE] = "one value",
	    [VALUES_TWO] = "two values",
	    [VALUES_MANY] = "at least one value",
	};
	size_t n = row->value_count;
	bool fits = op->arity == VALUES_MANY ? n >= 1 : n == (size_t)op->arity;

	for (size_t i = 0; i < n; i++)
		if (strlen(row->values[i]) > TEXT_VALUE_MAX)
			return "A value is too long.";
	return fits ? NULL
		    : arena_printf(
			  a, "\"%s\" takes %s.", row->op, wants[op->arity]);
}

static bool is_negative(const char *op)
{
	static const char *const negatives[] = {
	    "not", "lacks", "none", "not-in", "not-last", "empty"};

	for (size_t i = 0; i < sizeof(negatives) / sizeof(*negatives); i++)
		if (str_equal(op, negatives[i]))
			return true;
	return false;
}

const char *filter_condition_make(struct arena *a, const struct filter_row *row,
    const struct filter_context *context, struct contact_condition *out)
{
	struct making m = {
	    .arena = a, .row = row, .context = context, .out = out};

	memset(out, 0, sizeof(*out));
	if (!filter_field_find(a, context->attributes, row->field, &m.field))
		return arena_printf(
		    a, "There is no field \"%.200s\".", row->field);
	const struct filter_op *op = filter_op_find(m.field.kind, row->op);

	if (!op)
		return arena_printf(a,
		    "%s has no operator \"%.200s\": it has %s.", m.field.label,
		    row->op, filter_ops_of(a, m.field.kind));
	m.problem = check_values(a, row, op);
	if (m.problem)
		return m.problem;
	if (m.field.attribute && op->arity == VALUES_NONE)
		out->subject = SUBJECT_ATTRIBUTE_FILLED;
	else if (op->arity == VALUES_NONE && m.field.kind == KIND_TAG)
		out->subject = SUBJECT_TAGGED;
	else if (op->arity == VALUES_NONE && m.field.kind == KIND_CAMPAIGN)
		out->subject = SUBJECT_IN_CAMPAIGN;
	else
		make_by_kind(&m);
	if (m.field.attribute)
		out->name = attributes_path(a, m.field.attribute->name);
	for (size_t i = 0; i < out->part_count; i++)
		out->parts[i].name = out->name;
	if (is_negative(row->op))
		out->negated = true;
	return m.problem;
}

/* --- words --- */

static const char *joined(
    struct arena *a, const struct filter_row *row, const char *between)
{
	const char *text = row->value_count ? row->values[0] : "";

	for (size_t i = 1; i < row->value_count; i++)
		text = arena_printf(a, "%s%s%s", text, between, row->values[i]);
	return text;
}

bool filter_words_of(struct arena *a, const struct filter_row *row,
    const struct attribute_list *attributes, struct filter_words *out)
{
	struct filter_field field;

	if (!filter_field_find(a, attributes, row->field, &field))
		return false;
	const struct filter_op *op = filter_op_find(field.kind, row->op);

	if (!op)
		return false;
	out->field = field.label;
	out->op = op->label;
	out->values = joined(a, row, op->arity == VALUES_TWO ? " and " : ", ");
	if (str_ends(op->key, "last"))
		out->values = arena_printf(a, "%s days", out->values);
	return true;
}

const char *filter_state_of(const char *text)
{
	for (size_t i = 0; i < CONTACT_STATES; i++)
		if (str_equal_nocase(text, contact_states[i].key) ||
		    str_equal_nocase(text, contact_states[i].label))
			return contact_states[i].key;
	return NULL;
}

const char *filter_opted_of(const char *text)
{
	if (str_equal_nocase(text, "yes") || str_equal_nocase(text, "true"))
		return "yes";
	if (str_equal_nocase(text, "no") || str_equal_nocase(text, "false"))
		return "no";
	return str_equal_nocase(text, "unknown") ? "" : NULL;
}
