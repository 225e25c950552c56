/* formats.c: the import formats: each is one row of presets */
/* SPDX-License-Identifier: MIT */
#include "domain/import/formats.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/import/problem.h"

#define F(header, field)                                                       \
	{                                                                      \
		header, TARGET_FIELD, FIELD_##field                            \
	}
#define END                                                                    \
	{                                                                      \
		NULL, TARGET_NONE, FIELD_COUNT                                 \
	}
#define LIST(...)                                                              \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}
#define MEGABYTES(n) ((n)*1024ull * 1024ull)

/* Own headers, as header_fold() leaves them. */
static const struct header_synonym no_headers[] = {END};

static const struct header_synonym aisensy_headers[] = {F("name", NAME),
    F("mobile number", PHONE), F("mobile", PHONE), F("phone", PHONE),
    F("phone number", PHONE), {"tags", TARGET_TAGS, FIELD_COUNT},
    F("source", SOURCE), F("first message", FIRST_MESSAGE), END};

static const struct header_synonym metahumans_headers[] = {
    F("user username", USERNAME), F("user phone no", PHONE),
    F("user email", EMAIL), F("user first name", FIRST_NAME),
    F("user last name", LAST_NAME), F("user title", TITLE),
    F("user account", ACCOUNT), END};

static const struct header_synonym isendu_headers[] = {F("e mail", EMAIL),
    F("email", EMAIL), F("first name", FIRST_NAME), F("last name", LAST_NAME),
    F("phone", PHONE), F("address", ADDRESS), F("house number", HOUSE_NUMBER),
    F("city", CITY), END};

static const struct header_synonym interakt_headers[] = {F("name", NAME),
    {"country code", TARGET_COUNTRY_CODE, FIELD_COUNT},
    F("phone number", PHONE), F("email", EMAIL),
    F("whatsapp opted", WHATSAPP_OPTED), F("user id", USER_ID), F("area", AREA),
    F("city", CITY), F("first name", FIRST_NAME), F("last name", LAST_NAME),
    END};

/* Phone numbers and e-mail addresses by the generic headers, too. */
static const struct header_synonym optout_headers[] = {F("number", PHONE),
    F("numbers", PHONE), F("phone numbers", PHONE), F("phones", PHONE),
    F("recipient", PHONE), F("msisdn", PHONE), F("emails", EMAIL),
    F("email addresses", EMAIL), F("opted out at", WHATSAPP_OPTED_AT),
    F("opt out at", WHATSAPP_OPTED_AT), F("opt out date", WHATSAPP_OPTED_AT),
    F("opt out time", WHATSAPP_OPTED_AT), F("optout date", WHATSAPP_OPTED_AT),
    F("unsubscribed at", WHATSAPP_OPTED_AT),
    F("unsubscribed on", WHATSAPP_OPTED_AT),
    F("unsubscribe date", WHATSAPP_OPTED_AT),
    F("unsubscribe time", WHATSAPP_OPTED_AT),
    F("unsub time", WHATSAPP_OPTED_AT), F("date", WHATSAPP_OPTED_AT),
    F("time", WHATSAPP_OPTED_AT), F("timestamp", WHATSAPP_OPTED_AT),
    F("data", WHATSAPP_OPTED_AT), F("fecha", WHATSAPP_OPTED_AT),
    F("datum", WHATSAPP_OPTED_AT), {"reason", TARGET_REASON, FIELD_COUNT},
    {"opt out reason", TARGET_REASON, FIELD_COUNT},
    {"unsubscribe reason", TARGET_REASON, FIELD_COUNT},
    {"motivo", TARGET_REASON, FIELD_COUNT},
    {"grund", TARGET_REASON, FIELD_COUNT}, {"note", TARGET_REASON, FIELD_COUNT},
    END};

static const char *const metahumans_fixed[] = {"user.username", "user.phone_no",
    "user.email", "user.first_name", "user.last_name", "user.title",
    "user.account", NULL};

const struct import_format import_formats[] = {
    {
	.key = "generic",
	.label = "Generic",
	.line = "Any contact file, like those of Google Contacts, Outlook, "
		"HubSpot or a spreadsheet: a phone number or an e-mail in each "
		"row.",
	.rules =
	    {
		.key = KEY_PHONE_ELSE_EMAIL,
		.required = REQUIRE_PHONE_OR_EMAIL,
		.phone_form = FORM_ANY,
		.unknown_tag = TAG_CREATE,
		.typed_header = true,
		.row_limit = 1000000,
		.size_limit = MEGABYTES(50),
		.source = "IMPORT",
	    },
	.headers = no_headers,
	.fingerprint =
	    LIST("wa user id", "whatsapp user id", "whatsapp opted at",
		"house number+first message", "house number+whatsapp opted"),
	.bar_in_message = true,
	.asks_country = true,
	.sample = "Name,Phone,E-mail,City,Tags\r\n"
		  "Asha Rao,+91 98765 43210,asha.rao@example.com,Pune,"
		  "\"newsletter, customer\"\r\n"
		  "Jean-Luc Martin,+33 6 12 34 56 78,jl.martin@example.fr,"
		  "Lyon,customer\r\n"
		  "Giulia Bianchi,,giulia@example.it,Torino,\r\n",
    },
    {
	.key = "aisensy",
	.label = "AiSensy",
	.line = "Name and Mobile Number in each row; Tags with | between; "
		"attributes as $Attribute.",
	.rules =
	    {
		.key = KEY_PHONE,
		.required = REQUIRE_NAME | REQUIRE_PHONE,
		.phone_form = FORM_PLUS_OR_NATIONAL,
		.country = "IN",
		.unknown_tag = TAG_DROP,
		.row_limit = 1000000,
		.size_limit = MEGABYTES(50),
		.source = "IMPORT",
	    },
	.headers = aisensy_headers,
	.fingerprint = LIST("name+mobile number", "first message"),
	.attribute_dollar = true,
	.bar_tags = true,
	.sample = "Name,Mobile Number,Tags,Source,First Message\r\n"
		  "Mohit Dua,9876543210,Marketing | Finance,Facebook,Price\r\n"
		  "Asha Rao,+919876543211,,Walk-in,\r\n"
		  "Jane Smith,+15417543010,,,Demo\r\n",
    },
    {
	.key = "metahumans",
	.label = "Meta Humans",
	.line = "A header of seven user columns in their order, attributes "
		"with their types to the right; at most 1,000 rows.",
	.rules =
	    {
		.key = KEY_PHONE,
		.required = REQUIRE_PHONE,
		.phone_form = FORM_DIGITS,
		.blank = BLANK_CLEAR,
		.unknown_tag = TAG_CREATE,
		.unknown_column = COLUMN_CREATE,
		.typed_header = true,
		.fixed_header = true,
		.row_limit = 1000,
		.row_limit_cuts = true,
		.size_limit = MEGABYTES(50),
		.source = "IMPORT",
		.segment_required = true,
	    },
	.headers = metahumans_headers,
	.own_headers_only = true,
	.fixed = metahumans_fixed,
	.fingerprint = LIST("user username", "user phone no", "user email",
	    "user first name", "user last name", "user title", "user account"),
	.strict_booleans = true,
	.strict_opted = true,
	.asks_country = true,
	.country_required = true,
	.asks_channel = true,
	.sample = "user.username,user.phone_no,user.email,user.first_name,"
		  "user.last_name,user.title,user.account\r\n"
		  "asha,919876543210,asha@example.com,Asha,Rao,Ms,Acme\r\n"
		  "john,919876543211,,John,Doe,,\r\n",
    },
    {
	.key = "isendu",
	.label = "isendu",
	.line = "An e-mail in each row; first name, last name and phone are "
		"recommended; with or without a header.",
	.rules =
	    {
		.key = KEY_EMAIL,
		.required = REQUIRE_EMAIL,
		.phone_form = FORM_ANY,
		.unknown_tag = TAG_CREATE,
		.row_limit = 1000000,
		.size_limit = MEGABYTES(50),
		.source = "IMPORT",
	    },
	.headers = isendu_headers,
	.fingerprint = LIST("house number", "e mail+first name+last name"),
	.asks_header = true,
	.asks_house_number = true,
	.asks_last_mapping = true,
	.asks_country = true,
	.sample = "E-mail,First name,Last name,Phone,Address,House number,"
		  "City\r\n"
		  "mario.rossi@example.it,Mario,Rossi,+39 333 1234567,"
		  "Via Roma,12/B,Torino\r\n"
		  "lucia.verdi@example.it,Lucia,Verdi,,Corso Francia,1,"
		  "Torino\r\n",
    },
    {
	.key = "interakt",
	.label = "Interakt",
	.line = "Country Code and Phone Number in two columns, digits only; "
		"names of letters; at most 500,000 rows.",
	.rules =
	    {
		.key = KEY_PHONE,
		.required = REQUIRE_PHONE | REQUIRE_COUNTRY_CODE,
		.phone_form = FORM_SPLIT,
		.name_rule = NAME_LETTERS,
		.duplicates = DUPLICATES_FIRST_WINS,
		.unknown_tag = TAG_CREATE,
		.row_limit = 500000,
		.size_limit = MEGABYTES(50),
		.source = "IMPORT",
	    },
	.headers = interakt_headers,
	.fingerprint = LIST("country code+phone number", "whatsapp opted"),
	.strict_opted = true,
	.sample = "Name,Country Code,Phone Number,Email,WhatsApp Opted,"
		  "User ID,Area,City\r\n"
		  "Asha Rao,91,9876543210,asha@example.com,TRUE,U1,Baner,"
		  "Pune\r\n"
		  "Ravi Kumar,91,9876543211,,FALSE,U2,,\r\n",
    },
    {
	.key = "optout",
	.label = "Opt-outs",
	.line = "A list of numbers or e-mail addresses that are not to be "
		"contacted, with or without a header; it creates nobody.",
	.rules =
	    {
		.key = KEY_PHONE_ELSE_EMAIL,
		.required = REQUIRE_PHONE_OR_EMAIL,
		.phone_form = FORM_ANY,
		.phone_check = CHECK_POSSIBLE,
		.unknown_tag = TAG_CREATE,
		.unknown_column = COLUMN_IGNORE,
		.typed_header = true,
		.row_limit = 1000000,
		.size_limit = MEGABYTES(50),
		.source = "IMPORT",
	    },
	.headers = optout_headers,
	.fingerprint = LIST("opted out at", "opt out date", "optout date",
	    "unsubscribed at", "unsubscribed on", "unsubscribe date",
	    "unsub time", "opt out reason", "unsubscribe reason"),
	.optout = true,
	.asks_country = true,
	.sample = "Phone,E-mail,Opted out at,Reason\r\n"
		  "+91 98765 43210,,2026-03-02T10:15:00Z,Too many messages\r\n"
		  "+33 6 12 34 56 78,,,\r\n"
		  ",giulia@example.it,2026-03-05,\r\n",
    },
    {.key = NULL},
};

const struct import_format *import_format_find(const char *key)
{
	for (const struct import_format *f = import_formats; f->key; f++)
		if (str_equal(f->key, key))
			return f;
	return NULL;
}

bool import_channel_known(const char *name)
{
	return str_empty(name) || str_equal_nocase(name, "whatsapp");
}

const char *header_fold(struct arena *a, const char *header)
{
	size_t n = strlen(header);

	utf8_trim(&header, &n);
	char *spaced = arena_strndup(a, header, n);

	for (char *p = spaced; *p; p++)
		if (*p == '_' || *p == '-' || *p == '.')
			*p = ' ';
	const char *folded = utf8_fold(a, spaced);

	n = strlen(folded);
	utf8_trim(&folded, &n);
	return arena_strndup(a, folded, n);
}

static const struct header_synonym *find_in(
    const struct header_synonym *headers, const char *folded, size_t *rank)
{
	for (size_t i = 0; headers[i].header; i++) {
		if (strcmp(headers[i].header, folded) != 0)
			continue;
		if (rank)
			*rank = i;
		return &headers[i];
	}
	return NULL;
}

const struct header_synonym *import_header_find(
    const struct import_format *f, const char *folded, size_t *rank)
{
	const struct header_synonym *found = find_in(f->headers, folded, rank);

	if (found || f->own_headers_only)
		return found;
	found = find_in(generic_headers, folded, rank);
	if (found && rank)
		*rank += GENERIC_RANK;
	return found;
}

/* The column (from 0) with a folded header; -1 when there is none. */
static int column_of(
    const char *const *folded, size_t columns, const char *header, size_t n)
{
	for (size_t i = 0; i < columns; i++)
		if (strlen(folded[i]) == n && memcmp(folded[i], header, n) == 0)
			return (int)i;
	return -1;
}

/* The last column of a fingerprint "A+B" when all of it is there, else -1. */
static int find_mark(
    const char *const *folded, size_t columns, const char *mark)
{
	int at = -1;

	for (;;) {
		size_t n = strcspn(mark, "+");

		at = column_of(folded, columns, mark, n);
		if (at < 0 || !mark[n])
			return at;
		mark += n + 1;
	}
}

/* How many marks of the format the header has. `first` is the column of the
 * first of them, to be named; untouched when there is none. */
static size_t likeness(const struct import_format *f, const char *const *header,
    const char *const *folded, size_t columns, int *first)
{
	size_t marks = 0;

	for (size_t i = 0; f->fingerprint[i]; i++) {
		int at = find_mark(folded, columns, f->fingerprint[i]);

		if (at < 0)
			continue;
		if (marks++ == 0)
			*first = at;
	}
	for (size_t i = 0; f->attribute_dollar && i < columns; i++) {
		if (header[i][0] != '$' || !header[i][1])
			continue;
		if (marks++ == 0)
			*first = (int)i;
	}
	return marks;
}

static const char *ordinal(struct arena *a, int column)
{
	static const char *const words[] = {"first", "second", "third",
	    "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"};

	if (column < 10)
		return words[column];
	return arena_printf(a, "%dth", column + 1);
}

const struct import_format *import_format_guess(struct arena *a,
    const char *const *header, size_t columns, const char **reason)
{
	const struct import_format *best = &import_formats[0];
	const char **folded = arena_alloc(a, columns * sizeof *folded);
	size_t most = 0;
	int column = 0;

	for (size_t i = 0; i < columns; i++)
		folded[i] = header_fold(a, header[i]);
	for (const struct import_format *f = import_formats; f->key; f++) {
		int first = 0;
		size_t marks = likeness(f, header, folded, columns, &first);

		if (marks <= most)
			continue;
		most = marks;
		best = f;
		column = first;
	}
	*reason =
	    most ? arena_printf(a, "has %s as its %s column",
		       problem_value(a, header[column]), ordinal(a, column))
		 : "has the columns of no other format";
	return best;
}
