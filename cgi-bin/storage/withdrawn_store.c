/* withdrawn_store.c: who has withdrawn the consent to e-mails */
/* SPDX-License-Identifier: MIT */
#include "storage/withdrawn_store.h"

#include <stdbool.h>

#define LIST 100u
#define Q10 "?,?,?,?,?,?,?,?,?,?"
#define Q100                                                                   \
	Q10 "," Q10 "," Q10 "," Q10 "," Q10 "," Q10 "," Q10 "," Q10 "," Q10    \
	    "," Q10

static const char sql[] =
    "SELECT c.contact_id, c.status = 'withdrawn' FROM contact_consent c"
    " LEFT JOIN import i ON i.id = c.import_id"
    " WHERE c.contact_id IN (" Q100 ") AND c.purpose = 'email'"
    " AND COALESCE(i.state, '') NOT IN ('undone', 'redoing')"
    " ORDER BY c.contact_id, c.at, c.id";

/* At most LIST of them; a list that is not full has its first one again. */
static enum status find(struct db *db, const uint64_t *contacts, size_t n,
    uint64_t *out, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, sql);
	uint64_t last = 0;

	for (size_t i = 0; i < LIST; i++)
		db_put_u64(q, contacts[i < n ? i : 0]);
	enum status st = db_run(q, e);

	/* The last entry of each decides. */
	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		uint64_t id = db_get_u64(q);
		bool withdrawn = db_get_bool(q);

		if (*count && last == id && out[*count - 1] == id)
			(*count)--;
		last = id;
		if (withdrawn)
			out[(*count)++] = id;
	}
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status withdrawn_email(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, uint64_t **out, size_t *count,
    struct err *e)
{
	uint64_t *found = arena_raw(a, (n + 1) * sizeof(*found));
	enum status st = STATUS_OK;

	*count = 0;
	for (size_t i = 0; st == STATUS_OK && i < n; i += LIST)
		st = find(db, contacts + i, n - i < LIST ? n - i : LIST, found,
		    count, e);
	*out = found;
	return st;
}
