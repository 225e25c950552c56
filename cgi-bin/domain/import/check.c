/* check.c: a record becomes a row of contact values, or a list of problems */
/* SPDX-License-Identifier: MIT */
/*
 * The cells are put to their fields first, trimmed; then each concern looks
 * at its fields and adds what is wrong. Nothing stops at the first problem:
 * a person who mends a row should have to do it once.
 */
#include "domain/import/check.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/export/csv_guard.h"
#include "domain/import/address.h"
#include "domain/import/checking.h"
#include "domain/import/decode.h"
#include "domain/import/sniff.h"

/* formats.md section 6: TEXT, in characters. */
#define TEXT_LENGTH 4000

const char *shown(struct checking *x, const char *value)
{
	return problem_value(x->arena, value);
}

/* "A" to "Z", "AA" ... as spreadsheets name columns. */
static const char *column_letters(struct arena *a, size_t column)
{
	char letters[16];
	size_t at = sizeof letters - 1;

	letters[at] = '\0';
	for (size_t n = column + 1; n && at; n = (n - 1) / 26)
		letters[--at] = (char)('A' + (n - 1) % 26);
	return arena_strdup(a, letters + at);
}

const char *check_column_name(
    struct arena *a, const struct check_context *c, size_t column)
{
	if (c->header && column < c->columns && *c->header[column])
		return problem_value(a, c->header[column]);
	return arena_printf(a, "column %s", column_letters(a, column));
}

/* The cell's text, where another text in its place can be right for all rows
 * that have it; a key that is missing is another one in each row. */
static const char *correctable(
    const struct checking *x, enum problem_code code, int column)
{
	if (column < 0 || code == PHONE_MISSING || code == EMAIL_MISSING ||
	    code == USER_ID_MISSING)
		return NULL;
	if ((size_t)column >= x->r->count)
		return "";
	size_t n = x->r->lengths[column];

	return n > PROBLEM_VALUE_MAX
		   ? NULL
		   : arena_strndup(x->arena, x->r->cells[column], n);
}

void problem_add(struct checking *x, enum problem_code code, int column,
    const char *format, ...)
{
	struct checked_row *out = x->out;
	const struct problem_info *info = &problem_infos[code];
	va_list ap;

	if (out->problem_count == x->problem_space) {
		size_t space = x->problem_space ? x->problem_space * 2 : 4;
		struct problem *more =
		    arena_alloc(x->arena, space * sizeof *more);

		if (out->problem_count)
			memcpy(more, out->problems,
			    out->problem_count * sizeof *more);
		out->problems = more;
		x->problem_space = space;
	}
	va_start(ap, format);
	const char *message = arena_vprintf(x->arena, format, ap);

	va_end(ap);
	out->problems[out->problem_count++] = (struct problem){.row = out->row,
	    .column = (unsigned)(column + 1),
	    .column_name =
		column < 0 ? ""
			   : check_column_name(x->arena, x->c, (size_t)column),
	    .code = info->code,
	    .message = message,
	    .value = correctable(x, code, column),
	    .level = info->level};
	out->rejected |= info->level == PROBLEM_REJECT;
}

/* Cells beside the columns, and what the reader saw. */
static void check_shape(struct checking *x)
{
	const struct record *r = x->r;
	size_t columns = x->c->columns;

	for (size_t i = columns; i < r->count; i++) {
		if (!r->lengths[i])
			continue;
		problem_add(x, TOO_MANY_CELLS, (int)i,
		    "The row has %zu cells, but there are %zu columns: \"%s\" "
		    "stands beyond them. Put quotation marks around a value "
		    "that has the delimiter in it.",
		    r->count, columns, shown(x, r->cells[i]));
		break;
	}
	if (r->count < columns)
		problem_add(x, TOO_FEW_CELLS, -1,
		    "The row has %zu cell%s, but there are %zu columns: the "
		    "missing ones are taken as empty.",
		    r->count, r->count == 1 ? "" : "s", columns);
	if (r->stray_quote)
		problem_add(x, STRAY_QUOTE, -1,
		    "A quotation mark stands within a cell. It is kept as it "
		    "is; if it was to quote the value, put it at the cell's "
		    "beginning.");
}

/* A cell's text as it is taken: trimmed, without the apostrophe that guards
 * it from spreadsheets. In the arena, since the record goes. */
static const char *cell_text(struct checking *x, size_t column)
{
	if (column >= x->r->count || !x->r->lengths[column])
		return "";
	const char *p = x->r->cells[column];
	size_t n = x->r->lengths[column];
	const char *bare = csv_unguard(p);

	n -= (size_t)(bare - p);
	utf8_trim(&bare, &n);
	if (memchr(bare, (unsigned char)NUL_MARK[0], n) &&
	    strstr(bare, NUL_MARK))
		problem_add(x, CONTROL_CHARACTER, (int)column,
		    "The cell has a NUL character, which no text has: delete "
		    "it.");
	return n ? arena_strndup(x->arena, bare, n) : "";
}

static void put_attribute(struct checking *x, size_t column, const char *json)
{
	struct checked_row *out = x->out;

	if (out->attribute_count == x->attribute_space) {
		size_t space = 0;

		for (size_t i = 0; i < x->c->mapping->count; i++)
			space +=
			    x->c->mapping->columns[i].kind == TARGET_ATTRIBUTE;
		out->attributes =
		    arena_alloc(x->arena, space * sizeof *out->attributes);
		x->attribute_space = space;
	}
	out->attributes[out->attribute_count++] =
	    (struct row_attribute){.column = (unsigned)column, .json = json};
}

static void check_attribute(struct checking *x, size_t column, const char *text)
{
	const struct column_target *t = &x->c->mapping->columns[column];
	const struct attribute_type_info *type = &attribute_types[t->type];
	const char *kept = NULL;
	const char *json = NULL;

	if (t->type == TYPE_TEXT && strlen(text) > TEXT_LENGTH &&
	    utf8_length(text) > TEXT_LENGTH) {
		problem_add(x, VALUE_TOO_LONG, (int)column,
		    "\"%s\" is longer than %d characters: shorten it.",
		    shown(x, text), TEXT_LENGTH);
		return;
	}
	if (*text) {
		kept =
		    type->parse(x->arena, text, x->c->format->strict_booleans);
		if (kept)
			json = type->to_json(x->arena, kept);
		else
			problem_add(x, VALUE_TYPE, (int)column,
			    "\"%s\" is not of the type %s: write %s.",
			    shown(x, text), type->key, type->hint);
	}
	put_attribute(x, column, json);
}

/* Every cell to what its column is mapped to. */
static void put_cells(struct checking *x)
{
	const struct mapping *m = x->c->mapping;

	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *t = &m->columns[i];

		switch (t->kind) {
		case TARGET_UNDECIDED:
		case TARGET_NONE:
			break;
		case TARGET_FIELD:
			x->column[t->field] = (int)i;
			x->out->value[t->field] = cell_text(x, i);
			break;
		case TARGET_COUNTRY_CODE:
			x->code_column = (int)i;
			x->code = cell_text(x, i);
			break;
		case TARGET_REASON:
			x->out->reason = cell_text(x, i);
			break;
		case TARGET_TAGS:
			check_tags(x, (int)i, cell_text(x, i));
			break;
		case TARGET_ATTRIBUTE:
			check_attribute(x, i, cell_text(x, i));
			break;
		}
	}
}

static bool is_empty(const struct checking *x, enum contact_field field)
{
	return str_empty(x->out->value[field]);
}

static void check_required_phone(struct checking *x)
{
	unsigned required = x->c->rules->required;
	enum rule_key key = x->c->rules->key;
	int column = x->column[FIELD_PHONE];

	if (!is_empty(x, FIELD_PHONE))
		return;
	bool by_id =
	    key == KEY_PHONE_ELSE_EMAIL &&
	    (!is_empty(x, FIELD_WA_USER_ID) || !is_empty(x, FIELD_USER_ID));

	/* By an id it can only be somebody who is in the book: match.c. */
	if ((required & REQUIRE_PHONE) || key == KEY_PHONE)
		problem_add(x, PHONE_MISSING, column,
		    "There is no phone number, and each contact needs one.");
	else if (is_empty(x, FIELD_EMAIL) && !by_id &&
		 ((required & REQUIRE_PHONE_OR_EMAIL) ||
		     key == KEY_PHONE_ELSE_EMAIL))
		problem_add(x, PHONE_MISSING, column,
		    "There is neither a phone number nor an e-mail address, "
		    "and each %s needs one of them.",
		    x->c->format->optout ? "opt-out" : "contact");
}

static void check_required(struct checking *x)
{
	unsigned required = x->c->rules->required;
	enum rule_key key = x->c->rules->key;

	if ((required & REQUIRE_NAME) && is_empty(x, FIELD_NAME))
		problem_add(x, NAME_MISSING, x->column[FIELD_NAME],
		    "There is no name, and each contact needs one.");
	check_required_phone(x);
	if (!*x->code && ((required & REQUIRE_COUNTRY_CODE) ||
			     (x->c->rules->phone_form == FORM_SPLIT &&
				 !is_empty(x, FIELD_PHONE))))
		problem_add(x, COUNTRY_CODE_MISSING, x->code_column,
		    "There is no country code: write it in digits, like 91.");
	if (((required & REQUIRE_EMAIL) || key == KEY_EMAIL) &&
	    is_empty(x, FIELD_EMAIL))
		problem_add(x, EMAIL_MISSING, x->column[FIELD_EMAIL],
		    "There is no e-mail address, and each contact needs one.");
	if (key == KEY_USER_ID && is_empty(x, FIELD_USER_ID))
		problem_add(x, USER_ID_MISSING, x->column[FIELD_USER_ID],
		    "There is no user ID, and contacts are matched by it.");
}

static bool is_one_of(
    const char *text, const char *a, const char *b, const char *c, bool strict)
{
	return str_equal_nocase(text, a) ||
	       (!strict && (str_equal_nocase(text, b) || str_equal(text, c)));
}

/* I8: an empty cell says nothing, whatever the rule for empty cells. */
static void check_opted(struct checking *x)
{
	const char **value = &x->out->value[FIELD_WHATSAPP_OPTED];
	bool strict = x->c->format->strict_opted;

	if (str_empty(*value))
		*value = NULL;
	else if (is_one_of(*value, "true", "yes", "1", strict))
		*value = "yes";
	else if (is_one_of(*value, "false", "no", "0", strict))
		*value = "no";
	else
		problem_add(x, OPTED_NOT_BOOLEAN,
		    x->column[FIELD_WHATSAPP_OPTED],
		    "\"%s\" does not say whether the person agreed: write "
		    "TRUE or FALSE, or leave it empty.",
		    shown(x, *value));
}

static void check_opted_at(struct checking *x)
{
	const char **value = &x->out->value[FIELD_WHATSAPP_OPTED_AT];
	char text[32];
	int64_t ms;

	if (str_empty(*value))
		return;
	if (!clock_parse(*value, false, &ms) && x->c->format->optout) {
		problem_add(x, OPT_OUT_TIME, x->column[FIELD_WHATSAPP_OPTED_AT],
		    "\"%s\" is no time like 2022-10-31T14:00:00Z or "
		    "2022-10-31: the opt-out counts from the upload.",
		    shown(x, *value));
		*value = NULL;
		return;
	}
	if (!clock_parse(*value, false, &ms)) {
		problem_add(x, VALUE_TYPE, x->column[FIELD_WHATSAPP_OPTED_AT],
		    "\"%s\" is no time: write it like 2022-10-31T14:00:00Z or "
		    "2022-10-31.",
		    shown(x, *value));
		return;
	}
	clock_format(ms, text);
	*value = arena_strdup(x->arena, text);
}

/* A6 */
static void check_first_message(struct checking *x)
{
	const char *text = x->out->value[FIELD_FIRST_MESSAGE];

	if (text && strchr(text, '|') && !x->c->format->bar_in_message)
		problem_add(x, FIRST_MESSAGE_MULTIPLE,
		    x->column[FIELD_FIRST_MESSAGE],
		    "\"%s\" is more than one first message: leave one.",
		    shown(x, text));
}

/* A9 */
static void check_state(struct checking *x)
{
	static const char *const keys[] = {
	    "intervened", "requesting", "closed", "handled_by_assistant", NULL};
	const char **value = &x->out->value[FIELD_STATE];

	if (str_empty(*value))
		return;
	const char *folded = header_fold(x->arena, *value);

	for (size_t i = 0; keys[i]; i++) {
		if (!str_equal(header_fold(x->arena, keys[i]), folded))
			continue;
		*value = keys[i];
		return;
	}
	problem_add(x, VALUE_TYPE, x->column[FIELD_STATE],
	    "\"%s\" is no state: write Intervened, Requesting, Closed or "
	    "Handled by Assistant.",
	    shown(x, *value));
}

/* S2 */
static void check_address(struct checking *x)
{
	const char **value = x->out->value;
	const char *street;
	const char *number;

	if (!x->c->rules->house_number_in_address || !value[FIELD_ADDRESS] ||
	    !is_empty(x, FIELD_HOUSE_NUMBER))
		return;
	value[FIELD_HOUSE_NUMBER] = "";
	if (!address_split(x->arena, value[FIELD_ADDRESS], &street, &number))
		return;
	value[FIELD_ADDRESS] = street;
	value[FIELD_HOUSE_NUMBER] = number;
}

/* Fields whose checks leave nothing that is too long. */
static bool has_own_check(int field)
{
	return field == FIELD_PHONE || field == FIELD_EMAIL ||
	       field == FIELD_STATE || field == FIELD_WHATSAPP_OPTED ||
	       field == FIELD_WHATSAPP_OPTED_AT;
}

static void check_lengths(struct checking *x)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		const char *text = x->out->value[i];
		size_t max = contact_fields[i].max_length;

		if (!text || has_own_check(i) || strlen(text) <= max ||
		    utf8_length(text) <= max)
			continue;
		problem_add(x, VALUE_TOO_LONG, x->column[i],
		    "\"%s\" is longer than the %zu characters of %s: shorten "
		    "it.",
		    shown(x, text), max, contact_fields[i].label);
	}
}

/* A cell of one column for the other's: a list may have numbers and addresses
 * in one column. */
static void move_key(
    struct checking *x, enum contact_field from, enum contact_field to)
{
	x->out->value[to] = x->out->value[from];
	x->out->value[from] = "";
	x->column[to] = x->column[from];
}

static void sort_list_keys(struct checking *x)
{
	const char *phone = str_or_empty(x->out->value[FIELD_PHONE]);
	const char *email = str_or_empty(x->out->value[FIELD_EMAIL]);

	if (!x->c->format->optout)
		return;
	if (!*email && strchr(phone, '@'))
		move_key(x, FIELD_PHONE, FIELD_EMAIL);
	else if (!*phone && *email && !strchr(email, '@') &&
		 sniff_digits(email) >= LIST_DIGITS_MIN)
		move_key(x, FIELD_EMAIL, FIELD_PHONE);
}

void check_row(struct arena *a, const struct check_context *c,
    const struct record *r, struct checked_row *out)
{
	struct checking x = {.arena = a,
	    .c = c,
	    .r = r,
	    .out = out,
	    .code_column = -1,
	    .code = ""};

	*out = (struct checked_row){.row = r->row};
	for (int i = 0; i < FIELD_COUNT; i++)
		x.column[i] = -1;
	check_shape(&x);
	put_cells(&x);
	sort_list_keys(&x);
	check_names(&x);
	check_required(&x);
	check_phone(&x);
	check_email(&x);
	check_opted(&x);
	check_opted_at(&x);
	check_first_message(&x);
	check_state(&x);
	check_address(&x);
	check_lengths(&x);
}
