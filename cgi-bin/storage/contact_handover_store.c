/* contact_handover_store.c: what a merged contact leaves to the one it became
 */
/* SPDX-License-Identifier: MIT */
/*
 * Entries of the ledger are never changed, so they are written anew for the
 * other contact, as they are; the old ones go with their contact.
 */
#include "storage/contact_handover_store.h"

enum sql {
	THERE,
	MESSAGES,
	CONSENTS,
	ROWS,
	MERGED
};

#define ENTRY                                                                  \
	"purpose, status, basis, words, evidence_at, at, origin, member_id,"   \
	" token_id, import_id, import_row, job_id, message, detail"

static const char *const SQL[] = {
    [THERE] = "SELECT id FROM contact WHERE id = ? FOR UPDATE",
    [MESSAGES] = "UPDATE IGNORE message SET contact_id = ?"
		 " WHERE contact_id = ?",
    [CONSENTS] = "INSERT INTO contact_consent (contact_id, " ENTRY ")"
		 " SELECT ?, " ENTRY " FROM contact_consent"
		 " WHERE contact_id = ? ORDER BY at, id",
    [ROWS] = "REPLACE INTO import_contact (import_id, row_no, contact_id,"
	     " says, evidence_at, at) SELECT import_id, row_no, ?, says,"
	     " evidence_at, at FROM import_contact WHERE contact_id = ?",
    [MERGED] = "UPDATE contact SET merged_into = ? WHERE merged_into = ?",
};

static enum status is_there(
    struct db *db, struct contact_id contact, struct err *e)
{
	struct db_query *q = db_query(db, SQL[THERE]);

	db_put_u64(q, contact.n);
	enum status st = db_one(q, e);

	db_done(q);
	return st;
}

enum status contact_hand_over(
    struct db *db, struct contact_id from, struct contact_id to, struct err *e)
{
	enum status st = is_there(db, to, e);

	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	for (int i = MESSAGES; st == STATUS_OK && i <= MERGED; i++) {
		struct db_query *q = db_query(db, SQL[i]);

		db_put_u64(q, to.n);
		db_put_u64(q, from.n);
		st = db_exec(q, NULL, e);
	}
	return st;
}
