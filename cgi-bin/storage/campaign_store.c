/* campaign_store.c: rows of campaign and contact_campaign */
/* SPDX-License-Identifier: MIT */
#include "storage/campaign_store.h"

#include "base/clock.h"

enum statement {
	CAMPAIGN_FIND,
	CAMPAIGN_GET,
	CAMPAIGN_NAMES,
	CAMPAIGN_PAGE,
	CAMPAIGN_COUNT,
	CAMPAIGN_INSERT,
	CAMPAIGN_ENSURE,
	CAMPAIGN_RENAME,
	CAMPAIGN_DELETE,
	OF_CONTACT,
	PLACE_TAKE_ALL,
	PLACE_GIVE,
	CAMPAIGN_NAME
};

/* Few contacts are in the trash, so their places are counted by themselves. */
#define COUNTED                                                                \
	"SELECT campaign.id, campaign.name, CAST((SELECT COUNT(*)"             \
	" FROM contact_campaign WHERE campaign_id = campaign.id)"              \
	" - (SELECT COUNT(*) FROM contact JOIN contact_campaign"               \
	" ON contact_campaign.contact_id = contact.id"                         \
	" WHERE contact.trashed_at IS NOT NULL"                                \
	" AND contact_campaign.campaign_id = campaign.id) AS UNSIGNED)"        \
	" FROM campaign "

static const char *const SQL[] = {
    [CAMPAIGN_FIND] = "SELECT id FROM campaign WHERE name = ?",
    [CAMPAIGN_GET] = COUNTED "WHERE name = ?",
    [CAMPAIGN_NAMES] = "SELECT name FROM campaign ORDER BY name LIMIT ?",
    [CAMPAIGN_PAGE] =
	COUNTED "WHERE name > ? AND name LIKE ? ORDER BY name LIMIT ?",
    [CAMPAIGN_COUNT] = "SELECT COUNT(*) FROM campaign",
    [CAMPAIGN_INSERT] = "INSERT INTO campaign (name, created_at) VALUES (?, ?)",
    [CAMPAIGN_ENSURE] = "INSERT INTO campaign (name, created_at) VALUES (?, ?) "
			"ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
    [CAMPAIGN_NAME] = "SELECT name FROM campaign WHERE id = ?",
    [CAMPAIGN_RENAME] = "UPDATE campaign SET name = ? WHERE id = ?",
    [CAMPAIGN_DELETE] = "DELETE FROM campaign WHERE id = ?",
    [OF_CONTACT] = "SELECT campaign.name FROM contact_campaign JOIN campaign "
		   "ON campaign.id = contact_campaign.campaign_id "
		   "WHERE contact_campaign.contact_id = ? "
		   "ORDER BY campaign.name",
    [PLACE_TAKE_ALL] = "DELETE FROM contact_campaign WHERE contact_id = ?",
    [PLACE_GIVE] = "INSERT IGNORE INTO contact_campaign (campaign_id, "
		   "contact_id) VALUES (?, ?)",
};

/* --- looking --- */

enum status campaign_store_find(
    struct db *db, const char *name, struct campaign_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_FIND]);

	db_put_text(q, name);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}

static void row_read(struct db_query *q, struct arena *a, struct campaign *out)
{
	out->id.n = db_get_u64(q);
	out->name = db_get_text(q, a);
	out->contacts = db_get_u64(q);
}

enum status campaign_store_get(struct db *db, struct arena *a, const char *name,
    struct campaign *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_GET]);

	db_put_text(q, name);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		row_read(q, a, out);
	db_done(q);
	return st;
}

enum status campaign_store_names(struct db *db, struct arena *a, size_t limit,
    const char ***names, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_NAMES]);

	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*names = arena_alloc(a, limit * sizeof(**names));
	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		(*names)[(*count)++] = db_get_text(q, a);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status campaign_store_page(struct db *db, struct arena *a,
    const char *part, const char *after, size_t limit, struct campaign **rows,
    size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_PAGE]);

	db_put_text(q, after);
	db_put_text(q, arena_printf(a, "%%%s%%", db_like(a, part)));
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, limit * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK)
		row_read(q, a, &(*rows)[(*count)++]);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status campaign_store_count(struct db *db, uint64_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_COUNT]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*count = db_get_u64(q);
	db_done(q);
	return st;
}

/* --- changing --- */

static enum status add(struct db *db, enum statement which, const char *name,
    struct campaign_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	db_put_text(q, name);
	db_put_time(q, clock_now());
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}

enum status campaign_store_insert(
    struct db *db, const char *name, struct campaign_id *out, struct err *e)
{
	return add(db, CAMPAIGN_INSERT, name, out, e);
}

enum status campaign_store_ensure(
    struct db *db, const char *name, struct campaign_id *out, struct err *e)
{
	return add(db, CAMPAIGN_ENSURE, name, out, e);
}

enum status campaign_store_name(struct db *db, struct arena *a,
    struct campaign_id id, const char **out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_NAME]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*out = db_get_text(q, a);
	db_done(q);
	return st;
}

enum status campaign_store_rename(
    struct db *db, struct campaign_id id, const char *name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_RENAME]);

	db_put_text(q, name);
	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status campaign_store_delete(
    struct db *db, struct campaign_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGN_DELETE]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

/* --- the places of contacts --- */

enum status campaign_store_of_contact(struct db *db, struct arena *a,
    struct contact_id contact, const char ***names, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[OF_CONTACT]);
	size_t room = 0;

	*names = NULL;
	*count = 0;
	db_put_u64(q, contact.n);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		*names = arena_grow(a, *names, *count, &room, sizeof(**names));
		(*names)[(*count)++] = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status campaign_store_give(struct db *db, struct campaign_id id,
    const uint64_t *contacts, size_t n, struct err *e)
{
	const struct db_column columns[] = {
	    {.kind = DB_CONST_NUMBER, .numbers = &id.n},
	    {.kind = DB_NUMBERS, .numbers = contacts},
	};

	return n ? db_bulk(db, SQL[PLACE_GIVE], columns, 2, n, e) : STATUS_OK;
}

enum status campaign_store_set(struct db *db, struct contact_id contact,
    const char *const *names, size_t count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PLACE_TAKE_ALL]);

	db_put_u64(q, contact.n);
	enum status st = db_exec(q, NULL, e);

	for (size_t i = 0; st == STATUS_OK && i < count; i++) {
		struct campaign_id id;

		st = campaign_store_ensure(db, names[i], &id, e);
		if (st == STATUS_OK)
			st = campaign_store_give(db, id, &contact.n, 1, e);
	}
	return st;
}
