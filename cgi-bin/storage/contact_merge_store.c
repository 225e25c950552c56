/* contact_merge_store.c: the rows that a merge of two contacts moves */
/* SPDX-License-Identifier: MIT */
#include "storage/contact_merge_store.h"

#include <string.h>

enum statement {
	LOCK,
	JOB,
	TRASH,
	TRASH_TAGS,
	TRASH_SEGMENTS,
	TRASH_CAMPAIGNS,
	TIMES,
	CAMPAIGNS,
	COPY_CAMPAIGNS,
	COPY_SEGMENT,
	LEAVE_SEGMENT
};

static const char *const SQL[] = {
    [LOCK] = "SELECT id FROM contact WHERE id IN (?, ?) ORDER BY id FOR UPDATE",
    [JOB] = "INSERT INTO job (kind, state, member_id, token_id, filter, action,"
	    " arguments, matched, seen, changed, created_at, started_at,"
	    " finished_at)"
	    " VALUES ('merge', 'done', ?, ?, '', 'merge', ?, 2, 2, 2, ?, ?, ?)",
    [TRASH] = "UPDATE contact SET phone = ?, wa_user_id = ?, trashed_at = ?,"
	      " merged_into = ?, updated_at = ?, version = version + 1"
	      " WHERE id = ? AND version = ?",
    [TRASH_TAGS] = "DELETE FROM contact_tag WHERE contact_id = ?",
    [TRASH_SEGMENTS] = "DELETE FROM segment_contact WHERE contact_id = ?",
    [TRASH_CAMPAIGNS] = "DELETE FROM contact_campaign WHERE contact_id = ?",
    [TIMES] = "UPDATE contact SET created_at = ?, last_active = ? WHERE id = ?",
    [CAMPAIGNS] = "SELECT campaign.name FROM contact_campaign"
		  " JOIN campaign ON campaign.id = contact_campaign.campaign_id"
		  " WHERE contact_campaign.contact_id = ?"
		  " ORDER BY campaign.name",
    [COPY_CAMPAIGNS] =
	"INSERT IGNORE INTO contact_campaign (campaign_id, contact_id)"
	" SELECT campaign_id, ? FROM contact_campaign WHERE contact_id = ?",
    [COPY_SEGMENT] = "INSERT IGNORE INTO segment_contact"
		     " (segment_id, contact_id, import_id)"
		     " SELECT segment_id, ?, import_id FROM segment_contact"
		     " WHERE contact_id = ? AND segment_id = ?",
    [LEAVE_SEGMENT] =
	"DELETE FROM segment_contact WHERE contact_id = ? AND segment_id = ?",
};

enum status contact_merge_lock(struct db *db, struct contact_id one,
    struct contact_id other, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LOCK]);

	*count = 0;
	db_put_u64(q, one.n);
	db_put_u64(q, other.n);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		(*count)++;
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status contact_merge_job(struct db *db, const struct actor *actor,
    const char *arguments, int64_t now, struct job_id *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[JOB]);

	db_put_id(q, actor->member.n);
	db_put_id(q, actor->token.n);
	db_put_text(q, arguments);
	for (int i = 0; i < 3; i++)
		db_put_time(q, now);
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		out->n = db_last_id(q);
	return st;
}

static enum status trash_row(
    struct db *db, const struct contact *c, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TRASH]);
	uint64_t changed = 0;

	db_put_text_or_null(q, c->value[FIELD_PHONE]);
	db_put_text_or_null(q, c->value[FIELD_WA_USER_ID]);
	db_put_time(q, c->trashed_at);
	db_put_id(q, c->merged_into);
	db_put_time(q, c->updated_at);
	db_put_u64(q, c->id.n);
	db_put_u64(q, c->version);
	enum status st = db_exec(q, &changed, e);

	if (st == STATUS_OK && !changed)
		return ERR(e, STATUS_CONFLICT, "contact %llu moved on",
		    (unsigned long long)c->id.n);
	return st;
}

enum status contact_merge_trash(
    struct db *db, const struct contact *c, struct err *e)
{
	static const enum statement links[] = {
	    TRASH_TAGS, TRASH_SEGMENTS, TRASH_CAMPAIGNS};
	enum status st = trash_row(db, c, e);

	for (size_t i = 0; st == STATUS_OK && i < 3; i++) {
		struct db_query *q = db_query(db, SQL[links[i]]);

		db_put_u64(q, c->id.n);
		st = db_exec(q, NULL, e);
	}
	return st;
}

enum status contact_merge_times(
    struct db *db, const struct contact *c, struct err *e)
{
	struct db_query *q = db_query(db, SQL[TIMES]);

	db_put_time(q, c->created_at);
	db_put_time(q, c->last_active);
	db_put_u64(q, c->id.n);
	return db_exec(q, NULL, e);
}

enum status contact_merge_campaigns(struct db *db, struct arena *a,
    struct contact_id id, const char ***names, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CAMPAIGNS]);
	size_t room = 16;

	*names = arena_alloc(a, room * sizeof(**names));
	*count = 0;
	db_put_u64(q, id.n);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		if (*count == room) {
			const char **more =
			    arena_alloc(a, 2 * room * sizeof(*more));

			memcpy(more, *names, room * sizeof(*more));
			*names = more;
			room *= 2;
		}
		(*names)[(*count)++] = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status contact_merge_copy_campaigns(
    struct db *db, struct contact_id from, struct contact_id to, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COPY_CAMPAIGNS]);

	db_put_u64(q, to.n);
	db_put_u64(q, from.n);
	return db_exec(q, NULL, e);
}

enum status contact_merge_copy_segment(struct db *db, struct segment_id segment,
    struct contact_id from, struct contact_id to, struct err *e)
{
	struct db_query *q = db_query(db, SQL[COPY_SEGMENT]);

	db_put_u64(q, to.n);
	db_put_u64(q, from.n);
	db_put_u64(q, segment.n);
	return db_exec(q, NULL, e);
}

enum status contact_merge_leave_segment(struct db *db,
    struct segment_id segment, struct contact_id id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[LEAVE_SEGMENT]);

	db_put_u64(q, id.n);
	db_put_u64(q, segment.n);
	return db_exec(q, NULL, e);
}
