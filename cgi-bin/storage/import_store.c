/* import_store.c: rows of import */
/* SPDX-License-Identifier: MIT */
#include "storage/import_store.h"

#include <string.h>

#include "base/str.h"

#define COLUMNS                                                                \
	"i.id, i.member_id, COALESCE(m.name, ''), i.state, i.format, i.rules," \
	" i.file_name, i.bytes, i.sha256, i.encoding, i.delimiter, i.header,"  \
	" i.columns_found, i.mapping, i.segment, i.tags, i.last_mapping,"      \
	" i.total_rows, i.read_rows, i.created, i.updated, i.unchanged,"       \
	" i.skipped, i.rejected, i.lease_number, i.completes,"                 \
	" (SELECT MAX(c.id) FROM import c WHERE c.completes = i.id),"          \
	" COALESCE(i.checked, ''), i.inexact_from, i.refusal_code,"            \
	" i.refusal_message, i.created_at, i.started_at, i.finished_at,"       \
	" i.worked_ms, i.file_deleted_at, i.erased_cells"
#define FROM " FROM import i LEFT JOIN member m ON m.id = i.member_id "
/* Nothing of a check that was made before holds; its worker is fenced off. */
#define FROM_THE_BEGINNING                                                     \
	"read_rows = 0, created = 0, updated = 0, unchanged = 0, skipped = 0," \
	" rejected = 0, next_batch = 0, next_row = 0, next_line = 0,"          \
	" next_offset = 0, inexact_from = 0, cancel_asked = FALSE,"            \
	" pause_asked = FALSE,"                                                \
	" worked_ms = 0, lease_until = UTC_TIMESTAMP(3),"                      \
	" lease_number = lease_number + 1"
#define PAGE                                                                   \
	" AND i.id < ? AND (? = 0 OR i.member_id = ?) ORDER BY i.id DESC LIMIT ?"

enum sql {
	INSERT,
	TO_COMPLETE,
	GET,
	BY_KEY,
	LIST,
	LIST_STATE,
	ACTIVE,
	UPDATE,
	RECHECK,
	LOCK,
	MOVE,
	ASK_CANCEL,
	ASK_PAUSE,
	RESUME,
	CONFIRM,
	HOLD,
	DISCARD_FILE,
	DISCARD,
	STALE
};

static const char *const SQL[] = {
    [INSERT] =
	"INSERT INTO import (member_id, token_id, state, format, rules,"
	" file_name, bytes, sha256, encoding, delimiter, header,"
	" columns_found, mapping, segment, tags, last_mapping, total_rows,"
	" idempotency_key, request_hash, headers_hash, completes, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	" ?, UTC_TIMESTAMP(3))",
    [TO_COMPLETE] = "SELECT id FROM import WHERE headers_hash = ?"
		    " AND state = 'done' AND skipped + rejected > 0"
		    " ORDER BY id DESC LIMIT 1",
    [GET] = "SELECT " COLUMNS FROM "WHERE i.id = ?",
    [BY_KEY] = "SELECT id, request_hash FROM import"
	       " WHERE token_id = ? AND idempotency_key = ?",
    [LIST] = "SELECT " COLUMNS FROM "WHERE i.state <> 'uploading'" PAGE,
    [LIST_STATE] = "SELECT " COLUMNS FROM "WHERE i.state = ?" PAGE,
    [ACTIVE] = "SELECT " COLUMNS FROM
	       "WHERE i.state IN ('queued', 'running') ORDER BY i.id LIMIT 10",
    [UPDATE] =
	"UPDATE import SET format = ?, rules = ?, encoding = ?, delimiter = ?,"
	" header = ?, columns_found = ?, mapping = ?, segment = ?, tags = ?,"
	" total_rows = ?, refusal_code = ?, refusal_message = ?, state = ?,"
	" " FROM_THE_BEGINNING ","
	" finished_at = IF(state = 'refused', UTC_TIMESTAMP(3), NULL)"
	" WHERE id = ? AND state = ?",
    [RECHECK] = "UPDATE import SET state = 'checking', " FROM_THE_BEGINNING
		" WHERE id = ? AND state IN ('mapped', 'checking', 'ready')",
    [LOCK] = "SELECT id FROM import WHERE id = ? FOR UPDATE",
    [MOVE] = "UPDATE import SET state = ?, finished_at ="
	     " IF(state IN ('cancelled', 'refused'), UTC_TIMESTAMP(3),"
	     " finished_at) WHERE id = ? AND state = ?",
    [CONFIRM] =
	"UPDATE import SET checked = IF(state = 'ready' AND NOT EXISTS"
	" (SELECT 1 FROM import_optin o WHERE o.import_id = import.id"
	" AND o.pass = lease_number),"
	" JSON_OBJECT('read', read_rows, 'created', created,"
	" 'updated', updated, 'unchanged', unchanged,"
	" 'skipped', skipped, 'rejected', rejected, 'problems',"
	" JSON_EXTRACT((SELECT JSON_OBJECTAGG(CONCAT(p.level, '/', p.code),"
	" p.problems) FROM import_problem_count p WHERE p.import_id ="
	" import.id), '$'), 'changes', JSON_EXTRACT((SELECT"
	" JSON_OBJECTAGG(c.field, c.changed_rows) FROM import_change_count c"
	" WHERE c.import_id = import.id), '$')), NULL),"
	" state = 'queued', " FROM_THE_BEGINNING " WHERE id = ? AND state = ?",
    [HOLD] = "SELECT id FROM import WHERE id = ? AND state = ? FOR UPDATE",
    [ASK_CANCEL] = "UPDATE import SET cancel_asked = TRUE WHERE id = ?",
    [ASK_PAUSE] = "UPDATE import SET pause_asked = TRUE WHERE id = ?"
		  " AND state = 'running'",
    [RESUME] = "UPDATE import SET state = 'queued', pause_asked = FALSE,"
	       " refusal_code = '', refusal_message = '',"
	       " lease_until = UTC_TIMESTAMP(3) WHERE id = ?"
	       " AND state = 'paused'",
    [DISCARD_FILE] = "DELETE FROM import_file WHERE import_id = ?",
    [DISCARD] = "DELETE FROM import WHERE id = ? AND state IN"
		" ('uploading', 'uploaded', 'mapped', 'checking', 'ready')",
    [STALE] = "SELECT id FROM import WHERE state = 'uploading' AND"
	      " created_at < UTC_TIMESTAMP(3) - INTERVAL 3 MINUTE LIMIT 1",
};

static const char *const state_words[IMPORT_STATE_COUNT] = {
    [IMPORT_UPLOADING] = "uploading",
    [IMPORT_UPLOADED] = "uploaded",
    [IMPORT_MAPPED] = "mapped",
    [IMPORT_CHECKING] = "checking",
    [IMPORT_READY] = "ready",
    [IMPORT_QUEUED] = "queued",
    [IMPORT_RUNNING] = "running",
    [IMPORT_PAUSED] = "paused",
    [IMPORT_DONE] = "done",
    [IMPORT_FAILED] = "failed",
    [IMPORT_CANCELLED] = "cancelled",
    [IMPORT_REFUSED] = "refused",
    [IMPORT_UNDOING] = "undoing",
    [IMPORT_UNDONE] = "undone",
    [IMPORT_REDOING] = "redoing",
};

static const char *const undo_steps[] = {
    [IMPORT_UNDO_BEGINS] = "UPDATE import SET before_undo = state,"
			   " state = 'undoing' WHERE id = ? AND state IN"
			   " ('done', 'failed', 'cancelled')",
    [IMPORT_UNDO_ENDS] = "UPDATE import SET state = 'undone' WHERE id = ?"
			 " AND state = 'undoing'",
    [IMPORT_UNDO_GIVEN_UP] = "UPDATE import SET state = before_undo"
			     " WHERE id = ? AND state = 'undoing'",
    [IMPORT_REDO_BEGINS] = "UPDATE import SET state = 'redoing' WHERE id = ?"
			   " AND state = 'undone'",
    [IMPORT_REDO_ENDS] = "UPDATE import SET state = before_undo WHERE id = ?"
			 " AND state = 'redoing'",
    [IMPORT_REDO_GIVEN_UP] = "UPDATE import SET state = 'undone' WHERE id = ?"
			     " AND state = 'redoing'",
};

static const char *const encoding_words[ENCODING_COUNT] = {
    [ENCODING_UTF8] = "utf-8",
    [ENCODING_UTF16LE] = "utf-16le",
    [ENCODING_UTF16BE] = "utf-16be",
    [ENCODING_WINDOWS1252] = "windows-1252",
};

const char *import_state_word(enum import_state s)
{
	return s < IMPORT_STATE_COUNT ? state_words[s] : "";
}

enum import_state import_state_of(const char *word)
{
	unsigned s = 0;

	while (s < IMPORT_STATE_COUNT && !str_equal(word, state_words[s]))
		s++;
	return (enum import_state)s;
}

static enum encoding encoding_of(const char *word)
{
	unsigned i = 0;

	while (i < ENCODING_COUNT && !str_equal(word, encoding_words[i]))
		i++;
	return i < ENCODING_COUNT ? (enum encoding)i : ENCODING_UTF8;
}

static void put_delimiter(struct db_query *q, char delimiter)
{
	char text[2] = {delimiter, '\0'};

	db_put_text(q, text);
}

enum status import_store_insert(struct db *db, const struct import_row *row,
    const struct actor *actor, const char *idempotency_key,
    const char *request_hash, struct import_id *out, struct err *e)
{
	const struct import *i = &row->head;
	struct db_query *q = db_query(db, SQL[INSERT]);
	const unsigned char *hash = row->headers_hash;

	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_text(q, import_state_word(i->state));
	db_put_text(q, i->format);
	db_put_text(q, row->rules);
	db_put_text(q, i->file_name);
	db_put_u64(q, i->bytes);
	db_put_text(q, i->sha256);
	db_put_text(q, encoding_words[i->encoding]);
	put_delimiter(q, i->delimiter);
	db_put_bool(q, i->header);
	db_put_text(q, i->columns);
	db_put_text(q, i->mapping);
	db_put_text(q, i->segment);
	db_put_text(q, i->tags);
	db_put_bool(q, i->last_mapping);
	db_put_u64(q, i->total_rows);
	db_put_text_or_null(q, idempotency_key);
	db_put_text_or_null(q, request_hash);
	db_put_blob(q, hash, sizeof(row->headers_hash));
	db_put_id(q, i->completes.n);
	enum status st = db_run(q, e);

	out->n = db_last_id(q);
	db_done(q);
	return st;
}

static void read_facts(struct db_query *q, struct arena *a, struct import *i)
{
	i->file_name = db_get_text(q, a);
	i->bytes = db_get_u64(q);
	i->sha256 = db_get_text(q, a);
	i->encoding = encoding_of(db_get_text(q, a));
	i->delimiter = db_get_text(q, a)[0];
	i->header = db_get_bool(q);
	i->columns = db_get_text(q, a);
	i->mapping = db_get_text(q, a);
	i->segment = db_get_text(q, a);
	i->tags = db_get_text(q, a);
	i->last_mapping = db_get_bool(q);
}

static void read_progress(struct db_query *q, struct arena *a, struct import *i)
{
	i->total_rows = db_get_u64(q);
	i->counts.read = db_get_u64(q);
	i->counts.created = db_get_u64(q);
	i->counts.updated = db_get_u64(q);
	i->counts.unchanged = db_get_u64(q);
	i->counts.skipped = db_get_u64(q);
	i->counts.rejected = db_get_u64(q);
	i->attempts = db_get_u64(q);
	i->completes.n = db_get_u64(q);
	i->completed.n = db_get_u64(q);
	i->checked = db_get_text(q, a);
	i->inexact_from = db_get_u64(q);
	i->refusal_code = db_get_text(q, a);
	i->refusal_message = db_get_text(q, a);
	i->created_at = db_get_time(q);
	i->started_at = db_get_time(q);
	i->finished_at = db_get_time(q);
	i->worked_ms = db_get_i64(q);
	i->file_deleted_at = db_get_time(q);
	i->erased_cells = db_get_u64(q);
	/* They were those of its check, and nothing came of them. */
	if (i->state == IMPORT_CANCELLED && i->started_at == 0)
		memset(&i->counts, 0, sizeof(i->counts));
}

static void read_row(struct db_query *q, struct arena *a, struct import_row *r)
{
	struct import *i = &r->head;

	memset(r, 0, sizeof(*r));
	i->id.n = db_get_u64(q);
	i->member.n = db_get_u64(q);
	i->member_name = db_get_text(q, a);
	i->state = import_state_of(db_get_text(q, a));
	i->format = db_get_text(q, a);
	r->rules = db_get_text(q, a);
	read_facts(q, a, i);
	read_progress(q, a, i);
}

static enum status read_rows(struct db_query *q, struct arena *a, size_t limit,
    struct import_row **rows, size_t *count, struct err *e)
{
	enum status st = db_run(q, e);

	*rows = arena_alloc(a, limit * sizeof(**rows));
	*count = 0;
	while (st == STATUS_OK && *count < limit) {
		st = db_next(q, e);
		if (st == STATUS_OK)
			read_row(q, a, &(*rows)[(*count)++]);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status import_store_get(struct db *db, struct arena *a,
    struct import_id id, struct import_row *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		read_row(q, a, out);
	db_done(q);
	return st;
}

enum status import_store_by_key(struct db *db, struct arena *a,
    struct token_id token, const char *key, struct import_id *out,
    const char **request_hash, struct err *e)
{
	struct db_query *q = db_query(db, SQL[BY_KEY]);

	db_put_u64(q, token.n);
	db_put_text(q, key);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->n = db_get_u64(q);
		*request_hash = db_get_text(q, a);
	}
	db_done(q);
	return st;
}

enum status import_store_list(struct db *db, struct arena *a, uint64_t before,
    enum import_state state, struct member_id member, size_t limit,
    struct import_row **rows, size_t *count, struct err *e)
{
	bool all = state >= IMPORT_STATE_COUNT;
	struct db_query *q = db_query(db, SQL[all ? LIST : LIST_STATE]);

	if (!all)
		db_put_text(q, import_state_word(state));
	db_put_u64(q, before ? before : UINT64_MAX);
	db_put_u64(q, member.n);
	db_put_u64(q, member.n);
	db_put_u64(q, limit);
	return read_rows(q, a, limit, rows, count, e);
}

enum status import_store_active(struct db *db, struct arena *a,
    struct import_row **rows, size_t *count, struct err *e)
{
	return read_rows(db_query(db, SQL[ACTIVE]), a, 10, rows, count, e);
}

static enum status exec_one(struct db_query *q, struct err *e)
{
	uint64_t changed = 0;
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && changed != 1)
		return ERR(e, STATUS_CONFLICT, "the import has moved on");
	return st;
}

enum status import_store_update(struct db *db, const struct import_row *row,
    enum import_state from, struct err *e)
{
	const struct import *i = &row->head;
	struct db_query *q = db_query(db, SQL[UPDATE]);

	db_put_text(q, i->format);
	db_put_text(q, row->rules);
	db_put_text(q, encoding_words[i->encoding]);
	put_delimiter(q, i->delimiter);
	db_put_bool(q, i->header);
	db_put_text(q, i->columns);
	db_put_text(q, i->mapping);
	db_put_text(q, i->segment);
	db_put_text(q, i->tags);
	db_put_u64(q, i->total_rows);
	db_put_text(q, i->refusal_code);
	db_put_text(q, i->refusal_message);
	db_put_text(q, import_state_word(i->state));
	db_put_u64(q, i->id.n);
	db_put_text(q, import_state_word(from));
	return exec_one(q, e);
}

enum status import_store_recheck(
    struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RECHECK]);

	db_put_u64(q, id.n);
	return exec_one(q, e);
}

enum status import_store_lock(struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LOCK]);

	db_put_u64(q, id.n);
	enum status st = db_one(q, e);

	db_done(q);
	return st;
}

enum status import_store_move(struct db *db, struct import_id id,
    enum import_state from, enum import_state to, struct err *e)
{
	struct db_query *q = db_query(db, SQL[MOVE]);

	db_put_text(q, import_state_word(to));
	db_put_u64(q, id.n);
	db_put_text(q, import_state_word(from));
	return exec_one(q, e);
}

enum status import_store_confirm(
    struct db *db, struct import_id id, enum import_state from, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CONFIRM]);

	db_put_u64(q, id.n);
	db_put_text(q, import_state_word(from));
	return exec_one(q, e);
}

enum status import_store_hold(
    struct db *db, struct import_id id, enum import_state from, struct err *e)
{
	struct db_query *q = db_query(db, SQL[HOLD]);

	db_put_u64(q, id.n);
	db_put_text(q, import_state_word(from));
	enum status st = db_one(q, e);

	db_done(q);
	if (st != STATUS_NOT_FOUND)
		return st;
	return ERR(e, STATUS_CONFLICT, "import %llu is no longer %s",
	    (unsigned long long)id.n, import_state_word(from));
}

enum status import_store_ask_cancel(
    struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ASK_CANCEL]);

	db_put_u64(q, id.n);
	return db_exec(q, NULL, e);
}

enum status import_store_ask_pause(
    struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[ASK_PAUSE]);

	db_put_u64(q, id.n);
	return exec_one(q, e);
}

enum status import_store_resume(
    struct db *db, struct import_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RESUME]);

	db_put_u64(q, id.n);
	return exec_one(q, e);
}

static enum status discard(struct db *db, void *arg, struct err *e)
{
	const struct import_id *id = arg;
	struct db_query *q = db_query(db, SQL[DISCARD]);

	db_put_u64(q, id->n);
	enum status st = exec_one(q, e);

	if (st != STATUS_OK)
		return st;
	q = db_query(db, SQL[DISCARD_FILE]);
	db_put_u64(q, id->n);
	return db_exec(q, NULL, e);
}

enum status import_store_discard(
    struct db *db, struct import_id id, struct err *e)
{
	return db_transact(db, discard, &id, e);
}

enum status import_store_discard_stale(struct db *db, struct err *e)
{
	struct import_id id = {0};
	struct db_query *q = db_query(db, SQL[STALE]);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		id.n = db_get_u64(q);
	db_done(q);
	return st == STATUS_OK ? import_store_discard(db, id, e) : st;
}

enum status import_store_undo(struct db *db, struct import_id id,
    enum import_undo_step step, struct err *e)
{
	struct db_query *q = db_query(db, undo_steps[step]);

	db_put_u64(q, id.n);
	return exec_one(q, e);
}

enum status import_store_to_complete(struct db *db,
    const unsigned char hash[32], struct import_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TO_COMPLETE]);

	db_put_blob(q, hash, 32);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		out->n = db_get_u64(q);
	db_done(q);
	return st;
}
