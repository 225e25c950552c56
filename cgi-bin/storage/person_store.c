/* person_store.c: all contacts that are one person, and where they stand */
/* SPDX-License-Identifier: MIT */
#include "storage/person_store.h"

#include <string.h>

#include "base/str.h"
#include "storage/contact_trash_store.h"

enum sql {
	BY_PHONE,
	BY_WA_USER_ID,
	BY_EMAIL,
	BY_USER_ID,
	BY_USERNAME,
	FORMER,
	MERGED,
	VALUE_HELD,
	ROWS,
	COUNT,
	TRASH,
	KEPT_TAKE,
	OPTOUTS_TAKE
};
static const char *const SQL[] = {
    [BY_PHONE] = "SELECT id FROM contact WHERE phone = ? ORDER BY id",
    [BY_WA_USER_ID] = "SELECT id FROM contact WHERE wa_user_id = ? ORDER BY id",
    [BY_EMAIL] = "SELECT id FROM contact WHERE email = ? ORDER BY id",
    [BY_USER_ID] = "SELECT id FROM contact WHERE user_id = ? ORDER BY id",
    [BY_USERNAME] = "SELECT id FROM contact WHERE username = ? ORDER BY id",
    [FORMER] = "SELECT DISTINCT contact_id FROM contact_revision WHERE"
	       " INSTR(LOWER(before_values), LOWER(?)) > 0 ORDER BY 1 LIMIT 20",
    [MERGED] = "SELECT id FROM contact WHERE merged_into = ? ORDER BY id",
    [VALUE_HELD] =
	"SELECT 1 FROM contact WHERE ? IN (name, username, first_name,"
	" last_name, title, account, address, house_number, area, city,"
	" country, first_message) OR INSTR(attributes, ?) LIMIT 1",
    [ROWS] = "SELECT import_id, row_no FROM import_contact WHERE contact_id = ?"
	     " UNION SELECT import_id, import_row FROM contact_revision WHERE"
	     " contact_id = ? AND import_id IS NOT NULL AND import_row IS NOT"
	     " NULL UNION SELECT import_id, import_row FROM contact_consent"
	     " WHERE contact_id = ? AND import_id IS NOT NULL AND import_row"
	     " IS NOT NULL ORDER BY 1, 2",
    [COUNT] =
	"SELECT (SELECT COUNT(*) FROM contact WHERE id = c.id),"
	" (SELECT COUNT(*) FROM contact_revision WHERE contact_id = c.id),"
	" (SELECT COUNT(*) FROM message WHERE contact_id = c.id),"
	" (SELECT COUNT(*) FROM contact_consent WHERE contact_id = c.id) +"
	" (SELECT COUNT(*) FROM import_contact WHERE contact_id = c.id),"
	" (SELECT COUNT(*) FROM contact_tag WHERE contact_id = c.id),"
	" (SELECT COUNT(*) FROM segment_contact WHERE contact_id = c.id),"
	" (SELECT COUNT(*) FROM contact_campaign WHERE contact_id = c.id)"
	" FROM (SELECT CAST(? AS UNSIGNED) AS id) AS c",
    [TRASH] = "UPDATE contact SET trashed_at = COALESCE(trashed_at,"
	      " UTC_TIMESTAMP(3)) WHERE id = ?",
    [KEPT_TAKE] = "DELETE FROM job_kept WHERE contact_id = ?",
    [OPTOUTS_TAKE] = "DELETE FROM import_optout WHERE contact_id = ?",
};

void id_list_add(struct arena *a, struct id_list *l, uint64_t id)
{
	if (l->count == l->space) {
		size_t space = l->space ? l->space * 2 : 16;
		uint64_t *ids = arena_raw(a, space * sizeof(*ids));

		if (l->count)
			memcpy(ids, l->ids, l->count * sizeof(*ids));
		l->ids = ids;
		l->space = space;
	}
	l->ids[l->count++] = id;
}

bool id_list_has(const struct id_list *l, uint64_t id)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->ids[i] == id)
			return true;
	return false;
}

static enum status add_ids(struct db_query *q, struct arena *a, size_t columns,
    struct id_list *out, struct err *e)
{
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		for (size_t i = 0; i < columns; i++)
			id_list_add(a, out, db_get_u64(q));
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static struct db_query *by_key(
    struct db *db, enum contact_field key, const char *value)
{
	enum sql which = key == FIELD_PHONE	   ? BY_PHONE
			 : key == FIELD_WA_USER_ID ? BY_WA_USER_ID
			 : key == FIELD_EMAIL	   ? BY_EMAIL
			 : key == FIELD_USERNAME   ? BY_USERNAME
						   : BY_USER_ID;
	struct db_query *q = db_query(db, SQL[which]);

	db_put_text(q, value);
	return q;
}

enum status person_store_find(struct db *db, struct arena *a,
    enum contact_field key, const char *value, struct id_list *out,
    struct err *e)
{
	return add_ids(by_key(db, key, value), a, 1, out, e);
}

enum status person_store_former(struct db *db, struct arena *a,
    const char *member, struct id_list *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[FORMER]);

	db_put_text(q, member);
	return add_ids(q, a, 1, out, e);
}

enum status person_store_merged(struct db *db, struct arena *a,
    uint64_t contact, struct id_list *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[MERGED]);

	db_put_u64(q, contact);
	return add_ids(q, a, 1, out, e);
}

static enum status any(struct db_query *q, bool *found, struct err *e)
{
	enum status st = db_one(q, e);

	*found = st == STATUS_OK;
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status person_store_held(struct db *db, enum contact_field key,
    const char *value, bool *held, struct err *e)
{
	return any(by_key(db, key, value), held, e);
}

enum status person_store_value_held(struct db *db, struct arena *a,
    const char *value, bool *held, struct err *e)
{
	struct db_query *q = db_query(db, SQL[VALUE_HELD]);

	db_put_text(q, value);
	db_put_text(q, arena_printf(a, "\"%s\"", value));
	return any(q, held, e);
}

enum status person_store_rows(struct db *db, struct arena *a, uint64_t contact,
    struct id_list *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ROWS]);

	for (int i = 0; i < 3; i++)
		db_put_u64(q, contact);
	return add_ids(q, a, 2, out, e);
}

enum status person_store_count(
    struct db *db, uint64_t contact, struct person_counts *sum, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COUNT]);

	db_put_u64(q, contact);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		sum->contacts += db_get_u64(q);
		sum->revisions += db_get_u64(q);
		sum->messages += db_get_u64(q);
		sum->consents += db_get_u64(q);
		sum->tags += db_get_u64(q);
		sum->segments += db_get_u64(q);
		sum->campaigns += db_get_u64(q);
	}
	db_done(q);
	return st;
}

static enum status run_for(
    struct db *db, enum sql which, uint64_t contact, struct err *e)
{
	struct db_query *q = db_query(db, SQL[which]);

	db_put_u64(q, contact);
	return db_exec(q, NULL, e);
}

enum status person_store_delete(
    struct db *db, struct arena *a, uint64_t contact, struct err *e)
{
	static const enum sql steps[] = {KEPT_TAKE, OPTOUTS_TAKE, TRASH};
	enum status st = STATUS_OK;
	uint64_t purged;

	for (size_t i = 0;
	     st == STATUS_OK && i < sizeof(steps) / sizeof(*steps); i++)
		st = run_for(db, steps[i], contact, e);
	return st == STATUS_OK
		   ? contact_batch_purge(db, a, &contact, 1, &purged, e)
		   : st;
}
