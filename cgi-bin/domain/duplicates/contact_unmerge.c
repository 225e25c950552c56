/* contact_unmerge.c: a merge is taken back, and made again */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/contact_unmerge.h"

#include <string.h>

#include "base/json.h"
#include "domain/jobs/undo.h"

#define KEPT_MAX 400 /* fields of two contacts */

static enum status read_arguments(
    struct arena *a, struct merge_state *s, struct err *e)
{
	struct json_t *body;
	int64_t id = 0, with = 0;
	enum status st = json_parse(
	    a, s->merge.arguments, strlen(s->merge.arguments), &body, e);

	if (st != STATUS_OK || !json_int(json_get(body, "contact"), &id) ||
	    !json_int(json_get(body, "with"), &with))
		return ERR(e, STATUS_FAILED, "merge %llu is broken",
		    (unsigned long long)s->merge.id.n);
	s->id.n = (uint64_t)id;
	s->with.n = (uint64_t)with;
	return STATUS_OK;
}

/* Follows the jobs to the last that was done. */
static enum status find_last(
    struct db *db, struct arena *a, struct merge_state *s, struct err *e)
{
	enum status st = STATUS_OK;

	s->last = s->merge;
	s->together = true;
	while (st == STATUS_OK && s->last.undone_by.n) {
		struct job next;

		st = job_store_get(db, a, s->last.undone_by, &next, e);
		if (st == STATUS_OK && next.state != JOB_DONE)
			break;
		if (st == STATUS_OK) {
			s->last = next;
			s->together = !s->together;
		}
	}
	return st;
}

enum status merge_state_load(struct db *db, struct arena *a,
    struct contact_id id, struct job_id job, struct merge_state *out,
    struct err *e)
{
	*out = (struct merge_state){.together = true};
	enum status st = job_store_get(db, a, job, &out->merge, e);

	if (st == STATUS_OK && out->merge.kind != JOB_MERGE)
		return ERR(e, STATUS_NOT_FOUND, "job %llu is no merge",
		    (unsigned long long)job.n);
	if (st == STATUS_OK)
		st = read_arguments(a, out, e);
	if (st == STATUS_OK && id.n != out->id.n && id.n != out->with.n)
		return ERR(e, STATUS_NOT_FOUND, "a merge of other contacts");
	if (st == STATUS_OK)
		st = find_last(db, a, out, e);
	if (st == STATUS_OK)
		st = job_store_kept(db, a, out->last.id, 0, KEPT_MAX,
		    &out->kept, &out->kept_count, e);
	return st;
}

enum status contact_unmerge(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id, struct job_id job,
    struct job_id last, struct merge_state *out, struct err *e)
{
	struct job undo;
	enum status st = merge_state_load(db, a, id, job, out, e);

	if (st != STATUS_OK)
		return st;
	if (out->last.id.n != last.n)
		return ERR(e, STATUS_CONFLICT, "job %llu is not the last one",
		    (unsigned long long)last.n);
	st = undo_now(db, a, actor, last, &undo, e);
	return st == STATUS_OK ? merge_state_load(db, a, id, job, out, e) : st;
}
