/* contact_restore.c: a contact out of the trash, or back to a version */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "base/str.h"
#include "domain/contact/contact_version.h"
#include "domain/contact/trash.h"
#include "storage/contact_store.h"
#include "web/json/contact_json.h"
#include "web/routes.h"

/* What the body asks for; 0: nothing is said. */
struct asked {
	uint64_t version;
	uint64_t from;
	bool confirm_optin;
	const char *wrong; /* the member that is not understood, or NULL */
};

static bool read_member(void *arg, const char *key, struct json_t *value)
{
	struct asked *asked = arg;
	bool version = str_equal(key, "version");
	int64_t n = 0;

	if (str_equal(key, "confirm_optin") &&
	    json_bool(value, &asked->confirm_optin))
		return true;
	if ((version || str_equal(key, "from")) && json_int(value, &n) &&
	    json_type_of(value) == JSON_IS_NUMBER && n > 0)
		*(version ? &asked->version : &asked->from) = (uint64_t)n;
	else
		asked->wrong = key;
	return !asked->wrong;
}

/* False when it has answered. */
static bool read_body(
    struct request *rq, struct response *rs, struct asked *asked)
{
	struct json_t *body;
	struct err why;

	*asked = (struct asked){0};
	if (rq->form.count) {
		api_error(rq, rs, 415, "unsupported-media-type",
		    "Send the version as application/json.", NULL);
		return false;
	}
	if (!rq->json_length)
		return true;
	if (json_parse(rq->arena, rq->json, rq->json_length, &body, &why) !=
		STATUS_OK ||
	    json_type_of(body) != JSON_IS_OBJECT) {
		api_error(rq, rs, 400, "malformed",
		    "Send an object, like {\"version\": 3}, or nothing.", NULL);
		return false;
	}
	json_members(body, read_member, asked);
	if (asked->wrong) {
		struct json_writer w;
		struct str s;

		str_init(&s, 4096);
		json_writer_init(&w, &s);
		json_open(&w, '{');
		json_pair_text(&w, asked->wrong,
		    "This takes version and from, which are version numbers, "
		    "and confirm_optin, true or false.");
		json_close(&w, '}');
		api_error(rq, rs, 422, "invalid",
		    "A value is not allowed, so nothing was changed.",
		    s.full ? NULL : str_text(&s));
		str_release(&s);
	}
	return !asked->wrong;
}

static enum status out_of_trash(struct request *rq, struct response *rs,
    const struct contact *c, struct err *e)
{
	struct contact now;
	uint64_t count = 0;
	enum status st = STATUS_OK;

	if (c->trashed_at)
		st = trash_restore(
		    rq->db, rq->arena, &rq->actor, &c->id.n, 1, &count, e);
	if (st == STATUS_OK && !count)
		return api_error(rq, rs, 409, "not-in-trash",
		    "The contact is not in the trash. To set it back to a "
		    "version, send {\"version\": n}.",
		    NULL);
	if (st == STATUS_OK)
		st =
		    contact_store_get(rq->db, rq->arena, c->id, false, &now, e);
	return st == STATUS_OK ? contact_json_answer(rq, rs, &now, 200, e) : st;
}

static enum status to_version(struct request *rq, struct response *rs,
    const struct contact *c, const struct asked *asked, struct err *e)
{
	struct contact_version v;
	enum status st = contact_version_restore(rq->db, rq->arena, &rq->actor,
	    c->id, asked->version, asked->from, asked->confirm_optin, &v, e);
	const struct contact_result *r = &v.result;

	if (st == STATUS_OK)
		return contact_json_answer(rq, rs, &r->contact, 200, e);
	if (st == STATUS_CONFLICT && r->in_trash)
		return contact_json_in_trash(rq, rs, 409, &r->contact);
	if (st == STATUS_CONFLICT && !r->other.n && !r->suppressed &&
	    !r->other_privacy_key)
		return contact_json_conflict(rq, rs, r,
		    "The contact was changed meanwhile. Nothing was written.",
		    e);
	if (st == STATUS_NOT_FOUND && r->message_count)
		return api_error(
		    rq, rs, 404, "version-gone", r->messages[0].text, NULL);
	if (st == STATUS_INVALID || st == STATUS_CONFLICT)
		return contact_json_problem(rq, rs, r);
	return st;
}

enum status api_contact_restore(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct asked asked;
	struct contact c;
	enum status st = contact_store_get(rq->db, rq->arena, id, false, &c, e);

	if (st != STATUS_OK || !read_body(rq, rs, &asked))
		return st;
	return asked.version ? to_version(rq, rs, &c, &asked, e)
			     : out_of_trash(rq, rs, &c, e);
}
