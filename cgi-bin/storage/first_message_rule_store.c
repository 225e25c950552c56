/* first_message_rule_store.c: rows of first_message_rule */
/* SPDX-License-Identifier: MIT */
#include "storage/first_message_rule_store.h"

enum sql {
	LIST,
	LIST_LOCKED,
	INSERT,
	UPDATE,
	REMOVE,
	FOLLOW,
	REMOVE_GIVING
};

#define ROWS                                                                   \
	"SELECT id, position, kind, phrase, gives FROM first_message_rule"     \
	" ORDER BY position, id LIMIT ?"

static const char *const SQL[] = {
    [LIST] = ROWS,
    [LIST_LOCKED] = ROWS " FOR UPDATE",
    [INSERT] = "INSERT INTO first_message_rule (position, kind, phrase, gives,"
	       " created_at) VALUES (?, ?, ?, ?, ?)",
    [UPDATE] = "UPDATE first_message_rule SET position = ?, kind = ?,"
	       " phrase = ?, gives = ? WHERE id = ?",
    [REMOVE] = "DELETE FROM first_message_rule WHERE id = ?",
    [FOLLOW] = "UPDATE first_message_rule SET gives = ? WHERE gives = ?",
    [REMOVE_GIVING] = "DELETE FROM first_message_rule WHERE gives = ?",
};

enum status first_message_rule_list(struct db *db, struct arena *a, bool lock,
    struct first_message_rule **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[lock ? LIST_LOCKED : LIST]);

	*rows = arena_alloc(a, FIRST_MESSAGE_RULES_MAX * sizeof(**rows));
	*count = 0;
	db_put_u64(q, FIRST_MESSAGE_RULES_MAX);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct first_message_rule *r = &(*rows)[(*count)++];

		r->id = db_get_u64(q);
		r->position = db_get_u64(q);
		int kind = match_kind_find(db_get_text(q, a));

		r->kind = kind < 0 ? MATCH_IS : (enum match_kind)kind;
		r->phrase = db_get_text(q, a);
		r->gives = db_get_text(q, a);
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static void put(struct db_query *q, const struct first_message_rule *r)
{
	db_put_u64(q, r->position);
	db_put_text(q, match_words[r->kind].key);
	db_put_text(q, r->phrase);
	db_put_text(q, r->gives);
}

enum status first_message_rule_insert(struct db *db,
    const struct first_message_rule *r, int64_t now, uint64_t *id,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[INSERT]);

	put(q, r);
	db_put_time(q, now);
	enum status st = db_exec(q, NULL, e);

	if (st == STATUS_OK)
		*id = db_last_id(q);
	return st;
}

enum status first_message_rule_update(
    struct db *db, const struct first_message_rule *r, struct err *e)
{
	struct db_query *q = db_query(db, SQL[UPDATE]);

	put(q, r);
	db_put_u64(q, r->id);
	return db_exec(q, NULL, e);
}

enum status first_message_rule_delete(struct db *db, uint64_t id, struct err *e)
{
	struct db_query *q = db_query(db, SQL[REMOVE]);

	db_put_u64(q, id);
	return db_exec(q, NULL, e);
}

enum status first_message_rule_follow(
    struct db *db, const char *gives, const char *instead, struct err *e)
{
	struct db_query *q =
	    db_query(db, SQL[*instead ? FOLLOW : REMOVE_GIVING]);

	if (*instead)
		db_put_text(q, instead);
	db_put_text(q, gives);
	return db_exec(q, NULL, e);
}
