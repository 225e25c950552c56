/* check_text.c: names, e-mails and tags of a row */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/import/checking.h"

/* Most tags of one contact in a file, and the longest tag in characters. */
#define TAGS_MAX 200
#define TAG_LENGTH 128

#define ZWNJ 0x200C
#define ZWJ 0x200D

/* A blank that may stand in a name: no tab, no line end. */
static bool is_name_blank(int32_t c)
{
	return c != 0x85 && c > 0x1F && utf8_is_space(c) && c != 0x2028 &&
	       c != 0x2029;
}

static bool is_name_mark(int32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC || c == '-' ||
	       c == 0x2010 || c == 0x2011 || c == '.';
}

/*
 * I4: the first character that the rule does not let pass, or NULL. *n is its
 * bytes. Zero-width joiners are part of how some scripts write a letter, so
 * they pass after one. A name without any letter does not pass.
 */
static const char *not_letter(const char *name, enum rule_name rule, size_t *n)
{
	const char *end = name + strlen(name);
	const char *p = name;
	bool in_word = false;
	bool letters = false;

	while (p < end) {
		const char *at = p;
		int32_t c = utf8_next(&p, end);
		bool letter = utf8_is_letter(c);
		bool joiner = (c == ZWJ || c == ZWNJ) && in_word;
		bool mark = rule == NAME_LETTERS_MARKS && is_name_mark(c);

		*n = (size_t)(p - at);
		in_word = letter || joiner || utf8_is_mark(c);
		if (!in_word && !mark && !is_name_blank(c))
			return at;
		letters |= letter;
	}
	*n = strlen(name);
	return letters ? NULL : name;
}

/* True for a cell that has characters, but none that is seen. */
static bool is_invisible(const struct checking *x, int column)
{
	size_t i = (size_t)column;

	if (column < 0 || i >= x->r->count)
		return false;
	for (const char *p = x->r->cells[i]; *p; p++)
		if ((unsigned char)*p >= 0x80)
			return true;
	return false;
}

static void check_letters(struct checking *x, enum contact_field field)
{
	enum rule_name rule = x->c->rules->name_rule;
	const char *name = str_or_empty(x->out->value[field]);
	size_t n;
	size_t unused;

	if (rule == NAME_ANY)
		return;
	if (!*name) {
		if (is_invisible(x, x->column[field]))
			problem_add(x, NAME_NOT_LETTERS, x->column[field],
			    "The name has only characters that are not seen: "
			    "write letters, or leave it empty.");
		return;
	}
	const char *bad = not_letter(name, rule, &n);

	if (!bad)
		return;
	bool marks = rule == NAME_LETTERS &&
		     !not_letter(name, NAME_LETTERS_MARKS, &unused);

	problem_add(x, NAME_NOT_LETTERS, x->column[field],
	    "The name \"%s\" has \"%s\" in it: write letters and blanks "
	    "only%s.",
	    shown(x, name), shown(x, arena_strndup(x->arena, bad, n)),
	    marks ? ", " PHRASE_MARKS_WOULD_DO : "");
}

/* I3: the name from first and last, where it has no column or no value. */
static void join_names(struct checking *x)
{
	const char **value = x->out->value;
	const char *first = value[FIELD_FIRST_NAME];
	const char *last = value[FIELD_LAST_NAME];

	if (!str_empty(value[FIELD_NAME]) || (!first && !last))
		return;
	first = str_or_empty(first);
	last = str_or_empty(last);
	value[FIELD_NAME] = arena_printf(
	    x->arena, "%s%s%s", first, *first && *last ? " " : "", last);
	if (x->column[FIELD_NAME] < 0)
		x->column[FIELD_NAME] =
		    x->column[*first ? FIELD_FIRST_NAME : FIELD_LAST_NAME];
}

void check_names(struct checking *x)
{
	if (x->column[FIELD_NAME] >= 0)
		check_letters(x, FIELD_NAME);
	check_letters(x, FIELD_FIRST_NAME);
	check_letters(x, FIELD_LAST_NAME);
	join_names(x);
}

/* A letter, digit or mark that is not of ASCII. Full-width forms are other
 * letters to a mail server than those that they look like. */
static bool is_word(int32_t c)
{
	if (c >= 0xFF00 && c <= 0xFFEF)
		return false;
	return c >= 0x80 &&
	       (utf8_is_letter(c) || utf8_is_mark(c) || utf8_is_digit(c));
}

static bool is_ascii_word(int32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static bool is_local(const char *p, const char *end)
{
	bool dot = true; /* none at the beginning, nor two in a row */

	if (end - p > 64)
		return false;
	while (p < end) {
		int32_t c = utf8_next(&p, end);

		if (c == '.' && dot)
			return false;
		dot = c == '.';
		if (!dot && !is_ascii_word(c) && !is_word(c) &&
		    (c <= 0 || c >= 0x80 || !strchr("!#$%&'*+/=?^_`{|}~-", c)))
			return false;
	}
	return !dot;
}

static bool is_label(const char *p, const char *end)
{
	size_t n = 0;

	if (p == end || *p == '-' || end[-1] == '-')
		return false;
	while (p < end) {
		int32_t c = utf8_next(&p, end);

		if (c != '-' && !is_ascii_word(c) && !is_word(c))
			return false;
		n++;
	}
	return n <= 63;
}

/* Labels with dots between, two at least; the last one is no number. */
static bool is_domain(const char *p, const char *end)
{
	const char *label = p;
	size_t labels = 0;

	for (; p <= end; p++) {
		if (p < end && *p != '.')
			continue;
		if (!is_label(label, p))
			return false;
		labels++;
		if (p < end)
			label = p + 1;
	}
	return labels > 1 &&
	       strspn(label, "0123456789") < (size_t)(end - label);
}

bool email_is_valid(const char *text)
{
	const char *at = strchr(text, '@');
	const char *end = text + strlen(text);

	if (!at || strlen(text) > 254)
		return false;
	return is_local(text, at) && is_domain(at + 1, end);
}

void check_email(struct checking *x)
{
	const char *text = str_or_empty(x->out->value[FIELD_EMAIL]);
	const char *at = strchr(text, '@');
	const char *hint = "write one address, like name@example.com";

	if (!*text || email_is_valid(text))
		return;
	if (!at)
		hint = "the @ is missing; write it like name@example.com";
	else if (strchr(at + 1, '@'))
		hint = "write one address only, like name@example.com";
	else if (strlen(text) > 254)
		hint = "it is longer than 254 characters";
	problem_add(x, EMAIL_INVALID, x->column[FIELD_EMAIL],
	    "\"%s\" is no e-mail address: %s.", shown(x, text), hint);
}

/* What a tag's text becomes: without the quotation marks of Mailchimp and the
 * star of Google's own groups ("* myContacts"). */
static const char *clean_tag(
    struct checking *x, const char *p, size_t n, bool bar_only)
{
	utf8_trim(&p, &n);
	if (bar_only)
		return arena_strndup(x->arena, p, n);
	if (n >= 2 && p[0] == '*' && p[1] == ' ') {
		p += 2;
		n -= 2;
	}
	if (n >= 2 && p[0] == '"' && p[n - 1] == '"') {
		p++;
		n -= 2;
	}
	utf8_trim(&p, &n);
	return arena_strndup(x->arena, p, n);
}

static void grow_tags(struct checking *x)
{
	size_t n = x->out->tag_count;
	size_t space = n ? n * 2 : 4;
	const char **tags = arena_alloc(x->arena, space * sizeof *tags);
	const char **folded = arena_alloc(x->arena, space * sizeof *folded);

	if (n) {
		memcpy(tags, x->out->tags, n * sizeof *tags);
		memcpy(folded, x->folded_tags, n * sizeof *folded);
	}
	x->out->tags = tags;
	x->folded_tags = folded;
	x->tag_space = space;
}

static void add_tag(struct checking *x, int column, const char *tag)
{
	struct checked_row *out = x->out;
	const char *folded = utf8_fold(x->arena, tag);

	if (!*tag)
		return;
	if (utf8_length(tag) > TAG_LENGTH) {
		problem_add(x, VALUE_TOO_LONG, column,
		    "The tag \"%s\" is longer than %d characters: shorten it.",
		    shown(x, tag), TAG_LENGTH);
		return;
	}
	for (size_t i = 0; i < out->tag_count; i++)
		if (str_equal(x->folded_tags[i], folded))
			return;
	if (out->tag_count == x->tag_space)
		grow_tags(x);
	x->folded_tags[out->tag_count] = folded;
	out->tags[out->tag_count++] = tag;
}

/* The end of the tag at p: a separator that is not within quotation marks.
 * *skip is how long the separator is. */
static const char *tag_end(const char *p, bool bar_only, size_t *skip)
{
	bool quoted = !bar_only && p[strspn(p, " ")] == '"';

	*skip = 0;
	if (quoted) {
		const char *close = strchr(strchr(p, '"') + 1, '"');

		p = close ? close + 1 : p;
	}
	for (; *p; p++) {
		*skip = 1;
		if (*p == '|' || (!bar_only && (*p == ',' || *p == ';')))
			return p;
		*skip = 5;
		if (!bar_only && strncmp(p, " ::: ", 5) == 0)
			return p;
	}
	*skip = 0;
	return p;
}

/* A cell with a '|' is divided by it alone, so that a tag with a comma in it
 * can be written: "Rome, Italy|customer", "Rome, Italy|". Not one that begins
 * with a quotation mark: there it is the quoted tags that have the commas. */
void check_tags(struct checking *x, int column, const char *text)
{
	bool bar_only =
	    x->c->format->bar_tags || (*text != '"' && strchr(text, '|'));
	size_t pieces = 0;
	size_t skip = 1;

	x->out->has_tags = true;
	while (*text) {
		const char *end = tag_end(text, bar_only, &skip);

		if (++pieces > TAGS_MAX) {
			problem_add(x, VALUE_TOO_LONG, column,
			    "The cell has more than %d tags: leave some out.",
			    TAGS_MAX);
			return;
		}
		add_tag(x, column,
		    clean_tag(x, text, (size_t)(end - text), bar_only));
		text = end + skip;
	}
}
