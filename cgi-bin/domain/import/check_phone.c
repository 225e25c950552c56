/* check_phone.c: telephone numbers of a row, by the form of the format */
/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/phone.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/import/checking.h"

/* Longest run of digits that is looked at: no number is nearly so long. */
#define DIGITS_MAX 32

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all_digits(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

bool is_spreadsheet_damage(const char *text)
{
	const char *p = text;

	if (*p == '#')
		return strspn(p, "#") == strlen(p) && p[1];
	p += *p == '+' || *p == '-';
	size_t digits = strspn(p, "0123456789");

	p += digits;
	if (*p == '.' || *p == ',') {
		p++;
		p += strspn(p, "0123456789");
	}
	if (!digits || (*p != 'e' && *p != 'E'))
		return false;
	p++;
	p += *p == '+' || *p == '-';
	return all_digits(p);
}

/* The digits of a number that is written with blanks, hyphens, brackets and,
 * when they are asked for, dots; false when there is anything else. */
static bool take_digits(const char *text, bool dots, char out[DIGITS_MAX])
{
	size_t n = 0;

	for (const char *p = text; *p; p++) {
		if (is_digit(*p) && n < DIGITS_MAX - 1)
			out[n++] = *p;
		else if (!strchr(dots ? " -()." : " -()", *p))
			return false;
	}
	out[n] = '\0';
	return n > 0;
}

/* What is wrong with a number that should be digits only. */
static const char *what_else(const char *text)
{
	const char *p = text + strspn(text, "0123456789");
	const char *next = p;
	int32_t c = utf8_next(&next, p + strlen(p));

	if (c == '+')
		return "a plus sign";
	if (utf8_is_letter(c))
		return "letters";
	if (utf8_is_space(c))
		return "blanks";
	if (utf8_is_digit(c))
		return "digits of another script";
	return "other signs than digits";
}

static void add_format(
    struct checking *x, const char *text, const char *example)
{
	problem_add(x, PHONE_FORMAT, x->column[FIELD_PHONE],
	    "The phone number \"%s\" has %s in it: write digits only, like "
	    "%s.",
	    shown(x, text), what_else(text), example);
}

static void add_invalid(struct checking *x, const char *text, const char *why)
{
	problem_add(x, PHONE_INVALID, x->column[FIELD_PHONE],
	    "The phone number \"%s\" %s", shown(x, text), why);
}

static void add_no_country(struct checking *x, const char *text)
{
	add_invalid(x, text,
	    "has no country code: write it with + and the country code, or "
	    "choose the country of the file's numbers.");
}

/* A number whose first digit would be taken off as a trunk prefix as soon as it
 * is read again is none: +91 0508 761522. */
static bool reads_as_itself(const char *e164)
{
	char again[PHONE_SIZE] = "";

	return phone_parse(e164, "", again) != PHONE_NOT_POSSIBLE &&
	       str_equal(again, e164);
}

/*
 * The end of every form: a number that was read is taken as its verdict and
 * the rule phone_check say.
 */
static void take(struct checking *x, const char *text,
    enum phone_verdict verdict, const char *e164)
{
	bool possible = x->c->rules->phone_check == CHECK_POSSIBLE;

	if (verdict == PHONE_NOT_POSSIBLE ||
	    (verdict == PHONE_POSSIBLE && !reads_as_itself(e164))) {
		add_invalid(x, text,
		    "does not exist in its country: check its digits and the "
		    "country code.");
		return;
	}
	if (verdict == PHONE_POSSIBLE && !possible) {
		add_invalid(x, text,
		    PHRASE_RIGHT_LENGTH
		    ": check it, or accept numbers of the right length.");
		return;
	}
	x->out->value[FIELD_PHONE] = arena_strdup(x->arena, e164);
	if (verdict == PHONE_POSSIBLE)
		problem_add(x, PHONE_UNKNOWN_RANGE, x->column[FIELD_PHONE],
		    "The phone number \"%s\" is of no known range. It was "
		    "taken because its length is right.",
		    shown(x, text));
}

/* A3: without a plus, an Indian number is ten digits, or 91 and ten. */
static void check_indian(struct checking *x, const char *text)
{
	char digits[DIGITS_MAX];
	char e164[PHONE_SIZE] = "";
	const char *ten = digits;

	if (!take_digits(text, false, digits))
		digits[0] = '\0';
	size_t n = strlen(digits);

	if (n == 14 && str_starts(digits, "0091"))
		ten += 4;
	else if (n == 12 && str_starts(digits, "91"))
		ten += 2;
	if (strlen(ten) != 10) {
		add_invalid(x, text,
		    "is not Indian: without a +, write ten digits, or 91 and "
		    "ten digits. Other countries' numbers begin with +.");
		return;
	}
	enum phone_verdict verdict = phone_national(91, ten, e164);

	take(x, text, verdict, e164);
}

static bool has_plus(const char *text)
{
	return *text == '+' || str_starts(text, "\xEF\xBC\x8B");
}

static void check_international(struct checking *x, const char *text)
{
	char e164[PHONE_SIZE] = "";
	enum phone_verdict verdict = phone_parse(text, "", e164);

	take(x, text, verdict, e164);
}

/* Digits that may carry the calling code: the better of both readings. */
static enum phone_verdict read_with_code(
    unsigned code, const char *digits, char e164[PHONE_SIZE])
{
	char prefix[12];
	char with[PHONE_SIZE] = "";
	enum phone_verdict national = phone_national(code, digits, e164);
	enum phone_verdict stripped = PHONE_NOT_POSSIBLE;

	snprintf(prefix, sizeof prefix, "%u", code);
	if (national != PHONE_VALID && str_starts(digits, prefix))
		stripped = phone_national(code, digits + strlen(prefix), with);
	if (stripped == PHONE_NOT_POSSIBLE)
		return national;
	memcpy(e164, with, sizeof with);
	return stripped;
}

static void check_plus_or_national(struct checking *x, const char *text)
{
	const char *country = x->c->rules->country;
	char digits[DIGITS_MAX];
	char e164[PHONE_SIZE] = "";

	if (has_plus(text)) {
		check_international(x, text);
		return;
	}
	if (str_equal(country, "IN")) {
		check_indian(x, text);
		return;
	}
	if (!*country) {
		add_no_country(x, text);
		return;
	}
	enum phone_verdict verdict = phone_parse(text, country, e164);

	if (verdict != PHONE_VALID && take_digits(text, false, digits))
		verdict =
		    read_with_code(phone_calling_code(country), digits, e164);
	take(x, text, verdict, e164);
}

/* M5 */
static void check_digits(struct checking *x, const char *text)
{
	const char *country = x->c->rules->country;
	char e164[PHONE_SIZE] = "";
	char trunk[PHONE_SIZE] = "";

	if (!all_digits(text)) {
		add_format(x, text, "919876543210");
		return;
	}
	if (!*country) {
		add_no_country(x, text);
		return;
	}
	enum phone_verdict verdict =
	    read_with_code(phone_calling_code(country), text, e164);

	if (verdict != PHONE_VALID &&
	    phone_parse(text, country, trunk) == PHONE_VALID)
		take(x, text, PHONE_VALID, trunk);
	else
		take(x, text, verdict, e164);
}

/* The calling code in a cell of digits; 0, with the problem, when it is
 * none. */
static unsigned calling_code(struct checking *x, const char *text)
{
	unsigned code = 0;

	if (!all_digits(text)) {
		problem_add(x, COUNTRY_CODE_FORMAT, x->code_column,
		    "The country code \"%s\" has %s in it: write digits only, "
		    "like 91.",
		    shown(x, text), what_else(text));
		return 0;
	}
	for (const char *p = text; *p && p - text < 4; p++)
		code = code * 10 + (unsigned)(*p - '0');
	if (*text == '0' || strlen(text) > 3 ||
	    !phone_calling_code_exists(code)) {
		problem_add(x, COUNTRY_CODE_UNKNOWN, x->code_column,
		    "No country has the country code \"%s\": write one like "
		    "91 or 44.",
		    shown(x, text));
		return 0;
	}
	return code;
}

/* I6: says so when the number is one once the country code is taken off. */
static void take_split(struct checking *x, const char *text, unsigned code)
{
	char e164[PHONE_SIZE] = "";
	char without[PHONE_SIZE] = "";
	char prefix[12];
	enum phone_verdict verdict = phone_national(code, text, e164);

	snprintf(prefix, sizeof prefix, "%u", code);
	size_t n = strlen(prefix);

	if (verdict != PHONE_VALID && str_starts(text, prefix) &&
	    phone_national(code, text + n, without) == PHONE_VALID) {
		problem_add(x, PHONE_INVALID, x->column[FIELD_PHONE],
		    "The phone number \"%s\" begins with the country code: "
		    "without it, %s is a valid number. Leave the country code "
		    "to its own column.",
		    shown(x, text), text + n);
		return;
	}
	take(x, text, verdict, e164);
}

/* I5, I6. text may be "": then only the country code is looked at. */
static void check_split(struct checking *x, const char *text)
{
	unsigned code = 0;

	if (*x->code)
		code = calling_code(x, x->code);
	if (!*text)
		return;
	if (!all_digits(text))
		add_format(x, text, "9876543210");
	else if (code)
		take_split(x, text, code);
}

/* A country beside a number in any form: a calling code in any usual writing,
 * or a region's letters. "" with the problem when it is neither. */
static const char *code_region(struct checking *x)
{
	char digits[DIGITS_MAX];
	char letters[3] = "";
	const char *text = x->code;

	if (strlen(text) == 2 && isalpha((unsigned char)text[0]) &&
	    isalpha((unsigned char)text[1])) {
		letters[0] = (char)toupper((unsigned char)text[0]);
		letters[1] = (char)toupper((unsigned char)text[1]);
		if (phone_calling_code(letters))
			return arena_strdup(x->arena, letters);
	}
	text += *text == '+';
	if (str_starts(text, "00"))
		text += 2;
	unsigned code = take_digits(text, false, digits)
			    ? calling_code(x, digits)
			    : calling_code(x, x->code);
	const char *region = code ? phone_region_of_code(code) : NULL;

	return region ? region : "";
}

/*
 * Without a country, digits can still be a whole number with its calling code,
 * and 00 in front says that they are.
 * Only long ones are tried: a national number of ten digits would too often
 * be taken for one of another country.
 */
static bool read_without_country(const char *text, char e164[PHONE_SIZE])
{
	char digits[DIGITS_MAX];
	char plus[DIGITS_MAX + 1];

	if (!take_digits(text, true, digits))
		return false;
	bool way_out = strncmp(digits, "00", 2) == 0;

	if (!way_out && (strlen(digits) < 11 || digits[0] == '0'))
		return false;
	snprintf(plus, sizeof plus, "%s%s", way_out ? "" : "+", digits);
	return phone_parse(plus, "", e164) == PHONE_VALID;
}

static void check_any(struct checking *x, const char *text)
{
	const char *region = x->c->rules->country;
	char e164[PHONE_SIZE] = "";

	if (has_plus(text)) {
		check_international(x, text);
		return;
	}
	if (*x->code) {
		region = code_region(x);
		if (!*region)
			return;
	}
	if (*region) {
		enum phone_verdict verdict = phone_parse(text, region, e164);

		take(x, text, verdict, e164);
	} else if (read_without_country(text, e164)) {
		take(x, text, PHONE_VALID, e164);
	} else {
		add_no_country(x, text);
	}
}

/* Line ends and other controls are in no number, however it is written. */
static bool has_controls(const char *text)
{
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ')
			return true;
	return false;
}

static void read_phone(struct checking *x)
{
	const char *text = str_or_empty(x->out->value[FIELD_PHONE]);
	enum rule_phone_form form = x->c->rules->phone_form;

	if (!*text && form != FORM_SPLIT)
		return;
	if (is_spreadsheet_damage(text)) {
		problem_add(x, SPREADSHEET_DAMAGE, x->column[FIELD_PHONE],
		    "The phone number \"%s\" was cut off by a spreadsheet, and "
		    "its digits are lost: make the column text there and write "
		    "the number again.",
		    shown(x, text));
		if (form == FORM_SPLIT)
			check_split(x, "");
		return;
	}
	if (has_controls(text) &&
	    (form == FORM_ANY || form == FORM_PLUS_OR_NATIONAL)) {
		add_invalid(x, text,
		    "has more than one line: write one number in a cell.");
		return;
	}
	switch (form) {
	case FORM_ANY:
		check_any(x, text);
		break;
	case FORM_PLUS_OR_NATIONAL:
		check_plus_or_national(x, text);
		break;
	case FORM_DIGITS:
		check_digits(x, text);
		break;
	case FORM_SPLIT:
		check_split(x, text);
		break;
	}
}

/* A contact that is found by something else, in a format that does not ask for
 * a number (isendu), is not lost for a number that cannot be read. */
static bool may_be_left_out(const struct import_rules *rules)
{
	return (rules->key == KEY_EMAIL || rules->key == KEY_USER_ID) &&
	       !(rules->required & REQUIRE_PHONE);
}

static void leave_out(struct checking *x, size_t from)
{
	for (size_t i = from; i < x->out->problem_count; i++) {
		struct problem *p = &x->out->problems[i];

		if (p->level != PROBLEM_REJECT)
			continue;
		p->code = problem_infos[PHONE_LEFT_OUT].code;
		p->level = problem_infos[PHONE_LEFT_OUT].level;
		p->message = arena_printf(x->arena,
		    "%s The contact was imported without it.", p->message);
	}
	x->out->value[FIELD_PHONE] = NULL;
}

void check_phone(struct checking *x)
{
	size_t before = x->out->problem_count;
	bool rejected = x->out->rejected;

	x->out->rejected = false;
	read_phone(x);
	if (x->out->rejected && may_be_left_out(x->c->rules))
		leave_out(x, before);
	else
		rejected |= x->out->rejected;
	x->out->rejected = rejected;
}
