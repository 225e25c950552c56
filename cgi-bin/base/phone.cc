/* phone.cc: telephone numbers, by Google's libphonenumber */
/* SPDX-License-Identifier: MIT */
#include "base/phone.h"

#include <cstring>
#include <list>
#include <set>
#include <string>
#include <vector>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

extern "C" {
#include "base/utf8.h"
}

/*
 * The library is slow on long and odd texts, and forgiving: it picks a number
 * out of prose, and reads letters as the keys of a telephone. So a text is
 * first brought down to an optional plus and digits, or refused; what reaches
 * the library is short and clean.
 */
namespace
{

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

enum {
	LONGEST_TEXT = 60, /* bytes */
	MOST_DIGITS = 20,  /* E.164's 15 with a way out before them */
	E164_DIGITS = 15,
	HIGHEST_CODE = 999
};

/* The library's own logger prints on standard output. */
class SilentLogger : public i18n::phonenumbers::Logger
{
      public:
	void WriteMessage(const std::string &) override
	{
	}
};

const PhoneNumberUtil &start()
{
	PhoneNumberUtil *u = PhoneNumberUtil::GetInstance();

	u->SetLogger(new SilentLogger); /* which u owns from here on */
	return *u;
}

const PhoneNumberUtil &util()
{
	static const PhoneNumberUtil &u = start();

	return u;
}

/* What a text consists of, once its punctuation is gone. */
struct cleaned {
	bool plus;
	size_t n;		      /* digits */
	char digits[MOST_DIGITS + 1]; /* ASCII, with a NUL */
	size_t slash;		      /* digits before the last '/', or 0 */
	size_t dot;		      /* digits before the last '.', or 0 */
};

/* Marks of writing direction, joiners and soft hyphens, which come along
 * when a number is copied from a page. */
bool is_invisible(int32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
	       c == 0xfeff;
}

/* The ASCII form of a character that numbers are written with in some
 * script; 0 for one that says nothing, -1 for what is no part of a number. */
int plain_form(int32_t c)
{
	if (c == 0xff0b)
		return '+';
	if (c >= 0xff08 && c <= 0xff0f) /* full-width ( ) * + , - . / */
		return c == 0xff0a || c == 0xff0c ? -1 : c - 0xff08 + '(';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30fc)
		return '-';
	if (utf8_is_space(c) || is_invisible(c))
		return 0;
	int digit = utf8_digit_value(c);

	return digit < 0 ? -1 : '0' + digit;
}

bool add(cleaned *out, int c)
{
	switch (c) {
	case 0:
	case ' ':
	case '\t':
	case '-':
	case '(':
	case ')':
	case '[':
	case ']':
		return true;
	case '.':
		out->dot = out->n;
		return true;
	case '/':
		out->slash = out->n;
		return true;
	case '+':
		if (out->plus || out->n)
			return false;
		out->plus = true;
		return true;
	default:
		if (c < '0' || c > '9' || out->n == MOST_DIGITS)
			return false;
		out->digits[out->n++] = static_cast<char>(c);
		return true;
	}
}

/* False for a text that is no single number: too long or too short, letters,
 * a plus inside, "98765432.0" (a spreadsheet's fraction), "5551234/5551235". */
bool clean(const char *text, cleaned *out)
{
	size_t n = strnlen(text, LONGEST_TEXT + 1);
	const char *end = text + n;

	if (n > LONGEST_TEXT)
		return false;
	out->plus = false;
	out->n = out->slash = out->dot = 0;
	if (*text == '\'') /* a spreadsheet's mark of text */
		text++;
	while (text < end) {
		unsigned char c = static_cast<unsigned char>(*text);
		int form = c;

		if (c < 0x80)
			text++;
		else
			form = plain_form(utf8_next(&text, end));
		if (!add(out, form))
			return false;
	}
	out->digits[out->n] = '\0';
	if (out->n < 3)
		return false;
	if (out->dot == out->n - 1 && out->digits[out->n - 1] == '0')
		return false;
	return out->slash < 7 || out->n - out->slash < 7;
}

/* '+', calling code, zeros and digits; false when they are too many. */
bool write_e164(const PhoneNumber &number, char e164[PHONE_SIZE])
{
	char digits[24];
	char *p = digits + sizeof(digits);
	uint64_t national = number.national_number();
	int zeros = number.italian_leading_zero()
			? number.number_of_leading_zeros()
			: 0;
	int code = number.country_code();

	do {
		*--p = static_cast<char>('0' + national % 10);
		national /= 10;
	} while (national);
	for (; zeros > 0 && p > digits + 4; zeros--)
		*--p = '0';
	for (; code > 0; code /= 10)
		*--p = static_cast<char>('0' + code % 10);
	size_t n = static_cast<size_t>(digits + sizeof(digits) - p);

	if (zeros > 0 || n > E164_DIGITS)
		return false;
	e164[0] = '+';
	memcpy(e164 + 1, p, n);
	e164[n + 1] = '\0';
	return true;
}

/* The right length for a subscriber of its country, dialled in full. */
bool is_possible(const PhoneNumber &number)
{
	const char *region =
	    phone_region_of_code(static_cast<unsigned>(number.country_code()));

	if (!region)
		return false;
	if (strcmp(region, "001") == 0)
		return util().IsPossibleNumberWithReason(number) ==
		       PhoneNumberUtil::IS_POSSIBLE;
	return util().IsPossibleNumberForTypeWithReason(
		   number, PhoneNumberUtil::FIXED_LINE_OR_MOBILE) ==
	       PhoneNumberUtil::IS_POSSIBLE;
}

/* In 2024 Benin put 01 before all its numbers, which the library's data may
 * be too old to know: the rest is then judged. */
bool is_new_benin(const PhoneNumber &number)
{
	const uint64_t eight_digits = 100000000;
	uint64_t national = number.national_number();

	if (number.country_code() != 229 || !number.italian_leading_zero() ||
	    number.number_of_leading_zeros() != 1 ||
	    national / eight_digits != 1)
		return false;
	PhoneNumber old;

	old.set_country_code(229);
	old.set_national_number(national % eight_digits);
	return util().IsValidNumber(old);
}

enum phone_verdict judge(const PhoneNumber &number, char e164[PHONE_SIZE])
{
	enum phone_verdict verdict = PHONE_NOT_POSSIBLE;

	if (util().IsValidNumber(number) || is_new_benin(number))
		verdict = PHONE_VALID;
	else if (is_possible(number))
		verdict = PHONE_POSSIBLE;
	if (verdict != PHONE_NOT_POSSIBLE && write_e164(number, e164))
		return verdict;
	e164[0] = '\0';
	return PHONE_NOT_POSSIBLE;
}

/* The digits as they are, leading zeros kept apart as the library has them. */
void set_number(PhoneNumber *number, unsigned code, const char *digits)
{
	uint64_t national = 0;
	int zeros = 0;

	for (const char *p = digits; *p; p++)
		national = national * 10 + static_cast<uint64_t>(*p - '0');
	while (digits[zeros] == '0' && digits[zeros + 1])
		zeros++;
	number->Clear();
	number->set_country_code(static_cast<int>(code));
	number->set_national_number(national);
	if (zeros) {
		number->set_italian_leading_zero(true);
		number->set_number_of_leading_zeros(zeros);
	}
}

/* The calling code that digits begin with, and how long it is; 0 when there is
 * none. No code is the beginning of another. */
unsigned leading_code(const char *digits, size_t *length)
{
	unsigned code = 0;

	for (size_t n = 0; n < 3 && digits[n]; n++) {
		code = code * 10 + static_cast<unsigned>(digits[n] - '0');
		if (phone_calling_code_exists(code)) {
			*length = n + 1;
			return code;
		}
	}
	return 0;
}

/* The calling code of a region, which is mostly that of the last call. */
unsigned code_of(const char *region)
{
	thread_local std::string last;
	thread_local unsigned code;

	if (last != region) {
		code = phone_calling_code(region);
		last = region;
	}
	return code;
}

/*
 * Most numbers are already what the library would make of them: it takes off
 * trunk prefixes, and valid digits have none. To see that they are valid takes
 * half the time of reading them. It does not hold for Mexico, where 1 and ten
 * digits are valid and the library still takes off the 1, nor for Belarus with
 * its trunk prefix 8; the unit test compares both ways for every code.
 */
bool is_plain(const cleaned &c, const char *region, PhoneNumber *number)
{
	size_t length = 0;
	unsigned code =
	    c.plus ? leading_code(c.digits, &length) : code_of(region);
	const char *digits = c.digits + length;

	if (code == 0 || code == 52 || code == 375)
		return false;
	if (c.n - length < 4 || strncmp(digits, "00", 2) == 0)
		return false;
	set_number(number, code, digits);
	return util().IsValidNumber(*number);
}

/* Where no country is known, 00 in front is a plus, as in most of them. */
bool begins_with_way_out(cleaned *c)
{
	if (strncmp(c->digits, "00", 2) != 0 || c->digits[2] == '0')
		return false;
	c->n -= 2;
	memmove(c->digits, c->digits + 2, c->n + 1);
	c->plus = true;
	return true;
}

enum phone_verdict parse(
    const char *text, const char *region, char e164[PHONE_SIZE])
{
	thread_local PhoneNumber number;
	thread_local std::string input;
	thread_local std::string from;
	cleaned c;

	if (!clean(text, &c))
		return PHONE_NOT_POSSIBLE;
	if (!c.plus && !*region && !begins_with_way_out(&c))
		return PHONE_NOT_POSSIBLE;
	if (is_plain(c, region, &number) && write_e164(number, e164))
		return PHONE_VALID;
	input.assign(c.plus ? "+" : "");
	input.append(c.digits, c.n);
	from.assign(c.plus ? "ZZ" : region);
	number.Clear();
	if (util().Parse(input, from, &number) !=
	    PhoneNumberUtil::NO_PARSING_ERROR)
		return PHONE_NOT_POSSIBLE;
	return judge(number, e164);
}

enum phone_verdict national(
    unsigned code, const char *digits, char e164[PHONE_SIZE])
{
	thread_local PhoneNumber number;
	size_t n = strnlen(digits, E164_DIGITS + 1);

	if (n < 2 || n > E164_DIGITS || strspn(digits, "0123456789") != n)
		return PHONE_NOT_POSSIBLE;
	if (!phone_calling_code_exists(code))
		return PHONE_NOT_POSSIBLE;
	set_number(&number, code, digits);
	return judge(number, e164);
}

/* All that the library knows of regions and codes, in arrays that last. */
struct tables {
	std::vector<std::string> names;	    /* regions, sorted */
	std::vector<const char *> list;	    /* the same, and NULL */
	std::vector<unsigned> codes;	    /* ascending, and 0 */
	std::string main[HIGHEST_CODE + 1]; /* a code's region, or "" */

	tables()
	{
		std::set<std::string> regions;
		std::set<int> calling;

		util().GetSupportedRegions(&regions);
		util().GetSupportedCallingCodes(&calling);
		names.assign(regions.begin(), regions.end());
		for (const std::string &name : names)
			list.push_back(name.c_str());
		list.push_back(nullptr);
		for (int code : calling) {
			if (code < 1 || code > HIGHEST_CODE)
				continue;
			codes.push_back(static_cast<unsigned>(code));
			util().GetRegionCodeForCountryCode(code, &main[code]);
		}
		codes.push_back(0);
	}
};

const tables &known()
{
	static const tables t;

	return t;
}

void pretty(const char *e164, std::string *text)
{
	PhoneNumber number;

	text->assign(e164);
	if (*e164 == '+' && util().Parse(*text, "ZZ", &number) ==
				PhoneNumberUtil::NO_PARSING_ERROR)
		util().Format(number, PhoneNumberUtil::INTERNATIONAL, text);
}

} // namespace

enum phone_verdict phone_parse(
    const char *text, const char *region, char e164[PHONE_SIZE])
{
	e164[0] = '\0';
	try {
		return parse(text, region, e164);
	} catch (...) {
		e164[0] = '\0';
		return PHONE_NOT_POSSIBLE;
	}
}

enum phone_verdict phone_national(
    unsigned calling_code, const char *digits, char e164[PHONE_SIZE])
{
	e164[0] = '\0';
	try {
		return national(calling_code, digits, e164);
	} catch (...) {
		e164[0] = '\0';
		return PHONE_NOT_POSSIBLE;
	}
}

bool phone_calling_code_exists(unsigned calling_code)
{
	return phone_region_of_code(calling_code) != nullptr;
}

unsigned phone_calling_code(const char *region)
{
	try {
		int code = util().GetCountryCodeForRegion(region);

		return code > 0 ? static_cast<unsigned>(code) : 0;
	} catch (...) {
		return 0;
	}
}

const char *phone_region_of_code(unsigned calling_code)
{
	if (calling_code > HIGHEST_CODE)
		return nullptr;
	const std::string &region = known().main[calling_code];

	return region.empty() ? nullptr : region.c_str();
}

/* A page shows the same few numbers again and again. */
struct known_pretty {
	char e164[PHONE_SIZE];
	char text[40];
};

static known_pretty *pretty_slot(const char *e164)
{
	static thread_local known_pretty known[1024];
	unsigned hash = 5381;

	for (const char *p = e164; *p; p++)
		hash = hash * 33 ^ static_cast<unsigned char>(*p);
	return &known[(hash ^ hash >> 10) % 1024];
}

static void pretty_text(const char *e164, char out[40])
{
	std::string text;

	try {
		pretty(e164, &text);
	} catch (...) {
		text = e164;
	}
	size_t n = text.size() < 39 ? text.size() : 39;

	memcpy(out, text.data(), n);
	out[n] = '\0';
}

void phone_pretty(const char *e164, char out[40])
{
	size_t n = strnlen(e164, PHONE_SIZE);

	if (n == PHONE_SIZE || n == 0) {
		pretty_text(e164, out);
		return;
	}
	known_pretty *known = pretty_slot(e164);

	if (strcmp(known->e164, e164) != 0) {
		pretty_text(e164, known->text);
		memcpy(known->e164, e164, n + 1);
	}
	memcpy(out, known->text, sizeof(known->text));
}

bool phone_example(const char *region, char e164[PHONE_SIZE])
{
	PhoneNumber number;

	e164[0] = '\0';
	try {
		return util().GetExampleNumberForType(
			   region, PhoneNumberUtil::MOBILE, &number) &&
		       write_e164(number, e164);
	} catch (...) {
		return false;
	}
}

const char *const *phone_regions(void)
{
	return known().list.data();
}

const unsigned *phone_calling_codes(void)
{
	return known().codes.data();
}
