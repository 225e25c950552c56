/* import_file_store.c: the uploaded bytes of an import */
/* SPDX-License-Identifier: MIT */
#include "storage/import_file_store.h"

enum sql {
	PUT,
	GET
};
static const char *const SQL[] = {
    [PUT] = "INSERT INTO import_file (import_id, seq, bytes) VALUES (?, ?, ?)",
    [GET] = "SELECT bytes FROM import_file WHERE import_id = ? AND seq = ?",
};

enum status import_file_put(struct db *db, struct import_id id, unsigned seq,
    const void *bytes, size_t n, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PUT]);

	db_put_u64(q, id.n);
	db_put_u64(q, seq);
	db_put_blob(q, bytes, n);
	return db_exec(q, NULL, e);
}

enum status import_file_get(struct db *db, struct arena *a, struct import_id id,
    unsigned seq, const char **bytes, size_t *n, struct err *e)
{
	struct db_query *q = db_query(db, SQL[GET]);

	db_put_u64(q, id.n);
	db_put_u64(q, seq);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*bytes = db_get_blob(q, a, n);
	db_done(q);
	return st;
}
