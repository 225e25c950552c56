/* mapping_memory_store.c: the mappings that members used last */
/* SPDX-License-Identifier: MIT */
#include "storage/mapping_memory_store.h"

enum sql {
	GET,
	GET_LAST,
	PUT
};
static const char *const SQL[] = {
    [GET] = "SELECT headers, mapping FROM mapping_memory"
	    " WHERE member_id = ? AND headers_hash = ?",
    [GET_LAST] = "SELECT headers, mapping FROM mapping_memory"
		 " WHERE member_id = ? ORDER BY used_at DESC LIMIT 1",
    [PUT] = "INSERT INTO mapping_memory (member_id, headers_hash, headers,"
	    " mapping, used_at) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))"
	    " ON DUPLICATE KEY UPDATE headers = VALUES(headers),"
	    " mapping = VALUES(mapping), used_at = VALUES(used_at)",
};

enum status mapping_memory_get(struct db *db, struct arena *a,
    struct member_id member, const unsigned char *hash, const char **headers,
    const char **mapping, struct err *e)
{
	struct db_query *q = db_query(db, SQL[hash ? GET : GET_LAST]);

	db_put_u64(q, member.n);
	if (hash)
		db_put_blob(q, hash, 32);
	enum status st = db_one(q, e);

	if (st == STATUS_OK) {
		*headers = db_get_text(q, a);
		*mapping = db_get_text(q, a);
	}
	db_done(q);
	return st;
}

enum status mapping_memory_put(struct db *db, struct member_id member,
    const unsigned char hash[32], const char *headers, const char *mapping,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[PUT]);

	db_put_u64(q, member.n);
	db_put_blob(q, hash, 32);
	db_put_text(q, headers);
	db_put_text(q, mapping);
	return db_exec(q, NULL, e);
}
