/* contact_batch_store.c: many contacts at a time, for imports */
/* SPDX-License-Identifier: MIT */
/*
 * Look-ups go in lists of LIST values, so that one prepared statement serves
 * all of them; a shorter list is filled up with its first value. Writing goes
 * by array binding.
 */
#include "storage/contact_batch_store.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "storage/contact_store.h"
#include "storage/hook_event_store.h"

#define LIST 500u
#define Q5 "?,?,?,?,?"
#define Q50 Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5
#define Q500                                                                   \
	Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50    \
	    "," Q50

enum sql {
	LOCK_PHONE,
	LOCK_EMAIL,
	LOCK_USER_ID,
	LOCK_WA_USER_ID,
	OWNERS_PHONE,
	OWNERS_EMAIL,
	LOOK_PHONE,
	LOOK_EMAIL,
	LOOK_USER_ID,
	LOOK_WA_USER_ID,
	TAGS,
	INSERT,
	UNKEY,
	UPDATE,
	REVISION,
	ADD_TAG,
	REMOVE_TAG,
	ADD_SEGMENT
};

#define LOOK(column)                                                           \
	"SELECT " CONTACT_COLUMNS " FROM contact FORCE INDEX (" column ")"     \
	" WHERE " column " IN (" Q500 ")"
#define LOCK(column) LOOK(column) " FOR UPDATE"

#define OWNERS(column)                                                         \
	"SELECT id, " column " FROM contact WHERE " column " IN (" Q500 ")"

static const char *const SQL[] = {
    [LOCK_PHONE] = LOCK("phone"),
    [LOCK_EMAIL] = LOCK("email"),
    [LOCK_USER_ID] = LOCK("user_id"),
    [LOCK_WA_USER_ID] = LOCK("wa_user_id"),
    [OWNERS_PHONE] = OWNERS("phone"),
    [OWNERS_EMAIL] = OWNERS("email"),
    [LOOK_PHONE] = LOOK("phone"),
    [LOOK_EMAIL] = LOOK("email"),
    [LOOK_USER_ID] = LOOK("user_id"),
    [LOOK_WA_USER_ID] = LOOK("wa_user_id"),
    [TAGS] = "SELECT contact_id, tag_id FROM contact_tag WHERE contact_id IN"
	     " (" Q500 ") ORDER BY contact_id, tag_id",
    [INSERT] =
	"INSERT INTO contact (id, phone, wa_user_id, email, user_id, username,"
	" name, first_name, last_name, title, account, address, house_number,"
	" area, city, country, whatsapp_opted, whatsapp_opted_at, source,"
	" first_message, state, attributes, version, created_at, updated_at,"
	" created_by_import) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	" ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [UNKEY] = "UPDATE contact SET phone = NULL, wa_user_id = NULL WHERE id = ?",
    [UPDATE] =
	"UPDATE contact SET phone = ?, wa_user_id = ?, email = ?, user_id = ?,"
	" username = ?, name = ?, first_name = ?, last_name = ?, title = ?,"
	" account = ?, address = ?, house_number = ?, area = ?, city = ?,"
	" country = ?, whatsapp_opted = ?, whatsapp_opted_at = ?, source = ?,"
	" first_message = ?, state = ?, attributes = ?, version = ?,"
	" updated_at = ? WHERE id = ?",
    [REVISION] = "INSERT INTO contact_revision (contact_id, version, at, kind,"
		 " member_id, token_id, import_id, job_id, import_row,"
		 " before_values) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_TAG] =
	"INSERT IGNORE INTO contact_tag (contact_id, tag_id) VALUES (?, ?)",
    [REMOVE_TAG] =
	"DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?",
    [ADD_SEGMENT] = "INSERT IGNORE INTO segment_contact"
		    " (segment_id, contact_id, import_id) VALUES (?, ?, ?)",
};

static struct contact *set_add(struct arena *a, struct contact_set *s)
{
	if (s->count == s->space) {
		size_t space = s->space ? s->space * 2 : 64;
		struct contact **items = arena_raw(a, space * sizeof(*items));

		if (s->count)
			memcpy(items, s->items, s->count * sizeof(*items));
		s->items = items;
		s->space = space;
	}
	s->items[s->count] = arena_alloc(a, sizeof(struct contact));
	return s->items[s->count++];
}

static enum status lock_list(struct db *db, struct arena *a, const char *sql,
    const char *const *values, size_t n, struct contact_set *out, struct err *e)
{
	struct db_query *q = db_query(db, sql);

	for (size_t i = 0; i < LIST; i++)
		db_put_text(q, values[i < n ? i : 0]);
	enum status st = db_run(q, e);

	while (st == STATUS_OK) {
		st = db_next(q, e);
		if (st == STATUS_OK)
			contact_row_read(q, a, set_add(a, out));
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status read_lists(struct db *db, struct arena *a, const char *sql,
    const char *const *values, size_t n, struct contact_set *out, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST)
		st = lock_list(db, a, sql, values + i,
		    n - i < LIST ? n - i : LIST, out, e);
	return st;
}

enum status contact_batch_lock(struct db *db, struct arena *a,
    enum batch_key key, const char *const *values, size_t n,
    struct contact_set *out, struct err *e)
{
	static const enum sql by_key[] = {
	    [BATCH_BY_PHONE] = LOCK_PHONE,
	    [BATCH_BY_EMAIL] = LOCK_EMAIL,
	    [BATCH_BY_USER_ID] = LOCK_USER_ID,
	    [BATCH_BY_WA_USER_ID] = LOCK_WA_USER_ID,
	};

	return read_lists(db, a, SQL[by_key[key]], values, n, out, e);
}

enum status contact_batch_look(struct db *db, struct arena *a,
    enum batch_key key, const char *const *values, size_t n,
    struct contact_set *out, struct err *e)
{
	static const enum sql by_key[] = {
	    [BATCH_BY_PHONE] = LOOK_PHONE,
	    [BATCH_BY_EMAIL] = LOOK_EMAIL,
	    [BATCH_BY_USER_ID] = LOOK_USER_ID,
	    [BATCH_BY_WA_USER_ID] = LOOK_WA_USER_ID,
	};

	return read_lists(db, a, SQL[by_key[key]], values, n, out, e);
}

static void owner_add(
    struct arena *a, struct contact_owners *o, uint64_t id, const char *value)
{
	if (o->count == o->space) {
		size_t space = o->space ? o->space * 2 : 64;
		struct contact_owner *items =
		    arena_raw(a, space * sizeof(*items));

		if (o->count)
			memcpy(items, o->items, o->count * sizeof(*items));
		o->items = items;
		o->space = space;
	}
	o->items[o->count++] = (struct contact_owner){id, value};
}

static enum status owners_of_list(struct db *db, struct arena *a,
    const char *sql, const char *const *values, size_t n,
    struct contact_owners *out, struct err *e)
{
	struct db_query *q = db_query(db, sql);

	for (size_t i = 0; i < LIST; i++)
		db_put_text(q, values[i < n ? i : 0]);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		uint64_t id = db_get_u64(q);

		owner_add(a, out, id, db_get_text(q, a));
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status contact_batch_owners(struct db *db, struct arena *a, bool by_email,
    const char *const *values, size_t n, struct contact_owners *out,
    struct err *e)
{
	const char *sql = SQL[by_email ? OWNERS_EMAIL : OWNERS_PHONE];
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST)
		st = owners_of_list(db, a, sql, values + i,
		    n - i < LIST ? n - i : LIST, out, e);
	return st;
}

struct pairs {
	struct tag_pair *items;
	size_t count;
	size_t space;
};

static void pair_add(struct arena *a, struct pairs *p, uint64_t c, uint64_t t)
{
	if (p->count == p->space) {
		size_t space = p->space ? p->space * 2 : 256;
		struct tag_pair *items = arena_raw(a, space * sizeof(*items));

		if (p->count)
			memcpy(items, p->items, p->count * sizeof(*items));
		p->items = items;
		p->space = space;
	}
	p->items[p->count++] = (struct tag_pair){c, t};
}

enum status contact_batch_tags(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct tag_pair **out, size_t *count,
    struct err *e)
{
	struct pairs pairs = {0};
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST) {
		struct db_query *q = db_query(db, SQL[TAGS]);

		for (size_t k = 0; k < LIST; k++)
			db_put_u64(q, contacts[i + k < n ? i + k : i]);
		st = db_run(q, e);
		while (st == STATUS_OK) {
			st = db_next(q, e);
			if (st != STATUS_OK)
				break;
			uint64_t contact = db_get_u64(q);

			pair_add(a, &pairs, contact, db_get_u64(q));
		}
		db_done(q);
		if (st == STATUS_NOT_FOUND)
			st = STATUS_OK;
	}
	*out = pairs.items;
	*count = pairs.count;
	return st;
}

/* A moment as DATETIME(3) takes it: "2022-10-31 14:00:00.000". */
static const char *sql_time(struct arena *a, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	text[10] = ' ';
	text[23] = '\0';
	return arena_strdup(a, text);
}

/* The kept form "2022-10-31T14:00:00.000Z" without its letters. */
static const char *sql_moment(struct arena *a, const char *kept)
{
	if (strlen(kept) < 23)
		return kept;
	char *copy = arena_strndup(a, kept, 23);

	copy[10] = ' ';
	return copy;
}

/* The fields of all contacts, each as one array. */
static void field_columns(struct arena *a, struct contact *const *contacts,
    size_t n, struct db_column *columns)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		const char **texts = arena_raw(a, n * sizeof(*texts));

		for (size_t i = 0; i < n; i++)
			texts[i] = f == FIELD_WHATSAPP_OPTED_AT
				       ? sql_moment(a, contacts[i]->value[f])
				       : contacts[i]->value[f];
		columns[f] = (struct db_column){.kind = DB_TEXTS,
		    .texts = texts,
		    .empty_is_null = contact_fields[f].nullable};
	}
}

struct contact_columns {
	uint64_t *ids;
	uint64_t *versions;
	const char **attributes;
};

static struct contact_columns other_columns(
    struct arena *a, struct contact *const *contacts, size_t n)
{
	struct contact_columns c = {
	    .ids = arena_raw(a, n * sizeof(*c.ids)),
	    .versions = arena_raw(a, n * sizeof(*c.versions)),
	    .attributes = arena_raw(a, n * sizeof(*c.attributes)),
	};

	for (size_t i = 0; i < n; i++) {
		c.ids[i] = contacts[i]->id.n;
		c.versions[i] = contacts[i]->version;
		c.attributes[i] = contacts[i]->attributes;
	}
	return c;
}

/* Outgoing webhooks are told of them. */
static enum status tell_created(struct db *db, struct arena *a,
    struct contact *const *contacts, size_t n, uint64_t import_id, int64_t now,
    struct err *e)
{
	const struct hook_cause cause = {.import = {import_id}};
	struct hook_item *items = arena_raw(a, (n + 1) * sizeof(*items));

	for (size_t i = 0; i < n; i++)
		items[i] = (struct hook_item){.contact = contacts[i]->id.n,
		    .consent = str_equal(
			contacts[i]->value[FIELD_WHATSAPP_OPTED], "no")};
	return hook_event_contacts(db, HOOK_CREATED, items, n, &cause, now, e);
}

enum status contact_batch_insert(struct db *db, struct arena *a,
    struct contact *const *contacts, size_t n, uint64_t import_id, int64_t now,
    struct err *e)
{
	struct contact_columns c = other_columns(a, contacts, n);
	const char *at = sql_time(a, now);
	struct db_column columns[FIELD_COUNT + 6] = {
	    [0] = {.kind = DB_NUMBERS, .numbers = c.ids},
	    [FIELD_COUNT + 1] = {.kind = DB_TEXTS, .texts = c.attributes},
	    [FIELD_COUNT + 2] = {.kind = DB_NUMBERS, .numbers = c.versions},
	    [FIELD_COUNT + 3] = {.kind = DB_CONST_TEXT, .texts = &at},
	    [FIELD_COUNT + 4] = {.kind = DB_CONST_TEXT, .texts = &at},
	    [FIELD_COUNT + 5] = {.kind = DB_CONST_NUMBER,
		.numbers = &import_id,
		.zero_is_null = true},
	};

	field_columns(a, contacts, n, columns + 1);
	enum status st =
	    db_bulk(db, SQL[INSERT], columns, FIELD_COUNT + 6, n, e);

	return st == STATUS_OK
		   ? tell_created(db, a, contacts, n, import_id, now, e)
		   : st;
}

enum status contact_batch_unkey(struct db *db, struct arena *a,
    struct contact *const *contacts, size_t n, struct err *e)
{
	struct contact_columns c = other_columns(a, contacts, n);
	const struct db_column ids = {.kind = DB_NUMBERS, .numbers = c.ids};

	return db_bulk(db, SQL[UNKEY], &ids, 1, n, e);
}

enum status contact_batch_update(struct db *db, struct arena *a,
    struct contact *const *contacts, size_t n, int64_t now, struct err *e)
{
	struct contact_columns c = other_columns(a, contacts, n);
	const char *at = sql_time(a, now);
	struct db_column columns[FIELD_COUNT + 4] = {
	    [FIELD_COUNT] = {.kind = DB_TEXTS, .texts = c.attributes},
	    [FIELD_COUNT + 1] = {.kind = DB_NUMBERS, .numbers = c.versions},
	    [FIELD_COUNT + 2] = {.kind = DB_CONST_TEXT, .texts = &at},
	    [FIELD_COUNT + 3] = {.kind = DB_NUMBERS, .numbers = c.ids},
	};

	field_columns(a, contacts, n, columns);
	return db_bulk(db, SQL[UPDATE], columns, FIELD_COUNT + 4, n, e);
}

static enum status tell_changed(struct db *db, struct arena *a,
    const struct batch_revision *revisions, size_t n,
    const struct batch_origin *origin, int64_t now, struct err *e)
{
	const struct hook_cause cause = {.actor = origin->actor,
	    .import = origin->import,
	    .job = origin->job,
	    .opt_outs = origin->opt_outs};
	struct hook_item *items = arena_raw(a, (n + 1) * sizeof(*items));

	for (size_t i = 0; i < n; i++)
		items[i] = (struct hook_item){.contact = revisions[i].contact,
		    .version = revisions[i].version,
		    .consent =
			contact_revision_of_consent(revisions[i].before)};
	return hook_event_contacts(db, HOOK_CHANGED, items, n, &cause, now, e);
}

enum status contact_batch_revisions(struct db *db, struct arena *a,
    const struct batch_revision *revisions, size_t n,
    const struct batch_origin *origin, int64_t now, struct err *e)
{
	const char *at = sql_time(a, now);
	uint64_t *contacts = arena_raw(a, n * sizeof(*contacts));
	uint64_t *versions = arena_raw(a, n * sizeof(*versions));
	uint64_t *rows = arena_raw(a, n * sizeof(*rows));
	const char **before = arena_raw(a, n * sizeof(*before));
	const char **kinds = arena_raw(a, n * sizeof(*kinds));

	for (size_t i = 0; i < n; i++) {
		kinds[i] = revision_kinds[revisions[i].kind];
		contacts[i] = revisions[i].contact;
		versions[i] = revisions[i].version;
		rows[i] = revisions[i].row;
		before[i] = revisions[i].before;
	}
	const struct db_column columns[] = {
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_NUMBERS, .numbers = versions},
	    {.kind = DB_CONST_TEXT, .texts = &at},
	    {.kind = DB_TEXTS, .texts = kinds},
	    {.kind = DB_CONST_NUMBER,
		.numbers = &origin->actor.member.n,
		.zero_is_null = true},
	    {.kind = DB_CONST_NUMBER,
		.numbers = &origin->actor.token.n,
		.zero_is_null = true},
	    {.kind = DB_CONST_NUMBER,
		.numbers = &origin->import.n,
		.zero_is_null = true},
	    {.kind = DB_CONST_NUMBER,
		.numbers = &origin->job.n,
		.zero_is_null = true},
	    {.kind = DB_NUMBERS, .numbers = rows, .zero_is_null = true},
	    {.kind = DB_TEXTS, .texts = before},
	};

	enum status st = db_bulk(db, SQL[REVISION], columns, 10, n, e);

	return st == STATUS_OK
		   ? tell_changed(db, a, revisions, n, origin, now, e)
		   : st;
}

static enum status bulk_pairs(struct db *db, struct arena *a, const char *sql,
    const struct tag_pair *pairs, size_t n, struct err *e)
{
	uint64_t *contacts = arena_raw(a, (n + 1) * sizeof(*contacts));
	uint64_t *tags = arena_raw(a, (n + 1) * sizeof(*tags));

	for (size_t i = 0; i < n; i++) {
		contacts[i] = pairs[i].contact;
		tags[i] = pairs[i].tag;
	}
	const struct db_column columns[] = {
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_NUMBERS, .numbers = tags},
	};

	return db_bulk(db, sql, columns, 2, n, e);
}

enum status contact_batch_add_tags(struct db *db, struct arena *a,
    const struct tag_pair *pairs, size_t n, struct err *e)
{
	return bulk_pairs(db, a, SQL[ADD_TAG], pairs, n, e);
}

enum status contact_batch_remove_tags(struct db *db, struct arena *a,
    const struct tag_pair *pairs, size_t n, struct err *e)
{
	return bulk_pairs(db, a, SQL[REMOVE_TAG], pairs, n, e);
}

enum status contact_batch_add_segment(struct db *db, uint64_t segment,
    struct import_id import, const uint64_t *contacts, size_t n, struct err *e)
{
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &segment},
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_CONST_NUMBER,
		.numbers = &import.n,
		.zero_is_null = true},
	};

	return db_bulk(db, SQL[ADD_SEGMENT], columns, 3, n, e);
}
