/* erasure_text_store.c: texts of others that may name a person */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "storage/erasure_store.h"

/* What is read of each: id, number, place, first and second text. */
static const char *const PAGES[ERASURE_TEXTS] = {
    [TEXT_EVENT] = "SELECT id, 0, DATE_FORMAT(received_at,"
		   " '%Y-%m-%dT%H:%i:%s.000Z'), body, '' FROM webhook_event"
		   " WHERE id > ?"
		   " ORDER BY id LIMIT ?",
    [TEXT_JOB] = "SELECT id, 0, '', filter, arguments FROM job WHERE id > ?"
		 " ORDER BY id LIMIT ?",
    [TEXT_SEGMENT] = "SELECT id, 0, '', filter, '' FROM segment WHERE id > ?"
		     " AND kind = 'dynamic' ORDER BY id LIMIT ?",
    [TEXT_DELIVERY] = "SELECT id, 0, '', body, '' FROM hook_delivery WHERE"
		      " contact_id IS NULL AND id > ? AND event ="
		      " 'import.finished' ORDER BY id LIMIT ?",
    [TEXT_MEMORY] =
	"SELECT member_id, 0, HEX(place), old_value, new_value FROM"
	" correction_memory WHERE (member_id, place) > (?, UNHEX(?))"
	" ORDER BY member_id, place LIMIT ?",
    [TEXT_MAPPING] =
	"SELECT member_id, 0, HEX(headers_hash), headers, mapping FROM"
	" mapping_memory WHERE (member_id, headers_hash) > (?, UNHEX(?))"
	" ORDER BY member_id, headers_hash LIMIT ?",
    [TEXT_FIX] = "SELECT import_id, number, '', old_value, new_value FROM"
		 " import_fix WHERE import_id = ? AND number > ? AND kind ="
		 " 'value' ORDER BY number LIMIT ?",
    [TEXT_REVISION] = "SELECT id, 0, '', before_values, '' FROM"
		      " contact_revision WHERE id > ? AND"
		      " INSTR(LOWER(before_values), LOWER(?)) > 0"
		      " ORDER BY id LIMIT ?",
};
static const char *const PUTS[ERASURE_TEXTS] = {
    [TEXT_EVENT] = "DELETE FROM webhook_event WHERE id = ?",
    [TEXT_JOB] = "UPDATE job SET filter = ?, arguments = ? WHERE id = ?",
    [TEXT_SEGMENT] = "UPDATE segment SET filter = ? WHERE id = ?",
    [TEXT_DELIVERY] =
	"UPDATE hook_delivery SET body = JSON_OBJECT('id', JSON_VALUE(body,"
	" '$.id'), 'event', event, 'at', JSON_VALUE(body, '$.at'), 'data',"
	" JSON_OBJECT('id', CAST(JSON_VALUE(body, '$.data.id') AS INTEGER),"
	" 'status', JSON_VALUE(body, '$.data.status'))) WHERE id = ?",
    [TEXT_MEMORY] = "DELETE FROM correction_memory WHERE member_id = ? AND"
		    " place = UNHEX(?)",
    [TEXT_MAPPING] = "DELETE FROM mapping_memory WHERE member_id = ? AND"
		     " headers_hash = UNHEX(?)",
    [TEXT_FIX] = "DELETE FROM import_fix WHERE import_id = ? AND number = ?",
    [TEXT_REVISION] =
	"UPDATE contact_revision SET before_values = ? WHERE id = ?",
};

/* Where the page begins. */
static void put_place(struct db_query *q, enum erasure_text which,
    uint64_t scope, const char *needle, const struct erasure_row *after)
{
	uint64_t id = after ? after->id : 0;

	switch (which) {
	case TEXT_FIX:
		db_put_u64(q, scope);
		db_put_u64(q, after ? after->number : 0);
		break;
	case TEXT_MEMORY:
	case TEXT_MAPPING:
		db_put_u64(q, id);
		db_put_text(q, after ? after->place : "");
		break;
	case TEXT_REVISION:
		db_put_u64(q, id);
		db_put_text(q, needle);
		break;
	case TEXT_EVENT:
	case TEXT_JOB:
	case TEXT_SEGMENT:
	case TEXT_DELIVERY:
	case ERASURE_TEXTS:
		db_put_u64(q, id);
		break;
	}
}

enum status erasure_texts(struct db *db, struct arena *a,
    enum erasure_text which, uint64_t scope, const char *needle,
    const struct erasure_row *after, size_t limit, struct erasure_row **rows,
    size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, PAGES[which]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	put_place(q, which, scope, needle, after);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct erasure_row *row = &(*rows)[(*count)++];

		row->id = db_get_u64(q);
		row->number = db_get_u64(q);
		row->place = db_get_text(q, a);
		row->first = db_get_text(q, a);
		row->second = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status erasure_text_put(struct db *db, enum erasure_text which,
    const struct erasure_row *row, struct err *e)
{
	struct db_query *q = db_query(db, PUTS[which]);

	if (which == TEXT_JOB || which == TEXT_SEGMENT ||
	    which == TEXT_REVISION)
		db_put_text(q, row->first);
	if (which == TEXT_JOB)
		db_put_text(q, row->second);
	db_put_u64(q, row->id);
	if (which == TEXT_MEMORY || which == TEXT_MAPPING)
		db_put_text(q, row->place);
	if (which == TEXT_FIX)
		db_put_u64(q, row->number);
	return db_exec(q, NULL, e);
}
