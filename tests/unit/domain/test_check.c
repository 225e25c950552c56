/* test_check.c: the rules of formats.md for one row, by their numbers */
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
#include "domain/import/check.h"
#include "domain/import/map.h"

static struct arena arena;

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

/* Cells stand with '~' between. */
static const char **split(const char *text, size_t *count)
{
	const char **cells = arena_alloc(&arena, 64 * sizeof *cells);

	for (*count = 0;; text++) {
		size_t n = strcspn(text, "~");

		cells[(*count)++] = arena_strndup(&arena, text, n);
		text += n;
		if (!*text)
			return cells;
	}
}

/* "rule=value rule=value" */
static void set_rules(struct import_rules *r, const char *text)
{
	while (*text) {
		size_t name = strcspn(text, "=");
		size_t value = strcspn(text + name + 1, " ");

		assert_true(
		    import_rule_set(r, arena_strndup(&arena, text, name),
			arena_strndup(&arena, text + name + 1, value)));
		text += name + 1 + value;
		text += *text == ' ';
	}
}

/* What a row came to, "field=value" and "#tag" and "$attribute=json", then
 * the codes of its problems; rejected rows have a '!' in front and no values.
 */
static const char *outcome(
    const struct checked_row *row, const struct mapping *m, bool values)
{
	const char *text = row->rejected ? "!" : "";

	for (int i = 0; values && i < FIELD_COUNT; i++)
		if (row->value[i])
			text = arena_printf(&arena, "%s %s=%s", text,
			    contact_fields[i].key, row->value[i]);
	for (size_t i = 0; values && i < row->tag_count; i++)
		text = arena_printf(&arena, "%s #%s", text, row->tags[i]);
	for (size_t i = 0; values && i < row->attribute_count; i++)
		text = arena_printf(&arena, "%s $%s=%s", text,
		    m->columns[row->attributes[i].column].attribute,
		    str_or_empty(row->attributes[i].json));
	for (size_t i = 0; i < row->problem_count; i++)
		text =
		    arena_printf(&arena, "%s %s", text, row->problems[i].code);
	return *text == ' ' ? text + 1 : text;
}

static struct checked_row check(const char *format, const char *rules,
    const char *header, const char *cells, struct mapping *m)
{
	const struct import_format *f = import_format_find(format);
	struct import_rules r = f->rules;
	struct record record = {.row = 2};
	struct checked_row out;
	size_t columns;
	const char **names = split(header, &columns);

	set_rules(&r, rules);
	record.cells = split(cells, &record.count);
	record.lengths = arena_alloc(&arena, 64 * sizeof *record.lengths);
	for (size_t i = 0; i < record.count; i++)
		record.lengths[i] = strlen(record.cells[i]);
	map_guess(&arena, f, &r, NULL, names, columns, m);
	struct check_context c = {.rules = &r,
	    .format = f,
	    .mapping = m,
	    .header = names,
	    .columns = columns};

	check_row(&arena, &c, &record, &out);
	for (size_t i = 0; i < out.problem_count; i++) {
		assert_int_equal(out.problems[i].row, 2);
		assert_true(strlen(out.problems[i].message) < 400);
	}
	return out;
}

struct row_case {
	const char *rule; /* of formats.md */
	const char *format;
	const char *rules; /* that are changed */
	const char *header;
	const char *cells;
	const char *outcome;
};

static void run(const struct row_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct mapping m;
		struct checked_row row = check(cases[i].format, cases[i].rules,
		    cases[i].header, cases[i].cells, &m);
		const char *got = outcome(&row, &m, !row.rejected);

		if (strcmp(got, cases[i].outcome) != 0)
			print_error("%s: %s\n", cases[i].rule, cases[i].cells);
		assert_string_equal(got, cases[i].outcome);
	}
}

#define RUN(cases) run(cases, sizeof cases / sizeof *cases)

#define A "aisensy", ""
#define A_HEAD "Name~Mobile Number"
#define M "metahumans", "country=IN"
#define M_HEAD                                                                 \
	"user.username~user.phone_no~user.email~user.first_name~"              \
	"user.last_name~user.title~user.account"
#define S "isendu", ""
#define I "interakt", ""
#define I_HEAD "Name~Country Code~Phone Number"
#define G "generic", ""

static void test_aisensy(void **state)
{
	static const struct row_case cases[] = {
	    {"A1", A, "Name~Mobile Number~$City~Tags", "A~9876543210~ Pune ~",
		"phone=+919876543210 name=A $City=\"Pune\""},
	    {"A2", A, A_HEAD, "~9876543210", "! name-missing"},
	    {"A2", A, A_HEAD, "A~", "! phone-missing"},
	    {"A2", A, A_HEAD, "\xC2\xA0~ ", "! name-missing phone-missing"},
	    {"A2", A, "First Name~Last Name~Phone", "Ann~~9876543210",
		"phone=+919876543210 name=Ann first_name=Ann last_name="},
	    {"A3", A, A_HEAD, "A~9876543452", "phone=+919876543452 name=A"},
	    {"A3", A, A_HEAD, "A~919876543452", "phone=+919876543452 name=A"},
	    {"A3", A, A_HEAD, "A~+919876543452", "phone=+919876543452 name=A"},
	    {"A3", A, A_HEAD, "A~+15417543010", "phone=+15417543010 name=A"},
	    {"A3", A, A_HEAD, "A~+1 (541) 754-3010",
		"phone=+15417543010 name=A"},
	    {"A3", A, A_HEAD, "A~15417543010", "! phone-invalid"},
	    {"A3", "aisensy", "phone_check=possible", A_HEAD, "A~0508761522",
		"! phone-invalid"},
	    {"A3", "aisensy", "phone_check=possible", A_HEAD, "A~15417543010",
		"! phone-invalid"},
	    {"A3", A, A_HEAD, "A~987654345", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~98765435181", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~+91987654345", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~9876543538.0", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~1800FLOWERS", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~+", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~9876543563 / 9876543763", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~9876543566\n9876543766", "! phone-invalid"},
	    {"A3", A, A_HEAD, "A~9.19877E+11", "! spreadsheet-damage"},
	    {"A3", A, A_HEAD, "A~9,19877e+11", "! spreadsheet-damage"},
	    {"A3", A, A_HEAD, "A~######", "! spreadsheet-damage"},
	    {"A3", "aisensy", "country=US", A_HEAD, "A~5417543010",
		"phone=+15417543010 name=A"},
	    {"A3", "aisensy", "country=US", A_HEAD, "A~15417543010",
		"phone=+15417543010 name=A"},
	    {"A3", "aisensy", "country=IT", A_HEAD, "A~393331234567",
		"phone=+393331234567 name=A"},
	    {"A3", "aisensy", "country=US", A_HEAD, "A~9876543452",
		"! phone-invalid"},
	    {"A3", "aisensy", "country=", A_HEAD, "A~9876543452",
		"! phone-invalid"},
	    {"A4", A, "Name~Phone~Tags",
		"A~9876543210~ Marketing | Finance||MBA | finance,x",
		"phone=+919876543210 name=A #Marketing #Finance #MBA "
		"#finance,x"},
	    {"A4", A, "Name~Phone~Tags", "A~9876543210~",
		"phone=+919876543210 name=A"},
	    {"A5", A, "Name~Phone~Source", "A~9876543210~",
		"phone=+919876543210 name=A source="},
	    {"A5", A, "Name~Phone~Source", "A~9876543210~Walk-in",
		"phone=+919876543210 name=A source=Walk-in"},
	    {"A6", A, "Name~Phone~First Message", "A~9876543210~Price",
		"phone=+919876543210 name=A first_message=Price"},
	    {"A6", A, "Name~Phone~First Message", "A~9876543210~A | B",
		"! first-message-multiple"},
	    {"A6", G, "Phone~First Message", "+919876543210~A | B",
		"phone=+919876543210 first_message=A | B"},
	};

	(void)state;
	RUN(cases);
}

static void test_metahumans(void **state)
{
	static const struct row_case cases[] = {
	    {"M1", M, M_HEAD, "j~9876543210~j@example.com~John~Doe~Mr~Acme",
		"phone=+919876543210 email=j@example.com username=j "
		"name=John Doe first_name=John last_name=Doe title=Mr "
		"account=Acme"},
	    {"M2", M, M_HEAD "~vip||BOOLEAN~n||number~remark",
		"~9876543210~~~~~~TRUE~-3.5~ x ",
		"phone=+919876543210 email= username= name= first_name= "
		"last_name= title= account= $vip=true $n=-3.5 $remark=\"x\""},
	    {"M4", M, M_HEAD "~n||NUMBER", "~9876543210~~~~~~abc",
		"! value-type"},
	    {"M4", M, M_HEAD "~v||BOOLEAN", "~9876543210~~~~~~yes",
		"! value-type"},
	    {"M4", M, M_HEAD "~d||DATE~t||TIME", "~9876543210~~~~~~x~25:00",
		"! value-type value-type"},
	    {"M5", M, M_HEAD, "j~", "! too-few-cells phone-missing"},
	    {"M5", M, M_HEAD, "~+919876543210~~~~~", "! phone-format"},
	    {"M5", M, M_HEAD, "~(91) 9876543210~~~~~", "! phone-format"},
	    {"M5", M, M_HEAD, "~98765-43210~~~~~", "! phone-format"},
	    {"M5", M, M_HEAD, "~\xE0\xA5\xAF\xE0\xA5\xAE\xE0\xA5\xAD~~~~~",
		"! phone-format"},
	    {"M5", M, M_HEAD, "~919876543210~~~~~",
		"phone=+919876543210 email= username= name= first_name= "
		"last_name= title= account="},
	    {"M5", "metahumans", "country=US", M_HEAD, "~5417543010~~~~~",
		"phone=+15417543010 email= username= name= first_name= "
		"last_name= title= account="},
	    {"M5", "metahumans", "country=US", M_HEAD, "~919876543210~~~~~",
		"! phone-invalid"},
	    {"M5", "metahumans", "", M_HEAD, "~919876543210~~~~~",
		"! phone-invalid"},
	    {"M5", M, M_HEAD, "~9.19877E+11~~~~~", "! spreadsheet-damage"},
	    {"M5", M, M_HEAD, "~91987654321012345~~~~~", "! phone-invalid"},
	};

	(void)state;
	RUN(cases);
}

static void test_isendu(void **state)
{
	static const struct row_case cases[] = {
	    {"S2", "isendu", "house_number_in_address=yes", "Email~Address",
		"a@example.it~Via Roma 12/B",
		"email=a@example.it address=Via Roma house_number=12/B"},
	    {"S2", "isendu", "house_number_in_address=yes", "Email~Address",
		"a@example.it~Piazza San Carlo",
		"email=a@example.it address=Piazza San Carlo house_number="},
	    {"S2", S, "Email~Address", "a@example.it~Via Roma 12/B",
		"email=a@example.it address=Via Roma 12/B"},
	    {"S2", "isendu", "house_number_in_address=yes",
		"Email~Address~House number", "a@example.it~Via 25 Aprile~3",
		"email=a@example.it address=Via 25 Aprile house_number=3"},
	    {"S4", S, "Email~Phone", "~+393331234567", "! email-missing"},
	    {"S4", S, "Email~Phone", " A@Example.it ~+39 333 1234567",
		"phone=+393331234567 email=A@Example.it"},
	    {"S4", S, "Email~Phone", "a@example.it~",
		"phone= email=a@example.it"},
	    {"S4", S, "Email~First name~Last name", "not-an-email~L~B",
		"! email-invalid"},
	    {"S4", S, "Email", "a@b.com;c@d.com", "! email-invalid"},
	    {"S4", S, "Email", "a@b.com\r\nBcc: x@y.zz", "! email-invalid"},
	    {"S4", "isendu", "country=IT", "Email~Phone",
		"a@example.it~333 1234567",
		"phone=+393331234567 email=a@example.it"},
	};

	(void)state;
	RUN(cases);
}

static void test_interakt(void **state)
{
	static const struct row_case cases[] = {
	    {"I1", I,
		"Name~Country Code~Phone Number~Email~WhatsApp Opted~User ID~"
		"Area~City",
		"Asha Rao~91~9876543210~asha@example.com~TRUE~U1~Baner~Pune",
		"phone=+919876543210 email=asha@example.com user_id=U1 "
		"name=Asha Rao area=Baner city=Pune whatsapp_opted=yes"},
	    {"I2", I, I_HEAD, "A~~9876543210", "! country-code-missing"},
	    {"I2", I, I_HEAD, "A~91~", "! phone-missing"},
	    {"I2", I, I_HEAD, "A~~", "! phone-missing country-code-missing"},
	    {"I3", I, "First Name~Last Name~Country Code~Phone Number",
		"Asha~Rao~91~9876543210",
		"phone=+919876543210 name=Asha Rao first_name=Asha "
		"last_name=Rao"},
	    {"I3", I, "First Name~Last Name~Country Code~Phone Number",
		"~Rao~91~9876543210",
		"phone=+919876543210 name=Rao first_name= last_name=Rao"},
	    {"I3", I, "First Name~Last Name~Country Code~Phone Number",
		"Asha1~Rao2~91~9876543210",
		"! name-not-letters name-not-letters"},
	    {"I4", I, I_HEAD, "~91~9876543210", "phone=+919876543210 name="},
	    {"I4", I, I_HEAD, "Ravi2~91~9876543210", "! name-not-letters"},
	    {"I4", I, I_HEAD, "O'Neil~91~9876543210", "! name-not-letters"},
	    {"I4", I, I_HEAD, "\xE2\x9D\xA4\xEF\xB8\x8F~91~9876543210",
		"! name-not-letters"},
	    {"I4", I, I_HEAD, "Ra\nvi~91~9876543210", "! name-not-letters"},
	    {"I4", I, I_HEAD, "Ravi\xE2\x80\xAETXT~91~9876543210",
		"! name-not-letters"},
	    {"I4", I, I_HEAD, "\xC2\xA0~91~9876543210", "! name-not-letters"},
	    {"I4", I, I_HEAD,
		"Zoe\xCC\x88 Fac\xCC\xA7"
		"ade~91~9876543210",
		"phone=+919876543210 name=Zoe\xCC\x88 Fac\xCC\xA7"
		"ade"},
	    {"I4", I, I_HEAD,
		"\xE0\xA4\xAA\xE0\xA5\x8D\xE0\xA4\xB0\xE0\xA4\xBF~91~"
		"9876543210",
		"phone=+919876543210 "
		"name=\xE0\xA4\xAA\xE0\xA5\x8D\xE0\xA4\xB0\xE0\xA4\xBF"},
	    /* Persian, with a zero-width non-joiner */
	    {"I4", I, I_HEAD,
		"\xD8\xB9\xD9\x84\xDB\x8C\xE2\x80\x8C\xD8\xB1~91~9876543210",
		"phone=+919876543210 "
		"name=\xD8\xB9\xD9\x84\xDB\x8C\xE2\x80\x8C\xD8\xB1"},
	    {"I4", "interakt", "name_rule=letters_marks", I_HEAD,
		"J. R. O\xE2\x80\x99Neil-Luc~91~9876543210",
		"phone=+919876543210 name=J. R. O\xE2\x80\x99Neil-Luc"},
	    {"I4", "interakt", "name_rule=letters_marks", I_HEAD,
		"Ravi#~91~9876543210", "! name-not-letters"},
	    {"I4", "interakt", "name_rule=letters_marks", I_HEAD,
		"...~91~9876543210", "! name-not-letters"},
	    {"I4", "interakt", "name_rule=any", I_HEAD, "R2-D2~91~9876543210",
		"phone=+919876543210 name=R2-D2"},
	};

	(void)state;
	RUN(cases);
}

static void test_interakt_phones(void **state)
{
	static const struct row_case cases[] = {
	    {"I5", I, I_HEAD, "A~+91~9876543210", "! country-code-format"},
	    {"I5", I, I_HEAD, "A~IN~9876543210", "! country-code-format"},
	    {"I5", I, I_HEAD, "A~9 1~9876543210", "! country-code-format"},
	    {"I5", I, I_HEAD, "A~1-684~9876543210", "! country-code-format"},
	    {"I5", I, I_HEAD, "A~999~9876543210", "! country-code-unknown"},
	    {"I5", I, I_HEAD, "A~091~9876543210", "! country-code-unknown"},
	    {"I5", I, I_HEAD, "A~9199999~9876543210", "! country-code-unknown"},
	    {"I5", I, I_HEAD, "A~ 91 ~ 9876543210\t",
		"phone=+919876543210 name=A"},
	    {"I6", I, I_HEAD, "A~91~98765 43214", "! phone-format"},
	    {"I6", I, I_HEAD, "A~91~+919876543210", "! phone-format"},
	    {"I6", I, I_HEAD, "A~91~98765ABCDE", "! phone-format"},
	    {"I6", I, I_HEAD, "A~+91~98765-43210",
		"! country-code-format phone-format"},
	    {"I6", I, I_HEAD, "A~91~919876543210", "! phone-invalid"},
	    {"I6", I, I_HEAD, "A~91~123", "! phone-invalid"},
	    {"I6", I, I_HEAD, "A~1~2001234567", "! phone-invalid"},
	    {"I6", "interakt", "phone_check=possible", I_HEAD, "A~1~2001234567",
		"phone=+12001234567 name=A phone-unknown-range"},
	    {"I6", I, I_HEAD, "A~91~9.87654E+09", "! spreadsheet-damage"},
	    {"I6", I, I_HEAD, "A~+91~9.87654E+09",
		"! spreadsheet-damage country-code-format"},
	    {"I8", I, I_HEAD "~WhatsApp Opted", "A~91~9876543210~false",
		"phone=+919876543210 name=A whatsapp_opted=no"},
	    {"I8", I, I_HEAD "~WhatsApp Opted", "A~91~9876543210~",
		"phone=+919876543210 name=A"},
	    {"I8", "interakt", "blank=clear", I_HEAD "~WhatsApp Opted",
		"A~91~9876543210~", "phone=+919876543210 name=A"},
	    {"I8", I, I_HEAD "~WhatsApp Opted", "A~91~9876543210~yes",
		"! opted-not-boolean"},
	    {"I8", I, I_HEAD "~WhatsApp Opted", "A~91~9876543210~maybe",
		"! opted-not-boolean"},
	    {"I12", "interakt", "typed_header=yes", I_HEAD "~t||DATETIME",
		"A~91~9876543210~2022-10-31T19:30:00.000+05:30",
		"phone=+919876543210 name=A "
		"$t=\"2022-10-31T14:00:00.000Z\""},
	    {"I12", "interakt", "typed_header=yes", I_HEAD "~t||DATETIME",
		"A~91~9876543210~31/10/2022", "! value-type"},
	    {"I12", I, I_HEAD "~WhatsApp Opted At",
		"A~91~9876543210~2022-10-31",
		"phone=+919876543210 name=A "
		"whatsapp_opted_at=2022-10-31T00:00:00.000Z"},
	    {"I12", I, I_HEAD "~WhatsApp Opted At", "A~91~9876543210~soon",
		"! value-type"},
	};

	(void)state;
	RUN(cases);
}

static void test_generic(void **state)
{
	static const struct row_case cases[] = {
	    {"1", G, "Name~Phone~Email", "A~~", "! phone-missing"},
	    {"1", G, "Name~Phone~Email", "A~~a@example.com",
		"phone= email=a@example.com name=A"},
	    {"1", G, "Name~Phone~Email", "A~+91 98765 43210~",
		"phone=+919876543210 email= name=A"},
	    {"1", G, "Phone~Email", "12~a@example.com", "! phone-invalid"},
	    {"1", G, "Phone~Email", "12~nobody",
		"! phone-invalid email-invalid"},
	    {"1", G, "Phone", "98765 43210", "! phone-invalid"},
	    {"1", G, "Phone", "919876543210", "phone=+919876543210"},
	    {"1", G, "Phone", "'+573001112233", "phone=+573001112233"},
	    {"1", "generic", "country=IN", "Phone", "098765-43210",
		"phone=+919876543210"},
	    {"1", "generic", "country=US", "Phone", "(541) 754-3010",
		"phone=+15417543010"},
	    {"1", G, "Phone~Country Code", "98765 43210~+91",
		"phone=+919876543210"},
	    {"1", G, "Phone~Country Code", "(541) 754-3010~us",
		"phone=+15417543010"},
	    {"1", G, "Phone~Country Code", "+15417543010~91",
		"phone=+15417543010"},
	    {"1", G, "Phone", "0091 98765 43210", "phone=+919876543210"},
	    {"1", G, "Phone", "09876543210", "! phone-invalid"},
	    {"1", G, "Phone~Country Code", "9876543210~India",
		"! country-code-format"},
	    {"1", "generic", "key=email", "Phone~Email", "+919876543210~",
		"! email-missing"},
	    {"1", "generic", "key=user_id", "Phone~User ID", "+919876543210~",
		"! user-id-missing"},
	    {"1", "generic", "key=phone", "Phone~Email", "~a@example.com",
		"! phone-missing"},
	    /* phone_check: a range that is newer than the numbering plans */
	    {"1", G, "Phone", "+12001234567", "! phone-invalid"},
	    {"1", "generic", "phone_check=possible", "Phone", "+12001234567",
		"phone=+12001234567 phone-unknown-range"},
	    {"1", "generic", "phone_check=possible", "Phone", "+4420",
		"! phone-invalid"},
	    /* tags as Google, Mailchimp and Shopify write them */
	    {"1", G, "Email~Labels",
		"a@example.com~Games Night ::: * myContacts ::: * starred",
		"email=a@example.com #Games Night #myContacts #starred"},
	    {"1", G, "Email~Tags", "a@example.com~a, b|c;d| a, b |",
		"email=a@example.com #a, b #c;d"},
	    {"1", G, "Email~TAGS", "a@example.com~\"vip\",\"a, b\";vip|x",
		"email=a@example.com #vip #a, b #x"},
	    {"1", G, "Email~TAGS", "a@example.com~vip, denver, VIP",
		"email=a@example.com #vip #denver"},
	    {"I8", G, "Email~WhatsApp Opted", "a@example.com~Yes",
		"email=a@example.com whatsapp_opted=yes"},
	    {"I8", G, "Email~WhatsApp Opted", "a@example.com~0",
		"email=a@example.com whatsapp_opted=no"},
	    {"6", G, "Email~v||BOOLEAN~w||BOOLEAN", "a@example.com~Yes~0",
		"email=a@example.com $v=true $w=false"},
	    {"6", G, "Email~l||LOCATION", "a@example.com~nowhere",
		"! value-type"},
	    {"A9", G, "Email~Chat state", "a@example.com~handled by assistant",
		"email=a@example.com state=handled_by_assistant"},
	    {"A9", G, "Email~Chat state", "a@example.com~lost", "! value-type"},
	    /* a cell that was guarded from spreadsheets comes back */
	    {"6", G, "Email~Name~x||TEXT", "a@example.com~'=1+1~''x",
		"email=a@example.com name==1+1 $x=\"'x\""},
	};

	(void)state;
	RUN(cases);
}

static void test_shape(void **state)
{
	static const struct row_case cases[] = {
	    {"7", G, "Email~Name", "a@example.com~A~x", "! too-many-cells"},
	    {"7", G, "Email~Name", "a@example.com~A~~",
		"email=a@example.com "
		"name=A"},
	    {"7", G, "Email~Name", "a@example.com",
		"email=a@example.com name= too-few-cells"},
	    {"7", G, "Name~Email", "A", "! too-few-cells phone-missing"},
	};
	struct mapping m;

	(void)state;
	RUN(cases);
	/* a stray quote is only told */
	struct check_context c = {.rules = &import_formats[0].rules,
	    .format = &import_formats[0],
	    .mapping = &m};
	const char *cells[] = {"a@example.com"};
	size_t lengths[] = {13};
	const char *header[] = {"Email"};
	struct record r = {.row = 9,
	    .cells = cells,
	    .lengths = lengths,
	    .count = 1,
	    .stray_quote = true};
	struct checked_row out;

	map_guess(&arena, c.format, c.rules, NULL, header, 1, &m);
	c.columns = 1;
	check_row(&arena, &c, &r, &out);
	assert_false(out.rejected);
	assert_int_equal(out.problem_count, 1);
	assert_string_equal(out.problems[0].code, "stray-quote");
	assert_int_equal(out.problems[0].level, PROBLEM_WARNING);
}

/* A text of n times the character. */
static const char *long_text(const char *character, size_t n)
{
	struct str s;

	str_init(&s, 1u << 20);
	while (n--)
		str_addz(&s, character);
	const char *text = arena_strdup(&arena, str_text(&s));

	str_release(&s);
	return text;
}

static void test_lengths(void **state)
{
	struct mapping m;

	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++) {
		enum contact_field field = (enum contact_field)i;
		size_t max = contact_fields[i].max_length;
		bool text = field != FIELD_PHONE && field != FIELD_EMAIL &&
			    field != FIELD_WHATSAPP_OPTED &&
			    field != FIELD_WHATSAPP_OPTED_AT &&
			    field != FIELD_STATE;
		const char *header = arena_printf(&arena, "Email~%s",
		    field == FIELD_STATE ? "x" : contact_fields[i].label);

		if (!text)
			continue;
		struct checked_row row = check("generic", "", header,
		    arena_printf(
			&arena, "a@example.com~%s", long_text("\xC3\xA9", max)),
		    &m);

		assert_false(row.rejected);
		row = check("generic", "", header,
		    arena_printf(&arena, "a@example.com~%s",
			long_text("\xC3\xA9", max + 1)),
		    &m);
		assert_string_equal(
		    outcome(&row, &m, false), "! value-too-long");
	}
}

static void test_long_values(void **state)
{
	struct mapping m;

	(void)state;
	struct checked_row row = check("generic", "", "Email~x||TEXT",
	    arena_printf(&arena, "a@example.com~%s", long_text("x", 4001)), &m);

	assert_string_equal(outcome(&row, &m, false), "! value-too-long");
	row = check("generic", "", "Email~x||TEXT",
	    arena_printf(
		&arena, "a@example.com~%s", long_text("\xC3\xA9", 4000)),
	    &m);
	assert_false(row.rejected);
	row = check("generic", "", "Email~Tags",
	    arena_printf(&arena, "a@example.com~%s", long_text("x", 129)), &m);
	assert_string_equal(outcome(&row, &m, false), "! value-too-long");
	row = check("generic", "", "Email~Tags",
	    arena_printf(&arena, "a@example.com~%s", long_text("a|", 100000)),
	    &m);
	assert_string_equal(outcome(&row, &m, false), "! value-too-long");
	row = check("aisensy", "", A_HEAD,
	    arena_printf(&arena, "A~%s", long_text("9", 5000)), &m);
	assert_string_equal(outcome(&row, &m, false), "! phone-invalid");
	row = check("generic", "", "Email",
	    arena_printf(&arena, "a@%s.com", long_text("b", 250)), &m);
	assert_string_equal(outcome(&row, &m, false), "! email-invalid");
}

/* What a person reads. */
static void test_messages(void **state)
{
	static const struct {
		const char *format;
		const char *header;
		const char *cells;
		const char *column_name;
		unsigned column;
		const char *says;
	} messages[] = {
	    {"interakt", I_HEAD, "A~91~98765ABCDE", "Phone Number", 3,
		"\"98765ABCDE\" has letters in it: write digits only"},
	    {"interakt", I_HEAD, "A~91~+919876543210", "Phone Number", 3,
		"a plus sign"},
	    {"interakt", I_HEAD, "A~91~98765 43210", "Phone Number", 3,
		"blanks"},
	    {"interakt", I_HEAD, "A~91~919876543210", "Phone Number", 3,
		"without it, 9876543210 is a valid number"},
	    {"interakt", I_HEAD, "O'Neil~91~9876543210", "Name", 1,
		"has \"'\" in it: write letters and blanks only, or allow"},
	    {"interakt", I_HEAD, "Ravi2~91~9876543210", "Name", 1,
		"has \"2\" in it"},
	    {"interakt", I_HEAD, "A~XX~9876543210", "Country Code", 2,
		"like 91"},
	    {"aisensy", A_HEAD, "A~15417543010", "Mobile Number", 2,
		"not Indian"},
	    {"generic", "Email", "nobody", "Email", 1, "the @ is missing"},
	    {"generic", "Email~n||NUMBER", "a@example.com~abc", "n||NUMBER", 2,
		"\"abc\" is not of the type NUMBER: write "},
	    {"generic", "~Email", "~a@example.com~~x", "column D", 4,
		"4 cells"},
	    {"generic", "Phone", "+12001234567", "Phone", 1,
		"the right length, but is of no known range"},
	};
	struct mapping m;

	(void)state;
	for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
		struct checked_row row = check(messages[i].format, "",
		    messages[i].header, messages[i].cells, &m);

		assert_int_equal(row.problem_count, 1);
		assert_int_equal(row.problems[0].column, messages[i].column);
		assert_string_equal(
		    row.problems[0].column_name, messages[i].column_name);
		assert_non_null(
		    strstr(row.problems[0].message, messages[i].says));
	}
}

static void test_column_name(void **state)
{
	const char *header[] = {"Name", ""};
	struct check_context c = {.header = header, .columns = 2};

	(void)state;
	assert_string_equal(check_column_name(&arena, &c, 0), "Name");
	assert_string_equal(check_column_name(&arena, &c, 1), "column B");
	assert_string_equal(check_column_name(&arena, &c, 25), "column Z");
	assert_string_equal(check_column_name(&arena, &c, 26), "column AA");
	assert_string_equal(check_column_name(&arena, &c, 701), "column ZZ");
	assert_string_equal(check_column_name(&arena, &c, 702), "column AAA");
	c.header = NULL;
	assert_string_equal(check_column_name(&arena, &c, 0), "column A");
}

static void test_email(void **state)
{
	static const char *const valid[] = {"a@b.co", "test~@example.com",
	    "o'brien@example.com", "x+y=z@sub.example.co.uk",
	    "test@xn--hxajbheg2az3al.xn--jxalpdlp", "user@123.com",
	    "salon@u\xC3\xB1"
	    "as.co",
	    "\xE7\x94\xA8\xE6\x88\xB7@\xE4\xBE\x8B\xE5\xAD\x90.\xE4\xB8\xAD"
	    "\xE5\x9B\xBD"};
	static const char *const invalid[] = {"", "@", "a@", "@b.co", "a@b",
	    "a b@c.de", ".a@b.co", "a.@b.co", "a..b@c.de", "a@@b.co", "a@b..co",
	    "a@.b.co", "a@-b.co", "a@b-.co", "a@b.co.", "a@b.123", "a@b=c.de",
	    "a@b.com;c@d.com", "A <a@b.co>", "mailto:a@b.co",
	    "a@b.co\r\nBcc: x@y.zz", "\"a\"@b.co", "a@[1.2.3.4]",
	    "user\xE2\x80\x8B@example.com", "\xEF\xBD\x95@example.com",
	    "a\x7F@b.co", "a@b\xC2\x85.co", "\xFF@b.co"};

	(void)state;
	for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
		assert_true(email_is_valid(valid[i]));
	for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
		assert_false(email_is_valid(invalid[i]));
	assert_true(email_is_valid(
	    arena_printf(&arena, "%s@b.co", long_text("a", 64))));
	assert_false(email_is_valid(
	    arena_printf(&arena, "%s@b.co", long_text("a", 65))));
	assert_true(email_is_valid(
	    arena_printf(&arena, "a@%s.co", long_text("b", 63))));
	assert_false(email_is_valid(
	    arena_printf(&arena, "a@%s.co", long_text("b", 64))));
}

/* What a sample file comes to. */
struct sample {
	const struct import_format *format;
	struct import_rules rules;
	struct mapping mapping;
	struct check_context context;
	size_t rows;
};

static bool check_sample_row(void *arg, const struct record *r)
{
	struct sample *s = arg;
	struct map_messages messages = {.count = 0};
	struct checked_row row;
	enum problem_code code;
	const char *text;

	if (s->rows++) {
		check_row(&arena, &s->context, r, &row);
		assert_int_equal(row.problem_count, 0);
		return true;
	}
	const char **header = arena_alloc(&arena, r->count * sizeof *header);

	for (size_t i = 0; i < r->count; i++)
		header[i] = arena_strdup(&arena, r->cells[i]);
	assert_ptr_equal(
	    import_format_guess(&arena, header, r->count, &text), s->format);
	assert_false(map_refuses(&arena, &s->rules, s->format, NULL, header,
	    r->count, &code, &text));
	map_guess(
	    &arena, s->format, &s->rules, NULL, header, r->count, &s->mapping);
	map_validate(
	    &arena, s->format, &s->rules, true, &s->mapping, &messages);
	assert_int_equal(messages.count, 0);
	s->context = (struct check_context){.rules = &s->rules,
	    .format = s->format,
	    .mapping = &s->mapping,
	    .header = header,
	    .columns = r->count};
	return true;
}

/* The file that a format offers to new users imports without a word. */
static void test_samples(void **state)
{
	(void)state;
	for (const struct import_format *f = import_formats; f->key; f++) {
		struct sample s = {.format = f, .rules = f->rules};
		struct reader *r = reader_new(',', check_sample_row, &s);

		if (f->country_required)
			assert_true(import_rule_set(&s.rules, "country", "IN"));
		assert_int_equal(
		    reader_feed(r, f->sample, strlen(f->sample)), STATUS_OK);
		assert_int_equal(reader_finish(r), STATUS_OK);
		assert_true(s.rows > 2);
		reader_free(r);
	}
}

/* Cells of all kinds, in every field of every format, never break it. */
static void test_noise(void **state)
{
	static const char *const pieces[] = {"9", "+", "91", "E", "#", "@",
	    ".com", "|", ",", "\"", " ", "\n", "'", "\xC3\xA9", "\xE2\x80\x8C",
	    "\xCC\x81", "\xFF", "\xC3", "-", "true", ":::", "* ", "(", "{"};
	uint32_t seed = 11;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		const struct import_format *f = &import_formats[i % 5];
		struct mapping m;
		struct str cells;

		str_init(&cells, 4096);
		for (int k = 0; k < 60; k++) {
			seed = seed * 1664525u + 1013904223u;
			str_addz(&cells,
			    k % 6 == 5 ? "~" : pieces[(seed >> 16) % 24]);
		}
		(void)check(f->key, "",
		    "Name~Phone~Email~Tags~Country Code~WhatsApp Opted~"
		    "WhatsApp Opted At~First Message~user.phone_no~x||ARRAY",
		    str_text(&cells), &m);
		str_release(&cells);
		arena_reset(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_aisensy),
	    cmocka_unit_test(test_metahumans),
	    cmocka_unit_test(test_isendu),
	    cmocka_unit_test(test_interakt),
	    cmocka_unit_test(test_interakt_phones),
	    cmocka_unit_test(test_generic),
	    cmocka_unit_test(test_shape),
	    cmocka_unit_test(test_lengths),
	    cmocka_unit_test(test_long_values),
	    cmocka_unit_test(test_messages),
	    cmocka_unit_test(test_column_name),
	    cmocka_unit_test(test_email),
	    cmocka_unit_test(test_samples),
	    cmocka_unit_test(test_noise),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
