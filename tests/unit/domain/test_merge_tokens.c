/* test_merge_tokens.c: a message with tokens, as one contact gets it */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/contact/merge_tokens.h"

static struct arena a;

static int setup(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

static struct attribute book_attributes[] = {
    {.name = "Lead Score", .type = TYPE_NUMBER},
    {.name = "Plan", .type = TYPE_TEXT},
    {.name = "PlanEnd", .type = TYPE_DATE},
    {.name = "City", .type = TYPE_TEXT},
    {.name = "Größe", .type = TYPE_TEXT},
    {.name = "शहर", .type = TYPE_TEXT},
    {.name = "a\"b", .type = TYPE_TEXT},
};
static const struct attribute_list book = {
    book_attributes, sizeof(book_attributes) / sizeof(*book_attributes)};

static void person(struct contact *c)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = "";
	c->attributes = "{}";
}

/* The pieces as one text: values in <>, empty tokens in (), unknown in []. */
static const char *merged(const struct contact *c, const char *text)
{
	static const char *const open[] = {"", "<", "(", "["};
	static const char *const close[] = {"", ">", ")", "]"};
	struct merge_piece *pieces;
	struct str out;
	size_t n;

	merge_tokens(&a, text, c, &book, &pieces, &n);
	str_init(&out, 1 << 20);
	for (size_t i = 0; i < n; i++) {
		assert_true(*pieces[i].text);
		str_printf(&out, "%s%s%s", open[pieces[i].kind], pieces[i].text,
		    close[pieces[i].kind]);
	}
	const char *result = arena_strdup(&a, str_text(&out));

	str_release(&out);
	return result;
}

struct sample {
	const char *text;
	const char *merged;
};

static void check(
    const struct contact *c, const struct sample *samples, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_string_equal(
		    merged(c, samples[i].text), samples[i].merged);
}
#define CHECK(c, samples) check(c, samples, sizeof(samples) / sizeof(*samples))

static void test_names(void **state)
{
	static const struct sample samples[] = {
	    {"", ""},
	    {"Hello", "Hello"},
	    {"$Name", "<Mohit Dua>"},
	    {"Hi $FirstName!", "Hi <Mohit>!"},
	    {"$LastName, $FirstName", "<Dua>, <Mohit>"},
	    {"$name $FIRSTNAME", "<Mohit Dua> <Mohit>"},
	    {"{{user.first_name}} {{user.last_name}}", "<Mohit> <Dua>"},
	    {"{{ User.First_Name }}", "<Mohit>"},
	    {"$first_name$last_name", "<Mohit><Dua>"},
	    {"$FirstNamesake", "<Mohit>sake"},
	};
	struct contact c;

	(void)state;
	person(&c);
	c.value[FIELD_NAME] = "Mohit Dua";
	CHECK(&c, samples);
}

static void test_name_by_parts(void **state)
{
	static const struct {
		const char *name, *first, *last;
		const char *text, *merged;
	} rows[] = {
	    {"", "Ada", "Lovelace", "$Name", "<Ada Lovelace>"},
	    {"", "Anna Maria", "Rossi", "$FirstName|$LastName",
		"<Anna Maria>|<Rossi>"},
	    {"", "Ada", "", "$Name|$LastName", "<Ada>|($LastName)"},
	    {"", "", "Lovelace", "$Name|$FirstName", "<Lovelace>|($FirstName)"},
	    {"Countess of Lovelace", "Ada", "King", "$FirstName|$LastName",
		"<Countess>|<of Lovelace>"},
	    {"Countess of Lovelace", "Ada", "King",
		"{{user.first_name}} {{user.last_name}}", "<Ada> <King>"},
	    {"Ada King", "Ada", "", "{{user.last_name}}",
		"({{user.last_name}})"},
	    {"Mohit", "", "", "$FirstName $LastName", "<Mohit> ($LastName)"},
	    {"  Mohit \t Kumar  Dua ", "", "", "$FirstName|$LastName",
		"<Mohit>|<Kumar  Dua>"},
	    {"Émile\xc2\xa0Zola", "", "", "$FirstName $LastName",
		"<Émile> <Zola>"},
	    {"", "", "", "$Name {{user.first_name}}",
		"($Name) ({{user.first_name}})"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct contact c;

		person(&c);
		c.value[FIELD_NAME] = rows[i].name;
		c.value[FIELD_FIRST_NAME] = rows[i].first;
		c.value[FIELD_LAST_NAME] = rows[i].last;
		assert_string_equal(merged(&c, rows[i].text), rows[i].merged);
	}
}

static void test_fields(void **state)
{
	static const struct sample samples[] = {
	    {"$City $city {{city}}", "<Mumbai> <Mumbai> <Pune>"},
	    {"$HouseNumber $house_number", "<12/B> <12/B>"},
	    {"$Area.", "($Area)."},
	    {"{{user.username}} {{user.phone_no}} {{user.email}} "
	     "{{user.title}} {{user.account}}",
		"<mohit> <+919876543210> <m@example.org> <Dr> <Acme>"},
	    {"{{user.city}}", "[{{user.city}}]"},
	    {"$Plan|$PlanEnd|$Planet", "<Gold>|<2026-11-23>|<Gold>et"},
	    {"{{Lead Score}} {{ lead  score }} {{Plan}}", "<42> <42> <Gold>"},
	    {"$Lead Score", "[$Lead] Score"},
	    {"$größe $शहर", "<XL> <पुणे>"},
	    {"$Gro\xcc\x88\xc3\x9f"
	     "e",
		"<XL>"},
	    {"{{a\"b}}", "<\"quoted\">"},
	    {"$City様", "<Mumbai>様"},
	    {"{{gone}} $was", "<still here> <true>"},
	};
	struct contact c;

	(void)state;
	person(&c);
	c.value[FIELD_CITY] = "Mumbai";
	c.value[FIELD_HOUSE_NUMBER] = "12/B";
	c.value[FIELD_USERNAME] = "mohit";
	c.value[FIELD_PHONE] = "+919876543210";
	c.value[FIELD_EMAIL] = "m@example.org";
	c.value[FIELD_TITLE] = "Dr";
	c.value[FIELD_ACCOUNT] = "Acme";
	c.attributes =
	    "{\"City\":\"Pune\",\"Größe\":\"XL\","
	    "\"Lead Score\":42,\"Plan\":\"Gold\","
	    "\"PlanEnd\":\"2026-11-23\",\"a\\\"b\":\"\\\"quoted\\\"\","
	    "\"gone\":\"still here\",\"was\":true,"
	    "\"शहर\":\"पुणे\"}";
	CHECK(&c, samples);
}

static void test_text(void **state)
{
	static const struct sample samples[] = {
	    {"$5 and $$ and $", "$5 and $$ and $"},
	    {"costs $5.00, or 5$", "costs $5.00, or 5$"},
	    {"$$Name", "$<Ada>"},
	    {"$Name$Name", "<Ada><Ada>"},
	    {"$ Name", "$ Name"},
	    {"$-Name", "$-Name"},
	    {"$USD", "[$USD]"},
	    {"$no_such_1 x", "[$no_such_1] x"},
	    {"$Plan {{Plan}}", "($Plan) ({{Plan}})"},
	    {"{{nobody}}", "[{{nobody}}]"},
	    {"{{}} {{ }}", "[{{}}] [{{ }}]"},
	    {"{{Name", "{{Name"},
	    {"{{Name}", "{{Name}"},
	    {"{Name}}", "{Name}}"},
	    {"{{{Name}}}", "{<Ada>}"},
	    {"{{a {{Name}}", "{{a <Ada>"},
	    {"{{Na\nme}}", "{{Na\nme}}"},
	    {"{{$Name}}", "[{{$Name}}]"},
	    {"}}{{", "}}{{"},
	    {"$\xcc\x88x", "$\xcc\x88x"},
	    {"<b>$Name</b>", "<b><Ada></b>"},
	};
	struct contact c;

	(void)state;
	person(&c);
	c.value[FIELD_NAME] = "Ada";
	CHECK(&c, samples);
}

/* A value is not read again. */
static void test_value_with_tokens(void **state)
{
	struct contact c;

	(void)state;
	person(&c);
	c.value[FIELD_NAME] = "$City {{user.email}}";
	c.value[FIELD_CITY] = "Rome";
	assert_string_equal(merged(&c, "$Name"), "<$City {{user.email}}>");
	assert_string_equal(merged(&c, "$LastName"), "<{{user.email}}>");
}

/* Long and hostile texts end, and lose nothing but what tokens become. */
static void test_hostile(void **state)
{
	static const char *const parts[] = {
	    "{{", "$", "}}", "$a", "{", "\xf0\x9f\x99\x82", "$\xe0\xa5\x8d"};
	struct contact c;

	(void)state;
	person(&c);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		struct str text;
		struct merge_piece *pieces;
		size_t n;
		size_t bytes = 0;

		str_init(&text, 1 << 16);
		while (text.len + 8 < 1 << 15)
			str_addz(&text, parts[i]);
		merge_tokens(&a, str_text(&text), &c, &book, &pieces, &n);
		for (size_t k = 0; k < n; k++)
			bytes += strlen(pieces[k].text);
		assert_int_equal(bytes, text.len);
		str_release(&text);
	}
	char *word = arena_alloc(&a, 5001);

	memset(word, 'w', 5000);
	word[0] = '$';
	assert_int_equal(strlen(merged(&c, word)), 5002);
	c.attributes = "not an object";
	assert_string_equal(merged(&c, "$Plan"), "($Plan)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_name_by_parts),
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_value_with_tokens),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
