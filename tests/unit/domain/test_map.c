/* test_map.c: what columns become, by themselves and by the user's words */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/import/inspect.h"
#include "domain/import/map.h"

#define COLUMNS 40

static struct arena arena;

static struct attribute book_items[] = {
    {{1}, "Birthday", "", TYPE_DATE},
    {{2}, "City", "", TYPE_TEXT},
    {{3}, "ltv", "Lifetime Value", TYPE_NUMBER},
};
static const struct attribute_list book = {book_items, 3};
static const struct attribute_list no_book = {NULL, 0};

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static size_t count(const char *const *header)
{
	size_t n = 0;

	while (header[n])
		n++;
	return n;
}

/* A mapping in words, a comma between columns: "phone", "tags", "-" (left
 * out), "?" (undecided), "=name" (attribute), "+name:TYPE" (to be created). */
static const char *words(const struct mapping *m)
{
	const char *text = "";

	for (size_t i = 0; i < m->count; i++) {
		const struct column_target *t = &m->columns[i];
		const char *word = "?";

		if (t->kind == TARGET_NONE)
			word = "-";
		if (t->kind == TARGET_FIELD)
			word = contact_fields[t->field].key;
		if (t->kind == TARGET_COUNTRY_CODE)
			word = "country_code";
		if (t->kind == TARGET_TAGS)
			word = "tags";
		if (t->kind == TARGET_REASON)
			word = "reason";
		if (t->kind == TARGET_ATTRIBUTE)
			word =
			    t->create
				? arena_printf(&arena, "+%s:%s", t->attribute,
				      attribute_types[t->type].key)
				: arena_printf(&arena, "=%s", t->attribute);
		text = arena_printf(&arena, "%s%s%s", text, i ? "," : "", word);
	}
	return text;
}

static struct mapping guess(const char *format,
    const struct attribute_list *attributes, const char *const *header,
    size_t columns)
{
	const struct import_format *f = import_format_find(format);
	struct mapping m;

	map_guess(&arena, f, &f->rules, attributes, header, columns, &m);
	return m;
}

struct guess_case {
	const char *format;
	bool with_book;
	const char *words;
	const char *header[COLUMNS];
};

static const struct guess_case guesses[] = {
    {"generic", false, "name,phone,email,city,tags",
	{"Name", "Phone", "E-mail", "City", "Tags"}},
    {"generic", false, "?,name,?", {"", "  NAME ", "Shoe size"}},
    /* Google Contacts, before and since 2024 */
    {"generic", false, "name,first_name,?,last_name,tags,?,email,?,?,phone",
	{"Name", "Given Name", "Additional Name", "Family Name",
	    "Group Membership", "E-mail 1 - Type", "E-mail 1 - Value",
	    "E-mail 2 - Value", "Phone 1 - Type", "Phone 1 - Value"}},
    {"generic", false,
	"first_name,?,last_name,account,title,tags,?,email,?,phone,?",
	{"First Name", "Middle Name", "Last Name", "Organization Name",
	    "Organization Title", "Labels", "E-mail 1 - Label",
	    "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value",
	    "Phone 2 - Value"}},
    /* Outlook: the mobile phone wins */
    {"generic", false,
	"title,first_name,last_name,account,address,city,country,?,?,phone,?,"
	"email",
	{"Title", "First Name", "Last Name", "Company", "Business Street",
	    "Business City", "Business Country", "Business Phone", "Home Phone",
	    "Mobile Phone", "Primary Phone", "E-mail Address"}},
    /* HubSpot, with one header twice */
    {"generic", false,
	"?,first_name,last_name,email,phone,?,account,city,country,?",
	{"Record ID", "First Name", "Last Name", "Email", "Phone Number",
	    "Lead Status", "Company name", "City", "Country/Region",
	    "Phone Number"}},
    /* Mailchimp */
    {"generic", false, "email,first_name,last_name,address,phone,?,?,tags",
	{"Email Address", "First Name", "Last Name", "Address", "Phone Number",
	    "MEMBER_RATING", "OPTIN_TIME", "TAGS"}},
    /* Shopify: marketing flags say nothing of WhatsApp's opt-in */
    {"generic", false,
	"?,first_name,last_name,email,?,account,address,?,city,?,country,?,"
	"phone,?,?,tags,?",
	{"Customer ID", "First Name", "Last Name", "Email",
	    "Accepts Email Marketing", "Default Address Company",
	    "Default Address Address1", "Default Address Address2",
	    "Default Address City", "Default Address Province Code",
	    "Default Address Country Code", "Default Address Phone", "Phone",
	    "Accepts SMS Marketing", "Note", "Tags",
	    "Accepts WhatsApp Marketing"}},
    /* Salesforce, Zoho, Stripe, Pipedrive, Mautic, listmonk, WATI, Odoo */
    {"generic", false, "first_name,last_name,account,city,?,phone,email",
	{"First Name", "Last Name", "Account Name", "Mailing City", "Phone",
	    "Mobile", "Email"}},
    {"generic", false, "name,email,phone,source",
	{"Lead Name", "Email", "Phone", "Lead Source"}},
    {"generic", false, "?,?,email,name,?",
	{"id", "Description", "Email", "Name", "Created (UTC)"}},
    {"generic", false, "?,name,email,phone,account",
	{"Person - ID", "Person - Name", "Person - Email", "Person - Phone",
	    "Organization - Name"}},
    {"generic", false, "first_name,last_name,email,phone,account,title",
	{"firstname", "lastname", "email", "phone", "company", "title"}},
    {"generic", false, "email,name,?", {"email", "name", "attributes"}},
    {"generic", false, "name,country_code,phone,?",
	{"Name", "CountryCode", "Phone", "AllowBroadcast"}},
    {"generic", false, "name,address,city,country,?,phone,email",
	{"Name", "Street", "City", "Country", "Phone", "Mobile", "Email"}},
    /* Thunderbird */
    {"generic", false, "first_name,name,email,?,?,phone,account",
	{"First Name", "Display Name", "Primary Email", "Secondary Email",
	    "Work Phone", "Mobile Number", "Organization"}},
    {"generic", false, "name,email,?,phone",
	{"Lead Name", "EMAIL ADDRESS", "\u260e Contact", "Whatsapp Number"}},
    /* other languages */
    {"generic", false, "name,email,phone,account,?",
	{"Nom", "Email", "T\u00e9l\u00e9phone", "Entreprise", "Statut"}},
    {"generic", false, "first_name,last_name,phone,email,city",
	{"Nome", "Cognome", "Cellulare", "E-mail", "Citt\u00e0"}},
    {"generic", false, "last_name,first_name,email",
	{"Nom", "Pr\u00e9nom", "Courriel"}},
    {"generic", false, "last_name,first_name,phone,address,?",
	{"Name", "Vorname", "Handy", "Strasse", "PLZ"}},
    {"generic", false, "first_name,last_name,phone,email,country",
	{"Nombre", "Apellidos", "Tel\u00e9fono m\u00f3vil", "Correo",
	    "Pa\u00eds"}},
    {"generic", false, "first_name,last_name,phone,city",
	{"Nome", "Sobrenome", "Telem\u00f3vel", "Cidade"}},
    {"generic", false, "name,phone", {"Nome", "Telefono"}},
    /* the book's attributes by name or label, and typed headers */
    {"generic", true, "city,=Birthday,=ltv,?",
	{"City", "BIRTHDAY", "lifetime value", "Shoe size"}},
    {"generic", false, "+joined:DATE,+x:TEXT,?",
	{"joined||date", "x||", "y||WORD"}},
    {"generic", true, "=Birthday", {"birthday||DATE"}},
    {"generic", false, "+a||NUMBER:TEXT,+a||b:DATE",
	{"a||NUMBER||TEXT", "a||b||DATE"}},
    {"generic", true, "=Birthday,?", {"Birthday", "birthday"}},
    /* a corrected file comes back (S6) */
    {"generic", false, "phone,-", {"Phone", "Error"}},
    {"generic", false, "phone,-", {"Phone", "Comments"}},
    {"generic", false, "phone,?,email", {"Phone", "Error", "Email"}},
    /* A1 */
    {"aisensy", false,
	"name,phone,tags,source,first_message,+City:TEXT,+x y:TEXT",
	{"Name", "Mobile Number", "Tags", "Source", "First Message", "$City",
	    "$x y"}},
    {"aisensy", true, "name,phone,=City,=Birthday,email,?",
	{"Name", "Mobile", "City", "$birthday", "Email", "$"}},
    {"aisensy", false, "name,phone,city", {"Name", "Phone", "City"}},
    {"aisensy", false, "?,?,phone", {"Country Code", "Phone Number", "Phone"}},
    /* M1-M3 */
    {"metahumans", false,
	"username,phone,email,first_name,last_name,title,account,"
	"+office.no:NUMBER,+remark:TEXT,+email:TEXT,-,-",
	{"user.username", "user.phone_no", "user.email", "user.first_name",
	    "user.last_name", "user.title", "user.account", "office.no||NUMBER",
	    "remark", "email", "", "Comments"}},
    /* S4 */
    {"isendu", false,
	"email,first_name,last_name,phone,address,house_number,?,city",
	{"E-mail", "First name", "Last name", "Phone", "Address",
	    "House number", "ZIP", "City"}},
    /* I1, I3 */
    {"interakt", false,
	"name,country_code,phone,email,whatsapp_opted,user_id,area,city,?",
	{"Name", "Country Code", "Phone Number", "Email", "WhatsApp Opted",
	    "User ID", "Area", "City", "Gender"}},
    {"interakt", false, "first_name,last_name,country_code,phone",
	{"First Name", "Last Name", "country_code", "phone-number"}},
};

static void test_guess(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
		const struct guess_case *c = &guesses[i];
		struct mapping m =
		    guess(c->format, c->with_book ? &book : &no_book, c->header,
			count(c->header));

		assert_string_equal(words(&m), c->words);
		for (size_t k = 0; k < m.count; k++)
			assert_int_equal(m.columns[k].guessed,
			    m.columns[k].kind != TARGET_UNDECIDED);
	}
}

static void test_no_header(void **state)
{
	(void)state;
	struct mapping m = guess("isendu", &book, NULL, 3);

	assert_string_equal(words(&m), "?,?,?");
	m = guess("metahumans", &book, NULL, 8);
	assert_string_equal(words(&m),
	    "username,phone,email,first_name,last_name,title,account,?");
	m = guess("metahumans", &book, NULL, 2);
	assert_string_equal(words(&m), "username,phone");
	m = guess("generic", NULL, NULL, 0);
	assert_int_equal(m.count, 0);
}

static void test_unknown_column(void **state)
{
	static const char *const header[] = {"Phone", "Shoe size", ""};
	struct import_rules r = import_formats[0].rules;
	struct mapping m;

	(void)state;
	r.unknown_column = COLUMN_IGNORE;
	map_guess(&arena, &import_formats[0], &r, &book, header, 3, &m);
	assert_string_equal(words(&m), "phone,-,-");
	r.unknown_column = COLUMN_CREATE;
	map_guess(&arena, &import_formats[0], &r, &book, header, 3, &m);
	assert_string_equal(words(&m), "phone,+Shoe size:TEXT,-");
}

struct apply_case {
	const char *json;
	const char *words;
	unsigned column;  /* of the first message */
	const char *says; /* "": no message */
};

static const struct apply_case applies[] = {
    {"{}", "name,phone,?,?", 0, ""},
    {"{\"Mail\": \"email\"}", "name,phone,email,?", 0, ""},
    {"{\"  mail \": \"E-mail\"}", "name,phone,email,?", 0, ""},
    {"{\"3\": \"Email Address\"}", "name,phone,email,?", 0, ""},
    {"{\"Name\": null}", "-,phone,?,?", 0, ""},
    {"{\"Name\": \"\"}", "-,phone,?,?", 0, ""},
    {"{\"2024\": \"tags\", \"1\": \"First name\"}", "first_name,phone,?,tags",
	0, ""},
    {"{\"2024\": \"country_code\"}", "name,phone,?,country_code", 0, ""},
    {"{\"Mail\": \"birthday\"}", "name,phone,=Birthday,?", 0, ""},
    {"{\"Mail\": \"city\"}", "name,phone,city,?", 0, ""},
    {"{\"Mail\": {\"attribute\": \"city\"}}", "name,phone,=City,?", 0, ""},
    {"{\"Mail\": {\"attribute\": \"x\"}}", "name,phone,+x:TEXT,?", 0, ""},
    {"{\"Mail\": {\"attribute\": \" x \", \"type\": \"date\"}}",
	"name,phone,+x:DATE,?", 0, ""},
    {"{\"Mail\": {\"attribute\": \"LTV\", \"type\": \"NUMBER\"}}",
	"name,phone,=ltv,?", 0, ""},
    /* a guess gives way to what was chosen */
    {"{\"Mail\": \"phone\"}", "name,?,phone,?", 0, ""},
    {"{\"Mail\": \"phone\", \"Phone\": \"phone\"}", "name,phone,phone,?", 0,
	""},
    /* what cannot be */
    {"{\"Colour\": \"email\"}", "name,phone,?,?", 0, "no column \"Colour\""},
    {"{\"0\": \"email\"}", "name,phone,?,?", 0, "no column"},
    {"{\"5\": \"email\"}", "name,phone,?,?", 0, "no column"},
    {"{\"Mail\": \"shoes\"}", "name,phone,?,?", 3, "neither a field"},
    {"{\"Mail\": 7}", "name,phone,?,?", 3, "Write the key"},
    {"{\"Mail\": [\"email\"]}", "name,phone,?,?", 3, "Write the key"},
    {"{\"Mail\": {}}", "name,phone,?,?", 3, "a name"},
    {"{\"Mail\": {\"attribute\": \"x\", \"type\": \"WORD\"}}", "name,phone,?,?",
	3, "no type \"WORD\""},
    {"{\"Mail\": {\"attribute\": \"ltv\", \"type\": \"DATE\"}}",
	"name,phone,?,?", 3, "type NUMBER in the book, not DATE"},
    {"[]", "name,phone,?,?", 0, "JSON object"},
    {"{\"Mail\"", "name,phone,?,?", 0, "JSON object"},
    {"", "name,phone,?,?", 0, "JSON object"},
};

static void test_apply(void **state)
{
	static const char *const header[] = {"Name", "Phone", "Mail", "2024"};
	static const char *const odd[] = {"Name", "Phone", "Post", "2024"};

	(void)state;
	for (size_t i = 0; i < sizeof applies / sizeof *applies; i++) {
		const struct apply_case *c = &applies[i];
		struct map_messages out = {.count = 0};
		struct mapping m = guess("generic", &book, odd, 4);

		map_apply_json(&arena, c->json, &book, header, 4, &m, &out);
		assert_string_equal(words(&m), c->words);
		assert_int_equal(out.count, *c->says ? 1 : 0);
		if (!out.count)
			continue;
		assert_int_equal(out.items[0].column, c->column);
		assert_non_null(strstr(out.items[0].text, c->says));
	}
}

static void test_apply_without_header(void **state)
{
	struct map_messages out = {.count = 0};
	struct mapping m = guess("isendu", &book, NULL, 3);

	(void)state;
	map_apply_json(&arena, "{\"3\": \"email\", \"1\": \"first_name\"}",
	    &book, NULL, 3, &m, &out);
	assert_string_equal(words(&m), "first_name,?,email");
	assert_int_equal(out.count, 0);
}

static void test_messages_are_capped(void **state)
{
	struct map_messages out = {.count = 0};
	struct mapping m = guess("generic", NULL, NULL, 200);

	(void)state;
	map_validate(&arena, &import_formats[0], &import_formats[0].rules, true,
	    &m, &out);
	assert_int_equal(out.count, 64);
}

struct validate_case {
	const char *format;
	const char *json; /* over a file of four unnamed columns */
	unsigned column;
	const char *says;
};

static const struct validate_case validates[] = {
    {"generic", "{\"1\": \"phone\"}", 0, ""},
    {"generic", "{\"1\": \"email\"}", 0, ""},
    {"generic", "{\"1\": \"name\"}", 0, "phone number, or"},
    {"generic", "{\"1\": \"phone\", \"3\": \"phone\"}", 3,
	"already chosen for column 1"},
    {"generic",
	"{\"1\": \"phone\", \"2\": {\"attribute\": \"a\"}, "
	"\"3\": {\"attribute\": \"A\"}}",
	3, "A is already"},
    {"generic", "{\"1\": \"phone\", \"2\": \"tags\", \"3\": \"tags\"}", 0, ""},
    /* A2, M5, S4, I2 */
    {"aisensy", "{\"1\": \"phone\"}", 0, "has the name"},
    {"aisensy", "{\"1\": \"name\"}", 0, "phone number"},
    {"aisensy", "{\"1\": \"last_name\", \"2\": \"phone\"}", 0, ""},
    {"aisensy", "{\"1\": \"name\", \"2\": \"phone\", \"3\": \"country_code\"}",
	3, "country code"},
    {"isendu", "{\"1\": \"phone\"}", 0, "e-mail"},
    {"isendu", "{\"1\": \"email\"}", 0, ""},
    {"interakt", "{\"1\": \"phone\"}", 0, "country code"},
    {"interakt", "{\"1\": \"country_code\"}", 0, "phone number"},
    {"interakt", "{\"1\": \"country_code\", \"2\": \"phone\"}", 0, ""},
};

static void test_validate(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof validates / sizeof *validates; i++) {
		const struct validate_case *c = &validates[i];
		const struct import_format *f = import_format_find(c->format);
		struct map_messages out = {.count = 0};
		struct mapping m = guess(c->format, &no_book, NULL, 4);

		map_apply_json(&arena, c->json, &no_book, NULL, 4, &m, &out);
		map_validate(&arena, f, &f->rules, false, &m, &out);
		assert_int_equal(out.count, *c->says ? 1 : 0);
		for (size_t k = 0; k < 4; k++)
			assert_int_not_equal(
			    m.columns[k].kind, TARGET_UNDECIDED);
		if (!out.count)
			continue;
		assert_int_equal(out.items[0].column, c->column);
		assert_non_null(strstr(out.items[0].text, c->says));
	}
}

static void test_validate_asks(void **state)
{
	struct map_messages out = {.count = 0};
	struct mapping m = guess("generic", &no_book, NULL, 2);

	(void)state;
	map_apply_json(
	    &arena, "{\"1\": \"phone\"}", &no_book, NULL, 2, &m, &out);
	map_validate(&arena, &import_formats[0], &import_formats[0].rules, true,
	    &m, &out);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.items[0].column, 2);
	assert_int_equal(m.columns[1].kind, TARGET_UNDECIDED);
}

#define SEVEN                                                                  \
	"user.username", "user.phone_no", "user.email", "user.first_name",     \
	    "user.last_name", "user.title", "user.account"

struct refuse_case {
	const char *format;
	int code; /* -1: accepted */
	const char *says;
	const char *header[COLUMNS];
};

static const struct refuse_case refusals[] = {
    {"metahumans", -1, "", {SEVEN}},
    {"metahumans", -1, "", {SEVEN, "a", "b||number", "", "c||Location"}},
    {"metahumans", -1, "", {SEVEN, "Birthday||DATE", "ltv||NUMBER"}},
    {"metahumans", -1, "", {SEVEN, "City", "Comments"}},
    /* M1 */
    {"metahumans", REFUSED_HEADER_ORDER, "Column 1 should be user.username",
	{"Name", "user.phone_no"}},
    {"metahumans", REFUSED_HEADER_ORDER,
	"Column 2 should be user.phone_no, but is \"user.email\"",
	{"user.username", "user.email", "user.phone_no", "user.first_name",
	    "user.last_name", "user.title", "user.account"}},
    {"metahumans", REFUSED_HEADER_ORDER,
	"Column 3 should be user.email, but the header ends",
	{"user.username", "user.phone_no"}},
    {"metahumans", REFUSED_HEADER_ORDER, "user.username",
	{"User.Username", "user.phone_no"}},
    /* M2 */
    {"metahumans", REFUSED_ATTRIBUTE_TYPE_UNKNOWN,
	"joined has the type \"DAY\"", {SEVEN, "joined||DAY"}},
    {"generic", REFUSED_ATTRIBUTE_TYPE_UNKNOWN, "DAY",
	{"Phone", "joined||DAY"}},
    {"aisensy", -1, "", {"Name", "joined||DAY"}},
    /* M3 */
    {"metahumans", REFUSED_ATTRIBUTE_TYPE_CONFLICT,
	"is of type TEXT, but the attribute is of type DATE in the book",
	{SEVEN, "birthday||TEXT"}},
    {"metahumans", REFUSED_ATTRIBUTE_TYPE_CONFLICT, "type TEXT",
	{SEVEN, "birthday"}},
    {"metahumans", REFUSED_ATTRIBUTE_TYPE_CONFLICT, "earlier column",
	{SEVEN, "x||DATE", "X||TIME"}},
    {"generic", REFUSED_ATTRIBUTE_TYPE_CONFLICT, "type NUMBER in the book",
	{"Phone", "LTV||DATE"}},
    {"generic", -1, "", {"Phone", "Birthday", "ltv"}},
};

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		const struct refuse_case *c = &refusals[i];
		const struct import_format *f = import_format_find(c->format);
		enum problem_code code = PROBLEM_CODES;
		const char *message = "";
		bool refused = map_refuses(&arena, &f->rules, f, &book,
		    c->header, count(c->header), &code, &message);

		assert_int_equal(refused, c->code >= 0);
		assert_non_null(strstr(message, c->says));
		if (refused)
			assert_int_equal(code, c->code);
	}
}

static void test_refuses_no_header(void **state)
{
	const struct import_format *f = import_format_find("metahumans");
	enum problem_code code;
	const char *message;

	(void)state;
	assert_true(
	    map_refuses(&arena, &f->rules, f, &book, NULL, 7, &code, &message));
	assert_int_equal(code, REFUSED_HEADER_ORDER);
	f = import_format_find("isendu");
	assert_false(
	    map_refuses(&arena, &f->rules, f, &book, NULL, 7, &code, &message));
}

static void test_json(void **state)
{
	static const char *const bad[] = {"", "{}", "[1]", "[\"phone\"]",
	    "[{\"field\": \"colour\"}]", "[{\"attribute\": \"x\"}]",
	    "[{\"attribute\": \"x\", \"type\": \"WORD\"}]", "[null"};
	struct mapping back;

	(void)state;
	for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
		struct mapping m = guess(guesses[i].format, &book,
		    guesses[i].header, count(guesses[i].header));
		const char *json = map_to_json(&arena, &m);

		assert_true(map_from_json(&arena, json, &back));
		assert_string_equal(words(&back), words(&m));
		assert_string_equal(map_to_json(&arena, &back), json);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(map_from_json(&arena, bad[i], &back));
}

/* Two thousand columns, all alike and all different, take no time. */
static void test_wide(void **state)
{
	const char **header = arena_alloc(&arena, 2000 * sizeof *header);
	struct map_messages out = {.count = 0};
	struct mapping m;
	enum problem_code code;
	const char *message;

	(void)state;
	for (int i = 0; i < 2000; i++)
		header[i] =
		    i % 2 ? arena_printf(&arena, "a%d||TEXT", i) : "x||TEXT";
	m = guess("generic", &book, header, 2000);
	assert_false(map_refuses(&arena, &import_formats[0].rules,
	    &import_formats[0], &book, header, 2000, &code, &message));
	map_validate(&arena, &import_formats[0], &import_formats[0].rules,
	    false, &m, &out);
	assert_string_equal(m.columns[1].attribute, "a1");
	assert_int_equal(m.columns[2].kind, TARGET_NONE);
}

/* A list of opt-outs takes keys, a time and a reason, and nothing else. */
static void test_list_of_opt_outs(void **state)
{
	static const char *const header[] = {"Name", "Mobile", "E-mail", "Date",
	    "Reason", "City", "Size||NUMBER", "Loyalty", NULL};
	const struct import_format *f = import_format_find("optout");
	const struct import_format *generic = import_format_find("generic");
	struct map_messages said = {.count = 0};
	struct mapping m;

	(void)state;
	map_guess(&arena, f, &f->rules, &book, header, 8, &m);
	assert_string_equal(
	    words(&m), "-,phone,email,whatsapp_opted_at,reason,-,-,-");
	map_validate(&arena, f, &f->rules, true, &m, &said);
	assert_int_equal(said.count, 0);
	assert_string_equal(
	    (map_from_json(&arena, map_to_json(&arena, &m), &m), words(&m)),
	    "-,phone,email,whatsapp_opted_at,reason,-,-,-");
	map_apply_json(&arena, "{\"Name\": \"name\", \"City\": \"tags\"}",
	    &book, header, 8, &m, &said);
	map_validate(&arena, f, &f->rules, true, &m, &said);
	assert_int_equal(said.count, 2);
	said.count = 0;
	map_guess(&arena, generic, &generic->rules, &book, header, 8, &m);
	map_apply_json(&arena, "{\"Reason\": \"opt_out_reason\"}", &book,
	    header, 8, &m, &said);
	map_validate(&arena, generic, &generic->rules, false, &m, &said);
	assert_int_equal(said.count, 1);
}

/* Without a header the first values tell. */
static void test_bare_list(void **state)
{
	static const struct import_column columns[] = {
	    {.samples = {"Mario", "+39"}, .sample_count = 2},
	    {.samples = {"+39 333 1234567", "00441234567"}, .sample_count = 2},
	    {.samples = {"a@b.it", "no"}, .sample_count = 2},
	    {.samples = {"a@b.it"}, .sample_count = 1},
	    {.samples = {"3331234567"}, .sample_count = 1},
	    {.sample_count = 0},
	    {.samples = {"c@d.it"}, .sample_count = 1},
	};
	const struct import_format *f = import_format_find("optout");
	struct mapping m;

	(void)state;
	map_guess(&arena, f, &f->rules, &no_book, NULL, 7, &m);
	map_guess_list(f, columns, &m);
	assert_string_equal(words(&m), "-,phone,-,email,-,-,-");
	map_guess(&arena, import_format_find("generic"),
	    &import_format_find("generic")->rules, &no_book, NULL, 7, &m);
	map_guess_list(import_format_find("generic"), columns, &m);
	assert_string_equal(words(&m), "?,?,?,?,?,?,?");
}

/* Numbers and addresses in one column, where none has one of them alone. */
static void test_mixed_list(void **state)
{
	static const struct import_column columns[] = {
	    {.samples = {"12", "x"}, .sample_count = 2},
	    {.samples = {"\xEF\xBC\x8B"
			 "3933312345",
		 "a@b.it"},
		.sample_count = 2},
	    {.samples = {"a@b.it", "+393331234567"}, .sample_count = 2},
	};
	const struct import_format *f = import_format_find("optout");
	struct mapping m;

	(void)state;
	map_guess(&arena, f, &f->rules, &no_book, NULL, 3, &m);
	map_guess_list(f, columns, &m);
	assert_string_equal(words(&m), "-,phone,-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_guess),
	    cmocka_unit_test(test_no_header),
	    cmocka_unit_test(test_unknown_column),
	    cmocka_unit_test(test_apply),
	    cmocka_unit_test(test_apply_without_header),
	    cmocka_unit_test(test_messages_are_capped),
	    cmocka_unit_test(test_validate),
	    cmocka_unit_test(test_validate_asks),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_refuses_no_header),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_list_of_opt_outs),
	    cmocka_unit_test(test_bare_list),
	    cmocka_unit_test(test_mixed_list),
	    cmocka_unit_test(test_wide),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
