/* catalog_job_store.c: rows of catalog_job, and the contacts they concern */
/* SPDX-License-Identifier: MIT */
/*
 * Contacts are looked for without locks and then locked by their ids, so that
 * a batch locks no more rows than it has.
 */
#include "storage/catalog_job_store.h"

#include "base/clock.h"
#include "base/str.h"

#define LIST 500u
#define Q5 "?,?,?,?,?"
#define Q50 Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5 "," Q5
#define Q500                                                                   \
	Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50 "," Q50    \
	    "," Q50

enum statement {
	JOB_INSERT,
	JOB_LOCK,
	JOB_OLDEST,
	JOB_PENDING,
	JOB_CHECKPOINT,
	JOB_DELETE,
	WITH_ATTRIBUTE,
	WITH_TAG,
	WITH_FIRST_MESSAGE,
	EMPTY_SEGMENT,
	EMPTY_CAMPAIGN,
	CONTACTS_LOCK,
	CONTACT_UPDATE,
	CONTACT_UNTAG
};

static const char *const SQL[] = {
    [JOB_INSERT] = "INSERT INTO catalog_job (kind, old_id, old_name, new_id, "
		   "new_name, member_id, token_id, created_at) "
		   "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [JOB_LOCK] = "SELECT kind, old_id, old_name, new_id, new_name, "
		 "next_contact, changed, member_id, token_id "
		 "FROM catalog_job WHERE id = ? FOR UPDATE",
    [JOB_OLDEST] = "SELECT id FROM catalog_job ORDER BY id LIMIT 1",
    [JOB_PENDING] = "SELECT id FROM catalog_job WHERE kind = ? LIMIT 1",
    [JOB_CHECKPOINT] = "UPDATE catalog_job SET next_contact = ?, changed = ? "
		       "WHERE id = ?",
    [JOB_DELETE] = "DELETE FROM catalog_job WHERE id = ?",
    [WITH_ATTRIBUTE] = "SELECT id FROM contact WHERE id > ? AND "
		       "JSON_EXISTS(attributes, ?) ORDER BY id LIMIT ?",
    [WITH_TAG] = "SELECT contact_id FROM contact_tag WHERE contact_id > ? AND "
		 "tag_id = ? ORDER BY contact_id LIMIT ?",
    [WITH_FIRST_MESSAGE] =
	"SELECT id FROM contact WHERE id > ? AND "
	"first_message COLLATE utf8mb4_uca1400_as_ci = ? ORDER BY id LIMIT ?",
    [EMPTY_SEGMENT] = "DELETE FROM segment_contact WHERE segment_id = ? "
		      "ORDER BY contact_id LIMIT ?",
    [EMPTY_CAMPAIGN] = "DELETE FROM contact_campaign WHERE campaign_id = ? "
		       "ORDER BY contact_id LIMIT ?",
    [CONTACTS_LOCK] =
	"SELECT id, version, attributes, first_message "
	"FROM contact WHERE id IN (" Q500 ") ORDER BY id FOR UPDATE",
    [CONTACT_UPDATE] = "UPDATE contact SET attributes = ?, first_message = ?, "
		       "version = version + 1, updated_at = ? WHERE id = ?",
    [CONTACT_UNTAG] =
	"DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?",
};

static const char *const kind_words[] = {
    [CATALOG_ATTRIBUTE] = "attribute",
    [CATALOG_TAG] = "tag",
    [CATALOG_FIRST_MESSAGE] = "first_message",
    [CATALOG_SEGMENT] = "segment",
    [CATALOG_CAMPAIGN] = "campaign",
};

static enum catalog_kind kind_of(const char *word)
{
	for (size_t i = 0; i < sizeof(kind_words) / sizeof(*kind_words); i++)
		if (str_equal(word, kind_words[i]))
			return (enum catalog_kind)i;
	return CATALOG_SEGMENT;
}

enum status catalog_job_insert(
    struct db *db, const struct catalog_job *job, uint64_t *id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[JOB_INSERT]);

	db_put_text(q, kind_words[job->kind]);
	db_put_u64(q, job->old_id);
	db_put_text(q, job->old_name);
	db_put_u64(q, job->new_id);
	db_put_text(q, job->new_name);
	db_put_id(q, job->actor.member.n);
	db_put_id(q, job->actor.token.n);
	db_put_time(q, clock_now());
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		*id = db_last_id(q);
	return st;
}

enum status catalog_job_lock(struct db *db, struct arena *a, uint64_t id,
    struct catalog_job *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[JOB_LOCK]);

	*out = (struct catalog_job){.id = id};
	db_put_u64(q, id);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		out->kind = kind_of(db_get_text(q, a));
		out->old_id = db_get_u64(q);
		out->old_name = db_get_text(q, a);
		out->new_id = db_get_u64(q);
		out->new_name = db_get_text(q, a);
		out->next_contact = db_get_u64(q);
		out->changed = db_get_u64(q);
		out->actor.member.n = db_get_u64(q);
		out->actor.token.n = db_get_u64(q);
		out->actor.address = "";
	}
	db_done(q);
	return st;
}

/* The first column of the first row. */
static enum status one_id(struct db_query *q, uint64_t *id, struct err *e)
{
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*id = db_get_u64(q);
	db_done(q);
	return st;
}

enum status catalog_job_oldest(struct db *db, uint64_t *id, struct err *e)
{
	return one_id(db_query(db, SQL[JOB_OLDEST]), id, e);
}

enum status catalog_job_pending(
    struct db *db, enum catalog_kind kind, bool *pending, struct err *e)
{
	struct db_query *q = db_query(db, SQL[JOB_PENDING]);
	uint64_t id;

	db_put_text(q, kind_words[kind]);
	enum status st = one_id(q, &id, e);

	*pending = st == STATUS_OK;
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status catalog_job_checkpoint(
    struct db *db, const struct catalog_job *job, struct err *e)
{
	struct db_query *q = db_query(db, SQL[JOB_CHECKPOINT]);

	db_put_u64(q, job->next_contact);
	db_put_u64(q, job->changed);
	db_put_u64(q, job->id);
	return db_exec(q, NULL, e);
}

enum status catalog_job_delete(struct db *db, uint64_t id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[JOB_DELETE]);

	db_put_u64(q, id);
	return db_exec(q, NULL, e);
}

static struct db_query *query_contacts(
    struct db *db, const struct catalog_job *job, const char *path)
{
	bool attribute = job->kind == CATALOG_ATTRIBUTE;
	bool tag = job->kind == CATALOG_TAG;
	struct db_query *q = db_query(db, SQL[attribute ? WITH_ATTRIBUTE
					      : tag	? WITH_TAG
							: WITH_FIRST_MESSAGE]);

	db_put_u64(q, job->next_contact);
	if (tag)
		db_put_u64(q, job->old_id);
	else
		db_put_text(q, attribute ? path : job->old_name);
	return q;
}

enum status catalog_job_contacts(struct db *db, struct arena *a,
    const struct catalog_job *job, const char *path, size_t limit,
    uint64_t **contacts, size_t *count, struct err *e)
{
	struct db_query *q = query_contacts(db, job, path);

	*contacts = arena_alloc(a, limit * sizeof(**contacts));
	*count = 0;
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		(*contacts)[(*count)++] = db_get_u64(q);
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status catalog_job_empty(struct db *db, const struct catalog_job *job,
    size_t limit, uint64_t *taken, struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[job->kind == CATALOG_CAMPAIGN ? EMPTY_CAMPAIGN
							   : EMPTY_SEGMENT]);

	db_put_u64(q, job->old_id);
	db_put_u64(q, limit);
	return db_exec(q, taken, e);
}

/* Adds the contacts of at most LIST ids. */
static enum status lock_list(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct catalog_contact *out,
    size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[CONTACTS_LOCK]);

	for (size_t i = 0; i < LIST; i++)
		db_put_u64(q, contacts[i < n ? i : 0]);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct catalog_contact *c = &out[(*count)++];

		c->id = db_get_u64(q);
		c->version = db_get_u64(q);
		c->attributes = db_get_text(q, a);
		c->first_message = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status catalog_contacts_lock(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct catalog_contact **out,
    size_t *count, struct err *e)
{
	enum status st = STATUS_OK;

	*out = arena_alloc(a, n * sizeof(**out));
	*count = 0;
	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST)
		st = lock_list(db, a, contacts + i, n - i < LIST ? n - i : LIST,
		    *out, count, e);
	return st;
}

enum status catalog_contacts_update(struct db *db, struct arena *a,
    const struct catalog_contact *contacts, size_t n, int64_t now,
    struct err *e)
{
	uint64_t *ids = arena_raw(a, n * sizeof(*ids));
	const char **attributes = arena_raw(a, n * sizeof(*attributes));
	const char **messages = arena_raw(a, n * sizeof(*messages));
	char at[32];
	const char *moment = at;

	clock_format(now, at);
	at[10] = ' ';
	at[23] = '\0';
	for (size_t i = 0; i < n; i++) {
		ids[i] = contacts[i].id;
		attributes[i] = contacts[i].attributes;
		messages[i] = contacts[i].first_message;
	}
	const struct db_column columns[] = {
	    {.kind = DB_TEXTS, .texts = attributes},
	    {.kind = DB_TEXTS, .texts = messages},
	    {.kind = DB_CONST_TEXT, .texts = &moment},
	    {.kind = DB_NUMBERS, .numbers = ids},
	};

	return n ? db_bulk(db, SQL[CONTACT_UPDATE], columns, 4, n, e)
		 : STATUS_OK;
}

enum status catalog_contacts_untag(struct db *db, const uint64_t *contacts,
    size_t n, uint64_t tag, struct err *e)
{
	const struct db_column columns[] = {
	    {.kind = DB_NUMBERS, .numbers = contacts},
	    {.kind = DB_CONST_NUMBER, .numbers = &tag},
	};

	return n ? db_bulk(db, SQL[CONTACT_UNTAG], columns, 2, n, e)
		 : STATUS_OK;
}
