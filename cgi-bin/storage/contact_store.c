/* contact_store.c: rows of contact and contact_revision, one at a time */
/* SPDX-License-Identifier: MIT */
#include "storage/contact_store.h"

#include <string.h>

#include "base/clock.h"
#include "storage/hook_event_store.h"
#include "storage/tag_store.h"

enum statement {
	COUNTER_TAKE,
	CONTACT_BY_ID,
	CONTACT_LOCKED,
	CONTACT_BY_PHONE,
	CONTACT_BY_WA_USER_ID,
	CONTACT_INSERT,
	CONTACT_UPDATE,
	CONTACT_ACTIVE,
	TAGS_DELETE,
	SEGMENTS_DELETE,
	CONTACT_DELETE,
	REVISION_INSERT,
	REVISION_LIST,
	REVISION_SINCE,
	REVISION_TRASHING
};

#define REVISION_COLUMNS                                                       \
	"SELECT contact_revision.id, contact_revision.version, "               \
	"contact_revision.at, contact_revision.kind, "                         \
	"contact_revision.member_id, contact_revision.token_id, "              \
	"contact_revision.import_id, contact_revision.import_row, "            \
	"contact_revision.job_id, "                                            \
	"contact_revision.before_values, member.name, import.file_name, "      \
	"api_token.name, job.kind "                                            \
	"FROM contact_revision "                                               \
	"LEFT JOIN member ON member.id = contact_revision.member_id "          \
	"LEFT JOIN import ON import.id = contact_revision.import_id "          \
	"LEFT JOIN api_token ON api_token.id = contact_revision.token_id "     \
	"LEFT JOIN job ON job.id = contact_revision.job_id "                   \
	"WHERE contact_revision.contact_id = ? "

static const char *const SQL[] = {
    [COUNTER_TAKE] = "UPDATE counter SET next = LAST_INSERT_ID(next + ?) "
		     "WHERE name = 'contact'",
    [CONTACT_BY_ID] =
	"SELECT " CONTACT_COLUMNS " FROM contact WHERE contact.id = ?",
    [CONTACT_LOCKED] = "SELECT " CONTACT_COLUMNS
		       " FROM contact WHERE contact.id = ? FOR UPDATE",
    [CONTACT_BY_PHONE] = "SELECT id FROM contact WHERE phone = ?",
    [CONTACT_BY_WA_USER_ID] = "SELECT id FROM contact WHERE wa_user_id = ?",
    [CONTACT_INSERT] =
	"INSERT INTO contact (id, phone, wa_user_id, email, user_id, username, "
	"name, first_name, last_name, title, account, address, house_number, "
	"area, city, country, whatsapp_opted, whatsapp_opted_at, source, "
	"first_message, state, attributes, created_at, updated_at) VALUES "
	"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
	"?)",
    [CONTACT_UPDATE] =
	"UPDATE contact SET phone = ?, wa_user_id = ?, email = ?, user_id = ?, "
	"username = ?, name = ?, first_name = ?, last_name = ?, title = ?, "
	"account = ?, address = ?, house_number = ?, area = ?, city = ?, "
	"country = ?, whatsapp_opted = ?, whatsapp_opted_at = ?, source = ?, "
	"first_message = ?, state = ?, attributes = ?, updated_at = ?, "
	"version = version + 1 WHERE id = ? AND version = ?",
    [CONTACT_ACTIVE] = "UPDATE contact SET last_active = ? WHERE id = ? AND"
		       " (last_active IS NULL OR last_active < ?)",
    [TAGS_DELETE] = "DELETE FROM contact_tag WHERE contact_id = ?",
    [SEGMENTS_DELETE] = "DELETE FROM segment_contact WHERE contact_id = ?",
    [CONTACT_DELETE] = "DELETE FROM contact WHERE id = ?",
    [REVISION_INSERT] =
	"INSERT INTO contact_revision (contact_id, version, at, kind, "
	"member_id, token_id, import_id, import_row, job_id, before_values) "
	"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [REVISION_LIST] = REVISION_COLUMNS
    "AND contact_revision.id < ? ORDER BY contact_revision.id DESC LIMIT ?",
    [REVISION_SINCE] = REVISION_COLUMNS
    "AND contact_revision.version >= ? ORDER BY contact_revision.id",
    [REVISION_TRASHING] = REVISION_COLUMNS
    "AND JSON_EXISTS(contact_revision.before_values, '$._trashed_at') "
    "ORDER BY contact_revision.id DESC LIMIT 1",
};

const char contact_columns[] = CONTACT_COLUMNS;

/* A DATETIME column in the form that model/contact_field.h gives it. */
static const char *get_moment(struct db_query *q, struct arena *a)
{
	char text[32];
	int64_t ms = db_get_time(q);

	if (!ms)
		return "";
	clock_format(ms, text);
	return arena_strdup(a, text);
}

void contact_row_read(struct db_query *q, struct arena *a, struct contact *c)
{
	c->id.n = db_get_u64(q);
	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = i == FIELD_WHATSAPP_OPTED_AT ? get_moment(q, a)
							   : db_get_text(q, a);
	c->attributes = db_get_text(q, a);
	c->campaigns = NULL;
	c->campaign_count = 0;
	c->last_active = db_get_time(q);
	c->created_at = db_get_time(q);
	c->updated_at = db_get_time(q);
	c->trashed_at = db_get_time(q);
	c->created_by_import = db_get_u64(q);
	c->merged_into = db_get_u64(q);
	c->version = db_get_u64(q);
	c->tags = NULL;
	c->tag_count = 0;
}

struct taking {
	uint64_t n;
	uint64_t next; /* after the taking */
};

static enum status take(struct db *db, void *arg, struct err *e)
{
	struct taking *t = arg;
	struct db_query *q = db_query(db, SQL[COUNTER_TAKE]);
	uint64_t changed = 0;

	db_put_u64(q, t->n);
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && changed != 1)
		return ERR(e, STATUS_FAILED, "no counter of contacts");
	t->next = db_last_id(q);
	return st;
}

enum status contact_store_reserve(
    struct db *db, uint64_t n, uint64_t *first, struct err *e)
{
	struct taking t = {.n = n};
	enum status st = db_transact(db, take, &t, e);

	*first = t.next - n;
	return st;
}

enum status contact_store_get(struct db *db, struct arena *a,
    struct contact_id id, bool lock, struct contact *out, struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[lock ? CONTACT_LOCKED : CONTACT_BY_ID]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		contact_row_read(q, a, out);
	db_done(q);
	if (st == STATUS_OK)
		st = tag_store_of_contact(
		    db, a, id, &out->tags, &out->tag_count, e);
	return st;
}

enum status contact_store_find(struct db *db, enum contact_field field,
    const char *value, struct contact_id *out, struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[field == FIELD_PHONE ? CONTACT_BY_PHONE
						  : CONTACT_BY_WA_USER_ID]);

	db_put_text(q, value);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}

static void put_fields(struct db_query *q, const struct contact *c)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		int64_t ms = 0;

		if (i == FIELD_WHATSAPP_OPTED_AT) {
			clock_parse(c->value[i], true, &ms);
			db_put_time(q, ms);
		} else if (contact_fields[i].nullable) {
			db_put_text_or_null(q, c->value[i]);
		} else {
			db_put_text(q, c->value[i]);
		}
	}
	db_put_text(q, c->attributes);
}

enum status contact_store_insert(struct db *db, const struct contact *c,
    const struct actor *actor, struct err *e)
{
	const struct hook_item item = {.contact = c->id.n,
	    .consent = strcmp(c->value[FIELD_WHATSAPP_OPTED], "no") == 0};
	struct hook_cause cause = {.actor = {.address = ""}};
	struct db_query *q = db_query(db, SQL[CONTACT_INSERT]);

	if (actor)
		cause.actor = *actor;
	db_put_u64(q, c->id.n);
	put_fields(q, c);
	db_put_time(q, c->created_at);
	db_put_time(q, c->updated_at);
	enum status st = db_exec(q, NULL, e);

	return st == STATUS_OK ? hook_event_contacts(db, HOOK_CREATED, &item, 1,
				     &cause, c->created_at, e)
			       : st;
}

enum status contact_store_update(
    struct db *db, const struct contact *c, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CONTACT_UPDATE]);
	uint64_t changed = 0;

	put_fields(q, c);
	db_put_time(q, c->updated_at);
	db_put_u64(q, c->id.n);
	db_put_u64(q, c->version);
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && !changed)
		return ERR(e, STATUS_CONFLICT, "contact %llu moved on",
		    (unsigned long long)c->id.n);
	return st;
}

enum status contact_store_active(
    struct db *db, struct contact_id id, int64_t at, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CONTACT_ACTIVE]);

	db_put_time(q, at);
	db_put_u64(q, id.n);
	db_put_time(q, at);
	return db_exec(q, NULL, e);
}

enum status contact_store_delete(
    struct db *db, struct contact_id id, struct err *e)
{
	static const enum statement steps[] = {
	    TAGS_DELETE, SEGMENTS_DELETE, CONTACT_DELETE};
	enum status st = STATUS_OK;

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		struct db_query *q = db_query(db, SQL[steps[i]]);

		db_put_u64(q, id.n);
		st = db_exec(q, NULL, e);
		if (st != STATUS_OK)
			return st;
	}
	return st;
}

bool contact_revision_of_consent(const char *before)
{
	return strstr(before, "\"whatsapp_opted\"") != NULL;
}

enum status contact_revision_insert(
    struct db *db, const struct contact_revision *r, struct err *e)
{
	const struct hook_item item = {.contact = r->contact.n,
	    .version = r->version,
	    .consent = contact_revision_of_consent(r->before)};
	const struct hook_cause cause = {
	    .actor = {.member = r->member, .token = r->token},
	    .import = r->import,
	    .job = r->job};
	struct db_query *q = db_query(db, SQL[REVISION_INSERT]);

	db_put_u64(q, r->contact.n);
	db_put_u64(q, r->version);
	db_put_time(q, r->at);
	db_put_text(q, revision_kinds[r->kind]);
	db_put_id(q, r->member.n);
	db_put_id(q, r->token.n);
	db_put_id(q, r->import.n);
	db_put_id(q, r->import_row);
	db_put_id(q, r->job.n);
	db_put_text(q, r->before);
	enum status st = db_exec(q, NULL, e);

	return st == STATUS_OK ? hook_event_contacts(db, HOOK_CHANGED, &item, 1,
				     &cause, r->at, e)
			       : st;
}

static enum revision_kind get_kind(struct db_query *q, struct arena *a)
{
	const char *word = db_get_text(q, a);
	int k = 0;

	while (k < REVISION_KINDS - 1 && strcmp(word, revision_kinds[k]))
		k++;
	return (enum revision_kind)k;
}

static void read_revision(
    struct db_query *q, struct arena *a, struct contact_revision *r)
{
	r->id = db_get_u64(q);
	r->version = db_get_u64(q);
	r->at = db_get_time(q);
	r->kind = get_kind(q, a);
	r->member.n = db_get_u64(q);
	r->token.n = db_get_u64(q);
	r->import.n = db_get_u64(q);
	r->import_row = db_get_u64(q);
	r->job.n = db_get_u64(q);
	r->before = db_get_text(q, a);
	r->member_name = db_get_text(q, a);
	r->import_file = db_get_text(q, a);
	r->token_name = db_get_text(q, a);
	r->job_kind = db_get_text(q, a);
}

static enum status read_revisions(struct db_query *q, struct arena *a,
    struct contact_id id, struct contact_revision **rows, size_t *count,
    struct err *e)
{
	size_t room = 0;

	*rows = NULL;
	*count = 0;
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		*rows = arena_grow(a, *rows, *count, &room, sizeof(**rows));
		struct contact_revision *r = &(*rows)[(*count)++];

		r->contact = id;
		read_revision(q, a, r);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status contact_revision_list(struct db *db, struct arena *a,
    struct contact_id id, uint64_t below, size_t limit,
    struct contact_revision **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REVISION_LIST]);

	db_put_u64(q, id.n);
	db_put_u64(q, below ? below : UINT64_MAX);
	db_put_u64(q, limit);
	return read_revisions(q, a, id, rows, count, e);
}

enum status contact_revision_since(struct db *db, struct arena *a,
    struct contact_id id, uint64_t version, struct contact_revision **rows,
    size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REVISION_SINCE]);

	db_put_u64(q, id.n);
	db_put_u64(q, version);
	return read_revisions(q, a, id, rows, count, e);
}

enum status contact_revision_trashing(struct db *db, struct arena *a,
    struct contact_id id, struct contact_revision *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REVISION_TRASHING]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	out->contact = id;
	if (st == STATUS_OK)
		read_revision(q, a, out);
	db_done(q);
	return st;
}
