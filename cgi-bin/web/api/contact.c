/* contact.c: one contact in the API: read, change, delete */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/trash.h"
#include "model/token_scope.h"
#include "storage/contact_store.h"
#include "web/json/contact_json.h"
#include "web/routes.h"

static enum status change(struct request *rq, struct response *rs,
    const struct contact *had, struct err *e)
{
	struct contact_draft draft;
	struct contact_result result;
	uint64_t version = 0;
	enum status st;

	if (!contact_json_read(rq, rs, had, &draft, &version, &st, e))
		return st;
	st = contact_change(rq->db, rq->arena, &rq->actor, had->id, version,
	    &draft, &result, e);
	if (st == STATUS_CONFLICT && result.in_trash)
		return contact_json_in_trash(rq, rs, 404, &result.contact);
	if (st == STATUS_CONFLICT && result.conflict_count)
		return contact_json_conflict(rq, rs, &result,
		    "The contact was changed meanwhile, and so was a field "
		    "that you change. Nothing was written.",
		    e);
	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return contact_json_problem(rq, rs, &result);
	if (st != STATUS_OK)
		return st;
	return contact_json_answer(rq, rs, &result.contact, 200, e);
}

static bool wants_purge(struct request *rq)
{
	return form_checked(&rq->params, "purge");
}

/* For good: only admins, and only what is in the trash already or goes there
 * with the same request. */
static enum status purge(struct request *rq, struct contact_id id,
    const struct contact *c, struct err *e)
{
	uint64_t count = 0;
	enum status st = STATUS_OK;

	if (rq->member->role < ROLE_ADMIN)
		return ERR(e, STATUS_DENIED, "only an admin purges");
	if (!c->trashed_at)
		st = trash_put(rq->db, rq->arena, &rq->actor, id, e);
	if (st == STATUS_OK)
		st = trash_purge(
		    rq->db, rq->arena, &rq->actor, &id.n, 1, &count, e);
	if (st == STATUS_OK && !count)
		st = ERR(e, STATUS_NOT_FOUND, "it is gone already");
	return st;
}

static enum status delete_contact(struct request *rq, struct response *rs,
    const struct contact *c, struct err *e)
{
	bool for_good = wants_purge(rq);
	struct json_writer w;

	if (for_good && !(rq->scopes & SCOPE_ERASE))
		return api_error(rq, rs, 403, "scope",
		    "This token does not have the scope erase, which deleting "
		    "for good needs. Nothing was changed.",
		    NULL);
	enum status st =
	    for_good ? purge(rq, c->id, c, e)
		     : trash_put(rq->db, rq->arena, &rq->actor, c->id, e);

	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_pair_bool(&w, "deleted", true);
	if (for_good)
		json_pair_bool(&w, "purged", true);
	json_close(&w, '}');
	return api_ok(rs, 200);
}

enum status api_contact(struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct contact c;
	enum status st = contact_store_get(rq->db, rq->arena, id, false, &c, e);

	if (st != STATUS_OK)
		return st;
	if (c.trashed_at && !(rq->method == METHOD_DELETE && wants_purge(rq)))
		return contact_json_in_trash(rq, rs, 404, &c);
	if (rq->method == METHOD_DELETE)
		return delete_contact(rq, rs, &c, e);
	if (rq->method == METHOD_PUT)
		return change(rq, rs, &c, e);
	return contact_json_answer(rq, rs, &c, 200, e);
}
