/* contact_condition_sql.c: the SQL of one condition of a contact query */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/clock.h"
#include "storage/contact_sql.h"

#define FOLDED " COLLATE utf8mb4_uca1400_ai_ci"
#define ATTRIBUTE "JSON_VALUE(contact.attributes, ?)"
#define ATTRIBUTE_NUMBER "CAST(" ATTRIBUTE " AS DOUBLE)"

static void bind_start(struct contact_sql *b, const char *z)
{
	contact_sql_text(
	    b, arena_printf(b->arena, "%s%%", db_like(b->arena, z)));
}

static void bind_part(struct contact_sql *b, const char *z)
{
	contact_sql_text(
	    b, arena_printf(b->arena, "%%%s%%", db_like(b->arena, z)));
}

const char *const contact_field_columns[FIELD_COUNT] = {
    [FIELD_PHONE] = "contact.phone",
    [FIELD_WA_USER_ID] = "contact.wa_user_id",
    [FIELD_EMAIL] = "contact.email",
    [FIELD_USER_ID] = "contact.user_id",
    [FIELD_USERNAME] = "contact.username",
    [FIELD_NAME] = "contact.name",
    [FIELD_FIRST_NAME] = "contact.first_name",
    [FIELD_LAST_NAME] = "contact.last_name",
    [FIELD_TITLE] = "contact.title",
    [FIELD_ACCOUNT] = "contact.account",
    [FIELD_ADDRESS] = "contact.address",
    [FIELD_HOUSE_NUMBER] = "contact.house_number",
    [FIELD_AREA] = "contact.area",
    [FIELD_CITY] = "contact.city",
    [FIELD_COUNTRY] = "contact.country",
    [FIELD_WHATSAPP_OPTED] = "contact.whatsapp_opted",
    [FIELD_WHATSAPP_OPTED_AT] = "contact.whatsapp_opted_at",
    [FIELD_SOURCE] = "contact.source",
    [FIELD_FIRST_MESSAGE] = "contact.first_message",
    [FIELD_STATE] = "contact.state",
};

/* Those that TEST_IS takes letter by letter. */
static bool is_exact(enum contact_field field)
{
	return field == FIELD_WA_USER_ID || field == FIELD_USER_ID;
}

static void add_like(
    struct contact_sql *b, enum contact_test test, const char *value)
{
	contact_sql_add(b, " LIKE ?");
	if (test == TEST_STARTS)
		bind_start(b, value);
	else
		bind_part(b, value);
}

static void add_field_is(
    struct contact_sql *b, const struct contact_condition *c)
{
	const char *value = c->values[0];
	int64_t ms = 0;

	if (!*value && contact_fields[c->field].nullable) {
		contact_sql_add(b, " IS NULL");
		return;
	}
	contact_sql_add(b, " = ?");
	if (c->field == FIELD_WHATSAPP_OPTED_AT) {
		clock_parse(value, true, &ms);
		contact_sql_time(b, ms);
	} else {
		contact_sql_text(b, value);
	}
}

static void add_field(struct contact_sql *b, const struct contact_condition *c)
{
	contact_sql_add(b, contact_field_columns[c->field]);
	if (c->test == TEST_FILLED) {
		contact_sql_add(b, contact_fields[c->field].nullable
				       ? " IS NOT NULL"
				       : " <> ''");
		return;
	}
	if (c->test != TEST_IS && is_exact(c->field))
		contact_sql_add(b, FOLDED);
	if (c->test == TEST_CONTAINS || c->test == TEST_STARTS)
		add_like(b, c->test, c->values[0]);
	else
		add_field_is(b, c);
}

/* As text: a time of 0 would be NULL. */
static void bind_moment(struct contact_sql *b, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	text[10] = ' ';
	text[23] = '\0';
	contact_sql_text(b, arena_strdup(b->arena, text));
}

static void add_moment(struct contact_sql *b, const struct contact_condition *c)
{
	static const char *const columns[] = {
	    [MOMENT_CREATED] = "contact.created_at",
	    [MOMENT_UPDATED] = "contact.updated_at",
	    [MOMENT_ACTIVE] = "contact.last_active",
	    [MOMENT_OPTED] = "contact.whatsapp_opted_at",
	};
	const char *column = columns[c->which];
	bool filled = c->test == TEST_FILLED;

	contact_sql_add(b, "(");
	contact_sql_add(b, column);
	contact_sql_add(b, " IS NOT NULL");
	if (!filled && c->from != INT64_MIN) {
		contact_sql_add(b, " AND ");
		contact_sql_add(b, column);
		contact_sql_add(b, " >= ?");
		bind_moment(b, c->from);
	}
	if (!filled && c->until != INT64_MAX) {
		contact_sql_add(b, " AND ");
		contact_sql_add(b, column);
		contact_sql_add(b, " < ?");
		bind_moment(b, c->until);
	}
	contact_sql_add(b, ")");
}

static void add_phone(struct contact_sql *b, const struct contact_condition *c)
{
	contact_sql_add(b, "(");
	for (size_t i = 0; i < c->value_count; i++) {
		contact_sql_add(b, i ? ", ?" : "contact.phone IN (?");
		contact_sql_text(b, c->values[i]);
	}
	if (c->value_count)
		contact_sql_add(b, ")");
	for (size_t i = 0; i < c->start_count; i++) {
		contact_sql_add(b, i || c->value_count ? " OR " : "");
		contact_sql_add(b, "contact.phone LIKE ?");
		bind_start(b, c->starts[i]);
	}
	contact_sql_add(b, ")");
}

static void add_words(struct contact_sql *b, const struct contact_condition *c)
{
	for (size_t i = 0; i < c->value_count; i++) {
		contact_sql_add(b, i ? " AND " : "");
		contact_sql_add(b,
		    "(contact.name LIKE ? OR contact.first_name LIKE ? "
		    "OR contact.last_name LIKE ? OR contact.username LIKE ? "
		    "OR contact.email LIKE ?)");
		for (int k = 0; k < 4; k++)
			bind_part(b, c->values[i]);
		bind_start(b, c->values[i]);
	}
}

/* A list of ids, with parentheses. */
static void add_ids(struct contact_sql *b, const struct contact_condition *c)
{
	if (!c->id_count) {
		contact_sql_add(b, "(?)");
		contact_sql_number(b, c->id);
		return;
	}
	for (size_t i = 0; i < c->id_count; i++) {
		contact_sql_add(b, i ? ", ?" : "(?");
		contact_sql_number(b, c->ids[i]);
	}
	contact_sql_add(b, ")");
}

/* Whether the contact is in the answer of a query that ends with IN. */
static void add_member(
    struct contact_sql *b, const struct contact_condition *c, const char *query)
{
	contact_sql_add(b, "contact.id IN (");
	contact_sql_add(b, query);
	add_ids(b, c);
	contact_sql_add(b, ")");
}

static void add_tag(struct contact_sql *b, const struct contact_condition *c)
{
	if (c->id_count) {
		add_member(b, c,
		    "SELECT contact_tag.contact_id FROM contact_tag "
		    "WHERE contact_tag.tag_id IN ");
		return;
	}
	contact_sql_add(b, "EXISTS (SELECT 1 FROM contact_tag WHERE "
			   "contact_tag.tag_id = ? AND "
			   "contact_tag.contact_id = contact.id)");
	contact_sql_number(b, c->id);
}

static void add_segment(
    struct contact_sql *b, const struct contact_condition *c)
{
	if (c->id_count) {
		add_member(b, c,
		    "SELECT segment_contact.contact_id FROM segment_contact "
		    "WHERE segment_contact.segment_id IN ");
		return;
	}
	contact_sql_add(b, "EXISTS (SELECT 1 FROM segment_contact WHERE "
			   "segment_contact.segment_id = ? AND "
			   "segment_contact.contact_id = contact.id)");
	contact_sql_number(b, c->id);
}

static void add_import(struct contact_sql *b, uint64_t id)
{
	contact_sql_add(b, "(contact.created_by_import = ? OR EXISTS "
			   "(SELECT 1 FROM contact_revision "
			   "WHERE contact_revision.import_id = ? AND "
			   "contact_revision.contact_id = contact.id))");
	contact_sql_number(b, id);
	contact_sql_number(b, id);
}

static void add_attribute(
    struct contact_sql *b, const struct contact_condition *c, const char *piece)
{
	contact_sql_add(b, piece);
	contact_sql_text(b, c->name);
	contact_sql_text(b, c->values[0]);
}

static void add_attribute_text(
    struct contact_sql *b, const struct contact_condition *c)
{
	if (c->test != TEST_CONTAINS && c->test != TEST_STARTS) {
		add_attribute(b, c, ATTRIBUTE FOLDED " = ?");
		return;
	}
	contact_sql_add(b, ATTRIBUTE FOLDED);
	contact_sql_text(b, c->name);
	add_like(b, c->test, c->values[0]);
}

static void add_attribute_number(
    struct contact_sql *b, const struct contact_condition *c)
{
	if (c->test == TEST_BETWEEN) {
		add_attribute(b, c,
		    ATTRIBUTE_NUMBER " BETWEEN CAST(? AS DOUBLE) AND "
				     "CAST(? AS DOUBLE)");
		contact_sql_text(b, c->values[1]);
		return;
	}
	add_attribute(b, c,
	    c->test == TEST_MORE   ? ATTRIBUTE_NUMBER " > CAST(? AS DOUBLE)"
	    : c->test == TEST_LESS ? ATTRIBUTE_NUMBER " < CAST(? AS DOUBLE)"
				   : ATTRIBUTE_NUMBER " = CAST(? AS DOUBLE)");
}

static void add_attribute_range(
    struct contact_sql *b, const struct contact_condition *c)
{
	static const char *const pieces[] = {
	    ATTRIBUTE " >= ?", ATTRIBUTE " < ?"};

	contact_sql_add(b, "(TRUE");
	for (size_t i = 0; i < 2; i++) {
		if (!c->values[i])
			continue;
		contact_sql_add(b, " AND ");
		contact_sql_add(b, pieces[i]);
		contact_sql_text(b, c->name);
		contact_sql_text(b, c->values[i]);
	}
	contact_sql_add(b, ")");
}

static void add_attribute_list(
    struct contact_sql *b, const struct contact_condition *c)
{
	contact_sql_add(b,
	    "EXISTS (SELECT 1 FROM JSON_TABLE("
	    "JSON_EXTRACT(contact.attributes, ?), '$[*]' COLUMNS "
	    "(value VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$')) AS element "
	    "WHERE element.value" FOLDED " IN (");
	contact_sql_text(b, c->name);
	for (size_t i = 0; i < c->value_count; i++) {
		contact_sql_add(b, i ? ", ?" : "?");
		contact_sql_text(b, c->values[i]);
	}
	contact_sql_add(b, "))");
}

static void add_parts(struct contact_sql *b, const struct contact_condition *c)
{
	bool any = c->subject == SUBJECT_ANY;

	if (!c->part_count)
		contact_sql_add(b, any ? "FALSE" : "TRUE");
	for (size_t i = 0; i < c->part_count; i++) {
		contact_sql_add(b, i == 0 ? "(" : any ? " OR " : " AND ");
		contact_sql_condition(b, &c->parts[i]);
	}
	if (c->part_count)
		contact_sql_add(b, ")");
}

/* Has a tag at all, or is in a campaign; links to one that was deleted may
 * still be there for a moment. */
static void add_some(struct contact_sql *b, bool tags)
{
	contact_sql_add(
	    b, tags ? "EXISTS (SELECT 1 FROM contact_tag JOIN tag "
		      "ON tag.id = contact_tag.tag_id "
		      "WHERE contact_tag.contact_id = contact.id)"
		    : "EXISTS (SELECT 1 FROM contact_campaign JOIN campaign "
		      "ON campaign.id = contact_campaign.campaign_id "
		      "WHERE contact_campaign.contact_id = contact.id)");
}

static void add_subject(
    struct contact_sql *b, const struct contact_condition *c)
{
	switch (c->subject) {
	case SUBJECT_FIELD:
		add_field(b, c);
		break;
	case SUBJECT_PHONE:
		add_phone(b, c);
		break;
	case SUBJECT_EMAIL_START:
		contact_sql_add(b, "contact.email LIKE ?");
		bind_start(b, c->values[0]);
		break;
	case SUBJECT_EMAIL_PART:
		contact_sql_add(b, "contact.email LIKE ?");
		bind_part(b, c->values[0]);
		break;
	case SUBJECT_WORDS:
		add_words(b, c);
		break;
	case SUBJECT_TAG:
		add_tag(b, c);
		break;
	case SUBJECT_SEGMENT:
		add_segment(b, c);
		break;
	case SUBJECT_IMPORT:
		add_import(b, c->id);
		break;
	case SUBJECT_ACTIVE:
		contact_sql_add(b, "contact.last_active >= ?");
		contact_sql_time(b, c->moment);
		break;
	case SUBJECT_INACTIVE:
		contact_sql_add(b, "(contact.last_active < ? OR "
				   "contact.last_active IS NULL)");
		contact_sql_time(b, c->moment);
		break;
	case SUBJECT_ATTRIBUTE_TEXT:
		add_attribute_text(b, c);
		break;
	case SUBJECT_ATTRIBUTE_NUMBER:
		add_attribute_number(b, c);
		break;
	case SUBJECT_ATTRIBUTE_JSON:
		/* COMPACT: what is extracted has blanks in it. CONCAT: the
		 * function alone is compared by what the JSON means, not by
		 * its text. */
		add_attribute(b, c,
		    "CONCAT(JSON_COMPACT(JSON_EXTRACT(contact.attributes, ?)))"
		    " = ?");
		break;
	case SUBJECT_ATTRIBUTE_RANGE:
		add_attribute_range(b, c);
		break;
	case SUBJECT_ATTRIBUTE_LIST:
		add_attribute_list(b, c);
		break;
	case SUBJECT_ATTRIBUTE_FILLED:
		contact_sql_add(b, "JSON_LENGTH(contact.attributes, ?) > 0");
		contact_sql_text(b, c->name);
		break;
	case SUBJECT_MOMENT:
		add_moment(b, c);
		break;
	case SUBJECT_IMPORT_MADE:
		contact_sql_add(b, "contact.created_by_import IN ");
		add_ids(b, c);
		break;
	case SUBJECT_IMPORT_CHANGED:
		add_member(b, c,
		    "SELECT contact_revision.contact_id FROM contact_revision "
		    "WHERE contact_revision.import_id IN ");
		break;
	case SUBJECT_IMPORT_ERROR:
		add_member(b, c,
		    "SELECT import_problem.contact_id FROM import_problem "
		    "WHERE import_problem.contact_id IS NOT NULL AND "
		    "import_problem.import_id IN ");
		break;
	case SUBJECT_CAMPAIGN:
		add_member(b, c,
		    "SELECT contact_campaign.contact_id FROM contact_campaign "
		    "WHERE contact_campaign.campaign_id IN ");
		break;
	case SUBJECT_TAGGED:
	case SUBJECT_IN_CAMPAIGN:
		add_some(b, c->subject == SUBJECT_TAGGED);
		break;
	case SUBJECT_ALL:
	case SUBJECT_ANY:
		add_parts(b, c);
		break;
	case SUBJECT_IDS:
		contact_sql_add(b, "contact.id IN ");
		add_ids(b, c);
		b->rare = true;
		break;
	case SUBJECT_NOTHING:
		contact_sql_add(b, "FALSE");
		break;
	}
}

/* Plain parameters have only few texts between them. */
static bool is_rare(const struct contact_condition *c)
{
	return c->negated || c->test != TEST_IS ||
	       c->subject > SUBJECT_ATTRIBUTE_JSON;
}

void contact_sql_condition(
    struct contact_sql *b, const struct contact_condition *c)
{
	b->rare |= is_rare(c);
	/* What is not known, of an empty value, does not hold either. */
	if (c->negated)
		contact_sql_add(b, "(");
	add_subject(b, c);
	if (c->negated)
		contact_sql_add(b, ") IS NOT TRUE");
}
