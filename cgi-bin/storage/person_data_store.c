/* person_data_store.c: what else there is of a contact, for its data */
/* SPDX-License-Identifier: MIT */
#include "storage/person_data_store.h"

#define MOST 1000u

enum sql {
	JOBS,
	PAIRS,
	PROBLEM_ROWS,
	OPEN_IMPORTS,
	DELIVERIES
};
static const char *const SQL[] = {
    [JOBS] = "SELECT j.id, j.kind, j.action, j.state, COALESCE(m.name, ''),"
	     " j.created_at FROM job j LEFT JOIN member m ON m.id = j.member_id"
	     " WHERE j.id IN (SELECT job_id FROM contact_revision WHERE"
	     " contact_id = ? AND job_id IS NOT NULL) ORDER BY j.id LIMIT ?",
    [PAIRS] = "SELECT IF(first_id = ?, second_id, first_id), reasons, 0 FROM"
	      " duplicate_pair WHERE first_id = ? OR second_id = ? UNION"
	      " SELECT IF(first_id = ?, second_id, first_id), reasons, 1 FROM"
	      " duplicate_dismissed WHERE first_id = ? OR second_id = ?"
	      " LIMIT ?",
    /* By way of the imports, since that is what the index begins with. */
    [PROBLEM_ROWS] = "SELECT DISTINCT p.import_id, p.row_no FROM import"
		     " STRAIGHT_JOIN import_problem p ON p.import_id ="
		     " import.id AND p.contact_id = ?"
		     " ORDER BY p.import_id, p.row_no LIMIT ?",
    [OPEN_IMPORTS] =
	"SELECT i.id FROM import i WHERE i.file_deleted_at IS NULL AND"
	" (i.state NOT IN ('done', 'undone') OR i.rejected + i.skipped > 0 OR"
	" i.format = 'optout' OR NOT EXISTS (SELECT 1 FROM import_contact c"
	" WHERE c.import_id = i.id)) ORDER BY i.id",
    [DELIVERIES] =
	"SELECT d.id, COALESCE(h.url, ''), d.event, d.state, d.created_at,"
	" d.body FROM hook_delivery d LEFT JOIN hook h ON h.id = d.hook_id"
	" WHERE d.contact_id = ? AND d.id > ? ORDER BY d.id LIMIT ?",
};

static enum status more(struct db_query *q, size_t count, struct err *e)
{
	return count < MOST ? db_next(q, e) : STATUS_NOT_FOUND;
}

static enum status end(struct db_query *q, enum status st)
{
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status person_data_jobs(struct db *db, struct arena *a, uint64_t contact,
    struct person_job **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[JOBS]);

	*rows = arena_alloc(a, MOST * sizeof(**rows));
	*count = 0;
	db_put_u64(q, contact);
	db_put_u64(q, MOST);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = more(q, *count, e)) == STATUS_OK) {
		struct person_job *j = &(*rows)[(*count)++];

		j->id = db_get_u64(q);
		j->kind = db_get_text(q, a);
		j->action = db_get_text(q, a);
		j->state = db_get_text(q, a);
		j->member_name = db_get_text(q, a);
		j->at = db_get_time(q);
	}
	return end(q, st);
}

enum status person_data_pairs(struct db *db, struct arena *a, uint64_t contact,
    struct person_pair **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[PAIRS]);

	*rows = arena_alloc(a, MOST * sizeof(**rows));
	*count = 0;
	for (int i = 0; i < 6; i++)
		db_put_u64(q, contact);
	db_put_u64(q, MOST);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = more(q, *count, e)) == STATUS_OK) {
		struct person_pair *p = &(*rows)[(*count)++];

		p->other = db_get_u64(q);
		p->reasons = db_get_text(q, a);
		p->dismissed = db_get_bool(q);
	}
	return end(q, st);
}

enum status person_data_problem_rows(struct db *db, struct arena *a,
    uint64_t contact, size_t limit, uint64_t **pairs, size_t *count,
    struct err *e)
{
	struct db_query *q = db_query(db, SQL[PROBLEM_ROWS]);

	*pairs = arena_alloc(a, (limit + 1) * 2 * sizeof(**pairs));
	*count = 0;
	db_put_u64(q, contact);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && *count < limit &&
	       (st = db_next(q, e)) == STATUS_OK) {
		(*pairs)[*count * 2] = db_get_u64(q);
		(*pairs)[*count * 2 + 1] = db_get_u64(q);
		(*count)++;
	}
	return end(q, st);
}

enum status person_data_open_imports(
    struct db *db, struct arena *a, struct id_list *out, struct err *e)
{
	struct db_query *q = db_query(db, SQL[OPEN_IMPORTS]);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK)
		id_list_add(a, out, db_get_u64(q));
	return end(q, st);
}

enum status person_data_deliveries(struct db *db, struct arena *a,
    uint64_t contact, uint64_t after, size_t limit,
    struct person_delivery **rows, size_t *count, struct err *e)
{
	struct db_query *q = db_query(db, SQL[DELIVERIES]);

	*rows = arena_alloc(a, (limit + 1) * sizeof(**rows));
	*count = 0;
	db_put_u64(q, contact);
	db_put_u64(q, after);
	db_put_u64(q, limit);
	enum status st = db_run(q, e);

	while (st == STATUS_OK && (st = db_next(q, e)) == STATUS_OK) {
		struct person_delivery *d = &(*rows)[(*count)++];

		d->id = db_get_u64(q);
		d->url = db_get_text(q, a);
		d->event = db_get_text(q, a);
		d->state = db_get_text(q, a);
		d->at = db_get_time(q);
		d->body = db_get_text(q, a);
	}
	return end(q, st);
}
