/* rules.c: the rules of an import by name */
/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "base/phone.h"
#include "base/str.h"
#include "domain/import/formats.h"

/* Where and how a rule is kept in struct import_rules. */
enum rule_kind {
	RULE_ENUM,
	RULE_BOOL,
	RULE_COUNT,
	RULE_OTHER
};

struct rule_place {
	enum rule_kind kind;
	size_t offset;
};

#define WORDS(...)                                                             \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}

enum rule_number {
	RULE_KEY,
	RULE_REQUIRED,
	RULE_PHONE_FORM,
	RULE_PHONE_CHECK,
	RULE_COUNTRY,
	RULE_NAME,
	RULE_DUPLICATES,
	RULE_EXISTING,
	RULE_BLANK,
	RULE_UNKNOWN_TAG,
	RULE_UNKNOWN_COLUMN,
	RULE_TYPED_HEADER,
	RULE_FIXED_HEADER,
	RULE_ROW_LIMIT,
	RULE_SIZE_LIMIT,
	RULE_SOURCE,
	RULE_SEGMENT,
	RULE_HOUSE_NUMBER,
	RULE_NUMBERS
};

/* The values of enums stand in the order of their constants. */
const struct rule_info import_rule_infos[] = {
    [RULE_KEY] = {"key", "Contacts are matched by",
	"Which value says that a row and a contact of the book are the same "
	"person.",
	WORDS("phone", "email", "user_id", "phone_else_email"),
	WORDS("phone number", "e-mail", "user ID", "phone, else e-mail")},
    [RULE_REQUIRED] = {"required", "Mandatory columns",
	"A row without one of these is rejected: name, phone, email, "
	"country_code, phone_or_email; several with commas.",
	NULL, NULL},
    [RULE_PHONE_FORM] = {"phone_form", "Phone numbers are written",
	"How a number has to stand in the file.",
	WORDS("any", "plus_or_national", "digits", "split"),
	WORDS("in any usual way", "with +, or national without it",
	    "in digits only", "in digits, the country code in its own column")},
    [RULE_PHONE_CHECK] = {"phone_check", "Phone numbers are accepted when",
	"Newer number ranges can be unknown here: 'possible' takes them, with "
	"a warning.",
	WORDS("valid", "possible"),
	WORDS("they are of a known range",
	    "they have the right length for their country")},
    [RULE_COUNTRY] = {"country", "Country of numbers without one",
	"Two letters, like IN; it gives the country code of national numbers.",
	NULL, NULL},
    [RULE_NAME] = {"name_rule", "Names may have",
	"Rows whose name has other characters are rejected.",
	WORDS("any", "letters_marks", "letters"),
	WORDS("any characters", "letters, apostrophes, hyphens and dots",
	    "letters and blanks only")},
    [RULE_DUPLICATES] = {"duplicates", "The same contact twice in the file",
	"What becomes of rows with the same key.",
	WORDS("last_wins", "first_wins", "reject_all", "merge"),
	WORDS("the last row counts",
	    "the first row counts, later ones are rejected",
	    "all of them are rejected", "later rows fill in what is empty")},
    [RULE_EXISTING] = {"existing", "A contact that is in the book",
	"What a row does to a contact that is already there.",
	WORDS("update", "skip", "create_only", "update_only"),
	WORDS("is updated", "is skipped", "is skipped: only create new ones",
	    "is updated, and nobody is created")},
    [RULE_BLANK] = {"blank", "An empty cell",
	"What an empty cell does to the contact's value.",
	WORDS("keep", "clear"),
	WORDS("keeps the contact's value", "clears the contact's value")},
    [RULE_UNKNOWN_TAG] = {"unknown_tag", "A tag that the book does not have",
	"What becomes of tags in the file that are not in the book.",
	WORDS("drop", "create", "reject"),
	WORDS("is left out, with a warning", "is created", "rejects its row")},
    [RULE_UNKNOWN_COLUMN] = {"unknown_column",
	"A column that is not recognised",
	"What becomes of columns whose header is not known.",
	WORDS("ask", "create", "ignore"),
	WORDS("is asked about", "becomes a new attribute", "is left out")},
    [RULE_TYPED_HEADER] = {"typed_header", "Headers may give a type",
	"A header like birthday||DATE names an attribute and its type.",
	WORDS("no", "yes"), WORDS("no", "yes")},
    [RULE_FIXED_HEADER] = {"fixed_header", "The first columns are fixed",
	"The file is refused when its first columns are not those of the "
	"format.",
	WORDS("no", "yes"), WORDS("no", "yes")},
    [RULE_ROW_LIMIT] = {"row_limit", "Most rows",
	"How many rows of a file are accepted.", NULL, NULL},
    [RULE_SIZE_LIMIT] = {"size_limit", "Largest file, in bytes",
	"A larger file is refused.", NULL, NULL},
    [RULE_SOURCE] = {"source", "Source of new contacts",
	"Used when the file has no Source column.", NULL, NULL},
    [RULE_SEGMENT] = {"segment", "A segment name",
	"Whether a segment with the file's contacts has to be named.",
	WORDS("optional", "required"), WORDS("may be given", "must be given")},
    [RULE_HOUSE_NUMBER] = {"house_number_in_address",
	"House number is part of the address",
	"Street and number are taken apart, and both are kept.",
	WORDS("no", "yes"), WORDS("no", "yes")},
    [RULE_NUMBERS] = {NULL, NULL, NULL, NULL, NULL},
};

_Static_assert(sizeof(enum rule_key) == sizeof(int) &&
		   sizeof(enum rule_blank) == sizeof(int),
    "enums are kept as int");

#define PLACE(kind, member)                                                    \
	{                                                                      \
		kind, offsetof(struct import_rules, member)                    \
	}

static const struct rule_place places[RULE_NUMBERS] = {
    [RULE_KEY] = PLACE(RULE_ENUM, key),
    [RULE_REQUIRED] = PLACE(RULE_OTHER, required),
    [RULE_PHONE_FORM] = PLACE(RULE_ENUM, phone_form),
    [RULE_PHONE_CHECK] = PLACE(RULE_ENUM, phone_check),
    [RULE_COUNTRY] = PLACE(RULE_OTHER, country),
    [RULE_NAME] = PLACE(RULE_ENUM, name_rule),
    [RULE_DUPLICATES] = PLACE(RULE_ENUM, duplicates),
    [RULE_EXISTING] = PLACE(RULE_ENUM, existing),
    [RULE_BLANK] = PLACE(RULE_ENUM, blank),
    [RULE_UNKNOWN_TAG] = PLACE(RULE_ENUM, unknown_tag),
    [RULE_UNKNOWN_COLUMN] = PLACE(RULE_ENUM, unknown_column),
    [RULE_TYPED_HEADER] = PLACE(RULE_BOOL, typed_header),
    [RULE_FIXED_HEADER] = PLACE(RULE_BOOL, fixed_header),
    [RULE_ROW_LIMIT] = PLACE(RULE_COUNT, row_limit),
    [RULE_SIZE_LIMIT] = PLACE(RULE_COUNT, size_limit),
    [RULE_SOURCE] = PLACE(RULE_OTHER, source),
    [RULE_SEGMENT] = PLACE(RULE_BOOL, segment_required),
    [RULE_HOUSE_NUMBER] = PLACE(RULE_BOOL, house_number_in_address),
};

static const struct {
	const char *word;
	unsigned bit;
} requirements[] = {{"name", REQUIRE_NAME}, {"phone", REQUIRE_PHONE},
    {"email", REQUIRE_EMAIL}, {"country_code", REQUIRE_COUNTRY_CODE},
    {"phone_or_email", REQUIRE_PHONE_OR_EMAIL}};

#define REQUIREMENTS (sizeof requirements / sizeof *requirements)

#define SEGMENT_FIELD "segment_rule"

const char *import_rule_field(const struct rule_info *r)
{
	return r == &import_rule_infos[RULE_SEGMENT] ? SEGMENT_FIELD : r->name;
}

static int rule_find(const char *name)
{
	if (str_equal(name, SEGMENT_FIELD))
		return RULE_SEGMENT;
	for (int i = 0; i < RULE_NUMBERS; i++)
		if (str_equal(import_rule_infos[i].name, name))
			return i;
	return -1;
}

static bool bool_find(const char *value, bool *out)
{
	bool yes = str_equal_nocase(value, "yes") ||
		   str_equal_nocase(value, "true") || str_equal(value, "1");

	if (!yes && !str_equal_nocase(value, "no") &&
	    !str_equal_nocase(value, "false") && !str_equal(value, "0"))
		return false;
	*out = yes;
	return true;
}

static int word_find(const char *const *words, const char *value)
{
	for (int i = 0; words && words[i]; i++)
		if (str_equal_nocase(words[i], value))
			return i;
	return -1;
}

/* Words with commas, blanks or '|' between. */
static bool set_required(struct import_rules *r, const char *value)
{
	static const char between[] = ", |";
	unsigned bits = 0;

	for (value += strspn(value, between); *value;
	     value += strspn(value, between)) {
		size_t n = strcspn(value, between);
		size_t i = 0;

		while (i < REQUIREMENTS &&
		       (strlen(requirements[i].word) != n ||
			   memcmp(requirements[i].word, value, n) != 0))
			i++;
		if (i == REQUIREMENTS)
			return false;
		bits |= requirements[i].bit;
		value += n;
	}
	r->required = bits;
	return true;
}

static bool set_country(struct import_rules *r, const char *value)
{
	char region[3] = "";

	if (*value && strlen(value) != 2)
		return false;
	for (int i = 0; i < 2 && value[i]; i++)
		region[i] = value[i] >= 'a' && value[i] <= 'z'
				? (char)(value[i] - 'a' + 'A')
				: value[i];
	if (*region && !phone_calling_code(region))
		return false;
	memcpy(r->country, region, sizeof r->country);
	return true;
}

static bool set_other(struct import_rules *r, int rule, const char *value)
{
	if (rule == RULE_REQUIRED)
		return set_required(r, value);
	if (rule == RULE_COUNTRY)
		return set_country(r, value);
	size_t n = strlen(value);

	if (n >= sizeof r->source)
		return false;
	memcpy(r->source, value, n + 1);
	return true;
}

bool import_rule_set(
    struct import_rules *r, const char *name, const char *value)
{
	int rule = rule_find(name);
	unsigned long long count;
	bool flag;

	if (str_equal(name, "row_limit_cuts"))
		return bool_find(value, &r->row_limit_cuts);
	if (rule < 0 || !value)
		return false;
	char *at = (char *)r + places[rule].offset;
	int word = word_find(import_rule_infos[rule].values, value);

	switch (places[rule].kind) {
	case RULE_ENUM:
		if (word >= 0)
			memcpy(at, &word, sizeof word);
		return word >= 0;
	case RULE_BOOL:
		flag = word == 1;
		if (word < 0 && !bool_find(value, &flag))
			return false;
		memcpy(at, &flag, sizeof flag);
		return true;
	case RULE_COUNT:
		if (!str_to_u64(value, &count) || count == 0)
			return false;
		memcpy(at, &(uint64_t){count}, sizeof(uint64_t));
		return true;
	case RULE_OTHER:
		return set_other(r, rule, value);
	}
	return false;
}

static const char *get_required(struct arena *a, const struct import_rules *r)
{
	const char *text = "";

	for (size_t i = 0; i < REQUIREMENTS; i++)
		if (r->required & requirements[i].bit)
			text = arena_printf(a, "%s%s%s", text, *text ? "," : "",
			    requirements[i].word);
	return text;
}

const char *import_rule_get(
    struct arena *a, const struct import_rules *r, const char *name)
{
	int rule = rule_find(name);
	uint64_t count;
	int word = 0;
	bool flag;

	if (rule < 0)
		return NULL;
	const char *at = (const char *)r + places[rule].offset;

	switch (places[rule].kind) {
	case RULE_ENUM:
		memcpy(&word, at, sizeof word);
		return import_rule_infos[rule].values[word];
	case RULE_BOOL:
		memcpy(&flag, at, sizeof flag);
		return import_rule_infos[rule].values[flag];
	case RULE_COUNT:
		memcpy(&count, at, sizeof count);
		return arena_printf(a, "%llu", (unsigned long long)count);
	case RULE_OTHER:
		return rule == RULE_REQUIRED ? get_required(a, r)
					     : arena_strdup(a, at);
	}
	return NULL;
}

const char *import_rules_json(struct arena *a, const struct import_rules *r)
{
	struct json_writer w;
	struct str out;

	str_init(&out, 1u << 16);
	json_writer_init(&w, &out);
	json_open(&w, '{');
	for (int i = 0; i < RULE_NUMBERS; i++) {
		const char *name = import_rule_infos[i].name;

		json_pair_text(&w, name, import_rule_get(a, r, name));
	}
	json_pair_text(&w, "row_limit_cuts", r->row_limit_cuts ? "yes" : "no");
	json_close(&w, '}');
	const char *json = arena_strdup(a, str_text(&out));

	str_release(&out);
	return json;
}

/* What json_members hands on. */
struct rules_reading {
	struct arena *arena;
	struct import_rules *rules;
	bool good;
};

/* A string, number or boolean as the text that import_rule_set takes. */
static const char *value_text(struct arena *a, const struct json_t *v)
{
	const char *text = json_text(v);

	if (text)
		return text;
	if (json_type_of(v) == JSON_IS_NULL)
		return "";
	return json_dump(a, v, false);
}

static bool read_rule(void *arg, const char *key, struct json_t *value)
{
	struct rules_reading *x = arg;

	if (rule_find(key) < 0 && !str_equal(key, "row_limit_cuts"))
		return true;
	x->good &= import_rule_set(x->rules, key, value_text(x->arena, value));
	return true;
}

bool import_rules_parse(
    struct arena *a, const char *json, struct import_rules *r)
{
	struct rules_reading x = {.arena = a, .rules = r, .good = true};
	struct json_t *v;

	if (json_parse(a, json, strlen(json), &v, NULL) != STATUS_OK ||
	    json_type_of(v) != JSON_IS_OBJECT)
		return false;
	json_members(v, read_rule, &x);
	return x.good;
}
