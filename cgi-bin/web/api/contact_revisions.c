/* contact_revisions.c: what a contact was before each change */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "storage/contact_store.h"
#include "web/routes.h"

#define REVISIONS_MAX 1000

static void put_id(struct json_writer *w, const char *key, uint64_t n)
{
	json_key(w, key);
	if (n)
		json_put_int(w, (int64_t)n);
	else
		json_put_null(w);
}

static void put_actor(struct json_writer *w, const struct contact_revision *r)
{
	json_key(w, "actor");
	json_open(w, '{');
	put_id(w, "member", r->member.n);
	json_pair_text(
	    w, "name", str_empty(r->member_name) ? NULL : r->member_name);
	put_id(w, "token", r->token.n);
	json_pair_text(
	    w, "token_name", str_empty(r->token_name) ? NULL : r->token_name);
	json_close(w, '}');
}

static void put_revision(
    struct json_writer *w, const struct contact_revision *r)
{
	char at[32];

	clock_format(r->at, at);
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)r->id);
	json_pair_int(w, "version", (int64_t)r->version);
	json_pair_text(w, "at", at);
	json_pair_text(w, "kind", revision_kinds[r->kind]);
	put_actor(w, r);
	put_id(w, "import", r->import.n);
	put_id(w, "import_row", r->import_row);
	put_id(w, "job", r->job.n);
	json_pair_text(
	    w, "job_kind", str_empty(r->job_kind) ? NULL : r->job_kind);
	json_key(w, "before");
	json_put_raw(w, r->before);
	json_close(w, '}');
}

enum status api_contact_revisions(
    struct request *rq, struct response *rs, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct contact_revision *rows;
	struct contact c;
	struct json_writer w;
	size_t n;
	enum status st = contact_revision_list(
	    rq->db, rq->arena, id, 0, REVISIONS_MAX, &rows, &n, e);

	/* One that was deleted has its revisions still. */
	if (st == STATUS_OK && !n)
		st = contact_store_get(rq->db, rq->arena, id, false, &c, e);
	if (st != STATUS_OK)
		return st;
	json_writer_init(&w, &rs->body);
	json_open(&w, '{');
	json_key(&w, "revisions");
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		put_revision(&w, &rows[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	return api_ok(rs, 200);
}
